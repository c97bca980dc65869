"""The table of uniform and identical answers: counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from made_up_members import labels
from typology.items.measure import answer_quality_counts
from typology.items.tables import answer_quality_table

LINES = pd.DataFrame(
    {
        "respondent": list("abcde"),
        "items": [10, 10, 10, 10, 1],
        "share": [100.0, 80.0, 60.0, 30.0, 100.0],
        "longest_run": [10, 4, 5, 2, 1],
        "straight_liner": [True, False, False, False, False],
    }
)
TWINS = pd.DataFrame({"respondent": ["c", "d"], "group": [1, 1], "first": [True, False]})


def flow(*steps: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "step_id": ["read", *steps, "analysed"],
            "excluded": 0,
            "remaining": [5] * (len(steps) + 2),
        }
    )


def test_uniform_and_identical_answers_are_counted_among_those_they_can_be_of() -> None:
    tables = {"answer_quality": answer_quality_counts(LINES, TWINS), "flow": flow()}
    table = answer_quality_table(tables, labels("en"))
    assert [row[1:] for row in table.rows] == [
        ("1", "4", "25.0"), ("2", "4", "50.0"), ("2", "4", "50.0"), ("2", "5", "40.0"),
        ("1", "5", "20.0"),
    ]  # fmt: skip
    assert "makes up 70% of the answers" in table.notes[0].replace("\u00a0", " ")
    assert table.notes[-1].startswith("Nobody is left out")


@pytest.mark.parametrize("step", ["straight-liners", "duplicates"])
def test_who_is_left_out_for_it_is_told(step: str) -> None:
    tables = {"answer_quality": answer_quality_counts(LINES, TWINS), "flow": flow(step)}
    assert "écarte certains" in answer_quality_table(tables, labels("fr")).notes[-1]


def test_nobody_with_two_answers_leaves_a_dash() -> None:
    counts = answer_quality_counts(LINES.iloc[4:], TWINS.iloc[:0])
    tables = {"answer_quality": counts, "flow": flow()}
    table = answer_quality_table(tables, labels("fr"))
    assert table.rows[0][1:] == ("0", "0", "–")
