"""Characteristics against classes, compared with R and with hand-made tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, chi2_contingency, fisher_exact
from statsmodels.stats.multitest import multipletests

from rfree.description.group_tests import compare_categories, compare_quantities
from rfree.description.weighted_tests import rank_independence

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"
CASES = ["bfi", "simulated"]


def _sample(case: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"{case}_sample.csv.gz")


def _expected(table: str, case: str) -> pd.DataFrame:
    rows = pd.read_csv(REFERENCE / f"{table}.csv")
    return rows[rows["case"] == case].set_index("variable")


@pytest.mark.parametrize("case", CASES)
def test_categories_as_in_r(case: str) -> None:
    sample, expected = _sample(case), _expected("categories", case)
    result = compare_categories(sample[list(expected.index)], sample["class"], seed=4)
    result = result.set_index("variable")
    pd.testing.assert_series_equal(result["n"], expected["n"])
    assert (result["n"] + result["missing"] == len(sample)).all()
    # Both programs add up the same few dozen cells: only rounding differs.
    for ours, theirs in (
        ("chi2", "chi2"),
        ("df", "df"),
        ("p_chi2", "p_chi2"),
        ("smallest_expected", "smallest_expected"),
    ):
        np.testing.assert_allclose(result[ours], expected[theirs], rtol=1e-9)
    # Two Monte Carlo p-values: four standard errors, R's (200,000 tables) being small beside ours;
    # where no table is as unlikely, ours is 1 / 10,000.
    spread = 4 * result["p_fisher_error"] + 4 * np.sqrt(expected["p_simulated"] / 2e5) + 1e-4
    assert ((result["p_fisher"] - expected["p_simulated"]).abs() < spread).all()
    exact = expected["p_exact"].dropna()
    assert ((result["p_fisher"][exact.index] - exact).abs() < spread[exact.index]).all()


@pytest.mark.parametrize("case", CASES)
def test_weighted_categories_as_in_survey(case: str) -> None:
    sample, expected = _sample(case), _expected("categories", case)
    result = compare_categories(
        sample[list(expected.index)],
        sample["class"],
        sample_weight=sample["weight"].to_numpy(),
        seed=4,
    ).set_index("variable")
    assert (result["test"] == "Rao-Scott").all()
    np.testing.assert_allclose(result["f"], expected["rao_scott_f"], rtol=1e-9)
    np.testing.assert_allclose(result["f_df"], expected["rao_scott_df1"], rtol=1e-9)
    np.testing.assert_allclose(result["f_df_denominator"], expected["rao_scott_df2"], rtol=1e-9)
    np.testing.assert_allclose(result["p_value"], expected["p_rao_scott"], rtol=1e-7)


@pytest.mark.parametrize("case", CASES)
def test_quantities_as_in_r(case: str) -> None:
    sample, expected = _sample(case), _expected("quantities", case)
    result = compare_quantities(sample[["age"]], sample["class"]).set_index("variable")
    np.testing.assert_allclose(result["h"], expected["h"], rtol=1e-10)
    np.testing.assert_allclose(result["p_value"], expected["p_value"], rtol=1e-9)
    np.testing.assert_allclose(result["epsilon_squared"], result["h"] / (result["n"] - 1))


@pytest.mark.parametrize("weighted", [False, True])
def test_an_empty_cell_counts_wherever_it_stands(weighted: bool) -> None:
    # Of the last class nobody gave the last answer; renamed, of the first class the first one.
    answers, classes = np.repeat(["a", "b", "a"], [14, 16, 30]), np.repeat([1, 1, 2], [14, 16, 30])
    weights = np.tile([1.0, 2.0], 30) if weighted else None
    last = compare_categories(pd.DataFrame({"q": answers}), classes, sample_weight=weights, seed=1)
    renamed = pd.DataFrame({"q": np.where(answers == "a", "y", "x")})
    first = compare_categories(renamed, 3 - classes, sample_weight=weights, seed=1)
    pd.testing.assert_frame_equal(last, first)
    table = np.array([[14.0, 30], [16, 0]])
    if weighted:  # every other respondent counts twice, and each count is even
        assert last["test"].tolist() == ["Rao-Scott"]
    assert last["chi2"].item() == pytest.approx(chi2_contingency(table, correction=False)[0])
    assert last["df"].item() == 1


def test_chi_squared_gives_way_to_fisher_when_expected_counts_are_small() -> None:
    X = pd.DataFrame({"practice": ["solo"] * 5 + ["group"] * 7, "sex": ["f", "m"] * 6})
    result = compare_categories(X, [1] * 4 + [2] * 8, seed=1)
    assert result["test"].tolist() == ["Fisher-Freeman-Halton"] * 2
    assert result["p_value"].equals(result["p_fisher"])
    assert "below 5" in result["reason"][0]


def test_what_cannot_be_tested_is_said_and_not_corrected_for() -> None:
    X = pd.DataFrame({"same": ["x"] * 40, "practice": ["solo", "group"] * 20, "empty": [None] * 40})
    result = compare_categories(X, [1, 1, 2, 2] * 10, seed=1).set_index("variable")
    assert result.loc[["same", "empty"], "test"].tolist() == ["none", "none"]
    assert result.loc[["same", "empty"], "p_holm"].isna().all()
    assert result.loc["empty", "missing"] == 40
    tested = result.loc[["practice"]]
    assert tested["p_holm"].tolist() == tested["p_value"].tolist()


def test_order_of_rows_and_names_of_classes_change_nothing() -> None:
    sample = _sample("simulated")
    X, classes = sample[["practice", "territory"]], sample["class"]
    order = np.random.default_rng(2).permutation(len(X))
    straight = compare_categories(X, classes, seed=1)
    turned = compare_categories(X.iloc[order], 10 - classes.iloc[order], seed=1)
    exact = ["n", "missing", "df", "test"]
    pd.testing.assert_frame_equal(straight[exact], turned[exact])
    np.testing.assert_allclose(straight["chi2"], turned["chi2"])


def test_same_seed_same_numbers_and_one_variable_more_changes_none() -> None:
    sample = _sample("simulated")
    one = compare_categories(sample[["practice"]], sample["class"], seed=7)
    two = compare_categories(sample[["practice", "sex"]], sample["class"], seed=7)
    assert one["p_fisher"][0] == two["p_fisher"][0]


def test_equal_weights_are_no_weights() -> None:
    sample = _sample("simulated")
    plain = compare_categories(sample[["sex"]], sample["class"], seed=1)
    flat = compare_categories(
        sample[["sex"]], sample["class"], sample_weight=np.full(len(sample), 3.0), seed=1
    )
    pd.testing.assert_frame_equal(plain, flat)


def test_kruskal_of_ranks_without_overlap() -> None:
    # H = 12 / (n (n + 1)) sum R^2 / n_k - 3 (n + 1), ranks 1-3 and 4-6.
    result = compare_quantities(pd.DataFrame({"age": [1.0, 2, 3, 4, 5, 6]}), [1, 1, 1, 2, 2, 2])
    assert result["h"][0] == pytest.approx(12 / 42 * (36 / 3 + 225 / 3) - 21)


def test_a_constant_quantity_is_not_tested() -> None:
    result = compare_quantities(pd.DataFrame({"age": [4.0] * 6}), [1, 1, 1, 2, 2, 2])
    assert result["test"][0] == "none"
    assert np.isnan(result["p_holm"][0])


def test_words_are_no_quantities() -> None:
    with pytest.raises(TypeError, match="practice"):
        compare_quantities(pd.DataFrame({"practice": ["solo", "group"]}), [1, 2])


def test_too_few_replicates_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 99"):
        compare_categories(pd.DataFrame({"a": ["x", "y"]}), [1, 2], replicates=10, seed=1)


@pytest.mark.parametrize("case", CASES)
def test_weighted_quantities_have_the_rank_test_under_independence(case: str) -> None:
    sample, expected = _sample(case), _expected("quantities", case)
    result = compare_quantities(
        sample[["age"]], sample["class"], sample_weight=sample["weight"].to_numpy()
    ).set_index("variable")
    assert (result["test"] == "Lumley-Scott").all()
    kept = sample["age"].notna()
    classes = sample.loc[kept, "class"].to_numpy() - 1
    weights = sample.loc[kept, "weight"].to_numpy()
    test = rank_independence(sample.loc[kept, "age"].to_numpy(), classes, weights)
    row = result.loc["age"]
    np.testing.assert_allclose(
        row[["f", "f_df", "f_df_denominator", "p_value"]].astype(float),
        [test.statistic, test.df, test.df_denominator, test.p_value],
        rtol=1e-10,
    )
    # Kruskal and Wallis' own test stays beside it, without the weights.
    np.testing.assert_allclose(result["h"], expected["h"], rtol=1e-10)
    np.testing.assert_allclose(result["p_h"], expected["p_value"], rtol=1e-9)


def test_who_weighs_nothing_is_no_respondent_of_either_table() -> None:
    weights = np.array([1.2, 1.5, 1.2, 1.5, 1.2, 1.5, 0, 0])
    classes = [1, 1, 1, 2, 2, 2, 1, 2]
    X = pd.DataFrame({"a": ["x", "y", "x", "y", None, "y", "x", None]})
    Q = pd.DataFrame({"q": [1.0, 4, 2, np.nan, 6, 3, 9, np.nan]})
    words = compare_categories(X, classes, sample_weight=weights, seed=1).iloc[0]
    numbers = compare_quantities(Q, classes, sample_weight=weights).iloc[0]
    for row in (words, numbers):
        assert (row["n"], row["missing"]) == (5, 1)
    kept = weights > 0
    same = compare_quantities(Q[kept], np.array(classes)[kept], sample_weight=weights[kept])
    pd.testing.assert_series_equal(numbers, same.iloc[0])
    # Chi-squared of counts in which five respondents weigh 5.
    counts = np.array([[2.4, 0], [1.5, 3.0]]) * 5 / 6.9
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / 5
    assert words["chi2"] == pytest.approx(((counts - expected) ** 2 / expected).sum())
    assert words["smallest_expected"] == pytest.approx(expected.min())


def test_every_number_of_a_characteristic_by_hand() -> None:
    # 30 x 30, half and half: expected 15 everywhere.
    X = pd.DataFrame({"a": ["x"] * 20 + ["y"] * 10 + ["x"] * 10 + ["y"] * 20})
    row = compare_categories(X, [1] * 30 + [2] * 30, seed=1).iloc[0]
    assert (row["categories"], row["df"], row["share_expected_below_5"]) == (2, 1, 0)
    assert row["chi2"] == pytest.approx(4 * 25 / 15)
    assert row["smallest_expected"] == pytest.approx(15)
    assert row["test"] == "chi-squared"
    assert row["p_value"] == row["p_chi2"] == pytest.approx(chi2.sf(100 / 15, 1))
    assert row["p_fisher"] == pytest.approx(fisher_exact([[20, 10], [10, 20]]).pvalue)
    assert (row["fisher_method"], row["p_fisher_error"]) == ("exact", 0)
    assert row["cramers_v"] == pytest.approx(1 / 3)
    # Bergsma: (phi2 - 1/59) / (min(2, 2) - 1/59 - 1).
    assert row["cramers_v_corrected"] == pytest.approx(np.sqrt((1 / 9 - 1 / 59) / (1 - 1 / 59)))
    assert row[["f", "f_df", "f_df_denominator"]].isna().all()


def test_nothing_is_given_where_nothing_can_be_computed() -> None:
    X = pd.DataFrame({"same": ["x"] * 6, "empty": [None] * 6})
    table = compare_categories(X, [1, 1, 1, 2, 2, 2], seed=1)
    numbers = ["chi2", "p_fisher", "p_fisher_error", "f", "f_df", "f_df_denominator", "p_value"]
    assert table[numbers[1:]].isna().all().all()
    assert table["categories"].tolist() == [1, 0]
    assert table["fisher_method"].tolist() == ["none", "none"]
    assert set(table["reason"]) == {"fewer than two categories or two classes"}
    Q = pd.DataFrame({"same": [4.0] * 6, "one": [1.0, 2, 3, np.nan, np.nan, np.nan]})
    quantities = compare_quantities(Q, [1, 1, 1, 2, 2, 2])
    assert quantities["df"].tolist() == [1, 0]
    assert quantities[["h", "p_h", "f", "f_df", "f_df_denominator", "p_value",
                       "epsilon_squared"]].isna().all().all()  # fmt: skip


def test_p_values_are_corrected_for_the_tests_of_the_table() -> None:
    sample = _sample("simulated")
    table = compare_categories(sample[["practice", "sex", "territory"]], sample["class"], seed=1)
    p = table["p_value"].to_numpy()
    for name in ("holm", "bh"):
        method = {"holm": "holm", "bh": "fdr_bh"}[name]
        np.testing.assert_allclose(table[f"p_{name}"], multipletests(p, method=method)[1])
    columns = list(table.columns)
    assert columns[columns.index("cramers_v") - 2 : columns.index("cramers_v")] == [
        "p_holm",
        "p_bh",
    ]


def test_ninety_nine_replicates_are_enough() -> None:
    X = pd.DataFrame({"a": list("xyz") * 3})
    row = compare_categories(X, [1, 1, 2] * 3, replicates=99, seed=1).iloc[0]
    assert 1 / 100 <= row["p_fisher"] <= 1
