"""What weights mean: how many respondents they stand for."""

from __future__ import annotations

import numpy as np

from rfree.inputs import FloatArray

# How far from a whole number a multiple may be by rounding, and how large: beyond a million
# respondents a row, every ratio of survey weights would soon look whole.
WHOLE_NUMBER_TOLERANCE = 1e-9
LARGEST_COUNT = 1e6


def normalised_weights(weights: FloatArray) -> FloatArray:
    """Scale weights so that their sum is the number of respondents they stand for.

    Parameters
    ----------
    weights : array of n floats
        Finite, not negative, not all zero (see `rfree.inputs.check_weights`).

    Returns
    -------
    array of n floats
        Proportional to ``weights``. Their sum is what tests take for the sample size.

    Notes
    -----
    Coordinates, inertias, contributions, cos2, eta2 and partitions depend on the proportions
    of the weights only. Tests (v-tests, p-values) also need a sample size, and two
    sensible demands are made of it: multiplying every weight by a constant changes nothing, and a
    weight of 2 is worth the row twice. The rule, which depends on proportions only:

    - weights that are all whole multiples of the smallest positive one are counts of
      respondents: the smallest counts for one;
    - any others are survey weights, and sum to the number of rows with a positive weight.

    So ``[2, 1, 1]`` is worth four rows, and ``[20, 10, 10]`` as well. No rule satisfies both
    demands everywhere: ``[2, 2, 2]`` is ``[1, 1, 1]`` multiplied by a constant, hence three
    respondents here, although six rows would test as six. Weights such as ``[2, 3]``,
    whose smallest is no single respondent, are read as survey weights: reading ``[0.8, 1.2]`` as
    counts would make a respondent of every tenth of a weight.

    Examples
    --------
    >>> normalised_weights(np.array([20.0, 10.0, 0.0]))
    array([2., 1., 0.])
    >>> normalised_weights(np.array([1.5, 1.0, 0.0]))
    array([1.2, 0.8, 0. ])
    """
    positive = weights[weights > 0]
    if positive.min() >= positive.max() / LARGEST_COUNT:
        multiples = weights / positive.min()
        counts = np.rint(multiples)
        if (np.abs(multiples - counts) <= WHOLE_NUMBER_TOLERANCE).all():
            return np.asarray(counts)
    # Scaled by the largest first, so that no sum overflows.
    shares = weights / positive.max()
    return np.asarray(shares * (len(positive) / shares.sum()))


def effective_size(weights: FloatArray) -> float:
    """Count the respondents that weights stand for: the sum of `normalised_weights`.

    Parameters
    ----------
    weights : array of n floats
        Finite, not negative, not all zero.

    Returns
    -------
    float

    Examples
    --------
    >>> effective_size(np.array([2.0, 1.0, 1.0]))
    4.0
    >>> effective_size(np.array([0.7, 1.3, 1.1]))
    3.0
    """
    return float(normalised_weights(weights).sum())
