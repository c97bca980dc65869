"""What a cell says when it is no single code: a number, a tick, a list of choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.cells.code_books import (
    MISSING_WORDS,
    CodeBook,
    Unreadable,
    unreadable_kind,
    whole_number,
)
from typology.questionnaire import Question
from typology.questionnaire.header_names import fold_wording
from typology.words.phrases import phrase
from typology.words.written_numbers import DecimalMark, Mark, decimal_mark, readings

_TICKED = frozenset(
    {"1", "x", "y", "o", "oui", "yes", "true", "vrai", "coche", "cochee", "checked", "ticked"}
    | {"selected", "selectionne", "quoted", "cite", "mentioned", "mentionne", "✓", "✔", "☑"}
)
_NOT_TICKED = frozenset(
    {"0", "n", "non", "no", "false", "faux", "non coche", "non cochee", "unchecked", "not checked"}
    | {"unticked", "☐", "not ticked", "not selected", "unselected", "non selectionne", "not quoted"}
    | {"non cite", "pas cite", "not mentioned", "non mentionne", "pas mentionne"}
)
_LIST_SEPARATORS = re.compile(r"([;|,>\n])")
_OTHER_SEPARATORS = re.compile(r"[;|,>\n/+&•·\[\]{}\"']|\s(?:et|and|[-–—])\s")
"""Signs and words that stand between choices where each piece is one."""
_ONE_SEPARATOR = re.compile(r"\s*[/+&•·]\s*|\s(?:et|and|[-–—])\s")


def read_number(
    text: str,
    question: Question,
    no_answer: Sequence[str] = (),
    *,
    mark: Mark | None = None,
) -> float | None:
    """Return the number that a text says, None for no answer.

    Digits, a decimal point or comma, marks between thousands, the question's unit; ``mark`` stands
    before the decimals of a number that could be read with either. What is no number, could be one
    number or another, or lies outside the bounds raises `Unreadable`.

    >>> age = Question.model_validate({"id": "age", "type": "number", "en": "Age", "min": 18})
    >>> read_number("41,5", age), read_number("1,280", age, mark=".")
    (41.5, 1280.0)
    """
    if is_missing(text, no_answer):
        return None
    read = readings(text, partial(is_unit, question))
    if not read:
        raise Unreadable(text, "number")
    if len(set(read.values())) == 1:
        number = next(iter(read.values()))
    elif mark is None:
        raise Unreadable(text, "mark")
    else:
        number = read[mark]
    low, high = bounds_of(question)
    if not low <= number <= high:
        raise Unreadable(text, "bounds")
    return number


def number_reader(
    texts: Iterable[str],
    question: Question,
    no_answer: Sequence[str] = (),
    *,
    declared: Mark | None = None,
) -> tuple[Callable[[str], float | None], DecimalMark]:
    """Return the reader of a column of numbers, as `read_number`, and the mark before its decimals.

    ``texts`` are the different cells that were typed: numbers of the file have a point.
    """
    mark = decimal_mark(
        (text for text in texts if not is_missing(text, no_answer)),
        is_unit=partial(is_unit, question),
        declared=declared,
        bounds=bounds_of(question),
    )

    def number(text: str) -> float | None:
        return read_number(text, question, no_answer, mark=mark.mark)

    return number, mark


def bounds_of(question: Question) -> tuple[float, float]:
    """Return between which numbers the answers lie."""
    low = -np.inf if question.min is None else question.min
    high = np.inf if question.max is None else question.max
    return low, high


def is_unit(question: Question, rest: str) -> bool:
    """Return whether what follows a number is the unit of the question, or nothing."""
    units = (question.unit.fr, question.unit.en) if question.unit is not None else ()
    folded = fold_wording(rest)
    return not folded or folded in {fold_wording(unit) for unit in units}


def is_missing(text: str, no_answer: Sequence[str] = ()) -> bool:
    """Return whether a text means that there is no answer."""
    said = {fold_wording(text), whole_number(fold_wording(text))}
    return not said.isdisjoint(MISSING_WORDS | {fold_wording(word) for word in no_answer})


def tick(text: str) -> bool | None:
    """Return whether a text says that something is ticked, None when it says neither."""
    folded = whole_number(fold_wording(text))
    return True if folded in _TICKED else False if folded in _NOT_TICKED else None


def read_tick(text: str, book: CodeBook, code: str, *, ticks: bool = True) -> bool | None:
    """Return whether a choice's own column says it was chosen, None when the cell says nothing.

    A cell has 1/0, yes/no, oui/non, x, or the choice itself; another raises `Unreadable`. With
    ``ticks``, the columns are known to hold ticks: "no" means "not chosen" even where a choice is
    called "No".
    """
    said = tick(text)
    choice = book.read(text) if book.understands(text) else ""
    if said is False and choice == code and not ticks:
        raise Unreadable(text, "two answers")
    if said is not None:
        return said
    if choice is None or choice == code:
        return None if choice is None else True
    raise Unreadable(text)


def tells_ticks(columns: Iterable[Iterable[str]], book: CodeBook) -> bool:
    """Return whether the columns of a question hold ticks, rather than the choices themselves.

    They do when a cell can only be a tick, or one column says both yes and no.
    """
    for texts in columns:
        said = {text: tick(text) for text in texts if tick(text) is not None}
        if len(set(said.values())) == 2 or any(not book.understands(text) for text in said):
            return True
    return False


def says_words(texts: Iterable[str], question: Question) -> bool:
    """Return whether a column holds more than ticks and the words of the choices of a question."""
    known = {
        fold_wording(text)
        for choice in question.choices
        for text in (choice.code, choice.fr, choice.en)
    }
    return any(
        any(map(str.isalpha, text)) and tick(text) is None and fold_wording(text) not in known
        for text in texts
        if not is_missing(text)
    )


def says_ticks_alone(texts: Iterable[str]) -> bool:
    """Return whether a column says something, and nothing but ticks."""
    said = [text for text in texts if not is_missing(text)]
    return bool(said) and all(tick(text) is not None for text in said)


def read_list(text: str, book: CodeBook) -> tuple[str, ...] | None:
    """Return the codes of the choices listed in one cell, in their order, None for no answer.

    Choices are separated by ; | , > or line ends, which their words may hold too; codes may be
    separated by spaces alone. A part that is no choice, a choice that comes twice, and what is one
    choice or several, are unreadable.

    >>> book = CodeBook([("a", ["Temps, argent"]), ("b", ["Équipe"])])
    >>> read_list("Temps, argent, Équipe", book), read_list("b a", book)
    (('a', 'b'), ('b', 'a'))
    """
    codes, others = read_list_and_words(text, book)
    if others:
        raise Unreadable(others[0], unreadable_kind(others[0]))
    return codes


def read_list_and_words(text: str, book: CodeBook) -> tuple[tuple[str, ...] | None, list[str]]:
    """Return the codes of a list, as `read_list`, and what in it is no choice.

    >>> book = CodeBook([("a", ["Temps"]), ("b", ["Équipe"])])
    >>> read_list_and_words("Équipe; un ami, loin; Temps", book)
    (('b', 'a'), ['un ami, loin'])
    """
    words = text.split()
    if len(words) > 1 and book.codes_only(words):
        return _each_once(words), []
    pieces = _LIST_SEPARATORS.split(text)
    codes: list[str] = []
    others: list[str] = []
    start, follows = 0, False
    while start < len(pieces):
        for end in range(len(pieces), start, -2):  # the longest run of pieces that is a choice
            try:
                code = book.read("".join(pieces[start:end]))
            except Unreadable:
                continue
            if code is not None:
                codes.append(code)
                refuse_two_lists(pieces, start, end, book)
            follows = False
            break
        else:
            part = pieces[start]
            if follows:  # what is no choice may hold a separator too
                others[-1] += "".join(pieces[start - 1 : start + 1])
            else:
                others.append(part)
            end, follows = start + 1, True
        start = end + 1
    if others:
        spaced = _side_by_side(words, book)
        if len(spaced) > 1:
            return _each_once(spaced), []
        between = _between_signs(text, book)
        if between:
            return _each_once(between), []
    return _each_once(codes) or None, [other.strip() for other in others]


def refuse_two_lists(pieces: Sequence[str], start: int, end: int, book: CodeBook) -> None:
    """Raise `Unreadable` if a run of pieces that is a choice is a list of other choices as well.

    Another separator than those in the run, elsewhere in the cell, tells that it is one choice.

    >>> book = CodeBook([("a", ["Temps"]), ("b", ["argent"]), ("c", ["Temps, argent"])])
    >>> read_list("Temps, argent;", book)
    ('c',)
    >>> read_list("Temps, argent", book)
    Traceback (most recent call last):
    typology.answers.cells.code_books.Unreadable: Temps, argent
    """
    while end - start > 1 and not pieces[end - 1].strip():  # what ends the list
        end -= 2
    if end - start < 2:
        return
    inside, outside = set(pieces[start + 1 : end : 2]), {*pieces[1:start:2], *pieces[end::2]}
    if outside - inside:
        return
    parts = [piece for piece in pieces[start:end:2] if piece.strip()]
    if len(parts) > 1 and all(map(book.understands, parts)):
        raise Unreadable("".join(pieces[start:end]).strip(), "two lists")


def refuse_codes(words: Iterable[str]) -> None:
    """Raise `Unreadable` if what is no choice has no letter: a code, no words of one's own."""
    for each in words:
        if not any(map(str.isalpha, each)):
            first = re.split(r"[;|,>\s]+", each.strip())[0]
            raise Unreadable(first, unreadable_kind(first))


