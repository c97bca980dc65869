"""Point after point: what a move between classes gains, and the moves one at a time."""

from __future__ import annotations

import numpy as np

from rfree.base.compiled import compiled
from rfree.base.inputs import FloatArray, IntArray

# A transfer must lower the within-class inertia by more than rounding can.
LEAST_GAIN = 1e-12


@compiled
def sums_by_class(
    points: FloatArray, classes: IntArray, weights: FloatArray, n_classes: int
) -> tuple[FloatArray, FloatArray]:
    """Add up weighted points, and their weights, by class.

    Parameters
    ----------
    points : array, n x axes
    classes : array of n ints
        From 0.
    weights : array of n
    n_classes : int

    Returns
    -------
    sums : array, classes x axes
    sizes : array of classes

    Examples
    --------
    >>> points = np.array([[0.0], [3.0], [9.0]])
    >>> sums_by_class(points, np.array([0, 0, 1]), np.array([2.0, 1.0, 1.0]), 2)
    (array([[3.], [9.]]), array([3., 1.]))
    """
    n_points, n_axes = points.shape
    sums = np.zeros((n_classes, n_axes))
    sizes = np.zeros(n_classes)
    for row in range(n_points):
        own, weight = classes[row], weights[row]
        sizes[own] += weight
        for axis in range(n_axes):
            sums[own, axis] += weight * points[row, axis]
    return sums, sizes


@compiled
def inertia_around(
    points: FloatArray, classes: IntArray, weights: FloatArray, centres: FloatArray
) -> float:
    """Add up weighted squared distances of points to the centres of their classes.

    Parameters
    ----------
    points : array, n x axes
    classes : array of n ints
        From 0.
    weights : array of n
    centres : array, classes x axes

    Returns
    -------
    float

    Examples
    --------
    >>> inertia_around(np.array([[0.0], [3.0]]), np.array([0, 0]), np.ones(2), np.array([[1.0]]))
    5.0
    """
    n_points, n_axes = points.shape
    total = 0.0
    for row in range(n_points):
        squared = 0.0
        for axis in range(n_axes):
            away = points[row, axis] - centres[classes[row], axis]
            squared += away * away
        total += weights[row] * squared
    return total


@compiled
def options_of_points(
    points: FloatArray,
    classes: IntArray,
    weights: FloatArray,
    centres: FloatArray,
    sizes: FloatArray,
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Give what leaving its class saves each point, the best other class, and what joining costs.

    Parameters
    ----------
    points : array, n x axes
    classes : array of n ints
        From 0.
    weights : array of n
    centres : array, classes x axes
    sizes : array of classes
        Their weights.

    Returns
    -------
    saved : array of n
        By unit of weight; 0 for a point alone in its class.
    target : array of n ints
    cost : array of n
        By unit of weight.

    Examples
    --------
    >>> points, centres = np.array([[0.0], [2.0], [3.0]]), np.array([[1.0], [3.0]])
    >>> options_of_points(points, np.array([0, 0, 1]), np.ones(3), centres, np.array([2.0, 1.0]))
    (array([2., 2., 0.]), array([1, 1, 0]), array([4.5       , 0.5       , 2.66666667]))
    """
    n_points, n_axes = points.shape
    saved = np.zeros(n_points)
    target = np.zeros(n_points, dtype=np.int64)
    cost = np.full(n_points, np.inf)
    for row in range(n_points):
        own, weight = classes[row], weights[row]
        for other in range(len(sizes)):
            squared = 0.0
            for axis in range(n_axes):
                away = points[row, axis] - centres[other, axis]
                squared += away * away
            if other == own:
                left = sizes[own] - weight
                if left > LEAST_GAIN * sizes[own]:
                    saved[row] = sizes[own] * squared / left
            else:
                joining = squared * (sizes[other] / (sizes[other] + weight))
                if joining < cost[row]:
                    cost[row], target[row] = joining, other
    return saved, target, cost


@compiled
def move_until_none_gains(
    points: FloatArray,
    classes: IntArray,
    weights: FloatArray,
    centres: FloatArray,
    sizes: FloatArray,
) -> None:
    """Make the transfers of Hartigan and Wong (1979), until a whole round finds none.

    A round of *optimal* transfers offers each point the best of all classes; rounds of *quick*
    ones follow, between its class and its second best only, until none is made.

    Parameters
    ----------
    points : array, n x axes
    classes : array of n ints
        From 0; changed in place, as are ``centres`` and ``sizes``.
    weights : array of n
    centres : array, classes x axes
    sizes : array of classes
        Their weights.

    Examples
    --------
    >>> points, classes = np.array([[0.0], [1.0], [4.0], [5.0]]), np.array([0, 1, 1, 1])
    >>> move_until_none_gains(
    ...     points, classes, np.ones(4), np.array([[0.0], [10 / 3]]), np.array([1.0, 3.0])
    ... )
    >>> classes
    array([0, 0, 1, 1])
    """
    n_points, n_axes = points.shape
    second = np.zeros(n_points, dtype=np.int64)

    def moves(row: int, only_second: bool) -> bool:
        own, weight = classes[row], weights[row]
        saved, cost, target = 0.0, np.inf, second[row]
        for other in range(len(sizes)):
            if only_second and other != own and other != second[row]:
                continue
            squared = 0.0
            for axis in range(n_axes):
                away = points[row, axis] - centres[other, axis]
                squared += away * away
            if other == own:
                left = sizes[own] - weight
                if left > LEAST_GAIN * sizes[own]:
                    saved = sizes[own] * squared / left
            else:
                joining = squared * (sizes[other] / (sizes[other] + weight))
                if joining < cost:
                    cost, target = joining, other
        second[row] = target
        gains = cost < saved * (1 - LEAST_GAIN)
        if gains:
            leaving = weight / (sizes[own] - weight)
            joining = weight / (sizes[target] + weight)
            for axis in range(n_axes):
                at = points[row, axis]
                centres[own, axis] += (centres[own, axis] - at) * leaving
                centres[target, axis] += (at - centres[target, axis]) * joining
            sizes[own] -= weight
            sizes[target] += weight
            classes[row], second[row] = target, own
        return gains

    unmoved = 0
    while unmoved < n_points:
        for row in range(n_points):
            unmoved = 0 if moves(row, False) else unmoved + 1
            if unmoved == n_points:
                return
        row, unmoved_quickly = 0, 0
        while unmoved_quickly < n_points:
            if moves(row, True):
                unmoved, unmoved_quickly = 0, 0
            else:
                unmoved_quickly += 1
            row = (row + 1) % n_points
