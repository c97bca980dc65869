"""Tables as they may leave: what a declaration hides, where, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from typology.results.disclosure import published as module
from typology.results.disclosure.blanks import HIDDEN_COLUMN
from typology.results.disclosure.declared import Declared
from typology.results.disclosure.pattern import ALL, Pattern
from typology.results.disclosure.published import publish

TABLE = pd.DataFrame({
    "variable": ["a", "a", "a", "b", None], "category": ["x", "y", "x", "x", "x"],
    "class": [1, 1, 2, 1, None], "n": [9, 8, 7, 6, 5], "share": 0.123456, "p": 0.0312,
})  # fmt: skip


def told(declared: Declared, pattern: Pattern, table: pd.DataFrame = TABLE) -> pd.DataFrame:
    before = table.copy()
    made = module._Table(table, declared, pattern).without_hidden()
    pd.testing.assert_frame_equal(table, before)
    return made


def gone(made: pd.DataFrame, column: str = "n") -> str:
    """Return which rows of a column are hidden, as x or a point each."""
    return "".join("x" if each else "." for each in made[column].isna())


NAMED = {"variable": "variable", "category": "category", "of_class": "class"}
OF_A_CLASS = Pattern(5, cells=frozenset({("a", "x", 1)}), mixed=frozenset({("a", 1)}))
OF_ALL = Pattern(5, cells=frozenset({("a", "x", ALL)}), mixed=frozenset({("a", ALL)}))


@pytest.mark.parametrize(
    ("declared", "pattern", "rows"),
    [
        ({"cells": ("n",)}, OF_A_CLASS, "x...."),
        ({"cells": ("n",)}, OF_ALL, "....."),
        ({"totals": ("n",)}, OF_ALL, "x.x.."),
        ({"totals": ("n",)}, OF_A_CLASS, "....."),
        ({"groups": {"n": "x"}}, OF_A_CLASS, "xx..."),
        ({"groups": {"n": "x"}}, OF_ALL, "....."),
        ({"total_groups": {"n": "x"}}, OF_ALL, "xxx.."),
        ({"total_groups": {"n": "x"}}, OF_A_CLASS, "....."),
        ({"summaries": ("n",)}, OF_A_CLASS, "xx..."),
        ({"means": ("n",)}, Pattern(5, meanless=frozenset({("a", 2)})), "..x.."),
        ({"total_means": ("n",)}, Pattern(5, meanless=frozenset({("a", ALL)})), "xxx.."),
        ({"sizes": ("n",)}, Pattern(5, classes=frozenset({1})), "xx.x."),
        ({"places": ("n",)}, Pattern(5, unplaced=frozenset({("a", "y")})), ".x..."),
        ({"contrasts": ("n",)}, Pattern(5, unplaced=frozenset({("a", "y")})), "xxx.."),
        ({"effects": ("n",)}, Pattern(5, effectless=frozenset({"b"})), "...x."),
        ({"tests": ("n",)}, Pattern(5, untested=frozenset({"b"})), "...x."),
        ({"statistics": ("n",)}, OF_A_CLASS, "xxx.."),
        ({"own_values": ("n",)}, Pattern(5), "xxxxx"),
        ({"weighted": ("n",)}, Pattern(5, weighted=True, unweighed=frozenset({2})), "..x.."),
        ({"weighted": ("n",)}, Pattern(5, unweighed=frozenset({2})), "....."),
    ],
)
def test_numbers_are_hidden_where_their_declaration_says(
    declared: Mapping[str, Any], pattern: Pattern, rows: str
) -> None:
    made = told(Declared(**NAMED, **declared), pattern)
    assert gone(made) == rows
    if "x" in rows:
        assert made[HIDDEN_COLUMN].tolist() == [each == "x" for each in rows]
    else:
        assert HIDDEN_COLUMN not in made
    assert gone(made, "share") == "....."


def test_a_table_without_a_class_is_of_all_and_a_margin_of_its_own_numbers() -> None:
    names = {"variable": "variable", "category": "category"}
    assert gone(told(Declared(**names, cells=("n",)), OF_ALL)) == "x.x.."
    margin = Pattern(5, cells=frozenset({("margin:a", "x", ALL)}))
    assert gone(told(Declared(**names, cells=("n",), margin=True), margin)) == "x.x.."
    assert gone(told(Declared(**names, cells=("n",)), margin)) == "....."


def test_names_with_a_star_are_of_many_columns() -> None:
    table = TABLE.assign(mean_a=1.5, mean_b=2.5, amean_=3.5)
    made = told(
        Declared(of_class="class", sizes=("mean_*",)), Pattern(5, classes=frozenset({2})), table
    )
    assert [gone(made, name) for name in ("mean_a", "mean_b", "amean_")] == [
        "..x..", "..x..", ".....",
    ]  # fmt: skip


def test_weighted_columns_beside_the_main_results_are_hidden_too() -> None:
    table = TABLE.assign(weighted_share=1.5)
    declared = Declared(of_class="class", weighted=("share", "weighted_share"))
    made = told(declared, Pattern(5, unweighed=frozenset({1})), table)
    assert gone(made, "weighted_share") == "xx.x."
    assert gone(made, "share") == "....."


def test_what_is_measured_is_not_tested_by_counts() -> None:
    table = TABLE.assign(kind=["quantity", "rank", "date", "category", "ordered"], variable="a")
    declared = Declared(variable="variable", effects=("n",), tests=("p",))
    made = told(declared, Pattern(5, effectless=frozenset({"a"}), untested=frozenset({"a"})), table)
    assert gone(made, "n") == gone(made, "p") == "...xx"


def test_weighted_shares_are_hidden_by_question() -> None:
    table = TABLE.assign(class_share=1.0, cos2=1.0, other=1.0)
    ratioless = told(Declared(variable="variable"), Pattern(5, ratioless=frozenset({"b"})), table)
    assert [gone(ratioless, name) for name in ("class_share", "share", "cos2", "other")] == [
        "...x.", ".....", ".....", ".....",
    ]  # fmt: skip
    shareless = told(Declared(variable="variable"), Pattern(5, shareless=frozenset({"b"})), table)
    assert [gone(shareless, name) for name in ("class_share", "share", "cos2", "other")] == [
        ".....", "...x.", "...x.", ".....",
    ]  # fmt: skip
    nameless = told(Declared(), Pattern(5, shareless=frozenset({"", "b"})), table)
    assert gone(nameless, "share") == "....."


def test_means_of_a_question_with_something_hidden_have_one_decimal() -> None:
    table = TABLE.assign(mean=1.2345, overall=2.3456, r2=0.5678)
    declared = Declared(
        **NAMED, means=("mean",), total_means=("overall",), rounded={"r2": 2}, p_values=("p",)
    )
    made = told(declared, OF_A_CLASS, table)
    assert made["mean"].tolist() == [1.2, 1.2, 1.2345, 1.2345, 1.2345]
    assert made["overall"].tolist() == [2.3456] * 5
    assert made["r2"].tolist() == [0.57, 0.57, 0.57, 0.5678, 0.5678]
    assert made["p"].tolist() == [0.03, 0.03, 0.03, 0.0312, 0.0312]
    assert told(declared, OF_ALL, table)["overall"].tolist() == [2.3, 2.3, 2.3, 2.3456, 2.3456]
    unplaced = told(declared, Pattern(5, unplaced=frozenset({("b", "x")})), table)
    assert unplaced["r2"].tolist() == [0.5678] * 3 + [0.57] + [0.5678]


def test_rows_of_answers_without_a_place_are_left_out_where_that_is_declared() -> None:
    pattern = Pattern(5, unplaced=frozenset({("a", "x")}))
    kept = told(Declared(**NAMED, without_unplaced=True), pattern)
    assert kept.index.tolist() == [1, 3, 4]
    assert len(told(Declared(**NAMED), pattern)) == 5


# --- All tables ---


def test_tables_that_are_not_declared_stay_and_cells_hidden_are_counted() -> None:
    tables = {
        "item_distribution": pd.DataFrame({"item": ["a", "a"], "code": ["x", "y"], "n": [9, 8],
                                           "share": [50.0, 50.0]}),
        "flow": pd.DataFrame({"n": [3]}), "respondents": pd.DataFrame({"n": [1]}),
    }  # fmt: skip
    found = publish(tables, OF_ALL)
    assert list(found.tables) == ["item_distribution", "flow"]
    assert found.hidden_cells == {"item_distribution": 2}
    assert gone(found.tables["item_distribution"], "share") == "x."
    lifted = publish(tables, Pattern(1, cells=OF_ALL.cells))
    assert lifted.tables["item_distribution"] is tables["item_distribution"]
    assert (list(lifted.tables), lifted.hidden_cells) == (["item_distribution", "flow"], {})


def test_weighted_numbers_have_their_decimals() -> None:
    table = pd.DataFrame({"item": ["a"], "code": ["x"], "n": [9], "share": [12.3456]})
    plain = publish({"item_distribution": table}, Pattern(5)).tables["item_distribution"]
    assert plain["share"].tolist() == [12.3456]
    weighted = publish({"item_distribution": table}, Pattern(5, weighted=True))
    assert weighted.tables["item_distribution"]["share"].tolist() == [12.3]
    decimals = module.WEIGHTED_DECIMALS
    assert {decimals[name] for name in ("share", "agree_low", "computed", "both_percent")} == {1}
    assert {decimals[name] for name in ("mean", "sd", "cos2", "v_test", "mean_jaccard")} == {2}
    assert {decimals[name] for name in ("coordinate", "x", "y", "center_x", "center_y")} == {3}


def test_models_that_tell_hidden_numbers_are_left_out_and_it_is_said() -> None:
    tables = {
        "membership_notes": pd.DataFrame({"model": ["m"], "remark": ["fine"]}),
        "membership_coefficients": pd.DataFrame({"variable": ["a"], "category": ["x"]}),
        "membership_fit": pd.DataFrame({"model": ["m"]}), "flow": pd.DataFrame({"n": [3]}),
    }  # fmt: skip
    told_tables = publish(tables, Pattern(5, mixed=frozenset({("a", 1)}))).tables
    assert list(told_tables) == ["flow", "membership_notes"]
    notes = told_tables["membership_notes"]
    assert notes.to_dict("list") == {"model": ["m", ""], "remark": ["fine", "models_tell"]}
    assert notes.index.tolist() == [0, 1]
    other = publish(tables, Pattern(5, mixed=frozenset({("b", 1)}))).tables
    assert list(other) == list(tables)
