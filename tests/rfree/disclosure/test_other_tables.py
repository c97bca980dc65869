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
