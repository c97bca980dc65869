"""What headings of codes alone, or cut short, may hold: proposed by order and number."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from typology.answers.headings.proposed_columns import (
    columns_to_declare,
    cut_columns_to_declare,
    cut_headings,
    declared_columns,
    declared_problems,
    proposals,
    proposed_columns,
)
from typology.answers.platforms import AnswerTable
from typology.questionnaire.file import questionnaire_from_mapping
from typology.questionnaire.header_names import KnownNames


def block(name: str, count: int) -> dict[str, Any]:
    items = [{"id": f"{name}{at}", "en": f"Item {at} of the block {name} is long enough"}
             for at in range(1, count + 1)]  # fmt: skip
    return {"id": f"block{name}", "title": {"en": name}, "scale": "agreement", "items": items,
            "direction": "neutral"}  # fmt: skip


def asked() -> Any:
    return questionnaire_from_mapping({
        "title": {"en": "T"}, "languages": ["en"],
        "scales": {"agreement": [{"code": 1, "en": "No"}, {"code": 2, "en": "Yes"}]},
        "blocks": [block("A", 3), block("B", 2)],
        "respondent": [
            {"id": "tools", "type": "multiple", "en": "Tools",
             "choices": [{"code": "v", "en": "Video"}, {"code": "p", "en": "Phone"}]},
            {"id": "place", "type": "text", "en": "The place where you work most of your time"},
        ],
    })  # fmt: skip


ITEMS = ["A1", "A2", "A3", "B1", "B2"]
GROUPED = ["q1_1", "q1_2", "q1_3", "x", "q2_1", "q2_2"]


@pytest.mark.parametrize(
    "headers",
    [
        GROUPED,
        ["G[SQ001]", "G[SQ002]", "G[SQ003]", "H[SQ001]", "H[SQ002]"],
        ["V1", "V2", "V3", "W01", "W02"],
        ["a:1", "A:2", "a:3", "b-1", "b-2"],
        [" q.1 ", "q.2", "q.3", "r/1", "r/2"],
        ["s1", "z1", "z2", "z3", "y1", "y2"],  # a code alone is no group
    ],
)
def test_groups_of_as_many_headings_are_paired_in_order(headers: list[str]) -> None:
    found = proposed_columns(asked(), headers, [*ITEMS, "place"])
    told = [header for header in headers if header not in ("x", "s1")]
    assert list(found.items()) == list(zip(ITEMS, told, strict=True))


def test_choices_are_paired_too_where_there_are_as_many() -> None:
    missing = [*ITEMS, "tools"]
    three = [*GROUPED, "t_1", "t_2"]
    found = proposed_columns(asked(), three, missing)
    assert {key: found[key] for key in ("tools:v", "tools:p")} == {
        "tools:v": "t_1", "tools:p": "t_2",
    }  # fmt: skip
    assert list(proposed_columns(asked(), GROUPED, missing)) == ITEMS


def test_one_group_of_all_items_is_one_after_the_other() -> None:
    headers = ["a_1", "a_2", "V1", "V2", "V3", "V4", "V5"]
    assert proposed_columns(asked(), headers, ITEMS) == dict(zip(ITEMS, headers[2:], strict=True))


@pytest.mark.parametrize(
    ("headers", "missing"),
    [
        (GROUPED, ["A1", "A2", "B1"]),  # of no block all is missing
        (GROUPED, ["place", "tools"]),
        (["q1_1", "q1_2", "q1_3"], ITEMS),
        (["q2_1", "q2_2", "q1_1", "q1_2", "q1_3"], ITEMS),  # in another order
        (["one", "two", "three", "four", "five"], ITEMS),
        ([], ITEMS),
    ],
)
def test_nothing_is_proposed_unless_every_block_is_paired(
    headers: list[str], missing: list[str]
) -> None:
    assert proposed_columns(asked(), headers, missing) == {}


def test_a_block_that_is_found_is_not_paired() -> None:
    found = proposed_columns(asked(), ["x1", "x2", "y1", "y2"], ["A1", "B1", "B2"])
    assert found == {"B1": "x1", "B2": "x2"}


def test_what_is_proposed_is_one_problem_with_its_line() -> None:
    problem = columns_to_declare("a.csv", {"A1": "V1", "A2": "V2"}, {"place": "Where"})
    assert (problem.row, problem.column, problem.where) == ("", "V1, V2", "a.csv")
    assert problem.value == "2 columns that codes alone name"
    assert problem.expected == "the id or the wording of a question"
    assert problem.remedy == (
        "In the order of both, and as there are as many of each, they may be A1 to A2: check this "
        "line, and add it to the study file. Or export the answers with the texts of the questions "
        "as headings."
    )
    assert problem.study_lines == {"columns": {"place": "Where", "A1": "V1", "A2": "V2"}}


CUT = "The place where you work mo"


def test_a_heading_cut_short_is_proposed_where_it_begins_one_wording() -> None:
    names = KnownNames(asked())
    assert cut_headings(names, [CUT, "Another"], ["place"]) == {"place": CUT}
    assert cut_headings(names, [CUT], ["A1"]) == {}
    assert cut_headings(names, [CUT, CUT + "st"], ["place"]) == {}
    one = cut_columns_to_declare("a.csv", {"place": CUT}, {"A1": "x"}, names)
    assert (one.row, one.column, one.where) == ("", CUT, "a.csv")
    assert one.value == "a heading that seems cut short"
    assert one.expected == "the id or the whole wording of a question"
    assert one.remedy == (
        f"'{CUT}' begins the wording of place, 'The place where you work most of your time', and "
        "no other. Check this line, and add it to the study file."
    )
    assert one.study_lines == {"columns": {"A1": "x", "place": CUT}}
    two = cut_columns_to_declare("a.csv", {"place": CUT, "A1": "Item 1 of"}, {}, names)
    assert two.value == "2 headings that seem cut short"
    assert two.column == f"{CUT}, Item 1 of"


def test_what_is_proposed_is_no_longer_unknown_nor_missing() -> None:
    names = KnownNames(asked())
    problems, unknown, missing = proposals(
        "a.csv", asked(), names, unknown=[*GROUPED, "t_1", "t_2", CUT],
        missing=[*ITEMS, "tools", "place"], declared={},
    )  # fmt: skip
    assert [problem.value for problem in problems] == ["7 columns that codes alone name"]
    assert unknown == ["x", CUT]
    assert missing == ["place"]
    problems, unknown, missing = proposals(
        "a.csv", asked(), names, unknown=["x", CUT], missing=["tools", "place"], declared={}
    )
    assert [problem.value for problem in problems] == ["a heading that seems cut short"]
    assert (unknown, missing) == (["x"], ["tools"])
    nothing = proposals("a.csv", asked(), names, unknown=["x"], missing=["place"], declared={})
    assert nothing == ([], ["x"], ["place"])


def test_columns_that_are_declared_are_found_by_their_headings() -> None:
    names = KnownNames(asked())
    table = AnswerTable("a.csv", ("Où", "V1", "x"), pd.DataFrame(columns=range(3)))
    declared = {"place": "OU", "A1": "v1", "Z9": "x", "A2": "Où est-ce"}
    assert declared_columns(table, names, declared) == {0: "place", 1: "A1"}
    first, second = declared_problems(table, names, declared)
    assert (first.row, first.column, first.value, first.where) == ("", "", "Z9", "columns")
    assert first.expected == "the id of an item or of a question, or 'question:choice'"
    assert first.remedy.endswith("Correct the list.")
    assert (second.row, second.column, second.value) == ("", "", "Où est-ce")
    assert (second.expected, second.where) == ("a column of a.csv", "columns › A2")
    assert second.remedy.endswith("Correct the list.")
    near = declared_problems(table, names, {"A1": "V11"})
    assert "V1" in near[0].remedy
