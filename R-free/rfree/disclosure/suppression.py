"""Counts of respondents with the small ones left out, and whatever would give them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from rfree.base.inputs import BoolArray, FloatArray

# What it costs to hide one respondent of a number: cells first, sums of them only where it must be.
_CELL, _EMPTY_CELL, _SUM, _SUM_OF_ALL = 1.0, 4.0, 30.0, 120.0
_ROUNDING = 1e-7
_MEAN_STEP, _SHARE_STEP = 0.1, 0.1  # one decimal; ten percent


@dataclass(frozen=True)
class CountTable:
    """Counts of respondents by category and class, with every sum of them that is published.

    Attributes
    ----------
    counts : array of categories x classes
    groups : mapping of name to the positions of categories
        Categories that are counted together too, in each class and overall ("agree").
    known_classes : array of classes
        Whether the number of respondents of each class is published elsewhere.
    scores : array of categories, optional
        What each category counts in the means of the classes and of all, which are published to
        one decimal.
    bounded : sequence of names of groups
        Those of whose hidden sums it is told whether they, or all but them, are small.
    """

    counts: FloatArray
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)
    known_classes: BoolArray | None = None
    scores: FloatArray | None = None
    bounded: Sequence[str] = ()


@dataclass(frozen=True)
class HiddenCounts:
    """Which numbers of a table are not published.

    Attributes
    ----------
    cells : array of categories x classes
    categories : array of categories
        Their sums over all classes.
    groups : dict of name to array of classes + 1
        The sums of each group in each class, then overall.
    means : array of classes + 1
        The means of the classes, then of all, that even one decimal would tell too much of.
    few : dict of name to array of classes + 1
        Of each hidden sum of a bounded group: -1 if it is small, 1 if that of all others alone is,
        else 0.
    unrounded : dict of name to array of classes + 1
        The hidden sums of a bounded group, large on both sides, of which even the share to whole
        tens of percent would tell too much.
    """

    cells: BoolArray
    categories: BoolArray
    groups: dict[str, BoolArray]
    means: BoolArray
    few: dict[str, npt.NDArray[np.int64]]
    unrounded: dict[str, BoolArray]


def hide_small_counts(table: CountTable, *, smallest: int) -> HiddenCounts:
    """Choose the numbers of a table that are hidden, so that no small one can be worked out.

    Parameters
    ----------
    table : CountTable
    smallest : int, at least 1
        Numbers from 1 to ``smallest - 1`` are small. With 1, nothing is hidden.

    Returns
    -------
    HiddenCounts
        The sums of the classes, where they are known, and of all are never hidden.

    Raises
    ------
    ValueError
        If a count is negative, or ``smallest`` below 1.

    Notes
    -----
    Every small number, and every small number of those who are not of a group, must be able to be
    1, and to be ``smallest`` larger, without a change in anything that is published; what would
    change with it is hidden too, the least that does (complementary suppression; Fischetti &
    Salazar 2001, Management Science 47, 1008-1027, whose linear relaxation this is). Within a
    group that is told to be small, it must be able to be ``smallest - 1``. So whoever bounds a
    hidden number by linear programs over all that is published learns no more than that it is
    small, or how many respondents the class has.

    Examples
    --------
    >>> counts = np.array([[2.0, 9.0, 20.0], [30.0, 8.0, 7.0], [9.0, 40.0, 10.0]])
    >>> hide_small_counts(CountTable(counts), smallest=5).cells.astype(int).tolist()
    [[1, 0, 1], [1, 0, 1], [0, 0, 0]]
    """
    counts = np.asarray(table.counts, dtype=float)
    if (counts < 0).any():
        raise ValueError("A count is negative.")
    if smallest < 1:
        raise ValueError(f"smallest is {smallest}: expected 1 or more.")
    forms = _Forms.of(table)
    values = forms.matrix @ counts.ravel()
    small = _small(values, smallest)
    rounded = _Rounded.of(table, forms, small)
    bounds = _bounds(forms, values, small, smallest)
    hidden = small & ~forms.fixed
    without = np.zeros(len(rounded.matrix), dtype=bool)
    wanted = _wanted(forms, values, hidden, smallest)
    while wanted.any():
        number = int(np.argmax(wanted != 0))
        moves, lost = _moves_with(
            forms, rounded.only(~without), bounds, values, hidden,
            number=number % len(values), amount=int(wanted[number]),
        )  # fmt: skip
        without[np.flatnonzero(~without)[lost]] = True
        hidden |= (np.abs(moves) > _ROUNDING) & ~forms.fixed
        wanted[number] = 0
        # One that moves as much along with it is safe as well.
        both = np.r_[moves, moves]
        wanted[(both * np.sign(wanted) >= np.abs(wanted) - _ROUNDING)] = 0
    return forms.read(hidden, table, rounded, without, small)


def _wanted(
    forms: _Forms, values: FloatArray, small: BoolArray, smallest: int
) -> npt.NDArray[np.int64]:
    """Return how much larger, then how much smaller, each number must be able to be."""
    whole = np.round(values).astype(np.int64)
    bounded = forms.matrix[forms.bounded & small]
    rest = bounded[np.newaxis] - forms.matrix[:, np.newaxis]
    within = np.any(np.all(rest >= 0, axis=2), axis=1)
    larger = np.where(within, smallest - 1 - whole, smallest)
    wanted = [np.where(small, larger, 0), np.where(small, 1 - whole, 0)]
    return np.concatenate(wanted).astype(np.int64)


def _small(values: FloatArray, smallest: int) -> BoolArray:
    whole = np.round(values)
    return np.asarray((whole >= 1) & (whole < smallest))


@dataclass(frozen=True)
class _Forms:
    """Every number of a table as a sum of its cells: cells, categories, groups, the others."""

    matrix: FloatArray  # forms x cells
    fixed: BoolArray  # published whatever happens
    told: BoolArray  # published unless hidden; others are protected alone
    costs: FloatArray
    of_groups: BoolArray
    bounded: BoolArray  # told to be small where they are, even hidden

    @classmethod
    def of(cls, table: CountTable) -> _Forms:
        n_categories, n_classes = table.counts.shape
        known = table.known_classes
        known = np.ones(n_classes, dtype=bool) if known is None else known
        every = np.ones(n_categories, dtype=bool)
        rows: list[FloatArray] = [*np.eye(n_categories * n_classes)]
        cells = np.where(np.asarray(table.counts).ravel() > 0, _CELL, _EMPTY_CELL)
        costs = [*cells]
        told, fixed, of_groups, bounded = ([each] * len(rows) for each in (True, *[False] * 3))

        def add(
            categories: BoolArray,
            classes: BoolArray,
            *,
            is_told: bool = True,
            always: bool = False,
            of_group: str = "",
        ) -> None:
            rows.append(np.outer(categories, classes).astype(float).ravel())
            costs.append(_SUM_OF_ALL if of_group and classes.all() else _SUM)
            told.append(is_told)
            fixed.append(always)
            of_groups.append(bool(of_group))
            bounded.append(of_group in table.bounded)

        everywhere = np.ones(n_classes, dtype=bool)
        places = [*np.eye(n_classes, dtype=bool), everywhere]
        for category in np.eye(n_categories, dtype=bool):
            add(category, everywhere)
        for is_told in (True, False):
            for name, members in table.groups.items():
                inside = np.isin(np.arange(n_categories), members) == is_told
                for place in places:
                    add(inside, place, is_told=is_told, of_group=name)
        for place in [*np.eye(n_classes, dtype=bool)[known], everywhere]:
            add(every, place, always=True)
        return cls(*map(np.array, (rows, fixed, told, costs, of_groups, bounded)))

    def read(
        self,
        hidden: BoolArray,
        table: CountTable,
        rounded: _Rounded,
        without: BoolArray,
        small: BoolArray,
    ) -> HiddenCounts:
        """Return what is hidden, by kind of number."""
        shape = np.shape(table.counts)
        ends = np.cumsum([shape[0] * shape[1], shape[0]])
        gone = hidden[self.of_groups & self.told].reshape(len(table.groups), shape[1] + 1)
        inside, others = small[self.of_groups & self.told], small[self.of_groups & ~self.told]
        few = np.where(inside, -1, np.where(others, 1, 0)).reshape(gone.shape) * gone
        bounded = [name for name in table.groups if name in table.bounded]
        lost = np.zeros(len(rounded.shares), dtype=bool)
        lost[rounded.shares] = without[rounded.n_means :]
        kept = [name in bounded for name in table.groups]
        return HiddenCounts(
            hidden[: ends[0]].reshape(shape),
            hidden[ends[0] : ends[1]],
            dict(zip(table.groups, gone, strict=True)),
            without[: rounded.n_means],
            dict(zip(bounded, few[kept], strict=True)),
            dict(zip(bounded, lost.reshape(len(bounded), shape[1] + 1), strict=True)),
        )


@dataclass(frozen=True)
class _Rounded:
    """Numbers told rounded, as sums of cells and how far each may move within its rounding.

    The means of the scores to one decimal; then the sums of bounded groups, where neither they nor
    all others are small, to whole tens of percent.
    """

    matrix: FloatArray  # numbers x cells
    low: FloatArray
    high: FloatArray
    n_means: int
    shares: BoolArray  # which of the sums of bounded groups the others are

    @classmethod
    def of(cls, table: CountTable, forms: _Forms, small: BoolArray) -> _Rounded:
        counts = np.asarray(table.counts, dtype=float)
        n_classes = counts.shape[1]
        places = np.vstack([np.eye(n_classes), np.ones(n_classes)])
        scores = [] if table.scores is None else [table.scores]
        means = [np.outer(own, place).ravel() for own in scores for place in places]
        inside = np.flatnonzero(forms.bounded & forms.told)
        others = np.flatnonzero(forms.bounded & ~forms.told)
        plain = ~small[inside] & ~small[others]
        matrix = np.array([*means, *forms.matrix[inside[plain]]]).reshape(-1, counts.size)
        sizes = np.tile(places @ counts.sum(axis=0), len(scores) + len(inside) // len(places))
        sizes = sizes[np.r_[np.ones(len(means), dtype=bool), plain]]
        steps = np.repeat([_MEAN_STEP, _SHARE_STEP], [len(means), len(matrix) - len(means)]) * sizes
        sums = matrix @ counts.ravel()
        told = np.round(np.divide(sums, steps, out=np.zeros_like(sums), where=steps > 0)) * steps
        return cls(matrix, told - steps / 2 - sums, told + steps / 2 - sums, len(means), plain)

    def only(self, which: BoolArray) -> _Rounded:
        return replace(self, matrix=self.matrix[which], low=self.low[which], high=self.high[which])


def _moves_with(
    forms: _Forms,
    rounded: _Rounded,
    bounds: tuple[FloatArray, FloatArray],
    values: FloatArray,
    hidden: BoolArray,
    *,
    number: int,
    amount: int,
) -> tuple[FloatArray, BoolArray]:
    """Return how much every number changes if one is to be larger or smaller, at the least cost.

    And which rounded numbers change by more than their rounding hides.
    """
    from scipy.optimize import linprog  # noqa: PLC0415 - slow to import

    n_cells, n_rounded = forms.matrix.shape[1], len(rounded.matrix)
    counts = values[:n_cells]
    sums = np.flatnonzero(~forms.fixed & forms.told & ~hidden)
    sums = sums[sums >= n_cells]
    # Variables: how much each cell grows and shrinks, then each published sum, then each
    # rounded number beyond its rounding.
    slacks = 2 * n_cells + 2 * len(sums)
    variables = slacks + 2 * n_rounded
    equal = np.zeros((int(forms.fixed.sum()) + len(sums) + 1, variables))
    changing = np.vstack([forms.matrix[forms.fixed], forms.matrix[sums], forms.matrix[[number]]])
    equal[:, :n_cells], equal[:, n_cells : 2 * n_cells] = changing, -changing
    first = int(forms.fixed.sum())
    for place in range(len(sums)):
        equal[first + place, 2 * n_cells + 2 * place] = -1
        equal[first + place, 2 * n_cells + 2 * place + 1] = 1
    moving = np.vstack([rounded.matrix, -rounded.matrix, bounds[0]])
    within = np.zeros((len(moving), variables))
    within[:, : 2 * n_cells] = np.hstack([moving, -moving])
    within[: 2 * n_rounded, slacks:] = -np.eye(2 * n_rounded)
    cell_costs = np.where(hidden[:n_cells], 0.01, forms.costs[:n_cells])
    costs = np.r_[cell_costs, cell_costs, np.repeat(forms.costs[sums], 2), [_SUM] * (2 * n_rounded)]
    limits = [
        *((0.0, None) for _ in range(n_cells)),
        *((0.0, float(count)) for count in counts),
        *((0.0, None) for _ in range(variables - 2 * n_cells)),
    ]
    for step in range(abs(amount), 0, -1):
        target = np.r_[np.zeros(len(equal) - 1), float(np.copysign(step, amount))]
        found = linprog(
            costs, A_ub=within, b_ub=np.r_[rounded.high, -rounded.low, bounds[1]], A_eq=equal,
            b_eq=target, bounds=limits, method="highs",
        )  # fmt: skip
        if found.status == 0:
            break
    else:  # a class of so few that all its numbers are hidden
        change = forms.matrix[number]
        return np.asarray(forms.matrix @ change), np.asarray(rounded.matrix @ change != 0)
    change = found.x[:n_cells] - found.x[n_cells : 2 * n_cells]
    lost = (found.x[slacks:].reshape(2, n_rounded) > _ROUNDING).any(axis=0)
    return np.asarray(forms.matrix @ change), lost


def _bounds(
    forms: _Forms, values: FloatArray, small: BoolArray, smallest: int
) -> tuple[FloatArray, FloatArray]:
    """Return what is told of groups that are small, and of those that are not: sums, and most."""
    whole = np.round(values)
    small = small & forms.bounded
    large = (whole >= smallest) & forms.bounded
    sums = [forms.matrix[small], -forms.matrix[small], -forms.matrix[large]]
    most = [smallest - 1 - whole[small], whole[small] - 1, whole[large] - smallest]
    return np.vstack(sums), np.concatenate(most)
