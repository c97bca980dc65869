"""The table of a file: what is part of it, and what stands outside."""

from __future__ import annotations

import numpy as np
import pytest

from typology.answers.platforms.delimited import read_delimited
from typology.answers.platforms.table import AnswerTable, assembled, column_letters
from typology.problems.problem import Problem


def table(header: list[str], columns: dict[int, list[str]], numbers: list[int]) -> AnswerTable:
    cells = {at: np.array(texts, dtype=object) for at, texts in columns.items()}
    return assembled("a.csv", header, np.array(numbers), cells)


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_a_column_has_the_letters_of_a_spreadsheet(number, letters):
    assert column_letters(number) == letters


def test_blank_columns_are_left_out_and_untitled_ones_beside_the_table_kept():
    read = table(
        ["id", "", " E01 ", "", ""],
        {0: ["A", "B"], 1: ["", " "], 2: ["1", "2"], 3: ["", "x"]},
        [2, 3],
    )
    assert read.headers == ("id", "E01", "")
    assert read.cells.to_numpy().tolist() == [["A", "1", ""], ["B", "2", "x"]]
    assert read.cells.index.tolist() == [2, 3]
    assert read.notices == ()


def test_cells_beyond_a_blank_column_are_outside():
    read = table(["id", "E01"], {0: ["A", "B"], 1: ["1", "2"], 3: ["", "a note"]}, [2, 3])
    assert read.headers == ("id", "E01")
    assert read.notices == ("Cells outside the table are not read: D3 ('a note').",)


def test_a_note_is_cut_where_it_is_told():
    read = table(["id", "E01"], {0: ["A"], 1: ["1"], 3: ["0123456789" * 3]}, [2])
    assert read.notices == ("Cells outside the table are not read: D2 ('01234567890123456789').",)


def test_rows_below_a_blank_one_are_outside_when_they_fill_one_cell():
    columns = {0: ["A", "B", "Sum", "End"], 1: ["1", "", "", ""], 2: ["2", "3", "", ""]}
    read = table(["id", "E01", "E02"], columns, [2, 4, 6, 7])
    assert read.cells.index.tolist() == [2, 4]
    assert read.notices == ("Cells outside the table are not read: A6 ('Sum'), A7 ('End').",)
    # Right below the others they are respondents who answered nothing.
    read = table(["id", "E01", "E02"], columns, [2, 4, 5, 6])
    assert read.cells.index.tolist() == [2, 4, 5, 6]


def test_rows_that_repeat_every_title_are_left_out():
    columns = {0: ["A", "id", "id"], 1: ["1", " E01 ", "1"]}
    read = table(["id", "E01"], columns, [2, 3, 4])
    assert read.cells.index.tolist() == [2, 4]
    assert read.notices == ("Rows that repeat the header are not read: 3.",)


def test_what_is_wrong_with_a_column_follows_it():
    problem = Problem("2", "E01", "", "a value", "Correct it.")  # type: ignore[arg-type]
    read = assembled(
        "a.csv",
        ["id", "", "E01"],
        np.array([2]),
        {0: np.array(["A"], dtype=object), 2: np.array(["1"], dtype=object)},
        descriptions=["who", "nothing", " What? "],
        column_problems={2: (problem,)},
        numbers_stored={2: np.array([True])},
        hidden=True,
    )
    assert read.column_problems == {1: (problem,)}
    assert read.problems_of([1, None, 1]) == [problem]
    assert read.problems_of([0, None]) == []
    assert (read.description(1), read.description(0)) == ("What?", "who")
    assert {at: stored.tolist() for at, stored in read.numbers.items()} == {1: [True]}
    assert (read.hidden, read.name) == (True, "a.csv")


@pytest.mark.parametrize("given", [[], ["who"], ["who", ""], ["who", "", "What?", "beside"]])
def test_a_column_without_a_description_has_an_empty_one(given):
    columns = {at: np.array([str(at)], dtype=object) for at in range(3)}
    read = assembled("a.csv", ["id", "E01", "E02"], np.array([2]), columns, descriptions=given)
    expected = [*given, "", "", ""][:3]
    assert [read.description(at) for at in range(3)] == expected
    assert read.descriptions == tuple(expected if given else ())


def test_a_file_cut_short_and_the_rest_of_a_text_are_told():
    table = read_delimited(b"id,E01,word\na,1,x\nb,2", "a.csv")
    assert any("cut short on its way" in notice for notice in table.notices)
    table = read_delimited(b"id,E01,word\na,1,good\nday\nb,2,x\n", "a.csv")
    (told,) = [notice for notice in table.notices if "one cell alone" in notice]
    assert "3 ('day')" in told
    table = read_delimited(b"id,E01,word\na,1\nb,2,x\n", "a.csv")
    assert len(table.notices) == 1


@pytest.mark.parametrize(
    ("ending", "told"), [("\n\n3,3,3", ["Row 42 stands"]), ("\n\n3,3,3\n2,2,2", ["Rows 42, 43"]),
                         ("", []), ("\n\n" + "3,3,3\n" * 12, [])],
)  # fmt: skip
def test_a_few_last_rows_below_an_empty_one_are_told(ending: str, told: list[str]) -> None:
    rows = "\n".join(["1,2,3"] * 39)
    table = read_delimited(f"a,b,c\n{rows}{ending}\n".encode(), "a.csv")
    assert len(table.notices) == len(told)
    assert all(str(each).startswith(tuple(told)) for each in table.notices)
