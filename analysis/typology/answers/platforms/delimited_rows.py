"""The rows of a delimited text under their header: as wide as it is, or said not to be."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt

from typology.answers.platforms.limits import MOST_TEXT, check_size, too_much
from typology.files.csv_tables import from_text
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, few, phrase
from typology.words.visible_text import shorten

_CHUNK = 20_000
_TEXT_FORMULA = re.compile(r'\s*="((?:[^"]|"")*)"\s*')
"""A text as some programs write it for Excel, which would take it for a number otherwise."""
_OTHERS = {
    ",": phrase("commas"),
    ";": phrase("semicolons"),
    "\t": phrase("tabs"),
}


class RowCollector:
    """Rows of text that become columns, every different text of a column stored once.

    ``width`` is how many cells the header has, ``delimiter`` what cut the rows.
    """

    def __init__(self, name: str, width: int, delimiter: str) -> None:
        self.name = name
        self.width = width
        self.delimiter = delimiter
        self._numbers: list[int] = []
        self._chunk: list[list[str]] = []
        self._columns: list[list[npt.NDArray[np.object_]]] = [[] for _ in range(width)]
        self._known: list[dict[str, str]] = [{} for _ in range(width)]
        self._text = 0
        self._short: list[int] = []
        self._alone: list[str] = []  # short rows of one cell: its first words
        self._long: dict[int, list[int]] = defaultdict(list)
        self._mixed: dict[str, list[int]] = defaultdict(list)

    @property
    def short_rows(self) -> frozenset[int]:
        """Return where the rows stand that end before the last column."""
        return frozenset(self._short)

    def add(self, number: int, record: list[str]) -> None:
        """Add a row that is not blank, and where it stands in the file."""
        if len(record) != self.width:
            record = self._fitted(number, record)
        self._numbers.append(number)
        self._chunk.append(record)
        if len(self._chunk) == _CHUNK:
            self._store()

    def finished(
        self,
    ) -> tuple[npt.NDArray[np.int64], dict[int, npt.NDArray[np.object_]], list[Phrase]]:
        """Return the numbers of the rows, the columns, and what was noticed.

        Rows that are wider than the header or cut by another separator raise `InputError`.
        """
        self._store()
        problems = [*self._mixed_problems(), *self._long_problems()]
        if problems:
            raise InputError(problems)
        notices = []
        if self._short:
            notices.append(
                phrase(
                    "Rows that end before the last column: {count} ({rows}); "
                    "their last cells are read as empty.",
                    count=len(self._short),
                    rows=few(self._short),
                )
            )
            if self._alone:
                notices.append(
                    phrase(
                        "Rows of one cell alone: {rows}. They may be the rest of a text with line "
                        "ends outside quotes, and no respondents: remove them then, or export the "
                        "answers as .xlsx.",
                        rows=few(self._alone),
                    )
                )
            elif self._short == self._numbers[-1:]:
                notices.append(
                    phrase(
                        "It is the last row: the file may have been cut short on its way. Compare "
                        "its number of respondents with that of the survey tool."
                    )
                )
        columns = {}
        for at, pieces in enumerate(self._columns):
            columns[at] = np.concatenate(pieces) if pieces else np.empty(0, dtype=object)
            self._columns[at] = []  # the pieces are let go before the next column is joined
        return np.array(self._numbers, dtype=np.int64), columns, notices

    def _fitted(self, number: int, record: list[str]) -> list[str]:
        """Return a row as wide as the header, noting what was wrong with it."""
        if len(record) > self.width:
            if any(map(str.strip, record[self.width :])):
                self._long[len(record)].append(number)
            return record[: self.width]
        other = self._other_separator(record)
        if other:
            self._mixed[other].append(number)
        else:
            self._short.append(number)
            if len(record) == 1 < self.width - 1:
                self._alone.append(f"{number} ('{shorten(record[0], 20)}')")
        return record + [""] * (self.width - len(record))

    def _other_separator(self, record: list[str]) -> str:
        """Return the separator that cuts a short row as wide as the header, "" if none does."""
        counts = {
            other: sum(cell.count(other) for cell in record)
            for other in _OTHERS
            if other != self.delimiter
        }
        most = max(counts, key=lambda other: counts[other])
        lacking, own = self.width - len(record), len(record) - 1
        fits = lacking in (*counts.values(), sum(counts.values()))
        # In a row that is mostly cut as the header is, the others belong to a text.
        return most if counts[most] > own and (fits or own == 0) else ""

    def _store(self) -> None:
        """Turn the rows at hand into columns."""
        if not self._chunk:
            return
        check_size(self.name, len(self._numbers), self.width)
        for at, cells in enumerate(zip(*self._chunk, strict=True)):
            known = self._known[at]
            # What keeps a spreadsheet from running or changing a text is no part of the text.
            new = {text: _kept_text(text) for text in set(cells).difference(known)}
            known.update(new)
            column = np.empty(len(cells), dtype=object)
            column[:] = [known[text] for text in cells]
            self._columns[at].append(column)
            self._text += sum(map(_bytes_of, new))
        self._chunk = []
        if self._text > MOST_TEXT:
            raise too_much(
                self.name,
                phrase("more than {count} MB of different texts", count=MOST_TEXT // 1_000_000),
                phrase("answers that respondents share: codes, words of a scale, short texts"),
            )

    def _long_problems(self) -> list[Problem]:
        return [
            Problem(
                row=few(numbers),
                column="",
                value=phrase("{count} cells", count=count),
                expected=phrase("{count} cells, as in the header", count=self.width),
                remedy=phrase(
                    "Put texts that hold the separator between double quotes, "
                    "or export the answers as .xlsx."
                ),
                where=self.name,
            )
            for count, numbers in self._long.items()
        ]

    def _mixed_problems(self) -> list[Problem]:
        return [
            Problem(
                row=few(numbers),
                column="",
                value=phrase("cells separated by {other}", other=_OTHERS[other]),
                expected=phrase(
                    "cells separated by {separator}, as in the header",
                    separator=_OTHERS[self.delimiter],
                ),
                remedy=phrase("Export the answers again with one separator, or as .xlsx."),
                where=self.name,
            )
            for other, numbers in self._mixed.items()
        ]


def _kept_text(cell: str) -> str:
    """Return the text of a cell without the apostrophe before it, or the formula around it.

    >>> _kept_text('="0012"'), _kept_text("'=1+1"), _kept_text('=A1&"x"'), _kept_text('="a""b"')
    ('0012', '=1+1', '=A1&"x"', 'a"b')
    """
    formula = _TEXT_FORMULA.fullmatch(cell)
    return formula[1].replace('""', '"') if formula is not None else from_text(cell)


def _bytes_of(text: Any) -> int:
    return 50 + len(text)
