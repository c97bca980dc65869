"""The column of the weights: what it says of each respondent, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from typology.answers.columns.weight_column import (
    MOST_STOOD_FOR,
    counted_rows,
    read_weight_column,
)
from typology.answers.platforms import AnswerTable
from typology.problems.problem import Problem

OUT = "Give every respondent a weight: 0 leaves one out, 1 counts for one."


def read(*texts: str, **options: Any) -> tuple[list[float], list[Problem], tuple[str, ...]]:
    cells = pd.DataFrame({0: list(texts), 1: list(texts)}, dtype="string")
    cells.index += 2
    labels = {1: options.pop("labels", {})}
    table = AnswerTable("a.csv", ("id", "weight"), cells, value_labels=labels)
    rows = pd.Series([str(number) for number in cells.index])
    weights, problems, notices = read_weight_column(table, 1, rows, **options)
    return weights.tolist(), problems, notices


def test_weights_are_numbers_from_zero():
    assert read("1", " 0 ", "1,5", "0,25") == ([1.0, 0.0, 1.5, 0.25], [], ())


def test_what_is_no_weight_is_a_problem_a_kind():
    weights, problems, _ = read("1", "", "-2", "heavy", "heavy", "3 kg")
    np.testing.assert_array_equal(weights, [1, np.nan, -2, np.nan, np.nan, np.nan])
    assert [str(problem) for problem in problems] == [
        f"a.csv: row 3, column weight: found nothing, expected a weight: a number from 0. {OUT}",
        "a.csv: row 5, 6, 7, column weight: found heavy, 3 kg (3 times), expected a weight: a "
        "number from 0. Write the number alone.",
        "a.csv: row 4, column weight: found '-2', expected a weight: a number from 0. Correct it, "
        "or write 0 to leave the respondent out.",
    ]
    assert [problem.count for problem in problems] == [1, 3, 1]


def test_a_weight_with_a_label_is_no_number():
    _, (problem,), _ = read("1", "9", labels={"9": "Not known", "1": "1"})
    assert (problem.row, problem.value) == ("3", "9")


def test_a_weight_in_doubt_is_asked_about():
    _, (problem,), _ = read("1,280", "2")
    assert (problem.row, problem.value) == ("2", "1,280")
    assert "to read 1280" in problem.remedy
    assert read("1,280", "2", declared=".")[0] == [1280.0, 2.0]
    weights, problems, (notice,) = read("1,280", "2,5")
    assert (weights, problems) == ([1.28, 2.5], [])
    assert notice.startswith("weight: '1,280' is read as 1.28")


def test_somebody_weighs_something():
    _, (problem,), _ = read("0", "0,0")
    assert str(problem) == (
        "a.csv: column weight: found 0 on every row, expected some weights above 0. Check that "
        "this is the column of weights."
    )


def test_numbers_of_respondents_are_whole():
    _, (problem,), _ = read("2", "1.5", frequencies=True)
    assert str(problem) == (
        "a.csv: row 3, column weight: found '1.5', expected a number of respondents: a whole "
        "number from 0. Correct it, or remove 'frequencies: true': survey weights may have "
        "decimals."
    )
    assert read("2", "0", "3.0", frequencies=True) == ([2.0, 0.0, 3.0], [], ())


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_respondents_are_not_endless(more, refused):
    texts = (str(MOST_STOOD_FOR - 1), str(1 + more))
    assert read(*texts)[1] == []
    problems = read(*texts, frequencies=True)[1]
    assert [str(problem) for problem in problems] == refused * [
        "a.csv: column weight: found 1000001 respondents in all, expected at most 1000000 "
        "respondents. Check that this column counts respondents."
    ]


def test_each_respondent_counted_has_a_name():
    rows, names = counted_rows(pd.Series([1, 3, 0], index=["a", "b", "c"]))
    assert rows.tolist() == [0, 1, 1, 1]
    assert names == ["a", "b (1/3)", "b (2/3)", "b (3/3)"]


def test_an_endless_row_of_digits_is_no_weight_and_fills_no_screen():
    for options in ({}, {"frequencies": True}):
        _, (problem,), _ = read("1", "9" * 5000, **options)
        assert problem.row == "3"
        assert len(problem.value) <= 40
