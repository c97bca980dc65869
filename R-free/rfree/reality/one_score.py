"""Does one score give the types back? The cut of a score that agrees best with them."""

from __future__ import annotations

import numpy as np

from rfree.base.inputs import FloatArray, IntArray, in_one_order


def share_given_back(
    score: FloatArray, labels: IntArray, weights: FloatArray | None = None
) -> float:
    """Cut a score into slices, and say which share of respondents it gives their type.

    Parameters
    ----------
    score : array of respondents
    labels : array of respondents
        Types 1..k.
    weights : array of respondents, optional

    Returns
    -------
    float
        The largest share (0-1) over all cuts into k slices, one a type, in the order of their
        means; respondents of one score stay together.

    Notes
    -----
    Types that are slices of one attitude are given back but for the error of the score; types
    that lie side by side are not, however well they are told apart. Dynamic programme over the
    ranked respondents, exact.

    Examples
    --------
    >>> share_given_back(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1, 1, 2, 1]))
    0.75
    """
    score, labels, weights = in_one_order(score=score, labels=labels, weights=weights)
    mass = np.ones(len(score)) if weights is None else weights
    values, place = np.unique(score, return_inverse=True)
    n_types = int(labels.max())
    held = np.zeros((n_types, len(values)))
    np.add.at(held, (labels - 1, place), mass)
    means = (held @ values) / np.maximum(held.sum(axis=1), np.finfo(float).tiny)
    ranked = np.column_stack([np.zeros(n_types), held.cumsum(axis=1)])[means.argsort(kind="stable")]
    best = ranked[0]
    for counted in ranked[1:]:
        best = np.maximum.accumulate(best - counted) + counted
    return float(best[-1] / mass.sum())
