"""Models of the true class: by hand, by simulation, without error, and against StepMix."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from stepmix.stepmix import StepMix

from rfree.membership.design_matrix import design_matrix
from rfree.membership.marginal_effects import predicted_probabilities
from rfree.membership.membership_model import MembershipModel
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit
from rfree.membership.three_step.classification_errors import classification_errors
from rfree.membership.three_step.corrected_models import corrected_multinomial, corrected_ordered

CORRECTIONS = ("bch", "ml")
ERRORS = pd.DataFrame(
    [[0.80, 0.15, 0.05], [0.10, 0.80, 0.10], [0.05, 0.20, 0.75]], index=[1, 2, 3], columns=[1, 2, 3]
)
SLOPES = np.array([[0.3, 0.8, 1.0], [-0.2, 1.6, 0.0]])
"""Of classes 2 and 3 against 1: intercept, number, practising alone."""


def drawn(n: int, seed: int) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Draw characteristics, the true class and the one assigned."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(
        {"number": random.normal(size=n), "practice": random.choice(["group", "solo"], n)}
    )
    terms = np.column_stack([np.ones(n), table["number"], table["practice"] == "solo"]).astype(
        float
    )
    chance = np.exp(np.column_stack([np.zeros(n), terms @ SLOPES.T]))
    chance /= chance.sum(axis=1, keepdims=True)
    true = 1 + (random.random(n)[:, None] > chance.cumsum(axis=1)[:, :2]).sum(axis=1)
    bounds = ERRORS.to_numpy().cumsum(axis=1)[true - 1, :2]
    return table, true, 1 + (random.random(n)[:, None] > bounds).sum(axis=1)


def slopes(model: MembershipModel) -> pd.Series:
    table = model.coefficients
    return table.loc[table["kind"] == "slope", "estimate"].reset_index(drop=True)


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_two_classes_by_hand(correction: Any) -> None:
    """Of 60 alone, 33 are assigned to class 1, of 40 in a group 12: undone by the errors."""
    table = pd.DataFrame({"practice": ["solo"] * 60 + ["group"] * 40})
    assigned = [1] * 33 + [2] * 27 + [1] * 12 + [2] * 28
    errors = pd.DataFrame([[0.85, 0.15], [0.1, 0.9]], index=[1, 2], columns=[1, 2])
    solo, group = (0.55 - 0.1) / 0.75, (0.3 - 0.1) / 0.75
    model = corrected_multinomial(
        design_matrix(table, references={"practice": "group"}), assigned,
        errors=errors, reference=2, correction=correction,
    )  # fmt: skip
    found = model.coefficients.set_index("term")
    odds = solo / (1 - solo) / (group / (1 - group))
    assert found.loc["practice: solo", "ratio"] == pytest.approx(odds)
    # Variance of each share assigned, brought to the log odds of the true one.
    variance = sum(
        seen * (1 - seen) / n / (0.75 * true * (1 - true)) ** 2
        for seen, true, n in ((0.55, solo, 60), (0.3, group, 40))
    )
    robust = np.sqrt(variance * 100 / 99)
    assert found.loc["practice: solo", "std_error"] == pytest.approx(robust)
    shares = predicted_probabilities(model).query("`class` == 1").set_index("category")
    assert shares.loc["solo", "probability"] == pytest.approx(100 * solo)


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_true_slopes_are_found_where_the_plain_model_shrinks_them(correction: Any) -> None:
    table, _, assigned = drawn(20_000, 5)
    design = design_matrix(table, references={"practice": "group"})
    naive = slopes(multinomial_logit(design, assigned, reference=1))
    model = corrected_multinomial(design, assigned, errors=ERRORS, reference=1,
                                  correction=correction)  # fmt: skip
    truth = SLOPES[:, 1:].ravel()
    errors = model.coefficients.loc[model.coefficients["kind"] == "slope", "std_error"]
    assert (np.abs(slopes(model) - truth) < 3 * errors.to_numpy()).all()
    assert (np.abs(naive)[:3] < 0.8 * np.abs(truth)[:3]).all()
    assert model.fit["converged"].item()


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_standard_errors_are_those_of_repeated_samples(correction: Any) -> None:
    fits = []
    for seed in range(60):
        table, _, assigned = drawn(600, 100 + seed)
        design = design_matrix(table, references={"practice": "group"})
        fits.append(corrected_multinomial(design, assigned, errors=ERRORS, reference=1,
                                          correction=correction).coefficients)  # fmt: skip
    spread = np.std([fit["estimate"] for fit in fits], axis=0, ddof=1)
    said = np.mean([fit["std_error"] for fit in fits], axis=0)
    # A standard deviation of 60 is known to about 9 %.
    np.testing.assert_allclose(said, spread, rtol=0.3)


@pytest.mark.parametrize("correction", CORRECTIONS)
@pytest.mark.parametrize("weighted", [False, True])
def test_without_error_it_is_the_plain_model(correction: Any, weighted: bool) -> None:
    table, true, _ = drawn(300, 1)
    design = design_matrix(table)
    certain = pd.DataFrame(np.eye(3), index=[1, 2, 3], columns=[1, 2, 3])
    weights = np.linspace(0.5, 1.5, 300) if weighted else None
    for corrected, plain in (
        (corrected_multinomial(design, true, errors=certain, reference=2, correction=correction,
                               sample_weight=weights),
         multinomial_logit(design, true, reference=2, sample_weight=weights,
                           standard_errors="robust")),
        (corrected_ordered(design, true, errors=certain, correction=correction,
                           sample_weight=weights),
         ordered_logit(design, true, sample_weight=weights, standard_errors="robust")),
    ):  # fmt: skip
        numbers = ["estimate"] if corrected.kind == "ordered" else ["estimate", "std_error"]
        np.testing.assert_allclose(
            corrected.coefficients[numbers], plain.coefficients[numbers], rtol=1e-5, atol=1e-7
        )
        assert corrected.fit["mcfadden"].item() == pytest.approx(plain.fit["mcfadden"].item())


def test_an_ordered_slope_is_found_again() -> None:
    random = np.random.default_rng(3)
    number = random.normal(size=8000)
    true = 1 + np.digitize(1.2 * number + random.logistic(size=8000), [-1, 1])
    bounds = ERRORS.to_numpy().cumsum(axis=1)[true - 1, :2]
    assigned = 1 + (random.random(8000)[:, None] > bounds).sum(axis=1)
    design = design_matrix(pd.DataFrame({"number": number}))
    assert slopes(ordered_logit(design, assigned)).item() < 0.9
    for correction in CORRECTIONS:
        model = corrected_ordered(design, assigned, errors=ERRORS, correction=correction)
        assert slopes(model).item() == pytest.approx(1.2, abs=0.12)


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_as_stepmix(correction: Any) -> None:
    random = np.random.default_rng(8)
    table, true, _ = drawn(500, 8)
    agree = np.array([[0.85] * 6, [0.5] * 3 + [0.15] * 3, [0.15] * 6])[true - 1]
    items = (random.random(agree.shape) < agree).astype(float)
    terms = np.column_stack([table["number"], table["practice"] == "solo"]).astype(float)
    options: dict[str, Any] = {"n_components": 3, "measurement": "binary", "random_state": 4,
                               "abs_tol": 1e-12, "rel_tol": 1e-12, "max_iter": 3000,
                               "progress_bar": 0}  # fmt: skip
    posterior = StepMix(n_steps=1, **options).fit(items).predict_proba(items)
    theirs = StepMix(
        n_steps=3, correction=correction.upper(), assignment="modal", structural="covariate",
        structural_params={"method": "newton-raphson", "max_iter": 200}, **options,
    ).fit(items, terms).get_parameters()["structural"]["beta"]  # fmt: skip
    membership = pd.DataFrame(posterior, columns=[1, 2, 3])
    assigned = posterior.argmax(axis=1) + 1
    model = corrected_multinomial(
        design_matrix(table, references={"practice": "group"}), assigned, reference=1,
        errors=classification_errors(membership, assigned), correction=correction,
    )  # fmt: skip
    beta = np.asarray(theirs)
    expected = (beta[1:] - beta[0]).ravel()
    np.testing.assert_allclose(model.coefficients["estimate"], expected, rtol=2e-3, atol=2e-3)


def test_penalties_keep_estimates_finite() -> None:
    table = pd.DataFrame({"practice": ["solo"] * 40 + ["group"] * 40})
    assigned = [1] * 38 + [2] * 2 + [1] * 10 + [2] * 30
    errors = pd.DataFrame([[0.9, 0.1], [0.1, 0.9]], index=[1, 2], columns=[1, 2])
    design = design_matrix(table, references={"practice": "group"})
    plain = corrected_multinomial(design, assigned, errors=errors, reference=2)
    assert not plain.fit["converged"].item()  # 95 % of them, where the errors leave 90 at most
    for correction in CORRECTIONS:
        ridge = corrected_multinomial(design, assigned, errors=errors, reference=2,
                                      correction=correction, penalty="ridge")  # fmt: skip
        assert ridge.fit["converged"].item()
        assert 0 < slopes(ridge).item() < (10 if correction == "ml" else np.inf)


def test_what_cannot_be_corrected_is_refused() -> None:
    table, _, assigned = drawn(60, 2)
    design = design_matrix(table)
    alike = pd.DataFrame([[0.5, 0.3, 0.2]] * 3, index=[1, 2, 3], columns=[1, 2, 3])
    with pytest.raises(ValueError, match="assigned alike"):
        corrected_multinomial(design, assigned, errors=alike, reference=1)
    with pytest.raises(ValueError, match="expected the classes on both sides"):
        corrected_multinomial(design, assigned, errors=alike.loc[[1, 2]], reference=1)
    with pytest.raises(ValueError, match="rows sum to 1"):
        corrected_ordered(design, assigned, errors=2 * ERRORS)
    wrong: Any = "bhc"
    with pytest.raises(ValueError, match="expected 'bch' or 'ml'"):
        corrected_multinomial(design, assigned, errors=ERRORS, reference=1, correction=wrong)
    with pytest.raises(ValueError, match="expected one of the classes"):
        corrected_multinomial(design, assigned, errors=ERRORS, reference=9)
    with pytest.raises(ValueError, match="every class once"):
        corrected_ordered(design, assigned, errors=ERRORS, order=[1, 2])
    rare = np.where(np.arange(60) == 0, 1, 2 + np.arange(60) % 2)
    with pytest.raises(ValueError, match="nobody is left in class 1"):
        corrected_multinomial(design, rare, errors=ERRORS, reference=2)
