"""Average marginal effects, compared with numerical derivatives in R."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.stats import norm

from rfree.membership.design_matrix import design_matrix
from rfree.membership.marginal_effects import average_marginal_effects
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"
TERMS = {
    "bfi": (["gender", "education", "age"], {"gender": "female", "education": "level3"}),
    "simulated": (
        ["age", "sex", "territory", "practice"],
        {"sex": "female", "territory": "urban", "practice": "group"},
    ),
}


@pytest.mark.parametrize("case", list(TERMS))
def test_effects_and_errors_as_in_r(case: str) -> None:
    sample = pd.read_csv(REFERENCE / f"{case}_sample.csv.gz").dropna(ignore_index=True)
    names, references = TERMS[case]
    design = design_matrix(sample[names], references=references, units={"age": 10})
    result = average_marginal_effects(multinomial_logit(design, sample["class"], reference=1))
    expected = pd.read_csv(REFERENCE / "marginal_effects.csv").query("case == @case")
    assert result["class"].tolist() == expected["class"].tolist()
    # Differences of nnet's estimates, and derivatives by differences of 1e-5.
    np.testing.assert_allclose(result["effect"] / 100, expected["effect"], atol=1e-6)
    np.testing.assert_allclose(result["std_error"] / 100, expected["std_error"], rtol=1e-4)


def test_slopes_of_a_binary_logit_as_in_statsmodels() -> None:
    random = np.random.default_rng(5)
    age = random.normal(50, 10, 300)
    above = (0.08 * (age - 50) + random.logistic(size=300) > 0).astype(int)
    model = multinomial_logit(design_matrix(pd.DataFrame({"age": age})), above, reference=0)
    result = average_marginal_effects(model).set_index("class").loc[1]
    fitted = sm.Logit(above, sm.add_constant(age)).fit(disp=0, tol=1e-12).get_margeff()
    assert result["effect"] / 100 == pytest.approx(fitted.margeff[0], rel=1e-6)
    assert result["std_error"] / 100 == pytest.approx(fitted.margeff_se[0], rel=1e-5)


@pytest.mark.parametrize("kind", ["multinomial", "ordered"])
def test_effects_of_a_term_add_up_to_zero(kind: str) -> None:
    sample = pd.read_csv(REFERENCE / "simulated_sample.csv.gz").dropna(ignore_index=True)
    design = design_matrix(sample[["age", "practice"]])
    if kind == "multinomial":
        model = multinomial_logit(design, sample["class"], reference=2, penalty="firth")
    else:
        model = ordered_logit(design, sample["class"], order=[4, 3, 2, 1])
    result = average_marginal_effects(model)
    np.testing.assert_allclose(result.groupby("term")["effect"].sum(), 0, atol=1e-8)
    expected = [4, 3, 2, 1] if kind == "ordered" else [1, 2, 3, 4]
    assert result["class"].tolist()[:4] == expected


def test_difference_without_other_terms_is_that_of_the_shares() -> None:
    practice = ["solo"] * 10 + ["group"] * 20
    classes = [1] * 4 + [2] * 6 + [1] * 5 + [2] * 15
    design = design_matrix(pd.DataFrame({"practice": practice}))
    result = average_marginal_effects(multinomial_logit(design, classes, reference=1))
    row = result.set_index("class").loc[1]
    assert row["effect"] == pytest.approx(40 - 25)
    # Two independent shares.
    variance = 0.4 * 0.6 / 10 + 0.25 * 0.75 / 20
    assert row["std_error"] == pytest.approx(100 * np.sqrt(variance))


def test_infinite_estimates_are_refused() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 35, 40, 45]}))
    with pytest.raises(ValueError, match="penalty"):
        average_marginal_effects(multinomial_logit(design, [1, 1, 2, 2], reference=1))


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_every_number_of_a_difference_of_two_shares(level: float) -> None:
    table = pd.DataFrame({"practice": ["solo"] * 10 + ["group"] * 20})
    classes = [1] * 4 + [2] * 6 + [1] * 5 + [2] * 15
    design = design_matrix(table, references={"practice": "group"})
    model = multinomial_logit(design, classes, reference=1, level=level)
    result = average_marginal_effects(model)
    assert list(result.columns) == [
        "term", "variable", "category", "reference", "kind", "class", "effect", "std_error", "z",
        "p_value", "low", "high",
    ]  # fmt: skip
    assert result["class"].tolist() == [1, 2]
    assert set(result["term"]) == {"practice: solo"}
    assert set(result["variable"]) == {"practice"}
    assert set(result["category"]) == {"solo"}
    assert set(result["reference"]) == {"group"}
    assert set(result["kind"]) == {"difference"}
    error = 100 * np.sqrt(0.4 * 0.6 / 10 + 0.25 * 0.75 / 20)
    np.testing.assert_allclose(result["effect"], [15, -15])
    np.testing.assert_allclose(result["std_error"], error)
    np.testing.assert_allclose(result["z"], [15 / error, -15 / error])
    np.testing.assert_allclose(result["p_value"], 2 * norm.sf(15 / error))
    half = norm.ppf((1 + level) / 2) * error
    np.testing.assert_allclose(result["low"], [15 - half, -15 - half])
    np.testing.assert_allclose(result["high"], [15 + half, -15 + half])


def test_a_number_has_a_slope_without_category() -> None:
    age = pd.DataFrame({"age": [30.0, 40, 50, 60, 35, 45, 55, 65]})
    model = multinomial_logit(design_matrix(age), [1, 1, 2, 2, 1, 2, 1, 2], reference=1)
    result = average_marginal_effects(model)
    assert set(result["kind"]) == {"slope"}
    assert set(result["category"]) == {""}
    # A unit ten times as large has a slope ten times as steep.
    tens = multinomial_logit(
        design_matrix(age, units={"age": 10}), [1, 1, 2, 2, 1, 2, 1, 2], reference=1
    )
    np.testing.assert_allclose(
        average_marginal_effects(tens)["effect"], 10 * result["effect"], rtol=1e-6
    )
