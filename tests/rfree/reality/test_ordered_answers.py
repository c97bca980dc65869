"""Codes of a table of categories, and the same answers dealt anew."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.base.limits import LimitError
from rfree.classes.chain import code_table
from rfree.reality.ordered_answers import dealt_anew, ordinal_answers, same_answers_ordered


def test_categories_that_are_numbers_are_codes() -> None:
    X = pd.DataFrame({"a": ["2", "10", "none"], "b": ["2", "3", "3"], "c": ["x", "x", "y"]})
    table = code_table(X)
    answers = ordinal_answers(table)
    np.testing.assert_array_equal(answers.codes, [2, 3, 10])
    np.testing.assert_array_equal(
        answers.codes_given, [[2, 2, np.nan], [10, 3, np.nan], [np.nan, 3, np.nan]]
    )
    for item, code, category in ((0, 0, "2"), (0, 2, "10"), (1, 0, "2"), (1, 1, "3")):
        number = answers.category_of[item, code]
        assert table.coding.index[number] == (X.columns[item], category)
        assert answers.code_of[number] == float(category)
    assert (answers.category_of[2] == -1).all()
    assert answers.category_of[0, 1] == answers.category_of[1, 2] == -1


def test_infinity_is_no_code() -> None:
    X = pd.DataFrame({"a": ["1", "2", "inf"], "b": ["1", "2", "Infinity"]})
    np.testing.assert_array_equal(ordinal_answers(code_table(X)).codes, [1, 2])


@pytest.mark.parametrize("second", [list("xyxy"), list("1111"), ["1", "x", "y", "1"]])
def test_one_ordered_item_is_too_few(second: list[str]) -> None:
    X = pd.DataFrame({"a": list("1212"), "b": second})
    with pytest.raises(LimitError, match="categories that are numbers") as limit:
        ordinal_answers(code_table(X))
    assert (limit.value.code, limit.value.details) == (
        "too_few_ordered_items",
        {"expected": 2, "found": 1},
    )


def test_dealing_gives_the_higher_answer_to_the_higher_attitude() -> None:
    codes = np.array([[5], [1], [7], [3], [9]])
    fixed = np.array([[False], [False], [True], [False], [False]])
    latent = np.array([[0.1], [0.4], [9.0], [0.3], [0.2]])
    dealt = same_answers_ordered(codes, fixed, latent)
    np.testing.assert_array_equal(dealt.ravel(), [1, 9, 7, 5, 3])
    np.testing.assert_array_equal(codes.ravel(), [5, 1, 7, 3, 9])


def test_items_are_dealt_each_by_itself() -> None:
    generator = np.random.default_rng(0)
    codes, latent = generator.integers(1, 6, (40, 3)), generator.normal(size=(40, 3))
    fixed = generator.random((40, 3)) < 0.2
    dealt = same_answers_ordered(codes, fixed, latent)
    np.testing.assert_array_equal(np.sort(dealt, axis=0), np.sort(codes, axis=0))
    for item in range(3):
        free = ~fixed[:, item]
        in_order = dealt[free, item][latent[free, item].argsort()]
        assert (np.diff(in_order) >= 0).all()
    everything = np.ones((40, 3), dtype=bool)
    np.testing.assert_array_equal(same_answers_ordered(codes, everything, latent), codes)


def test_codes_count_whatever_the_order_of_the_categories() -> None:
    generator = np.random.default_rng(1)
    codes = generator.choice(["2", "4", "10"], (30, 2))
    X = pd.DataFrame(codes, columns=["a", "b"])
    X.loc[0, "a"] = "no answer"
    falling = X.assign(a=pd.Categorical(X["a"], ["10", "no answer", "4", "2"]))
    latent = generator.normal(size=(30, 2))
    given = []
    for each in (X, falling):
        table = code_table(each)
        answers = ordinal_answers(table)
        dealt = dealt_anew(table, answers, np.array([0, 1]), latent)
        given.append(answers.code_of[dealt])
        assert dealt[0, 0] == table.codes[0, 0]
    np.testing.assert_array_equal(given[0], given[1])
    order = latent[1:, 0].argsort()
    assert (np.diff(given[0][1:, 0][order]) >= 0).all()


def test_items_that_are_not_dealt_stay() -> None:
    X = pd.DataFrame({"a": list("1212"), "b": list("3344"), "c": list("1221")})
    table = code_table(X)
    dealt = dealt_anew(
        table, ordinal_answers(table), np.array([2]), np.array([[4.0], [3], [2], [1]])
    )
    np.testing.assert_array_equal(dealt[:, :2], table.codes[:, :2])
    np.testing.assert_array_equal(dealt[:, 2], [5, 5, 4, 4])
