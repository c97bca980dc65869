"""Separation and sparse cells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.membership.design_matrix import design_matrix
from rfree.membership.memberships import Memberships, read_memberships
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.separation_checks import (
    multinomial_separation,
    ordered_separation,
    sparse_cells,
)


def _given(table: pd.DataFrame, classes: list[int]) -> Memberships:
    return read_memberships(design_matrix(table), classes, None, None)


def test_overlapping_classes_are_not_separated() -> None:
    given = _given(pd.DataFrame({"age": [30.0, 40, 35, 45]}), [1, 1, 2, 2])
    assert multinomial_separation(given).kind == "none"
    assert ordered_separation(given).kind == "none"


@pytest.mark.parametrize("check", [multinomial_separation, ordered_separation])
def test_a_gap_between_classes_is_complete_separation(check) -> None:  # type: ignore[no-untyped-def]
    given = _given(pd.DataFrame({"age": [30.0, 35, 40, 45]}), [1, 1, 2, 2])
    separation = check(given)
    assert separation.kind == "complete"
    row = separation.infinite.set_index("term").loc["age"]
    assert row["direction"] == 1


@pytest.mark.parametrize("check", [multinomial_separation, ordered_separation])
def test_classes_that_touch_are_quasi_complete_separation(check) -> None:  # type: ignore[no-untyped-def]
    given = _given(pd.DataFrame({"age": [30.0, 40, 40, 45]}), [1, 1, 2, 2])
    assert check(given).kind == "quasi-complete"


def test_one_class_out_of_three_without_a_category() -> None:
    table = pd.DataFrame({"practice": ["solo", "solo", "solo"] + ["solo", "group"] * 4})
    separation = multinomial_separation(_given(table, [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]))
    assert separation.kind == "quasi-complete"
    term = separation.infinite.query("term == 'practice: group'")
    assert term["outcome"].tolist() == [2, 3]
    assert (term["direction"] == 1).all()
    empty = separation.sparse_cells.query("n == 0")
    assert empty[["variable", "category", "class"]].to_numpy().tolist() == [
        ["practice", "group", 1]
    ]


def test_separation_does_not_depend_on_units() -> None:
    random = np.random.default_rng(4)
    age = random.uniform(30, 70, 40)
    classes = np.where(age > 50, 2, 1).tolist()
    for factor in (1e-4, 1.0, 1e4):
        given = _given(
            pd.DataFrame({"age": age * factor, "noise": random.normal(size=40)}), classes
        )
        assert multinomial_separation(given).kind == "complete"


def test_scores_climb_along_the_direction_found() -> None:
    # Two terms separate only together: neither does alone.
    table = pd.DataFrame({"x": [0.0, 1, 2, 3, 0, 1, 2, 3], "y": [1.0, 2, 3, 4, -1, 0, 1, 2]})
    given = _given(table, [2, 2, 2, 2, 1, 1, 1, 1])
    separation = multinomial_separation(given)
    assert separation.kind == "complete"
    direction = separation.infinite.set_index("term")["direction"]
    assert (direction["x"], direction["y"]) == (-1, 1)


def test_uncertain_members_undo_separation() -> None:
    design = design_matrix(pd.DataFrame({"age": [30.0, 35, 40, 45]}))
    degrees = pd.DataFrame({1: [0.9, 0.9, 0.1, 0.1], 2: [0.1, 0.1, 0.9, 0.9]})
    assert multinomial_separation(read_memberships(design, None, None, degrees)).kind == "none"


def test_sparse_cells_are_those_below_the_limit() -> None:
    table = pd.DataFrame({"practice": ["solo"] * 9 + ["group"] * 3})
    given = _given(table, [1] * 6 + [2] * 6)
    cells = sparse_cells(given, below=4)
    assert cells[["category", "class", "n"]].to_numpy().tolist() == [
        ["group", 1, 0],
        ["solo", 2, 3],
        ["group", 2, 3],
    ]


def test_the_maximum_and_the_linear_programme_agree() -> None:
    random = np.random.default_rng(17)
    kinds = set()
    for _ in range(40):
        table = pd.DataFrame(
            {"age": random.normal(size=14), "practice": random.choice(["s", "g"], 14)}
        )
        classes = random.permutation(np.repeat([1, 2, 3], [4, 5, 5]))
        for penalty in (None, "firth"):
            model = multinomial_logit(design_matrix(table), classes, reference=1, penalty=penalty)
            direct = multinomial_separation(model.given)
            assert model.separation.kind == direct.kind
            kinds.add(direct.kind)
    assert kinds >= {"none", "quasi-complete"}


def test_cells_of_fewer_than_five_are_sparse_whatever_the_weights() -> None:
    table = pd.DataFrame(
        {"sex": ["f"] * 5 + ["m"] * 9 + ["f"] * 4, "age": np.arange(18.0) % 7,
         "job": list("abc") * 6}
    )  # fmt: skip
    given = read_memberships(
        design_matrix(table, references={"sex": "m", "job": "b"}), [1] * 9 + [2] * 9,
        np.linspace(1, 3, 18), None,
    )  # fmt: skip
    cells = sparse_cells(given)
    assert list(cells.columns) == ["variable", "category", "class", "n"]
    # f of class 1 are five: no sparse cell.
    assert cells.to_numpy().tolist() == [
        ["sex", "m", 1, 4], ["sex", "f", 2, 4],
        *[["job", job, number, 3] for number in (1, 2) for job in ("b", "a", "c")],
    ]  # fmt: skip
    assert cells.index.tolist() == list(range(8))
    nothing = sparse_cells(_given(table[["age"]], [1] * 9 + [2] * 9))
    assert list(nothing.columns) == ["variable", "category", "class", "n"]
    assert nothing.empty


def test_infinite_estimates_are_named_with_their_direction() -> None:
    # Class 3 is above 50, and nothing tells 1 from 2.
    age = [30.0, 40, 45, 31, 41, 44, 60, 70, 80]
    table = pd.DataFrame({"age": age, "noise": [1.0, 2, 3, 3, 2, 1, 1, 3, 2]})
    classes = [1, 1, 1, 2, 2, 2, 3, 3, 3]
    # The slope of an ordered model is that of both limits, and 1 and 2 overlap.
    assert ordered_separation(_given(table, classes)).kind == "none"
    multinomial = multinomial_separation(_given(table, classes))
    by = multinomial.infinite.set_index(["outcome", "term"])["direction"]
    assert by[3, "age"] == 1
    assert by[3, "(intercept)"] == -1
    assert (2, "noise") not in by.index


@pytest.mark.parametrize("direction", [1, -1])
def test_limits_of_ordered_classes_go_with_the_slope(direction: int) -> None:
    table = pd.DataFrame({"age": [30.0, 35, 40, 45, 60, 70][::direction]})
    found = ordered_separation(_given(table, [1, 1, 2, 2, 3, 3]))
    assert found.kind == "complete"
    assert list(found.infinite.columns) == ["outcome", "term", "direction"]
    assert found.infinite.to_numpy().tolist() == [
        ["", "age", direction], ["", "1|2", direction], ["", "2|3", direction],
    ]  # fmt: skip
    touching = pd.DataFrame({"age": [30.0, 40, 40, 45, 45, 70][::direction]})
    assert ordered_separation(_given(touching, [1, 1, 2, 2, 3, 3])).kind == "quasi-complete"


def test_intercept_and_limit_are_those_of_the_terms_as_they_are() -> None:
    # Parted between -2 and 0, on the other side of zero than the mean (7/3).
    table = pd.DataFrame({"x": [-3.0, -2, 0, 5, 6, 8]})
    given = _given(table, [1, 1, 2, 2, 2, 2])
    by = multinomial_separation(given).infinite.set_index("term")["direction"]
    # Class 2 is as soon as a + b x > 0: b above 0, and a = -b times a negative number.
    assert by.to_dict() == {"(intercept)": 1, "x": 1}
    ordered = ordered_separation(given).infinite.set_index("term")["direction"]
    # Class 1 is up to the limit a > b x, which is negative.
    assert ordered.to_dict() == {"x": 1, "1|2": -1}
