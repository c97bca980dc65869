"""Coded statements, counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from rfree.description.coded_statements import count_statements

FIELDS = ("inner", "outer", "later")
SAID = pd.DataFrame(
    [
        ("inner", "A", "time"), ("inner", "A", "money"), ("inner", "B", "money"),
        ("inner", "B", "rooms"), ("outer", "B", "rules"), ("inner", "B", "money"),
    ],
    columns=["field", "group", "statement"],
)  # fmt: skip


def test_fields_groups_and_statements_by_hand() -> None:
    counts = count_statements(SAID, fields=FIELDS)
    assert counts.by_field.to_dict("list") == {
        "field": ["inner", "outer", "later"], "n": [5, 1, 0],
        "share": [pytest.approx(500 / 6), pytest.approx(100 / 6), 0],
        "different": [3, 1, 0], "groups": [2, 1, 0],
    }  # fmt: skip
    assert counts.by_group["n"].tolist() == [2, 3, 0, 1, 0, 0]
    assert counts.by_group["share"].tolist() == [100, 75, 0, 25, 0, 0]
    assert counts.statements.to_numpy().tolist() == [
        ["inner", "money", 3, 2, 1], ["inner", "time", 1, 1, 2], ["inner", "rooms", 1, 1, 2],
        ["outer", "rules", 1, 1, 1],
    ]  # fmt: skip


def test_a_group_without_a_statement_is_counted_and_has_no_share() -> None:
    counts = count_statements(SAID, fields=FIELDS, groups=["C", "A", "B"])
    own = counts.by_group[counts.by_group["group"] == "C"]
    assert own["n"].tolist() == [0, 0, 0]
    assert own["share"].isna().all()


def test_counts_add_up_whatever_the_order_of_the_rows() -> None:
    counts = count_statements(SAID.sample(frac=1, random_state=2), fields=FIELDS)
    assert counts.by_group["n"].sum() == counts.by_field["n"].sum() == len(SAID)
    assert counts.statements["n"].sum() == len(SAID)


def test_the_same_words_in_two_fields_are_two_statements() -> None:
    said = pd.DataFrame(
        {"field": ["inner", "outer"], "group": ["A", "A"], "statement": ["money", "money"]}
    )
    assert len(count_statements(said, fields=FIELDS).statements) == 2


@pytest.mark.parametrize(("column", "value"), [("field", "above"), ("group", "D")])
def test_unknown_fields_and_groups_are_refused(column: str, value: str) -> None:
    wrong = SAID.assign(**{column: value})
    with pytest.raises(ValueError, match=f"{column} '{value}'"):
        count_statements(wrong, fields=FIELDS, groups=["A", "B"])


def test_no_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="no statement"):
        count_statements(SAID.iloc[:0], fields=FIELDS)
