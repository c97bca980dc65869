"""How closely the place of several respondents is told, so that no answer of one shows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rfree.base.inputs import FloatArray

FINEST_STEP = 0.001
_LADDER = np.array([1.0, 2.0, 5.0, 10.0])
_ROUNDING = 1e-9


def place_steps(sizes: npt.ArrayLike, n_items: float) -> FloatArray:
    """Return the steps in which the mean places of respondents are told.

    Parameters
    ----------
    sizes : array
        Respondents whose mean each place is.
    n_items : float
        Items of equal weight that place them.

    Returns
    -------
    array
        1, 2 or 5 times a power of ten, ``FINEST_STEP`` at least.

    Notes
    -----
    A place is the mean of the scores of the answers of all these respondents to all these items:
    scores are no whole numbers, so that all decimals of one place say how many gave each answer,
    whatever the number of items (whole numbers near a lattice; Lenstra, Lenstra & Lovász 1982,
    Mathematische Annalen 261, 515-534). A score is of variance one or more: one answer moves the
    place by about 1 over the number of answers. Told in such steps, it leaves too many numbers open
    for any of them to be found.

    Examples
    --------
    >>> place_steps([5, 60, 4000], 10).tolist()
    [0.02, 0.002, 0.001]
    """
    numbers = np.maximum(np.asarray(sizes, dtype=np.float64), 1.0)
    least = np.maximum(1 / (numbers * n_items), FINEST_STEP)
    power = 10.0 ** np.floor(np.log10(least) + _ROUNDING)
    above = _LADDER[np.searchsorted(_LADDER, least / power - _ROUNDING)]
    return np.asarray(np.round(above * power, 12))


def in_steps(values: npt.ArrayLike, steps: npt.ArrayLike) -> FloatArray:
    """Return values to the nearest of whole numbers of steps.

    >>> in_steps([0.1234, -0.1234, float("nan")], 0.02).tolist()
    [0.12, -0.12, nan]
    """
    sizes = np.asarray(steps, dtype=np.float64)
    told = np.round(np.asarray(values, dtype=np.float64) / sizes) * sizes
    return np.asarray(np.round(told, 6) + 0.0)
