"""Places told in steps: no step is finer than one answer of one respondent, none too coarse."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.disclosure.places import FINEST_STEP, in_steps, place_steps


def test_a_step_is_one_answer_or_more_and_less_than_two_and_a_half() -> None:
    sizes = np.arange(1, 400)
    for n_items in (1, 3, 10, 48):
        answers = place_steps(sizes, n_items) * sizes * n_items
        assert (answers > 1 - 1e-9).all()
        fine = place_steps(sizes, n_items) > FINEST_STEP
        assert (answers[fine] <= 2.5 + 1e-9).all()


def test_steps_are_the_finest_where_respondents_are_many() -> None:
    assert place_steps([1000, 100_000], 48).tolist() == [FINEST_STEP, FINEST_STEP]


@pytest.mark.parametrize("step", [0.001, 0.002, 0.05, 0.2])
def test_what_is_told_is_a_whole_number_of_steps_and_the_nearest(step: float) -> None:
    values = np.random.default_rng(3).normal(size=200)
    told = in_steps(values, step)
    assert np.abs(told - values).max() <= step / 2 + 1e-9
    np.testing.assert_allclose(told / step, np.round(told / step), atol=1e-6)


def test_a_place_that_is_hidden_stays_so() -> None:
    assert np.isnan(in_steps([np.nan], [0.1])).all()
