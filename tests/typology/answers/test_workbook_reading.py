"""What a workbook shows, hides and leaves uncomputed."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from typology.answers.platforms import read_tables
from typology.answers.responses import inspect_responses
from typology.problems.problem import InputError
from typology.questionnaire.questionnaire import Questionnaire

ROWS: list[list[Any]] = [["id", "E01", "note"], ["A", 1, "x"], ["B", 2, "y"], ["C", 3, "z"]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xlsx"


@pytest.fixture
def questionnaire() -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "title": {"en": "Coffee"},
            "scales": {"s": [{"code": at, "en": str(at)} for at in (1, 2, 3)]},
            "blocks": [
                {"id": "hopes", "title": {"en": "Hopes"}, "scale": "s", "direction": "favourable",
                 "items": [{"id": "E01", "en": "It is hot"}]}
            ],
        }
    )  # fmt: skip


def book_of(rows: list[list[Any]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_formulas_without_a_value_are_a_problem_of_their_column(path, questionnaire):
    book = book_of(ROWS)
    book.active["B2"], book.active["B4"], book.active["C2"] = "=2-1", "=2+1", '="x"'
    book.save(path)
    responses, problems, _ = inspect_responses(path, questionnaire, ignore=["note"])
    assert responses is None
    (problem,) = problems
    assert (problem.column, problem.row) == ("E01", "2, 4")
    assert problem.value == "formulas without a computed value: 2"
    assert "save it again" in problem.remedy


def test_formulas_of_a_column_that_is_not_read_are_no_problem(path, questionnaire):
    book = book_of(ROWS)
    book.active["C2"] = '="x"'
    book.save(path)
    responses, problems, _ = inspect_responses(path, questionnaire, ignore=["note"])
    assert not problems
    assert responses is not None


@pytest.mark.parametrize(("value", "read"), [(3, True), (0, False)])
def test_formulas_give_the_value_that_was_stored(path, value, read):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "E01"])
    sheet.write_row(1, 0, ["A"])
    sheet.write_formula(1, 1, "=1+2", None, value)  # this library stores 0 unless told otherwise
    book.close()
    (table,) = read_tables(path)
    assert bool(table.column_problems) is not read
    assert table.cells.iloc[0, 1] == str(value)


def test_a_formula_whose_text_is_empty_is_an_empty_cell(path):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "E01"])
    sheet.write_row(1, 0, ["A"])
    sheet.write_formula(1, 1, '=""', None, "")
    book.close()
    (table,) = read_tables(path)
    assert table.cells.to_numpy().tolist() == [["A", ""]]


def test_errors_are_a_problem_of_their_column(path):
    book = book_of(ROWS)
    book.active["B2"], book.active["B3"] = "#N/A", "#REF!"
    book.save(path)
    (table,) = read_tables(path)
    (problem,) = table.column_problems[1]
    assert problem.row == "2, 3"
    assert problem.value == "cells that show an error (#N/A, #REF!): 2"


def test_a_visible_sheet_of_answers_wins_over_a_hidden_one(path, questionnaire):
    book = book_of([["id", "E01", "more"], ["old", 3, 1]])
    book.active.sheet_state = "hidden"
    seen = book.create_sheet("seen")
    for row in ROWS:
        seen.append(row)
    book.save(path)
    responses, _, notices = inspect_responses(path, questionnaire, ignore=["note"])
    assert responses is not None
    assert list(responses.items.index) == ["A", "B", "C"]
    assert "Hidden sheets are not read: a.xlsx [Sheet]." in notices


def test_a_hidden_sheet_is_read_when_no_visible_one_holds_answers(path, questionnaire):
    book = book_of(ROWS)
    book.active.sheet_state = "veryHidden"
    notes = book.create_sheet("notes")
    notes.append(["who", "when"])
    notes.append(["me", "today"])
    book.save(path)
    responses, _, notices = inspect_responses(path, questionnaire, ignore=["note"])
    assert responses is not None
    assert any("The sheet is hidden" in notice for notice in notices)


def test_hidden_rows_and_columns_are_read_and_told(path):
    book = book_of(ROWS)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.save(path)
    (table,) = read_tables(path)
    assert table.cells.shape == (3, 3)
    rows, columns = table.notices
    assert "are read: 1 (3)" in rows
    assert "are read: C." in columns


@pytest.mark.parametrize(
    ("value", "number_format", "text", "told"),
    [
        (4, "General", "4", False),
        ("4", "@", "4", False),
        (0.1 + 0.2, "General", "0.3", False),
        (True, "General", "True", False),
        (0.25, "0%", "25%", False),
        (0.125, "0.0%", "12.5%", False),
        (datetime.datetime(2020, 5, 4), "yyyy-mm-dd", "2020-05-04", False),
        (datetime.datetime(2020, 5, 4, 10, 30), "dd/mm/yy hh:mm", "2020-05-04 10:30:00", False),
        (datetime.time(10, 30), "hh:mm", "10:30:00", False),
        (1.5, "[h]:mm", "36:00:00", False),
        (1280, "#,##0", "1280", False),
        (12.5, "0.00", "12.5", False),
        (41.37, "0", "41.37", True),
        (7, "000", "7", True),
        (1, '[=1]"Yes";[=2]"No"', "1", True),
        (3, '0" / 5"', "3", True),
        (2_500_000, "0.0,,", "2500000", True),
    ],
)
def test_numbers_are_read_as_stored_and_percentages_as_shown(
    path, value, number_format, text, told
):
    book = book_of([["id", "x"], ["A", value]])
    book.active["B2"].number_format = number_format
    book.save(path)
    (table,) = read_tables(path)
    assert table.cells.iloc[0, 1] == text
    assert bool(table.notices) is told


def test_merged_cells_among_the_answers_are_told(path):
    book = book_of(ROWS)
    book.active.merge_cells("B2:B3")
    book.save(path)
    (table,) = read_tables(path)
    assert "B2:B3" in table.notices[0]


def test_dates_counted_from_1904_are_the_same_dates(path):
    book = book_of([["id", "x"]])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["A", datetime.datetime(2020, 5, 4)])
    book.save(path)
    assert read_tables(path)[0].cells.iloc[0, 1] == "2020-05-04"


def test_decimal_numbers_are_told_from_typed_texts(path):
    book_of([["id", "x"], ["A", 1.5], ["B", "2.5"]]).save(path)
    (table,) = read_tables(path)
    assert {at: cells.tolist() for at, cells in table.numbers.items()} == {1: [True, False]}


def test_a_column_may_have_errors_and_formulas_without_a_value(path):
    book = book_of([["id", "E01", None], ["A", 1, None], ["B", 2, None], ["C", 3, "x"]])
    book.active["B2"], book.active["B3"], book.active["C2"] = "=1+1", "#N/A", "#DIV/0!"
    book.save(path)
    (table,) = read_tables(path)
    uncomputed, wrong = table.column_problems[1]
    assert (uncomputed.row, wrong.row) == ("2", "3")
    assert {each.column for each in (uncomputed, wrong)} == {"E01"}
    (unnamed,) = table.column_problems[2]
    assert str(unnamed) == (
        "a.xlsx [Sheet]: row 2, column C: found cells that show an error (#DIV/0!): 1, expected an "
        "answer, or an empty cell. Correct the formula, or empty these cells."
    )


def test_booleans_are_read_as_such(path):
    book_of([["id", "x"], ["A", True], ["B", False]]).save(path)
    assert read_tables(path)[0].cells.iloc[:, 1].tolist() == ["True", "False"]


def test_a_workbook_with_a_document_type_is_refused_as_such(path):
    book_of(ROWS).save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            head = b"<!DOCTYPE x>" if name == "xl/worksheets/sheet1.xml" else b""
            archive.writestr(name, head + content)
    with pytest.raises(InputError, match="a workbook with a document type declaration"):
        read_tables(path)


def test_shared_texts_may_be_in_several_runs_and_have_a_pronunciation(path):
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_column(0, 0, ["id", "A"])
    book.worksheets()[0].write_column(0, 1, ["E01", "said"])
    book.close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = ["<t>id</t>", "<t>A</t>", "<t>E01</t>",
             "<r><t>to</t></r><r><t>kyo_x000A_</t></r><rPh><t>no</t></rPh>"]  # fmt: skip
    shared = "".join(f"<si>{text}</si>" for text in texts)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{shared}</sst>'.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (table,) = read_tables(path)
    assert table.headers == ("id", "E01")
    assert table.cells.to_numpy().tolist() == [["A", "tokyo\n"]]


def test_a_second_sheet_with_the_same_questions_is_told_with_its_rows(path, questionnaire):
    book = book_of(ROWS)
    book.copy_worksheet(book.active).title = "second wave"
    book.save(path)
    _, _, notices = inspect_responses(path, questionnaire, ignore=["note"])
    (told,) = [notice for notice in notices if "answers the same questions" in notice]
    assert told.startswith("a.xlsx [second wave]")
    assert "on 3 rows that are not read" in told
