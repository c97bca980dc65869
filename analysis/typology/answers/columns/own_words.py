"""The words of whoever chose "Other: ...": in the cell of the choice, or in their own column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns, Cells
from typology.answers.cells.code_books import CodeBook, Unreadable
from typology.answers.cells.texts import is_missing, tick
from typology.answers.columns.answer_file import AnswerFile
from typology.questionnaire.header_names import words_key
from typology.questionnaire.questionnaire import Question
from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, Wording, few, phrase
from typology.words.visible_text import shorten

_OFTEN = 3
"""Own words that so many respondents have may be a choice in other words."""

_AFTER_CHOICE = re.compile(r"\s*(?P<choice>[^:(–—-]+?)\s*[:(–—-]\s*(?P<words>.+?)\)?\s*", re.DOTALL)


def worded_code(question: Question) -> str | None:
    """Return the code of the choice that is followed by words of one's own, None without one."""
    return next((choice.code for choice in question.worded_choices), None)


def words_beyond(text: str, book: CodeBook, code: str) -> str:
    """Return what a text says beyond the choice that it may begin with.

    >>> book = CodeBook([("other", ["Other: ..."])])
    >>> words_beyond("Other: a friend", book, "other"), words_beyond("A friend", book, "other")
    ('a friend', 'A friend')
    """
    after = _AFTER_CHOICE.fullmatch(text)
    if after is not None and book.understands(after["choice"]):
        return after["words"] if book.read(after["choice"]) == code else text.strip()
    return text.strip()


def single_choice(question: Question, book: CodeBook, text: str) -> str | None:
    """Return the code that a cell of a single choice says: words of one's own say "other"."""
    try:
        return book.read(text)
    except Unreadable:
        other = worded_code(question)
        if other is None or not any(letter.isalpha() for letter in text):
            raise
        return other


def words_of_single(question: Question, book: CodeBook, text: str) -> str | None:
    """Return the words of one's own in a cell of a single choice, None where there are none."""
    return None if book.understands(text) else words_beyond(text, book, str(worded_code(question)))


def words_of_tick(book: CodeBook, code: str, text: str) -> str | None:
    """Return the words of one's own in the column of a choice, where others have a tick."""
    if is_missing(text) or tick(text) is not None or book.understands(text):
        return None
    return words_beyond(text, book, code)


def repeated_words(question: Question, words: pd.Series[Any], column: str) -> tuple[Phrase, ...]:
    """Return what to know of the words that several respondents have where others have a choice.

    They may be a choice that the form words otherwise than the questionnaire.
    """
    counts = words.dropna().astype(str).value_counts()
    often = {text: int(count) for text, count in counts.items()
             if count >= _OFTEN and any(map(str.isalpha, str(text)))}  # fmt: skip
    if not often:
        return ()
    listed = [
        phrase("'{answer}' ({count})", answer=shorten(str(text), 40), count=count)
        for text, count in often.items()
    ]
    return (
        phrase(
            "{column}: {words} are no choice of the questionnaire, and are read as words after "
            "'{choice}'. Where they are a choice, say which in the study file: {line}",
            column=column,
            words=few(listed),
            choice=Wording(question.worded_choices[0].fr, question.worded_choices[0].en),
            line=study_line("answer_words", {question.id: dict.fromkeys(map(str, often), "?")}),
        ),
    )


def with_own_words(
    question: Question, read: AnswerColumns, file: AnswerFile, inside: Mapping[str, pd.Series[Any]]
) -> AnswerColumns:
    """Add the words of one's own to what was read, and the choice to whoever wrote them.

    ``inside`` has those that stood in the cells of the answers, by name of their column. A
    column of their own adds to them.
    """
    code = worded_code(question)
    if code is None or not read.columns:
        return read
    key = words_key(question.id, code)
    words = inside.get(key)
    if key in file.match.columns:
        cells = file.cells(key)
        own = cells.read(
            partial(_own_words, cells, file), "string", expected=phrase("a text"), name=question.id
        )
        words = own.columns[key] if words is None else own.columns[key].fillna(words)
    if words is None:
        words = pd.Series(pd.NA, index=next(iter(read.columns.values())).index, dtype="string")
    columns = dict(read.columns)
    chosen = question.id if question.type == "single" else f"{question.id}:{code}"
    if chosen in columns:
        unsaid = columns[chosen].isna() if question.type == "single" else True
        columns[chosen] = columns[chosen].mask(
            words.notna() & unsaid, code if question.type == "single" else True
        )
    return replace(read, columns=columns | {key: words})


def _own_words(cells: Cells, file: AnswerFile, text: str) -> str | None:
    said = cells.labels.get(text.strip(), "").strip() or text.strip()
    return None if is_missing(said, file.conventions.no_answer) else said
