"""Design-based tests: against R, the classical ones, and in samples where nothing is there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, norm

from rfree.axes.dimdesc import describe_axes
from rfree.axes.mca import MCA
from rfree.description.catdes import describe_categories, describe_variables
from rfree.description.group_tests import compare_categories, compare_quantities
from rfree.description.quantities import describe_quantities, describe_quantity_links
from rfree.description.weighted_independence import Side, independence_test, signed_v_test
from rfree.description.weighted_tests import independence, rank_independence, rao_scott

MODELS = Path(__file__).parents[3] / "R-free" / "reference" / "models"
WEIGHTED = MODELS.parent / "weighted"
CASES = [(case, way) for case in ("bfi", "simulated") for way in ("given", "tenths", "skewed")]


def weighted_sample(case, way):
    sample = pd.read_csv(MODELS / f"{case}_sample.csv.gz")
    number = np.arange(1, len(sample) + 1)
    return sample, {
        "given": sample["weight"].to_numpy(),
        "tenths": np.where(number % 2 == 0, 0.1, 1.0),
        "skewed": np.exp(norm.ppf((7 * number % 101 + 0.5) / 101)),
    }[way]


def expected(table, case, way):
    rows = pd.read_csv(WEIGHTED / f"{table}.csv", dtype={"category": str})
    return rows[(rows["case"] == case) & (rows["weighting"] == way)]


def survey(n=200, seed=3):
    random = np.random.default_rng(seed)
    X = pd.DataFrame(
        {
            "practice": random.choice(["solo", "group", "centre"], n, p=[0.5, 0.4, 0.1]),
            "sex": random.choice(["f", "m"], n),
        }
    )
    Q = pd.DataFrame({"age": random.normal(50, 9, n), "patients": random.lognormal(0, 1, n)})
    labels = np.where(X["practice"] == "solo", random.integers(1, 3, n), random.integers(1, 4, n))
    return X, Q, labels


@pytest.mark.parametrize(("case", "way"), CASES)
def test_v_tests_of_categories_as_in_r(case, way):
    sample, weights = weighted_sample(case, way)
    of_r = expected("categories", case, way)
    for variable, rows in of_r.groupby("variable"):
        known = sample[variable].notna().to_numpy()
        ours = describe_categories(
            sample.loc[known, [variable]], sample["class"][known], weights[known]
        )
        both = rows.merge(ours, on=["class", "variable", "category"], suffixes=("_r", ""))
        assert len(both) == len(rows) == len(ours)
        np.testing.assert_allclose(both["p_value"], both["p_value_r"], rtol=1e-8)
        np.testing.assert_allclose(both["v_test"], both["v_test_r"], rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize(("case", "way"), CASES)
def test_tests_of_variables_as_in_r(case, way):
    sample, weights = weighted_sample(case, way)
    for row in expected("variables", case, way).itertuples():
        known = sample[row.variable].notna().to_numpy()
        X, labels = sample.loc[known, [row.variable]], sample["class"][known]
        ours = describe_variables(X, labels, sample_weight=weights[known]).iloc[0]
        assert ours["chi2"] / ours["df"] == pytest.approx(row.f, rel=1e-9)
        assert ours["df"] == pytest.approx(row.df, rel=1e-9)
        assert ours["p_value"] == pytest.approx(row.p_value, rel=1e-8)
        codes, classes = pd.factorize(X[row.variable])[0], labels.to_numpy() - 1
        single = independence(codes, classes, weights[known])
        assert single.p_value == pytest.approx(row.p_value, rel=1e-8)
        assert single.df_denominator == pytest.approx(row.df_denominator, rel=1e-9)
        of_survey = rao_scott(codes, classes, weights[known])
        assert of_survey.statistic == pytest.approx(row.rao_scott_f, rel=1e-9)
        assert of_survey.df == pytest.approx(row.rao_scott_df1, rel=1e-9)
        assert of_survey.df_denominator == pytest.approx(row.rao_scott_df2, rel=1e-9)
        assert of_survey.p_value == pytest.approx(row.p_rao_scott, rel=1e-7)


@pytest.mark.parametrize(("case", "way"), CASES)
def test_v_tests_of_quantities_as_in_r(case, way):
    sample, weights = weighted_sample(case, way)
    ours = describe_quantities(sample[["age"]], sample["class"], sample_weight=weights)
    of_r = expected("quantities", case, way)
    np.testing.assert_allclose(ours["p_value"], of_r["p_value"], rtol=1e-8)
    np.testing.assert_allclose(np.abs(ours["v_test"]), norm.isf(of_r["p_value"] / 2), rtol=1e-7)
    assert (np.sign(ours["v_test"]) == np.sign(ours["class_mean"] - ours["overall_mean"])).all()


def test_in_a_large_sample_survey_says_about_the_same():
    rows = pd.read_csv(WEIGHTED / "categories.csv")
    large = rows[(rows["case"] == "bfi") & (rows["weighting"] != "skewed")]
    v = norm.isf(large["p_value"] / 2)
    assert np.abs(v - norm.isf(large["p_rao_scott"] / 2)).max() < 0.25


def test_weights_that_are_nearly_equal_give_nearly_the_classical_tests():
    X, Q, labels = survey()
    nearly = 1 + 1e-7 * np.arange(len(X))
    plain, other = (
        describe_variables(X, labels),
        describe_variables(X, labels, sample_weight=nearly),
    )
    numbers = ["chi2", "df", "cramers_v"]
    np.testing.assert_allclose(other[numbers], plain[numbers], rtol=1e-4)
    plain, other = (describe_quantities(Q, labels, sample_weight=each) for each in (None, nearly))
    np.testing.assert_allclose(other["v_test"], plain["v_test"], rtol=0.02, atol=1e-6)
    plain, other = (
        describe_quantity_links(Q, labels, sample_weight=each) for each in (None, nearly)
    )
    pd.testing.assert_frame_equal(other, plain, rtol=1e-4, check_dtype=False)
    mca, nearly_same = MCA(n_components=2).fit(X), MCA(n_components=2).fit(X, nearly)
    np.testing.assert_allclose(
        nearly_same.column_v_tests_, mca.column_v_tests_, rtol=0.25, atol=1e-2
    )
    names = {
        "variables": ["variable"],
        "categories": ["variable", "category"],
        "correlations": ["variable"],
    }
    for name, keys in names.items():
        plain, other = (
            getattr(describe_axes(each, supplementary=Q, proba=1), name)
            .set_index(["axis", *keys])["p_value"].sort_index()
            for each in (mca, nearly_same)
        )  # fmt: skip
        pd.testing.assert_series_equal(other, plain, rtol=1e-3, atol=1e-4)


def test_weights_that_are_equal_are_no_weights():
    X, Q, labels = survey()
    alike = np.full(len(X), 3.7)
    pd.testing.assert_frame_equal(
        describe_categories(X, labels, alike), describe_categories(X, labels)
    )
    pd.testing.assert_frame_equal(
        describe_variables(X, labels, sample_weight=alike), describe_variables(X, labels)
    )
    for describe in (describe_quantities, describe_quantity_links):
        pd.testing.assert_frame_equal(describe(Q, labels, sample_weight=alike), describe(Q, labels))


def test_one_weight_that_changes_a_little_changes_the_tests_a_little():
    X, _, labels = survey()
    weights = np.random.default_rng(4).choice([0.5, 1.0, 1.5, 2.0], len(X))
    changed = weights.copy()
    changed[7] += 0.01
    before, after = (describe_categories(X, labels, each)["v_test"] for each in (weights, changed))
    assert np.abs(before - after).max() < 0.02
    before, after = (MCA(n_components=2).fit(X, each) for each in (weights, changed))
    assert before.n_respondents_ == after.n_respondents_ == len(X)
    assert np.abs(before.column_v_tests_ - after.column_v_tests_).to_numpy().max() < 0.1


def test_v_tests_by_hand():
    # Class 1 has 3/5 of the weight, "a" as much, both together 2/5; the squares of the shares of
    # weight are 1/25 (four) and 4/25 less 0 (one of weight 2 would be): here weights 2, 1, 1, 1.
    X = pd.DataFrame({"q": list("aaab")})
    weights, labels = [2.0, 1.0, 1.0, 1.0], [1, 1, 2, 2]
    row = describe_categories(X, labels, weights).set_index(["class", "category"]).loc[(1, "a")]
    share, p, q = 3 / 5, 4 / 5, 3 / 5
    squares = {"all": 7 / 25, "a": 6 / 25, "class": 5 / 25}
    of_a = squares["a"] * (1 - p) ** 2 + (squares["all"] - squares["a"]) * p**2
    of_class = squares["class"] * (1 - q) ** 2 + (squares["all"] - squares["class"]) * q**2
    variance = of_a * of_class / squares["all"]
    f_value = (share - p * q) ** 2 / variance * 3 / 4
    # F with 1 and 3 degrees of freedom, as Student's t: 2 (1 - F(t)) in closed form.
    t = np.sqrt(f_value / 3)
    p_value = 1 - 2 / np.pi * (t / (1 + t**2) + np.arctan(t))
    assert row["p_value"] == pytest.approx(p_value, rel=1e-9)
    assert row["v_test"] == pytest.approx(norm.isf(p_value / 2), rel=1e-9)


def test_v_test_far_in_the_tail_goes_on_smoothly():
    n = 2000
    side = Side(np.full(3, 1 / n), np.full(3, 1 / n**2))
    near = independence_test(np.array([0.46, 0.4743, 0.9]), side, side, 1 / n, n - 1)
    v = signed_v_test(near, np.array([1.0, -1.0, 1.0]))
    assert near.p_value[1] > 0
    assert v[0] < -v[1] < v[2] < 60
    # Where p is a float still, the two ways agree.
    d, f_value = n - 1.0, near.statistic[0]
    wallace = (8 * d + 1) / (8 * d + 3) * np.sqrt(d * np.log1p(f_value / d))
    assert v[0] == pytest.approx(wallace, rel=1e-5)


def test_what_does_not_vary_is_not_tested():
    X = pd.DataFrame({"same": ["x"] * 6, "all": list("aabbcc")})
    weights, labels = np.array([1, 2, 1, 2, 1, 3.0]), [1, 1, 2, 2, 3, 3]
    table = describe_categories(X, labels, weights).set_index("variable")
    assert (table.loc["same", "p_value"] == 1).all()
    assert (table.loc["same", "v_test"] == 0).all()
    variables = describe_variables(X, labels, sample_weight=weights).set_index("variable")
    assert variables.loc["same", ["chi2", "df", "p_value"]].tolist() == [0, 0, 1]
    Q = pd.DataFrame({"flat": [0.1] * 6, "none": [np.nan] * 6})
    described = describe_quantities(Q, labels, sample_weight=weights)
    assert (described["v_test"] == 0).all()
    assert (described["p_value"] == 1).all()


def test_numbers_shown_are_respondents():
    X, Q, labels = survey()
    weights = np.random.default_rng(5).choice([0.1, 1.0], len(X))
    weights[:20] = 0
    Q.loc[30:40, "age"] = np.nan
    table = describe_quantities(Q, labels, sample_weight=weights)
    counts = [
        int(((labels == row["class"]) & (weights > 0) & Q[row["variable"]].notna()).sum())
        for _, row in table.iterrows()
    ]
    assert table["n"].tolist() == counts
    links = describe_quantity_links(Q, labels, sample_weight=weights)
    assert links["n"].tolist() == [169, 180]
    assert MCA(n_components=1).fit(X, weights).n_respondents_ == pytest.approx(180)


def test_ranks_are_compared_whatever_the_ties_and_the_unit_of_weights():
    random = np.random.default_rng(6)
    values, classes = random.integers(0, 4, 60).astype(float), np.repeat([0, 1, 2], 20)
    weights, order = random.lognormal(0, 1, 60), random.permutation(60)
    p_value = rank_independence(values, classes, weights).p_value
    turned = rank_independence(values[order], classes[order], 9 * weights[order]).p_value
    assert turned == pytest.approx(p_value, rel=1e-10)
    assert rank_independence(values + 5 * classes, classes, weights).p_value < 1e-9


WEIGHTINGS = {
    "lognormal .5": lambda random, n: random.lognormal(0, 0.5, n),
    "lognormal 1": lambda random, n: random.lognormal(0, 1, n),
    "one decimal": lambda random, n: np.round(random.uniform(0.1, 3, n), 1),
    ".5 or 1": lambda random, n: random.choice([0.5, 1.0], n),
    ".1 or 1": lambda random, n: random.choice([0.1, 1.0], n),
}


@pytest.mark.parametrize("name", list(WEIGHTINGS))
def test_false_alarms_are_as_many_as_announced(name):
    # `R-free/benchmarks/weighted_errors.py` measures the rates; this sees that they stay.
    random = np.random.default_rng(20240901)
    rejected: dict[str, list[bool]] = {}
    for _ in range(120):
        n = 200
        weights, labels = WEIGHTINGS[name](random, n), random.choice(3, n, p=[0.15, 0.35, 0.5])
        X = pd.DataFrame({"q": random.choice(list("abcd"), n, p=[0.1, 0.2, 0.3, 0.4])})
        Q = pd.DataFrame({"age": random.normal(size=n)})
        # One class and category a sample: independent tests, with exact bounds.
        categories = describe_categories(X, labels, weights)
        found = {
            "categories": categories["p_value"][int(random.integers(12))],
            "variables": describe_variables(X, labels, sample_weight=weights)["p_value"][0],
            "quantities": describe_quantities(Q, labels, sample_weight=weights)["p_value"][0],
            "links": describe_quantity_links(Q, labels, sample_weight=weights)["p_value"][0],
            "groups": compare_categories(X, labels, sample_weight=weights, seed=1)["p_value"][0],
            "ranks": compare_quantities(Q, labels, sample_weight=weights)["p_value"][0],
        }
        for test, p_value in found.items():
            rejected.setdefault(test, []).append(p_value < 0.05)
    # Beyond with a probability of a thousandth at a true rate of 6 %.
    most = binom.isf(1e-3, 120, 0.06)
    assert {test: sum(each) for test, each in rejected.items() if sum(each) > most} == {}
    assert sum(map(sum, rejected.values())) > 0
