"""Tables of answers as numbers of categories, gone through a piece at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from rfree.base.coding import (
    CategoryCoding,
    HeldAnswers,
    held_answers,
    ordered_levels,
    sorting_key,
)
from rfree.base.inputs import FloatArray, IntArray, check_table, missing_error
from rfree.base.parts import CELLS_AT_ONCE, Sums, TableParts, added, as_parts

_Result = TypeVar("_Result")
RespondentColumn = FloatArray | IntArray | None


class CodedAnswers(ABC):
    """A table of answers as numbers of categories, a piece of its rows at a time.

    Attributes
    ----------
    coding : CategoryCoding
    index : pandas Index
        Names of the respondents.
    levels : DataFrame
        The columns with all their levels, those that nobody gave included.
    """

    coding: CategoryCoding
    index: pd.Index
    levels: pd.DataFrame

    @abstractmethod
    def map(self, work: Callable[..., _Result], *columns: RespondentColumn) -> list[_Result]:
        """Return what a function makes of each piece.

        Parameters
        ----------
        work : function of an array, respondents x variables
            Of numbers of categories, and of the same rows of each column.
        *columns : arrays of respondents, or None

        Returns
        -------
        list
            In the order of the rows.
        """

    @abstractmethod
    def total(self, work: Callable[..., Sums], *columns: RespondentColumn) -> Sums:
        """Return the sums over the pieces of the arrays that a function makes of each.

        Parameters
        ----------
        work, *columns
            As in `map`; ``work`` gives a tuple of arrays.

        Returns
        -------
        tuple of arrays
        """


@dataclass(frozen=True)
class AnswersInMemory(CodedAnswers):
    """The answers of a DataFrame; ``held`` has their positions."""

    held: HeldAnswers
    levels: pd.DataFrame

    @property
    def coding(self) -> CategoryCoding:  # type: ignore[override]
        """Return the categories."""
        return self.held.coding

    @property
    def index(self) -> pd.Index:  # type: ignore[override]
        """Return the names of the respondents."""
        return self.levels.index

    def map(self, work: Callable[..., _Result], *columns: RespondentColumn) -> list[_Result]:
        """Return what a function makes of each piece."""
        return list(self._made(work, columns))

    def total(self, work: Callable[..., Sums], *columns: RespondentColumn) -> Sums:
        """Return the sums over the pieces of the arrays that a function makes of each."""
        return reduce(added, self._made(work, columns))

    def _made(
        self, work: Callable[..., _Result], columns: tuple[RespondentColumn, ...]
    ) -> Iterator[_Result]:
        step = max(1, CELLS_AT_ONCE // len(self.held.positions))
        for start in range(0, len(self.index), step):
            rows = slice(start, start + step)
            given = [None if each is None else each[rows] for each in columns]
            yield work(self.held.codes(rows), *given)


@dataclass(frozen=True)
class AnswersInParts(CodedAnswers):
    """The answers of a table in parts; ``sizes`` are the numbers of rows of the parts."""

    parts: TableParts
    coding: CategoryCoding
    index: pd.Index
    levels: pd.DataFrame
    sizes: IntArray

    def map(self, work: Callable[..., _Result], *columns: RespondentColumn) -> list[_Result]:
        """Return what a function makes of each part."""
        return self.parts.map(partial(_coded, work, self.coding), self._cut(columns))

    def total(self, work: Callable[..., Sums], *columns: RespondentColumn) -> Sums:
        """Return the sums over the parts of the arrays that a function makes of each."""
        return self.parts.total(partial(_coded, work, self.coding), self._cut(columns))

    def _cut(self, columns: tuple[RespondentColumn, ...]) -> list[list[Any]]:
        bounds = [0, *np.cumsum(self.sizes).tolist()]
        return [
            [None if each is None else each[start:stop] for start, stop in pairwise(bounds)]
            for each in columns
        ]


def _coded(
    work: Callable[..., _Result],
    coding: CategoryCoding,
    part: pd.DataFrame,
    *columns: RespondentColumn,
) -> _Result:
    empty = np.empty((0, len(coding.variables)), dtype=np.int64)
    return work(coding.encode(part) if len(part) else empty, *columns)


def coded_answers(X: Any, *, name: str = "X") -> CodedAnswers:
    """Find the categories of a table of answers.

    Parameters
    ----------
    X : DataFrame, or what `rfree.base.parts.as_parts` makes a table in parts of
        One categorical column a question; no missing value. What this function returned stays as
        it is: several analyses of one table, unchanged meanwhile, find its categories once.
    name : str
        What to call the table in messages.

    Returns
    -------
    CodedAnswers
        Categories are in the order of `rfree.base.coding.learn_coding`. Levels that are not the
        same in all parts: in their order where it is alike in all, those of later parts last.

    Raises
    ------
    TypeError, ValueError
        As in `rfree.base.coding.learn_coding`, and if the parts have different columns.

    Examples
    --------
    >>> halves = [pd.DataFrame({"q": ["a", "c"]}), pd.DataFrame({"q": ["b"]})]
    >>> answers = coded_answers(halves)
    >>> answers.coding.names, answers.map(lambda codes: codes.ravel().tolist())
    (array(['a', 'b', 'c'], dtype=object), [[0, 2], [1]])
    """
    if isinstance(X, CodedAnswers):
        return X
    if isinstance(X, pd.DataFrame):
        return AnswersInMemory(held_answers(X, name=name), X)
    parts = as_parts(X)
    met = parts.map(_met)
    sizes = np.array([len(each.index) for each in met], dtype=np.int64)
    found = [each for each in met if len(each.index)]
    if not found:
        raise ValueError(f"{name} is empty: it has no respondent.")
    variables = found[0].variables
    others = {each.variables for each in found} - {variables}
    if others:
        apart = sorted(set(map(str, variables)) ^ set(map(str, others.pop())))
        raise ValueError(
            f"The parts of {name} have different columns: {', '.join(apart) or 'another order'}."
        )
    missing = np.sum([each.missing for each in found], axis=0)
    if missing.any():
        raise missing_error(pd.Series(missing, index=list(variables)), name=name)
    levels = [_union([each.levels[at] for each in found]) for at in range(len(variables))]
    given = [
        [level for level in all_levels if any(level in each.given[at] for each in found)]
        for at, all_levels in enumerate(levels)
    ]
    names = np.empty(sum(map(len, given)), dtype=object)
    names[:] = [level for some in given for level in some]
    coding = CategoryCoding(variables, np.array([len(each) for each in given]), names)
    shown = {
        variable: pd.Categorical([], categories=pd.Index(all_levels, dtype=object))
        for variable, all_levels in zip(variables, levels, strict=True)
    }
    return AnswersInParts(parts, coding, _index(found), pd.DataFrame(shown), sizes)


@dataclass(frozen=True)
class _Met:
    """What one part holds: levels in their order, those given, answers missing, its rows."""

    variables: tuple[Any, ...]
    levels: list[list[Any]]
    given: list[set[Any]]
    missing: IntArray
    index: pd.Index


def _met(part: pd.DataFrame) -> _Met:
    if len(part):
        check_table(part, name="a part of X")
    levels, given, missing = [], [], []
    for _, answers in part.items():
        positions, found = ordered_levels(answers)
        times = np.bincount(positions + 1, minlength=len(found) + 1)
        levels.append(found.tolist())
        given.append(set(found[times[1:] > 0].tolist()))
        missing.append(int(times[0]))
    return _Met(tuple(part.columns), levels, given, np.array(missing, dtype=np.int64), part.index)


def _union(levels: list[list[Any]]) -> list[Any]:
    first = levels[0]
    if all(each == first for each in levels):
        return first
    every = list(dict.fromkeys(level for each in levels for level in each))
    if all(each == sorted(each, key=sorting_key) for each in levels):
        return sorted(every, key=sorting_key)
    return every


def _index(found: list[_Met]) -> pd.Index:
    """Return the names of the respondents, or numbers through all parts."""
    indexes = [each.index for each in found]
    if all(isinstance(each, pd.RangeIndex) and each.start == 0 for each in indexes):
        return pd.RangeIndex(sum(map(len, indexes)))
    return indexes[0].append(indexes[1:])
