from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config

from rfree.classes.partition_agreement import adjusted_rand, overlap_table
from rfree.other_clusterings.latent_class_choice import (
    bootstrap_likelihood_ratio,
    choose_latent_classes,
)
from rfree.other_clusterings.latent_classes import fit_latent_classes


def planted(n: int = 240, items: int = 8, seed: int = 1) -> tuple[pd.DataFrame, np.ndarray]:
    """Three classes of answers independent within them."""
    rng = np.random.default_rng(seed)
    classes = np.repeat([0, 1, 2], [n // 2, n // 3, n - n // 2 - n // 3])
    shares = np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])[classes].cumsum(axis=1)
    codes = (rng.random((n, items))[:, :, np.newaxis] > shares[:, np.newaxis]).sum(axis=2)
    return pd.DataFrame(codes, columns=[f"q{number}" for number in range(items)]), classes + 1


@pytest.fixture(scope="module")
def wg93(project: Path) -> pd.DataFrame:
    path = project / "R-free" / "reference" / "data" / "wg93.csv.gz"
    return pd.read_csv(path).iloc[:, :4]


@pytest.mark.parametrize("n_classes", [1, 2, 3, 4])
def test_log_likelihoods_are_those_of_r(project: Path, wg93: pd.DataFrame, n_classes: int) -> None:
    """The highest of forty starts of flexmix, with the answers' model of fpc."""
    path = project / "R-free" / "reference" / "other_clusterings" / "latent_classes.csv"
    reference = pd.read_csv(path).set_index("classes").loc[n_classes]
    model = fit_latent_classes(wg93, n_classes, seed=1, starts=20, tolerance=1e-7)
    # Both stop within 1e-3 of the maximum, R on a relative change of its own.
    assert model.log_likelihood == pytest.approx(reference["log_likelihood"], abs=1e-3)
    sizes = [float(size) for size in str(reference["sizes"]).split()]
    np.testing.assert_allclose(model.sizes, sizes, atol=2e-3)


def _codes(X: pd.DataFrame) -> pd.DataFrame:
    return X - X.min()


@pytest.mark.parametrize("missing", [False, True])
def test_stepmix_finds_the_same_model(missing: bool) -> None:
    stepmix = pytest.importorskip("stepmix.stepmix")
    X, _ = planted()
    X = X.astype(float)
    if missing:
        X = X.mask(np.random.default_rng(2).random(X.shape) < 0.1)
    model = fit_latent_classes(X, 3, seed=1, tolerance=1e-9)
    other = stepmix.StepMix(
        3, measurement="categorical_nan", n_init=4, random_state=1, progress_bar=0
    ).fit(_codes(X))
    assert model.log_likelihood == pytest.approx(other.score(_codes(X)) * len(X), abs=1e-5)
    assert model.n_parameters == other.n_parameters
    assert model.relative_entropy == pytest.approx(other.relative_entropy(_codes(X)), abs=1e-5)
    np.testing.assert_allclose(model.sizes, np.sort(other.weights_)[::-1], atol=1e-5)
    study = choose_latent_classes(X, seed=1, max_classes=3, replicates=0).table.iloc[2]
    assert study["aic"] == pytest.approx(other.aic(_codes(X)), abs=1e-3)
    assert study["bic"] == pytest.approx(other.bic(_codes(X)), abs=1e-3)
    # Sclove's penalty; StepMix 3.0 multiplies (n + 2) / 24 by n once more.
    lighter = np.log(240) - np.log(242 / 24)
    assert study["bic"] - study["abic"] == pytest.approx(model.n_parameters * lighter)


def test_one_class_by_hand() -> None:
    X = pd.DataFrame({"a": list("xxxy"), "b": ["u", "v", None, "v"]})
    model = fit_latent_classes(X, 1, seed=1)
    expected = 3 * np.log(3 / 4) + np.log(1 / 4) + np.log(1 / 3) + 2 * np.log(2 / 3)
    assert model.log_likelihood == pytest.approx(expected)
    assert model.n_parameters == 2
    assert np.isnan(model.relative_entropy)


def test_planted_classes_are_found() -> None:
    X, classes = planted()
    model = fit_latent_classes(X, 3, seed=1)
    assert adjusted_rand(overlap_table(classes, model.labels)) > 0.9
    assert model.starts_agreeing > 1
    np.testing.assert_allclose(model.sizes, [1 / 2, 1 / 3, 1 / 6], atol=0.06)
    assert model.probabilities.loc[("q0", 0), 1] == pytest.approx(0.8, abs=0.1)


