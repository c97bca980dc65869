"""Partial proportional odds: as VGAM, by hand, and where nothing differs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.base.inputs import FloatArray
from rfree.membership.design_matrix import design_matrix
from rfree.membership.marginal_effects import predicted_probabilities
from rfree.membership.ordered import ordered_logit
from rfree.membership.partial_odds import PartialOddsLikelihood, partial_ordered_logit

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"


@pytest.fixture(scope="module")
def bfi() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "bfi_sample.csv.gz").dropna(ignore_index=True)


def r_name(outcome: str, term: str, *, own: bool) -> str:
    """Name a parameter as VGAM does."""
    plain = term.removesuffix(" (per 10)").replace(": ", "")
    limits = {"1|2": 1, "2|3": 2, "3|4": 3}
    if term in limits:
        return f"(Intercept):{limits[term]}"
    return f"{plain}:{limits[outcome]}" if own else plain


@pytest.mark.parametrize(
    ("case", "own"), [("gender", ["gender"]), ("age_gender", ["age", "gender"])]
)
def test_as_vgam(bfi: pd.DataFrame, case: str, own: list[str]) -> None:
    design = design_matrix(
        bfi[["gender", "education", "age"]], units={"age": 10},
        references={"gender": "female", "education": "level3"},
    )  # fmt: skip
    model = partial_ordered_logit(design, bfi["class"], own_slopes=own)
    reference = pd.read_csv(REFERENCE / "partial_odds.csv")
    expected = reference[reference["case"] == case].set_index("term")
    names = [
        r_name(row["outcome"], row["term"], own=row["variable"] in own)
        for row in model.coefficients.to_dict("records")
    ]
    theirs = expected.loc[names]
    # VGAM's intercepts are those of being above a limit.
    sign = np.where([name.startswith("(Intercept)") for name in names], -1.0, 1.0)
    np.testing.assert_allclose(
        sign * model.coefficients["estimate"], theirs["estimate"], rtol=1e-5, atol=1e-6
    )
    np.testing.assert_allclose(model.coefficients["std_error"], theirs["std_error"], rtol=1e-4)
    assert model.fit["log_likelihood"].item() == pytest.approx(theirs["log_likelihood"].iloc[0])


def test_without_own_slopes_it_is_the_ordered_logit(bfi: pd.DataFrame) -> None:
    design = design_matrix(bfi[["gender", "age"]], units={"age": 10})
    weights = np.linspace(0.5, 1.5, len(bfi))
    one = partial_ordered_logit(design, bfi["class"], own_slopes=[], sample_weight=weights)
    plain = ordered_logit(design, bfi["class"], sample_weight=weights)
    np.testing.assert_allclose(
        one.coefficients["estimate"], plain.coefficients["estimate"], rtol=1e-5, atol=1e-7
    )
    names = ["term", "outcome", "variable", "category", "kind"]
    pd.testing.assert_frame_equal(one.coefficients[names], plain.coefficients[names])
    found, theirs = predicted_probabilities(one), predicted_probabilities(plain)
    np.testing.assert_allclose(found["probability"], theirs["probability"], rtol=1e-5)


def test_a_single_characteristic_gives_the_odds_ratio_of_each_limit() -> None:
    table = pd.DataFrame({"practice": ["solo"] * 12 + ["group"] * 12})
    classes = np.repeat([3, 2, 1, 3, 2, 1], [6, 4, 2, 2, 2, 8])
    design = design_matrix(table, references={"practice": "solo"})
    model = partial_ordered_logit(design, classes, own_slopes=["practice"], order=[3, 2, 1])
    assert model.coefficients["outcome"].tolist() == ["3|2", "2|1", "", ""]
    found = model.coefficients.set_index("outcome")["ratio"]
    assert found["3|2"] == pytest.approx((10 / 2) / (6 / 6))
    assert found["2|1"] == pytest.approx((8 / 4) / (2 / 10))
    shares = predicted_probabilities(model).query("category == 'group'")
    assert shares["class"].tolist() == [3, 2, 1]
    np.testing.assert_allclose(shares["probability"], [100 * 2 / 12, 100 * 2 / 12, 100 * 8 / 12])


def test_what_cannot_be_fitted_is_refused_or_told() -> None:
    table = pd.DataFrame({"practice": ["solo"] * 6 + ["group"] * 6})
    design = design_matrix(table)
    with pytest.raises(ValueError, match="own_slopes: no characteristic 'praktice'"):
        partial_ordered_logit(design, [1, 2, 3] * 4, own_slopes=["praktice"])
    with pytest.raises(ValueError, match="one limit only"):
        partial_ordered_logit(design, [1, 2] * 6, own_slopes=["practice"])
    with pytest.raises(ValueError, match="every class once"):
        partial_ordered_logit(design, [1, 2, 3] * 4, own_slopes=["practice"], order=[1, 2])
    separated = partial_ordered_logit(
        design, [1, 1, 2, 2, 2, 1, 2, 3, 3, 1, 2, 3], own_slopes=["practice"]
    )
    assert not separated.fit["converged"].item()


@pytest.fixture
def somewhere() -> tuple[PartialOddsLikelihood, FloatArray]:
    """Give a likelihood of five classes partly belonged to, and parameters away from its summit."""
    generator = np.random.default_rng(4)
    n_rows, n_classes, own = 60, 5, np.array([False, True, False, True])
    design = np.hstack([np.ones((n_rows, 1)), generator.normal(0, 0.3, (n_rows, 4))])
    memberships = generator.dirichlet(np.ones(n_classes), n_rows)
    likelihood = PartialOddsLikelihood(design, memberships, generator.uniform(0.5, 2, n_rows), own)
    slopes = generator.normal(0, 0.1, 2 + 2 * (n_classes - 1))
    return likelihood, np.concatenate([slopes, [-1.5, -0.4, 0.5, 1.4]])


def test_scores_are_the_slopes_of_the_likelihood(
    somewhere: tuple[PartialOddsLikelihood, FloatArray],
) -> None:
    likelihood, at = somewhere
    step = 1e-6
    slopes = [
        (likelihood.value(at + step * way) - likelihood.value(at - step * way)) / (2 * step)
        for way in np.eye(len(at))
    ]
    assert likelihood.scores(at).sum(axis=0) == pytest.approx(slopes, abs=1e-6)
    by_class = np.einsum("ik,kip->ip", likelihood.memberships, likelihood.class_scores(at))
    assert likelihood.scores(at) == pytest.approx(by_class, abs=1e-12)


def test_the_information_is_what_the_scores_of_all_classes_are_expected_to_give(
    somewhere: tuple[PartialOddsLikelihood, FloatArray],
) -> None:
    """By its definition: the mean of the squared scores over the classes one may be of."""
    likelihood, at = somewhere
    fitted = likelihood.probabilities(likelihood.design, at)
    scores = likelihood.class_scores(at) / likelihood.weights[:, None]
    total = likelihood.weights * likelihood.memberships.sum(axis=1)
    expected = np.einsum("i,ik,kip,kiq->pq", total, fitted, scores, scores)
    assert likelihood.information(at) == pytest.approx(expected, rel=1e-10, abs=1e-10)
