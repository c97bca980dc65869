"""Point after point: what a move between classes gains, and the moves one at a time."""

from __future__ import annotations

import numpy as np

from rfree.base.compiled import compiled
from rfree.base.inputs import FloatArray, IntArray

# A transfer must lower the within-class inertia by more than rounding can.
LEAST_GAIN = 1e-12

PartitionArrays = tuple[FloatArray, IntArray, FloatArray, FloatArray, FloatArray]
"""Points (n x axes), their classes from 0, their weights; centres and weights of the classes."""


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
def options_of_point(
    row: int, partition: PartitionArrays, only: int = -1
) -> tuple[float, int, float]:
    """Give what leaving its class saves one point, the best other class, and what joining costs.

    Parameters
    ----------
    row : int
        Of the point.
    partition : PartitionArrays
    only : int
        The one class that is offered; -1: all of them.

    Returns
    -------
    saved : float
        By unit of weight; 0 for a point alone in its class.
    target : int
    cost : float
        By unit of weight.

    Examples
    --------
    >>> points, centres = np.array([[0.0], [2.0], [3.0]]), np.array([[1.0], [3.0]])
    >>> partition = points, np.array([0, 0, 1]), np.ones(3), centres, np.array([2.0, 1.0])
    >>> options_of_point(1, partition)
    (2.0, 1, 0.5)
    """
    points, classes, weights, centres, sizes = partition
    own, weight = classes[row], weights[row]
    saved, target, cost = 0.0, only, np.inf
    for other in range(len(sizes)):
        if only >= 0 and other not in (own, only):
            continue
        squared = 0.0
        for axis in range(points.shape[1]):
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
    return saved, target, cost


@compiled
def options_of_points(partition: PartitionArrays) -> tuple[FloatArray, IntArray, FloatArray]:
    """Give the options of all points.

    Parameters
    ----------
    partition : PartitionArrays

    Returns
    -------
    saved, target, cost : arrays of n
        What `options_of_point` gives.

    Examples
    --------
    >>> points, centres = np.array([[0.0], [2.0], [3.0]]), np.array([[1.0], [3.0]])
    >>> partition = points, np.array([0, 0, 1]), np.ones(3), centres, np.array([2.0, 1.0])
    >>> options_of_points(partition)
    (array([2., 2., 0.]), array([1, 1, 0]), array([4.5       , 0.5       , 2.66666667]))
    """
    n_points = len(partition[0])
    saved, cost = np.empty(n_points), np.empty(n_points)
    target = np.empty(n_points, dtype=np.int64)
    for row in range(n_points):
        saved[row], target[row], cost[row] = options_of_point(row, partition)
    return saved, target, cost


@compiled
def move_point(row: int, target: int, partition: PartitionArrays) -> None:
    """Take one point to another class.

    Parameters
    ----------
    row, target : int
        The point, and the class it goes to.
    partition : PartitionArrays
        All but the points and their weights are changed in place.

    Examples
    --------
    >>> points, classes = np.array([[0.0], [4.0], [6.0]]), np.array([0, 1, 1])
    >>> centres, sizes = np.array([[0.0], [5.0]]), np.array([1.0, 2.0])
    >>> move_point(1, 0, (points, classes, np.ones(3), centres, sizes))
    >>> classes.tolist(), centres.tolist(), sizes.tolist()
    ([0, 0, 1], [[2.0], [6.0]], [2.0, 1.0])
    """
    points, classes, weights, centres, sizes = partition
    own, weight = classes[row], weights[row]
    leaving = weight / (sizes[own] - weight)
    joining = weight / (sizes[target] + weight)
    for axis in range(points.shape[1]):
        at = points[row, axis]
        centres[own, axis] += (centres[own, axis] - at) * leaving
        centres[target, axis] += (at - centres[target, axis]) * joining
    sizes[own] -= weight
    sizes[target] += weight
    classes[row] = target


@compiled
def _moves_if_it_gains(
    row: int, partition: PartitionArrays, second: IntArray, only: int = -1
) -> bool:
    """Offer a point all classes or one; note the class it left, or its second best."""
    saved, target, cost = options_of_point(row, partition, only)
    gains = cost < saved * (1 - LEAST_GAIN)
    second[row] = partition[1][row] if gains else target
    if gains:
        move_point(row, target, partition)
    return gains


