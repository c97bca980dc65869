"""Every number of a table of counts as a sum of its cells, with what is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from rfree.base.inputs import BoolArray, FloatArray

# What it costs to hide one respondent of a number: cells first, sums of them only where it must be.
_CELL, _EMPTY_CELL, SUM_COST, _SUM_OF_ALL = 1.0, 4.0, 30.0, 120.0
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
    unions : mapping of name to the positions of categories
        Categories that are counted together elsewhere, over all classes alone (in a margin).
    """

    counts: FloatArray
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)
    known_classes: BoolArray | None = None
    scores: FloatArray | None = None
    bounded: Sequence[str] = ()
    unions: Mapping[str, Sequence[int]] = field(default_factory=dict)


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
    unions : frozenset of names
        The unions whose sums are hidden.
    """

    cells: BoolArray
    categories: BoolArray
    groups: dict[str, BoolArray]
    means: BoolArray
    few: dict[str, npt.NDArray[np.int64]]
    unrounded: dict[str, BoolArray]
    unions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CountForms:
    """Every number of a table as a sum of its cells: cells, categories, groups, the others."""

    matrix: FloatArray  # forms x cells
    fixed: BoolArray  # published whatever happens
    told: BoolArray  # published unless hidden; others are protected alone
    costs: FloatArray
    of_groups: BoolArray
    of_unions: BoolArray
    bounded: BoolArray  # told to be small where they are, even hidden

    @classmethod
    def of(cls, table: CountTable) -> CountForms:
        """Return the numbers of a table, and what hiding each of them costs."""
        n_categories, n_classes = table.counts.shape
        known = table.known_classes
        known = np.ones(n_classes, dtype=bool) if known is None else known
        every = np.ones(n_categories, dtype=bool)
        rows: list[FloatArray] = [*np.eye(n_categories * n_classes)]
        cells = np.where(np.asarray(table.counts).ravel() > 0, _CELL, _EMPTY_CELL)
        costs = [*cells]
        told, fixed, of_groups, of_unions, bounded = (
            [each] * len(rows) for each in (True, *[False] * 4)
        )

        def add(
            categories: BoolArray,
            classes: BoolArray,
            *,
            is_told: bool = True,
            always: bool = False,
            of_group: str = "",
            of_union: bool = False,
        ) -> None:
            rows.append(np.outer(categories, classes).astype(float).ravel())
            costs.append(_SUM_OF_ALL if of_group and classes.all() else SUM_COST)
            told.append(is_told)
            fixed.append(always)
            of_groups.append(bool(of_group))
            of_unions.append(of_union)
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
            for members in table.unions.values():
                inside = np.isin(np.arange(n_categories), members) == is_told
                add(inside, everywhere, is_told=is_told, of_union=True)
        for place in [*np.eye(n_classes, dtype=bool)[known], everywhere]:
            add(every, place, always=True)
        return cls(*map(np.array, (rows, fixed, told, costs, of_groups, of_unions, bounded)))

    def hidden_in(self, table: CountTable, hidden: HiddenCounts) -> BoolArray:
        """Return which forms are hidden: what `read` was given."""
        gone = np.zeros(len(self.matrix), dtype=bool)
        cells = np.r_[hidden.cells.ravel(), hidden.categories]
        gone[: len(cells)] = cells
        if table.groups:
            groups = [hidden.groups[name] for name in table.groups]
            gone[self.of_groups & self.told] = np.concatenate(groups)
        gone[self.of_unions & self.told] = [name in hidden.unions for name in table.unions]
        return gone

    def read(
        self,
        hidden: BoolArray,
        table: CountTable,
        rounded: RoundedForms,
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
            frozenset(
                name
                for name, gone in zip(table.unions, hidden[self.of_unions & self.told], strict=True)
                if gone
            ),
        )


@dataclass(frozen=True)
class RoundedForms:
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
    def of(cls, table: CountTable, forms: CountForms, small: BoolArray) -> RoundedForms:
        """Return the rounded numbers of a table; ``small`` are those of its forms."""
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

    def only(self, which: BoolArray) -> RoundedForms:
        """Return some of the rounded numbers."""
        return replace(self, matrix=self.matrix[which], low=self.low[which], high=self.high[which])


def bounds_told(
    forms: CountForms, values: FloatArray, small: BoolArray, smallest: int
) -> tuple[FloatArray, FloatArray]:
    """Return what is told of groups that are small, and of those that are not: sums, and most."""
    whole = np.round(values)
    small = small & forms.bounded
    large = (whole >= smallest) & forms.bounded
    sums = [forms.matrix[small], -forms.matrix[small], -forms.matrix[large]]
    most = [smallest - 1 - whole[small], whole[small] - 1, whole[large] - smallest]
    return np.vstack(sums), np.concatenate(most)


def small_counts(values: FloatArray, smallest: int) -> BoolArray:
    """Return which numbers are those of a few: 1 to ``smallest - 1``."""
    whole = np.round(values)
    return np.asarray((whole >= 1) & (whole < smallest))
