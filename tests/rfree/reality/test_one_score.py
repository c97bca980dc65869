"""The cut of a score that gives the most types back: by hand and against every cut."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from rfree.reality.one_score import share_given_back


def best_of_every_cut(score: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    """Try every way to cut the values of the score into slices, some of them empty."""
    types = sorted(
        set(labels),
        key=lambda each: np.average(score[labels == each], weights=weights[labels == each]),
    )
    values = np.unique(score)
    shares = []
    for cuts in combinations_with_replacement(range(len(values) + 1), len(types) - 1):
        slice_of_value = np.searchsorted(cuts, np.arange(len(values)), side="right")
        given = np.array(types)[slice_of_value[np.searchsorted(values, score)]]
        shares.append(weights[given == labels].sum() / weights.sum())
    return max(shares)


@pytest.mark.parametrize("seed", range(20))
def test_no_cut_gives_more_types_back(seed: int) -> None:
    generator = np.random.default_rng(seed)
    n_types = 2 + seed % 3
    labels = np.append(np.arange(1, n_types + 1), generator.integers(1, n_types + 1, 12))
    # Whole numbers: many respondents of one score. Types follow it more or less.
    score = np.round(labels * (seed % 4) + 2 * generator.standard_normal(len(labels)))
    weights = generator.uniform(0.2, 3, len(labels))
    expected = best_of_every_cut(score, labels, weights)
    assert share_given_back(score, labels, weights) == pytest.approx(expected)
    ones = np.ones(len(labels))
    assert share_given_back(score, labels) == pytest.approx(best_of_every_cut(score, labels, ones))


def test_slices_of_the_score_are_given_back_whole_and_in_any_numbering() -> None:
    score = np.arange(9.0)
    assert share_given_back(score, np.repeat([1, 2, 3], 3)) == 1
    assert share_given_back(score, np.repeat([2, 3, 1], 3)) == 1
    assert share_given_back(-5 * score + 2, np.repeat([2, 3, 1], 3)) == 1


def test_respondents_of_one_score_stay_together() -> None:
    # Whatever the cut, the four at 0 have one type: three of them, and the two at 1.
    score, labels = np.array([0, 0, 0, 0, 1, 1]), np.array([1, 1, 1, 2, 2, 2])
    assert share_given_back(score, labels) == pytest.approx(5 / 6)
    # A weight of 4 brings the one of type 2 over the three of type 1: all are of type 2.
    weights = np.array([1.0, 1, 1, 4, 1, 1])
    assert share_given_back(score, labels, weights) == pytest.approx(6 / 9)
    assert share_given_back(np.zeros(6), labels) == 0.5


def test_a_type_in_the_middle_of_another_is_not_given_back() -> None:
    score = np.arange(10.0)
    labels = np.array([1, 1, 1, 2, 2, 2, 2, 1, 1, 1])
    # Both means are 4.5: the first slice is type 1's. Three of 1 and all of 2.
    assert share_given_back(score, labels) == 0.7


def test_a_type_of_one_respondent_or_without_any_is_no_obstacle() -> None:
    assert share_given_back(np.array([1.0, 2, 3, 9]), np.array([1, 1, 1, 2])) == 1
    assert share_given_back(np.array([1.0, 2, 3, 9]), np.array([1, 1, 1, 3])) == 1


def test_weights_are_respondents_repeated() -> None:
    generator = np.random.default_rng(5)
    score, labels = np.round(generator.normal(size=30), 1), np.resize([1, 2, 3], 30)
    times = generator.integers(0, 4, 30)
    repeated = share_given_back(np.repeat(score, times), np.repeat(labels, times))
    assert share_given_back(score, labels, times.astype(float)) == pytest.approx(repeated)