def test_probabilities_and_posteriors_sum_to_one() -> None:
    X, _ = planted()
    model = fit_latent_classes(X.mask(X == 2), 4, seed=1)
    np.testing.assert_allclose(model.probabilities.groupby(level="variable").sum(), 1)
    np.testing.assert_allclose(model.posterior.sum(axis=1), 1)
    # At a maximum the sizes are the means of the posteriors.
    np.testing.assert_allclose(model.posterior.mean(), model.sizes, atol=1e-4)


def test_whole_weights_are_worth_the_rows_repeated() -> None:
    X, _ = planted(90)
    weights = 1 + np.arange(90) % 2
    weighted = fit_latent_classes(X, 2, seed=1, sample_weight=weights, frequencies=True)
    repeated = fit_latent_classes(X.loc[np.repeat(X.index, weights)], 2, seed=1)
    assert weighted.log_likelihood == pytest.approx(repeated.log_likelihood, abs=1e-3)


def test_planted_number_is_chosen_by_bic_and_by_the_test() -> None:
    X, _ = planted()
    study = choose_latent_classes(X, seed=1, max_classes=5, starts=10, replicates=19, test_starts=4)
    assert (study.bic_classes, study.lr_classes) == (3, 3)
    table = study.table.set_index("classes")
    assert table.loc[2:3, "p_value"].tolist() == [0.05, 0.05]
    assert table.loc[4, "p_value"] > 0.05
    assert table.loc[[1, 5], "p_value"].isna().all()
    assert (np.diff(table["log_likelihood"]) > 0).all()


def test_likelihood_ratio_test_keeps_its_level() -> None:
    """Questions that are unrelated: one class is all there is."""
    rng = np.random.default_rng(3)
    p_values = [
        bootstrap_likelihood_ratio(
            pd.DataFrame(rng.integers(0, 3, (60, 4))).add_prefix("q"),
            2,
            seed=number,
            replicates=9,
            starts=2,
        ).p_value
        for number in range(20)
    ]
    # A share of one tenth is expected at .10; 6 or more of 20 has probability .01.
    assert sum(value <= 0.1 for value in p_values) < 6


def test_same_numbers_on_one_and_two_cores() -> None:
    X, _ = planted(90, 5)
    options = {"seed": 4, "max_classes": 2, "starts": 5, "replicates": 4}
    one = choose_latent_classes(X, **options)
    with parallel_config(backend="threading"):
        two = choose_latent_classes(X, n_jobs=2, **options)
    pd.testing.assert_frame_equal(one.table, two.table)


def test_wrong_calls_are_refused() -> None:
    X, _ = planted(30)
    with pytest.raises(ValueError, match="n_classes is 31"):
        fit_latent_classes(X, 31, seed=1)
    with pytest.raises(ValueError, match="weight zero"):
        fit_latent_classes(X, 2, seed=1, sample_weight=np.arange(30))
    with pytest.raises(ValueError, match="n_classes is 1"):
        bootstrap_likelihood_ratio(X, 1, seed=1)


def several_tables(project: Path, wg93: pd.DataFrame) -> dict[str, tuple[pd.DataFrame, int]]:
    """Real answers, and a number of classes that their likelihood has few maxima for."""
    data = project / "R-free" / "reference" / "data"
    study = pd.read_csv(project / "data" / "simulated_responses.csv", dtype=str)
    items = [name for name in study if re.fullmatch(r"[EF]\d+", name)]
    return {
        "study": (study[items], 3),
        "wg93": (wg93, 3),
        "tea": (pd.read_csv(data / "tea.csv.gz", dtype=str).iloc[:, :18], 4),
        "bfi": (pd.read_csv(data / "bfi.csv.gz", dtype=str).iloc[:600, :25], 3),
        "spi": (pd.read_csv(data / "spi.csv.gz", dtype=str).iloc[:800, :20], 4),
    }


@pytest.mark.parametrize("name", ["study", "wg93", "tea", "bfi", "spi"])
def test_every_seed_finds_the_same_model_again(
    project: Path, wg93: pd.DataFrame, name: str
) -> None:
    X, n_classes = several_tables(project, wg93)[name]
    found = [fit_latent_classes(X, n_classes, seed=seed) for seed in (1, 2)]
    assert all(model.replicated and model.starts_agreeing > 2 for model in found)
    assert found[0].log_likelihood == pytest.approx(found[1].log_likelihood, abs=0.01)


def test_a_model_found_once_is_not_called_replicated() -> None:
    rng = np.random.default_rng(3)
    X = pd.DataFrame(rng.integers(0, 4, (60, 12)).astype(str))
    alone = fit_latent_classes(X, 5, seed=1, starts=2, max_searches=1)
    assert not alone.replicated
    assert alone.starts == 2
    several = fit_latent_classes(X, 5, seed=1, starts=2, max_searches=3)
    assert several.log_likelihood >= alone.log_likelihood
    assert several.starts == 6
    assert not several.replicated


