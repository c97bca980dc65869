"""What a cell says when it is no single code: a number, a tick, a list of choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.code_books import MISSING_WORDS, CodeBook, Unreadable
from typology.known_names import fold_wording
from typology.phrases import phrase
from typology.questionnaire import Question

_TICKED = frozenset({"1", "x", "y", "o", "oui", "yes", "true", "vrai", "coche", "checked"})
_NOT_TICKED = frozenset({"0", "n", "non", "no", "false", "faux", "non coche", "unchecked"})
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?|[+-]?[.,]\d+")
_LIST_SEPARATORS = re.compile(r"([;|,>\n])")


def read_number(text: str, question: Question, no_answer: Sequence[str] = ()) -> float | None:
    """Return the number that a text says, None for no answer.

    Parameters
    ----------
    text : str
        Digits, a decimal point or comma, spaces between thousands, the question's unit.
    question : Question
        Gives the unit and the bounds.
    no_answer : sequence of str
        Texts that mean "no answer".

    Returns
    -------
    float or None
        The number.

    Raises
    ------
    Unreadable
        If it is no number, or lies outside the bounds.

    Examples
    --------
    >>> age = Question.model_validate({"id": "age", "type": "number", "en": "Age", "min": 18})
    >>> read_number("41,5", age)
    41.5
    """
    folded = fold_wording(text)
    if folded in MISSING_WORDS or folded in {fold_wording(word) for word in no_answer}:
        return None
    if question.unit is not None:
        for unit in (question.unit.fr, question.unit.en):
            folded = folded.removesuffix(fold_wording(unit)) if unit else folded
    digits = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))", "", folded).strip()
    if not _NUMBER.fullmatch(digits):
        raise Unreadable(text)
    number = float(digits.replace(",", "."))
    low = -np.inf if question.min is None else question.min
    high = np.inf if question.max is None else question.max
    if not low <= number <= high:
        raise Unreadable(text)
    return number


def read_tick(text: str, book: CodeBook, code: str) -> bool | None:
    """Return whether a choice's own column says it was chosen, None when the cell says nothing.

    Parameters
    ----------
    text : str
        1/0, yes/no, oui/non, x, or the choice itself.
    book : CodeBook
        The choices.
    code : str
        The choice of this column.

    Returns
    -------
    bool or None
        True if ticked.

    Raises
    ------
    Unreadable
        If it says something else.
    """
    folded = re.sub(r"^([01])[.,]0+$", r"\1", fold_wording(text))
    if folded in _TICKED:
        return True
    if folded in _NOT_TICKED:
        return False
    said = book.read(text)
    if said is None or said == code:
        return None if said is None else True
    raise Unreadable(text)


def read_list(text: str, book: CodeBook) -> tuple[str, ...] | None:
    """Return the choices listed in one cell, in their order, None for no answer.

    Parameters
    ----------
    text : str
        Choices separated by ; | , > or line ends; the words of a choice may hold these too.
    book : CodeBook
        The choices.

    Returns
    -------
    tuple of str or None
        Their codes.

    Raises
    ------
    Unreadable
        If a part is no choice, or a choice comes twice; holds that part.

    Examples
    --------
    >>> book = CodeBook([("a", ["Temps, argent"]), ("b", ["Équipe"])])
    >>> read_list("Temps, argent, Équipe", book)
    ('a', 'b')
    """
    pieces = _LIST_SEPARATORS.split(text)
    codes: list[str] = []
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start, -2):  # the longest run of pieces that is a choice
            try:
                code = book.read("".join(pieces[start:end]))
            except Unreadable:
                continue
            break
        else:
            raise Unreadable(pieces[start].strip())
        if code is not None:
            codes.append(code)
        start = end + 1
    repeated = [code for code in codes if codes.count(code) > 1]
    if repeated:
        raise Unreadable(phrase("{choice} twice", choice=repeated[0]))
    return tuple(codes) or None


def map_distinct(
    values: pd.Series[Any], read: Callable[[str], object]
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.bool_], dict[str, str]]:
    """Read a column of texts, each distinct text once.

    Parameters
    ----------
    values : Series of str
        The cells.
    read : callable
        Returns what a text says, None for no answer, or raises `Unreadable`.

    Returns
    -------
    tuple of array, array of bool, dict
        What each cell says; which cells are unreadable; what is unreadable in each such text.
    """
    positions, distinct = pd.factorize(values)
    said = np.empty(len(distinct), dtype=object)
    unreadable: dict[str, str] = {}
    bad = np.zeros(len(distinct), dtype=bool)
    for i, text in enumerate(distinct):
        try:
            said[i] = read(str(text))
        except Unreadable as error:
            bad[i] = True
            unreadable[str(text)] = error.args[0]
    return said[positions], bad[positions], unreadable
