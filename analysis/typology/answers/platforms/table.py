"""The table that every answer file becomes: headers, rows of text, labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.platforms.limits import check_size
from typology.problems import Problem
from typology.words.phrases import Phrase, few, phrase

_FEW_ROWS = 10
"""As many rows at most, below an empty one, may be something else than respondents."""


@dataclass(frozen=True)
class AnswerTable:
    """An answer file as it stands: nothing is guessed, every cell is text, "" where empty.

    Columns are numbered from 0, for two may have one header; rows as the file numbers them.
    """

    name: str  # of the file, with the sheet for a workbook
    headers: tuple[str, ...]
    cells: pd.DataFrame
    # the variable labels of SPSS and Stata, the texts of questions below the header of Qualtrics
    descriptions: tuple[str, ...] = ()
    # by column, label of each code
    value_labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()  # what the reader decided and the user should know
    # by column, the cells that are numbers of the file: not typed, written with a point
    numbers: Mapping[int, npt.NDArray[np.bool_]] = field(default_factory=dict)
    hidden: bool = False  # a hidden sheet
    # what is wrong with cells that could not be read: it matters if the column is used
    column_problems: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict)
    # by column, the labels of values that a statistics file declares missing, and how many cells
    declared_missing: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    # numbers of the rows of a text that end before the last column
    short_rows: frozenset[int] = frozenset()

    def description(self, column: int) -> str:
        """Return the variable label of a column, "" when the file has none."""
        return self.descriptions[column] if self.descriptions else ""

    def filled(self, column: int) -> npt.NDArray[np.bool_]:
        """Return in which rows a column holds something."""
        return (self.cells[column].str.strip() != "").to_numpy(dtype=bool)

    def problems_of(self, columns: Sequence[int | None]) -> list[Problem]:
        """Return what is wrong with the cells of some columns; None is no column."""
        used = sorted({number for number in columns if number is not None})
        return [problem for number in used for problem in self.column_problems.get(number, ())]


def assembled(
    name: str,
    header: Sequence[str],
    numbers: npt.NDArray[np.int64],
    columns: Mapping[int, npt.NDArray[np.object_]],
    *,
    descriptions: Sequence[str] = (),
    notices: Sequence[str] = (),
    numbers_stored: Mapping[int, npt.NDArray[np.bool_]] | None = None,
    hidden: bool = False,
    column_problems: Mapping[int, tuple[Problem, ...]] | None = None,
) -> AnswerTable:
    """Return the table of columns of text, leaving out what is no part of it.

    Columns that are blank from the header down, rows that repeat the header, and cells that stand
    alone outside the table, which are told. ``numbers`` are where each row stands in the file,
    ascending, without those that are blank; mappings are by number of column.

    >>> table = assembled("a.csv", ["id", "E01", ""], np.array([2, 3]),
    ...     {0: np.array(["x", "y"], dtype=object), 1: np.array(["1", ""], dtype=object)})
    >>> table.headers
    ('id', 'E01')
    >>> table.cells
       0  1
    2  x  1
    3  y
    """
    titles = {at: text.strip() for at, text in enumerate(header) if text.strip()}
    filled = {at: cells for at, cells in columns.items() if any(map(str.strip, set(cells)))}
    kept = sorted(set(titles) | set(filled))
    stray_columns = _outside(kept, titles)
    kept = [at for at in kept if at not in stray_columns]
    check_size(name, len(numbers), len(kept))
    wanted, strays, repeated = _rows_of_table(kept, titles, numbers, filled)
    told = list(notices)
    told += _repeated_header(numbers[repeated])
    told += _stray_cells(strays, stray_columns, numbers, filled)
    told += _below_a_gap(numbers[wanted])
    every = bool(wanted.all())  # a copy of each column would double the memory of a large file
    blank = np.full(len(numbers), "", dtype=object)
    texts = {
        place: pd.array(cells if every else cells[wanted], dtype="string", copy=False)
        for place, at in enumerate(kept)
        for cells in [filled.get(at, blank)]
    }
    return AnswerTable(
        name=name,
        headers=tuple(titles.get(at, "") for at in kept),
        cells=pd.DataFrame(texts, index=pd.Index(numbers[wanted]), copy=False),
        descriptions=_by_column(descriptions, kept),
        notices=tuple(told),
        numbers={
            place: (numbers_stored or {})[at][wanted]
            for place, at in enumerate(kept)
            if at in (numbers_stored or {})
        },
        hidden=hidden,
        column_problems={
            place: (column_problems or {})[at]
            for place, at in enumerate(kept)
            if at in (column_problems or {})
        },
    )


def column_letters(number: int) -> str:
    """Return what a spreadsheet calls a column.

    >>> column_letters(0), column_letters(16383)
    ('A', 'XFD')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _by_column(descriptions: Sequence[str], kept: Sequence[int]) -> tuple[str, ...]:
    if not descriptions:
        return ()
    return tuple(descriptions[at].strip() if at < len(descriptions) else "" for at in kept)


