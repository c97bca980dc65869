from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from rfree.classes.partition_agreement import (
    adjusted_rand,
    jaccard_table,
    matched_cells,
    matched_classes,
    overlap_table,
    partition_cramers_v,
)
from rfree.description.catdes import describe_variables

rng = np.random.default_rng(3)
ONE, OTHER = rng.integers(1, 5, 200), rng.integers(1, 4, 200)


def test_adjusted_rand_is_that_of_scikit_learn() -> None:
    assert adjusted_rand(overlap_table(ONE, OTHER)) == pytest.approx(
        adjusted_rand_score(ONE, OTHER), abs=1e-12
    )
    mixed = np.where(np.arange(200) < 150, ONE, OTHER)
    assert adjusted_rand(overlap_table(ONE, mixed)) == pytest.approx(
        adjusted_rand_score(ONE, mixed), abs=1e-12
    )


def test_adjusted_rand_of_the_same_partition_is_one() -> None:
    assert adjusted_rand(overlap_table(ONE, 10 - ONE)) == pytest.approx(1)
    assert adjusted_rand(overlap_table([1, 1, 1], [2, 2, 2])) == 1


def test_cramers_v_is_that_of_the_description_of_classes() -> None:
    table = describe_variables(pd.DataFrame({"other": OTHER.astype(str)}), ONE)
    assert partition_cramers_v(overlap_table(ONE, OTHER)) == pytest.approx(
        table["cramers_v"].iloc[0]
    )
    assert np.isnan(partition_cramers_v(overlap_table([1, 2], [1, 1])))


def test_jaccard_by_hand() -> None:
    overlap = overlap_table([1, 1, 1, 2, 2], [1, 1, 2, 2, 2])
    assert jaccard_table(overlap).to_numpy().tolist() == [[2 / 3, 1 / 5], [0, 2 / 3]]


def test_weights_count_in_the_overlap() -> None:
    overlap = overlap_table([1, 1, 2], [1, 2, 2], [1.0, 3.0, 2.0])
    assert overlap.to_numpy().tolist() == [[1, 3], [0, 2]]


def test_relabelling_is_undone_by_matching() -> None:
    shuffled = np.array([0, 3, 1, 4, 2])[ONE]
    match = matched_classes(overlap_table(ONE, shuffled))
    assert match.to_dict() == {1: 3, 2: 1, 3: 4, 4: 2}
    overlap = overlap_table(ONE, shuffled)
    assert matched_cells(jaccard_table(overlap), match).tolist() == [1, 1, 1, 1]


def test_fewer_classes_are_shared_by_those_they_hold() -> None:
    merged = np.where(ONE <= 2, 1, 2)
    assert matched_classes(overlap_table(ONE, merged)).to_dict() == {1: 1, 2: 1, 3: 2, 4: 2}


def test_as_many_classes_are_matched_one_to_one_even_against_the_majority() -> None:
    # Both classes of the reference have most of their members in class 1 of the other.
    overlap = overlap_table([1, 1, 1, 1, 2, 2, 2], [1, 1, 1, 1, 1, 1, 2])
    assert overlap.to_numpy().tolist() == [[4, 0], [2, 1]]
    assert matched_classes(overlap).to_dict() == {1: 1, 2: 2}
    assert matched_classes(overlap).name == "matched"
    table = jaccard_table(overlap)
    assert table.index.equals(overlap.index)
    assert table.columns.equals(overlap.columns)
    np.testing.assert_allclose(table, [[4 / 6, 0], [2 / 7, 1 / 3]])


def test_cramers_v_by_hand() -> None:
    # [[3, 1], [1, 3]]: expected 2 everywhere, chi2 2 of 8.
    assert partition_cramers_v(overlap_table([1] * 4 + [2] * 4, [1, 1, 1, 2, 1, 2, 2, 2])) == 0.5
    # Three classes in two: the smaller side counts.
    three = overlap_table([1, 1, 2, 2, 3, 3], [1, 1, 2, 2, 2, 2])
    assert partition_cramers_v(three) == pytest.approx(1)


def test_adjusted_rand_of_one_class_and_several_is_zero() -> None:
    assert adjusted_rand(overlap_table([1, 1, 1, 1], [1, 1, 2, 2])) == 0
    # Pairs together: 2 of the cells; 3 in each partition; expected 9 / 15.
    found = adjusted_rand(overlap_table([1, 1, 1, 2, 3, 4], [1, 1, 2, 1, 3, 4]))
    assert found == pytest.approx((1 - 9 / 15) / (3 - 9 / 15))


def test_one_class_for_all_is_not_spread_over_them() -> None:
    with pytest.raises(ValueError, match="one class a respondent"):
        overlap_table(["a", "b"], "a")
