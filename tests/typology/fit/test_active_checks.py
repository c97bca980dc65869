"""Answers that make no axes are told of once for each cause."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.fit.active_checks import active_table_of
from typology.problems import InputError, Problem
from typology.study.sections import StudyFile

DECIDED = {
    "title": {"fr": "t", "en": "t"}, "questionnaire": "q.yml", "responses": "r.csv",
    "active": ["hopes"], "missing": "passive category", "axes": 2, "classes": 2, "seed": 5,
}  # fmt: skip


def problems_of(items: dict[str, list[int]], passive_below: int) -> list[Problem]:
    choices = StudyFile.model_validate({**DECIDED, "passive_below": passive_below})
    with pytest.raises(InputError) as raised:
        active_table_of(pd.DataFrame(items, dtype="Int64"), choices)
    return list(raised.value.problems)


ALL_DIFFERENT = [1, 2, 3, 4]


@pytest.mark.parametrize(("n_items", "passive_below"), [(2, 2), (2, 4), (3, 2), (5, 3)])
def test_a_threshold_that_leaves_no_item_is_one_problem(n_items: int, passive_below: int) -> None:
    items = {f"E{number}": ALL_DIFFERENT for number in range(n_items)}
    (problem,) = problems_of(items, passive_below)
    assert problem.value == f"{passive_below}, with 4 respondents"
    assert problem.expected == (
        "a number that leaves two answers to an item: "
        f"this one leaves fewer to each of the {n_items} active items"
    )
    assert problem.remedy == "Lower it, or collect more answers."
    assert (problem.row, problem.column) == ("", "")
    assert problem.where == "study file › passive_below"


def test_a_threshold_that_leaves_some_items_is_told_of_the_others() -> None:
    (problem,) = problems_of({"E1": ALL_DIFFERENT, "E2": ALL_DIFFERENT, "E3": [1, 1, 2, 2]}, 2)
    assert problem.column == "E1, E2"
    (only,) = problems_of({"E1": ALL_DIFFERENT}, 2)
    assert only.column == "E1"


@pytest.mark.parametrize("passive_below", [0, 1])
def test_without_a_threshold_the_items_are_named(passive_below: int) -> None:
    (problem,) = problems_of({"E1": [1] * 4, "E2": [1] * 4}, passive_below)
    assert problem.column == "E1, E2"


@pytest.mark.parametrize(
    ("alike", "others", "told"),
    [(3, 2, True), (2, 1, True), (3, 3, False), (2, 2, False), (1, 0, False), (4, 0, True)],
)
def test_answers_alike_of_more_than_half_are_the_cause(alike: int, others: int, told: bool) -> None:
    given = [1] * alike + [2 + number for number in range(others)]
    (problem,) = problems_of({"E1": given, "E2": given}, 10)
    same = f"Check the answers: {alike} of {alike + others} respondents gave the very same ones."
    assert problem.remedy == (same if told else "Lower it, or collect more answers.")


def test_answers_that_make_axes_are_a_table() -> None:
    choices = StudyFile.model_validate({**DECIDED, "passive_below": 2})
    items = pd.DataFrame({"E1": [1, 1, 2, 2, 3], "E2": [1, 2, 1, 2, 1]}, dtype="Int64")
    table = active_table_of(items, choices, blocks={"E1": "a", "E2": "b"})
    assert table.passive == (("E1", "3"),)
    assert table.blocks == {"E1": "a", "E2": "b"}
