from __future__ import annotations

from pathlib import Path

import pytest

from typology.documents.blank_questionnaire import BOX, blank_questionnaire, blank_questionnaires
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire


@pytest.fixture(scope="module")
def questionnaire(project: Path) -> Questionnaire:
    return load_questionnaire(project / "data" / "questionnaire.yml")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_item_has_a_box_for_each_point_of_its_scale(
    questionnaire: Questionnaire, language: str
) -> None:
    lines = blank_questionnaire(questionnaire, language).splitlines()
    for place, item in enumerate(questionnaire.items.values(), start=1):
        line = next(line for line in lines if line.startswith(f"| {place}. "))
        assert item.in_(language) in line
        assert line.count(BOX) == len(questionnaire.scale_of(item.id).codes)


def test_every_choice_of_every_question_can_be_ticked(questionnaire: Questionnaire) -> None:
    text = blank_questionnaire(questionnaire, "fr")
    for question in questionnaire.respondent:
        assert question.fr in text
        for choice in question.choices:
            assert f"{BOX}\u00a0{choice.fr}" in text


def test_items_and_questions_are_numbered_through(questionnaire: Questionnaire) -> None:
    text = blank_questionnaire(questionnaire, "en")
    last = len(questionnaire.items) + len(questionnaire.respondent)
    assert f"**{last}\\.**" in text
    assert f"**{last + 1}\\.**" not in text


def test_a_questionnaire_in_one_language_is_shown_in_that_language_alone() -> None:
    coffee = Questionnaire.model_validate(
        {
            "title": {"en": "Coffee"},
            "languages": ["en"],
            "scales": {"yes": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes | sure"}]},
            "blocks": [
                {
                    "id": "hopes", "title": {"en": "Hopes"}, "scale": "yes",
                    "direction": "favourable", "items": [{"id": "H1", "en": "It is *hot*"}],
                }
            ],
            "respondent": [
                {"id": "why", "type": "text", "en": "Why?"},
                {"id": "best", "type": "rank", "en": "Which is best?",
                 "choices": [{"code": "a", "en": "Arabica"}, {"code": "r", "en": "Robusta"}]},
                {"id": "when", "type": "multiple", "en": "When?",
                 "choices": [{"code": "m", "en": "Morning"}, {"code": "e", "en": "Evening"}]},
            ],
        }
    )  # fmt: skip
    text = blank_questionnaires(coffee)
    assert text.startswith("::: {.questionnaire lang=en}\n")  # one language: no tab to choose
    assert "English" not in text
    assert "Français" not in text
    assert r"Yes \| sure" in text
    assert r"It is \*hot\*" in text
    assert "number from 1, the first, to 2" in text
    assert "several answers possible" in text
