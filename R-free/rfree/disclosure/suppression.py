"""Counts of respondents with the small ones left out, and whatever would give them back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rfree.base.inputs import BoolArray, FloatArray
from rfree.disclosure.count_forms import (
    SUM_COST,
    CountForms,
    CountTable,
    HiddenCounts,
    RoundedForms,
    bounds_told,
    small_counts,
)

_ROUNDING = 1e-7


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
    forms = CountForms.of(table)
    values = forms.matrix @ counts.ravel()
    small = small_counts(values, smallest)
    rounded = RoundedForms.of(table, forms, small)
    bounds = bounds_told(forms, values, small, smallest)
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
    forms: CountForms, values: FloatArray, small: BoolArray, smallest: int
) -> npt.NDArray[np.int64]:
    """Return how much larger, then how much smaller, each number must be able to be."""
    whole = np.round(values).astype(np.int64)
    bounded = forms.matrix[forms.bounded & small]
    rest = bounded[np.newaxis] - forms.matrix[:, np.newaxis]
    within = np.any(np.all(rest >= 0, axis=2), axis=1)
    larger = np.where(within, smallest - 1 - whole, smallest)
    wanted = [np.where(small, larger, 0), np.where(small, 1 - whole, 0)]
    return np.concatenate(wanted).astype(np.int64)


def _moves_with(
    forms: CountForms,
    rounded: RoundedForms,
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
    costs = np.r_[
        cell_costs, cell_costs, np.repeat(forms.costs[sums], 2), [SUM_COST] * (2 * n_rounded)
    ]
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
