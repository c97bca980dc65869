"""Points in classes, and the moves that lower the within-class inertia."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from rfree.base.inputs import FloatArray, IntArray, in_one_order

# A transfer must lower the within-class inertia by more than rounding can.
LEAST_GAIN = 1e-12
# Points offered a move together: few where some move, twice as many each time that none does.
ROWS_AT_ONCE = 1024
MOST_ROWS_AT_ONCE = 2**15
# Looks at points offered a move together; what is not settled then is looked at anew.
MOST_LOOKS = 8
# Points of which distances to the centres are held at once.
POINTS_AT_ONCE = 2**18
SMALLEST = np.finfo(float).tiny
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
    for rows in _pieces(len(points)):
        membership = np.zeros((n_classes, len(points[rows])))
        membership[classes[rows], np.arange(membership.shape[1])] = weights[rows]
        sums += membership @ points[rows]
    return sums / sizes[:, np.newaxis], sizes


def _pieces(n_points: int) -> list[slice]:
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
        for rows in _pieces(len(self.points)):
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

    def options(self, rows: slice | IntArray) -> Options:
        """Say what points gain by leaving their class, and the class that is best to join."""
        squared = cdist(self.points[rows], self.centres, "sqeuclidean")
        return _best_other(squared, self.labels[rows], self.weights[rows], self.sizes)

    def all_options(self) -> Options:
        """Say it of all points."""
        parts = [self.options(rows) for rows in _pieces(len(self.points))]
        return Options(*(np.concatenate(each) for each in zip(*parts, strict=True)))


class Options(NamedTuple):
    """What points gain by a move, by unit of weight.

    Attributes
    ----------
    saved : array
        Inertia saved by leaving the class; 0 for a point alone in it.
    target : array of ints
        The best other class.
    cost : array
        What joining it costs.
    """

    saved: FloatArray
    target: IntArray
    cost: FloatArray


def _best_other(
    squared: FloatArray, labels: IntArray, weights: FloatArray, sizes: FloatArray
) -> Options:
    """Compare classes by squared distances (points x classes); sizes may differ by point."""
    here = np.arange(len(labels))
    own_sizes = sizes[labels] if sizes.ndim == 1 else sizes[here, labels]
    saved = _saved(squared[here, labels], weights, own_sizes)
    squared *= sizes / (sizes + weights[:, np.newaxis])
    squared[here, labels] = np.inf
    target = squared.argmin(axis=1)
    return Options(saved, target, squared[here, target])


def _saved(squared: FloatArray, weights: FloatArray, sizes: FloatArray) -> FloatArray:
    """Give the inertia that leaving a class would save, by unit of weight; 0 if alone."""
    left = sizes - weights
    accompanied = left > LEAST_GAIN * sizes
    return np.divide(sizes * squared, left, out=np.zeros(len(left)), where=accompanied)


def _gains(options: Options) -> npt.NDArray[np.bool_]:
    return np.asarray(options.cost < options.saved * (1 - LEAST_GAIN))


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
        found = partition.all_options()
        movers = np.flatnonzero(_gains(found))
        gain = (found.saved - found.cost)[movers] * partition.weights[movers]
        movers = movers[np.argsort(-gain, kind="stable")]
        while len(movers) > 1:
            labels = partition.labels.copy()
            labels[movers] = found.target[movers]
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

    def look(rows: slice, states: _States | None) -> Options:
        if states is None:
            return partition.options(rows)
        centres, sizes = states.seen_by(rows)
        away = partition.points[rows, np.newaxis] - centres
        squared = np.einsum("ijk,ijk->ij", away, away)
        return _best_other(squared, partition.labels[rows], partition.weights[rows], sizes)

    start, n_rows = 0, ROWS_AT_ONCE
    while start < n_points and unmoved < n_points:
        stop = min(start + n_rows, n_points, start + n_points - unmoved)
        found = _in_turn(partition, start, stop, look)
        second[start : found.stop] = found.target
        second[found.movers] = partition.labels[found.movers]
        unmoved = found.make(partition, unmoved)
        n_rows = ROWS_AT_ONCE if len(found.movers) else min(2 * n_rows, MOST_ROWS_AT_ONCE)
        start = found.stop
    return unmoved


def _quick_transfers(partition: Partition, second: IntArray) -> bool:
    """Exchange points between their class and the second best only, round after round."""
    points, labels, weights = partition.points, partition.labels, partition.weights
    n_points = len(labels)

    def look(rows: slice, states: _States | None) -> Options:
        target = second[rows].copy()
        if states is None:
            centres, sizes = partition.centres, partition.sizes
            own, other = centres[labels[rows]], centres[target]
            own_size, size = sizes[labels[rows]], sizes[target]
        else:
            own, own_size = states.seen_by(rows, labels[rows])
            other, size = states.seen_by(rows, target)
        away, beyond = points[rows] - own, points[rows] - other
        saved = _saved(np.einsum("ij,ij->i", away, away), weights[rows], own_size)
        cost = np.einsum("ij,ij->i", beyond, beyond) * size / (size + weights[rows])
        return Options(saved, target, cost)

    start, unmoved, n_rows = 0, 0, ROWS_AT_ONCE
    any_move = False
    while unmoved < n_points:
        stop = min(start + n_rows, n_points, start + n_points - unmoved)
        found = _in_turn(partition, start, stop, look)
        second[found.movers] = labels[found.movers]
        unmoved = found.make(partition, unmoved)
        any_move |= len(found.movers) > 0
        n_rows = ROWS_AT_ONCE if len(found.movers) else min(2 * n_rows, MOST_ROWS_AT_ONCE)
        start = found.stop % n_points
    return any_move


@dataclass(frozen=True)
class _States:
    """Centres and sizes of the classes before the first of some moves, and after each."""

    movers: IntArray
    centres: FloatArray  # moves + 1 x classes x axes
    sizes: FloatArray

    @classmethod
    def after(cls, partition: Partition, movers: IntArray, targets: IntArray) -> _States:
        n_classes, n_axes = partition.centres.shape
        step = np.arange(1, len(movers) + 1)
        sources, weights = partition.labels[movers], partition.weights[movers]
        sizes = np.zeros((len(movers) + 1, n_classes))
        sizes[0] = partition.sizes
        sizes[step, sources] = -weights
        sizes[step, targets] = weights
        sums = np.zeros((len(movers) + 1, n_classes, n_axes))
        sums[0] = partition.centres * partition.sizes[:, np.newaxis]
        carried = partition.points[movers] * weights[:, np.newaxis]
        sums[step, sources] = -carried
        sums[step, targets] = carried
        sizes, sums = sizes.cumsum(axis=0), sums.cumsum(axis=0)
        # A guess may empty a class; the truth never does.
        return cls(movers, sums / np.maximum(sizes, SMALLEST)[:, :, np.newaxis], sizes)

    def seen_by(
        self, rows: slice, classes: IntArray | None = None
    ) -> tuple[FloatArray, FloatArray]:
        """Return centres and sizes as each row in its turn meets them: of a class, or of all."""
        turn = np.searchsorted(self.movers, np.arange(rows.start, rows.stop))
        at = turn if classes is None else (turn, classes)
        return self.centres[at], self.sizes[at]


@dataclass(frozen=True)
class _Moves:
    """Who moves among the points up to ``stop``; ``target`` has the best other class of each."""

    stop: int
    movers: IntArray
    target: IntArray
    states: _States

    def make(self, partition: Partition, unmoved: int) -> int:
        """Make the moves; return how many points in a row have stayed."""
        start = self.stop - len(self.target)
        if not len(self.movers):
            return unmoved + len(self.target)
        partition.labels[self.movers] = self.target[self.movers - start]
        partition.centres, partition.sizes = self.states.centres[-1], self.states.sizes[-1]
        return self.stop - 1 - int(self.movers[-1])


def _in_turn(
    partition: Partition,
    start: int,
    stop: int,
    look: Callable[[slice, _States | None], Options],
) -> _Moves:
    """Find who moves among some points, each seeing the centres as those before it left them.

    All are asked at once as if nobody moved, then again as if those who would had moved in their
    turn, until the answers are what they suppose. A point is right once all before it are, so that
    the moves are those of asking one point after the other.
    """
    rows = slice(start, stop)
    supposed = look(rows, None)
    moves = _gains(supposed)
    for _ in range(MOST_LOOKS):
        movers = start + np.flatnonzero(moves)
        states = _States.after(partition, movers, supposed.target[moves])
        if not len(movers):
            return _Moves(stop, movers, supposed.target, states)
        found = look(rows, states)
        now = _gains(found)
        changed = (now != moves) | (moves & (found.target != supposed.target))
        if not changed.any():
            return _Moves(stop, movers, found.target, states)
        supposed, moves = found, now
    # The first whose answer changed is right now, as are those before it.
    settled = int(changed.argmax()) + 1
    moves, target = moves[:settled], supposed.target[:settled]
    movers = start + np.flatnonzero(moves)
    states = _States.after(partition, movers, target[moves])
    return _Moves(start + settled, movers, target, states)


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
