"""Respondents on the main directions of their ordered answers."""

from __future__ import annotations

import numpy as np

from rfree.base.inputs import FloatArray, in_one_order

# What k types can need, and little noise: agreement in general, what opposes blocks, one more.
N_DIRECTIONS = 3
# A spread of less than this share of the largest code is rounding.
NO_SPREAD = 1e-9


def standardised_answers(values: FloatArray, weights: FloatArray | None = None) -> FloatArray:
    """Centre and scale each item; no answer counts as the item's mean.

    Parameters
    ----------
    values : array, respondents x items
        Codes; NaN for no answer.
    weights : array of respondents, optional

    Returns
    -------
    array, respondents x items
        0 throughout for an item that everybody answered alike.

    Examples
    --------
    >>> standardised_answers(np.array([[1.0], [3.0], [np.nan]])).ravel()
    array([-1.,  1.,  0.])
    """
    values, weights = in_one_order(values=values, weights=weights)
    mass = np.ones(len(values)) if weights is None else weights
    known = ~np.isnan(values)
    total = np.maximum(mass @ known, np.finfo(float).tiny)
    given = np.where(known, values, 0.0)
    centred = np.where(known, values - (mass @ given) / total, 0.0)
    spread = np.sqrt((mass @ np.square(centred)) / total)
    varies = spread > NO_SPREAD * np.abs(given).max(axis=0)
    standardised: FloatArray = np.where(varies, centred, 0.0) / np.where(varies, spread, 1.0)
    return standardised


def answer_scores(
    values: FloatArray, weights: FloatArray | None = None, *, n_directions: int = N_DIRECTIONS
) -> FloatArray:
    """Place respondents on the first principal components of their ordered answers.

    Parameters
    ----------
    values : array, respondents x items
        Codes; NaN for no answer, which counts as the item's mean.
    weights : array of respondents, optional
    n_directions : int

    Returns
    -------
    array, respondents x n_directions
        Components of the standardised items; fewer when the items have fewer.

    Examples
    --------
    >>> answer_scores(np.array([[1.0, 2.0], [2.0, 1.0], [3.0, np.nan]])).shape
    (3, 2)
    """
    values, weights = in_one_order(values=values, weights=weights)
    standardised = standardised_answers(values, weights)
    mass = np.ones(len(standardised)) if weights is None else weights
    products = standardised.T @ (standardised * (mass / mass.sum())[:, np.newaxis])
    _, vectors = np.linalg.eigh(products)
    directions = vectors[:, ::-1][:, :n_directions]
    # The sign of a direction changes nothing below, but the result is the machine's no more.
    largest = np.abs(directions).argmax(axis=0)
    signs = np.sign(directions[largest, np.arange(directions.shape[1])])
    scores: FloatArray = standardised @ (directions * signs)
    return scores
