"""The points of the short form as they are told: hidden numbers shared out by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.results.disclosure.pattern import Pattern
from typology.results.disclosure.statistics import told_points
from typology.results.disclosure.statistics.told_points import told_points_table

CODES = np.array([1.0, 2.0, 3.0])


def filled(counts: Any, hidden: Any, means: list[float], gone: Any = (False,) * 3) -> np.ndarray:
    return told_points._filled(
        CODES, np.array(counts, dtype=float), np.array(hidden, dtype=bool), np.array(gone),
        np.array(means, dtype=float),
    )  # fmt: skip


def test_hidden_numbers_are_shared_out_as_what_is_left_of_their_answers() -> None:
    counts = [[1, 9, 2], [3, 5, 4], [20, 2, 30]]
    hidden = [[True, False, True], [True, False, True], [False, False, False]]
    found = filled(counts, hidden, [np.nan] * 3)
    # Left of the answers: 12 - 9 = 3 and 12 - 5 = 7. Four and six respondents shared out.
    np.testing.assert_allclose(found, [[1.2, 9, 1.8], [2.8, 5, 4.2], [20, 2, 30]])


def test_of_an_answer_of_which_all_is_told_half_a_respondent_is_left() -> None:
    counts = [[0, 12, 0], [3, 5, 4], [20, 2, 30]]
    hidden = [[True, False, False], [True, False, False], [False, False, False]]
    found = filled(counts, hidden, [np.nan] * 3)
    # Nothing is left of the first: 0.5 to 3 of the second.
    np.testing.assert_allclose(found[:, 0], [3 * 0.5 / 3.5, 3 * 3 / 3.5, 20])


def test_answers_whose_number_is_hidden_count_as_their_mean() -> None:
    counts = [[1, 1, 0], [3, 5, 4], [20, 2, 30]]
    hidden = [[True, True, True], [True, False, False], [False, False, False]]
    found = filled(counts, hidden, [np.nan] * 3, (True, True, False))
    # Of both 14 / 2 = 7: of the first 7 are left, of the second 7 - 9 = -2, so half a respondent.
    np.testing.assert_allclose(found[:, 0], [4 * 7 / 7.5, 4 * 0.5 / 7.5, 20])
    np.testing.assert_allclose(found[:, 1:], np.array(counts)[:, 1:])


def test_the_shares_give_the_mean_that_is_told_of_the_class() -> None:
    counts = [[1, 9, 2], [3, 5, 4], [20, 2, 30]]
    hidden = [[True, False, False], [True, False, False], [False, False, False]]
    found = filled(counts, hidden, [2.75, np.nan, np.nan])
    assert found[:, 0].sum() == pytest.approx(24)
    # 2.75 of 24 are 66, less 20 times 3: 6 of four, so two each.
    np.testing.assert_allclose(found[:, 0], [2, 2, 20])


def test_a_class_of_which_nothing_is_hidden_stays() -> None:
    counts = np.arange(9.0).reshape(3, 3)
    before = counts.copy()
    found = filled(counts, np.zeros((3, 3)), [2.0, 2.0, 2.0])
    np.testing.assert_array_equal(found, before)
    found[0, 0] = 9
    np.testing.assert_array_equal(counts, before)


@pytest.mark.parametrize("mean", [1.2, 2.0, 2.9])
def test_a_tilt_is_in_proportion_to_a_power(mean: float) -> None:
    shares = np.array([0.2, 0.5, 0.3])
    found = told_points._tilted(shares, CODES, mean)
    assert found.sum() == pytest.approx(1)
    assert found @ CODES == pytest.approx(mean, abs=1e-9)
    ratios = found / shares
    assert ratios[1] / ratios[0] == pytest.approx(ratios[2] / ratios[1])


@pytest.mark.parametrize(("mean", "slope"), [(0.0, -8), (9.0, 8)])
def test_a_mean_out_of_reach_is_tilted_as_far_as_powers_go(mean: float, slope: float) -> None:
    found = told_points._tilted(np.array([0.5, 0.5]), np.array([1.0, 2.0]), mean)
    assert np.log(found[1] / found[0]) == pytest.approx(slope)


def test_hidden_numbers_of_a_column_are_evened() -> None:
    counts = np.array([[1.0, 4], [3, 5], [20, 6]])
    hidden = np.array([[True, False], [True, False], [False, False]])
    assert told_points._evened(counts, hidden).tolist() == [[2, 4], [2, 5], [20, 6]]
    one = np.array([[True, False], [False, False], [False, True]])
    assert told_points._evened(counts, one).tolist() == counts.tolist()


def meant(pattern: Pattern, *, item: str = "A1", classes: list[int] | None = None) -> list[float]:
    items = pd.DataFrame({
        "A1": pd.array([1, 2, 2, 5, 5, None, 4], dtype="Int64"), "B1": [1, 1, 1, 1, 1, 1, 1],
    })  # fmt: skip
    means = pd.DataFrame({"a": {1: 2.345, 2: 4.567, 3: 3.0}})
    fitted: Any = SimpleNamespace(
        items=items,
        questionnaire=SimpleNamespace(block_of=lambda name: SimpleNamespace(id=name[0].lower())),
        classes=SimpleNamespace(means=means, labels=pd.Series([1, 1, 1, 2, 2, 2, 3])),
    )
    return told_points._told_means(fitted, item, classes or [1, 2, 3], pattern).tolist()


def test_the_mean_of_an_item_is_told_to_one_decimal() -> None:
    assert meant(Pattern(5)) == [1.7, 5.0, 4.0]


def test_the_mean_of_the_block_is_told_where_that_of_the_item_is_not() -> None:
    meanless = frozenset({("A1", 2), ("B1", 1)})
    assert meant(Pattern(5, meanless=meanless)) == [1.7, 4.6, 4.0]
    assert meant(Pattern(5, meanless=meanless, decimals={"a": 2})) == [1.7, 4.57, 4.0]
    assert meant(Pattern(5, weighted=True)) == [2.3, 4.6, 3.0]
    found = meant(Pattern(5, meanless=meanless), item="B1")
    assert np.isnan(found[0])
    assert found[1:] == [1, 1]


@pytest.mark.parametrize("few", [{"classes": frozenset({2})}, {"unweighed": frozenset({2})}])
def test_of_a_class_of_a_few_no_mean_is_told(few: dict[str, frozenset[int]]) -> None:
    for pattern in (Pattern(5, **few), Pattern(5, weighted=True, **few)):
        assert np.isnan(meant(pattern)).tolist() == [False, True, False]


def test_the_table_of_points_has_those_of_the_form() -> None:
    form = {
        "start": [4, 0],
        "items": [{"item": "A1", "codes": [1, 2], "points": [[0, 3], [2, 0]]}],
    }
    table = pd.DataFrame({
        "item": [None, np.nan, "A1", "A1", "A1", "A1"], "code": [np.nan, None, 2.0, 1, 2, 1],
        "class": [2, 1, 1, 2, 2, 1], "points": 99,
    })  # fmt: skip
    assert told_points_table(table, form)["points"].tolist() == [0, 4, 2, 3, 0, 0]
    assert table["points"].tolist() == [99] * 6
