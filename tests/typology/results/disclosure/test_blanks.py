"""Missing values in place of hidden numbers: where a few end, and what a p-value still tells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.results.disclosure.blanks import HIDDEN_COLUMN, blanked, one_digit, small, without


@pytest.mark.parametrize(
    ("number", "few"), [(0, False), (0.5, True), (1, True), (4, True), (5, False), (np.nan, False)]
)
def test_a_few_are_from_one_to_below_the_smallest(number: float, few: bool) -> None:
    assert small([number], 5).tolist() == [few]


@pytest.mark.parametrize(
    ("p_value", "told"),
    [
        (1.0, 1.0),
        (0.96, 1.0),
        (0.94, 0.9),
        (0.05, 0.05),
        (0.0501, 0.05),
        (0.0499, 0.04),  # not on the other side of 0.05
        (0.046, 0.04),
        (0.044, 0.04),
        (0.056, 0.06),
        (0.054, 0.05),
        (0.001, 0.001),
        (0.00099, 0.0005),
        (0.0, 0.0005),
        (0.0096, 0.01),
        (0.0094, 0.009),
    ],
)
def test_a_p_value_keeps_one_digit_and_its_side(p_value: float, told: float) -> None:
    assert one_digit(pd.Series([p_value])).tolist() == [told]


def test_a_p_value_that_is_none_stays_none() -> None:
    assert one_digit(pd.Series([np.nan, 0.2])).isna().tolist() == [True, False]


def test_numbers_and_words_are_blanked_where_they_are_hidden() -> None:
    rows = np.array([True, False])
    whole = blanked(pd.Series([3, 4]), rows)
    assert whole.dtype == float
    assert whole.isna().tolist() == [True, False]
    assert whole[1] == 4
    assert blanked(pd.Series([0.5, 0.25]), rows).isna().tolist() == [True, False]
    words = blanked(pd.Series(["a", "b"]), rows)
    assert words.isna().tolist() == [True, False]
    assert words[1] == "b"


def test_a_table_says_where_something_is_hidden_and_nothing_where_not() -> None:
    table = pd.DataFrame({"n": [3, 4], "share": [30.0, 40.0], "name": ["a", "b"]})
    same = without(table, ["n"], np.array([False, False]))
    assert same is table
    hidden = without(table, ["n"], np.array([False, True]))
    assert hidden.columns.tolist() == ["n", "share", "name", HIDDEN_COLUMN]
    assert hidden[HIDDEN_COLUMN].tolist() == [False, True]
    assert hidden["n"].isna().tolist() == [False, True]
    assert hidden[["share", "name"]].equals(table[["share", "name"]])
