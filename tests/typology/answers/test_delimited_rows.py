"""Rows under their header: short, long, cut by another separator, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from typology.answers.platforms import delimited_rows as module
from typology.answers.platforms.delimited_rows import RowCollector
from typology.problems import InputError, Problem


def collected(*rows: list[str], width: int = 3, delimiter: str = ",") -> RowCollector:
    found = RowCollector("a.csv", width, delimiter)
    for number, row in enumerate(rows, start=2):
        found.add(number, row)
    return found


def problems(found: RowCollector) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        found.finished()
    return caught.value.problems


def test_rows_become_columns_with_their_numbers() -> None:
    found = RowCollector("a.csv", 2, ";")
    found.add(2, ["a", "'=1"])
    found.add(5, ["b", ""])
    numbers, columns, notices = found.finished()
    assert numbers.tolist() == [2, 5]
    assert numbers.dtype == np.int64
    assert {at: column.tolist() for at, column in columns.items()} == {
        0: ["a", "b"], 1: ["=1", ""],
    }  # fmt: skip
    assert {column.dtype.kind for column in columns.values()} == {"O"}
    assert notices == []


def test_no_row_makes_empty_columns() -> None:
    numbers, columns, notices = collected(width=2).finished()
    assert (numbers.tolist(), notices) == ([], [])
    assert [len(column) for column in columns.values()] == [0, 0]


@pytest.mark.parametrize("chunk", [1, 2, 3, 4])
def test_rows_are_stored_piece_by_piece(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(module, "_CHUNK", chunk)
    rows = [["a", "x"], ["b", "x"], ["a", "y"]]
    _, columns, _ = collected(*rows, width=2).finished()
    assert columns[0].tolist() == ["a", "b", "a"]
    assert columns[1].tolist() == ["x", "x", "y"]
    assert columns[0][0] is columns[0][2]


def test_rows_that_end_before_the_last_column_are_told() -> None:
    numbers, columns, notices = collected(
        ["a", "b"], ["c", "d", "e"], ["f", "g"], ["h"] * 3
    ).finished()
    assert columns[2].tolist() == ["", "e", "", "h"]
    assert notices == [
        "Rows that end before the last column: 2 (2, 4); their last cells are read as empty."
    ]
    assert len(numbers) == 4


def test_a_last_row_that_is_short_may_be_cut() -> None:
    notices = collected(["a", "b", "c"], ["d", "e"]).finished()[2]
    assert notices[1:] == [
        "It is the last row: the file may have been cut short on its way. Compare its number of "
        "respondents with that of the survey tool."
    ]
    assert len(collected(["a", "b"], ["d", "e"]).finished()[2]) == 1


def test_rows_of_one_cell_may_be_the_rest_of_a_text() -> None:
    long = "and the rest of a long text"
    notices = collected([long], ["a", "b", "c"], ["more"]).finished()[2]
    assert notices[1:] == [
        "Rows of one cell alone: 2 ('and the rest of a...'), 4 ('more'). They may be the rest of a "
        "text with line ends outside quotes, and no respondents: remove them then, or export the "
        "answers as .xlsx."
    ]
    # Of two columns, one cell is a row without its last.
    assert len(collected(["x"], ["a", "b"], width=2).finished()[2]) == 1


def test_rows_longer_than_the_header_are_told_by_their_length() -> None:
    found = problems(collected([*"abcd"], [*"abcde"], [*"wxyz"], [*"abc", "", " "]))
    assert [(each.row, each.column, each.value, each.where) for each in found] == [
        ("2, 4", "", "4 cells", "a.csv"), ("3", "", "5 cells", "a.csv"),
    ]  # fmt: skip
    for each in found:
        assert each.expected == "3 cells, as in the header"
        assert each.remedy == (
            "Put texts that hold the separator between double quotes, "
            "or export the answers as .xlsx."
        )
    assert collected([*"abc", "", " "]).finished()[1][2].tolist() == ["c"]


@pytest.mark.parametrize(
    ("delimiter", "row", "own", "other"),
    [
        (",", "a;b;c", "commas", "semicolons"), (";", "a,b,c", "semicolons", "commas"),
        (",", "a\tb\tc", "commas", "tabs"), ("\t", "a;b;c", "tabs", "semicolons"),
    ],
)  # fmt: skip
def test_rows_cut_by_another_separator_are_told(
    delimiter: str, row: str, own: str, other: str
) -> None:
    (problem,) = problems(collected([row], ["a", "b", "c"], [row], delimiter=delimiter))
    assert (problem.row, problem.column, problem.where) == ("2, 4", "", "a.csv")
    assert problem.value == f"cells separated by {other}"
    assert problem.expected == f"cells separated by {own}, as in the header"
    assert problem.remedy == "Export the answers again with one separator, or as .xlsx."


@pytest.mark.parametrize(
    ("row", "other"),
    [
        (["a;b;c;d"], ";"),  # the row is one cell: any other separator
        (["a;b;c", "d"], ";"),  # two others, two lacking
        (["a;b", "c", "d"], ""),  # mostly cut as the header is
        (["a;b;c;d;e", "f"], ""),  # other numbers than are lacking
        (["a;b\tc", "d"], ""),  # no other has more than the own
        (["a;b;c\td", "e"], ";"),
        (["plain"], ""),
        (["a", "b"], ""),
    ],
)
def test_another_separator_is_one_that_makes_up_what_is_lacking(row: list[str], other: str) -> None:
    assert RowCollector("a.csv", 4, ",")._other_separator(row) == other


def test_too_many_different_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TEXT", 3 * (50 + 10))
    collected(*[["x" * 10]] * 9, ["y" * 10], ["z" * 10], width=1).finished()
    (problem,) = problems(collected(["x" * 10], ["y" * 10], ["z" * 11], width=1))
    assert problem.value == "more than 0 MB of different texts"
    assert problem.where == "a.csv"
