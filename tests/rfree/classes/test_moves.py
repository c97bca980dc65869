"""Moves of points between classes, against the inertia counted afresh."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.base.inputs import FloatArray, IntArray
from rfree.classes.moves import (
    inertia_around,
    move_until_none_gains,
    options_of_points,
    sums_by_class,
)

N_CLASSES = 3


def sample(seed: int) -> tuple[FloatArray, IntArray, FloatArray]:
    generator = np.random.default_rng(seed)
    points = generator.normal(size=(40, 2))
    return points, generator.permutation(np.arange(40) % N_CLASSES), generator.uniform(0.5, 3, 40)


def within(points: FloatArray, classes: IntArray, weights: FloatArray) -> float:
    total = 0.0
    for number in np.unique(classes):
        own, weight = points[classes == number], weights[classes == number]
        total += weight @ np.square(own - np.average(own, axis=0, weights=weight)).sum(axis=1)
    return float(total)


@pytest.mark.parametrize("seed", range(3))
def test_what_leaving_saves_and_joining_costs_is_the_change_of_inertia(seed: int) -> None:
    points, classes, weights = sample(seed)
    sums, sizes = sums_by_class(points, classes, weights, N_CLASSES)
    partition = points, classes, weights, sums / sizes[:, np.newaxis], sizes
    saved, target, cost = options_of_points(partition)
    before = within(points, classes, weights)
    for row in range(len(points)):
        after = []
        for number in range(N_CLASSES):
            moved = classes.copy()
            moved[row] = number
            after.append(within(points, moved, weights))
        after[classes[row]] = np.inf
        assert target[row] == int(np.argmin(after))
        change = (cost[row] - saved[row]) * weights[row]
        assert change == pytest.approx(min(after) - before, abs=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_moves_end_where_no_transfer_lowers_the_inertia(seed: int) -> None:
    points, classes, weights = sample(seed)
    sums, sizes = sums_by_class(points, classes, weights, N_CLASSES)
    centres, moved = sums / sizes[:, np.newaxis], classes.copy()
    move_until_none_gains((points, moved, weights, centres, sizes))
    fresh, fresh_sizes = sums_by_class(points, moved, weights, N_CLASSES)
    assert centres == pytest.approx(fresh / fresh_sizes[:, np.newaxis])
    assert sizes == pytest.approx(fresh_sizes)
    reached = within(points, moved, weights)
    assert reached < within(points, classes, weights)
    assert inertia_around(points, moved, weights, centres) == pytest.approx(reached)
    for row in range(len(points)):
        for number in range(N_CLASSES):
            other = moved.copy()
            other[row] = number
            assert within(points, other, weights) >= reached - 1e-10


def test_a_point_alone_in_its_class_stays() -> None:
    points, weights = np.array([[0.0], [1.0], [1.1]]), np.ones(3)
    classes, centres, sizes = np.array([0, 1, 1]), np.array([[0.0], [1.05]]), np.array([1.0, 2.0])
    move_until_none_gains((points, classes, weights, centres, sizes))
    assert classes.tolist() == [0, 1, 1]


def test_points_stored_by_axes_move_as_those_stored_by_rows() -> None:
    points, classes, weights = sample(0)
    sums, sizes = sums_by_class(points, classes, weights, N_CLASSES)
    ended = []
    for stored in (points, np.asfortranarray(points)):
        centres, moved = sums / sizes[:, np.newaxis], classes.copy()
        move_until_none_gains((stored, moved, weights, centres, sizes.copy()))
        ended.append(moved.tolist())
    assert ended[0] == ended[1] != classes.tolist()
