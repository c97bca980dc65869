"""Groups that the answers show by themselves, split by split."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from made_up_answers import far_groups, one_trait
from rfree.base.limits import LimitError
from rfree.classes.chain import ChainSettings, CodedTable, code_table
from rfree.reality.splits import HARDEST, SMALLEST_SPLIT, Splits, split_groups

SETTINGS = ChainSettings(2, 4)
COLUMNS = ["split", "n", "smaller", "depth", "p_value", "null", "level", "gap"]
SIZES = (50, 40)


def the_groups() -> CodedTable:
    return code_table(far_groups(SIZES, 6))


@pytest.fixture(scope="module")
def two_groups() -> Splits:
    return split_groups(the_groups(), SETTINGS, level=0.1, n_replicates=19, seed=1)


def test_where_no_split_was_tried_there_is_a_table_without_rows() -> None:
    untried = Splits.untried(7)
    assert list(untried.table.columns) == COLUMNS
    assert (len(untried.table), untried.labels.tolist(), untried.n_groups) == (0, [0] * 7, 0)


def test_two_far_groups_are_two(two_groups: Splits) -> None:
    assert two_groups.n_groups == 2
    planted = np.repeat([1, 2], SIZES)
    found = two_groups.labels
    assert sorted(set(found)) == [1, 2]
    assert found.dtype == Splits.untried(1).labels.dtype == np.int64
    assert (found == planted).all() or (found == 3 - planted).all()
    assert list(two_groups.table.columns) == COLUMNS
    first = two_groups.table.iloc[0]
    assert (first["split"], first["n"], first["smaller"]) == (1, 90, 40)
    assert first["p_value"] == 1 / 20
    assert first["gap"]
    assert not two_groups.table["gap"].iloc[1:].any()


def test_levels_are_shares_of_the_respondents_split(two_groups: Splits) -> None:
    table = two_groups.table
    # The smaller half is not looked at: 19 replicates do not reach .1 * 39 / 89.
    assert table["n"].tolist() == [90, 50]
    assert table["level"].tolist() == pytest.approx([0.1, 0.1 * 49 / 89])
    assert ((table["p_value"] <= table["level"]) == table["gap"]).all()
    assert list(table["split"]) == [1, 2]


def test_one_trait_is_one_group() -> None:
    found = split_groups(code_table(one_trait(100)), SETTINGS, n_replicates=19, seed=2)
    assert found.n_groups == 1
    assert (found.labels == 1).all()
    (only,) = found.table.to_dict("records")
    assert only["p_value"] > 0.05
    assert only["null"] in HARDEST
    assert only["level"] == 0.05


def test_those_left_out_are_in_no_group_and_do_not_count() -> None:
    X = pd.concat([far_groups(SIZES, 6), far_groups((20,), 6, seed=3)], ignore_index=True)
    left_out = np.arange(110) >= 90
    # 19 replicates reach 5 %, and no lower level: that of the first split is the whole level.
    found = split_groups(code_table(X), SETTINGS, left_out=left_out, n_replicates=19, seed=1)
    assert (found.labels[left_out] == 0).all()
    assert (found.labels[~left_out] > 0).all()
    assert found.n_groups == 2
    assert found.table["n"].tolist() == [90]
    assert found.table["level"].tolist() == [0.05]
    weights = np.where(left_out, 0.0, 1.0)
    unweighted = split_groups(
        code_table(X, sample_weight=weights), SETTINGS, n_replicates=19, seed=1
    )
    np.testing.assert_array_equal(unweighted.labels, found.labels)
    pd.testing.assert_frame_equal(unweighted.table, found.table)


@pytest.mark.parametrize(("sizes", "n_replicates"), [((15, 14), 99), (SIZES, 18)])
def test_few_respondents_and_levels_out_of_reach_are_not_tested(
    sizes: tuple[int, int], n_replicates: int
) -> None:
    table = code_table(far_groups(sizes))
    found = split_groups(table, SETTINGS, n_replicates=n_replicates, seed=1)
    assert sum(sizes) < SMALLEST_SPLIT or n_replicates < 19
    assert found.table.empty
    assert list(found.table.columns) == COLUMNS
    assert found.n_groups == 1
    assert (found.labels == 1).all()


def test_nobody_left_and_answers_all_alike_end_well() -> None:
    everybody = split_groups(
        the_groups(), SETTINGS, left_out=np.ones(90, dtype=bool), n_replicates=19
    )
    assert not everybody.labels.any()
    assert everybody.n_groups == 0
    # A branch of respondents who all answered alike is a group that cannot be split.
    alike = np.repeat([["1", "1", "5", "5"], ["5", "5", "1", "1"]], [60, 40], axis=0)
    X = pd.DataFrame(alike, columns=list("abcd"))
    rows = np.arange(100) >= 60
    left = split_groups(code_table(X), SETTINGS, left_out=rows, n_replicates=19)
    assert (left.n_groups, len(left.table)) == (1, 0)


def test_answers_that_are_no_numbers_cannot_be_drawn() -> None:
    X = pd.DataFrame({"a": list("xy") * 20, "b": list("xyyx") * 10})
    with pytest.raises(LimitError) as limit:
        split_groups(code_table(X), SETTINGS, n_replicates=19)
    assert limit.value.code == "too_few_ordered_items"


def test_splits_are_the_same_with_the_same_seed() -> None:
    table = code_table(one_trait(60))
    one, two = (split_groups(table, SETTINGS, n_replicates=19, seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.table, two.table)
    np.testing.assert_array_equal(one.labels, two.labels)
