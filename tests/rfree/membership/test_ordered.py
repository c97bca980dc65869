"""Ordered logit, compared with MASS, survey and statsmodels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime
from statsmodels.miscmodels.ordinal_model import OrderedModel

from rfree.membership.design_matrix import DesignMatrix, design_matrix
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import OrderedLikelihood, ordered_logit

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


def _in_order_of_r(table: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    name = table["term"].str.replace(": ", "").str.replace(" (per 10)", "", regex=False)
    return table.set_index(name).loc[expected["term"]]


@pytest.mark.parametrize("case", list(TERMS))
def test_estimates_errors_and_fit_as_in_mass(case: str) -> None:
    sample, design = _sample(case)
    model = ordered_logit(design, sample["class"])
    expected = pd.read_csv(REFERENCE / "ordered.csv").query("case == @case")
    ours = _in_order_of_r(model.coefficients, expected)
    # polr takes its second derivatives by differences, good to about 1e-6.
    np.testing.assert_allclose(ours["estimate"], expected["estimate"], atol=1e-5)
    np.testing.assert_allclose(ours["std_error"], expected["std_error"], rtol=1e-4)
    fits = pd.read_csv(REFERENCE / "fits.csv").query("case == @case and model == 'ordered'")
    for name in ("log_likelihood", "aic", "bic"):
        assert model.fit[name].item() == pytest.approx(fits[name].item(), rel=1e-9)


def test_survey_weights_as_in_survey() -> None:
    sample, design = _sample("bfi")
    model = ordered_logit(design, sample["class"], sample_weight=sample["weight"].to_numpy())
    expected = pd.read_csv(REFERENCE / "weighted.csv").query("model == 'ordered'")
    ours = _in_order_of_r(model.coefficients, expected)
    np.testing.assert_allclose(ours["estimate"], expected["estimate"], atol=1e-5)
    np.testing.assert_allclose(ours["std_error"], expected["std_error"], rtol=1e-4)


def test_estimates_as_in_statsmodels() -> None:
    sample, design = _sample("simulated")
    model = ordered_logit(design, sample["class"])
    fitted = OrderedModel(sample["class"].to_numpy(), design.matrix.to_numpy(), distr="logit").fit(
        method="bfgs", disp=0, gtol=1e-8
    )
    slopes = model.coefficients.query("kind == 'slope'")["estimate"]
    np.testing.assert_allclose(slopes, fitted.params[: len(slopes)], atol=1e-5)


def test_two_classes_are_a_binary_logit() -> None:
    sample, design = _sample("simulated")
    above = np.where(sample["class"] > 2, 2, 1)
    ordered = ordered_logit(design, above).coefficients.query("kind == 'slope'")
    binary = multinomial_logit(design, above, reference=1).coefficients.query("kind == 'slope'")
    columns = ["estimate", "std_error", "ratio", "low", "high"]
    np.testing.assert_allclose(ordered[columns], binary[columns], rtol=1e-7)


def test_turning_the_order_turns_the_slopes() -> None:
    sample, design = _sample("simulated")
    upward = ordered_logit(design, sample["class"])
    downward = ordered_logit(design, sample["class"], order=[4, 3, 2, 1])
    slope = (upward.coefficients["kind"] == "slope").to_numpy()
    np.testing.assert_allclose(
        upward.coefficients["estimate"][slope], -downward.coefficients["estimate"][slope], atol=1e-8
    )
    limits = upward.coefficients["estimate"][~slope].to_numpy()
    np.testing.assert_allclose(
        limits, -downward.coefficients["estimate"][~slope].to_numpy()[::-1], atol=1e-8
    )


def test_planted_slopes_are_found_again() -> None:
    random = np.random.default_rng(12)
    age = random.normal(size=6000)
    classes = 1 + (0.8 * age + random.logistic(size=6000) > np.array([[-1], [0.5]])).sum(axis=0)
    table = ordered_logit(design_matrix(pd.DataFrame({"age": age})), classes).coefficients
    truth = np.array([0.8, -1.0, 0.5])
    assert (np.abs(table["estimate"] - truth) < 4 * table["std_error"]).all()


def test_memberships_of_certain_respondents_are_labels() -> None:
    sample, design = _sample("simulated")
    degrees = pd.get_dummies(sample["class"]).astype(float)
    by_labels = ordered_logit(design, sample["class"])
    by_degrees = ordered_logit(design, membership=degrees)
    pd.testing.assert_frame_equal(by_labels.coefficients, by_degrees.coefficients)


def test_ridge_shrinks_towards_no_effect() -> None:
    sample, design = _sample("simulated")
    sizes = []
    for ridge in (0.1, 10.0, 1000.0):
        model = ordered_logit(design, sample["class"], penalty="ridge", ridge=ridge)
        slopes = model.coefficients.query("kind == 'slope'")["estimate"].to_numpy()
        sizes.append(np.linalg.norm(slopes * model.given.spreads[1:]))
    assert sizes[0] > sizes[1] > sizes[2]


def test_separation_is_said() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 31, 40, 41, 50, 51]}))
    model = ordered_logit(design, [1, 1, 2, 2, 3, 3])
    assert model.separation.kind == "complete"
    assert model.coefficients["estimate"][0] == np.inf
    assert ordered_logit(design, [1, 1, 2, 2, 3, 3], penalty="ridge").finite


def test_derivatives_are_those_of_the_likelihood() -> None:
    random = np.random.default_rng(1)
    design = np.column_stack([np.ones(15), random.normal(size=(15, 2))])
    likelihood = OrderedLikelihood(
        design, random.dirichlet(np.ones(4), 15), random.uniform(1, 2, 15)
    )
    point = np.array([0.4, -0.7, -1.0, 0.3, 1.1])
    slope = approx_fprime(point, likelihood.value, 1e-7)
    np.testing.assert_allclose(likelihood.scores(point).sum(axis=0), slope, rtol=1e-4)
    bend = approx_fprime(point, lambda at: likelihood.scores(at).sum(axis=0), 1e-7)
    np.testing.assert_allclose(likelihood.information(point), -bend, atol=1e-4)
    weights = np.arange(1.0, 16)
    share = weights / weights.sum()
    gradient = approx_fprime(point, lambda at: share @ likelihood.probabilities(design, at), 1e-7)
    np.testing.assert_allclose(
        likelihood.probability_gradient(design, point, weights), gradient, atol=1e-6
    )


def test_an_order_that_misses_a_class_is_refused() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 40, 35, 50, 41, 36]}))
    with pytest.raises(ValueError, match="every class once: 1, 2, 3"):
        ordered_logit(design, [1, 2, 3, 1, 2, 3], order=[1, 2])