@compiled
def move_until_none_gains(partition: PartitionArrays) -> None:
    """Make the transfers of Hartigan and Wong (1979), until a whole round finds none.

    A round of *optimal* transfers offers each point the best of all classes; rounds of *quick*
    ones follow, between its class and its second best only, until none is made.

    Parameters
    ----------
    partition : PartitionArrays
        All but the points and their weights are changed in place.

    Examples
    --------
    >>> points, classes = np.array([[0.0], [1.0], [4.0], [5.0]]), np.array([0, 1, 1, 1])
    >>> centres, sizes = np.array([[0.0], [10 / 3]]), np.array([1.0, 3.0])
    >>> move_until_none_gains((points, classes, np.ones(4), centres, sizes))
    >>> classes
    array([0, 0, 1, 1])
    """
    n_points = len(partition[0])
    second = np.zeros(n_points, dtype=np.int64)
    unmoved = 0
    while unmoved < n_points:
        for row in range(n_points):
            unmoved = 0 if _moves_if_it_gains(row, partition, second) else unmoved + 1
            if unmoved == n_points:
                return
        row, unmoved_quickly = 0, 0
        while unmoved_quickly < n_points:
            if _moves_if_it_gains(row, partition, second, second[row]):
                unmoved, unmoved_quickly = 0, 0
            else:
                unmoved_quickly += 1
            row = (row + 1) % n_points


@compiled
def centres_of_classes(
    points: FloatArray, classes: IntArray, weights: FloatArray, n_classes: int
) -> tuple[FloatArray, FloatArray]:
    """Give the weighted means of classes, and their weights.

    Parameters
    ----------
    points, classes, weights, n_classes
        As in `sums_by_class`.

    Returns
    -------
    centres : array, classes x axes
    sizes : array of classes

    Examples
    --------
    >>> points = np.array([[0.0], [3.0], [9.0]])
    >>> centres_of_classes(points, np.array([0, 0, 1]), np.array([2.0, 1.0, 1.0]), 2)
    (array([[1.], [9.]]), array([3., 1.]))
    """
    sums, sizes = sums_by_class(points, classes, weights, n_classes)
    return sums / sizes.reshape(-1, 1), sizes


@compiled
def move_all_that_gain(partition: PartitionArrays) -> None:
    """Move all points that gain by it, half as many when that overshoots.

    Parameters
    ----------
    partition : PartitionArrays
        All but the points and their weights are changed in place.

    Examples
    --------
    >>> points = np.array([[0.0], [0.0], [6.0], [6.0], [6.0]])
    >>> classes = np.array([0, 0, 0, 0, 1])
    >>> centres, sizes = np.array([[3.0], [6.0]]), np.array([4.0, 1.0])
    >>> move_all_that_gain((points, classes, np.ones(5), centres, sizes))
    >>> classes.tolist(), centres.tolist()
    ([0, 0, 1, 1, 1], [[0.0], [6.0]])
    """
    points, classes, weights, centres, sizes = partition
    n_classes = len(sizes)
    fresh, _ = centres_of_classes(points, classes, weights, n_classes)
    within = inertia_around(points, classes, weights, fresh)
    while True:
        saved, target, cost = options_of_points(partition)
        movers = np.flatnonzero(cost < saved * (1 - LEAST_GAIN))
        gain = (saved - cost)[movers] * weights[movers]
        movers = movers[np.argsort(-gain, kind="mergesort")]
        while len(movers) > 1:
            moved = classes.copy()
            moved[movers] = target[movers]
            if (np.bincount(moved, minlength=n_classes) > 0).all():
                found, held = centres_of_classes(points, moved, weights, n_classes)
                lower = inertia_around(points, moved, weights, found)
                if lower < within:
                    break
            movers = movers[: len(movers) // 2]
        if len(movers) <= 1:
            return
        within = lower
        classes[:], centres[:], sizes[:] = moved, found, held


@compiled
def best_of_chain(partition: PartitionArrays, length: int, lowest: float) -> tuple[bool, IntArray]:
    """Make the least costly moves one after the other, even at a loss, each point once.

    Parameters
    ----------
    partition : PartitionArrays
        All but the points and their weights are changed in place.
    length : int
        Moves at most.
    lowest : float
        Change of the within-class inertia that must be undercut.

    Returns
    -------
    lower : bool
        Whether it was.
    classes : array of n ints
        Those after the moves that lowered the inertia most.

    Examples
    --------
    >>> points, classes = np.array([[0.0], [4.0], [5.0], [6.0]]), np.array([0, 0, 0, 1])
    >>> centres, sizes = np.array([[3.0], [6.0]]), np.array([3.0, 1.0])
    >>> best_of_chain((points, classes, np.ones(4), centres, sizes), 4, 0.0)
    (True, array([0, 1, 1, 1]))
    """
    _, classes, weights, _, _ = partition
    free = np.ones(len(classes), np.bool_)
    change, lower, best = 0.0, False, classes.copy()
    for _ in range(min(length, len(classes))):
        saved, target, cost = options_of_points(partition)
        loss = np.where(free & (saved > 0), (cost - saved) * weights, np.inf)
        row = int(loss.argmin())
        if not np.isfinite(loss[row]):
            break
        move_point(row, int(target[row]), partition)
        free[row] = False
        change += loss[row]
        if change < lowest:
            lowest, lower, best = change, True, classes.copy()
    return lower, best
