"""Tables and columns at the border of the library."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from rfree.base.inputs import (
    aligned_to,
    check_categories,
    check_columns,
    check_table,
    check_weights,
    in_one_order,
    real_numbers,
    with_near_names,
)

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


def test_differences_of_one_side_alone_are_told() -> None:
    fewer = pd.Series([1.0, 2.0], index=["Ann", "Bob"])
    with pytest.raises(ValueError, match="labelled") as raised:
        aligned_to(fewer, X, name="w", of="design")
    assert str(raised.value) == (
        "w (2 rows) and design (3) are labelled differently: design has 1 labels that w does not "
        "have ('Cid'). Give w the labels of design, or pass w.to_numpy() to go by position."
    )
    # Rows given as an Index or a Series count by their labels too.
    for rows in (X.index, X["q"]):
        with pytest.raises(ValueError, match="X has 1 labels that w does not have"):
            aligned_to(fewer, rows, name="w")


def test_labels_twice_among_the_values_are_told_as_theirs() -> None:
    twice = pd.Series([1.0, 2.0, 3.0, 4.0], index=["Ann", "Bob", "Cid", "Cid"])
    with pytest.raises(ValueError, match="order") as raised:
        aligned_to(twice, X, name="w")
    assert str(raised.value).startswith(
        "w cannot be put in the order of X: w has 1 labels more than once ('Cid'). Give w the "
    )


def test_labels_beside_rows_without_are_refused_with_the_way_out() -> None:
    with pytest.raises(ValueError, match="labelled") as raised:
        aligned_to(pd.Series([1, 2, 3, 4], index=list("abcd")), 4, name="w", of="points")
    assert str(raised.value) == (
        "w is labelled (first 'a', 'b', 'c', ...) and points is not: which row is whose cannot be "
        "told. Pass w.to_numpy() to go by position, or points as a DataFrame."
    )


def test_names_that_are_not_known_come_with_the_nearest() -> None:
    assert with_near_names(["hope_l", "zzz", 21], ["hope_1", "worry_1", 2]) == (
        "'hope_l' (did you mean 'hope_1'?), 'zzz', 21 (did you mean 2?)"
    )
    # Only one is proposed, the nearest.
    assert with_near_names(["hope_12"], ["hope_1", "hope_13", "hope_2"]).count("did you") == 1


def test_columns_are_the_same_in_any_order() -> None:
    first = pd.DataFrame({"a": [1], "b": [2]})
    check_columns(first, first[["b", "a"]])
    with pytest.raises(ValueError, match=r"only one of them has: 'b', 'c'\."):
        check_columns(first, pd.DataFrame({"c": [1], "a": [1]}))
    with pytest.raises(ValueError, match=r"only one of them has: 'b'\."):
        check_columns(first, first[["a"]])


def test_a_table_is_returned_as_it_is() -> None:
    assert check_table(X) is X
    assert check_categories(X) is X


def test_what_is_no_complete_table_is_told() -> None:
    holes = pd.DataFrame({"a": [None, "x", None], "b": list("xyz"), "c": ["x", np.nan, "y"]})
    with pytest.raises(
        ValueError, match=r"answers has missing values: column 'a' \(2\), column 'c'"
    ):
        check_categories(holes, name="answers")
    with pytest.raises(TypeError, match="answers must be a pandas DataFrame, not ndarray"):
        check_categories(np.ones((2, 2)), name="answers")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="answers is empty: 3 rows and 0 columns"):
        check_table(holes[[]], name="answers")
    with pytest.raises(ValueError, match="X is empty: 0 rows and 3 columns"):
        check_table(holes.iloc[:0])
    with pytest.raises(ValueError, match="answers has several columns of one name: 3, a"):
        check_table(pd.DataFrame([[1] * 5], columns=["a", 3, "a", 3, "b"]), name="answers")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([1.0, 2.0], r"shape \(2,\); expected one weight a row \(3\)"),
        ([[1.0], [2.0], [3.0]], r"shape \(3, 1\)"),
        ([1.0, np.nan, np.inf], "2 missing or infinite values, first at row 1"),
        ([1.0, 0.0, -2.0], "1 negative values, first at row 2"),
        ([0, 0, 0], "sums to zero"),
    ],
)
def test_weights_that_are_none_are_told(given: list[object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        check_weights(given, 3)  # type: ignore[arg-type]


def test_weights_are_floats_of_ones_own() -> None:
    given = np.array([1.0, 0.0, 2.0])
    read = check_weights(given, X)
    read[0] = 9
    assert given[0] == 1
    assert check_weights([1, 0, 2], 3).dtype == float
    assert check_weights(None, X).tolist() == [1.0, 1.0, 1.0]
    assert check_weights([0, 1, 0], 3).tolist() == [0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    "given",
    [
        pd.Series(pd.date_range("2020", periods=3), index=X.index),
        pd.Series(pd.to_timedelta([1, 2, 3], unit="s"), index=X.index),
        np.array([1 + 1j, 2, 3]),
        np.array([1, 2, 3], dtype=complex),
        ["1", "two", "3"],
        {"Ann": 1, "Bob": 2, "Cid": 3},
        (each for each in (1, 2, 3)),
    ],
)
def test_weights_that_are_no_numbers_are_refused_by_name(given: object) -> None:
    with pytest.raises(TypeError, match="sample_weight must hold numbers; it holds"):
        check_weights(given, X)


@pytest.mark.parametrize(
    "given",
    [
        [1, 2, pd.NA],
        [1, 2, None],
        pd.Series([1, 2, None], index=X.index, dtype="Int64"),
        np.ma.masked_array([1, 2, 3], [False, False, True]),
    ],
)
def test_a_weight_that_is_missing_in_whatever_form_is_told(given: object) -> None:
    with pytest.raises(ValueError, match="1 missing or infinite values, first at row 2"):
        check_weights(given, X)


@pytest.mark.parametrize(
    "given",
    [
        ["1", "2", "0.5"],
        [Decimal("1"), Fraction(2), 0.5],
        pd.Series([1, 2, 0.5], index=X.index, dtype="Float64"),
        np.ma.masked_array([1, 2, 0.5], False),
    ],
)
def test_weights_are_read_from_every_form_of_number(given: object) -> None:
    assert check_weights(given, X).tolist() == [1, 2, 0.5]


@pytest.mark.parametrize("unit", ["ns", "us", "D", "Y"])
@pytest.mark.parametrize("kind", ["datetime64", "timedelta64"])
def test_dates_of_any_unit_are_no_numbers(unit: str, kind: str) -> None:
    with pytest.raises(TypeError, match="w must hold numbers; it holds"):
        real_numbers(np.array([5], dtype=f"{kind}[{unit}]"), name="w")