def test_searches_end_when_two_agree() -> None:
    X = pd.DataFrame({name: np.repeat(["y", "n"], [30, 20]) for name in "abcd"})
    model = fit_latent_classes(X, 2, seed=1, starts=10, max_searches=9)
    assert (model.starts, model.replicated) == (20, True)
    assert 2 <= model.starts_agreeing <= 20


@pytest.mark.parametrize("thorough", [True, False])
def test_one_class_is_always_found_again(thorough: bool) -> None:
    X = pd.DataFrame({"a": list("xxy"), "b": list("uvv")})
    model = fit_latent_classes(X, 1, seed=1, thorough=thorough)
    assert (model.replicated, model.starts) == (True, 2)


@pytest.mark.parametrize("frequencies", [False, True])
def test_criteria_of_weighted_classes_by_hand(frequencies: bool) -> None:
    X, _ = planted(60, 5)
    weights = np.resize([1.0, 1, 4], 60)
    options = {"sample_weight": weights, "frequencies": frequencies}
    study = choose_latent_classes(X, seed=2, max_classes=2, starts=4, replicates=0, **options)
    # Kish: 60 of mean 1 count for 120^2 / 360 = 40, so each costs as if it were 1.5.
    effect, size = (1.0, 120.0) if frequencies else (1.5, 40.0)
    for model, row in zip(study.models, study.table.to_dict("records"), strict=True):
        number = model.n_classes
        assert model.n_respondents == (120 if frequencies else 60)
        assert model.design_effect == pytest.approx(effect)
        assert model.n_parameters == number - 1 + number * 10
        deviance, counted = -2 * model.log_likelihood, model.n_parameters * effect
        assert row["classes"] == number
        assert row["log_likelihood"] == model.log_likelihood
        assert row["parameters"] == model.n_parameters
        assert row["aic"] == pytest.approx(deviance + 2 * counted)
        assert row["bic"] == pytest.approx(deviance + counted * np.log(size))
        assert row["abic"] == pytest.approx(deviance + counted * np.log((size + 2) / 24))
        assert row["entropy"] == pytest.approx(model.relative_entropy, nan_ok=True)
        assert row["smallest_share"] == pytest.approx(100 * model.sizes.min())
        assert (row["starts"], row["starts_agreeing"]) == (model.starts, model.starts_agreeing)
        assert (row["replicated"], row["converged"]) == (model.replicated, model.converged)
        assert model.sizes.sum() == pytest.approx(1)
        shares = weights @ model.posterior.to_numpy() / weights.sum()
        np.testing.assert_allclose(shares, model.sizes, atol=1e-3)
        assert (model.sizes.name, model.labels.name) == ("size", "class")
        for names in (model.sizes.index, model.posterior.columns, model.probabilities.columns):
            assert names.equals(pd.RangeIndex(1, number + 1, name="class"))
        assert model.labels.index.equals(X.index)
        assert model.labels.tolist() == (model.posterior.to_numpy().argmax(axis=1) + 1).tolist()
    two = study.models[1]
    disorder = -(two.posterior * np.log(two.posterior.clip(lower=1e-300))).sum(axis=1)
    expected = 1 - weights @ disorder / (weights.sum() * np.log(2))
    assert two.relative_entropy == pytest.approx(expected)


def test_a_search_cut_short_says_so() -> None:
    X, _ = planted(90, 5)
    cut = fit_latent_classes(X, 3, seed=1, starts=2, thorough=False, max_iterations=1)
    assert (cut.n_iterations, cut.converged) == (1, False)
    done = fit_latent_classes(X, 3, seed=1, starts=2, thorough=False)
    assert done.converged
    assert 1 < done.n_iterations < 2000


def test_the_ratio_is_twice_what_one_class_more_gains() -> None:
    X, _ = planted(90, 5)
    test = bootstrap_likelihood_ratio(X, 2, seed=3, replicates=3, starts=4, tolerance=1e-6)
    one, two = (fit_latent_classes(X, number, seed=1, starts=10) for number in (1, 2))
    gained = 2 * (two.log_likelihood - one.log_likelihood)
    assert test.statistic == pytest.approx(gained, abs=0.05)
    assert len(test.replicates) == 3
    assert test.p_value == (1 + (test.replicates >= test.statistic).sum()) / 4
    for wrong in ({"n_classes": 1, "replicates": 1}, {"n_classes": 2, "replicates": 0}):
        with pytest.raises(ValueError, match="expected at least 2 and 1"):
            bootstrap_likelihood_ratio(X, seed=1, **wrong)
