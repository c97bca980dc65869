"""Brant's test, compared with the same formulas written out in R."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.design_matrix import Design, design_matrix
from rfree.multinomial import multinomial_logit
from rfree.ordered import ordered_logit
from rfree.proportional_odds import brant_test

REFERENCE = Path(__file__).parents[2] / "R-free" / "reference" / "models"
TERMS = {
    "bfi": (["gender", "education", "age"], {"gender": "female", "education": "level3"}),
    "simulated": (
        ["age", "sex", "territory", "practice"],
        {"sex": "female", "territory": "urban", "practice": "group"},
    ),
}


def _sample(case: str) -> tuple[pd.DataFrame, Design]:
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
    for _ in range(60):
        age = random.normal(size=400)
        design = design_matrix(pd.DataFrame({"age": age}))
        for name, slopes in (("equal", (0.7, 0.7)), ("unequal", (0.1, 1.6))):
            model = ordered_logit(design, _classes(random, age, slopes))
            rejected[name] += brant_test(model)["p_value"][0] < 0.05
    # 3 expected of 60; beyond 9 with a probability below .003.
    assert rejected["equal"] <= 9
    assert rejected["unequal"] >= 55


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
    assert result["separated"][0] == "1|2"
    assert result["chi2"].isna().all()


def test_other_models_are_refused() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 40, 35, 50]}))
    with pytest.raises(ValueError, match="ordered logit"):
        brant_test(multinomial_logit(design, [1, 2, 2, 1], reference=1))
    with pytest.raises(ValueError, match="one limit only"):
        brant_test(ordered_logit(design, [1, 2, 2, 1]))
