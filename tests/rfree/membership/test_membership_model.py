"""Tables of a model of membership: intervals, Wald tests and fit, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, norm
from statsmodels.stats.multitest import multipletests

from rfree.membership.design_matrix import design_matrix
from rfree.membership.membership_model import MembershipModel, check_model_options
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit


@pytest.fixture(scope="module", params=["multinomial", "ordered"])
def model(request: pytest.FixtureRequest) -> MembershipModel:
    rng = np.random.default_rng(3)
    X = pd.DataFrame({"place": rng.choice(["a", "b", "c"], 150), "age": rng.normal(50, 9, 150)})
    X.loc[:3, "age"] = np.nan
    latent = (X["age"].fillna(50) - 50) / 9 + (X["place"] == "b") + rng.logistic(size=150)
    classes = np.digitize(latent, [-0.6, 0.8]) + 1
    design = design_matrix(X, references={"place": "a"})
    if request.param == "ordered":
        return ordered_logit(design, classes, order=[1, 2, 3], level=0.9)
    return multinomial_logit(design, classes, reference=2, level=0.9)


def test_intervals_are_those_of_the_level(model: MembershipModel) -> None:
    table = model.coefficients
    error = np.sqrt(np.diag(model.covariance))
    estimate, margin = table["estimate"], norm.ppf(0.95) * error
    np.testing.assert_allclose(table["std_error"], error)
    np.testing.assert_allclose(table["z"], estimate / error)
    np.testing.assert_allclose(table["p_value"], 2 * norm.sf(np.abs(estimate / error)))
    np.testing.assert_allclose(table["ratio"], np.exp(estimate))
    np.testing.assert_allclose(table["low"], np.exp(estimate - margin))
    np.testing.assert_allclose(table["high"], np.exp(estimate + margin))


def test_terms_of_all_and_of_each_variable_are_tested_together(model: MembershipModel) -> None:
    tests = model.tests
    assert tests["variable"].tolist() == ["(all)", "place", "age"]
    coefficients, covariance = model.coefficients, model.covariance.to_numpy()
    slope = (coefficients["kind"] == "slope").to_numpy()
    for row in tests.itertuples():
        chosen = slope & (
            (coefficients["variable"] == row.variable).to_numpy() | (row.variable == "(all)")
        )
        values = coefficients["estimate"].to_numpy()[chosen]
        statistic = values @ np.linalg.solve(covariance[np.ix_(chosen, chosen)], values)
        assert row.chi2 == pytest.approx(statistic)
        assert row.df == chosen.sum()
        assert row.p_value == pytest.approx(chi2.sf(statistic, chosen.sum()))
    assert np.isnan(tests["p_holm"][0])
    np.testing.assert_allclose(
        tests["p_holm"][1:], multipletests(tests["p_value"][1:], method="holm")[1]
    )


def test_the_fit_is_that_of_its_likelihood(model: MembershipModel) -> None:
    fit = model.fit.iloc[0]
    sizes = model.given.memberships.sum(axis=0)
    null = float((sizes * np.log(sizes / sizes.sum())).sum())
    parameters, slopes = len(model.coefficients), (model.coefficients["kind"] == "slope").sum()
    height = fit["log_likelihood"]
    assert (fit["n"], fit["n_left_out"], fit["classes"]) == (146, 4, 3)
    assert (fit["parameters"], fit["df"]) == (parameters, slopes)
    assert fit["log_likelihood_null"] == pytest.approx(null)
    assert null < height < 0
    assert fit["chi2"] == pytest.approx(2 * (height - null))
    assert fit["p_value"] == pytest.approx(chi2.sf(2 * (height - null), slopes))
    assert fit["mcfadden"] == pytest.approx(1 - height / null)
    assert fit["aic"] == pytest.approx(2 * parameters - 2 * height)
    assert fit["bic"] == pytest.approx(parameters * np.log(146) - 2 * height)
    assert fit["smallest_class"] == sizes.min()
    assert fit["events_per_parameter"] == pytest.approx(sizes.min() / slopes)
    assert fit["converged"]
    assert (fit["separation"], fit["penalty"], fit["standard_errors"]) == ("none", "none", "model")
    assert np.isnan(fit["ridge"])
    assert model.finite


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"penalty": "lasso"}, "penalty is 'lasso'"), ({"ridge": 0}, "ridge is 0"),
        ({"ridge": np.inf}, "ridge is inf"), ({"standard_errors": "exact"}, "standard_errors"),
        ({"level": 0}, "level is 0"), ({"level": 1}, "level is 1"),
    ],
)  # fmt: skip
def test_options_that_are_none_are_named(options: dict[str, object], told: str) -> None:
    right = {"penalty": None, "ridge": 1.0, "standard_errors": None, "level": 0.95}
    for penalty in (None, "firth", "ridge"):
        check_model_options(**right | {"penalty": penalty}, penalties=("firth", "ridge"))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=told):
        check_model_options(**right | options, penalties=("firth", "ridge"))  # type: ignore[arg-type]
