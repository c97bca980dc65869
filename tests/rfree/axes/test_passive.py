"""Passive categories: what the Burt table owes to each variable crossed with itself."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.axes.passive import n_variables_without_passive, own_inertia

SHARES = np.array([0.2, 0.5, 0.3, 0.6, 0.4, 0.1, 0.1, 0.8])
VARIABLE_OF = np.array([0, 0, 0, 1, 1, 2, 2, 2])


@pytest.mark.parametrize("passive", [[], [0], [1, 2], [0, 4, 7]])
def test_own_inertia_is_the_sum_of_the_squared_residuals(passive: list[int]) -> None:
    active = np.ones(8, dtype=bool)
    active[passive] = False
    same = VARIABLE_OF[:, None] == VARIABLE_OF
    root = np.sqrt(SHARES)
    residuals = same * (np.eye(8) - np.outer(root, root)) / 3
    expected = np.square(residuals[np.ix_(active, active)]).sum()
    assert own_inertia(SHARES, VARIABLE_OF, active) == pytest.approx(expected)


def test_without_passive_category_it_is_known_from_the_numbers_alone() -> None:
    assert own_inertia(SHARES, VARIABLE_OF, np.ones(8, dtype=bool)) == pytest.approx(5 / 9)


def test_variables_are_counted_whose_categories_are_all_active() -> None:
    active = np.ones(8, dtype=bool)
    assert n_variables_without_passive(VARIABLE_OF, active) == 3
    active[[0, 7]] = False
    assert n_variables_without_passive(VARIABLE_OF, active) == 1
