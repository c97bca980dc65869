"""What is hidden of counts cannot be bounded by linear programs over what is published."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.optimize import linprog

from rfree.disclosure.count_forms import CountTable, HiddenCounts
from rfree.disclosure.suppression import hide_small_counts

SMALLEST = 5
GROUPS = {"disagree": (0, 1), "agree": (3, 4)}


def published(
    counts: np.ndarray, hidden: HiddenCounts, groups: dict[str, tuple[int, ...]]
) -> Iterator[tuple[np.ndarray, float]]:
    """Every number that is published, as a sum of cells."""
    n_categories, n_classes = counts.shape
    one = np.zeros(counts.shape)
    every = [*range(n_classes), slice(None)]

    def told(rows: object, columns: object) -> tuple[np.ndarray, float]:
        mask = one.copy()
        mask[rows, columns] = 1
        return mask.ravel(), float((mask * counts).sum())

    for row in range(n_categories):
        if not hidden.categories[row]:
            yield told(row, slice(None))
        for column in range(n_classes):
            if not hidden.cells[row, column]:
                yield told(row, column)
    for name, members in groups.items():
        for place, column in enumerate(every):
            if not hidden.groups[name][place]:
                yield told(list(members), column)
    for column in every:
        yield told(slice(None), column)


def rounded_means(
    counts: np.ndarray, hidden: HiddenCounts, scores: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The means to one decimal, as sums of cells that are at most some values."""
    sums, values = [np.zeros(counts.size)], [0.0]
    for place, column in enumerate([*range(counts.shape[1]), slice(None)]):
        if hidden.means[place]:
            continue
        mask = np.zeros(counts.shape)
        mask[:, column] = scores[:, None] if isinstance(column, slice) else scores
        n = counts[:, column].sum()
        told = round(float((mask * counts).sum() / n), 1)
        sums += [mask.ravel(), -mask.ravel()]
        values += [n * (told + 0.05), -n * (told - 0.05)]
    return np.array(sums), np.array(values)


def told_bounds(counts: np.ndarray, hidden: HiddenCounts) -> tuple[np.ndarray, np.ndarray]:
    """What is told of hidden sums of groups: that they, or all but them, are small, or are not."""
    sums, values = [np.zeros(counts.size)], [0.0]
    for name in hidden.few:
        members = GROUPS[name]
        for place, column in enumerate([*range(counts.shape[1]), slice(None)]):
            if not hidden.groups[name][place]:
                continue
            for side in (-1, 1):
                mask = np.zeros(counts.shape)
                inside = np.isin(np.arange(len(counts)), members)
                mask[inside if side < 0 else ~inside, column] = 1
                n = (mask * counts).sum()
                if hidden.few[name][place] == side:
                    sums += [mask.ravel(), -mask.ravel()]
                    values += [SMALLEST - 1, -1]
                elif side < 0 and not hidden.unrounded[name][place]:
                    size = counts[:, column].sum()
                    tens = size * round(n / size, 1)
                    sums += [mask.ravel(), -mask.ravel()]
                    values += [tens + size / 20, size / 20 - tens]
                elif n and (side < 0 or hidden.few[name][place] == 0):
                    sums.append(-mask.ravel())
                    values.append(-SMALLEST)
    return np.array(sums), np.array(values)


def ends_of(
    counts: np.ndarray,
    told: list[tuple[np.ndarray, float]],
    row: int,
    column: int,
    *more: tuple[np.ndarray, np.ndarray],
) -> tuple[float, float]:
    """The ends of an attacker's interval of one cell."""
    above = {
        "A_ub": np.vstack([np.zeros((1, counts.size)), *(sums for sums, _ in more)]),
        "b_ub": np.concatenate([[0.0], *(values for _, values in more)]),
    }
    aim = np.zeros(counts.shape)
    aim[row, column] = 1
    sums, values = np.array([mask for mask, _ in told]), np.array([value for _, value in told])
    ends = [
        sign * linprog(sign * aim.ravel(), A_eq=sums, b_eq=values, bounds=(0, None), **above).fun
        for sign in (1, -1)
    ]
    return ends[0], ends[1]


@pytest.mark.parametrize("seed", range(4))
def test_no_small_number_can_be_bounded_closely(seed: int) -> None:
    random = np.random.default_rng(seed)
    shares = np.outer([0.02, 0.1, 0.2, 0.4, 0.28], [0.2, 0.4, 0.3, 0.1])
    counts = random.multinomial(300, shares.ravel()).reshape(5, 4).astype(float)
    hidden = hide_small_counts(CountTable(counts, GROUPS, bounded=["agree"]), smallest=SMALLEST)
    told = list(published(counts, hidden, GROUPS))
    small = np.argwhere((counts >= 1) & (counts < SMALLEST))
    assert len(small)
    for row, column in small:
        assert hidden.cells[row, column]
        low, high = ends_of(counts, told, row, column, told_bounds(counts, hidden))
        assert low <= 1 + 1e-6
        assert high >= SMALLEST - 1 - 1e-6


