"""Other tables that give all that is published of one: the proof that it is not given back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

import numpy as np

from rfree.base.inputs import FloatArray
from rfree.disclosure.count_forms import (
    CountForms,
    CountTable,
    HiddenCounts,
    RoundedForms,
    bounds_told,
    small_counts,
)
from rfree.disclosure.given_back import NODE_LIMIT

_TRIES = 6
_SLACK = 1e-6


def gives_small_numbers_back(
    table: CountTable,
    hidden: HiddenCounts,
    *,
    smallest: int,
    told: Callable[[FloatArray], Hashable] | None = None,
    seed: int = 0,
) -> bool:
    """Return whether a small number may be worked out from what is published of a table.

    Parameters
    ----------
    table : CountTable
    hidden : HiddenCounts
        What is not published of it.
    smallest : int
        Numbers from 1 to ``smallest - 1`` are small.
    told : function of an array of categories x classes, optional
        What else is published, of all numbers at once: a statistic, as coarse as it is told.
    seed : int

    Returns
    -------
    bool
        False is a proof: for each small number there is another table, of whole numbers, that gives
        everything that is published and in which it is nought, or ``smallest`` or more; or, of a
        number that is told to be small, tables in which it is 1 and in which it is
        ``smallest - 1``. True says that none was found in a few integer programs.

    Examples
    --------
    >>> from rfree.disclosure.suppression import hide_small_counts
    >>> counts = CountTable(np.array([[2.0, 9.0], [30.0, 8.0]]))
    >>> hidden = hide_small_counts(counts, smallest=5)
    >>> gives_small_numbers_back(counts, hidden, smallest=5)
    False
    >>> gives_small_numbers_back(counts, hidden, smallest=5, told=lambda x: 0 < x[0, 0] < 5)
    True
    """
    return other_tables(table, hidden, smallest=smallest, told=told, seed=seed) is None


def other_tables(
    table: CountTable,
    hidden: HiddenCounts,
    *,
    smallest: int,
    told: Callable[[FloatArray], Hashable] | None = None,
    seed: int = 0,
) -> tuple[FloatArray, ...] | None:
    """Return the tables that prove that no small number is given back; None where one may be.

    Parameters and proof are those of `gives_small_numbers_back`.

    Examples
    --------
    >>> from rfree.disclosure.suppression import hide_small_counts
    >>> counts = CountTable(np.array([[2.0, 9.0], [30.0, 8.0]]))
    >>> hidden = hide_small_counts(counts, smallest=5)
    >>> [other.tolist() for other in other_tables(counts, hidden, smallest=5)]
    [[[5.0, 6.0], [27.0, 11.0]]]
    """
    others = _OtherTables(table, hidden, smallest, told, np.random.default_rng(seed))
    if not all(others.hide(number) for number in others.small_numbers()):
        return None
    return tuple(other.reshape(others.shape) for other in others.found)


@dataclass
class _OtherTables:
    """The tables that give what is published, found one after the other."""

    table: CountTable
    hidden: HiddenCounts
    smallest: int
    told: Callable[[FloatArray], Hashable] | None
    random: np.random.Generator
    found: list[FloatArray] = field(default_factory=list)

    def __post_init__(self) -> None:
        counts = np.asarray(self.table.counts, dtype=float)
        self.shape, self.true = counts.shape, counts.ravel()
        self.forms = CountForms.of(self.table)
        self.values = self.forms.matrix @ self.true
        self.small = small_counts(self.values, self.smallest)
        self.rows, self.low, self.high = self._published()
        self.goal = None if self.told is None else self.told(counts)

    def _published(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        forms, hidden = self.forms, self.hidden
        rounded = RoundedForms.of(self.table, forms, self.small)
        sums, most = bounds_told(forms, self.values, self.small, self.smallest)
        shown = forms.fixed | (forms.told & ~self.forms.hidden_in(self.table, self.hidden))
        lost = np.r_[hidden.means, np.ravel([*hidden.unrounded.values()])[rounded.shares]]
        lost = lost[-len(rounded.matrix) :] if len(rounded.matrix) else lost[:0]
        near = rounded.only(~lost.astype(bool))
        rows = np.vstack([forms.matrix[shown], near.matrix, sums])
        at = rows @ self.true
        n_shown, n_near = int(shown.sum()), len(near.matrix)
        low, high = at.copy(), at.copy()
        low[n_shown : n_shown + n_near] += near.low
        high[n_shown : n_shown + n_near] += near.high
        low[n_shown + n_near :] = -np.inf
        high[n_shown + n_near :] += most
        return rows, low, high

    def small_numbers(self) -> Iterator[int]:
        """Yield the numbers that are small: cells and categories, groups and all but them."""
        yield from np.flatnonzero(self.small & ~self.forms.fixed).tolist()

    def hide(self, number: int) -> bool:
        """Return whether what is published leaves open how many, or that they are a few."""
        row = self.forms.matrix[number]
        if self._some(row, self.smallest, np.inf) or self._some(row, 0, 0):
            return True
        # What is told to be small holds what lies within it: it must be able to be all of that.
        said = self.forms.matrix[self.forms.bounded & self.small]
        if not any((own - row >= 0).all() for own in said):
            return False
        highest = min(self.smallest - 1, self._most(number))
        return highest > 1 and self._some(row, 1, 1) and self._some(row, highest, highest)

    def _most(self, number: int) -> int:
        """Return how large a number can be where its class has few respondents."""
        row = self.forms.matrix[number]
        columns = np.any(row.reshape(self.shape) > 0, axis=0)
        sizes = self.true.reshape(self.shape).sum(axis=0)
        return int(sizes[columns].sum())

    def _some(self, row: FloatArray, least: float, most: float) -> bool:
        """Return whether a table that gives all that is told has a number within two bounds."""
        at = [float(row @ own) for own in [self.true, *self.found]]
        if any(least <= each <= most for each in at):
            return True
        for attempt in range(_TRIES if self.told is not None else 1):
            other = self._program(row, least, most, even=attempt == 0)
            if other is None:
                return False
            if self.told is None or self.told(other.reshape(self.shape)) == self.goal:
                self.found.append(other)
                return True
        return False

    def _program(
        self, row: FloatArray, least: float, most: float, *, even: bool
    ) -> FloatArray | None:
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - slow to import

        n = len(self.true)
        rows = np.vstack([self.rows, row])
        constraint = LinearConstraint(
            np.hstack([rows, -rows]),
            np.r_[self.low - _SLACK, least] - rows @ self.true,
            np.r_[self.high + _SLACK, most] - rows @ self.true,
        )
        costs = np.ones(n) if even else self.random.uniform(0.2, 1.8, n)
        result = milp(
            np.r_[costs, costs],
            constraints=constraint,
            bounds=Bounds(0, np.r_[np.full(n, np.inf), self.true]),
            integrality=np.ones(2 * n),
            options={"node_limit": NODE_LIMIT},
        )
        if result.x is None:
            return None
        change = np.round(result.x[:n] - result.x[n:])
        return np.asarray(self.true + change)
