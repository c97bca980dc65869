"""Categories as numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.base.coding import learn_coding


def test_levels_that_nobody_gave_are_left_out():
    levels = pd.CategoricalDtype(["never", "low", "rare", "high"])
    X = pd.DataFrame({"p": list("aab"), "q": pd.Series(["high", "low", "high"], dtype=levels)})
    coding, codes = learn_coding(X)
    assert [list(each) for each in coding.categories] == [["a", "b"], ["low", "high"]]
    assert coding.variable_of.tolist() == [0, 0, 1, 1]
    assert coding.offsets.tolist() == [0, 2]
    assert codes.tolist() == [[0, 3], [0, 2], [1, 3]]


@pytest.mark.parametrize("dtype", ["category", "object", "str"])
def test_numbers_lead_back_to_the_answers(dtype):
    rng = np.random.default_rng(2)
    X = pd.DataFrame({name: rng.choice(list("dcba"), 30) for name in "pqr"}).astype(dtype)
    coding, codes = learn_coding(X)
    assert (coding.names[codes] == X.to_numpy(dtype=object)).all()
    np.testing.assert_array_equal(coding.encode(X), codes)


def test_order_of_levels_is_kept_and_texts_are_sorted():
    levels = pd.CategoricalDtype(["often", "never"])
    X = pd.DataFrame({"q": pd.Series(["never", "often"], dtype=levels), "r": ["10", "9"]})
    assert learn_coding(X)[0].names.tolist() == ["often", "never", "9", "10"]


def test_index_pairs_variables_and_categories():
    coding, _ = learn_coding(pd.DataFrame({"p": ["x", "y"], "q": ["y", "y"]}))
    expected = [("p", "x"), ("p", "y"), ("q", "y")]
    pd.testing.assert_index_equal(
        coding.index, pd.MultiIndex.from_tuples(expected, names=["variable", "category"])
    )


def test_unseen_answers_are_named_and_unused_levels_are_not():
    coding, _ = learn_coding(pd.DataFrame({"q": ["a", "b"]}))
    levels = pd.CategoricalDtype(["a", "b", "c", "d"])
    new = pd.DataFrame({"q": pd.Series(["d", "a", "d"], dtype=levels)})
    with pytest.raises(ValueError, match=r"column 'q': 'd' \(known: 'a', 'b'\)"):
        coding.encode(new)
    assert coding.encode(new.iloc[[1]]).tolist() == [[0]]


def test_missing_answer_is_refused():
    with pytest.raises(ValueError, match=r"missing values: column 'q' \(1\)"):
        learn_coding(pd.DataFrame({"p": list("ab"), "q": pd.Series(["a", None], dtype="category")}))
