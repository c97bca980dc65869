"""Iterative MCA of an indicator table with gaps: rebuild them from the axes until they settle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

from rfree.base.inputs import BoolArray, FloatArray, IntArray, in_one_order
from rfree.base.threads import single_thread

# Further directions followed beside the axes kept: they make the search for these faster.
FURTHER_DIRECTIONS = 5


@dataclass(frozen=True)
class IndicatorGaps:
    """An indicator table and its gaps.

    Attributes
    ----------
    indicator : array, respondents x categories
        Its values in the gaps are not read.
    gap : boolean array, respondents x categories
        True for all categories of a missing answer.
    variable_of : array of categories
        Number of the variable of each, ascending.
    """

    indicator: FloatArray
    gap: BoolArray
    variable_of: IntArray


@dataclass(frozen=True)
class FilledIndicator:
    """An indicator table whose gaps were filled.

    Attributes
    ----------
    table : array, respondents x categories
        Sums to 1 for each variable of a row; values in the gaps may lie outside [0, 1].
    n_iterations : int
    converged : bool
    """

    table: FloatArray
    n_iterations: int
    converged: bool


def fill_gaps(
    gaps: IndicatorGaps,
    weights: FloatArray,
    *,
    n_components: int,
    regularised: bool = True,
    max_iterations: int = 1000,
    tolerance: float = 1e-6,
) -> FilledIndicator:
    """Fill the gaps of an indicator table from the axes of the table itself.

    Parameters
    ----------
    gaps : IndicatorGaps
        Every variable answered by someone.
    weights : array of respondents
        Not negative.
    n_components : int
        Number S of axes; 0 fills in the shares of the categories.
    regularised : bool
        Whether to shrink the axes.
    max_iterations : int
    tolerance : float
        Root mean square change of the cells in gaps.

    Returns
    -------
    FilledIndicator

    Notes
    -----
    See `rfree.missing.missing.impute_mca`. The axes move little from one iteration to the next, so
    one step of subspace iteration from the last ones stands for a decomposition; whenever the cells
    seem settled, an exact decomposition is made, and the search ends when the cells are settled
    under it too. Linear algebra has one thread: the tables of a step are small, and several threads
    wait for each other where other work shares the machine.

    Examples
    --------
    >>> indicator = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    >>> gap = np.array([[False] * 2] * 3 + [[True] * 2])
    >>> filled = fill_gaps(
    ...     IndicatorGaps(indicator, gap, np.array([0, 0])), np.ones(4), n_components=0)
    >>> filled.table[3].round(3)
    array([0.667, 0.333])
    """
    _, weights = in_one_order(gaps=gaps.indicator, weights=weights)
    shares_of_rows = weights / weights.sum()
    table = _with_shares(gaps, shares_of_rows)
    if not gaps.gap.any() or n_components == 0:
        return FilledIndicator(table, 0, converged=True)
    rank = min(len(table) - 1, table.shape[1] - int(gaps.variable_of[-1]) - 1)
    with single_thread():
        return _settled(
            gaps,
            table,
            shares_of_rows,
            n_components=n_components,
            n_noise=rank - n_components if regularised else 0,
            max_iterations=max_iterations,
            tolerance=tolerance,
        )


def _settled(
    gaps: IndicatorGaps,
    table: FloatArray,
    shares_of_rows: FloatArray,
    *,
    n_components: int,
    n_noise: int,
    max_iterations: int,
    tolerance: float,
) -> FilledIndicator:
    """Rebuild the cells in gaps until they settle; the table is changed."""
    at = np.nonzero(gaps.gap)
    directions: FloatArray | None = None
    for iteration in range(1, max_iterations + 1):
        exact = directions is None
        rebuilt, directions = _rebuilt(
            table,
            shares_of_rows,
            int(gaps.variable_of[-1]) + 1,
            n_components=n_components,
            n_noise=n_noise,
            directions=directions,
        )
        cells = rebuilt[at]
        change = float(np.sqrt(np.square(cells - table[at]).mean()))
        table[at] = cells
        if change < tolerance:
            if exact:
                return FilledIndicator(table, iteration, converged=True)
            directions = None
    return FilledIndicator(table, max_iterations, converged=False)


def _with_shares(gaps: IndicatorGaps, shares_of_rows: FloatArray) -> FloatArray:
    """Put the share of each category among those who answered into the gaps."""
    answered = shares_of_rows[:, np.newaxis] * ~gaps.gap
    # Only respondents of weight zero answered: each of them counts for one.
    answered[:, answered.sum(axis=0) == 0] = 1
    answered *= ~gaps.gap
    given = (answered * gaps.indicator).sum(axis=0)
    return np.where(gaps.gap, given / answered.sum(axis=0), gaps.indicator)


def _rebuilt(
    table: FloatArray,
    shares_of_rows: FloatArray,
    n_variables: int,
    *,
    n_components: int,
    n_noise: int,
    directions: FloatArray | None,
) -> tuple[FloatArray, FloatArray]:
    """Rebuild the table from its first axes; give also the directions to start the next from."""
    shares = shares_of_rows @ table
    # A category that nobody of positive weight gave stays where it is.
    scale = np.zeros(len(shares))
    scale[shares > 0] = 1 / np.sqrt(n_variables * shares[shares > 0])
    profiles = (table - shares) * scale
    weighted = profiles * np.sqrt(shares_of_rows)[:, np.newaxis]
    if directions is None:
        values, vectors = _exact_axes(weighted, n_components + FURTHER_DIRECTIONS)
    else:
        values, vectors = _following_axes(weighted, directions)
    kept = values[:n_components]
    shrunk = np.ones(len(kept))
    if n_noise > 0:
        noise = max(float(np.square(weighted).sum() - kept.sum()), 0.0) / n_noise
        shrunk = np.clip(1 - noise / np.maximum(kept, np.finfo(float).tiny), 0, None)
    axes = vectors[:, :n_components]
    unscaled = np.sqrt(n_variables * np.maximum(shares, 0))
    rebuilt = shares + (profiles @ (axes * shrunk)) @ axes.T * unscaled
    return rebuilt, vectors


def _exact_axes(weighted: FloatArray, n_axes: int) -> tuple[FloatArray, FloatArray]:
    last = weighted.shape[1] - 1
    first = max(0, last - n_axes + 1)
    values, vectors = eigh(weighted.T @ weighted, subset_by_index=[first, last])
    return values[::-1], vectors[:, ::-1]


def _following_axes(weighted: FloatArray, directions: FloatArray) -> tuple[FloatArray, FloatArray]:
    """One step of subspace iteration, then the axes within the subspace."""
    basis, _ = np.linalg.qr(weighted.T @ (weighted @ directions))
    image = weighted @ basis
    values, rotation = np.linalg.eigh(image.T @ image)
    return values[::-1], basis @ rotation[:, ::-1]
