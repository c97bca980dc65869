"""Scales of 3 to 11 points, with "don't know" beside them and points merged into categories."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kinds_study import questionnaire, scales
from typology.problems import InputError
from typology.questionnaire.answer_scale import NO_OPINION, Scale
from typology.questionnaire.file import questionnaire_from_mapping
from typology.questionnaire.item_answers import answer_categories, degrees, no_opinions


def asked(**changes: object) -> dict[str, Any]:
    content = questionnaire()
    content["scales"]["frequency"] |= changes
    return content


def told(content: dict[str, Any]) -> str:
    with pytest.raises(InputError) as caught:
        questionnaire_from_mapping(content)
    return str(caught.value)


@pytest.mark.parametrize("points", range(2, 12))
def test_a_scale_of_any_length_says_which_points_agree(points: int) -> None:
    scale = Scale.model_validate([{"code": code, "en": f"p{code}"} for code in range(points)])
    stances = [scale.stance(code) for code in scale.codes]
    assert stances.count("agree") == stances.count("disagree") == points // 2
    assert stances.count("neutral") == points % 2


def test_merged_points_have_the_stance_of_all_of_them() -> None:
    scale = Scale.model_validate(scales()["eleven"])
    assert [(each.id, each.stance) for each in scale.categories] == [
        ("0..3", "disagree"), ("4..6", "neutral"), ("7..10", "agree"),
    ]  # fmt: skip
    assert scale.category("7..10").in_("fr") == "D’accord"
    assert scale.category("7").in_("fr") == "7"
    assert not scale.has_category("8..10")


def test_answers_become_categories_and_degrees() -> None:
    asked_here = questionnaire_from_mapping(questionnaire())
    items = pd.DataFrame({"H1": [0, 5, pd.NA], "D1": [4, 9, 1], "N1": [8, 7, 8]}, dtype="Int64")
    categories = answer_categories(items, asked_here)
    assert categories["H1"].tolist() == ["0..3", "4..6", None]
    assert categories["D1"].tolist() == ["4", NO_OPINION, "1"]
    assert degrees(items, asked_here)["N1"].tolist() == [pd.NA, 7, pd.NA]
    counted = no_opinions(items, asked_here, counted_as=["passive"])
    assert counted.sum().tolist() == [0, 0, 2]


def test_don_t_know_as_a_point_is_told_with_the_line_to_write() -> None:
    points = [*scales()["frequency"]["points"], {"code": 5, "fr": "NSP", "en": "Don't know"}]
    message = told(asked(points=points, no_opinion=None))
    line = 'no_opinion: {code: 5, fr: "NSP", en: "Don\'t know", counts_as: "missing"}'
    assert line in message.replace("’", "'")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"no_opinion": {"code": 4, "fr": "NSP", "en": "DK"}}, "no_opinion › code"),
        ({"no_opinion": {"code": 9, "fr": "jamais", "en": "DK"}}, "no_opinion › fr"),
        (
            {"no_opinion": {"code": 9, "fr": "NSP", "en": "DK", "counts_as": "x"}},
            "missing, passive, category",
        ),
        ({"no_opinion": {"code": 9, "fr": "NSP"}}, "the English wording"),
        ({"merge": [{"codes": [1, 2], "fr": "a", "en": "a"}]}, "1, 2, 3, 4"),
        (
            {"merge": [{"codes": [1, 3], "fr": "a", "en": "a"},
                       {"codes": [2, 4], "fr": "b", "en": "b"}]},
            "every point once",
        ),
        (
            {"merge": [{"codes": [1, 2], "fr": "a", "en": "a"},
                       {"codes": [3, 4], "fr": "A", "en": "b"}]},
            "merge › no. 2 › fr",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_beside_the_points_is_told(changes: dict[str, Any], found: str) -> None:
    assert found in told(asked(**changes))


@pytest.mark.parametrize(
    ("place", "change", "found"),
    [
        (5, {"earliest": "2022-01-01"}, "a date not before 'earliest'"),
        (5, {"earliest": "soon"}, "a date (2021-03-31)"),
        (0, {"earliest": "2022-01-01"}, "no 'earliest' for type 'single'"),
        (0, {"themes": [{"code": "a", "fr": "a", "en": "a"}]}, "no 'themes' for type 'single'"),
        (7, {"themes_column": "coded"}, "under 'themes'"),
    ],
)
def test_keys_of_another_kind_of_question_are_told(
    place: int, change: dict[str, Any], found: str
) -> None:
    content = questionnaire()
    content["respondent"][place] |= change
    assert found in told(content)


def test_words_can_follow_one_choice_alone_and_none_that_is_ranked() -> None:
    content = questionnaire()
    content["respondent"][2]["choices"][0]["text"] = True
    assert "one choice with 'text: true'" in told(content)
    content = questionnaire()
    content["respondent"][4]["choices"][0]["text"] = True
    assert "no 'text' for a choice that is ranked" in told(content)


def test_the_schema_takes_a_scale_as_a_list_or_with_its_parts() -> None:
    schema = Scale.model_json_schema()
    assert [each.get("type") for each in schema["anyOf"]] == ["array", "object"]
