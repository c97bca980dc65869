"""Questions with several answers: listed in one cell, or with a column for each choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.cells.answer_cells import AnswerColumns, Cells, Unread
from typology.answers.cells.code_books import CodeBook, Unreadable, choice_book
from typology.answers.cells.texts import (
    is_missing,
    read_list,
    read_list_and_words,
    read_tick,
    refuse_codes,
    tells_ticks,
)
from typology.answers.cells.value_labels import LabelledReader, read_by_labels
from typology.answers.columns.answer_file import AnswerFile, Reader, declared_reader
from typology.answers.columns.number_columns import read_number_cells
from typology.answers.columns.own_words import (
    are_codes,
    doubtful_words,
    says_other,
    with_own_words,
    worded_code,
    words_beyond,
    words_of_tick,
)
from typology.problems.problem import Problem
from typology.questionnaire.header_names import rank_key, themes_key, words_key
from typology.questionnaire.no_answer_words import says_none
from typology.questionnaire.questionnaire import Question
from typology.words.number_conventions import study_line
from typology.words.phrases import Phrase, few, phrase

_PLACE = re.compile(
    r"(?:(?:rang|rank|choix|choice|place|position|n[°o]\.?)\s*)?(?P<rank>\d{1,2})\s*"
    r"(?:er|[eè]re|nde?|e|[eè]me|st|rd|th|[°ºª.])?(?:\s+(?:rang|rank|choix|choice|place|position))?",
    re.IGNORECASE,
)
"""A rank as grids and people write it: "1er", "2nd choice", "Rang 3"."""

_FEWEST_PLACES = 2


def read_choices(question: Question, file: AnswerFile, *, listed_in: str = "") -> AnswerColumns:
    """Return the answers to a multiple (boolean) or rank (Int64) question, one column a choice.

    ``listed_in`` is the column that lists the choices, by default that of the question. The words
    of whoever chose "Other: ..." have a column of their own, as text.
    """
    listed_in = listed_in or question.id
    parts, words = _read_choice_columns(question, file)
    if listed_in in file.match.columns:
        listed, own = _read_lists(question, file, listed_in)
        parts = _same_answers(question, parts, listed, file) if parts.columns else listed
        words |= {key: own[key].fillna(words[key]) if key in words else own[key] for key in own}
    return with_own_words(question, parts, file, words)


def read_themes(question: Question, file: AnswerFile) -> AnswerColumns:
    """Return the themes that a text was coded under by hand, one boolean column a theme."""
    coded = question.model_copy(update={"type": "multiple", "choices": question.themes})
    return read_choices(coded, file, listed_in=themes_key(question.id))


def _read_lists(
    question: Question, file: AnswerFile, column: str
) -> tuple[AnswerColumns, dict[str, pd.Series[Any]]]:
    """Read a cell that lists choices: which are chosen, or their order; and the other words."""
    cells = file.cells(column)
    book = choice_book(question, file.conventions)
    nothing = _nothing_ticked(question, cells, book)
    other = worded_code(question)
    pieces = [each for text in cells.distinct for each in re.split(r"[;|,>\n]+", text)]
    coded = not cells.labels and are_codes(pieces, book)

    def said_in(text: str) -> str:
        return cells.labels.get(text.strip(), "") or text

    @cache
    def listed(text: str) -> tuple[str, ...] | None:
        said = said_in(text)
        if said in nothing:
            return ()
        if other is None or coded:
            return read_list(said, book)
        codes, words = read_list_and_words(said, book)
        refuse_codes(words)
        return (*(codes or ()), other) if words and other not in (codes or ()) else codes

    def own_words(text: str) -> str | None:
        said = said_in(text)
        try:
            words = [] if said in nothing or coded else read_list_and_words(said, book)[1]
            refuse_codes(words)
        except Unreadable:
            return None
        said_beyond = (words_beyond(each, book, str(other)) for each in words
                       if not says_other(each))  # fmt: skip
        return "; ".join(said_beyond) or None

    def of_choice(code: str, text: str) -> bool | int | None:
        codes = listed(text)
        if question.type == "multiple":
            return None if codes is None else code in codes
        return codes.index(code) + 1 if codes and code in codes else None

    dtype = "boolean" if question.type == "multiple" else "Int64"
    expected = phrase("choices separated by semicolons, among {choices}", choices=book.described)
    values: dict[str, pd.Series[Any]] = {}
    unread: tuple[Unread, ...] = ()
    for code in question.choice_codes:
        chosen = cells.read(
            partial(of_choice, code), dtype, expected=expected, name=question.id, book=book
        )
        values[f"{question.id}:{code}"] = chosen.columns[cells.key]
        unread = chosen.unread  # the same for every choice
    notices = [
        phrase(
            "{column}: '{word}' is read as nothing ticked. If it means no answer, add to the "
            "study file: {line}",
            column=cells.column,
            word=word,
            line=study_line("no_answer", [*file.conventions.no_answer, word]),
        )
        for word in nothing
    ]
    words = {}
    if other is not None:
        read = cells.read(own_words, "string", expected=expected, name=question.id)
        found = read.columns[cells.key]
        words = {words_key(question.id, other): found}
        notices += doubtful_words(question, book, found, cells.column)
    return AnswerColumns(values, unread, notices=tuple(notices)), words


def _nothing_ticked(question: Question, cells: Cells, book: CodeBook) -> list[str]:
    """Return the texts that say "none of the choices", where none of them says so itself."""
    if question.type != "multiple" or book.says_none:
        return []
    said = dict.fromkeys([*cells.labels.values(), *cells.distinct])
    return [text for text in said if says_none(text.rstrip(" ;")) and not book.understands(text)]


def _read_choice_columns(
    question: Question, file: AnswerFile
) -> tuple[AnswerColumns, dict[str, pd.Series[Any]]]:
    """Read the columns of the choices of a question, and the words in that of "other"."""
    columns = {
        code: file.cells(f"{question.id}:{code}")
        for code in question.choice_codes
        if f"{question.id}:{code}" in file.match.columns
    }
    if not columns:
        return _read_places(question, file), {}
    read = _ticks if question.type == "multiple" else _ranks
    frame, unread = read(question, columns, file)
    problems: tuple[Problem, ...] = ()
    if question.type == "multiple":
        # An empty cell beside ticks says "not chosen"; one that a label calls no answer does not.
        labelled = np.column_stack(
            [cells.texts.isin(list(cells.labels)).to_numpy() for cells in columns.values()]
        )
        answered = frame.notna().any(axis=1).to_numpy()[:, None]
        frame = frame.mask(frame.isna() & answered & ~labelled, False)
        frame = _with_worded(question, frame.astype("boolean"), file)
    else:
        problems = _repeated_ranks(question, frame, file)
    return AnswerColumns(_by_name(frame), unread, problems), _words_in(question, columns, file)


def _with_worded(question: Question, frame: pd.DataFrame, file: AnswerFile) -> pd.DataFrame:
    """Add the column of "Other: ..." where a file has its words alone: they say it is chosen."""
    other = worded_code(question)
    key = "" if other is None else words_key(question.id, other)
    name = f"{question.id}:{other}"
    if other is None or name in frame or key not in file.match.columns:
        return frame
    said = [not is_missing(text, file.conventions.no_answer) for text in file.cells(key).texts]
    chosen = pd.Series(said, index=frame.index, dtype="boolean")
    answered = frame.notna().any(axis=1) | chosen
    frame = frame.mask(frame.isna() & answered.to_numpy()[:, None], False)
    frame[name] = chosen.mask(~answered)
    return frame[
        [each for code in question.choice_codes if (each := f"{question.id}:{code}") in frame]
    ]


def _read_places(question: Question, file: AnswerFile) -> AnswerColumns:
    """Read columns of which each holds a choice: the first, the second, ..."""
    keys = [rank_key(question.id, rank) for rank in range(1, len(question.choices) + 1)]
    found = [key for key in keys if key in file.match.columns]
    if not found:
        return AnswerColumns({})
    book = choice_book(question, file.conventions)
    expected = phrase("one of {choices}", choices=book.described)
    read = [
        file.cells(key).read(book.read, "string", expected=expected, name=question.id, book=book)
        for key in found
    ]
    at = np.column_stack(
        [each.columns[key].fillna("") for key, each in zip(found, read, strict=True)]
    )
    chosen = {code: at == code for code in question.choice_codes}
    unread = tuple(unread for each in read for unread in each.unread)
    if question.type == "multiple":
        answered = np.any([place.any(axis=1) for place in chosen.values()], axis=0)
        ticks = {
            f"{question.id}:{code}": pd.Series(place.any(axis=1), dtype="boolean").where(answered)
            for code, place in chosen.items()
        }
        return AnswerColumns(ticks, unread)
    ranks = {
        code: pd.Series(place.argmax(axis=1) + 1, dtype="Int64").where(place.any(axis=1))
        for code, place in chosen.items()
    }
    twice = np.any([place.sum(axis=1) > 1 for place in chosen.values()], axis=0)
    return AnswerColumns(
        {f"{question.id}:{code}": values for code, values in ranks.items()},
        unread,
        _rank_problems(
            question,
            twice,
            file,
            value=phrase("one choice given two ranks"),
            expected=phrase("each choice once"),
        ),
    )


def _rank_problems(
    question: Question,
    wrong: npt.NDArray[np.bool_],
    file: AnswerFile,
    *,
    value: Phrase,
    expected: Phrase,
) -> tuple[Problem, ...]:
    """Return what is wrong with the ranks of some rows, in one problem."""
    if not wrong.any():
        return ()
    return (
        Problem(
            row=few(list(file.rows[wrong])),
            column=question.id,
            value=value,
            expected=expected,
            remedy=phrase("Correct the ranks, or leave them empty."),
            where=file.table.name,
            count=int(wrong.sum()),
        ),
    )


def _words_in(
    question: Question, columns: dict[str, Cells], file: AnswerFile
) -> dict[str, pd.Series[Any]]:
    other = worded_code(question)
    if other is None or other not in columns:
        return {}
    cells, book = columns[other], choice_book(question, file.conventions)
    read = cells.read(
        partial(words_of_tick, book, other), "string", expected=phrase("a text"), name=question.id
    )
    return {words_key(question.id, other): read.columns[cells.key]}


def _by_name(frame: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    return {str(name): values for name, values in frame.items()}


def _ticks(
    question: Question, columns: dict[str, Cells], file: AnswerFile
) -> tuple[pd.DataFrame, tuple[Unread, ...]]:
    book = choice_book(question, file.conventions)
    told = [cells for code, cells in columns.items() if code != worded_code(question)]
    ticks = tells_ticks((cells.distinct for cells in told), book)
    expected = phrase("1 or 0, yes or no, x or empty")
    places = _numbers_of_places(question, columns, file)

    def read(code: str, cells: Cells) -> AnswerColumns:
        of_choice = partial(read_tick, book=book, code=code, ticks=ticks)
        if code in places:
            of_choice = partial(_tick_by_place, places[code])
        if code == worded_code(question):
            of_choice = partial(_tick_or_words, of_choice)
        plain = declared_reader(question, file, of_choice)
        labelled = LabelledReader(cells.labels, plain=plain, of_label=plain)
        return read_by_labels(cells, labelled, "boolean", expected=expected, book=book)

    return _side_by_side(read(code, cells) for code, cells in columns.items())


def _numbers_of_places(
    question: Question, columns: Mapping[str, Cells], file: AnswerFile
) -> dict[str, str]:
    """Return the number in each column of a choice, where it is the place of the column.

    So SurveyMonkey writes what was ticked, when asked for numbers: 1 below the first choice, 2
    below the second, nothing elsewhere. Two columns at least must have such a number, all others
    nothing else, and each must be empty where another is not: 2 may be "no" beside 1 for "yes".
    """
    in_order = sorted(columns, key=lambda code: file.match.columns[f"{question.id}:{code}"])
    told = [code for code in in_order if code != worded_code(question)]
    places = {code: str(at) for at, code in enumerate(told, start=1)}
    nothing = {
        code: [text for text in columns[code].distinct
               if is_missing(text, file.conventions.no_answer)]
        for code in told
    }  # fmt: skip
    said = {
        code: {text.strip() for text in columns[code].distinct if text not in nothing[code]}
        for code in told
    }
    placed = [code for code in told if said[code] == {places[code]}]
    if len(placed) < _FEWEST_PLACES or any(said[code] - {places[code]} for code in told):
        return {}
    filled = {code: ~columns[code].texts.isin(nothing[code]).to_numpy() for code in told}
    someone = np.logical_or.reduce(list(filled.values()))
    return places if all((someone & ~filled[code]).any() for code in placed) else {}


def _tick_by_place(place: str, text: str) -> bool | None:
    return True if text.strip() == place else None


def _tick_or_words(read: Reader[bool], text: str) -> bool | None:
    """Return whether "other" is chosen: words of one's own say so, as a tick does."""
    try:
        return read(text)
    except Unreadable:
        if not any(letter.isalpha() for letter in text):
            raise
        return True


