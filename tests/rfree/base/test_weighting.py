"""What weights are taken for: survey weights, unless they are said to count respondents."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.base.weighting import repeated_rows, scaled_weights


@pytest.mark.parametrize(
    ("weights", "size", "design_based"),
    [
        ([1, 1, 1], 3, False),
        ([2, 2, 2], 3, False),
        ([2, 2, 0], 2, False),
        ([2, 1, 1], 3, True),
        ([20, 10, 10], 3, True),
        ([0.1, 1, 1, 0], 3, True),
        ([1e-300, 0.37, 0.9], 3, True),
        ([1e308, 1e308, 7e307], 3, True),
    ],
)
def test_survey_weights_make_as_many_respondents_as_rows(weights, size, design_based):
    given = np.array(weights, dtype=float)
    weighting = scaled_weights(given)
    assert weighting.size == pytest.approx(size, rel=1e-12)
    assert weighting.design_based == design_based
    np.testing.assert_allclose(weighting.weights * given.max(), given / (given / given.max()).sum()
                               * size, rtol=1e-12)  # fmt: skip


def test_frequencies_are_taken_as_they_are():
    weighting = scaled_weights(np.array([20.0, 10.0, 0.0]), frequencies=True)
    assert weighting.size == 30
    assert not weighting.design_based
    assert weighting.weights.tolist() == [20, 10, 0]


def test_rows_are_repeated_by_whole_numbers_only():
    assert repeated_rows(np.array([3.0, 0.0, 1.0])).tolist() == [0, 0, 0, 2]
    with pytest.raises(
        ValueError, match=r"2 values that are no whole numbers, first at row 1 \(0.5\)"
    ):
        repeated_rows(np.array([1.0, 0.5, 2.2]))


@pytest.mark.parametrize("weights", [[2.0, 2.0, 0.0], [3.0, 1.0, 0.0]])
def test_each_row_that_weighs_something_is_one_respondent(weights):
    assert scaled_weights(np.array(weights)).respondents.tolist() == [1, 1, 0]
    counted = scaled_weights(np.array(weights), frequencies=True)
    assert counted.respondents.tolist() == weights


def test_equal_weights_are_none():
    assert scaled_weights(np.array([7.0, 0.0, 7.0])).weights.tolist() == [1, 0, 1]
    # Of mean 1 over those that weigh something: 4 and 2 become 4/3 and 2/3.
    np.testing.assert_allclose(scaled_weights(np.array([4.0, 0, 2.0])).weights, [4 / 3, 0, 2 / 3])
