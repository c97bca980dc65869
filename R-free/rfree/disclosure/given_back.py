"""Sums of whole numbers that others give back: programs over whatever is known of the numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rfree.base.inputs import BoolArray, FloatArray

NODE_LIMIT = 500
"""Of a program: what it did not settle by then counts as given back, on machines of any speed."""
_SLACK = 1e-7


@dataclass(frozen=True)
class KnownSums:
    """Sums of numbers, each times what it weighs in it, of which two bounds are known.

    Attributes
    ----------
    matrix : array of sums x numbers
    low, high : array of sums
    """

    matrix: FloatArray
    low: FloatArray
    high: FloatArray


def sums_given_back(
    numbers: npt.ArrayLike, known: KnownSums, sums: npt.ArrayLike, *, smallest: int
) -> BoolArray:
    """Return which sums of whole numbers what is known of them gives back.

    Parameters
    ----------
    numbers : array
        As they are, none below nought: they give all that is known.
    known : KnownSums
    sums : array of sums x numbers
        Those that are not to be worked out; of a few each, 1 to ``smallest - 1``.
    smallest : int

    Returns
    -------
    array of sums
        False is a proof: other whole numbers give all that is known, and this sum is nought, or
        ``smallest`` or more, in them. True says that no such numbers were found.

    Examples
    --------
    Three numbers of which the total is known, and the total with other weights:

    >>> weights = np.array([[1.0, 1, 1], [1, 2, 3]])
    >>> known = KnownSums(weights, np.array([16.0, 24]), np.array([16.0, 24]))
    >>> sums_given_back([10, 4, 2], known, [[0, 1, 0]], smallest=5).tolist()
    [False]
    >>> known = KnownSums(weights, np.array([3.0, 4]), np.array([3.0, 4]))
    >>> sums_given_back([2, 1, 0], known, [[0, 1, 0]], smallest=5).tolist()
    [True]
    """
    from scipy.optimize import LinearConstraint, milp  # noqa: PLC0415 - slow to import

    own = np.asarray(numbers, dtype=float)
    found = [own]

    def some(row: FloatArray, least: float, most: float) -> bool:
        if any(least <= float(np.rint(row @ other)) <= most for other in found):
            return True
        result = milp(  # of numbers that are not below nought
            np.zeros(len(own)),
            constraints=LinearConstraint(
                np.vstack([known.matrix, row]),
                np.r_[known.low - _SLACK, least],
                np.r_[known.high + _SLACK, most],
            ),
            integrality=np.ones(len(own)),
            options={"node_limit": NODE_LIMIT},
        )
        if result.x is None:
            return False
        found.append(np.rint(result.x))
        return True

    rows = np.asarray(sums, dtype=float).reshape(-1, len(own))
    return np.array(
        [not (some(row, 0, 0) or some(row, smallest, np.inf)) for row in rows], dtype=bool
    )
