"""Likelihood ratio tests of weighted models: against R, and where nothing is there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.stats import binom, chi2, norm

from rfree.membership.design_matrix import design_matrix
from rfree.membership.likelihood import maximise_likelihood, model_covariance, robust_covariance
from rfree.membership.likelihood_ratio import weighted_profiles, weighted_ratio
from rfree.membership.multinomial import MultinomialLikelihood, multinomial_logit
from rfree.membership.ordered import ordered_logit

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"


def first_class_against_others(way):
    whole = pd.read_csv(REFERENCE / "models" / "bfi_sample.csv.gz")
    number = np.arange(1, len(whole) + 1)
    weights = {
        "given": whole["weight"].to_numpy(),
        "tenths": np.where(number % 2 == 0, 0.1, 1.0),
        "skewed": np.exp(norm.ppf((7 * number % 101 + 0.5) / 101)),
    }[way][whole.notna().all(axis=1)]
    sample = whole.dropna()
    table = sample[["gender", "education", "age"]].assign(age=sample["age"] / 10)
    design = design_matrix(table, references={"gender": "female", "education": "level3"})
    classes = np.eye(2)[(sample["class"] != 1).astype(int)]
    given = MultinomialLikelihood(design.with_intercept, classes, weights / weights.mean())
    return design, given


@pytest.mark.parametrize("way", ["given", "tenths", "skewed"])
def test_ratio_and_design_effects_as_in_survey(way):
    rows = pd.read_csv(REFERENCE / "weighted" / "ratios.csv").set_index("weighting").loc[way]
    design, given = first_class_against_others(way)
    size = given.design.shape[1]
    maximum = maximise_likelihood(given, np.zeros(size), np.zeros((size, size)))
    sandwich = robust_covariance(maximum.information, given.scores(maximum.parameters))
    for row in rows.itertuples():
        held = 1 + np.flatnonzero(design.terms["variable"] == row.variable)
        assert len(held) == row.parameters
        test = weighted_ratio(given, maximum, sandwich, held)
        assert test.df == pytest.approx(row.trace**2 / row.trace_of_square, rel=1e-6)
        assert test.statistic == pytest.approx(row.ratio / row.trace * test.df, rel=1e-6)
        # R's p-value is a saddlepoint approximation, of the same law.
        assert test.p_value == pytest.approx(row.p_value, rel=0.2, abs=2e-3)


@pytest.mark.parametrize("way", ["given", "tenths", "skewed"])
def test_intervals_are_those_of_profiles_in_survey(way):
    rows = pd.read_csv(REFERENCE / "weighted" / "profiles.csv").query("weighting == @way")
    _, given = first_class_against_others(way)
    size = given.design.shape[1]
    maximum = maximise_likelihood(given, np.zeros(size), np.zeros((size, size)))
    sandwich = robust_covariance(maximum.information, given.scores(maximum.parameters))
    ours = weighted_profiles(given, maximum, sandwich, rows["place"].to_numpy() - 1)
    # R interpolates between some points of the profile.
    np.testing.assert_allclose(ours[["low", "high"]], rows[["low", "high"]], atol=2e-4)


def test_an_interval_ends_where_the_likelihood_has_fallen_by_what_the_weights_allow():
    random = np.random.default_rng(8)
    x, weights = random.normal(size=60), random.lognormal(0, 1, 60)
    classes = np.eye(3)[random.choice(3, 60)]
    given = MultinomialLikelihood(np.column_stack([np.ones(60), x]), classes, weights)
    maximum = maximise_likelihood(given, np.zeros(4), np.zeros((4, 4)))
    covariance = 2.5 * model_covariance(maximum.information)
    ours = weighted_profiles(given, maximum, covariance, np.array([3]), level=0.9)
    for end in ours.loc[0, ["low", "high"]]:
        below = minimize(
            lambda others, end=end: -given.value(np.append(others, end)), maximum.parameters[:3]
        ).fun
        fallen = 2 * (maximum.log_likelihood + below) / 2.5
        assert fallen == pytest.approx(chi2.ppf(0.9, 1), rel=1e-6)


@pytest.mark.parametrize("fit", [multinomial_logit, ordered_logit])
def test_slopes_of_weighted_models_have_the_tests_and_intervals_of_their_profiles(fit):
    random = np.random.default_rng(5)
    table = pd.DataFrame({"x": random.normal(size=120), "z": random.choice(list("abc"), 120)})
    classes, weights = random.choice(3, 120), random.lognormal(0, 0.7, 120)
    named = {"reference": 0} if fit is multinomial_logit else {}
    model = fit(design_matrix(table), classes, sample_weight=weights, **named)
    assert model.fit["intervals"].item() == "profile"
    slopes = model.coefficients.query("kind == 'slope'")
    # A p-value below 5 % goes with an interval of 95 % that leaves 1 out, and the other way round.
    assert ((slopes["p_value"] < 0.05) == (slopes["low"] > 1) | (slopes["high"] < 1)).all()
    np.testing.assert_allclose(slopes["p_value"], chi2.sf(slopes["z"] ** 2, 1), rtol=1e-9)
    assert (np.sign(slopes["z"]) == np.sign(slopes["estimate"])).all()
    # The joint test of a single slope is that of the slope.
    if fit is ordered_logit:
        joint = model.tests.set_index("variable").loc["x", "p_value"]
        assert slopes.set_index("variable").loc["x", "p_value"] == pytest.approx(joint, rel=1e-9)


def test_without_weights_it_is_the_likelihood_ratio():
    random = np.random.default_rng(3)
    table = pd.DataFrame({"x": random.normal(size=80), "z": random.choice(list("abc"), 80)})
    classes = random.choice(3, 80)
    design = design_matrix(table)
    given = MultinomialLikelihood(design.with_intercept, np.eye(3)[classes], np.ones(80))
    size = 2 * given.design.shape[1]
    maximum = maximise_likelihood(given, np.zeros(size), np.zeros((size, size)))
    covariance = model_covariance(maximum.information)
    without = multinomial_logit(design_matrix(table[["z"]]), classes, reference=0)
    place = 1 + int(np.flatnonzero(design.terms["variable"] == "x")[0])
    held = np.array([place, place + size // 2])
    test = weighted_ratio(given, maximum, covariance, held)
    ratio = 2 * (maximum.log_likelihood - without.fit["log_likelihood"].item())
    assert test.df == pytest.approx(2)
    assert test.statistic == pytest.approx(ratio, rel=1e-8)
    assert test.p_value == pytest.approx(chi2.sf(ratio, 2), rel=1e-8)


def test_unit_of_the_weights_is_indifferent():
    random = np.random.default_rng(4)
    design = design_matrix(pd.DataFrame({"x": random.normal(size=90)}))
    classes, weights = random.choice(3, 90), random.lognormal(0, 1, 90)
    for fit in (lambda w: multinomial_logit(design, classes, reference=0, sample_weight=w),
                lambda w: ordered_logit(design, classes, sample_weight=w)):  # fmt: skip
        pd.testing.assert_frame_equal(fit(weights).tests, fit(40 * weights).tests, rtol=1e-6)


def test_joint_tests_of_weighted_models_are_neither_timid_nor_rash():
    # Wald's statistic with the expected covariance would find one or two of the first hundred.
    random = np.random.default_rng(20)
    found = {"multinomial": 0, "ordered": 0}
    for _ in range(100):
        table = pd.DataFrame({"age": random.normal(size=150), "sex": random.choice([0, 1], 150)})
        design = design_matrix(table.astype({"sex": str}))
        classes, weights = random.choice(3, 150, p=[0.1, 0.4, 0.5]), random.lognormal(0, 1, 150)
        several = multinomial_logit(design, classes, reference=2, sample_weight=weights)
        found["multinomial"] += int(several.tests["p_value"][0] < 0.15)
        found["ordered"] += int(
            ordered_logit(design, classes, sample_weight=weights).tests["p_value"][0] < 0.15
        )
    low, high = binom.ppf(1e-3, 100, 0.13), binom.isf(1e-3, 100, 0.17)
    assert all(low <= number <= high for number in found.values()), found
