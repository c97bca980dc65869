"""Delimited text: its separator, its rows and their numbers, cells that are broken."""

from __future__ import annotations

import pytest

from typology.answers.platforms import delimited as module
from typology.answers.platforms.delimited import read_delimited, sniff_delimiter
from typology.problems import InputError, Problem


def refused(content: bytes) -> Problem:
    with pytest.raises(InputError) as caught:
        read_delimited(content, "a.csv")
    (problem,) = caught.value.problems
    assert (problem.column, problem.where) == ("", "a.csv")
    return problem


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","), ("a;b\n1;2\n", ";"), ("a\tb\n1\t2\n", "\t"), ("a,b", ","),
        ("id;size\nA;1,5\nB;1,7\n", ";"), ("id,text\nA,x;y\nB,z\n", ","),
        ("id,a;b,c\n1,2;3,4\n5,6;7,8\n", ","),  # of equals, the one that makes most columns
        ("Title\nid;a;b\n1;2;3\n4;5;6\n", ";"), ("", ","), ("one\ntwo\n", ","),
        ("\n\na;b\n1;2\n", ";"), ('a;"b,c,d,e"\n1;2\n', ";"),
    ],
)  # fmt: skip
def test_the_separator_is_the_one_that_cuts_rows_alike(text: str, delimiter: str) -> None:
    assert sniff_delimiter(text) == delimiter


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    table = read_delimited(b"id;a\n\nR1;1\n ; \nR2;2\n", "a.csv")
    assert table.cells.index.tolist() == [3, 5]
    assert table.cells.to_numpy().tolist() == [["R1", "1"], ["R2", "2"]]
    assert (table.name, table.headers, table.notices) == ("a.csv", ("id", "a"), ())


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "'sep=;'"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_declared_separator_is_obeyed_and_its_line_is_counted(line: str, end: str) -> None:
    text = end.join([line, "a,b,c;d", "1,2,3;4", ""])
    table = read_delimited(text.encode(), "a.csv")
    assert table.headers == ("a,b,c", "d")
    assert table.cells.index.tolist() == [3]


def test_a_separator_that_is_none_of_ours_is_not_obeyed() -> None:
    assert read_delimited(b"sep=|\nid;a\nR1;1\nR2;2\n", "a.csv").headers == ("id", "a")


def test_titles_that_end_in_nothing_are_no_columns() -> None:
    table = read_delimited(b"'=id;a;;\nR1;1;;\n", "a.csv")
    assert table.headers == ("=id", "a")


@pytest.mark.parametrize(
    ("content", "row", "found"),
    [
        (b"\n \n", "", "only blank lines"), (b"name\nAnn\n", "", "a single column, 'name'"),
        (b'id;a\nR1;"1"x\n', "2", "text right after a closing quote"),
        (b'id;a\nR1;1\nR2;"1\n', "3", "a quote that is not closed"),
    ],
)  # fmt: skip
def test_what_is_no_table_or_broken_is_told_with_its_row(
    content: bytes, row: str, found: str
) -> None:
    problem = refused(content)
    assert (problem.row, problem.value) == (row, found)
    if row:
        assert problem.expected == 'cells whose quotes are closed, quotes inside doubled ("")'
        assert problem.remedy == (
            "Correct the quotes of this row, or export the answers again as .xlsx."
        )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("',' expected after '\"'", "text right after a closing quote"),
        ("unexpected end of data", "a quote that is not closed"),
        ("field larger than field limit (131072)",
         f"a cell of more than {module.LONGEST_CELL} characters, or a quote that is not closed"),
        ("line contains NUL", "a cell that cannot be read (line contains NUL)"),
    ],
)  # fmt: skip
def test_complaints_of_the_reader_are_in_plain_words(reason: str, said: str) -> None:
    assert module._broken_cell(reason) == said


@pytest.mark.parametrize(
    ("content", "width", "rows"),
    [
        (b"a;b\n1;2\n3;4\n", 2, 3), (b"a;b\r1;2\r", 2, 2), (b"a;b;c\n1;2;3\nxx\n", 3, 2),
        (b"a\nb\nc\n", 1, 0), (b"a;b;c;d", 2, 0),
    ],
)  # fmt: skip
def test_rows_are_counted_by_ends_of_lines_and_separators(
    content: bytes, width: int, rows: int
) -> None:
    assert module._rows_at_least(content, ";", width) == rows


def test_a_line_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_LINE", 8)
    assert read_delimited(b"id;abcd\nR1;1234\n", "a.csv").headers == ("id", "abcd")
    problem = refused(b"id;abcdef\nR1;1\n")
    assert problem.value == "a line of more than 8 characters"
    assert problem.where == "a.csv"
