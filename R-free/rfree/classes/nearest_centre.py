"""New respondents among known classes: distances to the centres, and how sure the nearest is."""

from __future__ import annotations

import numpy as np
from scipy.spatial.distance import cdist
from scipy.special import softmax

from rfree.base.inputs import FloatArray, IntArray, in_one_order


def centre_distances(coordinates: FloatArray, centres: FloatArray) -> FloatArray:
    """Distance of every respondent to the centre of every class.

    Parameters
    ----------
    coordinates : array, respondents x axes
    centres : array, classes x axes

    Returns
    -------
    array, respondents x classes

    Examples
    --------
    >>> centre_distances(np.array([[0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 1.0]]))
    array([[5., 1.]])
    """
    return np.asarray(cdist(coordinates, centres), dtype=float)


def nearest_class(coordinates: FloatArray, centres: FloatArray) -> IntArray:
    """Return the class whose centre is nearest, from 0.

    Parameters
    ----------
    coordinates : array, respondents x axes
    centres : array, classes x axes

    Returns
    -------
    array of respondents

    Examples
    --------
    >>> nearest_class(np.array([[0.0], [9.0]]), np.array([[8.0], [1.0]]))
    array([1, 0])
    """
    return np.asarray(cdist(coordinates, centres, "sqeuclidean").argmin(axis=1), dtype=np.int64)


def class_spread(
    coordinates: FloatArray, labels: IntArray, centres: FloatArray, weights: FloatArray
) -> float:
    """Variance of the respondents around the centres of their classes, by axis.

    Parameters
    ----------
    coordinates : array, n x axes
    labels : array of n ints
        Classes from 1.
    centres : array, classes x axes
    weights : array of n

    Returns
    -------
    float
        Within-class inertia divided by the number of axes.

    Examples
    --------
    >>> points = np.array([[0.0], [2.0], [9.0], [11.0]])
    >>> class_spread(points, np.array([1, 1, 2, 2]), np.array([[1.0], [10.0]]), np.ones(4))
    1.0
    """
    coordinates, labels, weights = in_one_order(
        coordinates=coordinates, labels=labels, weights=weights
    )
    squared = np.square(coordinates - centres[labels - 1]).sum(axis=1)
    return float(weights @ squared / weights.sum() / coordinates.shape[1])


def class_confidence(distances: FloatArray, spread: float) -> FloatArray:
    """Probability of each class given the distances to the centres.

    Parameters
    ----------
    distances : array, respondents x classes
    spread : float
        Variance within the classes, by axis (`class_spread`); 0 gives all to the nearest.

    Returns
    -------
    array, respondents x classes
        Rows sum to 1; the nearest class has the greatest, at least 1 / number of classes.

    Notes
    -----
    exp(-d² / (2 spread)), divided by its sum over the classes: the posterior probability under
    normal classes of the same round shape and of the same size. Classes of equal size are
    supposed so that the likeliest class is always the nearest one.

    Examples
    --------
    >>> class_confidence(np.array([[1.0, 1.0], [0.0, 9.0]]), 1.0).round(3)
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    squared = np.square(distances)
    smallest = np.finfo(float).tiny
    return np.asarray(softmax(-squared / (2 * max(spread, smallest)), axis=1), dtype=float)