def _ranks(
    question: Question, columns: dict[str, Cells], file: AnswerFile
) -> tuple[pd.DataFrame, tuple[Unread, ...]]:
    highest = len(question.choices)
    bounds = Question.model_construct(id=question.id, type="number", min=1, max=highest)
    expected = phrase("a rank from 1 to {highest}", highest=highest)
    return _side_by_side(
        read_number_cells(bounds, cells, file, expected=expected, dtype="Int64", of_number=_rank)[0]
        for cells in columns.values()
    )


def _side_by_side(
    columns: Iterable[AnswerColumns],
) -> tuple[pd.DataFrame, tuple[Unread, ...]]:
    """Return the columns of a question as one table, and what could not be read in them."""
    values: dict[str, pd.Series[Any]] = {}
    unread: list[Unread] = []
    for column in columns:
        values |= column.columns
        unread += column.unread
    return pd.DataFrame(values), tuple(unread)


def _rank(number: Reader[float], text: str) -> int | None:
    place = _PLACE.fullmatch(text.strip())
    rank = number(text if place is None else place["rank"])
    if rank is not None and not rank.is_integer():
        raise Unreadable(text, "number")
    return None if rank is None else int(rank)


def _repeated_ranks(
    question: Question, frame: pd.DataFrame, file: AnswerFile
) -> tuple[Problem, ...]:
    ranks = np.sort(frame.to_numpy(dtype=float, na_value=np.nan), axis=1)
    repeated = (np.diff(ranks, axis=1) == 0).any(axis=1)
    return _rank_problems(
        question,
        repeated,
        file,
        value=phrase("one rank given to several choices"),
        expected=phrase("each rank once"),
    )


