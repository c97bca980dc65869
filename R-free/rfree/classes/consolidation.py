"""Consolidation of a partition: k-means from its class centres, ended by single transfers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rfree.base.class_labels import read_classes
from rfree.base.inputs import FloatArray, IntArray, check_weights, in_one_order
from rfree.classes.moves import LEAST_GAIN
from rfree.classes.nearest_centre import nearest_class
from rfree.classes.transfers import (
    Partition,
    class_centres,
    move_in_chains,
    move_one_by_one,
    move_together,
)
from rfree.classes.ward import distinct_points


def consolidate(
    coordinates: npt.ArrayLike,
    labels: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    thorough: bool = True,
) -> IntArray:
    """Lower the within-class inertia of a partition until no transfer of one point can.

    Parameters
    ----------
    coordinates : array, n points x axes
        Finite.
    labels : array of n ints
        The partition to start from; identical points in one class.
    weights : array of n weights, or None
        Not negative. A point of weight zero goes to the class whose centre is nearest.
    thorough : bool
        False stops at the first partition that no single transfer improves: fit for the
        thousands of replicates of a bootstrap. True then tries chains of transfers,
        and compares with the path that Hartigan and Wong's k-means takes.

    Returns
    -------
    array of n ints
        The classes, which keep their labels. None becomes empty.

    Raises
    ------
    ValueError
        If lengths differ or a class holds no point that has a weight.

    Notes
    -----
    Taking a point of weight w, at distance d_a of the centre of its class a, to class b
    changes the within-class inertia by w n_b d_b² / (n_b + w) - w n_a d_a² / (n_a - w), where n
    are the weights of the classes (Hartigan 1975). The search, which sees
    identical points as one and does not depend on the order of the rows:

    1. all points that gain by moving move at once, as long as the inertia falls;
    2. points move one at a time, centres following at once, as in Hartigan and Wong (1979);
    3. chains: the least costly transfers are made one after the other even at a loss, the
       best partition met on the way is kept (Kernighan and Lin 1970), and step 2 follows.

    Steps 2 and 3 are also tried with every point first in the class of the nearest centre.
    With equal weights, step 2 is run once more on the rows in their own order,
    the path of R's ``kmeans``, and kept if it ends lower still: the within-class inertia is never
    above R's.

    Examples
    --------
    >>> consolidate([[0.0], [1.0], [4.0], [5.0]], [1, 2, 2, 2])
    array([1, 1, 2, 2])
    """
    points, given, mass = in_one_order(coordinates=coordinates, labels=labels, weights=weights)
    points = points.astype(float)
    mass = check_weights(mass, points)
    if given.shape != (len(points),):
        raise ValueError(f"labels has shape {given.shape}; expected one for each of {len(points)}.")
    return consolidate_groups(points, given, mass, distinct_points(points, mass), thorough=thorough)


def consolidate_groups(
    points: FloatArray,
    labels: npt.NDArray[np.generic],
    mass: FloatArray,
    positions: tuple[FloatArray, IntArray, FloatArray],
    *,
    thorough: bool,
) -> IntArray:
    """Consolidate a partition of rows whose identical points are gathered already.

    Parameters
    ----------
    points, labels, mass : arrays
        Coordinates, classes and weights of the rows.
    positions : tuple of arrays
        What `rfree.classes.ward.distinct_points` makes of them.
    thorough : bool
        As in `consolidate`.

    Returns
    -------
    array of n ints
        The classes of `consolidate`.
    """
    points, labels, mass = in_one_order(points=points, labels=labels, mass=mass)
    names, start = np.unique(labels, return_inverse=True)
    distinct, group, gathered = positions
    counted = np.flatnonzero(mass > 0)
    gathered_start = _first_of_group(start[counted], group[counted], len(distinct))
    empty = np.bincount(gathered_start, minlength=len(names)) == 0
    if empty.any():
        raise ValueError(
            f"Class {names[empty][0]} holds no respondent of its own that has a weight."
        )
    if len(names) == 1:
        return labels.astype(np.int64)
    # Scaled so that the unit of the weights changes no bit of what follows.
    begin = Partition.of(distinct, gathered / gathered.max(), gathered_start, len(names))
    best = _descend(begin)
    if thorough:
        other = _descend_from_nearest(begin)
        # Both often end in the same partition: then one chain is enough.
        twice = other is not None and not np.array_equal(other.labels, best.labels)
        move_in_chains(best)
        if other is not None and twice:
            move_in_chains(other)
            best = _lower(best, other)
        if (mass == mass[0]).all():
            rows = _path_of_rows(points, start, len(names))
            if rows is not None:
                on_distinct = _first_of_group(rows, group, len(distinct))
                best = _lower(best, Partition.of(distinct, begin.weights, on_distinct, len(names)))
    classes = best.labels[group]
    without = np.flatnonzero(mass <= 0)
    if len(without):
        classes[without] = nearest_class(points[without], best.centres)
    return np.asarray(names[classes], dtype=np.int64)


def within_inertia(
    coordinates: npt.ArrayLike, labels: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> float:
    """Inertia of the points around the centres of their classes, weights summing to one.

    Parameters
    ----------
    coordinates : array, n points x axes
        Finite.
    labels : array of n
        Classes.
    weights : array of n weights, or None
        Not negative.

    Returns
    -------
    float

    Examples
    --------
    >>> within_inertia([[0.0], [2.0], [7.0], [7.0]], [1, 1, 2, 2])
    0.5
    """
    points, given, mass = in_one_order(coordinates=coordinates, labels=labels, weights=weights)
    mass = check_weights(mass, points)
    names, classes = read_classes(given)
    return Partition.of(points.astype(float), mass / mass.sum(), classes, len(names)).within()


def _first_of_group(labels: IntArray, group: IntArray, n_groups: int) -> IntArray:
    gathered = np.empty(n_groups, dtype=np.int64)
    gathered[group[::-1]] = labels[::-1]  # of several rows, the first is written last
    return gathered


def _descend(begin: Partition) -> Partition:
    partition = Partition.of(begin.points, begin.weights, begin.labels, len(begin.sizes))
    move_together(partition)
    move_one_by_one(partition)
    return partition


def _nearest_centres(points: FloatArray, centres: FloatArray) -> IntArray | None:
    nearest = nearest_class(points, centres)
    if (np.bincount(nearest, minlength=len(centres)) == 0).any():
        return None
    return nearest


def _descend_from_nearest(begin: Partition) -> Partition | None:
    nearest = _nearest_centres(begin.points, begin.centres)
    if nearest is None:
        return None
    partition = Partition.of(begin.points, begin.weights, nearest, len(begin.sizes))
    move_one_by_one(partition)
    return partition


def _path_of_rows(points: FloatArray, start: IntArray, n_classes: int) -> IntArray | None:
    """Transfers in the order of the rows, from the nearest of the centres of ``start``."""
    weights = np.ones(len(points))
    centres, _ = class_centres(points, start, weights, n_classes)
    nearest = _nearest_centres(points, centres)
    if nearest is None:
        return None
    partition = Partition.of(points, weights, nearest, n_classes)
    move_one_by_one(partition)
    return partition.labels


def _lower(best: Partition, other: Partition | None) -> Partition:
    if other is None or other.within() >= best.within() * (1 - LEAST_GAIN):
        return best
    return other
