"""Subgroups and crossed questions: what is hidden of them, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.results.disclosure.blanks import HIDDEN_COLUMN
from typology.results.disclosure.pattern import ALL, Pattern
from typology.results.disclosure.subgroups import (
    answers_of_subgroups,
    crossed_answers,
    placed_subgroups,
)

SUBGROUPS = {"subgroups": pd.DataFrame({
    "subgroup": ["women", "men", "town"], "variable": ["sex", "sex", "place"],
    "category": ["f", "m", "t"], "n": [40, 50, 30],
})}  # fmt: skip


def test_a_subgroup_whose_number_or_place_is_hidden_is_left_out() -> None:
    table = pd.DataFrame({"subgroup": ["women", "men", "town", "women"], "axis": [1, 1, 1, 2]})
    assert placed_subgroups(table, SUBGROUPS, Pattern(5)).index.tolist() == [0, 1, 2, 3]
    of_number = Pattern(5, cells=frozenset({("sex", "f", ALL), ("place", "t", 1)}))
    assert placed_subgroups(table, SUBGROUPS, of_number)["subgroup"].tolist() == ["men", "town"]
    of_place = Pattern(5, unplaced=frozenset({("place", "t")}))
    assert placed_subgroups(table, SUBGROUPS, of_place)["subgroup"].tolist() == [
        "women", "men", "women",
    ]  # fmt: skip


def answers(
    women: int = 20, men: int = 30, total: int = 50
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Return an answer to A1 by sex, and another question that is far from any few."""
    table = pd.DataFrame({
        "subgroup": ["women", "men"] * 2, "variable": ["A1", "A1", "A2", "A2"],
        "category": ["1", "1", "2", "2"], "axis": 1, "n": [women, men, 25, 25],
        "coordinate": 0.1, "contribution": 0.2, "cos2": 0.3,
    })  # fmt: skip
    known = pd.DataFrame({"variable": ["A1", "A2"] * 2, "category": ["1", "2"] * 2,
                          "axis": [1, 1, 2, 2], "n": [total, 50, total, 50]})  # fmt: skip
    return table, {**SUBGROUPS, "categories": known}


def hidden(*numbers: int, pattern: Pattern | None = None) -> list[bool]:
    table, tables = answers(*numbers)
    told = answers_of_subgroups(table, tables, pattern or Pattern(5))
    for column in ("contribution", "cos2", "coordinate"):
        assert told[column].isna().tolist() == told["n"].isna().tolist()
    if told["n"].isna().any():
        assert told[HIDDEN_COLUMN].tolist() == told["n"].isna().tolist()
    return told["n"].isna().tolist()


def test_answers_of_several_of_a_subgroup_and_of_several_others_are_told() -> None:
    assert hidden() == hidden(5, 45, 50) == hidden(0, 50, 50) == [False] * 4
    assert hidden(20, 20, 45) == [False] * 4  # five of neither


def test_answers_of_a_few_are_hidden_in_every_subgroup() -> None:
    for numbers in ((4, 30, 34), (20, 46, 66), (46, 20, 50), (20, 26, 50), (20, 29, 50)):
        expected = numbers[0] < 5 or any(
            0 < each < 5
            for each in (numbers[2] - numbers[0], numbers[2] - numbers[1],
                         numbers[2] - numbers[0] - numbers[1])
        )  # fmt: skip
        assert hidden(*numbers) == [expected, expected, False, False]
    unplaced = Pattern(5, unplaced=frozenset({("A2", "2")}))
    assert hidden(pattern=unplaced) == [False, False, True, True]


def test_an_answer_whose_number_is_hidden_is_hidden_in_subgroups() -> None:
    table, tables = answers()
    tables["categories"] = tables["categories"].assign(n=[np.nan, 50, np.nan, 50])
    told = answers_of_subgroups(table, tables, Pattern(5))
    assert told["n"].isna().tolist() == [True, True, False, False]


def crossed(
    numbers: list[int], totals: dict[tuple[str, str], float], pattern: Pattern
) -> pd.DataFrame:
    pairs = [("f", "a"), ("f", "b"), ("m", "a"), ("m", "b")]
    table = pd.DataFrame({
        "variable": "sex", "category": [one for one, _ in pairs], "other_variable": "town",
        "other_category": [other for _, other in pairs], "n": numbers, "share": 1.0, "axis": 1,
        "coordinate": 0.1, "cos2": 0.1, "v_test": 1.0, "kept": 7,
    })  # fmt: skip
    table = pd.concat([table, table.assign(axis=2)], ignore_index=True)
    known = pd.DataFrame([(*name, n) for name, n in totals.items()],
                         columns=["variable", "category", "n"])  # fmt: skip
    told = crossed_answers(table, {"categories": pd.concat([known, known])}, pattern)
    for column in ("share", "coordinate", "cos2", "v_test"):
        assert told[column].isna().tolist() == told["n"].isna().tolist()
    assert told["kept"].tolist() == [7] * 8
    assert told["n"].isna().tolist()[:4] == told["n"].isna().tolist()[4:]
    return told[:4]


ALL_ANSWERED = {("sex", "f"): 60.0, ("sex", "m"): 70.0, ("town", "a"): 62.0, ("town", "b"): 68.0}


def test_crossed_answers_of_several_are_told() -> None:
    told = crossed([30, 30, 32, 38], ALL_ANSWERED, Pattern(5))
    assert not told["n"].isna().any()


def test_a_small_crossed_answer_is_hidden_with_those_that_would_give_it_back() -> None:
    totals = {("sex", "f"): 33.0, ("sex", "m"): 70.0, ("town", "a"): 35.0, ("town", "b"): 68.0}
    told = crossed([3, 30, 32, 38], totals, Pattern(5))
    assert told["n"].isna().tolist() == [True] * 4


def test_of_an_answer_whose_number_is_hidden_nothing_crossed_is_told() -> None:
    of_women = Pattern(5, cells=frozenset({("sex", "f", ALL)}))
    assert crossed([30, 30, 32, 38], ALL_ANSWERED, of_women)["n"].isna().tolist() == [True] * 4
    of_class = Pattern(5, cells=frozenset({("sex", "f", 1)}))
    assert not crossed([30, 30, 32, 38], ALL_ANSWERED, of_class)["n"].isna().any()


@pytest.mark.parametrize(("alone", "with_it"), [("a", "c"), ("b", "c"), ("c", "a")])
def test_with_an_answer_that_is_hidden_alone_the_smallest_other_is_hidden(
    alone: str, with_it: str
) -> None:
    """Towns of 70, 80 and 60, none of them small when crossed with the sex of all."""
    numbers = {("f", "a"): 30, ("f", "b"): 40, ("f", "c"): 20,
               ("m", "a"): 40, ("m", "b"): 40, ("m", "c"): 40}  # fmt: skip
    table = pd.DataFrame([
        {"variable": "sex", "category": sex, "other_variable": "town", "other_category": town,
         "n": n, "share": 1.0, "axis": 1, "coordinate": 0.1, "cos2": 0.1, "v_test": 1.0}
        for (sex, town), n in numbers.items()
    ])  # fmt: skip
    known = pd.DataFrame(
        [("sex", "f", 90), ("sex", "m", 120), ("town", "a", 70), ("town", "b", 80),
         ("town", "c", 60)],
        columns=["variable", "category", "n"],
    )  # fmt: skip
    pattern = Pattern(5, cells=frozenset({("town", alone, ALL)}))
    told = crossed_answers(table, {"categories": known}, pattern)
    assert set(told.loc[told["n"].isna(), "other_category"]) == {alone, with_it}
    assert told["n"].notna().sum() == 2
