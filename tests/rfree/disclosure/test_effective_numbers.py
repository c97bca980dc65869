"""The effective number of a weighted sample is told where it leaves small numbers open."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.disclosure.effective_numbers import raking_is_open, weights_are_open
from weighted_attack import crossings_of, effective, weights_of

SMALLEST = 5


def sample(seed: int) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """Return answers to two questions of margins, the shares of the population, the crossing."""
    random = np.random.default_rng(seed)
    answers = np.column_stack(
        [random.integers(0, 2, 60), random.choice(3, 60, p=[0.6, 0.32, 0.08])]
    )
    crossed = np.zeros((2, 3))
    np.add.at(crossed, tuple(answers.T), 1)
    return answers, [np.array([0.45, 0.55]), np.array([0.5, 0.35, 0.15])], crossed


def closed(crossed: np.ndarray, possible: np.ndarray) -> bool:
    """Return whether a number of a few can only be that of a few, in all tables tried."""
    few = (crossed >= 1) & (crossed < SMALLEST)
    inside = ((possible >= 1) & (possible < SMALLEST)).all(axis=0)
    return bool((few & inside).any())


@pytest.mark.parametrize("seed", range(6))
def test_what_is_open_is_so_in_all_crossings_tried_one_by_one(seed: int) -> None:
    """Each crossing with the margins is weighted by another program: exact, it is known."""
    answers, shares, crossed = sample(seed)
    targets = [60 * own for own in shares]
    tables = [*crossings_of(crossed.sum(axis=1), crossed.sum(axis=0))]
    numbers = np.array([effective(own, weights_of(own, *targets)) for own in tables])
    own = effective(crossed, weights_of(crossed, *targets))
    exact = np.array(tables)[np.abs(numbers - own) < 1e-9]
    whole = np.array(tables)[np.rint(numbers) == np.rint(own)]
    assert closed(crossed, exact)  # told with all decimals, it gives them back
    margins = [dict(enumerate(each.tolist())) for each in shares]
    if raking_is_open(answers, margins, smallest=SMALLEST):
        assert not closed(crossed, whole)


@pytest.mark.parametrize("seed", [0, 4, 10, 13])
def test_what_many_crossings_of_the_same_effective_number_leave_open_is_found(seed: int) -> None:
    answers, shares, crossed = sample(seed)
    targets = [60 * own for own in shares]
    tables = np.array([*crossings_of(crossed.sum(axis=1), crossed.sum(axis=0))])
    numbers = np.array([effective(own, weights_of(own, *targets)) for own in tables])
    whole = tables[np.rint(numbers) == np.rint(effective(crossed, weights_of(crossed, *targets)))]
    few = (crossed >= 1) & (crossed < SMALLEST)
    assert (((whole == 0) | (whole >= SMALLEST)).sum(axis=0)[few] >= 15).all()
    margins = [dict(enumerate(each.tolist())) for each in shares]
    assert raking_is_open(answers, margins, smallest=SMALLEST)


def test_of_two_weights_the_effective_number_tells_how_many_have_each() -> None:
    """By hand: 83 squared over 89 is 77.4; of 0 or 5 who weigh two, it would be 80 and 76.1."""
    assert not weights_are_open(np.repeat([1.0, 2.0], [77, 3]), smallest=SMALLEST)
    assert weights_are_open(np.repeat([1.0, 2.0], [40, 40]), smallest=SMALLEST)
