"""Columns of dates: the way that a column shows, what is out of bounds, what can be two days."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from typology.answers.cells.answer_cells import AnswerColumns
from typology.answers.columns.answer_file import AnswerFile
from typology.answers.columns.date_columns import read_date_column
from typology.answers.headings.matching import ColumnMatch
from typology.answers.platforms import AnswerTable
from typology.questionnaire import Question
from typology.words.number_conventions import Conventions


def read(
    *cells: str, labels: dict[str, str] | None = None, said: dict[str, Any] | None = None,
    **asked: Any,
) -> AnswerColumns:  # fmt: skip
    question = Question.model_validate({"id": "day", "type": "date", "en": "When?", **asked})
    column = pd.DataFrame({0: list(cells)}, index=range(2, len(cells) + 2), dtype="string")
    match = ColumnMatch({"day": 0}, None, None, ignored=(), problems=())
    table = AnswerTable("a.csv", ("Your day",), column, value_labels={0: labels or {}})
    rows = pd.Series(range(2, len(cells) + 2))
    file = AnswerFile(table, match, rows, Conventions(**(said or {})))
    return read_date_column(question, file)


def days(found: AnswerColumns) -> list[str | None]:
    return [None if pd.isna(each) else str(each.date()) for each in found.columns["day"]]


def test_dates_are_read_as_the_column_shows() -> None:
    found = read("04/03/2021", "25/03/2021", "", "2021-05-06")
    assert days(found) == ["2021-03-04", "2021-03-25", None, "2021-05-06"]
    assert found.columns["day"].dtype == "datetime64[s]"
    assert found.notices == ("day (Your day): dates are read as dd/mm/yyyy, as the column shows.",)
    other = read("04/03/2021", "03/25/2021")
    assert days(other) == ["2021-04-03", "2021-03-25"]
    assert other.notices == ("day (Your day): dates are read as mm/dd/yyyy, as the column shows.",)
    assert read("25/03/2021").notices == ()
    assert read("2021-03-04").notices == ()


def test_a_declared_format_is_obeyed_without_a_word() -> None:
    found = read("04/03/2021", "2021-05-06", date_format="mm/dd/yyyy")
    assert (days(found), found.notices) == (["2021-04-03", "2021-05-06"], ())
    (unread,) = read("25/03/2021", date_format="mm/dd/yyyy").unread
    assert (unread.kind, unread.part) == ("date", "25/03/2021")


def test_dates_of_two_days_are_one_problem_with_its_line() -> None:
    found = read(
        "04/03/2021", "05/06/2021", "04/03/2021", "2021-01-02", "?", said={"no_answer": ("?",)}
    )
    assert days(found) == [None, None, None, "2021-01-02", None]
    assert found.unread == ()
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.where) == ("", "day (Your day)", "a.csv")
    assert (problem.value, problem.count) == ("04/03/2021, 05/06/2021", 3)
    assert problem.expected == (
        "dates that can be read in one way only ('04/03/2021': 2021-03-04 or 2021-04-03)"
    )
    assert problem.remedy == (
        "Add to the question day of the questionnaire: date_format: dd/mm/yyyy"
    )
    assert read("03/03/2021").problems == ()


def test_dates_that_a_spreadsheet_may_have_exchanged_are_a_problem() -> None:
    found = read("2021-10-03", "2021-07-02", "25/03/2021", "13/02/2021")
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.where) == ("", "day (Your day)", "a.csv")
    assert (problem.value, problem.count) == ("2021-10-03, 2021-07-02", 2)
    assert problem.expected == (
        "dates that are all written in one way: no day of these is above 12, every day of the "
        "others is, as where a spreadsheet exchanged day and month"
    )
    assert problem.remedy == (
        "Bring the export into the spreadsheet again with this column as text; if these dates are "
        "right, write the others as 2021-03-31 too."
    )


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({}, "a date (2021-03-31 or 31/03/2021)"),
        ({"earliest": "2021-01-01"}, "a date from 2021-01-01"),
        ({"latest": "2021-12-31"}, "a date up to 2021-12-31"),
        ({"earliest": "2021-01-01", "latest": "2021-12-31"},
         "a date from 2021-01-01 to 2021-12-31"),
    ],
)  # fmt: skip
def test_what_is_no_date_of_the_question_is_told(bounds: dict[str, str], expected: str) -> None:
    found = read("2020-12-31", "2021-01-01", " 2021-12-31", "2022-01-01", " soon ", **bounds)
    assert all(unread.expected == expected for unread in found.unread)
    assert all(unread.name == "day" for unread in found.unread)
    told = [(unread.kind, unread.part) for unread in found.unread]
    early, late = "earliest" in bounds, "latest" in bounds
    assert told == [
        *([("bounds", "2020-12-31")] if early else []),
        *([("bounds", "2022-01-01")] if late else []),
        ("date", "soon"),
    ]  # fmt: skip
    assert days(found)[1:3] == ["2021-01-01", "2021-12-31"]


def test_labels_and_declared_words_say_dates() -> None:
    found = read("1", "2", "3", "x", labels={"1": " 2021-03-04 ", "2": "No answer", "3": " "},
                 said={"answer_words": {"day": {"x": "2021-05-06"}}})  # fmt: skip
    assert days(found) == ["2021-03-04", None, None, "2021-05-06"]
    assert [unread.part for unread in found.unread] == ["3"]
