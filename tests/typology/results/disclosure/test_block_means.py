"""Means of blocks: told as finely as they leave the means of their items open."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.results.disclosure.block_means import MANY_ITEMS, block_decimals


def profiles(means: dict[str, list[float]], number: int = 1) -> dict[str, pd.DataFrame]:
    """Return the means of items, by block, in one class."""
    rows = [
        {"block": block, "item": f"{block}{at}", "class": number, "mean": mean}
        for block, several in means.items()
        for at, mean in enumerate(several)
    ]
    return {"class_profiles": pd.DataFrame(rows)}


def test_blocks_of_ten_items_have_two_decimals_and_smaller_ones_one() -> None:
    tables = profiles({"a": [2.0] * MANY_ITEMS, "b": [2.0] * (MANY_ITEMS - 1)})
    assert block_decimals(tables, set(), set()) == ({"a": 2, "b": 1}, set())


def test_two_decimals_are_one_where_a_mean_of_the_block_is_not_told() -> None:
    tables = profiles({"a": [2.0] * MANY_ITEMS, "b": [2.0] * MANY_ITEMS})
    assert block_decimals(tables, set(), {("a3", 1)}) == ({"a": 1, "b": 2}, set())


@pytest.mark.parametrize(
    ("items", "decimals"),
    [
        (9, 1),  # 9 means: the mean of all is known to 0.05, that of one to 0.45
        (10, 2),  # 10 means to 0.005: 0.05, just what its own decimal leaves
        (11, 2),
    ],
)
def test_the_sum_of_the_others_leaves_a_mean_as_open_as_its_own_decimal(
    items: int, decimals: int
) -> None:
    tables = profiles({"a": [2.0] * items})
    assert block_decimals(tables, {("a0", 1)}, set()) == ({"a": decimals}, set())


def test_a_mean_of_one_item_is_told_when_its_own_decimal_is() -> None:
    """One item: the mean of the block is its own, to one decimal both."""
    assert block_decimals(profiles({"a": [2.0]}), {("a0", 1)}, set()) == ({"a": 1}, set())


def test_decimals_that_would_pin_a_mean_are_left_out() -> None:
    """Ten means, one of them 2.04 with a hidden number: told 2.0, so between 1.95 and 2.05.

    The mean of the block is 2.004. To two decimals, 2.00, ten of them are 20.00 +- 0.05: less the
    nine others, 18, it is 2.00 +- 0.05 as well. With the block at 2.006 (others 2.0022) told 2.01,
    it would be 20.10 - 18.02 = 2.08 +- 0.05: with its own decimal, from 2.03 on. One decimal then.
    """
    kept = profiles({"a": [2.04] + [2.0] * 9})
    assert block_decimals(kept, {("a0", 1)}, set()) == ({"a": 2}, set())
    pinned = profiles({"a": [2.04] + [2.00223] * 9})
    assert block_decimals(pinned, {("a0", 1)}, set()) == ({"a": 1}, set())
    assert block_decimals(pinned, {("a0", 2)}, set()) == ({"a": 2}, set())  # of another class


def test_a_class_that_pins_a_mean_coarsens_the_block_in_all() -> None:
    one, other = profiles({"a": [2.0] * 10}), profiles({"a": [2.04] + [2.00223] * 9}, number=2)
    tables = {"class_profiles": pd.concat([one["class_profiles"], other["class_profiles"]])}
    assert block_decimals(tables, {("a0", 2)}, set()) == ({"a": 1}, set())


# Two items, the number of one hidden: 2.46, told 2.5, and 2.04. Their block, 2.25, is 2.2 to one
# decimal: 4.4 +- 0.1, less 2.04, is 2.26 to 2.46, which 2.5 (from 2.45 on) does not allow. To none
# it is 2: 4 +- 1, less 2.04, is 0.96 to 2.96.
PINNED_BY_ONE_DECIMAL = [2.46, 2.04]
# 2.52, told 2.5, and 2.50. Their block, 2.51, is 2.5 to one decimal: 5 +- 0.1, less 2.5, is 2.4 to
# 2.6. To none it is 3: 6 +- 1, less 2.5, is from 2.5 on, where 2.5 alone says from 2.45 on.
PINNED_BY_NONE = [2.52, 2.50]


def test_a_block_is_a_whole_number_where_one_decimal_tells_more() -> None:
    hidden = {("a0", 1)}
    assert block_decimals(profiles({"a": PINNED_BY_ONE_DECIMAL}), hidden, set()) == (
        {"a": 0},
        set(),
    )
    assert block_decimals(profiles({"a": PINNED_BY_NONE}), hidden, set()) == ({"a": 1}, set())


def test_means_that_even_whole_numbers_pin_are_not_told() -> None:
    one = profiles({"a": PINNED_BY_ONE_DECIMAL})["class_profiles"]
    other = profiles({"a": PINNED_BY_NONE}, number=2)["class_profiles"]
    tables = {"class_profiles": pd.concat([one, other])}
    hidden = {("a0", 1), ("a0", 2)}
    assert block_decimals(tables, hidden, set()) == ({"a": 0}, {("a0", 2)})
    assert block_decimals(tables, hidden, {("a1", 2)}) == ({"a": 0}, set())  # nothing left to pin


def test_missing_means_do_not_count() -> None:
    tables = profiles({"a": [2.0] * 9 + [float("nan")]})
    assert block_decimals(tables, set(), set()) == ({"a": 1}, set())
