"""Places as they are told, by hand: the steps, what is made of a place, what is told otherwise."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f as fisher
from scipy.stats import t as student

from typology.results.disclosure.pattern import Pattern
from typology.results.disclosure.statistics.told_places import (
    told_axis_categories,
    told_axis_variables,
    told_categories,
    told_category_ellipses,
    told_class_ellipses,
    told_crossed_effects,
    told_subgroup_axes,
    told_subgroups,
)

# Of ten items of equal weight: a step of 0.02 for 5 respondents, 0.002 for 50, 0.1 for one.
PATTERN = Pattern(5, places=10.0)
WEIGHTED = Pattern(5, places=10.0, weighted=True)


def public(categories: pd.DataFrame, n: int = 14) -> dict[str, pd.DataFrame]:
    return {"categories": categories, "completeness": pd.DataFrame({"n": [n], "complete": [3]})}


def close(found: pd.Series, expected: list[float]) -> None:
    np.testing.assert_allclose(found.astype(float), expected, rtol=1e-12, atol=1e-15)


def test_what_is_made_of_a_coordinate_is_made_of_the_one_that_is_told() -> None:
    table = pd.DataFrame({
        "coordinate": [0.113, -0.1111, 0.26, 0.0, np.nan], "n": [5, 50, None, 5, 5],
        "contribution": [2.0] * 5, "cos2": [0.5] * 5, "v_test": [3.0] * 5, "other": [9] * 5,
    })  # fmt: skip
    before = table.copy()
    told = told_categories(table, {}, PATTERN)
    close(told["coordinate"], [0.12, -0.112, 0.3, 0, np.nan])
    ratio = np.array([0.12 / 0.113, 0.112 / 0.1111, 0.3 / 0.26, 0, np.nan])
    close(told["v_test"], (3 * ratio).tolist())
    close(told["cos2"], (0.5 * ratio**2).tolist())
    close(told["contribution"], (2 * ratio**2).tolist())
    assert told.columns.tolist() == table.columns.tolist()
    assert told["other"].tolist() == [9] * 5
    pd.testing.assert_frame_equal(table, before)


def test_supplementary_answers_have_no_contribution_to_tell() -> None:
    table = pd.DataFrame({"coordinate": [0.113], "n": [5], "v_test": [3.0]})
    assert told_categories(table, {}, PATTERN).columns.tolist() == ["coordinate", "n", "v_test"]


ANSWERS = pd.DataFrame({
    "variable": ["a", "a", "b", "b", "a", "a"], "category": ["x", "y", "x", "y", "x", "y"],
    "axis": [1, 1, 1, 1, 2, 2], "n": [50, 5, 50, 50, 50, 5],
    "cos2": [0.25, 0.25, 0.0, 0.1, 1.0, 0.5], "coordinate": 0.0,
})  # fmt: skip
CONTRASTS = pd.DataFrame({
    "variable": ["b", "a", "a", "a"], "category": ["y", "y", "x", "x"], "axis": [1, 1, 1, 2],
    "estimate": [0.1111, 0.1111, -0.1111, 0.0911], "p_value": [0.03, 0.615, np.nan, 0.5],
})  # fmt: skip


def test_contrasts_have_the_step_of_the_rarest_answer_and_the_p_value_of_their_cos2() -> None:
    before = CONTRASTS.copy()
    told = told_axis_categories(CONTRASTS, public(ANSWERS), PATTERN)
    close(told["estimate"], [0.112, 0.12, -0.12, 0.1])
    # t = r sqrt(12 / (1 - r^2)) with 12 degrees of freedom: 2 where r^2 is 1/4.
    p_values = [2 * student.sf(np.sqrt(12 * 0.1 / 0.9), 12), 2 * student.sf(2, 12), np.nan, 0.0]
    close(told["p_value"], p_values)
    assert told.columns.tolist() == CONTRASTS.columns.tolist()
    pd.testing.assert_frame_equal(CONTRASTS, before)


def test_contrasts_of_a_weighted_study_keep_one_digit_of_their_p_value() -> None:
    told = told_axis_categories(CONTRASTS, public(ANSWERS), WEIGHTED)
    close(told["estimate"], [0.112, 0.12, -0.12, 0.1])
    close(told["p_value"], [0.03, 0.6, np.nan, 0.5])


PLACED = pd.DataFrame({
    "variable": ["a", "a", "b", "b", "b", "c", "c", "d", "d"], "axis": 2,
    "category": [*"xyxyzxyxy"], "n": [7, 7, 4, 4, 6, 7, 7, 7, 7],
    "coordinate": [0.5, -0.5, 0.5, -0.5, 0.0, 1.5, -1.5, np.nan, np.nan],
})  # fmt: skip
SHARES = pd.DataFrame({
    "variable": [*"abcde"], "axis": 2, "r2": [0.2612, 0.1349, 0.9, 0.7777, 0.4567],
    "p_value": [0.0612, 0.0312, np.nan, 0.5, 0.615],
})  # fmt: skip


def test_the_share_of_a_question_on_an_axis_is_that_of_the_places_told() -> None:
    before = SHARES.copy()
    told = told_axis_variables(SHARES, public(PLACED), Pattern(5, places=10.0))
    # (7 + 7) / 4 / 14; (4 + 4) / 4 / 14; more than all, which rounding makes of all; none; none.
    close(told["r2"], [0.25, 1 / 7, 1, np.nan, np.nan])
    f_of_b = (1 / 7 / 2) / (6 / 7 / 11)
    close(told["p_value"][:3], [2 * student.sf(2, 12), fisher.sf(f_of_b, 2, 11), np.nan])
    assert told["p_value"][3:].isna().all()
    pd.testing.assert_frame_equal(SHARES, before)


@pytest.mark.parametrize(
    "hiding", [{"unplaced": frozenset({("a", "x")})}, {"mixed": frozenset({("a", 1)})}]
)
def test_questions_that_are_told_coarsely_already_stay_so(hiding: dict[str, frozenset]) -> None:
    told = told_axis_variables(SHARES, public(PLACED), Pattern(5, places=10.0, **hiding))
    close(told["r2"][:2], [0.2612, 1 / 7])
    assert told["p_value"][0] == 0.0612
    assert told["p_value"][1] != 0.0312
    weighted = Pattern(5, places=10.0, weighted=True, **hiding)
    told = told_axis_variables(SHARES, public(PLACED), weighted)
    close(told["r2"], [0.26, 0.13, 0.9, 0.78, 0.46])
    close(told["p_value"], [0.0612, 0.03, np.nan, 0.5, 0.6])


def test_ellipses_of_classes_lie_around_the_centres_that_are_told() -> None:
    table = pd.DataFrame({
        "class": [1, 1, 2, 1, 3], "axis_x": [1, 3, 1, 1, 1], "axis_y": [2, 2, 2, 2, 2],
        "center_x": [9.0, 9, 9, np.nan, 9], "center_y": [9.0, 9, 9, np.nan, 9],
        "width": [1.236] * 5, "height": [0.123] * 5, "angle": [12.6] * 5,
    })  # fmt: skip
    centres = {1: np.array([0.1, 0.2, 0.3]), 3: np.array([-1.0, 1.0, 0.0])}
    told = told_class_ellipses(table, {}, Pattern(5, centres=centres))
    close(told["center_x"], [0.1, 0.3, np.nan, np.nan, -1])
    close(told["center_y"], [0.2, 0.2, np.nan, np.nan, 1])
    assert told["width"].tolist() == [1.24] * 5
    assert told["height"].tolist() == [0.12] * 5
    assert told["angle"].tolist() == [13] * 5
    assert told.columns.tolist() == table.columns.tolist()
    assert table["center_x"][0] == 9


def test_ellipses_of_answers_have_the_steps_of_their_coordinates() -> None:
    table = pd.DataFrame({
        "variable": ["a", "a", "b"], "category": ["y", "x", "z"], "x": 0.1111, "y": -0.2311,
        "center_x": 0.3311, "center_y": 0.4511, "width": 1.236, "height": 0.123, "angle": 12.6,
    })  # fmt: skip
    told = told_category_ellipses(table, public(ANSWERS), PATTERN)
    close(told["x"], [0.12, 0.112, 0.1])
    close(told["y"], [-0.24, -0.232, -0.2])
    close(told["center_x"], [0.34, 0.332, 0.3])
    close(told["center_y"], [0.46, 0.452, 0.5])
    assert told[["width", "height", "angle"]].drop_duplicates().to_numpy().tolist() == [
        [1.24, 0.12, 13]
    ]


def test_subgroups_lie_in_steps_and_their_tests_have_one_digit() -> None:
    table = pd.DataFrame({
        "subgroup": ["f", "m"], "n": [5, 50], "distance": [0.113, 0.0], "chi2": [4.0, 4.0],
        "variance": [12.345, 3.0], "p_normal": [0.615, 0.047], "p_value": [0.0312, 2e-7],
    })  # fmt: skip
    told = told_subgroups(table, {}, PATTERN)
    close(told["distance"], [0.12, 0])
    close(told["chi2"], [4 * (0.12 / 0.113) ** 2, 0])
    close(told["variance"], [12.3, 3])
    close(told["p_normal"], [0.6, 0.04])
    close(told["p_value"], [0.03, 0.0005])
    assert told.columns.tolist() == table.columns.tolist()


def test_subgroups_lie_on_axes_in_the_steps_of_their_numbers() -> None:
    table = pd.DataFrame({
        "subgroup": ["m", "f", "g"], "axis": 1, "mean": 0.1111, "deviation": [0.1111, 0.1111, 0],
        "z": 2.0, "p_normal": 0.615, "p_value": 0.0312,
    })  # fmt: skip
    known = pd.DataFrame({"subgroup": ["f", "m", "g"], "n": [5, 50, None]})
    told = told_subgroup_axes(table, {"subgroups": known}, PATTERN)
    close(told["mean"], [0.112, 0.12, 0.1])
    close(told["deviation"], [0.112, 0.12, 0])
    close(told["z"], [2 * 0.112 / 0.1111, 2 * 0.12 / 0.1111, 0])
    assert told["p_normal"].tolist() == [0.6] * 3
    assert told["p_value"].tolist() == [0.03] * 3


def test_variances_of_crossed_questions_have_one_decimal() -> None:
    table = pd.DataFrame({"axis": [1, 2], "first": [12.345, 1], "interaction": [0.06, 0.04]})
    told = told_crossed_effects(table, {}, PATTERN)
    assert told.to_numpy().tolist() == [[1, 12.3, 0.1], [2, 1, 0]]
