"""Matching the classes of two partitions by what they share."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from rfree.base.inputs import FloatArray, IntArray, in_one_order


def class_jaccard(
    first: IntArray,
    second: IntArray,
    n_first: int,
    n_second: int,
    weights: FloatArray | None = None,
) -> FloatArray:
    """Jaccard similarity of every class of one partition with every class of another.

    Parameters
    ----------
    first, second : arrays of the same respondents
        Classes 1..n_first and 1..n_second.
    n_first, n_second : int
        Numbers of classes, empty ones included.
    weights : array of respondents, optional
        Not negative. None: all count the same.

    Returns
    -------
    array, n_first x n_second
        Those in both classes over those in either, 0 to 1; 0 between two empty classes.

    Examples
    --------
    >>> class_jaccard(np.array([1, 1, 2]), np.array([1, 2, 2]), 2, 2)
    array([[0.5 , 0.33333333], [0. , 0.5 ]])
    """
    first, second, weights = in_one_order(first=first, second=second, weights=weights)
    if len(first) != len(second):
        raise ValueError(f"the partitions are of {len(first)} and {len(second)} respondents.")
    classes = np.asarray(first) - 1, np.asarray(second) - 1
    return jaccard_indices(shared_counts(*classes, (n_first, n_second), weights))


def shared_counts(
    first: IntArray,
    second: IntArray,
    shape: tuple[int, int],
    weights: FloatArray | None = None,
) -> FloatArray:
    """Count how many respondents each class of one partition shares with each of another.

    Parameters
    ----------
    first, second : arrays of the same respondents
        Classes from 0.
    shape : (int, int)
        Numbers of classes, empty ones included.
    weights : array of respondents, optional
        Not negative. None: all count the same.

    Returns
    -------
    array of this shape

    Examples
    --------
    >>> shared_counts(np.array([0, 0, 1]), np.array([0, 1, 1]), (2, 2))
    array([[1., 1.],
           [0., 1.]])
    """
    first, second, weights = in_one_order(first=first, second=second, weights=weights)
    cells = first * shape[1] + second
    return np.bincount(cells, weights, shape[0] * shape[1]).astype(float).reshape(shape)


def jaccard_indices(shared: FloatArray) -> FloatArray:
    """Jaccard similarities from how many two partitions share.

    Parameters
    ----------
    shared : array, classes of the one x classes of the other
        Respondents in both.

    Returns
    -------
    array of the same shape
        Those in both classes over those in either, 0 to 1; 0 between two empty classes.

    Examples
    --------
    >>> jaccard_indices(np.array([[1.0, 1.0], [0.0, 2.0]]))
    array([[0.5 , 0.25      ], [0. , 0.66666667]])
    """
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    similarity: FloatArray = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return similarity


def match_classes(similarity: FloatArray) -> IntArray:
    """Pair classes one to one so that the similarities of the pairs add up to the most.

    Parameters
    ----------
    similarity : array, k x k
        Such as `class_jaccard` gives.

    Returns
    -------
    array of k ints
        For each column (from 0), the row (from 0) it is paired with.

    Examples
    --------
    >>> match_classes(np.array([[0.1, 0.9], [0.8, 0.7]]))
    array([1, 0])
    """
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    partner = np.empty(similarity.shape[1], dtype=np.int64)
    partner[columns] = rows
    return partner
