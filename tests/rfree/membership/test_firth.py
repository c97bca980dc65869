"""Firth's penalty: estimates, profile penalised likelihood intervals and tests."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import chi2

from rfree.membership.design_matrix import design_matrix
from rfree.membership.firth import (
    PenalisedSurface,
    maximise_firth,
    penalised_ratio,
    penalised_value,
    penalty_slope,
)
from rfree.membership.likelihood import Maximum, model_covariance
from rfree.membership.membership_model import MembershipModel
from rfree.membership.multinomial import MultinomialLikelihood, multinomial_logit
from rfree.membership.profile_likelihood import (
    _end_by_holding,
    _end_by_newton,
    profile_interval,
)

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"
FALL = chi2.ppf(0.95, 1) / 2


def endometrial() -> MembershipModel:
    table = pd.read_csv(REFERENCE / "endometrial.csv")
    return multinomial_logit(
        design_matrix(table[["NV", "PI", "EH"]]), table["HG"], reference=0, penalty="firth"
    )


def sparse() -> MembershipModel:
    table = pd.read_csv(REFERENCE / "sparse_sample.csv")
    design = design_matrix(
        table[["practice", "age"]], references={"practice": "solo"}, units={"age": 10}
    )
    return multinomial_logit(design, table["class"], reference="a", penalty="firth")


def two_by_two(cells: list[list[int]]) -> tuple[MultinomialLikelihood, Maximum]:
    """Classes (columns) of respondents without and with a characteristic (rows)."""
    counts = np.array(cells)
    design = np.array([[1.0, row] for row in (0, 1) for _ in range(counts[row].sum())])
    classes = [column for row in (0, 1) for column in (0, 1) for _ in range(counts[row, column])]
    likelihood = MultinomialLikelihood(design, np.eye(2)[classes], np.ones(len(design)))
    return likelihood, maximise_firth(likelihood, np.zeros(2))


def test_two_proportions_get_half_a_respondent_in_each_cell() -> None:
    # Jeffreys's prior of a saturated model of a 2 x 2 table: by hand.
    _, maximum = two_by_two([[7, 3], [4, 0]])
    assert maximum.parameters[0] == pytest.approx(math.log(3.5 / 7.5), abs=1e-6)
    assert maximum.parameters.sum() == pytest.approx(math.log(0.5 / 4.5), abs=1e-6)
    assert maximum.converged


def test_the_slope_of_the_penalty_is_its_derivative() -> None:
    model = sparse()
    likelihood = model.likelihood
    assert isinstance(likelihood, MultinomialLikelihood)
    at = model.coefficients["estimate"].to_numpy() * 0.7
    step = 1e-5
    slopes = [
        (
            penalised_value(likelihood, at + step * unit)
            - penalised_value(likelihood, at - step * unit)
        )
        / (2 * step)
        for unit in np.eye(len(at))
    ]
    covariance = model_covariance(likelihood.information(at))
    ours = likelihood.scores(at).sum(axis=0) + penalty_slope(likelihood, at, covariance)
    np.testing.assert_allclose(ours, slopes, rtol=1e-5, atol=1e-6)


def test_endometrial_cancer_as_published() -> None:
    # Heinze & Schemper's example, with the figures that logistf prints for it.
    table = endometrial().coefficients.set_index("term")
    logs = np.log(table[["ratio", "low", "high"]]).round(2)
    assert logs.loc["NV"].tolist() == [2.93, 0.61, 7.85]
    assert logs.loc["PI"].tolist() == [-0.03, -0.12, 0.04]
    assert logs.loc["EH"].tolist() == [-2.60, -4.37, -1.23]


@pytest.mark.parametrize(("name", "make"), [("endometrial", endometrial), ("sparse", sparse)])
def test_intervals_and_tests_as_in_r(name: str, make: object) -> None:
    model = make()  # type: ignore[operator]
    expected = pd.read_csv(REFERENCE / "firth_profiles.csv")
    expected = expected[expected["model"] == name]
    joint = expected[expected["estimate"].isna()]
    single = expected[expected["estimate"].notna()]
    ours = model.coefficients
    # R's optim ends within about 1e-4 of a standard error of the estimates.
    np.testing.assert_allclose(ours["estimate"], single["estimate"], rtol=1e-4)
    np.testing.assert_allclose(np.log(ours["low"]), single["low"], rtol=1e-5)
    np.testing.assert_allclose(np.log(ours["high"]), single["high"], rtol=1e-5)
    np.testing.assert_allclose(np.square(ours["z"]), single["chi2"], rtol=1e-5)
    np.testing.assert_allclose(ours["p_value"], chi2.sf(single["chi2"], 1), rtol=1e-4)
    tests = model.tests.set_index("variable").loc[joint["term"], "chi2"]
    np.testing.assert_allclose(tests, joint["chi2"], rtol=1e-5)
    assert model.fit["intervals"].item() == "profile"


def test_joint_tests_have_their_degrees_of_freedom_and_holm() -> None:
    tests = sparse().tests.set_index("variable")
    assert tests["df"].to_dict() == {"(all)": 4, "practice": 2, "age": 2}
    np.testing.assert_allclose(tests["p_value"], chi2.sf(tests["chi2"], tests["df"]))
    smaller, larger = sorted(tests["p_value"].iloc[1:])
    assert sorted(tests["p_holm"].iloc[1:]) == pytest.approx(
        [2 * smaller, max(2 * smaller, larger)]
    )
    assert np.isnan(tests.loc["(all)", "p_holm"])


def test_a_separated_ratio_has_the_end_that_a_search_by_hand_finds() -> None:
    likelihood, maximum = two_by_two([[7, 3], [4, 0]])
    top = penalised_value(likelihood, maximum.parameters)

    def above(slope: float) -> float:
        best = minimize_scalar(
            lambda start: -penalised_value(likelihood, np.array([start, slope])),
            bounds=(-15, 15),
            method="bounded",
            options={"xatol": 1e-9},
        )
        return float(-best.fun - top + FALL)

    low, high = profile_interval(PenalisedSurface(likelihood), maximum, 1, fall=FALL)
    centre = maximum.parameters[1]
    assert low == pytest.approx(brentq(above, centre - 15, centre), abs=1e-4)
    assert high == pytest.approx(brentq(above, centre, centre + 15), abs=1e-4)
    # The side of the empty cell is the longer one, and yet has an end.
    assert high - centre < centre - low < np.inf


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_both_searches_find_the_same_end(position: int, sign: float) -> None:
    model = endometrial()
    likelihood = model.likelihood
    assert isinstance(likelihood, MultinomialLikelihood)
    maximum = maximise_firth(likelihood, model.coefficients["estimate"].to_numpy())
    surface = PenalisedSurface(likelihood)
    found = _end_by_newton(surface, maximum, position, sign, FALL)
    assert found == pytest.approx(_end_by_holding(surface, maximum, position, sign, FALL), rel=1e-6)


def test_the_test_is_at_its_limit_where_the_interval_ends() -> None:
    likelihood, maximum = two_by_two([[7, 3], [2, 6]])
    fall = chi2.ppf(0.9, 1) / 2
    low, _ = profile_interval(PenalisedSurface(likelihood), maximum, 1, fall=fall)
    # Moving the zero to the end of the interval: a term that is 1 in one group only.
    shifted = maximum.parameters.copy()
    start = Maximum(shifted, maximum.log_likelihood, maximum.information, converged=True)
    level = chi2.cdf(penalised_ratio(likelihood, start, np.array([1])), 1)
    inside = low < 0
    assert inside == (level < 0.9)


def test_with_robust_errors_intervals_stay_walds() -> None:
    table = pd.read_csv(REFERENCE / "endometrial.csv")
    design = design_matrix(table[["NV", "PI", "EH"]])
    model = multinomial_logit(
        design, table["HG"], reference=0, penalty="firth", standard_errors="robust"
    )
    ours = model.coefficients
    assert model.fit["intervals"].item() == "wald"
    np.testing.assert_allclose(np.log(ours["high"] / ours["ratio"]), 1.959964 * ours["std_error"],
                               rtol=1e-6)  # fmt: skip


def test_the_reference_class_and_the_unit_change_no_test() -> None:
    table = pd.read_csv(REFERENCE / "sparse_sample.csv")
    plain = sparse().tests["chi2"]
    design = design_matrix(table[["practice", "age"]], references={"practice": "group"})
    other = multinomial_logit(design, table["class"], reference="c", penalty="firth").tests["chi2"]
    np.testing.assert_allclose(plain, other, rtol=1e-5)
