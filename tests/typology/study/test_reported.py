"""What a study reported, read from its file: what it may name, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.study.reported import ReportedPortrait, load_reported
from weighted_study import questionnaire


def content(
    *marks: dict[str, Any], unanimous: dict[str, list[str]] | None = None
) -> dict[str, Any]:
    return {
        "source": {"title": "A thesis", "kind": "thesis", "fr": "Une thèse", "en": "A thesis"},
        "respondents": 40,
        "classes": [
            {"id": "one", "n": 0, "share": 0, "fr": "Un", "en": "One"},
            {"id": "two", "n": 40, "share": 100, "fr": "Deux", "en": "Two",
             "portrait": {"fr": ["Une phrase."], "marks": list(marks)}},
        ],
        "most_unanimous": unanimous or {},
    }  # fmt: skip


def told(path: Path, said: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    path.write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")
    asked = Questionnaire.model_validate(questionnaire())
    try:
        load_reported(path, asked)
    except InputError as error:
        problems = error.problems
    else:
        return []
    assert all((each.row, each.column) == ("", "") for each in problems)
    return [
        (str(each.value), str(each.expected), str(each.remedy), each.where) for each in problems
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reported.yml"


MARKS = "reported.yml › classes › two › marks"


def test_blocks_items_and_questions_of_the_questionnaire_may_be_named(path: Path) -> None:
    marks = [
        {"block": "hopes", "than_all": "more"},
        {"variable": "H1", "category": "5", "than_all": "less"},
        {"variable": "sex", "category": "f", "than_all": "more"},
        {"variable": "sex:f", "category": "yes", "than_all": "more"},
        {"variable": "age", "category": "anything", "than_all": "more"},
    ]
    assert told(path, content(*marks, unanimous={"hopes": ["H1", "unknown"], "doubts": []})) == []
    asked = Questionnaire.model_validate(questionnaire())
    reported = load_reported(path, asked)
    assert (reported.respondents, reported.about) == (40, None)
    assert [each.share for each in reported.classes] == [0, 100]
    assert reported.classes[0].portrait == ReportedPortrait()
    assert reported.most_unanimous == {"hopes": ("H1", "unknown"), "doubts": ()}


def test_sentences_are_in_the_language_or_in_the_other() -> None:
    both = ReportedPortrait(fr=("Un.",), en=("One.",))
    assert (both.in_("fr"), both.in_("en")) == (("Un.",), ("One.",))
    assert ReportedPortrait(fr=("Un.",)).in_("en") == ("Un.",)
    assert ReportedPortrait(en=("One.",)).in_("fr") == ("One.",)
    assert ReportedPortrait().in_("fr") == ()


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ({}, "than_all"), ({"block": "hopes", "variable": "sex"}, "block, variable, than_all"),
        ({"variable": "sex"}, "variable, than_all"), ({"category": "f"}, "category, than_all"),
        ({"block": "hopes", "category": "f"}, "block, category, than_all"),
    ],
)  # fmt: skip
def test_a_mark_is_a_block_or_a_variable_with_its_category(
    path: Path, mark: dict[str, str], found: str
) -> None:
    assert told(path, content({**mark, "than_all": "more"})) == [
        (found, "a block, or a variable and its category", "Name what the sentence speaks of.",
         MARKS),
    ]  # fmt: skip


def test_names_that_the_questionnaire_does_not_have_are_told(path: Path) -> None:
    marks = [
        {"block": "xyz", "than_all": "more"},
        {"block": "hope", "than_all": "more"},
        {"variable": "qqq", "category": "1", "than_all": "more"},
        {"variable": "H1", "category": "9", "than_all": "more"},
        {"variable": "place", "category": "sea", "than_all": "less"},
        {"variable": "place:sea", "category": "yes", "than_all": "less"},
    ]
    found = told(path, content(*marks))
    assert [each[:2] for each in found] == [
        ("xyz", "a block (hopes, doubts)"), ("hope", "a block (hopes, doubts)"),
        ("qqq", "an item or a question"), ("9", "an answer to H1"),
        ("sea", "an answer to place"), ("sea", "an answer to place"),
    ]  # fmt: skip
    assert {each[3] for each in found} == {MARKS}
    assert found[0][2] == "Name one of these blocks."
    assert "hopes" in found[1][2]
    assert found[2][2] == "Name one that the questionnaire has."


def test_unanimous_items_are_those_of_their_block(path: Path) -> None:
    found = told(path, content(unanimous={"xyz": ["H1"], "hopes": ["H1", "D1", "qqq"]}))
    place = "reported.yml › most_unanimous"
    assert [(each[0], each[1], each[3]) for each in found] == [
        ("xyz", "a block (hopes, doubts)", place),
        ("D1", "an item of hopes, or unknown", place),
        ("qqq", "an item of hopes, or unknown", place),
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [("respondents", 0), ("classes", []), ("source", None), ("more", 1)],
)
def test_what_the_file_may_not_say_is_told(path: Path, key: str, value: object) -> None:
    found = told(path, content() | {key: value})
    assert len(found) >= 1
    assert all(each[3].startswith("reported.yml") for each in found)


@pytest.mark.parametrize(("key", "value"), [("n", -1), ("share", -0.1), ("share", 100.1)])
def test_sizes_of_classes_have_bounds(path: Path, key: str, value: float) -> None:
    said = content()
    said["classes"][0][key] = value
    (found,) = told(path, said)
    assert found[3].startswith("reported.yml › classes")


def test_values_off_the_list_and_unknown_names_are_told_at_once(path: Path) -> None:
    said = content({"block": "hope", "than_all": "more"}, unanimous={"hopes": ["qqq"]})
    said["respondents"] = 0
    said["classes"][1] |= {"n": -1}
    found = told(path, said)
    assert [each[0] for each in found] == ["0", "-1", "qqq", "hope"]
    said["classes"][0]["portrait"] = {"marks": [{"block": "xyz", "than_all": "equal"}]}
    assert {each[0] for each in told(path, said)} == {"0", "-1", "equal", "qqq", "hope"}
