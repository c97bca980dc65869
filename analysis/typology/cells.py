"""The cells of one column of answers: read, or named in a problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from typology.answers import map_distinct
from typology.phrases import Phrase, joined, phrase
from typology.problems import Problem

SAME_ANSWER_LISTED = 5
"""An unreadable answer found on more rows than this in one column makes one problem."""

ANSWERS_LISTED = 50
"""Different unreadable answers of one column listed before the others are counted together."""


@dataclass(frozen=True)
class AnswerColumns:
    """What was read for one item or question.

    Parameters
    ----------
    columns : mapping of str to Series
        Columns by name, rows numbered from 0.
    problems : tuple of Problem
        Answers that could not be read.
    notices : tuple of str
        What was decided.
    """

    columns: Mapping[str, pd.Series[Any]]
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


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
    rows : Series of str
        How each row is called.
    where : str
        The file.
    labels : mapping of str to str
        Value labels of a statistics file.
    """

    texts: pd.Series[Any]
    key: str
    header: str
    rows: pd.Series[Any]
    where: str
    labels: Mapping[str, str]

    @property
    def column(self) -> str:
        """Return what the column is called in a problem."""
        same = self.key.casefold() == self.header.casefold()
        return self.key if same else f"{self.key} ({self.header})"

    def read(
        self,
        reader: Callable[[str], object],
        dtype: str,
        *,
        expected: Phrase,
        suggest: Callable[[str], Phrase] = lambda _: phrase(""),
    ) -> AnswerColumns:
        """Return the column read cell by distinct cell, and the cells that cannot be."""
        said, bad, unreadable = map_distinct(self.texts, reader)
        values = pd.Series(pd.array(said, dtype=dtype))  # type: ignore[call-overload]
        problems = self._problems(np.flatnonzero(bad), unreadable, expected, suggest)
        return AnswerColumns({self.key: values}, problems)

    def _problems(
        self,
        positions: np.ndarray[Any, Any],
        unreadable: Mapping[str, str],
        expected: Phrase,
        suggest: Callable[[str], Phrase],
    ) -> tuple[Problem, ...]:
        """Return a problem a cell; one for all the cells of an answer when they are many."""
        make = partial(Problem, column=self.column, expected=expected, where=self.where)
        bad = self.texts.iloc[positions]
        answers = bad.drop_duplicates()
        problems: list[tuple[int, Problem]] = []
        for text in answers.iloc[:ANSWERS_LISTED]:
            part = unreadable[str(text)]
            correct = phrase("Correct the answer, or leave the cell empty.")
            remedy = joined([suggest(part), correct])
            named = partial(make, value=shorten(part), remedy=remedy)
            at = bad.index[bad == text]
            if len(at) > SAME_ANSWER_LISTED:
                problems.append((at[0], named(row=self._few_rows(at))))
            else:
                problems += [(row, named(row=self.rows.iloc[row])) for row in at]
        others = bad[bad.isin(answers.iloc[ANSWERS_LISTED:])]
        if len(others):
            count = len(answers) - ANSWERS_LISTED
            value = phrase("{count} other answers of this kind", count=count)
            remedy = phrase("Check that this column holds the answers to its question.")
            rows = self._few_rows(others.index)
            problems.append((len(self.texts), make(row=rows, value=value, remedy=remedy)))
        return tuple(problem for _, problem in sorted(problems, key=lambda pair: pair[0]))

    def _few_rows(self, at: pd.Index[Any]) -> str:
        listed = joined(self.rows.iloc[at[:SAME_ANSWER_LISTED]], ", ")
        more = len(at) - SAME_ANSWER_LISTED
        return phrase("{list} and {more} more", list=listed, more=more) if more > 0 else listed


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
