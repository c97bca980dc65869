"""The cells of one column of answers: read, or noted as unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.cells.code_books import CodeBook, Kind
from typology.answers.cells.texts import map_distinct
from typology.problems import Problem
from typology.words.phrases import Phrase


@dataclass(frozen=True)
class Unread:
    """One answer of one column that could not be read.

    Parameters
    ----------
    kind : Kind
        Why not.
    part : str
        What could not be read in it.
    name : str
        The id of the scale or the question that it should answer.
    cells : Cells
        The column.
    rows : tuple of int
        The rows that hold it, numbered from 0; none for a label that nobody gave.
    expected : Phrase
        What should have been there.
    book : CodeBook or None
        The codes and words of the scale or the question, where it has some.
    """

    kind: Kind
    part: str
    name: str
    cells: Cells
    rows: tuple[int, ...]
    expected: Phrase
    book: CodeBook | None = None


@dataclass(frozen=True)
class AnswerColumns:
    """What was read for one item or question.

    Parameters
    ----------
    columns : mapping of str to Series
        Columns by name, rows numbered from 0.
    unread : tuple of Unread
        Answers that could not be read.
    problems : tuple of Problem
        Answers that were read and contradict each other.
    notices : tuple of str
        What was decided.
    renumbered : tuple of str
        Columns read by the labels of the file, which numbers the answers otherwise.
    """

    columns: Mapping[str, pd.Series[Any]]
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    renumbered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cells:
    """The cells of one column, and how to name them in a problem.

    Parameters
    ----------
    texts : Series of str
        The cells, numbered from 0.
    key : str
        What the column holds.
    header : str
        What stands above it.
    labels : mapping of str to str
        Value labels of a statistics file.
    numbers : array of bool or None
        Which of them are numbers of the file, rather than typed; None if none is.
    """

    texts: pd.Series[Any]
    key: str
    header: str
    labels: Mapping[str, str] = field(default_factory=dict)
    numbers: npt.NDArray[np.bool_] | None = None

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

        Parameters
        ----------
        reader : callable
            Returns what a text says, None for no answer, or raises `Unreadable`.
        dtype : str
            Of the column.
        expected : Phrase
            What it should hold.
        name : str
            The id of the scale or the question.
        book : CodeBook, optional
            Its codes and words.

        Returns
        -------
        AnswerColumns
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


def shorten(text: str, length: int = 60) -> str:
    """Return a text cut to a length, dots showing the cut.

    Parameters
    ----------
    text : str
        Any.
    length : int
        At most so many characters.

    Returns
    -------
    str
        The text.
    """
    return text if len(text) <= length else text[: length - 3] + "..."
