"""Points in classes, and the moves that lower the within-class inertia."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.classes.moves import (
    LEAST_GAIN,
    PartitionArrays,
    best_of_chain,
    centres_of_classes,
    inertia_around,
    move_all_that_gain,
    move_until_none_gains,
    options_of_points,
)

CHAIN_CANDIDATES = 64
CHAIN_LENGTH = 12


def class_centres(
    points: FloatArray, classes: IntArray, weights: FloatArray, n_classes: int
) -> tuple[FloatArray, FloatArray]:
    """Weighted means of the classes 0..n_classes - 1, and their weights.

    Parameters
    ----------
    points : array, n x axes
        Coordinates.
    classes : array of n ints
        From 0.
    weights : array of n
        Every class must have some.
    n_classes : int
        Number of classes.

    Returns
    -------
    centres : array, classes x axes
    sizes : array of classes

    Examples
    --------
    >>> points = np.array([[0.0], [3.0], [9.0]])
    >>> class_centres(points, np.array([0, 0, 1]), np.array([2.0, 1.0, 1.0]), 2)
    (array([[1.], [9.]]), array([3., 1.]))
    """
    points, classes, weights = in_one_order(points=points, classes=classes, weights=weights)
    return centres_of_classes(points, classes, weights, n_classes)


@dataclass
class Partition:
    """Points in classes 0..k - 1, with the centres and weights of classes kept up to date.

    Attributes
    ----------
    points : array, n x axes
    weights : array of n
        All positive.
    labels : array of n ints
    centres : array, classes x axes
    sizes : array of classes
        Sums of the weights.
    """

    points: FloatArray
    weights: FloatArray
    labels: IntArray
    centres: FloatArray
    sizes: FloatArray

    @classmethod
    def of(
        cls, points: FloatArray, weights: FloatArray, labels: IntArray, n_classes: int
    ) -> Partition:
        """Make the partition that labels 0..n_classes - 1 describe."""
        points = np.ascontiguousarray(points)  # one layout: the moves are compiled once
        centres, sizes = class_centres(points, labels, weights, n_classes)
        return cls(points, weights, labels.copy(), centres, sizes)

    def within(self) -> float:
        """Within-class inertia, from fresh centres; weights are not divided by their sum."""
        fresh = Partition.of(self.points, self.weights, self.labels, len(self.sizes))
        return fresh.around_centres()

    def around_centres(self) -> float:
        """Inertia around the centres as they are kept."""
        return inertia_around(self.points, self.labels, self.weights, self.centres)

    @property
    def arrays(self) -> PartitionArrays:
        """Return the same arrays for the moves, which change them in place."""
        return self.points, self.labels, self.weights, self.centres, self.sizes


def move_together(partition: Partition) -> None:
    """Move all points that gain by it, half as many when that overshoots.

    Parameters
    ----------
    partition : Partition
        Changed in place.
    """
    move_all_that_gain(partition.arrays)


def move_one_by_one(partition: Partition) -> None:
    """Make the transfers of Hartigan and Wong (1979), until a whole round finds none.

    Parameters
    ----------
    partition : Partition
        Changed in place, point after point in their order.
    """
    move_until_none_gains(partition.arrays)


def move_in_chains(partition: Partition) -> None:
    """Try chains of least costly transfers; go on from the best partition met, if better.

    Parameters
    ----------
    partition : Partition
        One that no single transfer improves; changed in place.
    """
    n_classes = len(partition.sizes)
    while (labels := _best_of_chain(partition)) is not None:
        better = Partition.of(partition.points, partition.weights, labels, n_classes)
        move_one_by_one(better)
        partition.labels, partition.centres, partition.sizes = (
            better.labels,
            better.centres,
            better.sizes,
        )


def _best_of_chain(partition: Partition) -> IntArray | None:
    saved, _, cost = options_of_points(partition.arrays)
    loss = np.where(saved > 0, (cost - saved) * partition.weights, np.inf)
    rows = np.argsort(loss, kind="stable")[:CHAIN_CANDIDATES]
    scale = partition.within()
    chain = Partition(
        partition.points[rows],
        partition.weights[rows],
        partition.labels[rows],
        partition.centres.copy(),
        partition.sizes.copy(),
    )
    lower, best = best_of_chain(chain.arrays, CHAIN_LENGTH, -LEAST_GAIN * 100 * scale)
    if not lower:
        return None
    labels = partition.labels.copy()
    labels[rows] = best
    return labels
