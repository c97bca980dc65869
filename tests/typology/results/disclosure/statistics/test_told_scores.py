"""Scores, masses and centres as they are told, of a made-up analysis of two items."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.results.disclosure.pattern import ALL, Pattern
from typology.results.disclosure.statistics.class_centres import placing_items, told_centres
from typology.results.disclosure.statistics.told_scores import (
    answers_of,
    told_masses,
    told_scores,
)

ANSWERS = pd.MultiIndex.from_tuples(
    [("A", 1), ("A", 2), ("A", 3), ("A", 9), ("B", 1), ("B", 2)], names=["variable", "category"]
)


def analysed() -> Any:
    """Item A is twice as heavy as B; its answer 9 is passive."""
    mca = SimpleNamespace(
        column_counts_=pd.Series([2, 3, 45, 4, 27, 27], ANSWERS),
        column_weights_=pd.Series([1.0, 4.0, 45.0, 4.0, 20.0, 34.0], ANSWERS),
        column_roles_=pd.Series(["active"] * 3 + ["passive"] + ["active"] * 2, ANSWERS),
        column_coordinates_=pd.DataFrame(
            [[1.013, -2.0], [0.513, 1.0], [-0.1111, 0.2], [5.0, 5.0], [0.333, 0.4], [-0.3, -0.4]],
            ANSWERS,
        ),
        variable_weights_=pd.Series({"A": 2.0, "B": 1.0}),
        eigenvalues_=np.array([0.25, 0.16, 0.01]),
        n_respondents_=54,
    )
    return SimpleNamespace(axes=SimpleNamespace(mca=mca))


def test_a_score_is_that_of_the_place_told_on_the_axes_computed() -> None:
    # Steps of ten items, by the number of respondents:
    told = told_scores(analysed(), Pattern(5, places=10.0))
    assert list(told) == [("A", "1"), ("A", "2"), ("A", "3"), ("B", "1"), ("B", "2")]
    expected = {
        # 1 / 20 = 0.05; 1 / 30 up to 0.05; 1 / 450 up to 0.005; 1 / 270 up to 0.005.
        ("A", "1"): [2 * 1.0 / 0.5, 2 * -2.0 / 0.4],
        ("A", "2"): [2 * 0.5 / 0.5, 2 * 1.0 / 0.4],
        ("A", "3"): [2 * -0.11 / 0.5, 2 * 0.2 / 0.4],
        ("B", "1"): [0.335 / 0.5, 0.4 / 0.4],
        ("B", "2"): [-0.3 / 0.5, -0.4 / 0.4],
    }
    for pair, score in expected.items():
        np.testing.assert_allclose(told[pair], score, err_msg=str(pair))


def test_answers_without_a_place_share_that_of_all_of_them() -> None:
    unplaced = frozenset({("A", "1"), ("A", "2"), ("A", "9")})
    told = told_scores(analysed(), Pattern(5, places=10.0, unplaced=unplaced))
    # Of nine respondents, those of the passive answer too, to 0.02; the mean of the active ones.
    shared = [2 * 0.62 / 0.5, 2 * 0.4 / 0.4]
    # (1.013 + 4 * 0.513) / 5 = 0.613.
    np.testing.assert_allclose(told["A", "1"], shared)
    np.testing.assert_allclose(told["A", "2"], shared)
    np.testing.assert_allclose(told["A", "3"], [2 * -0.11 / 0.5, 2 * 0.2 / 0.4])


def test_masses_of_hidden_answers_of_an_item_are_their_mean() -> None:
    own = told_masses(analysed(), Pattern(5))
    total = 54 * 2
    assert list(own) == [("A", "1"), ("A", "2"), ("A", "3"), ("B", "1"), ("B", "2")]
    np.testing.assert_allclose(list(own.values()), np.array([1, 4, 45, 20, 34]) / total)
    cells = {("A", "1", ALL), ("A", "9", ALL), ("A", "2", 1), ("B", "1", ALL)}
    told = told_masses(analysed(), Pattern(5, cells=frozenset(cells)))
    assert told["A", "1"] == told["A", "9"] == pytest.approx(2.5 / total)
    assert told["A", "2"] == pytest.approx(4 / total)
    assert told["B", "1"] == pytest.approx(20 / total)


def test_answers_are_named_by_their_texts() -> None:
    names = [("A", "1"), ("A", "2"), ("A", "3"), ("A", "9"), ("B", "1"), ("B", "2")]
    assert answers_of(pd.Series(0, ANSWERS)) == names
    assert answers_of(pd.DataFrame({"x": [0] * 6, "y": [1] * 6}, ANSWERS)) == names


def placed(weights: list[float]) -> Any:
    mca = SimpleNamespace(
        variable_weights_=pd.Series([2.0, 1.0, 1.0, 0.5]),
        weights_=pd.Series(weights),
        row_coordinates_=pd.DataFrame(
            [[0.111, 1.0], [0.222, 3.0], [0.3, -1.0], [0.5, -2.0], [0.7, -3.0]]
        ),
    )
    labels = pd.Series([1, 1, 2, 2, 2])
    return SimpleNamespace(axes=SimpleNamespace(mca=mca), classes=SimpleNamespace(labels=labels))


POINTS = {"map_points": pd.DataFrame({
    "Axis 1": [0.1, 0.4, 0.5, 0.6], "Axis 2": [1.0, 4.0, -2.0, -3.0], "class": [1, 1, 2, 2],
    "n": [2, 1, 1, 3], "Axes": 7.0,
})}  # fmt: skip


def test_the_heaviest_item_says_as_how_many_place_the_respondents() -> None:
    assert placing_items(placed([1.0] * 5)) == 2.0


def test_centres_are_the_means_of_the_points_by_their_respondents() -> None:
    told = told_centres(placed([1.0] * 5), POINTS, set())
    assert list(told) == [1, 2]
    np.testing.assert_allclose(told[1], [0.2, 2.0])
    np.testing.assert_allclose(told[2], [2.3 / 4, -11 / 4])
    assert told[1].dtype == np.float64


def test_weighted_centres_are_told_in_steps_unless_no_weight_of_the_class_is() -> None:
    fitted = placed([1.0, 3.0, 1.0, 1.0, 2.0])
    told = told_centres(fitted, POINTS, {2})
    # (0.111 + 3 * 0.222) / 4 = 0.19425 and (1 + 9) / 4, of two respondents to two items: by 0.5.
    np.testing.assert_allclose(told[1], [0.0, 2.5])
    np.testing.assert_allclose(told[2], [2.3 / 4, -11 / 4])
    # Three respondents to two items: 1/6 up to 0.2. (0.3 + 0.5 + 1.4) / 4 = 0.55, -9 / 4 = -2.25.
    np.testing.assert_allclose(told_centres(fitted, POINTS, set())[2], [0.6, -2.2])
