"""Passive categories: what the Burt table owes to each variable crossed with itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.axes.passive import (
    check_axes_exist,
    n_variables_without_passive,
    own_inertia,
    passive_categories,
)
from rfree.base.coding import learn_coding

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


LEVELS = pd.CategoricalDtype(["low", "high", "never"])
TABLE = pd.DataFrame({"p": list("aabb"), "q": pd.Series(["low", "high"] * 2, dtype=LEVELS)})
CODING, _ = learn_coding(TABLE)


def test_passive_categories_are_marked_wherever_they_stand() -> None:
    assert passive_categories(None, CODING, TABLE).tolist() == [False] * 4
    found = passive_categories([("q", "low"), ["p", "b"]], CODING, TABLE)  # type: ignore[list-item]
    assert found.tolist() == [False, True, True, False]
    assert found.dtype == bool
    # A level that nobody gave is known, and marks nothing.
    assert passive_categories([("q", "never")], CODING, TABLE).tolist() == [False] * 4


def test_all_categories_that_are_not_there_are_named() -> None:
    with pytest.raises(ValueError, match="does not have") as raised:
        passive_categories(
            [("p", "c"), ("q", "low"), ("r", "a"), ("p", "low"), ("q", "none")], CODING, TABLE
        )
    assert str(raised.value) == (
        "passive names categories that X does not have. column 'p': 'c' (known: 'a', 'b'); there "
        "is no column 'r'; column 'p': 'low' (known: 'a', 'b'); column 'q': 'none' (known: 'low', "
        "'high')."
    )


@pytest.mark.parametrize("pair", ["pa", ("p", "a", "b"), ("p",), 3, {"p": "a", "q": "low"}])
def test_what_is_no_pair_is_refused(pair: object) -> None:
    with pytest.raises(TypeError, match=r"passive must hold .* pairs, not "):
        passive_categories([pair], CODING, TABLE)  # type: ignore[list-item]


def test_columns_that_are_passive_or_alike_make_no_axis() -> None:
    of = CODING.variable_of
    check_axes_exist(CODING, of, np.array([True, True, True, True]))
    # One column may be down to one category, and the other still makes an axis.
    check_axes_exist(CODING, of, np.array([True, True, True, False]))
    for active, named in (([0, 0, 1, 1], "'p'"), ([0, 0, 0, 0], "'p', 'q'")):
        with pytest.raises(ValueError, match=f"All categories of column {named} are passive"):
            check_axes_exist(CODING, of, np.array(active, dtype=bool))
    same, _ = learn_coding(pd.DataFrame({"p": ["a", "a"], "q": ["b", "b"]}))
    with pytest.raises(ValueError, match="X has no axis"):
        check_axes_exist(same, same.variable_of, np.ones(2, dtype=bool))


@pytest.mark.parametrize(
    "passive", [5, (pair for pair in [("q", "no")]), iter([("q", "no")]), [(["q"], "no")]]
)
def test_what_is_no_collection_of_pairs_is_refused(passive):
    # A generator would be empty at the second fit, whose categories would all be active.
    X = pd.DataFrame({"q": ["yes", "no"]})
    with pytest.raises(TypeError, match="passive must"):
        passive_categories(passive, learn_coding(X)[0], X)
