"""Multinomial logit, compared with nnet, brglm2, survey, scikit-learn and statsmodels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import approx_fprime
from scipy.stats import binom, norm
from sklearn.linear_model import LogisticRegression

from rfree.membership.design_matrix import DesignMatrix, design_matrix
from rfree.membership.membership_model import MembershipModel
from rfree.membership.multinomial import MultinomialLikelihood, Penalty, multinomial_logit
from rfree.membership.ordered import ordered_logit

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"
TERMS = {
    "bfi": (
        ["gender", "education", "age"],
        {"gender": "female", "education": "level3"},
    ),
    "simulated": (
        ["age", "sex", "territory", "practice"],
        {"sex": "female", "territory": "urban", "practice": "group"},
    ),
}


def _sample(case: str) -> tuple[pd.DataFrame, DesignMatrix]:
    sample = pd.read_csv(REFERENCE / f"{case}_sample.csv.gz").dropna(ignore_index=True)
    names, references = TERMS[case]
    return sample, design_matrix(sample[names], references=references, units={"age": 10})


def _by_r_name(model: MembershipModel) -> pd.DataFrame:
    """Coefficients indexed as R names them."""
    table = model.coefficients
    name = table["term"].str.replace(": ", "").str.replace(" (per 10)", "", regex=False)
    name = name.replace("(intercept)", "(Intercept)")
    return table.set_index(pd.MultiIndex.from_arrays([table["outcome"].astype(str), name]))


def _expected(table: str, case: str | None = None) -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / f"{table}.csv", dtype={"outcome": str})
    if case is not None:
        rows = rows[rows["case"] == case]
    return rows.set_index(["outcome", "term"])


@pytest.mark.parametrize("case", list(TERMS))
def test_estimates_errors_and_fit_as_in_nnet(case: str) -> None:
    sample, design = _sample(case)
    model = multinomial_logit(design, sample["class"], reference=1)
    expected = _expected("multinomial", case)
    ours = _by_r_name(model).loc[expected.index]
    # nnet climbs by BFGS, which leaves about 1e-6 of a standard error; Newton's method less.
    np.testing.assert_allclose(ours["estimate"], expected["estimate"], atol=1e-5)
    np.testing.assert_allclose(ours["std_error"], expected["std_error"], rtol=1e-5)
    fits = pd.read_csv(REFERENCE / "fits.csv").query("case == @case and model == 'multinomial'")
    row = model.fit.iloc[0]
    assert row["n"] == fits["n"].item()
    for ours_name, name in (("log_likelihood", "log_likelihood"), ("aic", "aic"), ("bic", "bic")):
        assert row[ours_name] == pytest.approx(fits[name].item(), rel=1e-9)
    assert row["mcfadden"] == pytest.approx(
        1 - fits["log_likelihood"].item() / fits["null"].item(), rel=1e-7
    )


def test_estimates_as_in_statsmodels() -> None:
    sample, design = _sample("simulated")
    model = multinomial_logit(design, sample["class"], reference=1)
    fitted = sm.MNLogit(sample["class"], design.with_intercept).fit(method="newton", disp=0)
    ours = model.coefficients["estimate"].to_numpy().reshape(3, -1).T
    np.testing.assert_allclose(ours, fitted.params, atol=1e-7)
    assert model.fit["log_likelihood"].item() == pytest.approx(fitted.llf)


def test_memberships_as_weighted_rows_with_clusters() -> None:
    sample, design = _sample("bfi")
    degrees = sample[["m1", "m2", "m3", "m4"]].to_numpy()
    model = multinomial_logit(design, sample["class"], reference=1, membership=degrees)
    expected = _expected("membership")
    ours = _by_r_name(model).loc[expected.index]
    np.testing.assert_allclose(ours["estimate"], expected["estimate"], atol=1e-5)
    np.testing.assert_allclose(ours["std_error"], expected["std_error"], rtol=1e-5)
    assert model.fit["standard_errors"].item() == "robust"


def test_survey_weights_of_two_classes_as_in_survey() -> None:
    sample, design = _sample("bfi")
    above = np.where(sample["class"] == 1, "first", "other")
    model = multinomial_logit(
        design, above, reference="first", sample_weight=sample["weight"].to_numpy()
    )
    expected = pd.read_csv(REFERENCE / "weighted.csv").query("model == 'binary'")
    ours = _by_r_name(model).loc["other"].loc[expected["term"]]
    np.testing.assert_allclose(ours["estimate"], expected["estimate"], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(ours["std_error"], expected["std_error"], rtol=1e-7)


def test_firth_as_in_brglm2() -> None:
    sample = pd.read_csv(REFERENCE / "sparse_sample.csv")
    design = design_matrix(
        sample[["practice", "age"]], references={"practice": "solo"}, units={"age": 10}
    )
    model = multinomial_logit(design, sample["class"], reference="a", penalty="firth")
    expected = _expected("firth")
    ours = _by_r_name(model).loc[expected.index]
    # Scoring steps end where 1e-12 of likelihood is left: 1e-6 of a standard error.
    np.testing.assert_allclose(ours["estimate"], expected["estimate"], rtol=2e-6)
    np.testing.assert_allclose(ours["std_error"], expected["std_error"], rtol=2e-6)
    assert model.fit["converged"].item()
    assert model.separation.kind == "quasi-complete"


def test_ridge_as_in_scikit_learn() -> None:
    sample, design = _sample("simulated")
    model = multinomial_logit(design, sample["class"], reference=2, penalty="ridge", ridge=2.5)
    values = design.matrix.to_numpy()
    spread = values.std(axis=0)
    fitted = LogisticRegression(C=1 / 2.5, tol=1e-10, max_iter=10_000)
    fitted.fit((values - values.mean(axis=0)) / spread, sample["class"])
    against_second = (fitted.coef_ - fitted.coef_[1])[[0, 2, 3]] / spread
    ours = model.coefficients["estimate"].to_numpy().reshape(3, -1)[:, 1:]
    np.testing.assert_allclose(ours, against_second, atol=1e-5)


@pytest.mark.parametrize("penalty", [None, "ridge", "firth"])
def test_the_reference_class_changes_no_probability(penalty: Penalty | None) -> None:
    sample, design = _sample("simulated")
    probabilities = []
    for reference in (1, 3):
        model = multinomial_logit(design, sample["class"], reference=reference, penalty=penalty)
        fitted = model.likelihood.probabilities(
            model.given.design, model.coefficients["estimate"].to_numpy()
        )
        order = np.argsort(np.array(model.given.classes))
        probabilities.append(fitted[:, order])
    np.testing.assert_allclose(probabilities[0], probabilities[1], atol=1e-6)


@pytest.mark.parametrize("way", ["given", "tenths", "skewed"])
def test_information_criteria_of_weighted_models_as_in_survey(way: str) -> None:
    sample, design = _sample("bfi")
    weights = _weights(pd.read_csv(REFERENCE / "bfi_sample.csv.gz"), way)
    above = np.where(sample["class"] == 1, "first", "others")
    expected = pd.read_csv(REFERENCE.parent / "weighted" / "criteria.csv").set_index("weighting")
    for kind, model in (
        ("binary", multinomial_logit(design, above, reference="first", sample_weight=weights)),
        ("ordered", ordered_logit(design, sample["class"], sample_weight=weights)),
    ):
        row = expected[expected["model"] == kind].loc[way]
        fit = model.fit.iloc[0]
        assert fit["n"] == row["n"]
        assert -2 * fit["log_likelihood"] == pytest.approx(row["deviance"], rel=1e-9)
        assert fit["aic"] == pytest.approx(row["daic"], rel=1e-7)
        assert fit["bic"] == pytest.approx(row["dbic"], rel=1e-9)
        assert np.isnan(fit["p_value"])


def _weights(whole: pd.DataFrame, way: str) -> np.ndarray:
    number = np.arange(1, len(whole) + 1)
    ways = {
        "given": whole["weight"].to_numpy(),
        "tenths": np.where(number % 2 == 0, 0.1, 1.0),
        "skewed": np.exp(norm.ppf((7 * number % 101 + 0.5) / 101)),
    }
    return np.asarray(ways[way][whole.notna().all(axis=1)])


def test_joint_test_of_a_weighted_model_of_one_term_by_hand() -> None:
    # A share p, weights w: variance p (1 - p) sum w^2 / (sum w)^2, over (p (1 - p))^2 on the logit;
    # in a simple random sample 1 / (sum w p (1 - p)), the weights being 1 on average.
    weights, labels = np.array([1.0, 2, 3, 4, 5, 6, 1, 2]), np.array([1, 2] * 4)
    table = pd.DataFrame({"x": [0.0, 1.0] * 2 + [1.0, 0.0] * 2})
    model = multinomial_logit(
        design_matrix(table), labels, reference=1, sample_weight=weights, standard_errors="robust"
    )
    weights = weights / weights.mean()
    low = (table["x"] == 0).to_numpy()

    def height(w: np.ndarray, second: np.ndarray) -> float:
        p = w[second].sum() / w.sum()
        return float(w.sum() * (p * np.log(p) + (1 - p) * np.log(1 - p)))

    variance = simple = apart = 0.0
    for part in (low, ~low):
        w, second = weights[part], labels[part] == 2
        p = w[second].sum() / w.sum()
        variance += (w**2).sum() / w.sum() ** 2 / (p * (1 - p))
        simple += 1 / (w.sum() * p * (1 - p))
        apart += height(w, second)
    ratio = 2 * (apart - height(weights, labels == 2))
    for row in model.tests.itertuples():
        assert row.chi2 == pytest.approx(ratio / (variance / simple), rel=1e-9)
        assert row.df == pytest.approx(1)


def test_joint_tests_of_weighted_models_keep_their_level() -> None:
    random = np.random.default_rng(5)
    rejected = 0
    for _ in range(60):
        table = pd.DataFrame(
            {"practice": random.choice(list("abc"), 200), "age": random.normal(size=200)}
        )
        classes, weights = random.choice(3, 200, p=[0.2, 0.3, 0.5]), random.lognormal(0, 1, 200)
        model = multinomial_logit(design_matrix(table), classes, reference=2, sample_weight=weights)
        rejected += model.tests["p_value"][0] < 0.05
    # By the sandwich a sixth of them would be; beyond with a probability of a thousandth at 6 %.
    assert rejected <= binom.isf(1e-3, 60, 0.06)


def test_whole_weights_are_worth_repeated_rows() -> None:
    sample, _ = _sample("simulated")
    weights = np.tile([1.0, 2.0, 3.0], len(sample))[: len(sample)]
    rows = np.repeat(np.arange(len(sample)), weights.astype(int))
    names = ["age", "sex"]
    weighted = multinomial_logit(
        design_matrix(sample[names]), sample["class"], reference=1, sample_weight=weights,
        frequencies=True, standard_errors="model",
    )  # fmt: skip
    references = {"sex": weighted.given.terms["reference"].iloc[1]}
    repeated = multinomial_logit(
        design_matrix(sample[names].iloc[rows], references=references),
        sample["class"].iloc[rows], reference=1,
    )  # fmt: skip
    columns = ["estimate", "std_error", "ratio"]
    np.testing.assert_allclose(
        weighted.coefficients[columns], repeated.coefficients[columns], rtol=1e-7
    )


def test_separation_is_said_and_its_estimates_are_infinite() -> None:
    sample = pd.read_csv(REFERENCE / "sparse_sample.csv")
    design = design_matrix(sample[["practice", "age"]], references={"practice": "solo"})
    model = multinomial_logit(design, sample["class"], reference="a")
    table = model.coefficients.set_index(["outcome", "term"])
    for outcome in ("b", "c"):
        assert table.loc[(outcome, "practice: group"), "estimate"] == np.inf
        assert table["std_error"].isna()[(outcome, "practice: group")]
    assert not model.finite
    assert np.isfinite(multinomial_logit(
        design, sample["class"], reference="a", penalty="ridge"
    ).coefficients["estimate"]).all()  # fmt: skip


def test_derivatives_are_those_of_the_likelihood() -> None:
    random = np.random.default_rng(1)
    design = np.column_stack([np.ones(12), random.normal(size=(12, 2))])
    likelihood = MultinomialLikelihood(
        design, random.dirichlet(np.ones(3), 12), random.uniform(1, 2, 12)
    )
    point = random.normal(size=6)
    slope = approx_fprime(point, likelihood.value, 1e-7)
    np.testing.assert_allclose(likelihood.scores(point).sum(axis=0), slope, rtol=1e-4)
    bend = approx_fprime(point, lambda at: likelihood.scores(at).sum(axis=0), 1e-7)
    np.testing.assert_allclose(likelihood.information(point), -bend, atol=1e-4)


def test_who_was_left_out_and_events_per_parameter_are_reported() -> None:
    table = pd.DataFrame({"age": [30.0, 40, np.nan, 35, 50, 44, 61, 33]})
    model = multinomial_logit(design_matrix(table), [1, 2, 2, 1, 2, 2, 1, 2], reference=1)
    row = model.fit.iloc[0]
    assert (row["n"], row["n_left_out"], row["smallest_class"]) == (7, 1, 3)
    assert row["events_per_parameter"] == 3


def test_wrong_arguments_are_refused() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 40, 35, 50]}))
    with pytest.raises(ValueError, match=r"reference is 9.*1, 2"):
        multinomial_logit(design, [1, 2, 1, 2], reference=9)
    with pytest.raises(ValueError, match="rows sum to 1"):
        multinomial_logit(design, [1, 2, 1, 2], reference=1, membership=np.ones((4, 2)))
    with pytest.raises(ValueError, match=r"penalty.*; ridge"):
        multinomial_logit(design, [1, 2, 1, 2], reference=1, penalty="lasso", ridge=0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Give labels"):
        multinomial_logit(design, reference=1)


def test_a_class_lost_with_incomplete_respondents_is_named() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 40, np.nan, 50, 41]}))
    with pytest.raises(ValueError, match="Nobody of class 3"):
        multinomial_logit(design, [1, 2, 3, 2, 1], reference=1)
