"""Points in classes, and the moves that lower the within-class inertia."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from rfree.base.inputs import FloatArray, IntArray, in_one_order

# A transfer must lower the within-class inertia by more than rounding can.
LEAST_GAIN = 1e-12
# Points offered a move at once; the first that gains by it moves, and the rest are asked again:
# few after a move, twice as many each time that none moves.
ROWS_AT_ONCE = 64
MOST_ROWS_AT_ONCE = 2**14
# Points of which distances to the centres are held at once.
POINTS_AT_ONCE = 2**18
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
    sizes = np.asarray(np.bincount(classes, weights, n_classes), dtype=float)
    sums = np.zeros((n_classes, points.shape[1]))
    for rows in pieces(len(points)):
        membership = np.zeros((n_classes, len(points[rows])))
        membership[classes[rows], np.arange(membership.shape[1])] = weights[rows]
        sums += membership @ points[rows]
    return sums / sizes[:, np.newaxis], sizes


def pieces(n_points: int) -> list[slice]:
    """Cut rows into runs of which distances to the centres are held at once.

    Parameters
    ----------
    n_points : int

    Returns
    -------
    list of slices

    Examples
    --------
    >>> pieces(3)
    [slice(0, 262144, None)]
    """
    return [slice(start, start + POINTS_AT_ONCE) for start in range(0, n_points, POINTS_AT_ONCE)]


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
        centres, sizes = class_centres(points, labels, weights, n_classes)
        return cls(points, weights, labels.copy(), centres, sizes)

    def within(self) -> float:
        """Within-class inertia, from fresh centres; weights are not divided by their sum."""
        fresh = Partition.of(self.points, self.weights, self.labels, len(self.sizes))
        return fresh.around_centres()

    def around_centres(self) -> float:
        """Inertia around the centres as they are kept."""
        total = 0.0
        for rows in pieces(len(self.points)):
            away = self.points[rows] - self.centres[self.labels[rows]]
            total += float(self.weights[rows] @ np.einsum("ij,ij->i", away, away))
        return total

    def move(self, row: int, target: int) -> None:
        """Take one point to another class."""
        weight, source = self.weights[row], self.labels[row]
        point, centres, sizes = self.points[row], self.centres, self.sizes
        centres[source] += (centres[source] - point) * (weight / (sizes[source] - weight))
        centres[target] += (point - centres[target]) * (weight / (sizes[target] + weight))
        sizes[source] -= weight
        sizes[target] += weight
        self.labels[row] = target

    def leaving(self, rows: slice | IntArray, squared: FloatArray) -> FloatArray:
        """Give the inertia that leaving its class would save, by unit of weight; 0 if alone."""
        sizes = self.sizes[self.labels[rows]]
        left = sizes - self.weights[rows]
        accompanied = left > LEAST_GAIN * sizes
        return np.divide(sizes * squared, left, out=np.zeros(len(left)), where=accompanied)

    def options(self, rows: slice | IntArray) -> tuple[FloatArray, IntArray, FloatArray]:
        """Give what leaving saves, the best other class, and what joining that one costs."""
        squared = cdist(self.points[rows], self.centres, "sqeuclidean")
        labels = self.labels[rows]
        here = np.arange(len(labels))
        saved = self.leaving(rows, squared[here, labels])
        squared *= self.sizes / (self.sizes + self.weights[rows, np.newaxis])
        squared[here, labels] = np.inf
        target = squared.argmin(axis=1)
        return saved, target, squared[here, target]

    def all_options(self) -> tuple[FloatArray, IntArray, FloatArray]:
        """Give the options of all points."""
        parts = [self.options(rows) for rows in pieces(len(self.points))]
        saved, target, cost = (np.concatenate(each) for each in zip(*parts, strict=True))
        return saved, target, cost


def _gains(saved: FloatArray, cost: FloatArray) -> npt.NDArray[np.bool_]:
    return cost < saved * (1 - LEAST_GAIN)


def move_together(partition: Partition) -> None:
    """Move all points that gain by it, half as many when that overshoots.

    Parameters
    ----------
    partition : Partition
        Changed in place.
    """
    within = partition.within()
    n_classes = len(partition.sizes)
    while True:
        saved, target, cost = partition.all_options()
        movers = np.flatnonzero(_gains(saved, cost))
        gain = (saved - cost)[movers] * partition.weights[movers]
        movers = movers[np.argsort(-gain, kind="stable")]
        while len(movers) > 1:
            labels = partition.labels.copy()
            labels[movers] = target[movers]
            if (np.bincount(labels, minlength=n_classes) > 0).all():
                moved = Partition.of(partition.points, partition.weights, labels, n_classes)
                if (lower := moved.around_centres()) < within:
                    break
            movers = movers[: len(movers) // 2]
        if len(movers) <= 1:
            return
        within = lower
        partition.labels, partition.centres, partition.sizes = labels, moved.centres, moved.sizes


def move_one_by_one(partition: Partition) -> None:
    """Make the transfers of Hartigan and Wong (1979), until a whole round finds none.

    Parameters
    ----------
    partition : Partition
        Changed in place, point after point in their order.
    """
    n_points = len(partition.labels)
    second = np.zeros(n_points, dtype=np.int64)
    unmoved = 0
    while unmoved < n_points:
        unmoved = _optimal_transfers(partition, second, unmoved)
        if unmoved < n_points and _quick_transfers(partition, second):
            unmoved = 0


def _optimal_transfers(partition: Partition, second: IntArray, unmoved: int) -> int:
    """Offer every point its best class, once; note the second best of those who stay."""
    n_points = len(partition.labels)
    start, n_rows = 0, MOST_ROWS_AT_ONCE
    while start < n_points and unmoved < n_points:
        stop = min(start + n_rows, n_points, start + n_points - unmoved)
        saved, target, cost = partition.options(slice(start, stop))
        moves = _gains(saved, cost)
        first = int(moves.argmax())
        if moves[first]:
            row, source = start + first, int(partition.labels[start + first])
            second[start:row] = target[:first]
            second[row] = source
            partition.move(row, int(target[first]))
            start, unmoved, n_rows = row + 1, 0, ROWS_AT_ONCE
        else:
            second[start:stop] = target
            unmoved += stop - start
            start, n_rows = stop, min(2 * n_rows, MOST_ROWS_AT_ONCE)
    return unmoved


def _quick_transfers(partition: Partition, second: IntArray) -> bool:
    """Exchange points between their class and the second best only, round after round."""
    points, labels, weights = partition.points, partition.labels, partition.weights
    n_points = len(labels)
    start, unmoved, n_rows = 0, 0, MOST_ROWS_AT_ONCE
    any_move = False
    while unmoved < n_points:
        stop = min(start + n_rows, n_points, start + n_points - unmoved)
        rows = slice(start, stop)
        away = points[rows] - partition.centres[labels[rows]]
        other = points[rows] - partition.centres[second[rows]]
        saved = partition.leaving(rows, np.einsum("ij,ij->i", away, away))
        sizes = partition.sizes[second[rows]]
        cost = np.einsum("ij,ij->i", other, other) * sizes / (sizes + weights[rows])
        moves = _gains(saved, cost)
        first = int(moves.argmax())
        if moves[first]:
            row = start + first
            source, target = int(labels[row]), int(second[row])
            partition.move(row, target)
            second[row] = source
            start, unmoved, any_move, n_rows = row + 1, 0, True, ROWS_AT_ONCE
        else:
            unmoved += stop - start
            start, n_rows = stop, min(2 * n_rows, MOST_ROWS_AT_ONCE)
        if start >= n_points:
            start = 0
    return any_move


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
    saved, _, cost = partition.all_options()
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
    free = np.ones(len(rows), dtype=bool)
    change, lowest, best = 0.0, -LEAST_GAIN * 100 * scale, None
    for _ in range(min(CHAIN_LENGTH, len(rows))):
        saved, target, cost = chain.options(slice(None))
        loss = np.where(free & (saved > 0), (cost - saved) * chain.weights, np.inf)
        row = int(loss.argmin())
        if not np.isfinite(loss[row]):
            break
        chain.move(row, int(target[row]))
        free[row] = False
        change += loss[row]
        if change < lowest:
            lowest, best = change, chain.labels.copy()
    if best is None:
        return None
    labels = partition.labels.copy()
    labels[rows] = best
    return labels
