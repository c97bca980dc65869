"""Columns of answers: texts of a file become codes, numbers, ticks and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns, Cells
from typology.answers.cells.code_books import CodeBook, Unreadable, choice_book, scale_book
from typology.answers.cells.value_labels import LabelledReader, read_by_labels
from typology.answers.columns.answer_file import AnswerFile, Reader
from typology.answers.columns.choice_columns import read_choices, read_themes
from typology.answers.columns.date_columns import read_date_column
from typology.answers.columns.number_columns import read_number_column
from typology.answers.columns.own_words import (
    are_codes,
    doubtful_words,
    says_other,
    single_choice,
    with_own_words,
    worded_code,
    words_of_single,
)
from typology.questionnaire.header_names import fold_wording, words_key
from typology.questionnaire.questionnaire import Block, Item, Question, Scale
from typology.words.phrases import Phrase, Wording, phrase


def read_item(item: Item, block: Block, scale: Scale, file: AnswerFile) -> AnswerColumns:
    """Return the answers to an item that has a column, as "Int64" codes of its scale."""
    book = scale_book(block.scale, scale, file.conventions, block.id, item.id)
    first, last = (Wording(point.fr, point.en) for point in (scale.points[0], scale.points[-1]))
    expected = phrase(
        "{codes}, or the words of the scale ({first} ... {last})",
        codes=phrase("a code from {low} to {high}", low=scale.codes[0], high=scale.codes[-1]),
        first=first,
        last=last,
    )
    cells = file.cells(item.id)
    beside = [each.id for each in block.items if each.id in file.match.columns]
    book = book.of_words(lambda: [*cells.labels.values()] or file.texts(beside))
    column = _read_book(cells, book, expected)
    codes = {key: values.astype("Int64") for key, values in column.columns.items()}
    return replace(column, columns=codes)


def read_question(question: Question, file: AnswerFile) -> AnswerColumns:
    """Return the answers to a question: one column, or one a choice; none if the file has none.

    When each choice of a multiple question has its own column, an empty cell is "not chosen" if any
    of the question's cells on the row says something, and "no answer" if none does. When the file
    has a column that lists the choices besides, the two must say the same.
    """
    if question.type in ("multiple", "rank"):
        return read_choices(question, file)
    if question.type == "text":
        return _read_text(question, file)
    if question.id not in file.match.columns:
        return AnswerColumns({})
    if question.type == "number":
        return read_number_column(question, file)
    if question.type == "date":
        return read_date_column(question, file)
    return _read_single(question, file)


def _read_text(question: Question, file: AnswerFile) -> AnswerColumns:
    """Read a text, and the themes that it was coded under."""
    themes = read_themes(question, file) if question.themes else AnswerColumns({})
    if question.id not in file.match.columns:
        return themes
    cells = file.cells(question.id)
    text = partial(_text, cells, file.conventions.no_answer)
    read = cells.read(text, "string", expected=phrase("a text"), name=question.id)
    return replace(themes, columns={**read.columns, **themes.columns})


def _read_single(question: Question, file: AnswerFile) -> AnswerColumns:
    """Read a single choice, and the words of whoever chose "Other: ..."."""
    cells, book = file.cells(question.id), choice_book(question, file.conventions)
    book = book.of_words(lambda: [*cells.labels.values()] or cells.distinct)
    expected = phrase("one of {choices}", choices=book.described)
    code = worded_code(question)
    if code is None:
        return _read_book(cells, book, expected)
    coded = not cells.labels and are_codes(cells.distinct, book)
    reader = (
        partial(_known_or_other, book, code) if coded else partial(single_choice, question, book)
    )
    column = _read_book(cells, book, expected, reader)
    words: dict[str, pd.Series[Any]] = {}
    if not cells.labels and not coded:
        of_single = partial(words_of_single, question, book)
        read = cells.read(of_single, "string", expected=expected, name=question.id)
        found = read.columns[cells.key]
        words = {words_key(question.id, code): found}
        told = doubtful_words(question, book, found, cells.column)
        column = replace(column, notices=(*column.notices, *told))
    return with_own_words(question, column, file, words)


def _known_or_other(book: CodeBook, other: str, text: str) -> str | None:
    return other if says_other(text) and not book.understands(text) else book.read(text)


def _read_book(
    cells: Cells, book: CodeBook, expected: Phrase, reader: Reader[str] | None = None
) -> AnswerColumns:
    """Read a column of codes or words, by the file's value labels where it has some."""
    if not cells.labels:
        plain = book.read if reader is None else reader
        return cells.read(plain, "string", expected=expected, name=book.name, book=book)
    labelled = LabelledReader(
        cells.labels, plain=book.read, of_label=book.read_label, telling=book.words,
        declared=book.declares,
    )  # fmt: skip
    column = read_by_labels(cells, labelled, "string", expected=expected, book=book)
    column = replace(column, notices=(*column.notices, *_answers_set_aside(cells, book)))
    if labelled.renumbered and not book.words.keys().isdisjoint(cells.labels):
        return replace(column, renumbered=(cells.key,))
    return column


def _text(cells: Cells, no_answer: Sequence[str], text: str) -> str | None:
    said = cells.labels.get(text.strip(), "").strip() or text.strip()
    return None if fold_wording(said) in {"", *map(fold_wording, no_answer)} else said


def _answers_set_aside(cells: Cells, book: CodeBook) -> list[Phrase]:
    """Return which answers of the questionnaire a statistics file declares missing."""
    told = []
    for label, count in cells.declared_missing.items():
        with suppress(Unreadable):
            if book.read_label(label) is not None:
                told.append(
                    phrase(
                        "{column}: the file declares '{label}' missing: cells that say so "
                        "({count}) are read as no answer. If it is an answer, take it off the "
                        "missing values of the variable in the statistics program.",
                        column=cells.column,
                        label=label,
                        count=count,
                    )
                )
    return told
