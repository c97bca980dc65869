from __future__ import annotations

import pandas as pd
import pytest

from typology.fit.active_table import build_active_table
from typology.problems import InputError


def answers() -> pd.DataFrame:
    return pd.DataFrame(
        {"E01": [1, 2, 2, pd.NA, 1], "E02": [5, 5, 4, 4, 3]}, index=list("abcde"), dtype="Int64"
    )


def test_no_answer_is_a_category_like_the_others_when_it_is_its_own() -> None:
    table = build_active_table(answers(), missing_rule="own category")
    assert list(table.categories["E01"]) == ["1", "2", "2", "no answer", "1"]
    assert table.passive == ()


def test_no_answer_is_passive_when_declared() -> None:
    table = build_active_table(answers(), missing_rule="passive category")
    assert table.passive == (("E01", "no answer"),)


def test_rare_categories_are_passive_below_the_declared_count() -> None:
    table = build_active_table(answers(), missing_rule="own category", passive_below=2)
    assert table.passive == (("E01", "no answer"), ("E02", "3"))


def test_categories_keep_the_order_of_their_codes() -> None:
    items = pd.DataFrame({"E01": [10, 2, 2, 10]}, dtype="Int64")
    table = build_active_table(items, missing_rule="own category")
    assert list(table.categories["E01"].cat.categories) == ["2", "10"]


def test_complete_cases_take_no_missing_answer() -> None:
    with pytest.raises(ValueError, match="complete cases"):
        build_active_table(answers(), missing_rule="complete cases")


def test_every_item_left_with_one_active_category_is_named() -> None:
    items = pd.DataFrame({"E01": [1, 1, 2], "E02": [1, 2, 1], "E03": [3, 3, 3]}, dtype="Int64")
    with pytest.raises(InputError) as raised:
        build_active_table(items, missing_rule="own category", passive_below=2)
    assert [problem.column for problem in raised.value.problems] == ["E01", "E02", "E03"]


def test_the_answers_are_not_changed() -> None:
    items = answers()
    build_active_table(items, missing_rule="own category")
    pd.testing.assert_frame_equal(items, answers())
