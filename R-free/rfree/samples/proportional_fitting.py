"""Iterative proportional fitting, with bounds: the arithmetic of raking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, IntArray, aligned_to, in_one_order

# Weights this little beyond a bound, relative to it, are at it.
AT_BOUND = 1e-6

TargetMargin = tuple[IntArray, FloatArray]
"""The category of each cell on one margin, and the shares of the categories in the population."""


@dataclass(frozen=True)
class FittedMargins:
    """What fitting gives.

    Attributes
    ----------
    mass : array of cells
        Total weight of each cell; sums to the number of respondents.
    converged : bool
    iterations : int
        Passes over all margins.
    trim_rounds : int
        Times that weights were cut to the bounds and fitted again.
    """

    mass: FloatArray
    converged: bool
    iterations: int
    trim_rounds: int


def fit_margins(
    start: FloatArray,
    counts: IntArray | np.ndarray,
    margins: Sequence[TargetMargin],
    *,
    bounds: tuple[float, float] = (0.0, np.inf),
    tolerance: float = 1e-10,
    max_iterations: int = 1000,
    max_trim_rounds: int = 200,
) -> FittedMargins:
    """Weight cells of respondents until every margin holds, and the bounds if they can.

    Parameters
    ----------
    start : array of cells
        Base weights, the sum over the respondents of each; 0 where there are none.
    counts : array of cells
        Respondents who share each cell, of one base weight: they weigh the same in the end.
    margins : sequence of (array of cells, array of categories)
        The category of each cell, and the shares wanted, which sum to 1. Every category has
        respondents.
    bounds : (low, high)
        Of the weight of a respondent, as multiples of the mean.
    tolerance, max_iterations, max_trim_rounds
        As in `rfree.samples.calibration.rake`, which says what is done.

    Returns
    -------
    FittedMargins

    Examples
    --------
    >>> cells = fit_margins(
    ...     np.array([6.0, 2.0]), np.array([6, 2]), [(np.array([0, 1]), np.array([0.5, 0.5]))])
    >>> cells.mass
    array([4., 4.])
    """
    margins = [
        (np.asarray(aligned_to(codes, start, name="margins", of="start")), target)
        for codes, target in margins
    ]
    start, counts = in_one_order(start=start, counts=counts)
    low, high = bounds
    here = counts > 0
    n = int(counts.sum())
    mass, passes, converged = _fit(start, n, margins, tolerance, max_iterations)
    rounds = 0
    while rounds < max_trim_rounds and converged and not within(mass[here] / counts[here], *bounds):
        rounds += 1
        mass[here] = np.clip(mass[here] / counts[here], low, high) * counts[here]
        mass, more, converged = _fit(mass, n, margins, tolerance, max_iterations)
        passes += more
    return FittedMargins(mass, converged, passes, rounds)


def _fit(
    start: FloatArray,
    n: int,
    margins: Sequence[TargetMargin],
    tolerance: float,
    max_iterations: int,
) -> tuple[FloatArray, int, bool]:
    """Return masses for which every margin holds, the passes that took, and whether they do."""
    mass = start * (n / start.sum())
    total = mass.sum()
    for iteration in range(max_iterations + 1):
        gap = 0.0
        for codes, target in margins:
            current = np.bincount(codes, mass, minlength=len(target)) / total
            gap = max(gap, float(np.abs(current - target).max()))
            mass = mass * (target / current)[codes]
        if gap <= tolerance:
            return mass, iteration, True
    return mass, max_iterations, False


def within(weights: FloatArray, low: float, high: float) -> bool:
    """Return whether all weights are between two bounds, or so little beyond that they are at one.

    Examples
    --------
    >>> within(np.array([0.5, 2.0]), 0.5, 2.0), within(np.array([0.5, 2.0]), 0.6, 2.0)
    (True, False)
    """
    return bool(weights.min() >= low * (1 - AT_BOUND) and weights.max() <= high * (1 + AT_BOUND))