def _side_by_side(words: Sequence[str], book: CodeBook) -> list[str]:
    """Return the choices that stand one after the other, spaces between them; none if others do.

    KoboToolbox writes the labels of the choices of one cell so.
    """
    codes: list[str] = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            text = " ".join(words[start:end])
            code = book.read(text) if book.understands(text) else None
            if code is not None:
                codes.append(code)
                break
        else:
            return []
        start = end
    return codes


def _between_signs(text: str, book: CodeBook) -> list[str]:
    """Return the choices that other signs stand between, as in ["a", "b"] or a / b; or none.

    Every piece must be a choice: otherwise the signs may be part of somebody's own words. One sign
    alone may stand between choices that have others in their words.
    """
    for splits in (_OTHER_SEPARATORS.split(text), *_split_by_one(text)):
        pieces = [piece.strip() for piece in splits if piece.strip()]
        codes = [book.read(piece) if book.understands(piece) else None for piece in pieces]
        if None not in codes:
            return [code for code in codes if code is not None]
    return []


def _split_by_one(text: str) -> Iterator[list[str]]:
    """Yield a text split at each of the signs that it has, one at a time."""
    for sign in dict.fromkeys(_ONE_SEPARATOR.findall(text)):
        yield text.split(sign)


def _each_once(codes: Sequence[str]) -> tuple[str, ...]:
    repeated = [code for code in codes if codes.count(code) > 1]
    if repeated:
        raise Unreadable(phrase("{choice} twice", choice=repeated[0]), "twice")
    return tuple(codes)


def map_distinct(
    values: pd.Series[Any], read: Callable[[str], object]
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.bool_], dict[str, Unreadable]]:
    """Return what each cell of a column says, which are unreadable, and why each such text is.

    Each distinct text is read once: a reader returns None for no answer or raises `Unreadable`.
    """
    positions, distinct = pd.factorize(values)
    said = np.empty(len(distinct), dtype=object)
    unreadable: dict[str, Unreadable] = {}
    bad = np.zeros(len(distinct), dtype=bool)
    for i, text in enumerate(distinct):
        try:
            said[i] = read(str(text))
        except Unreadable as error:
            bad[i] = True
            unreadable[str(text)] = error
    return said[positions], bad[positions], unreadable
