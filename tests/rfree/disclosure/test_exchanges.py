"""Answers are exchanged within a class until weighted sums are as they are known."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from rfree.disclosure.exchanges import counts_with_sums
from rfree.disclosure.given_back import KnownSums


def respondents(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the answers and the classes of nine respondents, each of a weight of their own."""
    random = np.random.default_rng(seed)
    return random.integers(0, 3, 9), np.repeat([0, 1], [5, 4]), random.uniform(0.5, 2, 9).round(1)


def every_way(counts: np.ndarray) -> list[np.ndarray]:
    """Return all answers of these respondents with such counts."""
    ways = []
    for number in range(counts.shape[1]):
        given = np.repeat(np.arange(len(counts)), counts[:, number])
        ways.append(sorted(set(permutations(given.tolist()))))
    return [np.array([*first, *second]) for first in ways[0] for second in ways[1]]


@pytest.mark.parametrize("room", [0.05, 0.2, 0.6])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_is_among_all_that_there_is(seed: int, room: float) -> None:
    answers, classes, weights = respondents(seed)
    cells = np.zeros((3, 2, 9))
    cells[answers, classes, np.arange(9)] = 1
    counts = cells.sum(axis=2).astype(int)
    random = np.random.default_rng(seed)
    other = np.array([random.permutation(own) for own in counts.T]).T
    rows = np.array([(np.arange(3) == at)[:, None, None] * weights * np.ones((3, 2, 9))
                     for at in range(3)]).reshape(3, -1)  # fmt: skip
    sums = rows @ cells.ravel()
    known = KnownSums(rows, sums - room, sums + room)
    near = [
        way for way in every_way(other)
        if all(abs(weights[way == at].sum() - sums[at]) <= room + 1e-7 for at in range(3))
    ]  # fmt: skip
    found = counts_with_sums(cells, other, known)
    assert not found or near
    if len(near) >= 10:  # one of ten is not missed
        assert found


def test_counts_as_they_are_need_no_exchange() -> None:
    answers, classes, weights = respondents(1)
    cells = np.zeros((3, 2, 9))
    cells[answers, classes, np.arange(9)] = 1
    row = (np.ones((3, 2, 9)) * weights * np.arange(3)[:, None, None]).reshape(1, -1)
    known = KnownSums(row, row @ cells.ravel(), row @ cells.ravel())
    assert counts_with_sums(cells, cells.sum(axis=2), known)


@pytest.mark.parametrize("counts", [[[3, 1], [3, 2]], [[2.5, 1], [2.5, 3]], [[6, 1], [-1, 3]]])
def test_counts_of_more_or_fewer_respondents_than_there_are_are_those_of_nobody(
    counts: list[list[float]],
) -> None:
    cells = np.array([[[3, 0], [1, 0]], [[1, 1], [2, 1]]])
    nothing_known = KnownSums(np.zeros((0, 8)), np.zeros(0), np.zeros(0))
    assert not counts_with_sums(cells, np.array(counts), nothing_known)
    assert counts_with_sums(cells, np.array([[4, 0], [1, 4]]), nothing_known)
