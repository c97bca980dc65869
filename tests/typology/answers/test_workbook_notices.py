"""What is said of the cells of a workbook: without a value, hidden, merged, shown otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from typology.answers.platforms.excel import workbook as module
from typology.answers.platforms.excel.sheet_cells import SheetCells
from typology.answers.platforms.header_rows import Header


def header(*names: str, first: int = 1) -> Header:
    return Header(names, (), first, ())


def cells(**more: Any) -> SheetCells:
    found = SheetCells(rows=[1, 2, 3, 5, 6])
    for name, value in more.items():
        own = getattr(found, name)
        if isinstance(own, dict):
            own.update(value)
        else:
            setattr(found, name, value)
    return found


def test_formulas_without_a_value_and_errors_are_problems_of_their_columns() -> None:
    found = module._column_problems(
        cells(uncomputed={0: [2, 3], 1: [], 2: [5]},
              errors={0: [(2, "#N/A")], 27: [(3, "#REF!"), (5, "#N/A"), (6, "#REF!")]}),
        header(" E01 ", "", ""), "a.xlsx [One]",
    )  # fmt: skip
    assert list(found) == [0, 2, 27]
    first, second = found[0]
    assert (first.row, first.column, first.where) == ("2, 3", "E01", "a.xlsx [One]")
    assert first.value == "formulas without a computed value: 2"
    assert first.expected == "the value of each formula, stored in the file"
    assert first.remedy == "Open it in Excel or LibreOffice and save it again as .xlsx."
    assert (second.row, second.column, second.where) == ("2", "E01", "a.xlsx [One]")
    assert second.value == "cells that show an error (#N/A): 1"
    assert second.expected == "an answer, or an empty cell"
    assert second.remedy == "Correct the formula, or empty these cells."
    (untitled,) = found[2]
    assert (untitled.row, untitled.column) == ("5", "C")
    (beyond,) = found[27]
    assert (beyond.row, beyond.column) == ("3, 5, 6", "AB")
    assert beyond.value == "cells that show an error (#N/A, #REF!): 3"


def test_zeros_are_no_values_where_every_formula_has_one() -> None:
    held = cells(zeros={0: [2, 3], 1: [2]}, formulas={0: [2, 3], 1: [2, 3]})
    module._forget_zeros(held)
    assert dict(held.uncomputed) == {0: [2, 3]}


def test_hidden_rows_of_respondents_and_hidden_columns_that_hold_something_are_told() -> None:
    held = cells(hidden_rows=[1, 3, 5], hidden_columns={1, 3, 9}, places={0: [0], 1: [1], 3: [1]})
    assert module._hidden_notices(held, 1) == [
        "Rows hidden in the workbook, by a filter or by hand, are read: 2 (3, 5). "
        "Delete them if they are not to be counted.",
        "Columns hidden in the workbook are read: B, D.",
    ]
    assert module._hidden_notices(cells(hidden_rows=[1], hidden_columns={2}), 1) == []


def test_numbers_shown_otherwise_are_told_with_an_example() -> None:
    held = cells(shown={2: "3.14", 0: "7"})
    assert module._other_notices(held, header("id", "", "")) == [
        "Numbers are read as stored where Excel shows them otherwise (rounded, padded or in "
        "words): id (7), C (3.14)."
    ]
    assert module._other_notices(cells(), header("id")) == []


def test_merged_cells_are_told_where_they_reach_the_answers() -> None:
    held = cells(merged=["A1:B1", "A1:B2", "C3:C4", "D9"])
    assert module._other_notices(held, header("id")) == [
        "Merged cells among the answers: A1:B2, C3:C4. Only the first cell of each is filled."
    ]
    assert module._other_notices(held, header("id", first=5)) == []
    assert module._other_notices(held, header("id", first=2)) == [
        "Merged cells among the answers: C3:C4. Only the first cell of each is filled."
    ]


@pytest.mark.parametrize(
    ("cell_range", "last"),
    [("A1:B12", 12), ("A1:B1", 1), ("A7", 0), ("", 0), ("A1:XFD1048576", 1048576)],
)
def test_the_last_row_of_a_range(cell_range: str, last: int) -> None:
    assert module._last_row(cell_range) == last
