"""Columns of answers: texts of a file become codes, numbers, ticks and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from typology.answers.cells.answer_cells import AnswerColumns, Cells
from typology.answers.cells.code_books import CodeBook, choice_book, scale_book
from typology.answers.cells.value_labels import LabelledReader, read_by_labels
from typology.answers.columns.answer_file import AnswerFile
from typology.answers.columns.choice_columns import read_choices
from typology.answers.columns.number_columns import read_number_column
from typology.questionnaire.header_names import fold_wording
from typology.questionnaire.questionnaire import Block, Item, Question, Scale
from typology.words.phrases import Phrase, phrase


def read_item(item: Item, block: Block, scale: Scale, file: AnswerFile) -> AnswerColumns:
    """Return the answers to an item that has a column, as "Int64" codes of its scale."""
    book = scale_book(block.scale, scale, file.conventions, block.id, item.id)
    first, last = book.words[str(scale.codes[0])], book.words[str(scale.codes[-1])]
    expected = phrase(
        "{codes}, or the words of the scale ({first} ... {last})",
        codes=phrase("a code from {low} to {high}", low=scale.codes[0], high=scale.codes[-1]),
        first=first,
        last=last,
    )
    column = _read_book(file.cells(item.id), book, expected)
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
    if question.id not in file.match.columns:
        return AnswerColumns({})
    if question.type == "number":
        return read_number_column(question, file)
    cells = file.cells(question.id)
    if question.type == "text":
        text = partial(_text, cells, file.conventions.no_answer)
        return cells.read(text, "string", expected=phrase("a text"), name=question.id)
    book = choice_book(question, file.conventions)
    expected = phrase("one of {choices}", choices=book.described)
    return _read_book(cells, book, expected)


def _read_book(cells: Cells, book: CodeBook, expected: Phrase) -> AnswerColumns:
    """Read a column of codes or words, by the file's value labels where it has some."""
    if not cells.labels:
        return cells.read(book.read, "string", expected=expected, name=book.name, book=book)
    labelled = LabelledReader(
        cells.labels, plain=book.read, of_label=book.read_label, telling=book.words
    )
    column = read_by_labels(cells, labelled, "string", expected=expected, book=book)
    if labelled.renumbered and not book.words.keys().isdisjoint(cells.labels):
        return replace(column, renumbered=(cells.key,))
    return column


def _text(cells: Cells, no_answer: Sequence[str], text: str) -> str | None:
    said = cells.labels.get(text.strip(), "").strip() or text.strip()
    return None if fold_wording(said) in {"", *map(fold_wording, no_answer)} else said
