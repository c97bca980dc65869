"""Tables and columns at the border of the library."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.base.inputs import aligned_to, check_weights, in_one_order

X = pd.DataFrame({"q": list("abc")}, index=["Ann", "Bob", "Cid"])


def test_what_has_no_labels_goes_by_position() -> None:
    for values in ([1.0, 2.0, 3.0], np.arange(3.0), pd.Categorical(list("aab")), None):
        assert aligned_to(values, X, name="values") is values


def test_columns_of_the_same_labels_are_put_in_order_and_left_unchanged() -> None:
    weights = pd.Series([3.0, 1.0, 2.0], index=["Cid", "Ann", "Bob"])
    assert aligned_to(weights, X, name="weights").tolist() == [1.0, 2.0, 3.0]
    assert weights.index.tolist() == ["Cid", "Ann", "Bob"]
    table = pd.DataFrame({"a": [3, 1, 2]}, index=weights.index)
    assert aligned_to(table, X["q"], name="table")["a"].tolist() == [1, 2, 3]


def test_numbers_in_another_order_are_labels_like_others() -> None:
    rows = pd.DataFrame({"q": list("abc")}, index=[2, 0, 1])
    assert aligned_to(pd.Series([10, 11, 12]), rows, name="weights").tolist() == [12, 10, 11]


def test_other_labels_are_counted_and_named() -> None:
    with pytest.raises(ValueError, match="labelled") as raised:
        check_weights(pd.Series([1.0, 2.0, 3.0]), X)
    assert str(raised.value) == (
        "sample_weight (3 rows) and X (3) are labelled differently: X has 3 labels that "
        "sample_weight does not have ('Ann', 'Bob', 'Cid'); sample_weight has 3 labels that X does "
        "not have (0, 1, 2). Give sample_weight the labels of X, or pass sample_weight.to_numpy() "
        "to go by position."
    )


def test_weights_of_more_respondents_than_the_table_has_are_refused() -> None:
    more = pd.Series(1.0, index=["Ann", "Bob", "Cid", "Dan", "Eve", "Fay", "Guy"])
    with pytest.raises(ValueError, match=r"has 4 labels that X .* \(first 'Dan', 'Eve', 'Fay', "):
        check_weights(more, X)


def test_labels_given_twice_go_only_with_themselves_in_the_same_order() -> None:
    rows = pd.DataFrame({"q": list("abc")}, index=["Ann", "Ann", "Bob"])
    same = pd.Series([1.0, 2.0, 3.0], index=rows.index)
    assert check_weights(same, rows).tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match=r"X has 1 labels more than once \('Ann'\)"):
        check_weights(same.iloc[::-1], rows)


def test_a_table_has_to_be_given_the_labels_by_hand() -> None:
    with pytest.raises(ValueError, match=r"or pass S\.set_axis\(X\.index\) to go by"):
        aligned_to(X.reset_index(drop=True), X, name="S")


def test_labels_beside_an_array_are_refused_unless_they_number_its_rows() -> None:
    numbered = pd.Series([1, 2, 3])
    assert in_one_order(x=np.zeros(3), y=numbered)[1].tolist() == [1, 2, 3]
    with pytest.raises(ValueError, match=r"y is labelled \(2, 1, 0\) and x is not"):
        in_one_order(x=np.zeros(3), y=numbered.iloc[::-1])
    assert check_weights(numbered.iloc[::-1].to_numpy(), 3).tolist() == [3, 2, 1]


def test_the_first_column_gives_the_order() -> None:
    x = pd.Series([1, 2], index=["a", "b"])
    one, other, none = in_one_order(x=x, y=pd.Series([4, 3], index=["b", "a"]), weights=None)
    assert (one.tolist(), other.tolist(), none) == ([1, 2], [3, 4], None)
