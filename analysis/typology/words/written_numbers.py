"""Numbers as people and programs write them: "41,5", "1 280", "1,280.50", "1'280"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from typology.words.visible_text import INVISIBLE

Mark = Literal[".", ","]

NUMBER_MARKS: tuple[Mark, ...] = (".", ",")

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_MINUS = re.compile("[\u2010-\u2015\u2212]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc]")
_NUMBER_AND_REST = re.compile(r"([+-]?[0-9.,' ]*[0-9])(.*)", re.DOTALL)
# As R and Python write the smallest and the largest numbers; spreadsheets ("1,23E+05") round them.
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?e[+-][0-9]{2,3}")


def _form(mark: Mark) -> re.Pattern[str]:
    """Return the form of a number whose decimals come after this mark."""
    other = re.escape(NUMBER_MARKS[1 - NUMBER_MARKS.index(mark)])
    grouped = rf"[1-9][0-9]{{0,2}}([{other}' ])[0-9]{{3}}(?:\1[0-9]{{3}})*"
    return re.compile(rf"[+-]?(?=[0-9]|{re.escape(mark)})(?:{grouped}|[0-9]+)?"
                      rf"(?:{re.escape(mark)}[0-9]+)?")  # fmt: skip


_FORMS = {mark: _form(mark) for mark in NUMBER_MARKS}


def readings(
    text: str, is_unit: Callable[[str], bool] = lambda rest: not rest
) -> dict[Mark, float]:
    r"""Return the numbers that a text may say, by the mark before its decimals.

    None when the text says no number; one number by each mark otherwise, unless the text can only
    be written with one of them. Decimal digits of every script count, powers, fractions, rounded
    exponents and endless rows of digits do not. ``is_unit`` says whether what follows the number
    may follow it; by default nothing may.

    >>> readings("41,5"), readings("1.280,5"), readings("1\u202f280")
    ({',': 41.5}, {',': 1280.5}, {'.': 1280.0, ',': 1280.0})
    >>> readings("1,280"), readings("0,280"), readings("7²")
    ({'.': 1280.0, ',': 1.28}, {',': 0.28}, {})
    """
    if _SCIENTIFIC.fullmatch(text.strip()):
        return _finite({".": float(text)})
    parts = _NUMBER_AND_REST.fullmatch(_plain(text))
    if parts is None or not is_unit(parts[2].strip()):
        return {}
    written = parts[1]
    return _finite({
        mark: float(re.sub(r"[^0-9.+-]", "", written.translate(_as_point(mark))))
        for mark, form in _FORMS.items()
        if form.fullmatch(written)
    })  # fmt: skip


def _finite(read: dict[Mark, float]) -> dict[Mark, float]:
    """Return the numbers that a text may say, none where it has more digits than a number."""
    return read if np.isfinite([*read.values()]).all() else {}


def _plain(text: str) -> str:
    """Return a text with one kind of space, minus, apostrophe and digit."""
    plain = _SPACES.sub(" ", INVISIBLE.sub("", text)).strip()
    plain = _APOSTROPHES.sub("'", _MINUS.sub("-", plain))
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in plain)


def _as_point(mark: Mark) -> dict[int, str | None]:
    other = NUMBER_MARKS[1 - NUMBER_MARKS.index(mark)]
    return {ord(other): None, ord(mark): "."}


@dataclass(frozen=True)
class DecimalMark:
    """The mark before the decimals in a column."""

    mark: Mark | None  # None when nothing tells
    # the texts that say one number or another by the mark, with both
    needed: Mapping[str, Mapping[Mark, float]]
    declared: bool = False  # by the study file


def decimal_mark(
    texts: Iterable[str],
    *,
    is_unit: Callable[[str], bool] = lambda rest: not rest,
    declared: Mark | None = None,
    bounds: tuple[float, float] = (-np.inf, np.inf),
) -> DecimalMark:
    """Return which mark stands before the decimals in a column.

    The mark declared by the study file; or that of the cells that can only be read with it ("41,5",
    "1,280.50"); or the only one by which all cells lie within the bounds.

    >>> decimal_mark(["1,280", "884"]).mark is None
    True
    >>> decimal_mark(["1,280", "884.5"]).mark, decimal_mark(["1,280"], bounds=(0, 99)).mark
    ('.', ',')
    """
    told: set[Mark] = set()
    needed: dict[str, dict[Mark, float]] = {}
    for text in texts:
        read = readings(text, is_unit)
        if len(read) == 1:
            told |= read.keys()
        elif len(set(read.values())) > 1:
            needed[text] = read
    if declared is not None:
        return DecimalMark(declared, needed, declared=True)
    if len(told) != 1:
        low, high = bounds
        told = {
            mark
            for mark in NUMBER_MARKS
            if all(low <= read[mark] <= high for read in needed.values())
        }
    return DecimalMark(told.pop() if len(told) == 1 else None, needed)
