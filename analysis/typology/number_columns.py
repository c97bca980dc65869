"""Columns of numbers, some of which may have a label in a statistics file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from typology.answer_file import AnswerFile, Reader, declared_reader
from typology.answers import is_missing, is_unit, read_numbers
from typology.cells import AnswerColumns, Cells
from typology.code_books import Unreadable
from typology.conventions import Conventions
from typology.known_names import fold_wording
from typology.number_marks import mark_notices
from typology.phrases import phrase
from typology.questionnaire import Question
from typology.written_numbers import DecimalMark, readings


def read_number_column(question: Question, file: AnswerFile) -> AnswerColumns:
    """Return the answers to a question asking for a number.

    Parameters
    ----------
    question : Question
    file : AnswerFile

    Returns
    -------
    AnswerColumns
        One "Float64" column.
    """
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
    number, mark = number_reader(question, cells, file)
    column = cells.read(number, "Float64", expected=expected, name=question.id)
    return replace(column, notices=mark_notices(cells.column, mark))


def number_reader(
    question: Question, cells: Cells, file: AnswerFile
) -> tuple[Reader[float], DecimalMark]:
    """Return the reader of a column of numbers, and the mark before its decimals."""
    conventions = file.conventions
    plain, mark = read_numbers(
        cells.distinct,
        question,
        conventions.no_answer,
        declared=conventions.decimal_mark,
        exact=file.table.numbers,
    )
    declared = declared_reader(question, file, plain)
    return _labelled_number(question, cells, declared, conventions), mark


def _labelled_number(
    question: Question, cells: Cells, plain: Reader[float], conventions: Conventions
) -> Reader[float]:
    """Return the reader of a column of numbers some of which may have a label.

    A label says that there is no answer, or the same number, or what the study file declares.
    """
    words = {fold_wording(word) for word in conventions.words_of(question.id)}

    def number(text: str) -> float | None:
        label = cells.labels.get(text.strip(), "").strip()
        if not any(sign.isalnum() for sign in label):
            return plain(text)
        if is_missing(label, conventions.no_answer):
            return None
        if fold_wording(label) in words:
            return plain(label)
        said = readings(label, partial(is_unit, question))
        if not said or said != readings(text):
            raise Unreadable(label, "label")
        return plain(text)

    return number
