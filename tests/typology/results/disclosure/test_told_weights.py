"""What a rounded number tells of the sum behind it."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.disclosure.count_forms import CountTable, HiddenCounts
from typology.results.disclosure.told_weights import (
    HiddenQuestion,
    ToldByWeights,
    _rounded,
    said_by_weights,
    weight_groups,
)


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_a_number_told_to_some_decimals_lies_within_half_of_the_last(decimals: int) -> None:
    sums, units = np.array([12.34, 0.0, 7.0]), np.array([0.5, 3.0, 1.0])
    low, high = _rounded(sums, units, decimals)
    told = np.round(sums / units, decimals)
    np.testing.assert_allclose(high - low, units * 10.0**-decimals)
    np.testing.assert_allclose((low + high) / 2, told * units)
    assert (low <= sums + 1e-12).all()
    assert (sums <= high + 1e-12).all()


def test_the_bounds_of_a_share_by_hand() -> None:
    # 12.34 of 50 is 24.68 %, told as 24.7: between 24.65 and 24.75 %, that is 12.325 and 12.375.
    low, high = _rounded(np.array([12.34]), np.array([50 / 100]), 1)
    np.testing.assert_allclose([low[0], high[0]], [12.325, 12.375])


# Two answers, two classes, two weights: categories x classes x weights.
CELLS = np.array([[[2.0, 0], [20, 0]], [[0, 30], [0, 25]]])
HIDDEN = np.array([[True, False], [True, False]])


def test_weights_that_follow_the_answers_give_hidden_numbers_of_a_class_back() -> None:
    gone, classes = said_by_weights(CELLS, HIDDEN, weighed_by=False)
    assert list(zip(gone.tolist(), classes.tolist(), strict=True)) == [(0, 0), (1, 0)]
    assert gone.dtype == np.int64


def test_answers_with_a_weight_in_common_are_not_told_apart() -> None:
    mixed = CELLS.copy()
    mixed[1, 1] = [5, 20]
    gone, classes = said_by_weights(mixed, HIDDEN, weighed_by=True)
    assert gone.tolist() == classes.tolist() == []


def test_an_answer_that_nobody_gave_has_no_weight() -> None:
    three = np.vstack([CELLS, np.zeros((1, 2, 2))])
    hidden = np.array([[True, False], [False, False], [True, False]])
    assert said_by_weights(three, hidden, weighed_by=True)[0].tolist() == []


@pytest.mark.parametrize(("n", "told"), [(4, False), (5, True)])
def test_weights_of_few_respondents_say_nothing_unless_they_are_known_to(
    n: int, told: bool
) -> None:
    """Two weights: ten respondents are five of each."""
    few = np.array([[[float(n), 0], [0, 0]], [[0, 3], [0, 2]]])
    assert bool(len(said_by_weights(few, HIDDEN, weighed_by=False)[0])) is told
    assert len(said_by_weights(few, HIDDEN, weighed_by=True)[0]) == 2


def test_classes_of_which_a_number_would_be_given_back_are_not_weighed() -> None:
    told = ToldByWeights(None, 5)
    told.read_sizes("sex", HIDDEN, CELLS, weighed_by=True)
    # Of one class alone: all less the others would be this one. One of the two numbers is small.
    assert told.unweighed == {0, 1}
    assert told.given_back == {"sex": 1}
    both = ToldByWeights(None, 5)
    three = np.concatenate([CELLS, CELLS[:, :1]], axis=1)
    both.read_sizes("sex", np.array([[True, False, True]] * 2), three, weighed_by=True)
    assert both.unweighed == {0, 2}
    assert both.given_back == {"sex": 2}
    none = ToldByWeights(None, 5)
    none.read_sizes("sex", np.zeros((2, 2), dtype=bool), CELLS, weighed_by=True)
    assert (none.unweighed, none.given_back) == (set(), {})


def hidden_question() -> HiddenQuestion:
    table = CountTable(CELLS.sum(axis=2))
    nothing = np.zeros(3, dtype=bool)
    return HiddenQuestion(table, HiddenCounts(HIDDEN, nothing[:2], {}, nothing, {}, {}), ())


def test_a_question_of_which_weights_tell_a_number_is_noted() -> None:
    weights = np.repeat([0.5, 1.5], [22, 55])
    groups = weight_groups(weights, np.r_[np.repeat([1, 2], [2, 20]), np.repeat([1, 2], [30, 25])])
    told = ToldByWeights(groups, 5, frozenset({"sex"}))
    told.read("sex", hidden_question(), CELLS)
    assert told.shareless <= told.ratioless <= {"sex"}
    assert told.ratioless == {"sex"}
    assert told.given_back == {"sex": 1}
    silent = ToldByWeights(groups, 5)
    silent.read("sex", hidden_question(), None)
    ToldByWeights(None, 5).read("sex", hidden_question(), CELLS)
    assert (silent.ratioless, silent.given_back, silent.unweighed) == (set(), {}, set())


def test_respondents_are_grouped_by_what_they_weigh() -> None:
    weights, classes = np.array([2.0, 0.5, 2, 0.5 + 1e-12, 2]), np.array([1, 1, 3, 3, 3])
    groups = weight_groups(weights, classes)
    assert groups is not None
    assert groups.weights.tolist() == [0.5, 2]
    assert groups.of.tolist() == [1, 0, 1, 0, 1]
    assert groups.sizes.tolist() == [[1, 1], [1, 2]]
    chosen = np.array([[1.0, 0, 1, 0, 1], [0, 1, 0, 0, 0]])
    assert groups.split(chosen).tolist() == [[0, 3], [1, 0]]
    assert weight_groups(np.full(5, 3.0), classes) is None
