"""Strata, clusters and replicate weights: shares, tests and models as R's survey."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.description.weighted_tests import rao_scott
from rfree.membership.design_matrix import DesignMatrix, design_matrix
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit
from rfree.surveys.survey_design import SurveyDesign, replicate_design, survey_design
from rfree.surveys.survey_models import under_survey
from rfree.surveys.survey_tests import survey_independence, survey_shares

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "surveys"
DESIGNS = ("weights", "clusters", "both", "JK1", "JKn", "BRR", "Fay", "bootstrap")
EVERY = pytest.mark.parametrize("name", DESIGNS)


@cache
def read(name: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"{name}.csv")


@cache
def design_of(name: str) -> SurveyDesign:
    sample = read("sample")
    weight = sample["weight"]
    if name == "weights":
        return survey_design(weight)
    if name == "clusters":
        return survey_design(weight, clusters=sample["stratum"] + sample["cluster"].astype(str))
    if name == "both":
        return survey_design(weight, strata=sample["stratum"], clusters=sample["cluster"])
    options: dict[str, Any] = {"kind": name}
    if name == "Fay":
        options["rho"] = 0.3
    if name == "JKn":
        options["scales"] = read("scales_JKn")["scale"]
    columns = read("replicates_JK1" if name == "bootstrap" else f"replicates_{name}")
    return replicate_design(weight, columns, **options)


@cache
def model_design() -> DesignMatrix:
    return design_matrix(read("sample")[["age", "solo"]], units={"age": 10},
                         references={"solo": "no"})  # fmt: skip


@EVERY
def test_shares_and_their_intervals_as_in_r(name: str) -> None:
    found = survey_shares(read("sample")["class"], design_of(name))
    expected = read("shares").query("design == @name")
    assert design_of(name).df == expected["df"].iloc[0]
    np.testing.assert_allclose(found["share"] / 100, expected["share"], rtol=1e-9)
    np.testing.assert_allclose(found["std_error"] / 100, expected["std_error"], rtol=1e-6)
    np.testing.assert_allclose(found["low"] / 100, expected["low"], rtol=1e-6)
    np.testing.assert_allclose(found["high"] / 100, expected["high"], rtol=1e-6)


@EVERY
def test_independence_as_in_r(name: str) -> None:
    sample = read("sample")
    found = survey_independence(sample["class"], sample["solo"], design_of(name))
    expected = read("tests").query("design == @name").iloc[0]
    assert found.statistic == pytest.approx(expected["statistic"], rel=1e-6)
    assert found.df == pytest.approx(expected["df"], rel=1e-6)
    assert found.df_denominator == pytest.approx(expected["denominator"], rel=1e-6)
    assert found.p_value == pytest.approx(expected["p_value"], rel=1e-5)


@EVERY
@pytest.mark.parametrize("kind", ["binary", "ordered"])
def test_standard_errors_of_models_as_in_r(name: str, kind: str) -> None:
    sample, survey = read("sample"), design_of(name)
    if kind == "binary":
        first = (sample["class"] == 1).astype(int)
        model = multinomial_logit(model_design(), first, reference=0,
                                  sample_weight=sample["weight"])  # fmt: skip
        terms = {"(Intercept)": "(intercept)", "age10": "age (per 10)", "soloyes": "solo: yes"}
    else:
        model = ordered_logit(model_design(), sample["class"], sample_weight=sample["weight"])
        terms = {"age10": "age (per 10)", "soloyes": "solo: yes", "1|2": "1|2", "2|3": "2|3"}
    found = under_survey(model, model_design(), survey).coefficients.set_index("term")
    expected = read("models").query("design == @name and model == @kind").set_index("term")
    # svyolr climbs by BFGS, and stops short of the summit under replicates.
    near = 1e-3 if kind == "ordered" else 1e-5
    for theirs, own in terms.items():
        row, known = found.loc[own], expected.loc[theirs]
        assert row["estimate"] == pytest.approx(known["estimate"], rel=near)
        assert row["std_error"] == pytest.approx(known["std_error"], rel=5 * near)


def test_the_adjusted_wald_test_by_hand() -> None:
    sample, survey = read("sample"), design_of("both")
    model = ordered_logit(model_design(), sample["class"], sample_weight=sample["weight"])
    found = under_survey(model, model_design(), survey)
    age = found.coefficients.iloc[0]
    row = found.tests.set_index("variable").loc["age"]
    # One coefficient: F is t squared.
    assert row["chi2"] == pytest.approx(age["z"] ** 2)
    assert row["p_value"] == pytest.approx(age["p_value"])
    assert found.tests.set_index("variable").loc["(all)", "df"] == 2


def test_without_strata_and_clusters_it_is_the_weighted_test() -> None:
    sample = read("sample")
    codes = sample["class"].to_numpy() - 1, (sample["solo"] == "yes").to_numpy().astype(int)
    found = survey_independence(*codes, survey_design(sample["weight"]))
    assert found.p_value == pytest.approx(rao_scott(*codes, sample["weight"].to_numpy()).p_value)


def test_those_without_an_answer_are_outside_and_still_in_the_design() -> None:
    sample = read("sample")
    answers = sample["class"].astype(object).where(sample["stratum"] != "west")
    found = survey_shares(answers, design_of("both"))
    assert found["n"].sum() == 160
    assert found["share"].sum() == pytest.approx(100)
    alone = sample[sample["stratum"] != "west"]
    without = survey_design(alone["weight"], strata=alone["stratum"], clusters=alone["cluster"])
    # A whole stratum outside contributes nothing to the variance.
    np.testing.assert_allclose(
        found["std_error"], survey_shares(alone["class"], without)["std_error"]
    )


def test_what_is_no_design_is_refused() -> None:
    with pytest.raises(ValueError, match="one cluster only in b"):
        survey_design(np.ones(3), strata=["a", "a", "b"])
    with pytest.raises(ValueError, match="clusters: 1 respondents have none"):
        survey_design(np.ones(3), clusters=["a", None, "b"])
    with pytest.raises(ValueError, match="expected 3 rows"):
        replicate_design(np.ones(3), np.ones((2, 4)), kind="BRR")
    wrong: Any = "jackknife"
    with pytest.raises(ValueError, match="expected one of 'JK1'"):
        replicate_design(np.ones(3), np.ones((3, 4)), kind=wrong)
    with pytest.raises(ValueError, match="given with kind 'JKn'"):
        replicate_design(np.ones(3), np.ones((3, 4)), kind="JKn")
    with pytest.raises(ValueError, match="rho is 1"):
        replicate_design(np.ones(3), np.ones((3, 4)), kind="Fay", rho=1)
    sample = read("sample")
    plain = ordered_logit(model_design(), sample["class"])
    with pytest.raises(ValueError, match="not fitted with the weights"):
        under_survey(plain, model_design(), design_of("both"))


def test_a_survey_of_others_and_a_penalised_model_are_refused() -> None:
    sample, survey = read("sample"), design_of("weights")
    model = ordered_logit(model_design(), sample["class"], sample_weight=sample["weight"])
    n = len(sample)
    told = f"The survey has {n - 1} respondents, the model was fitted to {n} of {n}"
    with pytest.raises(ValueError, match=told):
        under_survey(model, model_design(), survey_design(sample["weight"].to_numpy()[1:]))
    without = sample["weight"].where(sample.index > 0, 0.0)
    with pytest.raises(ValueError, match=f"The survey has {n} respondents, the model was fitted"):
        under_survey(model, model_design(), survey_design(without))
    firth = multinomial_logit(
        model_design(), sample["class"], reference=1, sample_weight=sample["weight"],
        penalty="firth",
    )  # fmt: skip
    with pytest.raises(ValueError, match="without a penalty"):
        under_survey(firth, model_design(), survey)


def test_too_few_clusters_leave_no_test_of_two_coefficients() -> None:
    sample = read("sample")
    model = ordered_logit(model_design(), sample["class"], sample_weight=sample["weight"])
    halves = survey_design(sample["weight"], clusters=np.arange(len(sample)) % 2)
    tests = under_survey(model, model_design(), halves).tests.set_index("variable")
    assert np.isnan(tests.loc["(all)", ["chi2", "p_value"]].astype(float)).all()
    assert tests.loc["age", "p_value"] > 0


def test_the_test_of_two_coefficients_is_the_adjusted_wald_test() -> None:
    from scipy.stats import f  # noqa: PLC0415

    sample, survey = read("sample"), design_of("both")
    model = ordered_logit(model_design(), sample["class"], sample_weight=sample["weight"])
    found = under_survey(model, model_design(), survey)
    estimates = found.coefficients["estimate"].to_numpy()[:2]
    spread = found.covariance.to_numpy()[:2, :2]
    wald = estimates @ np.linalg.inv(spread) @ estimates
    # Korn and Graubard: (df - q + 1) / (df q) W, on q and df - q + 1 degrees of freedom.
    ratio = wald * (survey.df - 1) / (2 * survey.df)
    row = found.tests.set_index("variable").loc["(all)"]
    assert row["chi2"] == pytest.approx(2 * ratio)
    assert row["p_value"] == pytest.approx(f.sf(ratio, 2, survey.df - 1))
    fit = found.fit.iloc[0]
    assert (fit["standard_errors"], fit["intervals"]) == ("survey", "wald")
    assert np.isnan(fit["chi2"])
    assert np.isnan(fit["p_value"])


def test_intervals_of_odds_ratios_have_the_level_of_the_model_and_the_t_of_the_design() -> None:
    from scipy.stats import t as student  # noqa: PLC0415

    sample, survey = read("sample"), design_of("both")
    model = ordered_logit(
        model_design(), sample["class"], sample_weight=sample["weight"], level=0.9
    )
    row = under_survey(model, model_design(), survey).coefficients.iloc[0]
    half = student.ppf(0.95, survey.df) * row["std_error"]
    assert row["low"] == pytest.approx(np.exp(row["estimate"] - half))
    assert row["high"] == pytest.approx(np.exp(row["estimate"] + half))
    assert row["z"] == pytest.approx(row["estimate"] / row["std_error"])
    assert row["p_value"] == pytest.approx(2 * student.sf(abs(row["z"]), survey.df))