def _outside(kept: Sequence[int], titles: Mapping[int, str]) -> list[int]:
    """Return the columns without a title that a blank column separates from the table."""
    last = max(titles, default=-1)
    end = last
    for at in kept:
        if at > last and at == end + 1:
            end = at
    return [at for at in kept if at > end] if titles else []


def _rows_of_table(
    kept: Sequence[int],
    titles: Mapping[int, str],
    numbers: npt.NDArray[np.int64],
    filled: Mapping[int, npt.NDArray[np.object_]],
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which rows are respondents, which hold stray cells, which repeat the header."""
    counts = np.zeros(len(numbers), dtype=np.int64)
    repeated = np.full(len(numbers), len(titles) > 1)
    for at in kept:
        cells = filled.get(at)
        if cells is None:
            repeated &= at not in titles
            continue
        counts += cells != ""
        if repeated.any():
            repeated &= np.array([text.strip() == titles.get(at, "") for text in cells])
    gap = np.diff(numbers, prepend=numbers[:1] - 1) > 1
    # After the last row that fills more than a cell, what a blank row separates is a stray.
    full = np.flatnonzero(counts > 1)
    after = np.zeros(len(numbers), dtype=bool)
    if len(full) and len(kept) > 2:
        late = np.flatnonzero(gap[full[-1] + 1 :])
        if len(late):
            after[full[-1] + 1 + late[0] :] = True
    strays = after | (counts == 0)
    return ~strays & ~repeated, strays, repeated


def _repeated_header(numbers: npt.NDArray[np.int64]) -> list[Phrase]:
    if not len(numbers):
        return []
    return [phrase("Rows that repeat the header are not read: {rows}.", rows=few(numbers.tolist()))]


def _below_a_gap(numbers: npt.NDArray[np.int64]) -> list[Phrase]:
    """Return that the last rows stand apart, where they are few: they may be no respondents.

    >>> _below_a_gap(np.array([*range(2, 40), 41]))
    ['Row 41 stands below an empty row and is read as a respondent: delete it if it is none.']
    >>> _below_a_gap(np.array([2, 3, 5, 6]))
    []
    """
    gaps = np.flatnonzero(np.diff(numbers) > 1)
    if not len(gaps):
        return []
    last = numbers[gaps[-1] + 1 :]
    if len(last) > min(_FEW_ROWS, len(numbers) / 10):
        return []
    if len(last) == 1:
        return [
            phrase(
                "Row {row} stands below an empty row and is read as a respondent: delete it if it "
                "is none.",
                row=last[0],
            )
        ]
    return [
        phrase(
            "Rows {rows} stand below an empty row and are read as respondents: delete them if they "
            "are none.",
            rows=few(last.tolist()),
        )
    ]


def _stray_cells(
    strays: npt.NDArray[np.bool_],
    stray_columns: Sequence[int],
    numbers: npt.NDArray[np.int64],
    filled: Mapping[int, npt.NDArray[np.object_]],
) -> list[Phrase]:
    """Return a notice on the cells that stand outside the table."""
    found: list[str] = []
    for at, cells in filled.items():
        rows: Any = np.flatnonzero(cells != "" if at in stray_columns else strays & (cells != ""))
        found += [
            f"{column_letters(at)}{numbers[row]} ('{cells[row][:20]}')" for row in rows[:10]
        ] + [""] * (len(rows) - 10)
    if not found:
        return []
    listed = few(sorted(found, key=lambda cell: not cell))
    return [phrase("Cells outside the table are not read: {cells}.", cells=listed)]
