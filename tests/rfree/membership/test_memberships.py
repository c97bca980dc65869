"""Who belongs to which class: classes, degrees and weights of the respondents kept."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.membership.design_matrix import design_matrix
from rfree.membership.memberships import read_memberships

AGES = pd.DataFrame({"age": [30.0, 41, np.nan, 50, 38]}, index=list("abcde"))
DESIGN = design_matrix(AGES)
CLASSES = ["x", "y", "x", "y", "x"]


def test_classes_become_degrees_of_those_kept() -> None:
    given = read_memberships(DESIGN, CLASSES, None, None)
    assert given.classes == given.ascending == ("x", "y")
    np.testing.assert_array_equal(given.memberships, [[1, 0], [0, 1], [0, 1], [1, 0]])
    np.testing.assert_array_equal(given.design, [[1, 30], [1, 41], [1, 50], [1, 38]])
    assert given.terms is DESIGN.terms
    assert given.weights.tolist() == [1, 1, 1, 1]
    assert (given.uncertain, given.weighted) == (False, False)
    assert given.sizes.tolist() == [2, 2]


def test_weights_are_survey_weights_unless_told_to_count_respondents() -> None:
    weights = [2.0, 1.0, 9.0, 0.0, 3.0]
    survey = read_memberships(DESIGN, CLASSES, weights, None)
    # Who has no age or no weight is out; the others' weights have a mean of 1.
    assert survey.weights.tolist() == [1.0, 0.5, 1.5]
    assert survey.weighted
    assert survey.sizes.tolist() == [2.5, 0.5]
    np.testing.assert_array_equal(survey.design[:, 1], [30, 41, 38])
    counts = read_memberships(DESIGN, CLASSES, weights, None, frequencies=True)
    assert counts.weights.tolist() == [2.0, 1.0, 3.0]
    assert not counts.weighted
    assert counts.sizes.tolist() == [5.0, 1.0]


def test_spreads_are_weighted_standard_deviations() -> None:
    given = read_memberships(DESIGN, CLASSES, [2.0, 1.0, 9.0, 0.0, 1.0], None)
    ages = [30, 30, 41, 38]
    np.testing.assert_allclose(given.spreads, [0, np.std(ages)], atol=1e-12)


def test_degrees_go_by_the_names_of_classes_and_respondents() -> None:
    degrees = pd.DataFrame({"y": [0.2, 1, 0.5, 0.7, 0.1], "x": [0.8, 0, 0.5, 0.3, 0.9]}, AGES.index)
    alone = read_memberships(DESIGN, None, None, degrees)
    assert alone.classes == ("y", "x")
    np.testing.assert_allclose(alone.memberships[:, 0], [0.2, 1, 0.7, 0.1])
    both = read_memberships(DESIGN, CLASSES, None, degrees.iloc[::-1])
    assert both.classes == ("x", "y")
    np.testing.assert_allclose(both.memberships[:, 0], [0.8, 0, 0.3, 0.9])
    assert alone.uncertain
    assert both.uncertain
    # Those of an array are in the order of the classes.
    array = read_memberships(DESIGN, CLASSES, None, degrees[["x", "y"]].to_numpy())
    np.testing.assert_allclose(array.memberships, both.memberships)
    # One doubt is enough, and one of a respondent left out is none.
    certain = pd.DataFrame({"x": [1, 0, 0.5, 0, 1], "y": [0, 1, 0.5, 1, 0]}, AGES.index)
    assert not read_memberships(DESIGN, None, None, certain).uncertain


def test_degrees_that_sum_to_one_but_for_rounding_are_brought_to_one() -> None:
    degrees = np.array([[0.3, 0.7], [1, 0], [0.5, 0.5], [0.2, 0.8], [0, 1]])
    rounded = degrees * (1 + 5e-7)
    found = read_memberships(DESIGN, CLASSES, None, rounded).memberships
    np.testing.assert_allclose(found, degrees[[0, 1, 3, 4]], rtol=0, atol=1e-12)
    integers = pd.DataFrame({"x": [1, 0, 1, 0, 1], "y": [0, 1, 0, 1, 0]}, AGES.index, dtype="Int64")
    assert read_memberships(DESIGN, None, None, integers).memberships.dtype == float


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"membership": np.full((5, 2), 0.4)}, "sum to 1"),
        ({"membership": np.array([[1.0 + 3e-5, 0]] * 5)}, "sum to 1"),
        ({"membership": np.array([[1.5, -0.5]] * 5)}, "at least 0"),
        ({"membership": np.array([[np.nan, 1.0]] * 5)}, "shares"),
        ({"membership": np.full((5, 3), 1 / 3)}, r"shape \(5, 3\); expected \(5, 2\)"),
        ({"membership": np.full((4, 2), 0.5)}, r"shape \(4, 2\); expected \(5, 2\)"),
        ({"membership": pd.DataFrame({"x": [0.5] * 5, "z": [0.5] * 5}, AGES.index)},
         "columns x, z; expected the classes x, y"),
        ({"membership": pd.DataFrame({"x": [1.0] * 5, "y": [0.0] * 5})},
         r"membership \(5 rows\) and design \(5\) are labelled differently"),
        ({"membership": pd.DataFrame({"x": [1.0] * 5, "y": [0.0] * 5}, AGES.index)},
         "Nobody of class y is left among the 4 of 5"),
        ({"labels": ["x", "x", "y", "x", "x"]}, "Nobody of class y is left"),
        ({"labels": pd.Series(CLASSES)}, r"labels \(5 rows\) and design \(5\)"),
        ({"sample_weight": pd.Series([1.0] * 5)}, r"sample_weight \(5 rows\) and design \(5\)"),
        ({"labels": None}, "Give labels, or memberships"),
        ({"labels": None, "membership": np.full((5, 2), 0.5)}, "Give labels, or memberships"),
    ],
)  # fmt: skip
def test_what_is_no_membership_is_told(change: dict[str, object], told: str) -> None:
    right = {"labels": CLASSES, "sample_weight": None, "membership": None}
    with pytest.raises(ValueError, match=told):
        read_memberships(DESIGN, **right | change)  # type: ignore[arg-type]


def test_another_order_moves_classes_and_degrees_together() -> None:
    given = read_memberships(DESIGN, ["x", "y", "x", "z", "x"], None, None)
    turned = given.reordered([2, 0, 1])
    assert turned.classes == ("z", "x", "y")
    assert turned.ascending == ("x", "y", "z")
    np.testing.assert_array_equal(turned.memberships, given.memberships[:, [2, 0, 1]])
    assert turned.sizes.tolist() == [1, 2, 1]
