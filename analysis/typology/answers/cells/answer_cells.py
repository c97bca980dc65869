"""The cells of one column of answers: read, or noted as unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.cells.code_books import CodeBook, UnreadKind
from typology.answers.cells.texts import map_distinct
from typology.problems import Problem
from typology.words.phrases import Phrase


@dataclass(frozen=True)
class Unread:
    """One answer of one column that could not be read."""

    kind: UnreadKind
    part: str  # what could not be read in it
    name: str  # the id of the scale or the question that it should answer
    cells: Cells
    rows: tuple[int, ...]  # those that hold it, from 0; none for a label that nobody gave
    expected: Phrase
    book: CodeBook | None = None  # where the scale or the question has codes and words


@dataclass(frozen=True)
class AnswerColumns:
    """What was read for one item or question."""

    columns: Mapping[str, pd.Series[Any]]  # by name, rows numbered from 0
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()  # answers that were read and contradict each other
    notices: tuple[str, ...] = ()  # what was decided
    renumbered: tuple[str, ...] = ()  # read by the labels of the file, which numbers them otherwise


@dataclass(frozen=True)
class Cells:
    """The cells of one column, and how to name them in a problem."""

    texts: pd.Series[Any]  # numbered from 0
    key: str  # what the column holds
    header: str  # what stands above it
    labels: Mapping[str, str] = field(default_factory=dict)  # of a statistics file, by code
    numbers: npt.NDArray[np.bool_] | None = None  # those not typed
    # labels of the values that a statistics file declares missing, and how many cells have each
    declared_missing: Mapping[str, int] = field(default_factory=dict)

    @property
    def column(self) -> str:
        """Return what the column is called in a problem."""
        same = self.key.casefold() == self.header.casefold()
        return self.key if same else f"{self.key} ({self.header})"

    @property
    def stored(self) -> pd.Series[bool]:
        """Return which cells are numbers of the file."""
        if self.numbers is None:
            return pd.Series(False, index=self.texts.index)
        return pd.Series(self.numbers, index=self.texts.index)

    @property
    def typed(self) -> Cells:
        """Return the column with only the cells that were typed, the others empty."""
        return replace(self, texts=self.texts.mask(self.stored, ""))

    @property
    def only_stored(self) -> Cells:
        """Return the column with only the cells that are numbers of the file."""
        return replace(self, texts=self.texts.where(self.stored, ""))

    @property
    def distinct(self) -> list[str]:
        """Return the different texts of the column."""
        return [str(text) for text in self.texts.unique()]

    def read(
        self,
        reader: Callable[[str], object],
        dtype: str,
        *,
        expected: Phrase,
        name: str,
        book: CodeBook | None = None,
    ) -> AnswerColumns:
        """Return the column read cell by distinct cell, and the cells that cannot be.

        The reader returns what a text says, None for no answer, or raises `Unreadable`; ``name`` is
        the id of the scale or the question.
        """
        said, bad, unreadable = map_distinct(self.texts, reader)
        values = pd.Series(pd.array(said, dtype=dtype))  # type: ignore[call-overload]
        at = np.flatnonzero(bad)
        positions = pd.Series(at).groupby(self.texts.to_numpy()[at], sort=False)
        unread = tuple(
            Unread(unreadable[str(text)].kind, unreadable[str(text)].part, name, self,
                   tuple(rows), expected, book)
            for text, rows in positions
        )  # fmt: skip
        return AnswerColumns({self.key: values}, unread)
