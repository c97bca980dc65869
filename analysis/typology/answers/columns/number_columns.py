"""Columns of numbers, some of which may have a label in a statistics file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns, Cells
from typology.answers.cells.code_books import Unreadable
from typology.answers.cells.number_marks import mark_notices
from typology.answers.cells.texts import is_missing, is_unit, number_reader, read_number
from typology.answers.columns.answer_file import AnswerFile, Reader, declared_reader
from typology.answers.columns.percentages import percent_notices, without_doubtful_shares
from typology.questionnaire import Question
from typology.questionnaire.header_names import fold_wording
from typology.words.number_conventions import Conventions, study_line
from typology.words.phrases import Phrase, joined, phrase
from typology.words.written_numbers import DecimalMark, readings

_MISSING_CODE = re.compile(r"-[0-9]{1,4}|9{2,6}")
"""Whole numbers that files often have where there is no answer."""
_FAR = 1.5
"""So many times the largest of the other numbers, such a number stands apart."""
_MOST_CODES = 8
"""No file has more codes of no answer in a column: more negative numbers are numbers."""


def read_number_column(question: Question, file: AnswerFile) -> AnswerColumns:
    """Return the answers to a question asking for a number, "Float64"."""
    cells = file.cells(question.id)
    low, high = question.min, question.max
    if low is not None and high is not None:
        expected = phrase("a number from {low} to {high}", low=low, high=high)
    elif low is not None:
        expected = phrase("a number from {bound}", bound=low)
    elif high is not None:
        expected = phrase("a number up to {bound}", bound=high)
    else:
        expected = phrase("a number")
    column, mark = read_number_cells(question, cells, file, expected=expected)
    notices = (
        *mark_notices(cells.column, mark),
        *percent_notices(question, cells),
        *_missing_codes(question, cells, column.columns[cells.key]),
    )
    return replace(column, notices=notices)


def _missing_codes(question: Question, cells: Cells, numbers: pd.Series[Any]) -> list[Phrase]:
    """Return that numbers may mean "no answer": 999 or -99, far from all the others."""
    known = numbers.dropna().astype(float)
    codes = sorted({each for each in known if _MISSING_CODE.fullmatch(f"{each:g}")})
    others = known[~known.isin(codes)]
    if not len(others):
        return []
    far = [each for each in codes if (each < 0 <= others.min()) or each > _FAR * others.max()]
    if not 0 < len(far) <= _MOST_CODES:
        return []
    return [
        phrase(
            "{column}: numbers far from the others, or negative where the others are not: "
            "{numbers}. They are read as numbers; if they mean no answer, add to the study file: "
            "{line}",
            column=cells.column,
            numbers=joined([f"'{each:g}' ({int((known == each).sum())})" for each in far], ", "),
            line=study_line("answer_words", {question.id: {f"{each:g}": "" for each in far}}),
        )
    ]


def read_number_cells(
    question: Question,
    cells: Cells,
    file: AnswerFile,
    *,
    expected: Phrase,
    dtype: str = "Float64",
    of_number: Callable[[Reader[float], str], object] = lambda number, text: number(text),
) -> tuple[AnswerColumns, DecimalMark]:
    """Return a column of numbers, and the mark before the decimals of those that were typed.

    Cells that are numbers of the file are read by themselves: a text that looks like one of them
    may be another number. ``of_number`` says what a cell holds, given the reader of its number and
    its text.
    """
    conventions = file.conventions
    typed, mark = number_reader(
        cells.typed.distinct, question, conventions.no_answer, declared=conventions.decimal_mark
    )
    stored = partial(read_number, question=question, no_answer=conventions.no_answer, mark=".")

    def column(part: Cells, plain: Reader[float]) -> AnswerColumns:
        certain = without_doubtful_shares(question, cells, plain)
        declared = declared_reader(question, file, certain)
        number = _labelled_number(question, cells, declared, conventions)
        return part.read(partial(of_number, number), dtype, expected=expected, name=question.id)

    unit = partial(is_unit, question)
    renumbered = (cells.key,) if _numbers_by_label(question, cells, conventions) and any(
        readings(cells.labels.get(text.strip(), ""), unit) != readings(text, unit)
        for text in cells.distinct
        if not is_missing(cells.labels.get(text.strip(), text), conventions.no_answer)
    ) else ()  # fmt: skip
    if not cells.stored.any():
        return replace(column(cells, typed), renumbered=renumbered), mark
    by_hand, by_file = column(cells.typed, typed), column(cells.only_stored, stored)
    values = by_hand.columns[cells.key].where(~cells.stored, by_file.columns[cells.key])
    unread = (*by_hand.unread, *by_file.unread)
    return AnswerColumns({cells.key: values}, unread, renumbered=renumbered), mark


def _labelled_number(
    question: Question, cells: Cells, plain: Reader[float], conventions: Conventions
) -> Reader[float]:
    """Return the reader of a column of numbers some of which may have a label.

    A label says that there is no answer, or the same number, or what the study file declares; or
    the number itself where every number of the file has a label that is one, as in a factor.
    """
    words = {fold_wording(word) for word in conventions.words_of(question.id)}
    by_label = _numbers_by_label(question, cells, conventions)

    def number(text: str) -> float | None:
        label = cells.labels.get(text.strip(), "").strip()
        if not any(sign.isalnum() for sign in label):
            return plain(text)
        if is_missing(label, conventions.no_answer):
            return None
        if by_label or fold_wording(label) in words:
            return plain(label)
        said = readings(label, partial(is_unit, question))
        if not said or said != readings(text):
            raise Unreadable(label, "label")
        return plain(text)

    return number


def _numbers_by_label(question: Question, cells: Cells, conventions: Conventions) -> bool:
    """Return whether the numbers of a column only number its labels, which are the numbers meant.

    So R's haven writes a factor: 1 is "35", 2 is "37.5".
    """
    said = {text: cells.labels.get(text.strip(), "").strip() for text in cells.distinct
            if not is_missing(text, conventions.no_answer)}  # fmt: skip
    told = {text: label for text, label in said.items()
            if not (label and is_missing(label, conventions.no_answer))}  # fmt: skip
    unit = partial(is_unit, question)
    return bool(told) and all(label and readings(label, unit) for label in told.values())
