"""Columns of answers: texts of a file become codes, numbers, ticks and ranks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import numpy as np
import pandas as pd

from typology.answers import read_list, read_number, read_tick
from typology.cells import AnswerColumns, Cells, shorten
from typology.code_books import CodeBook, LabelledBook, Unreadable, choice_book, scale_book
from typology.matching import ColumnMatch
from typology.phrases import phrase
from typology.platforms import AnswerTable
from typology.problems import Problem
from typology.questionnaire import Question, Scale


def read_item(
    item_id: str,
    scale: Scale,
    table: AnswerTable,
    match: ColumnMatch,
    *,
    rows: pd.Series[Any],
    no_answer: Sequence[str] = (),
) -> AnswerColumns:
    """Return the answers to an item as codes of its scale.

    Parameters
    ----------
    item_id : str
        An item that has a column.
    scale : Scale
        What it is answered on.
    table : AnswerTable
        The file.
    match : ColumnMatch
        Where its columns are.
    rows : Series of str
        How each row is called in a problem.
    no_answer : sequence of str
        Texts that mean "no answer".

    Returns
    -------
    AnswerColumns
        One "Int64" column, named by the item.
    """
    book = scale_book(scale, no_answer)
    cells = _cells(item_id, table, match, rows)
    first, last = book.words[str(scale.codes[0])], book.words[str(scale.codes[-1])]
    expected = phrase(
        "{codes}, or the words of the scale ({first} ... {last})",
        codes=phrase("a code from {low} to {high}", low=scale.codes[0], high=scale.codes[-1]),
        first=first,
        last=last,
    )
    reader, notices = _labelled(book, cells)

    def code(text: str) -> int | None:
        said = reader(text)
        return None if said is None else int(said)

    column = cells.read(code, "Int64", expected=expected, suggest=book.nearest)
    return AnswerColumns(column.columns, column.problems, notices)


def read_question(
    question: Question,
    table: AnswerTable,
    match: ColumnMatch,
    *,
    rows: pd.Series[Any],
    no_answer: Sequence[str] = (),
) -> AnswerColumns:
    """Return the answers to a question on the respondent.

    Parameters
    ----------
    question : Question
        The question.
    table : AnswerTable
        The file.
    match : ColumnMatch
        Where its columns are.
    rows : Series of str
        How each row is called in a problem.
    no_answer : sequence of str
        Texts that mean "no answer".

    Returns
    -------
    AnswerColumns
        One column, or one a choice; none if the file does not hold the question.

    Notes
    -----
    When each choice of a multiple question has its own column, an empty cell is "not chosen" if
    any of the question's cells on the row says something, and "no answer" if none does.
    """
    if question.type in ("multiple", "rank") and question.id not in match.columns:
        return _read_choice_columns(question, table, match, rows=rows, no_answer=no_answer)
    if question.id not in match.columns:
        return AnswerColumns({})
    cells = _cells(question.id, table, match, rows)
    if question.type == "text":
        expected = phrase("a text")
        return cells.read(lambda text: text.strip() or None, "string", expected=expected)
    if question.type == "number":
        return _read_numbers(question, cells, no_answer)
    book = choice_book(question.choices, no_answer)
    if question.type == "single":
        reader, notices = _labelled(book, cells)
        column = cells.read(
            reader,
            "string",
            expected=phrase("one of {choices}", choices=book.described),
            suggest=book.nearest,
        )
        return AnswerColumns(column.columns, column.problems, notices)
    return _read_lists(question, cells, book)


def _read_numbers(question: Question, cells: Cells, no_answer: Sequence[str]) -> AnswerColumns:
    def number(text: str) -> float | None:
        label = cells.labels.get(text, "")
        try:
            return read_number(text, question, no_answer)
        except Unreadable:
            if label and read_number(label, question, no_answer) is None:
                return None
            raise

    low, high = question.min, question.max
    if low is not None and high is not None:
        expected = phrase("a number from {low} to {high}", low=low, high=high)
    elif low is not None:
        expected = phrase("a number from {bound}", bound=low)
    elif high is not None:
        expected = phrase("a number up to {bound}", bound=high)
    else:
        expected = phrase("a number")
    return cells.read(number, "Float64", expected=expected)


def _read_lists(question: Question, cells: Cells, book: CodeBook) -> AnswerColumns:
    """Read a cell that lists choices: which are chosen, or their order."""
    listed = cache(lambda text: read_list(text, book))

    def of_choice(code: str, text: str) -> bool | int | None:
        codes = listed(text)
        if question.type == "multiple":
            return None if codes is None else code in codes
        return codes.index(code) + 1 if codes and code in codes else None

    dtype = "boolean" if question.type == "multiple" else "Int64"
    values: dict[str, pd.Series[Any]] = {}
    problems: tuple[Problem, ...] = ()
    for code in question.choice_codes:
        column = cells.read(
            partial(of_choice, code),
            dtype,
            expected=phrase(
                "choices separated by semicolons, among {choices}", choices=book.described
            ),
            suggest=book.nearest,
        )
        values[f"{question.id}:{code}"] = column.columns[cells.key]
        problems = column.problems  # the same for every choice
    return AnswerColumns(values, problems)


def _read_choice_columns(
    question: Question,
    table: AnswerTable,
    match: ColumnMatch,
    *,
    rows: pd.Series[Any],
    no_answer: Sequence[str],
) -> AnswerColumns:
    """Read the columns that a multiple or rank question has for each of its choices."""
    book = choice_book(question.choices, no_answer)
    highest = len(question.choices)
    values: dict[str, pd.Series[Any]] = {}
    problems: list[Problem] = []
    for code in question.choice_codes:
        key = f"{question.id}:{code}"
        if key not in match.columns:
            continue
        cells = _cells(key, table, match, rows)
        if question.type == "multiple":
            ticks = partial(_tick, cells, book, code)
            expected = phrase("1 or 0, yes or no, x or empty")
            column = cells.read(ticks, "boolean", expected=expected)
        else:
            bounds = Question.model_construct(id=question.id, type="number", min=1, max=highest)
            ranks = partial(_rank, bounds, tuple(no_answer))
            expected = phrase("a rank from 1 to {highest}", highest=highest)
            column = cells.read(ranks, "Int64", expected=expected)
        values |= column.columns
        problems += column.problems
    if not values:
        return AnswerColumns({})
    frame = pd.DataFrame(values)
    if question.type == "multiple":
        answered = frame.notna().any(axis=1)
        frame = frame.mask(frame.isna() & answered.to_numpy()[:, None], False)
        frame = frame.astype("boolean")
    else:
        problems += _repeated_ranks(question, frame, rows, table.name)
    return AnswerColumns({key: frame[key] for key in values}, tuple(problems))


def _tick(cells: Cells, book: CodeBook, code: str, text: str) -> bool | None:
    try:
        return read_tick(text, book, code)
    except Unreadable:
        if text not in cells.labels:
            raise
        return read_tick(cells.labels[text], book, code)


def _rank(bounds: Question, no_answer: tuple[str, ...], text: str) -> int | None:
    rank = read_number(text, bounds, no_answer)
    if rank is not None and not rank.is_integer():
        raise Unreadable(text)
    return None if rank is None else int(rank)


def _repeated_ranks(
    question: Question, frame: pd.DataFrame, rows: pd.Series[Any], where: str
) -> list[Problem]:
    ranks = np.sort(frame.to_numpy(dtype=float, na_value=np.nan), axis=1)
    repeated = (np.diff(ranks, axis=1) == 0).any(axis=1)
    return [
        Problem(
            row=row,
            column=question.id,
            value=phrase("one rank given to several choices"),
            expected=phrase("each rank once"),
            remedy=phrase("Correct the ranks, or leave them empty."),
            where=where,
        )
        for row in rows[repeated]
    ]


def _cells(key: str, table: AnswerTable, match: ColumnMatch, rows: pd.Series[Any]) -> Cells:
    number = match.columns[key]
    return Cells(
        texts=table.cells[number].reset_index(drop=True),
        key=key,
        header=shorten(table.headers[number]),
        rows=rows,
        where=table.name,
        labels=table.value_labels.get(number, {}),
    )


def _labelled(book: CodeBook, cells: Cells) -> tuple[Callable[[str], str | None], tuple[str, ...]]:
    """Return the reader of a column, by the file's value labels where it has some."""
    if not cells.labels:
        return book.read, ()
    labelled = LabelledBook(book, cells.labels)
    if not labelled.renumbered or book.words.keys().isdisjoint(cells.labels):
        return labelled.read, ()
    return labelled.read, (
        phrase(
            "{column}: the file numbers the answers otherwise than the questionnaire; "
            "they are read by their labels.",
            column=cells.column,
        ),
    )
