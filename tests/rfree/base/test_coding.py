"""Categories as numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.base.coding import as_categorical, learn_coding, ordered_levels


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


def test_tables_that_cannot_be_coded_are_named():
    coding, _ = learn_coding(pd.DataFrame({"p": ["a", "b"], "q": ["c", "d"], "r": ["e", "f"]}))
    with pytest.raises(TypeError, match="answers must be a pandas DataFrame, not list"):
        coding.encode([["a"]], name="answers")
    with pytest.raises(ValueError, match="answers lacks 2 columns that were fitted: p, r"):
        coding.encode(pd.DataFrame({"q": ["c"]}), name="answers")
    holes = pd.DataFrame({"p": ["a", None], "q": ["c", "d"], "r": ["e", None]})
    with pytest.raises(
        ValueError, match=r"answers has missing values: column 'p' \(1\), column 'r'"
    ):
        coding.encode(holes, name="answers")
    with pytest.raises(ValueError, match="answers is empty"):
        coding.encode(holes.iloc[:0], name="answers")
    with pytest.raises(ValueError, match=r"answers has missing values: column 'p' \(1\)"):
        learn_coding(holes[["p", "q"]], name="answers")
    with pytest.raises(ValueError, match="answers is empty"):
        learn_coding(holes[[]], name="answers")
    new = pd.DataFrame({"p": ["x", "z"], "q": ["c", "c"], "r": ["e", "y"]})
    with pytest.raises(ValueError, match="fitted") as raised:
        coding.encode(new)
    assert str(raised.value) == (
        "X has categories that were not fitted. column 'p': 'x', 'z' (known: 'a', 'b'); column "
        "'r': 'y' (known: 'e', 'f')."
    )


def test_columns_are_found_by_name_and_others_ignored():
    coding, codes = learn_coding(pd.DataFrame({"p": ["a", "b"], "q": [2, 10]}))
    assert codes.tolist() == [[0, 2], [1, 3]]
    other = pd.DataFrame({"z": ["?", None], "q": [10, 2], "p": ["b", "b"]}, index=["Ann", "Bob"])
    found = coding.encode(other)
    assert found.tolist() == [[1, 3], [1, 2]]
    assert found.dtype == np.int64
    assert coding.n_categories == 4
    assert coding.counts.tolist() == [2, 2]
    assert coding.variables == ("p", "q")


def test_numbers_are_sorted_as_numbers_and_come_before_texts():
    answers = pd.Series(["b", "nan", "-1", 10, "9", 2.5, None, "B", True], dtype=object)
    positions, levels = ordered_levels(answers)
    assert levels.tolist() == ["-1", True, 2.5, "9", 10, "B", "b", "nan"]
    assert positions.tolist() == [6, 7, 0, 4, 3, 2, -1, 5, 1]
    # Numbers that are equal stand in the order of how they are written.
    assert ordered_levels(pd.Series(["1.0", "1", "01"]))[1].tolist() == ["01", "1", "1.0"]
    # Tuples are no numbers: they stand among the texts.
    assert ordered_levels(pd.Series([("a", 1), 3, "z"]))[1].tolist() == [3, ("a", 1), "z"]


def test_levels_of_a_factor_keep_their_order_unused_ones_included():
    levels = pd.CategoricalDtype(["often", "never", "10", "2"])
    positions, found = ordered_levels(pd.Series(["2", None, "often"], dtype=levels))
    assert positions.tolist() == [3, -1, 0]
    assert found.tolist() == ["often", "never", "10", "2"]
    assert found.dtype == object


@pytest.mark.parametrize("dtype", ["object", "str", pd.StringDtype("python")])
def test_columns_become_factors_in_the_order_of_their_levels(dtype):
    made = as_categorical(pd.Series(["10", None, "2", "10"], dtype=dtype))
    assert made.categories.tolist() == ["2", "10"]
    assert made.codes.tolist() == [1, -1, 0, 1]
    levels = pd.CategoricalDtype(["b", "c", "a"], ordered=True)
    kept = as_categorical(pd.Series(["a", "b"], dtype=levels))
    assert kept.categories.tolist() == ["b", "c", "a"]
    assert kept.ordered
    assert as_categorical(pd.Series([3, 1])).categories.tolist() == [1, 3]


def test_answers_that_read_the_same_are_not_made_two_categories():
    X = pd.DataFrame({"q": [1, "1", 2], "r": ["no", "yes", "no"]})
    with pytest.raises(ValueError, match="column 'q': 1, '1'"):
        learn_coding(X)
    # Numbers and texts that differ are categories of one column.
    coding, _ = learn_coding(pd.DataFrame({"q": [1, "none", 2]}))
    assert coding.names.tolist() == [1, 2, "none"]


def test_a_list_in_a_cell_is_told_by_its_column():
    with pytest.raises(TypeError, match="column 'q' holds what cannot be a category"):
        learn_coding(pd.DataFrame({"q": [["a", "b"], ["a"]]}))
