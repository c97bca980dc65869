"""Brant's test, compared with the same formulas written out in R."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import chi2

from rfree.membership.design_matrix import DesignMatrix, design_matrix
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit
from rfree.membership.proportional_odds import brant_test

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"
TERMS = {
    "bfi": (["gender", "education", "age"], {"gender": "female", "education": "level3"}),
    "simulated": (
        ["age", "sex", "territory", "practice"],
        {"sex": "female", "territory": "urban", "practice": "group"},
    ),
}


def _sample(case: str) -> tuple[pd.DataFrame, DesignMatrix]:
    sample = pd.read_csv(REFERENCE / f"{case}_sample.csv.gz").dropna(ignore_index=True)
    names, references = TERMS[case]
    return sample, design_matrix(sample[names], references=references, units={"age": 10})


@pytest.mark.parametrize("case", list(TERMS))
def test_statistics_as_in_r(case: str) -> None:
    sample, design = _sample(case)
    result = brant_test(ordered_logit(design, sample["class"]))
    expected = pd.read_csv(REFERENCE / "brant.csv").query("case == @case")
    assert result["variable"].tolist()[1:] == expected["variable"].tolist()[1:]
    # R's binary logits stop at 1e-14 of deviance.
    np.testing.assert_allclose(result["chi2"], expected["chi2"], rtol=1e-6)
    assert result["df"].tolist() == expected["df"].tolist()
    np.testing.assert_allclose(result["p_value"], expected["p_value"], rtol=1e-5)


def _classes(
    random: np.random.Generator, age: np.ndarray, slopes: tuple[float, float]
) -> np.ndarray:
    noise = random.logistic(size=len(age))
    first, second = (
        slope * age + noise > limit for slope, limit in zip(slopes, (-1, 2), strict=True)
    )
    return 1 + first + (first & second)


def test_level_under_proportional_odds_and_power_against_unequal_slopes() -> None:
    random = np.random.default_rng(21)
    rejected = {"equal": 0, "unequal": 0}
    for _ in range(20):
        age = random.normal(size=400)
        design = design_matrix(pd.DataFrame({"age": age}))
        for name, slopes in (("equal", (0.7, 0.7)), ("unequal", (0.1, 1.6))):
            model = ordered_logit(design, _classes(random, age, slopes))
            rejected[name] += brant_test(model)["p_value"][0] < 0.05
    # 1 expected of 20; beyond 5 with a probability below .0004.
    assert rejected["equal"] <= 5
    assert rejected["unequal"] >= 18


def test_robust_and_model_covariance_agree_in_a_large_sample() -> None:
    random = np.random.default_rng(3)
    age = random.normal(size=8000)
    design = design_matrix(pd.DataFrame({"age": age}))
    classes = _classes(random, age, (0.6, 0.75))
    plain = brant_test(ordered_logit(design, classes))["chi2"][0]
    robust = brant_test(ordered_logit(design, classes, standard_errors="robust"))["chi2"][0]
    assert robust == pytest.approx(plain, rel=0.1)


def test_separated_limits_are_named_and_not_tested() -> None:
    table = pd.DataFrame({"age": [30.0, 31, 40, 45, 41, 50, 44, 51]})
    model = ordered_logit(design_matrix(table), [1, 1, 2, 2, 3, 3, 2, 3], penalty="ridge")
    result = brant_test(model)
    assert result["separated"].tolist() == ["1|2"] * 2
    assert result[["chi2", "p_value", "p_holm"]].isna().all(axis=None)
    assert result["df"].tolist() == [1, 1]
    every = pd.DataFrame({"age": [30.0, 31, 40, 41, 50, 51]})
    model = ordered_logit(design_matrix(every), [1, 1, 2, 2, 3, 3], penalty="ridge")
    assert brant_test(model)["separated"][0] == "1|2 2|3"


def test_other_models_are_refused() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 40, 35, 50]}))
    with pytest.raises(ValueError, match="ordered logit"):
        brant_test(multinomial_logit(design, [1, 2, 2, 1], reference=1))
    with pytest.raises(ValueError, match="one limit only"):
        brant_test(ordered_logit(design, [1, 2, 2, 1]))


def brant_by_hand(
    design: np.ndarray, degrees: np.ndarray, weights: np.ndarray, *, survey: bool, by_scores: bool
) -> list[tuple[float, int]]:
    """Wald tests that all slopes, then each, are those of the mean of the limits."""
    n, size = design.shape
    n_limits = degrees.shape[1] - 1
    above = np.column_stack([degrees[:, limit + 1 :].sum(axis=1) for limit in range(n_limits)])
    slopes, influence, fitted, breads = [], [], [], []
    for limit in range(n_limits):
        values = np.zeros(size)
        for _ in range(30):
            pi = expit(design @ values)
            bread = np.linalg.inv(design.T @ (design * (weights * pi * (1 - pi))[:, None]))
            values = values + bread @ design.T @ (weights * (above[:, limit] - pi))
        slopes.append(values[1:])
        fitted.append(pi)
        breads.append(bread)
        influence.append(design * (weights * (above[:, limit] - pi))[:, None] @ bread)
    covariance = np.empty((n_limits, n_limits, size, size))
    for j, k in np.ndindex(n_limits, n_limits):
        if by_scores:
            covariance[j, k] = n / (n - 1) * influence[j].T @ influence[k]
        else:
            low, high = min(j, k), max(j, k)
            w = weights ** (2 if survey else 1) * fitted[high] * (1 - fitted[low])
            covariance[j, k] = breads[j] @ design.T @ (design * w[:, None]) @ breads[k]
    # Deviations from the mean of the limits: the same hypothesis, a pseudo-inverse for the test.
    centre = np.eye(n_limits) - 1 / n_limits
    found = []
    for terms in [list(range(size - 1)), *([term] for term in range(size - 1))]:
        contrast = np.kron(centre, np.eye(len(terms)))
        gap = contrast @ np.array(slopes)[:, terms].ravel()
        at = np.array(terms) + 1
        spread = np.block(
            [[covariance[j, k][np.ix_(at, at)] for k in range(n_limits)] for j in range(n_limits)]
        )
        inverse = np.linalg.pinv(contrast @ spread @ contrast.T, rcond=1e-9)
        found.append((float(gap @ inverse @ gap), (n_limits - 1) * len(terms)))
    return found


@pytest.mark.parametrize("case", ["plain", "robust", "weights", "frequencies", "degrees", "both"])
def test_each_covariance_by_hand(case: str) -> None:
    random = np.random.default_rng(8)
    table = pd.DataFrame({"age": random.normal(size=120), "size": random.normal(size=120)})
    classes = 1 + (table["age"] + random.logistic(size=120) > -1).to_numpy()
    classes = classes + (classes == 2) * random.integers(0, 3, 120)
    weights = random.integers(1, 4, 120).astype(float)
    degrees = np.eye(4)[classes - 1]
    options: dict[str, object] = {}
    if case in ("degrees", "both"):
        degrees = 0.8 * degrees + 0.05
        options["membership"] = degrees
    if case in ("weights", "both"):
        weights = weights / weights.mean()
        options["sample_weight"] = 10 * weights
    elif case == "frequencies":
        options |= {"sample_weight": weights, "frequencies": True}
    else:
        weights = np.ones(120)
    if case == "robust":
        options["standard_errors"] = "robust"
    design = design_matrix(table)
    result = brant_test(ordered_logit(design, classes, **options))  # type: ignore[arg-type]
    expected = brant_by_hand(
        design.with_intercept, degrees, weights, survey=case == "weights",
        by_scores=case in ("robust", "degrees", "both"),
    )  # fmt: skip
    assert list(result.columns) == ["variable", "chi2", "df", "p_value", "p_holm", "separated"]
    assert result["variable"].tolist() == ["(all)", "age", "size"]
    np.testing.assert_allclose(result["chi2"], [value for value, _ in expected], rtol=1e-6)
    assert result["df"].tolist() == [df for _, df in expected] == [4, 2, 2]
    p_values = result["p_value"].to_numpy()
    np.testing.assert_allclose(p_values, chi2.sf(result["chi2"], result["df"]))
    low, high = sorted(p_values[1:])
    holm = {low: min(2 * low, 1), high: max(2 * low, high)}
    assert np.isnan(result["p_holm"][0])
    np.testing.assert_allclose(result["p_holm"][1:], [min(holm[p], 1) for p in p_values[1:]])
    assert (result["separated"] == "").all()
