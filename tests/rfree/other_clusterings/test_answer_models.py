"""Graded response models and ordered classes: against R, by hand, on planted populations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import trapezoid

from rfree.missing.missing import code_answers
from rfree.other_clusterings.answer_models import AnswerModels, compare_answer_models
from rfree.other_clusterings.graded_response import (
    fit_graded_response,
    normal_grid,
    starting_values,
)
from rfree.other_clusterings.latent_class_choice import choose_latent_classes
from rfree.other_clusterings.latent_classes import class_data, fit_latent_classes
from rfree.other_clusterings.ordered_classes import fit_ordered_classes

LIMITS = [-1.5, -0.5, 0.5, 1.5]


@pytest.fixture(scope="module")
def reference(project: Path) -> Path:
    return project / "R-free" / "reference" / "answer_models"


@pytest.fixture(scope="module")
def bfi(project: Path) -> pd.DataFrame:
    table = pd.read_csv(project / "R-free" / "reference" / "data" / "bfi.csv.gz")
    some = table.iloc[:300, [*range(5), *range(15, 20)]].astype(float)
    row, column = np.indices(some.shape) + 1
    return some.mask((7 * row + 3 * column) % 23 == 0)


def answers(latent: np.ndarray, seed: int = 0) -> pd.DataFrame:
    noise = np.random.default_rng(seed).logistic(size=latent.shape)
    codes = 1 + (2 * latent[..., np.newaxis] + noise[..., np.newaxis] > LIMITS).sum(axis=2)
    return pd.DataFrame(codes, columns=[f"q{number}" for number in range(latent.shape[1])])


def frequencies(n: int) -> np.ndarray:
    return 1.0 + np.arange(1, n + 1) % 3


def test_slopes_start_from_correlations_whatever_the_unit_of_the_codes() -> None:
    items = answers(np.random.default_rng(1).normal(size=(60, 1)) * np.ones(5))
    data = class_data(code_answers(items))
    slopes, intercepts = starting_values(items.to_numpy(dtype=float), data, 1)
    again, same = starting_values(items.to_numpy(dtype=float) / 1000, data, 1)
    np.testing.assert_allclose(again, slopes)
    np.testing.assert_allclose(same, intercepts)


@pytest.mark.parametrize(("n_factors", "weighted"), [(1, False), (1, True), (2, False)])
def test_graded_models_are_those_of_mirt(
    reference: Path, bfi: pd.DataFrame, n_factors: int, weighted: bool
) -> None:
    theirs = pd.read_csv(reference / "graded.csv").set_index(["factors", "weighted"])
    expected = theirs.loc[(n_factors, weighted)]
    model = fit_graded_response(
        bfi,
        n_factors,
        n_points={1: 61, 2: 31}[n_factors],
        tolerance=1e-5 if n_factors == 1 else 1e-4,
        sample_weight=frequencies(len(bfi)) if weighted else None,
        frequencies=weighted,
    )
    assert model.converged
    # We stop on the way up, mirt at 1e-7; two factors may be turned, which the grid feels.
    tolerance = {1: 1e-3, 2: 0.05}[n_factors]
    assert model.log_likelihood == pytest.approx(expected["log_likelihood"], abs=tolerance)
    assert model.n_parameters == expected["parameters"]


def test_slopes_and_intercepts_are_those_of_mirt(reference: Path, bfi: pd.DataFrame) -> None:
    theirs = pd.read_csv(reference / "one_factor.csv").set_index("item")
    model = fit_graded_response(bfi, n_points=61, tolerance=1e-6)
    sign = np.sign(theirs["a1"].sum())
    np.testing.assert_allclose(model.slopes["Factor 1"], sign * theirs["a1"], atol=5e-3)
    limits = model.intercepts.unstack()  # noqa: PD010 - a Series
    assert np.isinf(limits[1.0]).all()
    np.testing.assert_allclose(
        limits[[2.0, 3.0, 4.0, 5.0, 6.0]].loc[theirs.index],
        theirs[["d1", "d2", "d3", "d4", "d5"]],
        atol=5e-3,
    )


@pytest.mark.parametrize("n_classes", [2, 3])
def test_ordered_classes_reach_the_maximum_of_r(
    reference: Path, bfi: pd.DataFrame, n_classes: int
) -> None:
    expected = pd.read_csv(reference / "ordered_classes.csv").set_index("classes").loc[n_classes]
    items = np.ceil(bfi.iloc[:, 1:5] / 2)
    model = fit_ordered_classes(items, n_classes, seed=1, tolerance=1e-5)
    assert model.log_likelihood == pytest.approx(expected["log_likelihood"], abs=1e-3)
    assert model.n_parameters == expected["parameters"]


def test_two_ordered_classes_of_yes_and_no_are_latent_classes() -> None:
    """Two points of a line and two answers: nothing is left that could be ordered."""
    groups = np.repeat([-1.0, 1.0], [90, 60])
    items = (answers(np.tile(groups[:, np.newaxis], 5)) > 2).astype(float)
    items.iloc[3, 1] = np.nan
    ordered = fit_ordered_classes(items, 2, seed=1, tolerance=1e-8)
    latent = fit_latent_classes(items, 2, seed=1, tolerance=1e-8)
    assert ordered.log_likelihood == pytest.approx(latent.log_likelihood, abs=1e-5)
    assert ordered.n_parameters == latent.n_parameters
    assert ordered.relative_entropy == pytest.approx(latent.relative_entropy, abs=1e-3)


def test_one_item_by_hand() -> None:
    """One item says nothing of its slope: the likelihood is that of its shares."""
    items = pd.DataFrame({"q": [1, 1, 1, 2, 2, 3, np.nan]})
    by_hand = 3 * np.log(3 / 6) + 2 * np.log(2 / 6) + np.log(1 / 6)
    model = fit_graded_response(items, tolerance=1e-9, max_iterations=2000)
    assert model.log_likelihood == pytest.approx(by_hand, abs=1e-4)
    assert model.n_parameters == 3


def test_the_likelihood_is_the_integral() -> None:
    """On a grid twenty times as fine, with probabilities that are written out otherwise."""
    items = answers(np.random.default_rng(2).normal(size=(40, 1)) * np.ones(3))
    model = fit_graded_response(items)
    attitude = np.linspace(-8, 8, 4001)
    given = np.ones((40, len(attitude)))
    for name, codes in items.items():
        limits = model.intercepts[name].sort_index()
        slope = model.slopes.loc[name, "Factor 1"]
        above = 1 / (1 + np.exp(-slope * attitude - limits.to_numpy()[:, np.newaxis]))
        share = above - np.vstack([above[1:], np.zeros_like(attitude)])
        given *= share[limits.index.get_indexer(codes)]
    density = np.exp(-(attitude**2) / 2) / np.sqrt(2 * np.pi)
    integrals = trapezoid(given * density, attitude, axis=1)
    assert model.log_likelihood == pytest.approx(float(np.log(integrals).sum()), abs=1e-5)


@pytest.mark.parametrize("n_factors", [1, 2])
def test_a_frequency_is_the_row_as_often(bfi: pd.DataFrame, n_factors: int) -> None:
    some = bfi.iloc[:60, :4]
    counts = frequencies(60)
    counted = fit_graded_response(some, n_factors, sample_weight=counts, frequencies=True)
    repeated = fit_graded_response(some.loc[some.index.repeat(counts.astype(int))], n_factors)
    assert counted.log_likelihood == pytest.approx(repeated.log_likelihood, abs=1e-6)
    assert (counted.n_respondents, counted.design_effect) == (repeated.n_respondents, 1.0)
    classes = fit_ordered_classes(some, 2, seed=1, sample_weight=counts, frequencies=True)
    again = fit_ordered_classes(some.loc[some.index.repeat(counts.astype(int))], 2, seed=1)
    assert classes.log_likelihood == pytest.approx(again.log_likelihood, abs=1e-6)


def test_survey_weights_cost_their_design_effect() -> None:
    items = answers(np.random.default_rng(3).normal(size=(60, 1)) * np.ones(4))
    weights = np.where(np.arange(60) < 30, 1.0, 3.0)
    model = fit_ordered_classes(items, 2, seed=1, sample_weight=weights)
    assert model.design_effect == pytest.approx(60 / (120**2 / (30 + 270)))
    assert model.n_respondents == pytest.approx(60)


def test_ordered_classes_of_a_reversed_scale_are_the_same_turned_round() -> None:
    items = answers(np.repeat([-1.5, 0.0, 1.5], 40)[:, np.newaxis] * np.ones(6))
    model = fit_ordered_classes(items, 3, seed=1)
    mirrored = fit_ordered_classes(6 - items, 3, seed=1)
    assert mirrored.log_likelihood == pytest.approx(model.log_likelihood, abs=0.01)
    np.testing.assert_allclose(mirrored.sizes, model.sizes[::-1], atol=0.01)
    np.testing.assert_array_equal(mirrored.labels, 4 - model.labels)
    assert (model.labels == np.repeat([1, 2, 3], 40)).mean() > 0.9
    mean = float(model.sizes @ model.locations)
    assert mean == pytest.approx(0, abs=1e-9)
    assert float(model.sizes @ model.locations**2) == pytest.approx(1)


@pytest.fixture(scope="module")
def populations() -> dict[str, pd.DataFrame]:
    rng = np.random.default_rng(5)
    n, ones = 300, np.ones(5)
    one = rng.normal(size=(n, 1))
    two = rng.normal(size=(n, 2))
    lumps = np.repeat([-1.6, 0.0, 1.6], n // 3)
    kinds = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [-1, 1, 1, -1]], dtype=float)
    return {
        "one factor": answers(one * np.ones(10)),
        "two factors": answers(np.hstack([two[:, :1] * ones, two[:, 1:] * ones])),
        "ordered classes": answers(lumps[:, np.newaxis] * np.ones(10)),
        "latent classes": answers(1.2 * np.repeat(np.repeat(kinds, 3, axis=1), n // 3, axis=0)),
    }


@pytest.mark.parametrize("kind", ["one factor", "two factors", "ordered classes", "latent classes"])
def test_the_lowest_bic_is_that_of_the_population(
    populations: dict[str, pd.DataFrame], kind: str
) -> None:
    items = populations[kind]
    study = choose_latent_classes(
        items, seed=1, max_classes=4, starts=4, thorough=False, replicates=0
    )
    models = compare_answer_models(items, seed=1, max_classes=4, latent_classes=study)
    best = models.table.loc[models.table["bic_above_best"].idxmin()]
    assert best["kind"] == kind
    if best["classes"]:
        assert best["classes"] == 3
    if kind == "one factor":
        # Latent classes alone would have found some.
        latent = models.table.loc[models.best["latent classes"]]
        assert latent["classes"] >= 2
        assert np.isnan(best["entropy"])


@pytest.fixture(scope="module")
def small(populations: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, AnswerModels]:
    items = populations["one factor"].iloc[:80, :4].astype(float)
    items.iloc[::9, 2] = np.nan
    return items, compare_answer_models(items, seed=3, max_classes=3)


def test_the_numbers_do_not_depend_on_the_cores(small: tuple[pd.DataFrame, AnswerModels]) -> None:
    items, models = small
    other = compare_answer_models(items, seed=3, max_classes=3, n_jobs=2)
    pd.testing.assert_frame_equal(models.table, other.table)


def test_latent_classes_that_were_fitted_already_are_taken(
    small: tuple[pd.DataFrame, AnswerModels],
) -> None:
    items, models = small
    study = choose_latent_classes(items, seed=1, max_classes=2, replicates=0)
    table = compare_answer_models(items, seed=3, max_classes=3, latent_classes=study).table
    assert table["kind"].value_counts()["latent classes"] == 2
    for name in ("aic", "bic", "abic", "log_likelihood", "parameters"):
        np.testing.assert_allclose(table[name].iloc[:2], study.table[name])
    with pytest.raises(ValueError, match="80 respondents and items of 70"):
        compare_answer_models(items.iloc[:70], seed=3, latent_classes=study)
    assert models.table["parameters"].tolist()[-2:] == [20, 23]


@pytest.mark.filterwarnings("error")
def test_copies_of_an_item_and_items_of_one_answer_do_not_break_it() -> None:
    items = answers(np.random.default_rng(3).normal(size=(50, 1)) * np.ones(3)).assign(same=3)
    items["copy"] = items["q0"]
    model = fit_graded_response(items)
    assert np.isfinite(model.log_likelihood)
    assert set(model.bounded) <= {"q0", "copy"}
    assert model.slopes.loc["same", "Factor 1"] == 0
    classes = fit_ordered_classes(items, 3, seed=1)
    assert np.isfinite(classes.log_likelihood)


def test_what_cannot_be_fitted_is_said() -> None:
    items = answers(np.zeros((5, 2)))
    with pytest.raises(ValueError, match="expected 1 or 2"):
        fit_graded_response(items, 3)
    with pytest.raises(ValueError, match="expected 2 to 5 classes"):
        fit_ordered_classes(items, 6, seed=1)
    with pytest.raises(ValueError, match="at least 2"):
        compare_answer_models(items, seed=1, max_classes=1)
    with pytest.raises(ValueError, match="weight zero"):
        fit_graded_response(items, sample_weight=[0, 1, 1, 1, 1])


def test_the_grid_has_the_moments_of_a_normal() -> None:
    points, masses = normal_grid(2)
    assert masses.sum() == pytest.approx(1)
    np.testing.assert_allclose(points.T @ (points * masses[:, np.newaxis]), np.eye(2), atol=2e-3)
