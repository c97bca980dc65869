"""A small number is hidden if another table gives all that is published, and only then."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from rfree.disclosure.count_forms import CountTable, HiddenCounts
from rfree.disclosure.other_tables import gives_small_numbers_back
from rfree.disclosure.suppression import hide_small_counts

SMALLEST = 5


def hidden_cells(cells: list[list[bool]]) -> HiddenCounts:
    gone = np.array(cells, dtype=bool)
    n_categories, n_classes = gone.shape
    return HiddenCounts(
        gone, np.zeros(n_categories, dtype=bool), {}, np.zeros(n_classes + 1, dtype=bool), {}, {}
    )


def test_a_single_hidden_cell_is_given_back_by_its_sums() -> None:
    table = CountTable(np.array([[2.0, 9], [30, 8]]))
    alone = hidden_cells([[True, False], [False, False]])
    assert gives_small_numbers_back(table, alone, smallest=SMALLEST)
    every = hidden_cells([[True, True], [True, True]])
    assert not gives_small_numbers_back(table, every, smallest=SMALLEST)


@pytest.mark.parametrize("seed", range(6))
def test_the_answer_is_that_of_all_tables_tried_one_by_one(seed: int) -> None:
    """Of two by two cells with all their sums, one number says all: every value is tried."""
    random = np.random.default_rng(seed)
    counts = random.integers(1, 12, (2, 2)).astype(float)
    table = CountTable(counts)
    hidden = hidden_cells([[True, True], [True, True]])

    def told(cells: np.ndarray) -> float:
        return round(float(np.linalg.det(cells)) / 20)

    possible = []
    for step in range(-12, 13):
        other = counts + step * np.array([[1, -1], [-1, 1]])
        if (other >= 0).all() and told(other) == told(counts):
            possible.append(other)
    small = [at for at in product(range(2), range(2)) if 1 <= counts[at] < SMALLEST]
    closed = any(all(1 <= each[at] < SMALLEST for each in possible) for at in small)
    found = gives_small_numbers_back(table, hidden, smallest=SMALLEST, told=told)
    assert found >= closed  # what is not found is told less of, never more
    if not closed:
        assert not gives_small_numbers_back(table, hidden, smallest=SMALLEST)


def tables_of(n: int) -> list[tuple[int, int, int]]:
    """All ways of a class of n to answer no, rather or wholly."""
    return [(n - rather - wholly, rather, wholly)
            for rather in range(n + 1) for wholly in range(n + 1 - rather)]  # fmt: skip


def sums_of(own: tuple[int, int, int]) -> tuple[int, ...]:
    """The three cells, then those who agree, then all others."""
    return (*own, own[1] + own[2], own[0])


def may_be(other: int, own: int) -> bool:
    """Whether a bounded sum may be another: of a few, it is told that they are; of five, too."""
    return own == 0 or (1 <= other < SMALLEST if own < SMALLEST else other >= SMALLEST)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 6, 9])
def test_of_a_group_told_to_be_small_it_is_that_of_all_tables_tried_one_by_one(n: int) -> None:
    """Only the size of the class is known, and whether those who agree, or all others, are few."""
    gone = np.array([True, True])
    for own in tables_of(n):
        sums = sums_of(own)
        possible = [
            each for each in map(sums_of, tables_of(n))
            if may_be(each[3], sums[3]) and may_be(each[4], sums[4])
        ]  # fmt: skip
        # What lies within a sum that is told to be small must be able to be one, and all of a few.
        told_small = [places for total, places in ((3, {1, 2, 3}), (4, {0, 4}))
                      if 1 <= sums[total] < SMALLEST]  # fmt: skip
        back = False
        for place, value in enumerate(sums):
            if not 1 <= value < SMALLEST:
                continue
            values = {each[place] for each in possible}
            open_ = 0 in values or max(values) >= SMALLEST
            if any(place in places for places in told_small):
                highest = min(SMALLEST - 1, n)
                open_ |= highest > 1 and {1, highest} <= values
            back |= not open_
        few = np.repeat(np.sign((sums[3] >= SMALLEST) - 0.5), 2)
        hidden = HiddenCounts(
            np.ones((3, 1), dtype=bool), np.ones(3, dtype=bool), {"agree": gone},
            np.zeros(2, dtype=bool), {"agree": few.astype(int)}, {"agree": gone},
        )  # fmt: skip
        table = CountTable(
            np.array(own, dtype=float)[:, None], {"agree": (1, 2)}, bounded=["agree"]
        )
        assert gives_small_numbers_back(table, hidden, smallest=SMALLEST) == back, own


def test_few_of_a_small_class_are_not_told_to_be_few() -> None:
    """Of six who all agree but one, "five or more agree" says that one does not."""
    counts = np.array([[0.0, 9], [0, 12], [1, 15], [2, 20], [3, 14]])
    table = CountTable(counts, {"agree": (3, 4)}, bounded=["agree"])
    hidden = hide_small_counts(table, smallest=SMALLEST)
    if hidden.groups["agree"][0]:
        assert gives_small_numbers_back(table, hidden, smallest=SMALLEST)


def test_categories_counted_together_elsewhere_do_not_give_one_of_them_back() -> None:
    """A margin has the third and the fourth together: the third hidden, the fourth is as well."""
    counts = np.array([[40.0], [6], [3], [20]])
    apart = hide_small_counts(CountTable(counts), smallest=SMALLEST)
    assert apart.cells[2, 0]
    assert not apart.cells[3, 0]
    joined = CountTable(counts, unions={"3 + 4": (2, 3)})
    together = hide_small_counts(joined, smallest=SMALLEST)
    assert not gives_small_numbers_back(joined, together, smallest=SMALLEST)
    assert "3 + 4" in together.unions or together.cells[3, 0]
    naive = HiddenCounts(apart.cells, apart.categories, {}, apart.means, {}, {})
    assert gives_small_numbers_back(joined, naive, smallest=SMALLEST)
