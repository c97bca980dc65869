"""Columns of dates: read in the one way that the column shows, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns
from typology.answers.cells.code_books import Unreadable
from typology.answers.cells.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    perhaps_exchanged,
    possible_dates,
    read_date,
    shown_format,
)
from typology.answers.cells.texts import is_missing
from typology.answers.columns.answer_file import AnswerFile, Reader, declared_reader
from typology.problems.problem import Problem
from typology.questionnaire.questionnaire import DateFormat, Question
from typology.words.phrases import Phrase, few, phrase


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
    reader: Reader[pd.Timestamp] = day
    problems: tuple[Problem, ...] = ()
    if doubtful:
        problems = (_ambiguous(question, doubtful, cells.column, file),)
        reader = partial(_or_nothing, day, frozenset(doubtful))  # told once, not by cell
    exchanged = perhaps_exchanged(cells.distinct)
    if exchanged:
        problems = (*problems, _exchanged(exchanged, cells.column, file))
    column = cells.read(
        declared_reader(question, file, reader), "datetime64[s]", expected=_expected(question),
        name=question.id,
    )  # fmt: skip
    notices: tuple[str, ...] = ()
    if written and not question.date_format and any(len(possible_dates(text)) == 2
                                                    for text in cells.distinct):  # fmt: skip
        notices = (
            phrase(
                "{column}: dates are read as {format}, as the column shows.",
                column=cells.column, format=written,
            ),
        )  # fmt: skip
    return replace(column, problems=problems, notices=notices)


def _or_nothing(
    day: Callable[[str], pd.Timestamp | None], doubtful: frozenset[str], text: str
) -> pd.Timestamp | None:
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


def _expected(question: Question) -> Phrase:
    first, last = question.earliest, question.latest
    if first is not None and last is not None:
        return phrase("a date from {first} to {last}", first=first.isoformat(),
                      last=last.isoformat())  # fmt: skip
    if first is not None:
        return phrase("a date from {first}", first=first.isoformat())
    if last is not None:
        return phrase("a date up to {last}", last=last.isoformat())
    return phrase("a date (2021-03-31 or 31/03/2021)")


def _ambiguous(question: Question, texts: Sequence[str], column: str, file: AnswerFile) -> Problem:
    first = possible_dates(texts[0])
    return Problem(
        row="",
        column=column,
        value=few(list(texts)),
        expected=phrase(
            "dates that can be read in one way only ('{text}': {day_first} or {month_first})",
            text=texts[0],
            day_first=first[DAY_FIRST].isoformat(),
            month_first=first[MONTH_FIRST].isoformat(),
        ),
        remedy=phrase(
            "Add to the question {name} of the questionnaire: {line}",
            name=question.id,
            line="date_format: dd/mm/yyyy",
        ),
        where=file.table.name,
        count=int(file.cells(question.id).texts.isin(list(texts)).sum()),
    )


def _exchanged(texts: Sequence[str], column: str, file: AnswerFile) -> Problem:
    return Problem(
        row="",
        column=column,
        value=few(list(texts)),
        expected=phrase(
            "dates that are all written in one way: no day of these is above 12, every day of the "
            "others is, as where a spreadsheet exchanged day and month"
        ),
        remedy=phrase(
            "Bring the export into the spreadsheet again with this column as text; if these dates "
            "are right, write the others as 2021-03-31 too."
        ),
        where=file.table.name,
        count=len(texts),
    )
