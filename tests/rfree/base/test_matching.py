"""Classes of two partitions, paired by what they share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.base.matching import class_jaccard, jaccard_indices, match_classes


def test_similarity_is_those_in_both_over_those_in_either() -> None:
    first, second = np.array([1, 1, 1, 2, 2, 3]), np.array([1, 1, 2, 2, 2, 2])
    # Shared: 2 and 1; 0 and 2; 0 and 1. Sizes: 3, 2, 1 and 2, 4.
    expected = [[2 / 3, 1 / 6], [0, 2 / 4], [0, 1 / 4]]
    np.testing.assert_allclose(class_jaccard(first, second, 3, 2), expected)
    np.testing.assert_allclose(class_jaccard(second, first, 2, 3), np.transpose(expected))


def test_empty_classes_are_like_none() -> None:
    found = class_jaccard(np.array([1, 3]), np.array([2, 2]), 3, 2)
    np.testing.assert_array_equal(found, [[0, 0.5], [0, 0], [0, 0.5]])
    assert found.dtype == float


def test_weights_count_and_labelled_ones_are_put_in_order() -> None:
    first, second = np.array([1, 1, 2]), np.array([1, 2, 2])
    weights = np.array([3.0, 1.0, 2.0])
    expected = [[3 / 4, 1 / 6], [0, 2 / 3]]
    np.testing.assert_allclose(class_jaccard(first, second, 2, 2, weights), expected)
    labelled = pd.Series(first, index=list("abc"))
    turned = {
        "second": pd.Series(second, index=list("abc"))[::-1],
        "weights": pd.Series(weights, index=list("abc"))[::-1],
    }
    np.testing.assert_allclose(
        class_jaccard(labelled, n_first=2, n_second=2, **turned),  # type: ignore[arg-type]
        expected,
    )


def test_partitions_of_other_respondents_are_refused() -> None:
    with pytest.raises(ValueError, match="of 3 and 2 respondents"):
        class_jaccard(np.array([1, 1, 2]), np.array([1, 2]), 2, 2)


def test_similarity_from_the_numbers_shared() -> None:
    shared = np.array([[4.0, 0.0], [1.0, 3.0]])
    np.testing.assert_allclose(jaccard_indices(shared), [[4 / 5, 0], [1 / 8, 3 / 4]])
    assert shared.tolist() == [[4, 0], [1, 3]]
    assert jaccard_indices(np.zeros((2, 2))).tolist() == [[0, 0], [0, 0]]


def test_pairs_add_up_to_the_most() -> None:
    # The best of each alone (.9 in row 0 twice) is no pairing: .8 + .7 + .1 beats .9 + .2 + .1.
    similarity = np.array([[0.9, 0.8, 0.0], [0.7, 0.2, 0.1], [0.0, 0.0, 0.1]])
    assert match_classes(similarity).tolist() == [1, 0, 2]
    # Column 0 is paired with row 2, 1 with 0, 2 with 1: rows by column, not columns by row.
    assert match_classes(np.eye(3)[:, [1, 2, 0]].T).tolist() == [2, 0, 1]
