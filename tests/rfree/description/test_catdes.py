"""Class description: by hand, against FactoMineR's catdes, by its properties, on bad input."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, f_oneway, hypergeom, norm
from statsmodels.stats.multitest import multipletests

from rfree.axes.mca import MCA
from rfree.classes.hcpc import HCPC
from rfree.description.catdes import (
    describe_categories,
    describe_quantities,
    describe_quantity_links,
    describe_variables,
)
from rfree.description.hypergeometric import hypergeometric_v_test

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
CASES = ["tea", "bfi", "bfi312", "wg93", "bfi312_whole", "bfi312_survey"]
ACTIVE = {"tea": 18, "bfi": 25, "wg93": 4}
TOLERANCE = 1e-8


def case_data(case):
    source = case.split("_")[0].removesuffix("312")
    path = REFERENCE / "data" / f"{source}.csv.gz"
    answers = pd.read_csv(path, dtype=str, keep_default_na=False).iloc[:, : ACTIVE[source]]
    partition = pd.read_csv(REFERENCE / "hcpc" / f"{case}_partition.csv.gz")
    return answers.iloc[: len(partition)], partition["tree"], partition.get("weight")


def reference(case, what):
    return pd.read_csv(REFERENCE / "catdes" / f"{case}_{what}.csv")


@pytest.fixture
def sample():
    rng = np.random.default_rng(21)
    X = pd.DataFrame(
        {
            "practice": rng.choice(["solo", "group", "centre"], 200, p=[0.5, 0.4, 0.1]),
            "satisfied": rng.choice(["1", "2", "3", "4", "5"], 200),
        }
    )
    labels = np.where(X["practice"] == "solo", rng.integers(1, 3, 200), rng.integers(1, 4, 200))
    return X, labels


@pytest.mark.parametrize("case", CASES)
def test_categories_equal_those_of_factominer(case):
    X, labels, weights = case_data(case)
    ours = describe_categories(X, labels, weights, frequencies=True)
    ours["label"] = ours["variable"] + "=" + ours["category"]
    both = ours.merge(
        reference(case, "categories"), on=["class", "label"], how="outer", suffixes=("", "_r")
    )
    assert len(both) == len(ours) == len(reference(case, "categories"))
    for column in ("class_share", "category_share", "overall_share", "v_test"):
        np.testing.assert_allclose(both[column], both[f"{column}_r"], rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(both["p_value"], both["p_value_r"], rtol=TOLERANCE)


@pytest.mark.parametrize("case", CASES)
def test_variables_equal_those_of_factominer(case):
    X, labels, weights = case_data(case)
    ours = describe_variables(X, labels, sample_weight=weights, frequencies=True)
    both = ours.merge(reference(case, "variables"), on="variable", suffixes=("", "_r"))
    assert len(both) == X.shape[1]
    np.testing.assert_array_equal(both["df"], both["df_r"])
    np.testing.assert_allclose(both["p_value"], both["p_value_r"], rtol=TOLERANCE)


@pytest.mark.parametrize("case", CASES)
def test_quantities_equal_those_of_factominer(case):
    _, labels, weights = case_data(case)
    axes = pd.read_csv(REFERENCE / "hcpc" / f"{case}_coordinates.csv.gz")
    ours = describe_quantities(axes, labels, sample_weight=weights, frequencies=True)
    both = ours.merge(reference(case, "quantities"), on=["class", "variable"], suffixes=("", "_r"))
    assert len(both) == len(ours)
    for column in ("class_mean", "overall_mean", "class_sd", "overall_sd", "v_test"):
        np.testing.assert_allclose(both[column], both[f"{column}_r"], rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(both["p_value"], both["p_value_r"], rtol=1e-6)
    links = describe_quantity_links(axes, labels, sample_weight=weights, frequencies=True)
    both = links.merge(reference(case, "quantity_links"), on="variable", suffixes=("", "_r"))
    assert len(both) == axes.shape[1]
    np.testing.assert_allclose(both["eta2"], both["eta2_r"], rtol=TOLERANCE)
    if weights is None:
        np.testing.assert_allclose(both["p_value"], both["p_value_r"], rtol=1e-6)


def test_whole_chain_on_tea_and_bfi():
    # The reference describes the tree's partition, made from coordinates rounded to 6 digits.
    for case, axes in (("tea", 20), ("bfi", 5)):
        X, labels, _ = case_data(case)
        mca = MCA(n_components=axes).fit(X)
        tree = HCPC(consolidate=False).fit(mca.row_coordinates_).labels_
        forwards = (tree == labels).all()
        assert forwards or (tree == labels.max() + 1 - labels).all()  # axis 1 may be mirrored
        described = describe_categories(X, tree)
        of_r = reference(case, "categories")
        np.testing.assert_allclose(
            np.sort(described["v_test"]), np.sort(of_r["v_test"]), rtol=0, atol=TOLERANCE
        )


def test_numbers_by_hand():
    X = pd.DataFrame({"q": list("aaabbbbbbb")})
    table = describe_categories(X, [1, 1, 2, 1, 2, 2, 2, 2, 2, 2]).set_index(["class", "category"])
    row = table.loc[(1, "a")]
    assert row["class_share"] == pytest.approx(200 / 3)
    assert row["category_share"] == pytest.approx(200 / 3)
    assert row["overall_share"] == pytest.approx(30)
    # X hypergeometric (10, 3 marked, 3 drawn): P(2) = 3 * 7 / 120, P(3) = 1 / 120.
    assert row["p_value"] == pytest.approx((2 * 1 + 21) / 120, rel=1e-12)
    assert row["v_test"] > 0 > table.loc[(1, "b"), "v_test"]


def test_every_class_and_category_is_there(sample):
    X, labels = sample
    table = describe_categories(X, labels)
    assert len(table) == 3 * (3 + 5)
    assert not table.duplicated(["class", "variable", "category"]).any()
    shares = table.groupby(["class", "variable"])["category_share"].sum()
    np.testing.assert_allclose(shares, 100)
    np.testing.assert_allclose(table.groupby(["variable", "category"])["class_share"].sum(), 100)


def test_chi2_agrees_with_scipy(sample):
    X, labels = sample
    for row in describe_variables(X, labels).itertuples():
        crossed = pd.crosstab(labels, X[row.variable])
        expected = chi2_contingency(crossed, correction=False)
        assert row.chi2 == pytest.approx(expected.statistic, rel=1e-12)
        assert row.p_value == pytest.approx(expected.pvalue, rel=1e-10)
        smallest = min(crossed.shape) - 1
        assert row.cramers_v == pytest.approx((row.chi2 / (200 * smallest)) ** 0.5, rel=1e-12)


@pytest.mark.parametrize(("adjust", "method"), [("holm", "holm"), ("bh", "fdr_bh")])
def test_adjusted_p_values_agree_with_statsmodels(sample, adjust, method):
    table = describe_categories(*sample, adjust=adjust)
    expected = multipletests(table["p_value"], method=method)[1]
    np.testing.assert_allclose(table["p_adjusted"], expected, rtol=1e-12)


def test_p_values_agree_with_scipy():
    rng = np.random.default_rng(3)
    total = rng.integers(2, 300, 3000)
    drawn, marked = rng.integers(1, total), rng.integers(1, total)
    low, high = np.maximum(0, drawn + marked - total), np.minimum(drawn, marked)
    count = rng.integers(low, high + 1)
    p_value, v_test = hypergeometric_v_test(count, drawn, marked, total)
    law = hypergeom(total, marked, drawn)
    below, above = 2 * law.cdf(count - 1), 2 * law.sf(count)
    np.testing.assert_allclose(
        p_value, np.minimum(below, above) + law.pmf(count), rtol=1e-9, atol=1e-300
    )
    assert (np.sign(v_test) == np.where(count * total > drawn * marked, 1, -1))[p_value < 1].all()


def test_v_test_far_in_the_tail_stays_finite():
    p_value, v_test = hypergeometric_v_test(2000, 2000, 2000, 4000)
    assert p_value == 0  # below the smallest float
    # The probability is that of one table: 1 / C(4000, 2000) = 10 ** -1202.36, v = 74.35.
    assert v_test == pytest.approx(74.35, abs=0.01)


@pytest.mark.parametrize(("count", "drawn", "marked"), [(0, 5, 0), (5, 5, 10), (3, 10, 3)])
def test_what_cannot_vary_has_v_test_zero(count, drawn, marked):
    p_value, v_test = hypergeometric_v_test(count, drawn, marked, 10)
    assert p_value == 1
    assert v_test == 0


def test_weight_is_worth_as_many_rows(sample):
    X, labels = sample
    weights = np.random.default_rng(5).integers(1, 4, len(X))
    rows = np.repeat(np.arange(len(X)), weights)
    Q = pd.DataFrame({"age": np.random.default_rng(6).normal(50, 9, len(X))})
    pd.testing.assert_frame_equal(
        describe_categories(X, labels, weights, frequencies=True),
        describe_categories(X.iloc[rows], labels[rows]),
    )
    pd.testing.assert_frame_equal(
        describe_variables(X, labels, sample_weight=weights, frequencies=True),
        describe_variables(X.iloc[rows], labels[rows]),
    )
    for describe in (describe_quantities, describe_quantity_links):
        pd.testing.assert_frame_equal(
            describe(Q, labels, sample_weight=weights, frequencies=True),
            describe(Q.iloc[rows], labels[rows]),
        )


def test_unit_of_weights_is_indifferent(sample):
    X, labels = sample
    weights = np.random.default_rng(5).uniform(0.3, 3, len(X))
    pd.testing.assert_frame_equal(
        describe_categories(X, labels, weights), describe_categories(X, labels, 10 * weights)
    )


def test_row_order_and_names_of_classes_are_indifferent(sample):
    X, labels = sample
    order = np.random.default_rng(7).permutation(len(X))
    names = np.array(["", "x", "y", "z"])
    table = describe_categories(X, labels)
    shuffled = describe_categories(X.iloc[order], names[labels[order]])
    assert shuffled["class"].tolist() == names[table["class"]].tolist()
    pd.testing.assert_frame_equal(table.drop(columns="class"), shuffled.drop(columns="class"))


def test_respondent_of_weight_zero_counts_for_nothing(sample):
    X, labels = sample
    weights = np.r_[np.zeros(50), np.ones(150)]
    pd.testing.assert_frame_equal(
        describe_categories(X, labels, weights), describe_categories(X.iloc[50:], labels[50:])
    )


def test_variable_of_one_category_says_nothing():
    X = pd.DataFrame({"q": ["a"] * 4})
    row = describe_variables(X, [1, 1, 2, 2]).iloc[0]
    assert (row["chi2"], row["df"], row["p_value"]) == (0, 0, 1)
    assert np.isnan(row["cramers_v"])
    assert (describe_categories(X, [1, 1, 2, 2])["v_test"] == 0).all()


def test_two_categories_in_two_classes_have_the_chi_squared_of_their_table():
    # 8 and 2 in the first class, 3 and 7 in the second: one degree of freedom.
    X = pd.DataFrame({"q": ["a"] * 8 + ["b"] * 2 + ["a"] * 3 + ["b"] * 7})
    row = describe_variables(X, np.repeat([1, 2], 10)).iloc[0]
    # 20 (8 * 7 - 2 * 3)^2 / (10 * 10 * 11 * 9)
    assert (row["chi2"], row["df"]) == (pytest.approx(20 * 50**2 / 9900), 1)
    assert row["p_value"] == pytest.approx(2 * norm.sf(np.sqrt(20 * 50**2 / 9900)))
    assert row["cramers_v"] == pytest.approx(50 / np.sqrt(9900))


def test_quantities_agree_with_scipy(sample):
    _, labels = sample
    Q = pd.DataFrame({"age": np.random.default_rng(8).normal(1e6, 1, len(labels)) + labels})
    row = describe_quantity_links(Q, labels).iloc[0]
    groups = [Q["age"][labels == number] for number in (1, 2, 3)]
    expected = f_oneway(*groups)
    assert row["f"] == pytest.approx(expected.statistic, rel=1e-8)
    assert row["p_value"] == pytest.approx(expected.pvalue, rel=1e-6)


def test_those_who_miss_a_quantity_are_left_out(sample):
    _, labels = sample
    values = np.random.default_rng(9).normal(50, 9, len(labels))
    values[::7] = np.nan
    Q = pd.DataFrame({"age": values})
    has = ~np.isnan(values)
    for describe in (describe_quantities, describe_quantity_links):
        pd.testing.assert_frame_equal(describe(Q, labels), describe(Q[has], labels[has]))
    assert describe_quantities(Q, labels)["n"].sum() == has.sum()


def test_constant_quantity_has_v_test_zero():
    Q = pd.DataFrame({"year": [0.1, 0.1, 0.1, 0.1]})
    assert (describe_quantities(Q, [1, 1, 2, 2])["v_test"] == 0).all()
    assert np.isnan(describe_quantity_links(Q, [1, 1, 2, 2])["eta2"]).all()


def test_quantity_that_nobody_has():
    Q = pd.DataFrame({"income": [np.nan, np.nan, np.nan, np.nan]})
    table = describe_quantities(Q, [1, 1, 2, 2])
    assert (table["n"] == 0).all()
    assert table["class_mean"].isna().all()
    assert (table["p_value"] == 1).all()


def test_inputs_are_not_modified(sample):
    X, labels = sample
    X_before, labels_before = X.copy(), labels.copy()
    describe_categories(X, labels)
    describe_variables(X, labels)
    pd.testing.assert_frame_equal(X, X_before)
    np.testing.assert_array_equal(labels, labels_before)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([1, 2, 1], "labels has 3 values; expected one class for each of 4"),
        ([1, 2, None, 1], "labels has 1 missing"),
        ([1.0, 2.0, np.nan, np.nan], "labels has 2 missing"),
        ([1, 1, 1, 1], "one class only"),
    ],
)
def test_bad_labels_are_an_error(labels, message):
    X = pd.DataFrame({"q": list("abab")})
    for call in (
        lambda: describe_categories(X, labels),
        lambda: describe_variables(X, labels),
        lambda: describe_quantities(pd.DataFrame({"age": [1.0, 2.0, 3.0, 4.0]}), labels),
    ):
        with pytest.raises(ValueError, match=message):
            call()


def test_class_without_weight_is_an_error():
    with pytest.raises(ValueError, match="No respondent of class 2 has a weight"):
        describe_categories(pd.DataFrame({"q": list("aba")}), [1, 1, 2], [1, 1, 0])


def test_missing_answers_are_an_error():
    with pytest.raises(ValueError, match=r"X has missing values: column 'q' \(1\)"):
        describe_categories(pd.DataFrame({"q": ["a", None, "b"]}), [1, 1, 2])


def test_bad_quantities_are_an_error():
    with pytest.raises(TypeError, match="columns do not: name"):
        describe_quantities(pd.DataFrame({"name": ["a", "b"]}), [1, 2])
    with pytest.raises(ValueError, match="infinite values in: age"):
        describe_quantities(pd.DataFrame({"age": [1.0, np.inf]}), [1, 2])
    with pytest.raises(TypeError, match="must be a pandas DataFrame"):
        describe_quantities([1.0, 2.0], [1, 2])
    with pytest.raises(ValueError, match="Q is empty"):
        describe_quantities(pd.DataFrame(index=[0, 1]), [1, 2])


def test_unknown_adjustment_is_an_error(sample):
    with pytest.raises(ValueError, match="adjust is 'sidak'; expected one of: holm, bh"):
        describe_categories(*sample, adjust="sidak")
