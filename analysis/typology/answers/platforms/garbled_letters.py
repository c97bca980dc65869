"""Letters garbled before a file came here: UTF-8 read as Windows-1252 or Mac Roman, and kept so.

Two or three odd signs then stand for a letter with an accent, a quote, a dash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from typology.answers.platforms.table import AnswerTable
from typology.words.phrases import phrase
from typology.words.visible_text import shorten

_RUNS = (
    ((0xC2,), range(0xA0, 0xC0)),  # no-break space, « », °
    ((0xC3, 0xC5), range(0x80, 0xC0)),  # letters with accents, œ
    ((0xE2,), range(0x80, 0xC0), range(0x80, 0xC0)),  # quotes, dashes, the euro
)
"""Bytes of the letters of European texts that UTF-8 writes with two or three of them."""
_A_GRAVE = "\N{LATIN CAPITAL LETTER A WITH TILDE}"
"""What is left of "à" where the no-break space after it became a plain one, or went."""
_A_ALONE = re.compile(rf"(?<!\w){_A_GRAVE} {{1,2}}(?=[a-z])")
_A_AT_AN_END = re.compile(rf"{_A_GRAVE}(?: {{1,2}}(?=\S)| *$)")
_TIMES = 3
"""A text may have been garbled more than once."""


def _letter(byte: int, encoding: str) -> str:
    """Return the letter of a byte; in Windows-1252 a byte without one is itself."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def _pattern(encoding: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_signs(run, encoding) for run in _RUNS) + ")+")


def _in_a_word(encoding: str) -> re.Pattern[str]:
    run = _signs(_RUNS[1], encoding)
    return re.compile(f"[A-Za-z]{run}|{run}[A-Za-z]")


def _signs(run: Iterable[Iterable[int]], encoding: str) -> str:
    return "".join(
        "[" + re.escape("".join(_letter(byte, encoding) for byte in given)) + "]" for given in run
    )


_PATTERNS = {encoding: _pattern(encoding) for encoding in ("cp1252", "mac_roman")}
_WORDS = tuple(map(_in_a_word, _PATTERNS))
_BYTES = {
    encoding: {_letter(byte, encoding): byte for byte in range(0x80, 0x100)}
    for encoding in _PATTERNS
}


def mended_letters(text: str) -> str:
    """Return a text with its letters as they were written.

    >>> mended_letters("Trop \u00c3\u00a9lev\u00c3\u00a9, \u00c3\u00a0 l\u00e2\u20ac\u2122avenir")
    'Trop élevé, à l’avenir'
    >>> mended_letters("L'Âge d'or, SÃO, √2")
    "L'Âge d'or, SÃO, √2"
    """
    if text.isascii():
        return text
    before, mended = "", text
    for _ in range(_TIMES):
        before = mended
        for encoding, pattern in _PATTERNS.items():
            mended = pattern.sub(_of_bytes(_BYTES[encoding]), mended)
        if mended == before:
            break
    if _A_GRAVE not in mended:
        return mended
    told = _A_ALONE if mended == text else _A_AT_AN_END
    return told.sub("à ", mended).rstrip(" ")


def _of_bytes(table: Mapping[str, int]) -> Callable[[re.Match[str]], str]:
    def mended(run: re.Match[str]) -> str:
        try:
            return bytes(table[letter] for letter in run[0]).decode("utf-8")
        except UnicodeDecodeError:
            return run[0]

    return mended


def with_mended_letters(table: AnswerTable) -> AnswerTable:
    """Return a table whose garbled letters are mended, and told; the same where there are none.

    One word at least must hold a garbled letter: signs alone may be meant.
    """
    mended: dict[str, str] = {}
    count = 0

    def of(text: str) -> str:
        better = mended_letters(text)
        if better != text:
            mended[text] = better
        return better

    headers, descriptions = tuple(map(of, table.headers)), tuple(map(of, table.descriptions))
    labels = {
        column: {code: of(label) for code, label in given.items()}
        for column, given in table.value_labels.items()
    }
    count += len(mended)
    columns: dict[Any, pd.Series[Any]] = {}
    for column in table.cells:
        cells = table.cells[column]
        found = {
            text: better for text in map(str, cells.unique())
            if not text.isascii() and (better := of(text)) != text
        }  # fmt: skip
        if found:
            count += int(np.count_nonzero(cells.isin(list(found))))
            columns[column] = cells.replace(found)
    if not any(word.search(text) for text in mended for word in _WORDS):
        return table
    told = phrase(
        "Letters garbled before the file came here were mended in {count} headings and cells: "
        "'{garbled}' is read as '{text}'.",
        count=count,
        garbled=shorten(next(iter(mended)), 40),
        text=shorten(next(iter(mended.values())), 40),
    )
    texts = table.cells.copy(deep=False)
    for column, cells in columns.items():
        texts[column] = cells
    return replace(
        table,
        headers=headers,
        descriptions=descriptions,
        value_labels=labels,
        cells=texts,
        notices=(*table.notices, told),
    )