def _same_answers(
    question: Question, parts: AnswerColumns, listed: AnswerColumns, file: AnswerFile
) -> AnswerColumns:
    """Return the answers of the columns of choices, checked against the column that lists them."""
    columns = pd.DataFrame(dict(parts.columns))
    whole = pd.DataFrame({key: listed.columns[key] for key in parts.columns})
    empty = columns.isna().all(axis=1)
    columns = columns.where(~empty, whole)
    numbers = columns.to_numpy(dtype=float, na_value=0)
    differs = (numbers != whole.to_numpy(dtype=float, na_value=0)).any(axis=1)
    differs &= whole.notna().any(axis=1).to_numpy()
    problems = list(parts.problems)
    if differs.any() and not listed.unread:
        problems.append(
            Problem(
                row=few(list(file.rows[differs])),
                column=question.id,
                value=phrase("other choices listed than ticked"),
                expected=phrase("the same choices in the list and in the columns of choices"),
                remedy=phrase(
                    "List the column to leave out under 'ignored_columns' of the study file."
                ),
                where=file.table.name,
                count=int(differs.sum()),
            )
        )
    return replace(
        parts,
        columns=_by_name(columns),
        unread=(*parts.unread, *listed.unread),
        problems=tuple(problems),
        notices=(*parts.notices, *listed.notices),
    )
