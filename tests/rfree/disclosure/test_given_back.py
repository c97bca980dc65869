"""A sum is given back if no other whole numbers give what is known: all of them are tried."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from rfree.disclosure.given_back import KnownSums, sums_given_back

SMALLEST = 3


@pytest.mark.parametrize("most_room", [0.8, 0.02])
@pytest.mark.parametrize("seed", range(8))
def test_the_answer_is_that_of_all_numbers_tried_one_by_one(seed: int, most_room: float) -> None:
    random = np.random.default_rng(seed)
    own = random.integers(0, 5, 4)
    rows = np.vstack([np.ones(4), random.uniform(0.5, 2, 4)])
    room = np.array([0.0, random.uniform(0, most_room)])
    known = KnownSums(rows, rows @ own - room, rows @ own + room)
    possible = [
        np.array(other)
        for other in product(range(int(own.sum()) + 1), repeat=4)
        if (np.abs(rows @ np.array(other) - rows @ own) <= room + 1e-9).all()
    ]
    aims = np.eye(4)[(own >= 1) & (own < SMALLEST)]
    closed = [all(1 <= aim @ other < SMALLEST for other in possible) for aim in aims]
    assert sums_given_back(own, known, aims, smallest=SMALLEST).tolist() == closed


@pytest.mark.parametrize(("own", "back"), [(0, False), (1, True), (2, True), (3, False)])
def test_what_is_known_to_the_last_is_given_back_if_it_is_of_a_few(own: int, back: bool) -> None:
    known = KnownSums(np.eye(1), np.array([own]), np.array([own]))
    assert sums_given_back([own], known, [[1]], smallest=SMALLEST).tolist() == [back]


@pytest.mark.parametrize(("low", "high", "back"), [
    (1, 2, True), (0.5, 2.5, True), (0, 2, False), (1, 3, False),
])  # fmt: skip
def test_bounds_that_hold_none_or_three_leave_it_open(low: float, high: float, back: bool) -> None:
    known = KnownSums(np.eye(1), np.array([low]), np.array([high]))
    assert sums_given_back([2], known, [[1]], smallest=SMALLEST).tolist() == [back]


def test_a_total_is_given_back_where_its_parts_are_not() -> None:
    known = KnownSums(np.ones((1, 2)), np.array([2]), np.array([2]))
    assert sums_given_back([1, 1], known, np.eye(2), smallest=SMALLEST).tolist() == [False] * 2
    assert sums_given_back([1, 1], known, [[1, 1]], smallest=SMALLEST).tolist() == [True]
    assert sums_given_back([1, 1], known, np.empty((0, 2)), smallest=SMALLEST).shape == (0,)
