"""Columns of dates: read in the one way that the column shows, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns
from typology.answers.cells.code_books import Unreadable
from typology.answers.cells.texts import is_missing
from typology.answers.columns.answer_file import AnswerFile, declared_reader
from typology.problems.problem import Problem
from typology.questionnaire.questionnaire import DateFormat, Question
from typology.words.phrases import few, phrase

_TIME = r"(?:[ T]+\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){_TIME}")
_DAY_FIRST: DateFormat = "dd/mm/yyyy"
_MONTH_FIRST: DateFormat = "mm/dd/yyyy"


def read_date(text: str, written: DateFormat | None = None) -> date | None:
    """Return the date that a text says, None for no date; ``written`` orders day and month.

    Where the year comes first, month and day follow. What can be read in two ways, without
    ``written``, is none.

    >>> read_date("2021-03-04"), read_date("13/03/2021"), read_date("04/03/2021")
    (datetime.date(2021, 3, 4), datetime.date(2021, 3, 13), None)
    >>> read_date("04/03/2021", "dd/mm/yyyy")
    datetime.date(2021, 3, 4)
    """
    said = possible_dates(text)
    if written in said:
        return said[written]
    days = set(said.values())
    return days.pop() if len(days) == 1 and written not in (_DAY_FIRST, _MONTH_FIRST) else None


def possible_dates(text: str) -> dict[DateFormat, date]:
    """Return the dates that a text may say, by the way it would then be written."""
    year_first = _YEAR_FIRST.fullmatch(text.strip())
    if year_first is not None:
        year, month, day = map(int, year_first.groups())
        found = _day(year, month, day)
        ways: tuple[DateFormat, ...] = ("yyyy-mm-dd", _DAY_FIRST, _MONTH_FIRST)
        return {} if found is None else dict.fromkeys(ways, found)
    year_last = _YEAR_LAST.fullmatch(text.strip())
    if year_last is None:
        return {}
    one, other, year = map(int, year_last.groups())
    found_by = {_DAY_FIRST: _day(year, other, one), _MONTH_FIRST: _day(year, one, other)}
    return {way: day for way, day in found_by.items() if day is not None}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shown_format(texts: Iterable[str]) -> DateFormat | None:
    """Return how the dates of a column are written, where some can be read in one way only.

    None where nothing shows it, or where cells show different ways.

    >>> shown_format(["04/03/2021", "25/03/2021"]), shown_format(["04/03/2021"])
    ('dd/mm/yyyy', None)
    """
    ways = [set(said) for text in texts if (said := possible_dates(text)) and len(said) < 3]
    certain = {next(iter(way)) for way in ways if len(way) == 1}
    return certain.pop() if len(certain) == 1 else None


def read_date_column(question: Question, file: AnswerFile) -> AnswerColumns:
    """Return the answers to a question asking for a date, "datetime64[s]"."""
    cells = file.cells(question.id)
    written = question.date_format or shown_format(cells.distinct)
    missing = file.conventions.no_answer

    def day(text: str) -> pd.Timestamp | None:
        said = cells.labels.get(text.strip(), "").strip() or text
        if is_missing(said, missing):
            return None
        found = read_date(said, written)
        if found is None:
            raise Unreadable(text.strip(), "date")
        if not _within(question, found):
            raise Unreadable(text.strip(), "bounds")
        return pd.Timestamp(found)

    doubtful = [] if question.date_format else _doubtful(cells.distinct, written, missing)
    problems = ()
    if doubtful:
        problems = (_ambiguous(question, doubtful, cells.column, file),)
        day = partial(_or_nothing, day, frozenset(doubtful))  # told once, not a cell
    column = cells.read(
        declared_reader(question, file, day), "datetime64[s]", expected=_expected(question),
        name=question.id,
    )  # fmt: skip
    notices = ()
    if written and not question.date_format and any(len(possible_dates(text)) == 2
                                                    for text in cells.distinct):  # fmt: skip
        notices = (
            phrase(
                "{column}: dates are read as {format}, as the column shows.",
                column=cells.column, format=written,
            ),
        )  # fmt: skip
    return replace(column, problems=problems, notices=notices)


def _or_nothing(day, doubtful: frozenset[str], text: str):  # type: ignore[no-untyped-def]
    return None if text in doubtful else day(text)


def _within(question: Question, day: date) -> bool:
    after = question.earliest is None or question.earliest <= day
    return after and (question.latest is None or day <= question.latest)


def _doubtful(
    texts: Sequence[str], written: DateFormat | None, no_answer: Sequence[str]
) -> list[str]:
    """Return the dates that can be read in two ways, where nothing says which."""
    if written is not None:
        return []
    return [
        text
        for text in texts
        if not is_missing(text, no_answer) and len(set(possible_dates(text).values())) > 1
    ]


def _expected(question: Question) -> object:
    first, last = question.earliest, question.latest
    if first is not None and last is not None:
        return phrase("a date from {first} to {last}", first=first.isoformat(),
                      last=last.isoformat())  # fmt: skip
    if first is not None:
        return phrase("a date from {first}", first=first.isoformat())
    if last is not None:
        return phrase("a date up to {last}", last=last.isoformat())
    return phrase("a date (2021-03-31 or 31/03/2021)")


def _ambiguous(
    question: Question, texts: Sequence[str], column: str, file: AnswerFile
) -> Problem:
    first = possible_dates(texts[0])
    return Problem(
        row="",
        column=column,
        value=few([phrase("'{answer}'", answer=text) for text in texts]),
        expected=phrase(
            "dates that can be read in one way only ('{text}': {day_first} or {month_first})",
            text=texts[0],
            day_first=first[_DAY_FIRST].isoformat(),
            month_first=first[_MONTH_FIRST].isoformat(),
        ),
        remedy=phrase(
            "Add to the question {name} of the questionnaire: {line}",
            name=question.id,
            line="date_format: dd/mm/yyyy",
        ),
        where=file.table.name,
        count=int(file.cells(question.id).texts.isin(list(texts)).sum()),
    )
