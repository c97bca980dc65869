"""What is hidden of single tables besides what is declared of them: by hand, a table each."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.results.disclosure.blanks import HIDDEN_COLUMN
from typology.results.disclosure.pattern import ALL, Pattern
from typology.results.disclosure.single_tables import SINGLE_TABLES, _bands

RULE = Pattern(5)
NAN = np.nan


def changed(
    name: str, table: pd.DataFrame, pattern: Pattern = RULE, *, which: int = 0, **tables: Any
) -> pd.DataFrame:
    """Return a table after one of its changes, which leaves the table itself as it was."""
    before = table.copy()
    told = SINGLE_TABLES[name][which](table, tables, pattern)
    pd.testing.assert_frame_equal(table, before)
    return told


def hidden(told: pd.DataFrame, column: str) -> list[bool]:
    return told[column].isna().tolist()


def said(told: pd.DataFrame) -> list[bool]:
    return told[HIDDEN_COLUMN].tolist() if HIDDEN_COLUMN in told else [False] * len(told)


@pytest.mark.parametrize(
    ("numbers", "all_hidden"),
    [([9, 1, 0], True), ([9, 4, 8], True), ([9, 5, 0], False), ([0, 0, 0], False)],
)
def test_all_moves_are_hidden_where_one_is_of_a_few(numbers: list[int], all_hidden: bool) -> None:
    table = pd.DataFrame({"from_class": [1, 1, 2], "n": numbers})
    told = changed("class_moves", table)
    assert hidden(told, "n") == [all_hidden] * 3
    assert said(told) == [all_hidden] * 3
    assert told["from_class"].tolist() == [1, 1, 2]


@pytest.mark.parametrize("name", ["tree", "tree_branches"])
@pytest.mark.parametrize("column", ["n", "size"])
def test_branches_of_the_tree_are_hidden_with_one_of_a_few(name: str, column: str) -> None:
    few = pd.DataFrame({column: [3, 20, 23], "height": [0.1, 0.2, 0.3]})
    several = pd.DataFrame({column: [5, 20, 25], "height": [0.1, 0.2, 0.3]})
    assert hidden(changed(name, few), column) == [True] * 3
    assert hidden(changed(name, several), column) == [False] * 3
    of_a_class = Pattern(5, classes=frozenset({1}))
    assert hidden(changed(name, several, of_a_class), column) == [True] * 3
    assert hidden(changed(name, few), "height") == [False] * 3


def test_the_sizes_of_both_neighbours_are_hidden_where_one_is() -> None:
    table = pd.DataFrame({"class": [1, 1, 2], "neighbour": [2, 3, 3], "n": [40, 50, 60]})
    told = changed("boundaries", table, Pattern(5, classes=frozenset({1})))
    assert hidden(told, "n") == said(told) == [True, True, False]
    assert hidden(changed("boundaries", table, Pattern(5, classes=frozenset({3}))), "n") == [
        False, True, True,
    ]  # fmt: skip
    assert hidden(changed("boundaries", table), "n") == [False] * 3


@pytest.mark.parametrize(
    ("name", "column"),
    [("consolidation", "moved"), ("imputation_changed", "changed"), ("completeness", "complete")],
)
def test_a_number_is_hidden_where_it_or_all_but_it_is_a_few(name: str, column: str) -> None:
    table = pd.DataFrame({column: [0, 1, 4, 5, 35, 36, 39, 40], "n": 40, "other": 3})
    told = changed(name, table)
    expected = [False, True, True, False, False, True, True, False]
    assert hidden(told, column) == said(told) == expected
    assert told["n"].tolist() == [40] * 8
    assert told["other"].tolist() == [3] * 8


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("weights_summary", ["trimmed"]),
        ("splits", ["smaller"]),
        ("answer_quality", ["one_answer", "nearly_one", "long_run", "twins", "repeats"]),
    ],
)
def test_numbers_that_sum_up_to_nothing_are_hidden_one_by_one(
    name: str, columns: list[str]
) -> None:
    table = pd.DataFrame({each: [0, 1, 4, 5] for each in columns} | {"n": 2})
    told = changed(name, table)
    for column in columns:
        assert hidden(told, column) == [False, True, True, False]
        one = pd.DataFrame({each: [9.0] for each in columns}).assign(**{column: 2.0})
        alone = changed(name, one)
        assert [each for each in columns if alone[each].isna()[0]] == [column]
    assert said(told) == [False, True, True, False]
    assert told["n"].tolist() == [2] * 4


def confidence(doubtful: list[int], whole: int = 60) -> pd.DataFrame:
    """Return the doubtful of classes, twice as a table of resamples has them."""
    classes = [*range(1, len(doubtful) + 1)] * 2
    return pd.DataFrame({"class": classes, "doubtful": doubtful * 2, "all_doubtful": whole})


@pytest.mark.parametrize(
    ("doubtful", "gone"),
    [
        ([20, 30, 10], [False, False, False]),
        ([0, 30, 10], [False, False, False]),
        ([4, 30, 10], [True, False, True]),  # of a few, and the next
        ([1, 1, 30, 10], [True, True, False, True]),  # two, of less than five together
        ([3, 2, 30, 10], [True, True, False, False]),  # two, of five together
        ([3, 0, 30], [True, False, True]),
        ([3, 0], [True, False]),
    ],
)
def test_who_is_doubtful_is_hidden_of_a_few_and_of_another_class(
    doubtful: list[int], gone: list[bool]
) -> None:
    told = changed("stability_confidence", confidence(doubtful))
    assert hidden(told, "doubtful") == said(told) == gone * 2
    assert not told["all_doubtful"].isna().any()


def test_all_who_are_doubtful_are_hidden_where_they_are_a_few() -> None:
    told = changed("stability_confidence", confidence([0, 0], whole=4))
    assert hidden(told, "all_doubtful") == said(told) == [True] * 4
    assert not told["doubtful"].isna().any()
    assert HIDDEN_COLUMN not in changed("stability_confidence", confidence([0, 9], whole=5))


# --- Shares of those who agree ---


def test_hidden_shares_of_those_who_agree_are_told_in_tens() -> None:
    whole = pd.DataFrame({"item": ["A1", "A2", "A3"], "agree_share": [34.0, 66.0, 81.0]})
    table = pd.DataFrame({
        "item": ["A1", "A2", "A3"], "block": "a", "rank": [3, 2, 1],
        "agree_share": [NAN, NAN, 81.0], "consensus": [0.1, 0.2, 0.3],
    })  # fmt: skip
    pattern = Pattern(5, rounded=frozenset({("A1", ALL), ("A2", 1), ("A3", ALL)}))
    told = changed("item_agreement", table, pattern, item_agreement=whole)
    np.testing.assert_array_equal(told["agree_share"], [30, NAN, 81])
    assert told["agree_share_rounded"].tolist() == [True, False, False]
    assert told["rank"].tolist() == [3, 2, 1]
    none = changed("item_agreement", table, item_agreement=whole)
    assert "agree_share_rounded" not in none
    assert none.columns.tolist() == table.columns.tolist()


def test_items_are_ranked_by_what_is_told_of_them() -> None:
    """Of two blocks: a share of a few ranks as none, one of all but a few as all."""
    table = pd.DataFrame({
        "item": ["A1", "A2", "A3", "A4", "B1", "B2"], "block": [*"aaaabb"],
        "rank": [2, 1, 4, 3, 1, None], "agree_share": [NAN, 60.0, NAN, NAN, 50.0, NAN],
        "consensus": [0.3, 0.4, NAN, 0.2, 0.1, NAN], HIDDEN_COLUMN: [True] * 6, "ranked_by": "",
    }).astype({"rank": "Int64"})  # fmt: skip
    pattern = Pattern(5, few={("A1", ALL): -1, ("A3", ALL): 1, ("A2", ALL): 1, ("A4", 1): 1})
    told = changed("item_agreement", table, pattern, item_agreement=table)
    # A3 as 100, A2 has 60, A1 as 0, A4 (of which nothing is told) after it; no rank of B2.
    assert told["rank"].tolist()[:5] == [3, 2, 1, 4, 1]
    assert told["rank"].isna().tolist() == [False] * 5 + [True]
    assert told["rank"].dtype == table["rank"].dtype


def test_profiles_say_on_which_side_a_hidden_share_is() -> None:
    whole = pd.DataFrame({"agree_share": [3.0, 97.0, 44.0, 50.0],
                          "overall_agree_share": [38.0, 38.0, 52.0, 52.0]})  # fmt: skip
    table = pd.DataFrame({
        "item": ["A1", "A1", "A2", "A2"], "class": [1, 2, 1, 2], "n": [50, 40, 50, 40],
        "agree_share": [NAN, NAN, NAN, 50.0], "overall_agree_share": [NAN, NAN, 52.0, 52.0],
        HIDDEN_COLUMN: [True, True, True, False],
    })  # fmt: skip
    pattern = Pattern(
        5, few={("A1", 1): -1, ("A1", 2): 1, ("A2", 2): -1},
        rounded=frozenset({("A2", 1), ("A1", ALL)}),
    )  # fmt: skip
    told = changed("class_profiles", table, pattern, class_profiles=whole)
    np.testing.assert_array_equal(told["agree_below"], [10, NAN, NAN, NAN])
    np.testing.assert_array_equal(told["agree_above"], [NAN, 87.5, NAN, NAN])
    np.testing.assert_array_equal(told["agree_share"], [NAN, NAN, 40, 50])
    np.testing.assert_array_equal(told["overall_agree_share"], [40, 40, 52, 52])
    assert told["agree_share_rounded"].tolist() == [False, False, True, False]
    assert told["overall_agree_share_rounded"].tolist() == [True, True, False, False]
    open_table = table.drop(columns=HIDDEN_COLUMN)
    assert changed("class_profiles", open_table, pattern, class_profiles=whole) is open_table


# --- Bands along a boundary ---


@pytest.mark.parametrize(
    ("counts", "bands"),
    [
        ([5, 6, 7], [0, 1, 2]),
        ([0, 6, 0], [0, 1, 2]),
        ([2, 3, 7], [0, 0, 1]),
        ([2, 2, 7], [0, 0, 0]),
        ([9, 2, 2], [0, 0, 0]),
        ([9, 9, 1], [0, 1, 1]),
        ([1, 1], [0, 0]),
        ([4.6, 5.4], [0, 1]),
    ],
)
def test_bands_are_joined_until_each_holds_nobody_or_several(
    counts: list[float], bands: list[int]
) -> None:
    assert _bands(np.array(counts, dtype=float), 5).tolist() == bands


BOUNDARY = pd.DataFrame({
    "class": 1, "neighbour": 2, "from_place": [-2.0, -1, 0, 1], "to_place": [-1.0, 0, 1, 2],
    "class_percent": [40.0, 3, 12, 0], "neighbour_percent": [0.0, 12, 3, 30],
    "both_percent": [40.0, 15, 15, 30], "continuum_percent": [20.0, 10, 10, 60],
})  # fmt: skip
BOTH = pd.DataFrame({"class": [1], "neighbour": [2], "n": [100]})


def test_a_band_of_a_few_of_one_type_does_not_say_of_which() -> None:
    told = changed("boundary_profiles", BOUNDARY, boundaries=BOTH)
    assert told["both_percent"].tolist() == [40, 15, 15, 30]
    assert told["from_place"].tolist() == [-2, -1, 0, 1]
    np.testing.assert_array_equal(told["class_percent"], [40, NAN, NAN, 0])
    np.testing.assert_array_equal(told["neighbour_percent"], [0, NAN, NAN, 30])
    assert said(told) == [False, True, True, False]
    assert told.columns.tolist() == [*BOUNDARY.columns, HIDDEN_COLUMN]


def test_bands_of_a_few_are_joined() -> None:
    told = changed("boundary_profiles", BOUNDARY, boundaries=BOTH.assign(n=20))
    # A fifth of the percents: 8, 3, 3 and 6 respondents, the second and the third together.
    assert told["from_place"].tolist() == [-2, -1, 1]
    assert told["to_place"].tolist() == [-1, 1, 2]
    assert told["both_percent"].tolist() == [40, 30, 30]
    assert told["continuum_percent"].tolist() == [20, 20, 60]
    assert told["class"].tolist() == [1] * 3
    assert told["neighbour"].tolist() == [2] * 3
    many = changed("boundary_profiles", BOUNDARY.assign(both_percent=[40.0, 0.2, 29.8, 30]),
                   boundaries=BOTH.assign(n=1000))  # fmt: skip
    assert many["class_percent"].tolist() == [40, 15, 0]
    assert many["neighbour_percent"].tolist() == [0, 15, 30]


def test_bands_of_several_of_both_are_told_whole() -> None:
    many = BOTH.assign(n=1000)
    pd.testing.assert_frame_equal(
        changed("boundary_profiles", BOUNDARY, boundaries=many), BOUNDARY, check_dtype=False
    )


def test_of_a_boundary_whose_sizes_are_hidden_nothing_is_told_of_whom_its_bands_are() -> None:
    other = pd.concat([BOUNDARY, BOUNDARY.assign(neighbour=3)], ignore_index=True)
    sizes = pd.DataFrame({"class": [1, 1], "neighbour": [3, 2], "n": [NAN, 1000]})
    told = changed("boundary_profiles", other, boundaries=sizes)
    assert told["neighbour"].tolist() == [3] * 4 + [2] * 4
    for column in ("class_percent", "neighbour_percent", "both_percent"):
        assert hidden(told, column) == [True] * 4 + [False] * 4
    assert not told["continuum_percent"].isna().any()
    assert said(told) == [True] * 4 + [False] * 4


@pytest.mark.parametrize(
    ("weighted", "unweighed", "gone"), [(True, 2, True), (True, 3, False), (False, 2, False)]
)
def test_bands_of_a_class_of_no_weighted_number_do_not_say_of_which(
    weighted: bool, unweighed: int, gone: bool
) -> None:
    pattern = Pattern(5, weighted=weighted, unweighed=frozenset({unweighed}))
    told = changed("boundary_profiles", BOUNDARY, pattern, boundaries=BOTH.assign(n=1000))
    assert hidden(told, "class_percent") == hidden(told, "neighbour_percent") == [gone] * 4
    assert said(told) == [gone] * 4


# --- Means ---


def test_means_of_blocks_are_told_to_their_decimals_where_numbers_are_hidden() -> None:
    table = pd.DataFrame({"class": [1], "mean_a": [1.23456], "mean_b": [2.34567], "n": [7.777],
                          "mean_c": [3.45678]})  # fmt: skip
    pattern = Pattern(5, mixed=frozenset({("A1", 1)}), decimals={"a": 2, "b": 0})
    told = changed("classes", table, pattern)
    assert told.to_numpy().tolist() == [[1, 1.23, 2, 7.777, 3.5]]
    assert changed("classes", table, Pattern(5, decimals={"a": 2})) is table


@pytest.mark.parametrize("column", ["mean", "unweighted_mean", "weighted_mean"])
@pytest.mark.parametrize("name", ["class_means", "weighting_means"])
def test_means_of_blocks_a_row_each_have_two_decimals_or_one(name: str, column: str) -> None:
    table = pd.DataFrame({"block": [*"abc"], column: [1.23456, 2.34567, 3.45678]})
    pattern = Pattern(5, mixed=frozenset({("A1", 1)}), decimals={"a": 2, "b": 1})
    told = changed(name, table, pattern, which=-1)
    assert told[column].tolist() == [1.23, 2.3, 3.5]
    assert told.columns.tolist() == ["block", column]


MEASURED = pd.DataFrame({
    "variable": ["age", "age", "age", "age", "kids", "kids", "sex"], "kind": "quantity",
    "class": [1, 2, 3, ALL, 1, 2, 1], "n": [4, 30, 10, 44, 20, 5, 2],
    "mean": [1.0, 1, 1, 1, 1, 1, NAN], "sd": [2.0, 2, 2, 2, 2, 2, NAN], "q1": [1.0] * 6 + [NAN],
    "median": [1.0] * 6 + [NAN], "q3": [1.0] * 6 + [NAN],
})  # fmt: skip


def test_what_sums_up_a_few_is_hidden_and_of_the_next_class() -> None:
    told = changed("characteristics", MEASURED)
    gone = [True, False, True, False, False, False]
    for column in ("mean", "sd", "median", "q1", "q3"):
        assert hidden(told, column) == [*gone, True]
    assert said(told) == [*gone, False]
    assert not told["n"].isna().any()


def test_two_classes_of_a_few_hide_no_third() -> None:
    table = MEASURED[:3].assign(n=[4, 3, 10])
    assert hidden(changed("characteristics", table), "mean") == [True, True, False]


def test_spreads_are_told_of_four_times_as_many() -> None:
    table = MEASURED[:3].assign(n=[19, 20, 45])
    told = changed("characteristics", table, which=1)
    for column in ("sd", "median", "q1", "q3"):
        assert hidden(told, column) == [True, True, False]
    assert not told["mean"].isna().any()
    quantities = pd.DataFrame({
        "variable": "age", "class": [1, 2, 3], "n": [19, 20, 45], "class_mean": 1.0,
        "class_sd": 2.0, "overall_sd": 2.0,
    })  # fmt: skip
    told = changed("class_quantities", quantities, which=1)
    assert hidden(told, "class_sd") == [True, True, False]
    assert not told[["class_mean", "overall_sd"]].isna().to_numpy().any()


def test_numbers_of_classes_are_hidden_with_their_tests() -> None:
    columns = ["class_mean", "class_sd", "p_value", "p_adjusted", "v_test"]
    table = pd.DataFrame({"variable": "age", "class": [1, 2, 3], "n": [4, 30, 10],
                          "overall_mean": 1.0, **dict.fromkeys(columns, 0.5)})  # fmt: skip
    told = changed("class_quantities", table)
    for column in columns:
        assert hidden(told, column) == [True, False, True]
    assert not told["overall_mean"].isna().any()


def test_questions_of_few_values_tell_no_spread_or_no_mean() -> None:
    pattern = Pattern(5, spreadless=frozenset({"age", "kids"}), averageless=frozenset({"kids"}))
    table = MEASURED[:6].assign(kind=["quantity"] * 3 + ["category"] + ["rank", "quantity"])
    told = changed("characteristics", table, pattern, which=2)
    for column in ("sd", "median", "q1", "q3"):
        assert hidden(told, column) == [True, True, True, False, True, True]
    assert hidden(told, "mean") == [False] * 4 + [True] * 2
    quantities = pd.DataFrame({
        "variable": ["age", "kids", "x"],
        **dict.fromkeys(["class_sd", "overall_sd", "p_value", "p_adjusted", "v_test"], 0.5),
        "class_mean": 1.0, "overall_mean": 1.0,
    })  # fmt: skip
    told = changed("class_quantities", quantities, pattern, which=2)
    for column in ("class_sd", "overall_sd", "p_value", "p_adjusted", "v_test"):
        assert hidden(told, column) == [True, True, False]
    assert hidden(told, "class_mean") == hidden(told, "overall_mean") == [False, True, False]
    tests = pd.DataFrame({
        "variable": ["age", "age", "x"], "kind": ["quantity", "category", "rank"],
        **dict.fromkeys(["statistic", "p_value", "p_holm", "p_bh", "effect"], 0.5),
    })  # fmt: skip
    told = changed("characteristic_tests", tests, pattern)
    for column in ("statistic", "p_value", "p_holm", "p_bh", "effect"):
        assert hidden(told, column) == [True, False, False]


def test_agreement_of_ranks_is_hidden_where_one_of_their_means_is() -> None:
    columns = ["kendalls_w", "statistic", "p_value"]
    table = pd.DataFrame({"variable": ["reasons", "other"], "n": 9, **dict.fromkeys(columns, 0.5)})
    told = changed("rank_agreement", table, Pattern(5, averageless=frozenset({"reasons:time"})))
    for column in columns:
        assert hidden(told, column) == [True, False]
    assert told["n"].tolist() == [9, 9]


# --- Sizes and shares ---


CUTS = pd.DataFrame({
    "case": ["k", "k", "k", "m", "m", "m", "s", "s", "s"],
    "n": [4, 60, 20, 3, 2, 79, 30, 30, 24], "share": 5.0, "kept_share": 5.0, "jaccard": 0.5,
    "class": [1, 2, 3] * 3,
})  # fmt: skip


def test_a_small_class_of_another_cut_is_hidden_with_the_next() -> None:
    told = changed("sensitivity_classes", CUTS)
    gone = [True, False, True, True, True, False, False, False, False]
    for column in ("n", "share", "kept_share", "jaccard"):
        assert hidden(told, column) == gone
    assert said(told) == gone
    two = CUTS[3:6].assign(n=[2, 2, 80]).reset_index(drop=True)
    assert hidden(changed("sensitivity_classes", two), "n") == [True] * 3
    assert told["class"].tolist() == [1, 2, 3] * 3


def test_no_share_of_another_cut_is_told_where_no_weighted_number_of_a_class_is() -> None:
    pattern = Pattern(5, weighted=True, unweighed=frozenset({1}))
    told = changed("sensitivity_classes", CUTS[6:].reset_index(drop=True), pattern)
    for column in ("share", "kept_share", "jaccard"):
        assert hidden(told, column) == [True] * 3
    assert hidden(told, "n") == [False] * 3
    for other in (Pattern(5, weighted=True), Pattern(5, unweighed=frozenset({1}))):
        assert (
            not changed("sensitivity_classes", CUTS[6:].reset_index(drop=True), other)["share"]
            .isna()
            .any()
        )


@pytest.mark.parametrize("name", ["latent_classes", "other_methods"])
def test_the_share_of_a_smallest_class_of_a_few_is_hidden(name: str) -> None:
    flow = pd.DataFrame({"step_id": ["received", "analysed"], "remaining": [900, 200]})
    table = pd.DataFrame({"classes": [2, 3, 4], "smallest_share": [0.0, 2.0, 2.5]})
    told = changed(name, table, flow=flow)
    assert hidden(told, "smallest_share") == said(told) == [False, True, False]


def test_reported_shares_of_a_few_or_of_all_but_a_few_are_hidden() -> None:
    table = pd.DataFrame({"n": [4, 5, 35, 36, 0], "base": 40, "computed": 1.0, "difference": 1.0,
                          "reported": 1.0})  # fmt: skip
    told = changed("reported_shares", table)
    for column in ("n", "computed", "difference"):
        assert hidden(told, column) == [True, False, False, True, False]
    assert not told[["base", "reported"]].isna().to_numpy().any()


def test_sizes_with_and_without_weights_are_hidden_together() -> None:
    table = pd.DataFrame({
        "class": [1, 2, 3], "unweighted_n": [4, 9, 9], "weighted_n": [9.0, 4.9, 9],
        "unweighted_share": 1.0, "weighted_share": 1.0,
    })  # fmt: skip
    told = changed("weighting_comparison", table, which=1)
    for column in table.columns[1:]:
        assert hidden(told, column) == [True, True, False]
    assert told["class"].tolist() == [1, 2, 3]


@pytest.mark.parametrize("name", ["weighting_comparison", "weighting_means"])
def test_what_is_weighted_beside_the_main_results_is_rounded(name: str) -> None:
    table = pd.DataFrame({"weighted_share": [12.3456], "weighted_mean": [1.23456], "n": [1.2345]})
    told = changed(name, table)
    assert told.to_numpy().tolist() == [[12.3, 1.23, 1.2345]]
    assert changed(name, table[["n"]]).to_numpy().tolist() == [[1.2345]]


def test_shares_of_a_survey_design_and_their_intervals_have_one_decimal() -> None:
    names = ["share", "std_error", "low", "high"]
    table = pd.DataFrame({**dict.fromkeys(names, 12.3456), "other": [12.3456]})
    told = changed("survey_shares", table)
    assert told.to_numpy().tolist() == [[12.3] * 4 + [12.3456]]


WEIGHTS = pd.DataFrame({
    "weights": ["margins"], "n": [90], "effective_n": [44.6], "design_effect": [90 / 44.6],
    "smallest_weight": [0.3], "largest_weight": [4.0], "largest_gap": [0.01], "trimmed": [0],
})  # fmt: skip
ENDS = ["smallest_weight", "largest_weight"]
ALL_OF_WEIGHTS = ["effective_n", "design_effect", *ENDS, "largest_gap"]
OF_A_MARGIN = frozenset({("margin:sex", ALL)})


def test_weights_are_told_whole_where_that_tells_nothing() -> None:
    assert changed("weights_summary", WEIGHTS, which=1) is WEIGHTS
    assert not (
        changed("weights_summary", WEIGHTS, Pattern(5, mixed=frozenset({("sex", ALL)})), which=1)
        .isna().to_numpy().any()
    )  # fmt: skip


def test_weights_in_whole_respondents_have_no_ends() -> None:
    told = changed("weights_summary", WEIGHTS, Pattern(5, weighing="rounded"), which=1)  # type: ignore[arg-type]
    assert told["effective_n"].tolist() == [45]
    assert told["design_effect"].tolist() == [2]
    assert told.columns[told.isna().any()].tolist() == ENDS


@pytest.mark.parametrize(
    "pattern",
    [Pattern(5, weighing="hidden"), Pattern(5, mixed=OF_A_MARGIN),
     Pattern(5, mixed=OF_A_MARGIN, weighing="rounded")],  # type: ignore[arg-type]
)  # fmt: skip
def test_weights_made_by_hidden_numbers_are_hidden(pattern: Pattern) -> None:
    told = changed("weights_summary", WEIGHTS, pattern, which=1)
    assert told.columns[told.isna().any()].tolist() == ALL_OF_WEIGHTS
    assert told["n"].tolist() == [90]


def test_weights_of_a_column_are_not_made_by_the_margins() -> None:
    own = WEIGHTS.assign(weights="column")
    assert (
        not changed("weights_summary", own, Pattern(5, mixed=OF_A_MARGIN), which=1)
        .isna()
        .any(axis=None)
    )


# --- Axes ---


RATES = pd.DataFrame({
    "axis": [1, 2, 3], "eigenvalue": [0.50004, 0.30006, 0.2], "percent": [50.0, 30, 20],
    "cumulative": [50.0, 80, 100], "kept": [True, False, False],
})  # fmt: skip
OF_AXES = {
    "categories": pd.DataFrame({
        "variable": ["A1", "A1", "A1", "sex"] * 2, "category": ["1", "2", "9", "f"] * 2,
        "role": ["active", "active", "passive", "supplementary"] * 2, "axis": [1] * 4 + [2] * 4,
        "n": [10, 10, 2, 12] * 2,
    }),
    "axis_blocks": pd.DataFrame({"block": ["a", "a"], "weight": [2.0, 2], "items": [4, 4]}),
    "item_distribution": pd.DataFrame({"item": ["A1", "A1"], "block": ["a", "a"]}),
    "completeness": pd.DataFrame({"n": [22]}),
}  # fmt: skip


def test_rates_are_those_of_as_many_passive_answers_of_each_kind() -> None:
    pattern = Pattern(5, cells=frozenset({("A1", "9", ALL), ("A1", "1", ALL)}))
    told = changed("axes", RATES, pattern, **OF_AXES)
    assert told["eigenvalue"].tolist() == [0.50004, 0.3, 0.2]
    # Half of five less two, with the weight 2 of its block, of 4 times 22 answers.
    total = 0.50004 + 0.30006 + 0.2 + 2 * (2.5 - 2) / (4 * 22)
    percent = 100 * np.array([0.50004, 0.3, 0.2]) / total
    np.testing.assert_allclose(told["percent"], percent)
    np.testing.assert_allclose(told["cumulative"], percent.cumsum())


def test_rates_are_told_whole_where_no_passive_answer_is_hidden() -> None:
    for cells in ({("A1", "1", ALL)}, {("sex", "f", ALL)}, {("A1", "9", 1)}):
        assert changed("axes", RATES, Pattern(5, cells=frozenset(cells)), **OF_AXES) is RATES


def test_eigenvalues_of_parallel_analysis_have_three_decimals() -> None:
    table = pd.DataFrame({"axis": [1, 2], "eigenvalue": [0.50004, 0.30006]})
    pattern = Pattern(5, cells=frozenset({("A1", "9", ALL)}))
    told = changed("parallel_analysis", table, pattern, **OF_AXES)
    assert told["eigenvalue"].tolist() == [0.5, 0.3]
    assert told.columns.tolist() == ["axis", "eigenvalue"]


# --- Rows ---


def test_every_hidden_number_of_a_model_is_named() -> None:
    table = pd.DataFrame({
        "variable": ["sex", "age", "age"], "category": ["x", "old", "young"], "class": [2, 1, 3],
        "n": [0.0, 3, NAN], HIDDEN_COLUMN: [False, False, True],
    })  # fmt: skip
    cells = {("age", "young", 3), ("age", "old", 2), ("sex", "f", 1), ("sex", "f", ALL),
             ("town", "a", 1)}  # fmt: skip
    told = changed("membership_sparse", table, Pattern(5, cells=frozenset(cells)))
    assert told[["variable", "category", "class"]].to_numpy().tolist() == [
        ["sex", "f", 1], ["sex", "x", 2], ["age", "old", 2], ["age", "young", 3],
    ]  # fmt: skip
    assert told["n"].isna().tolist() == told[HIDDEN_COLUMN].tolist() == [True, False, True, True]
    assert told.index.tolist() == [0, 1, 2, 3]
    assert told.columns.tolist() == table.columns.tolist()
    of_all = Pattern(5, cells=frozenset({("sex", "f", ALL), ("town", "a", 1)}))
    assert changed("membership_sparse", table, of_all) is table


def test_texts_are_quoted_of_several_authors() -> None:
    table = pd.DataFrame({
        "variable": ["why"] * 9 + ["how"] * 5, "class": [1] * 5 + [2] * 4 + [1] * 5,
        "text": [*"abcdefghijklmn"], "shown": ([True, False] * 7),
    })  # fmt: skip
    assert "".join(changed("verbatims", table)["text"]) == "acekm"
    assert "".join(changed("verbatims", table, Pattern(4))["text"]) == "acegikm"


def test_points_of_an_answer_that_is_hidden_are_left_out() -> None:
    table = pd.DataFrame({"variable": ["A1", "A1", "A1", "A2"], "category": [1, 2, 3, 1],
                          "n": [9, 8, 7, 6]})  # fmt: skip
    pattern = Pattern(5, cells=frozenset({("A1", "1", ALL), ("A1", "2", 1)}),
                      unplaced=frozenset({("A1", "3")}))  # fmt: skip
    assert changed("question_points", table, pattern)["n"].tolist() == [8, 6]


def test_warnings_name_nobody() -> None:
    details = [
        {"respondents": "R1, R2", "n": 2}, {"line": "exclusions: R3", "file": "é.csv"},
        {"classes": "2 (n = 3), 4 (n = 40)"},
    ]  # fmt: skip
    table = pd.DataFrame({"details": [json.dumps(each) for each in details], "code": [*"abc"]})
    told = changed("warnings", table)
    assert [json.loads(each) for each in told["details"]] == [
        {"respondents": "…", "n": 2}, {"line": "exclusions: …", "file": "é.csv"}, details[2],
    ]  # fmt: skip
    assert "é" in told["details"][1]
    assert "…" in told["details"][0]
    few = changed("warnings", table, Pattern(5, classes=frozenset({2})))
    assert json.loads(few["details"][2]) == {"classes": "2, …"}
    assert few["code"].tolist() == [*"abc"]
