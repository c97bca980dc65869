"""A sum is given back if no other whole numbers give what is known: all of them are tried."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from rfree.disclosure.given_back import KnownSums, sums_given_back

SMALLEST = 3


@pytest.mark.parametrize("seed", range(8))
def test_the_answer_is_that_of_all_numbers_tried_one_by_one(seed: int) -> None:
    random = np.random.default_rng(seed)
    own = random.integers(0, 5, 4)
    rows = np.vstack([np.ones(4), random.uniform(0.5, 2, 4)])
    room = np.array([0.0, random.uniform(0, 0.8)])
    known = KnownSums(rows, rows @ own - room, rows @ own + room)
    possible = [
        np.array(other)
        for other in product(range(int(own.sum()) + 1), repeat=4)
        if (np.abs(rows @ np.array(other) - rows @ own) <= room + 1e-9).all()
    ]
    aims = np.eye(4)[(own >= 1) & (own < SMALLEST)]
    closed = [all(1 <= aim @ other < SMALLEST for other in possible) for aim in aims]
    assert sums_given_back(own, known, aims, smallest=SMALLEST).tolist() == closed
