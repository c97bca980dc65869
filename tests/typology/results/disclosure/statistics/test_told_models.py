"""Models and indices as they are told, by hand: what is hidden, and to how many decimals."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.results.disclosure.blanks import HIDDEN_COLUMN
from typology.results.disclosure.pattern import ALL, Pattern
from typology.results.disclosure.statistics.told_models import (
    told_curves,
    told_distances,
    told_likelihoods,
    told_reliability,
)

TABLES = {
    "item_distribution": pd.DataFrame({
        "item": ["A1", "A1", "A2", "B1"], "block": ["a", "a", "a", "b"], "code": [1, 2, 1, 1],
    }),
    "completeness": pd.DataFrame({"n": [40], "complete": [7]}),
}  # fmt: skip
OF_AN_ITEM = Pattern(5, cells=frozenset({("A2", "1", ALL)}))
OF_NO_ITEM_IN_ALL = [
    Pattern(5), Pattern(5, cells=frozenset({("A2", "1", 1)})),
    Pattern(5, cells=frozenset({("sex", "f", ALL)})),
]  # fmt: skip
CRITERIA = ["log_likelihood", "aic", "bic", "abic", "lr", "bic_above_best"]


def likelihoods(best: int = 2) -> pd.DataFrame:
    table = pd.DataFrame({"classes": [1, 2, 3], **{name: [9.0, 8, 7] for name in CRITERIA}})
    above = [0.0 if number == best else 4.0 for number in table["classes"]]
    return table.assign(bic_above_best=above, entropy=0.5)


def test_all_that_is_made_of_the_likelihood_of_one_class_is_hidden() -> None:
    told = told_likelihoods(likelihoods(), TABLES, OF_AN_ITEM)
    assert told[CRITERIA].isna().to_numpy().tolist() == [[True] * 6, [False] * 6, [False] * 6]
    assert told[HIDDEN_COLUMN].tolist() == [True, False, False]
    assert told["entropy"].tolist() == [0.5] * 3
    assert told["bic_above_best"][1:].tolist() == [0, 4]


def test_no_difference_to_one_class_is_told_where_it_is_the_best() -> None:
    told = told_likelihoods(likelihoods(best=1), TABLES, OF_AN_ITEM)
    assert told["bic_above_best"].isna().all()
    assert told["bic"].isna().tolist() == [True, False, False]
    assert told[HIDDEN_COLUMN].all()


def test_of_models_of_answers_one_class_without_a_factor_is_that_of_the_numbers() -> None:
    table = likelihoods()[["classes", "bic"]].assign(classes=[1, 1, 2], factors=[1, 0, 0])
    told = told_likelihoods(table, TABLES, OF_AN_ITEM)
    assert told["bic"].isna().tolist() == [False, True, False]
    assert told.columns.tolist() == ["classes", "bic", "factors", HIDDEN_COLUMN]


@pytest.mark.parametrize("pattern", OF_NO_ITEM_IN_ALL)
def test_models_are_told_whole_where_no_number_of_an_item_in_all_is_hidden(
    pattern: Pattern,
) -> None:
    pd.testing.assert_frame_equal(told_likelihoods(likelihoods(), TABLES, pattern), likelihoods())
    table = pd.DataFrame({"block": ["a", "b"], "alpha": [0.12345, 0.98765], "items": [2, 1]})
    pd.testing.assert_frame_equal(told_reliability(table, TABLES, pattern), table)


def test_indices_of_the_block_of_a_hidden_number_have_three_decimals() -> None:
    table = pd.DataFrame({
        "block": ["a", "b"], "alpha": [0.12345, 0.98765], "omega": [0.55555, 0.44444],
        "items": [2, 1],
    })  # fmt: skip
    told = told_reliability(table, TABLES, OF_AN_ITEM)
    assert told["alpha"].tolist() == [0.123, 0.98765]
    assert told["omega"].tolist() == [0.556, 0.44444]
    assert told["items"].tolist() == [2, 1]
    assert told.columns.tolist() == table.columns.tolist()
    assert table["alpha"][0] == 0.12345


def test_densities_are_told_where_several_respondents_lie_beyond() -> None:
    """Forty times a step of 0.5 times the heights: 2, 4, 10, 4 and 1 respondents a cut."""
    density = pd.DataFrame({
        "procedure": "L-Mode", "x": [0.0, 0.5, 1, 1.5, 2], "sample": [0.1, 0.2, 0.5, 0.2, 0.0512],
    })  # fmt: skip
    other = pd.DataFrame({"procedure": "MAXEIG", "x": [0.0, 9], "sample": [0.1289, 0.0012]})
    table = pd.concat([other, density], ignore_index=True)
    told = told_curves(table, TABLES, Pattern(5))
    # From below 2, 6, 16...; from above 1.024, 5.024, 15.024...: the ends are of fewer than five.
    assert told["sample"].isna().tolist() == [False, False, True, False, False, False, True]
    assert told["sample"].dropna().tolist() == [0.13, 0.0, 0.2, 0.5, 0.2]
    assert told[HIDDEN_COLUMN].tolist() == [False, False, True, False, False, False, True]
    assert told_curves(table, TABLES, Pattern(2))["sample"].isna().sum() == 1
    whole = told_curves(other, TABLES, Pattern(5))
    assert whole.columns.tolist() == other.columns.tolist()
    assert other["sample"][0] == 0.1289


def test_a_cut_of_just_enough_respondents_is_told() -> None:
    table = pd.DataFrame({"procedure": "L-Mode", "x": [0.0, 1, 2], "sample": [0.125, 0.25, 0.125]})
    told = told_curves(table, TABLES, Pattern(5))
    assert told["sample"].notna().all()
    assert told_curves(table, TABLES, Pattern(6))["sample"].isna().tolist() == [True, False, True]


def test_distances_to_profiles_are_as_coarse_as_the_coarsest_mean() -> None:
    table = pd.DataFrame({"class": [1, 2], "distance": [0.12345, 1.9876]})
    two = told_distances(table, {}, Pattern(5, decimals={"a": 2, "b": 1}))
    assert two["distance"].tolist() == [0.1, 2.0]
    assert told_distances(table, {}, Pattern(5, decimals={"a": 2}))["distance"].tolist() == [
        0.12, 1.99,
    ]  # fmt: skip
    assert told_distances(table, {}, Pattern(5)) is table
    other = pd.DataFrame({"class": [1]})
    assert told_distances(other, {}, Pattern(5, decimals={"a": 2})) is other
    assert np.isclose(table["distance"][0], 0.12345)
