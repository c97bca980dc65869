"""Predicted probabilities of the classes, compared with nnet's models in R and by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import norm

from rfree.membership.design_matrix import design_matrix
from rfree.membership.marginal_effects import average_marginal_effects, predicted_probabilities
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


@pytest.fixture(scope="module")
def simulated() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "simulated_sample.csv.gz").dropna(ignore_index=True)


@pytest.mark.parametrize("case", list(TERMS))
def test_probabilities_errors_and_limits_as_in_r(case: str) -> None:
    sample = pd.read_csv(REFERENCE / f"{case}_sample.csv.gz").dropna(ignore_index=True)
    names, references = TERMS[case]
    design = design_matrix(sample[names], references=references, units={"age": 10})
    found = predicted_probabilities(multinomial_logit(design, sample["class"], reference=1))
    found["answer"] = found["category"].where(
        found["category"] != "", found["value"].map("{:g}".format)
    )
    expected = pd.read_csv(REFERENCE / "predictions.csv", dtype={"value": str}).query(
        "case == @case"
    )
    both = expected.merge(
        found, left_on=["variable", "value", "class"], right_on=["variable", "answer", "class"],
        suffixes=("_r", ""),
    )  # fmt: skip
    assert len(both) == len(expected) == len(found)
    # Estimates of nnet, and derivatives by differences of 1e-5.
    np.testing.assert_allclose(both["probability"] / 100, both["probability_r"], atol=1e-6)
    for name in ("std_error", "low", "high"):
        np.testing.assert_allclose(both[name] / 100, both[f"{name}_r"], rtol=2e-4)


@pytest.mark.parametrize("level", [0.95, 0.8])
def test_a_single_characteristic_gives_its_shares(level: float) -> None:
    table = pd.DataFrame({"practice": ["solo"] * 10 + ["group"] * 20})
    classes = [1] * 4 + [2] * 6 + [1] * 5 + [2] * 15
    design = design_matrix(table, references={"practice": "group"})
    model = multinomial_logit(design, classes, reference=1, level=level)
    found = predicted_probabilities(model)
    assert found["category"].tolist() == ["group", "group", "solo", "solo"]
    assert found["reference"].tolist() == [True, True, False, False]
    assert found["class"].tolist() == [1, 2, 1, 2]
    assert found["value"].isna().all()
    shares = np.array([0.25, 0.75, 0.4, 0.6])
    errors = np.sqrt(shares * (1 - shares) / [20, 20, 10, 10])
    np.testing.assert_allclose(found["probability"], 100 * shares)
    np.testing.assert_allclose(found["std_error"], 100 * errors)
    half = norm.ppf((1 + level) / 2) * errors / (shares * (1 - shares))
    np.testing.assert_allclose(found["low"], 100 * expit(logit(shares) - half))
    np.testing.assert_allclose(found["high"], 100 * expit(logit(shares) + half))


@pytest.mark.parametrize("kind", ["multinomial", "ordered"])
def test_probabilities_add_up_and_differ_by_the_marginal_effects(
    simulated: pd.DataFrame, kind: str
) -> None:
    design = design_matrix(simulated[["age", "practice"]], units={"age": 10})
    if kind == "multinomial":
        model = multinomial_logit(design, simulated["class"], reference=2, penalty="firth")
    else:
        model = ordered_logit(design, simulated["class"], order=[4, 3, 2, 1])
    found = predicted_probabilities(model)
    np.testing.assert_allclose(found.groupby(["category", "value"], dropna=False)
                               ["probability"].sum(), 100)  # fmt: skip
    assert found["low"].between(0, found["probability"]).all()
    assert found["high"].between(found["probability"], 100).all()
    assert found["class"].tolist()[:4] == ([4, 3, 2, 1] if kind == "ordered" else [1, 2, 3, 4])
    effects = average_marginal_effects(model)
    solo = effects[effects["category"] == "solo"].set_index("class")["effect"]
    own = found[found["variable"] == "practice"]
    gap = (own[own["category"] == "solo"].set_index("class")["probability"]
           - own[own["reference"]].set_index("class")["probability"])  # fmt: skip
    np.testing.assert_allclose(gap, solo.loc[gap.index])


def test_numbers_are_predicted_at_weighted_quartiles_or_where_asked() -> None:
    age = pd.DataFrame({"age": [30.0, 40, 50, 60, 35, 45, 55, 65]})
    classes = [1, 1, 2, 2, 1, 2, 1, 2]
    design = design_matrix(age, units={"age": 10})
    model = multinomial_logit(design, classes, reference=1)
    assert predicted_probabilities(model)["value"].unique().tolist() == [35, 45, 55]
    asked = predicted_probabilities(model, values={"age": [40, 60]})
    assert asked["value"].unique().tolist() == [40, 60]
    # 9 of 16 are 30, 12 of them up to 45.
    heavy = multinomial_logit(design, classes, reference=1, sample_weight=[9, 1, 1, 1, 1, 1, 1, 1])
    assert predicted_probabilities(heavy)["value"].unique().tolist() == [30, 45]
    with pytest.raises(ValueError, match="'sex' are no numbers of the model; expected among: age"):
        predicted_probabilities(model, values={"sex": [1]})


def test_infinite_estimates_are_refused() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 35, 40, 45]}))
    with pytest.raises(ValueError, match="penalty"):
        predicted_probabilities(multinomial_logit(design, [1, 1, 2, 2], reference=1))