@pytest.mark.parametrize(("seed", "n"), [(0, 300), (1, 300), (2, 90), (3, 1500), (4, 60)])
def test_means_to_one_decimal_bound_no_small_number_closely(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    shares = np.outer([0.02, 0.1, 0.2, 0.4, 0.28], [0.2, 0.4, 0.3, 0.1])
    counts = random.multinomial(n, shares.ravel()).reshape(5, 4).astype(float)
    scores = np.arange(1.0, 6)
    hidden = hide_small_counts(
        CountTable(counts, GROUPS, scores=scores, bounded=["agree"]), smallest=SMALLEST
    )
    told, means = list(published(counts, hidden, GROUPS)), rounded_means(counts, hidden, scores)
    for row, column in np.argwhere((counts >= 1) & (counts < SMALLEST)):
        low, high = ends_of(counts, told, row, column, means, told_bounds(counts, hidden))
        assert low <= 1 + 1e-6
        assert high >= min(SMALLEST, counts[:, column].sum()) - 1 - 1e-6
    if n >= 300:
        assert not hidden.means.all()


def test_a_mean_that_would_give_a_number_back_is_not_told() -> None:
    counts = np.array([[2.0, 30], [4, 30], [0, 30]])
    hidden = hide_small_counts(CountTable(counts, scores=np.array([1.0, 2, 3])), smallest=SMALLEST)
    assert hidden.means.tolist() == [True, False, False]


def test_of_a_bounded_group_it_is_told_whether_it_is_a_few_or_nearly_all() -> None:
    def few(counts: list[list[float]]) -> list[int]:
        table = CountTable(np.array(counts), GROUPS, bounded=["agree"])
        return hide_small_counts(table, smallest=SMALLEST).few["agree"].tolist()

    assert few([[20, 30], [20, 30], [20, 20], [1, 20], [2, 20]])[0] == -1
    assert few([[1, 30], [2, 30], [0, 20], [30, 20], [20, 20]])[0] == 1
    assert few([[20, 30], [20, 30], [20, 20], [20, 20], [20, 20]]) == [0, 0, 0]


def test_a_class_of_nobody_opens_no_number() -> None:
    """Its mean is of no one and moves with nothing; the others are hidden as without it."""
    counts = np.array([[2.0, 30, 0], [9, 30, 0], [20, 30, 0], [30, 25, 0], [12, 40, 0]])
    hidden, without = (
        hide_small_counts(
            CountTable(own, GROUPS, scores=np.arange(1.0, 6), bounded=["agree"]), smallest=SMALLEST
        )
        for own in (counts, counts[:, :2])
    )
    assert hidden.cells[:, :2].tolist() == without.cells.tolist()
    assert not hidden.cells[:, 2].any()
    assert hidden.means[[0, 1, 3]].tolist() == without.means.tolist()
    assert hidden.groups["agree"][[0, 1, 3]].tolist() == without.groups["agree"].tolist()


def test_groups_of_a_few_are_hidden_with_those_who_are_not_of_them() -> None:
    counts = np.array([[1.0, 9], [1, 9], [20, 20], [15, 20], [12, 20]])
    hidden = hide_small_counts(CountTable(counts, GROUPS, bounded=["agree"]), smallest=SMALLEST)
    assert hidden.groups["disagree"].tolist() == [True, True, False]
    almost = np.array([[0.0, 9], [0, 9], [2, 20], [25, 20], [20, 20]])
    assert hide_small_counts(CountTable(almost, GROUPS), smallest=SMALLEST).groups["agree"][0]


def test_nothing_is_hidden_without_a_small_number_or_without_the_rule() -> None:
    large = hide_small_counts(CountTable(np.full((3, 3), 9.0)), smallest=SMALLEST)
    assert not large.cells.any()
    off = hide_small_counts(CountTable(np.ones((3, 3))), smallest=1)
    assert not off.cells.any()
    assert not off.categories.any()


@pytest.mark.parametrize(
    "refused",
    [
        lambda: hide_small_counts(CountTable(-np.ones((2, 2))), smallest=5),
        lambda: hide_small_counts(CountTable(np.ones((2, 2))), smallest=0),
    ],
)
def test_what_makes_no_sense_is_refused(refused: object) -> None:
    with pytest.raises(ValueError, match=r"expected|negative"):
        refused()  # type: ignore[operator]
