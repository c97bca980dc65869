"""How well each further item would tell the classes apart, for all candidates at once."""

from __future__ import annotations

import numpy as np

from rfree.base.inputs import FloatArray, IntArray, in_one_order

# Respondents x items x classes held at once.
_BLOCK_CELLS = 4_000_000


def own_class_probabilities(
    totals: FloatArray, given: FloatArray, own: IntArray, candidates: IntArray
) -> FloatArray:
    """Mean probability of the respondents' own classes after each further item.

    Parameters
    ----------
    totals : array, respondents x classes
        Log scores so far.
    given : array, respondents x items x classes
        What the answer to each item adds.
    own : array of respondents
        Class of each, from 0.
    candidates : array of ints
        The items to try.

    Returns
    -------
    array of candidates
        0 to 1.

    Examples
    --------
    >>> given = np.log(np.array([[[0.9, 0.1]], [[0.2, 0.8]]]))
    >>> own_class_probabilities(np.zeros((2, 2)), given, np.array([0, 1]), np.array([0])).round(3)
    array([0.85])
    """
    totals, given, own = in_one_order(totals=totals, given=given, own=own)
    n_respondents, n_classes = totals.shape
    summed = np.zeros(len(candidates))
    step = max(1, _BLOCK_CELLS // (len(candidates) * n_classes))
    for begin in range(0, n_respondents, step):
        rows = slice(begin, begin + step)
        scores = totals[rows, None, :] + given[rows][:, candidates]
        scores -= scores.max(axis=2, keepdims=True)
        np.exp(scores, out=scores)
        mine = np.take_along_axis(scores, own[rows, None, None], axis=2)[:, :, 0]
        summed += (mine / scores.sum(axis=2)).sum(axis=0)
    return np.asarray(summed / n_respondents)
