"""What weights mean: what a respondent counts for, or how many respondents a row stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, IntArray


@dataclass(frozen=True)
class Weighting:
    """Weights, and the sample size that tests are to take.

    Attributes
    ----------
    weights : array of n floats
        Survey weights are scaled to a mean of 1 over the rows of positive weight; frequencies are
        as given.
    design_based : bool
        Whether tests must take account of the weights: survey weights that differ.
    size : float
        Number of respondents: rows of positive weight, or the sum of the frequencies.
    respondents : array of n floats
        How many respondents each row stands for: 1 where it weighs something, or its frequency.
        What is counted for a reader is counted with these.
    """

    weights: FloatArray
    design_based: bool
    size: float
    respondents: FloatArray


def scaled_weights(weights: FloatArray, *, frequencies: bool = False) -> Weighting:
    """Read weights as survey weights, or as numbers of respondents.

    Parameters
    ----------
    weights : array of n floats
        Finite, not negative, not all zero (see `rfree.base.inputs.check_weights`).
    frequencies : bool
        Whether a weight says how many respondents the row stands for.

    Returns
    -------
    Weighting

    Notes
    -----
    Coordinates, inertias, contributions, cos2, eta2 and partitions depend on the proportions of the
    weights only. Tests also need a sample size and a variance, and nothing in the numbers tells
    a weight of 2 that corrects for a respondent too few from one that counts two respondents.
    So it is said:

    - survey weights, unless told otherwise: there are as many respondents as rows of positive
      weight, whatever the weights. Weights that differ cost precision, and tests are design-based
      (`rfree.description.weighted_independence`). Weights that are all equal are no weights;
    - ``frequencies=True``: a weight of 2 is the row twice, in every number.

    Examples
    --------
    >>> scaled_weights(np.array([2.0, 1.0, 1.0, 0.0])).weights
    array([1.5 , 0.75, 0.75, 0.  ])
    >>> scaled_weights(np.array([2.0, 1.0, 1.0, 0.0]), frequencies=True).size
    4.0
    """
    positive = weights[weights > 0]
    if frequencies:
        return Weighting(weights, False, float(weights.sum()), weights)
    counted = (weights > 0).astype(float)
    if positive.min() == positive.max():
        return Weighting(counted, False, float(len(positive)), counted)
    # Scaled by the largest first, so that no sum overflows.
    shares = weights / positive.max()
    scaled = shares * (len(positive) / shares.sum())
    return Weighting(scaled, True, float(len(positive)), counted)


def repeated_rows(weights: FloatArray) -> IntArray:
    """Return the rows of a table in which each stands for one respondent.

    Parameters
    ----------
    weights : array of n floats
        Whole numbers of respondents (see `rfree.base.inputs.check_weights`).

    Returns
    -------
    array of ints
        Rows of the table, each as often as its weight says.

    Raises
    ------
    ValueError
        If a weight is no whole number: respondents that are drawn at random or moved about, as in a
        bootstrap or a permutation, are whole.

    Examples
    --------
    >>> repeated_rows(np.array([2.0, 0.0, 1.0]))
    array([0, 0, 2])
    """
    whole = np.rint(weights).astype(np.int64)
    wrong = np.flatnonzero(whole != weights)
    if len(wrong):
        raise ValueError(
            f"sample_weight has {len(wrong)} values that are no whole numbers, first at row "
            f"{wrong[0]} ({weights[wrong[0]]:g}); expected numbers of respondents, since "
            "frequencies=True."
        )
    return np.repeat(np.arange(len(weights)), whole)
