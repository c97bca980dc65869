"""The columns of a form made from the questionnaire are those of its platform alone."""

from __future__ import annotations

import pytest

from kinds_study import questionnaire
from typology.answers.platforms.own_form import OwnForm, own_form
from typology.questionnaire import Questionnaire
from typology.questionnaire.forms.form import make_form
from typology.questionnaire.forms.headings import answer_headings
from typology.words.typography import LANGUAGES, Language

PLATFORMS = {"LimeSurvey": "limesurvey", "REDCap": "redcap", "KoboToolbox": "xlsform",
             "Google Forms": "google-forms", "Qualtrics": "qualtrics"}  # fmt: skip


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return Questionnaire.model_validate(questionnaire())


def headers(asked: Questionnaire, platform: str, language: Language = "fr") -> list[str]:
    form = make_form(asked)
    told = answer_headings(form, PLATFORMS[platform], language=language)
    return ["Date", *(each.names[0] for each in told)]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_column_of_a_form_is_known_by_its_place(asked: Questionnaire, platform: str) -> None:
    found = own_form(headers(asked, platform), asked, platform)
    form = make_form(asked)
    told = answer_headings(form, PLATFORMS[platform], language="fr")
    assert list(found.keys) == list(range(1, len(told) + 1))
    for number, heading in enumerate(told, start=1):
        key = found.keys[number]
        assert key.partition(":")[0].partition("#")[0] == heading.asked
        if heading.own_words:
            assert key == f"{heading.asked}:{heading.choice}:text"
        elif heading.rank:
            assert key == f"{heading.asked}#{heading.rank}"
        elif heading.choice:
            assert key == f"{heading.asked}:{heading.choice}"
        else:
            assert key == heading.asked


def test_headings_of_another_platform_are_not_those_of_the_form(asked: Questionnaire) -> None:
    of_limesurvey = headers(asked, "LimeSurvey")
    assert own_form(of_limesurvey, asked, "Google Forms") == OwnForm()
    assert own_form(of_limesurvey, asked, "SurveyMonkey") == OwnForm()
    assert own_form(of_limesurvey, asked, "LimeSurvey").keys
    # Where no platform was recognised, all of them are looked for.
    assert (
        own_form(of_limesurvey, asked, "").keys == own_form(of_limesurvey, asked, "LimeSurvey").keys
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_wordings_is_found_where_no_platform_was_recognised(
    asked: Questionnaire, language: Language
) -> None:
    told = headers(asked, "Google Forms", language)
    found = own_form(told, asked, "")
    assert found.keys
    assert found == own_form(told, asked, "Google Forms")


def test_a_table_of_ids_is_no_form(asked: Questionnaire) -> None:
    assert own_form(["respondent", *asked.items], asked, "") == OwnForm()


def test_half_of_the_items_are_enough(asked: Questionnaire) -> None:
    form = make_form(asked)
    told = [each for each in answer_headings(form, "limesurvey", language="fr")
            if each.asked in asked.items]  # fmt: skip
    half = len(asked.items) // 2
    assert len(own_form([each.names[0] for each in told[:half]], asked, "LimeSurvey").keys) == half
    assert own_form([each.names[0] for each in told[: half - 1]], asked, "LimeSurvey") == OwnForm()


def test_a_code_may_have_its_text_after_it(asked: Questionnaire) -> None:
    form = make_form(asked)
    names = [each.names[0] for each in answer_headings(form, "limesurvey", language="fr")]
    texts = [
        f"{name}{sign}a text"
        for name, sign in zip(names, [". ", ": ", " - ", " | "] * 99, strict=False)
    ]
    assert own_form(texts, asked, "LimeSurvey").keys == own_form(names, asked, "LimeSurvey").keys
    assert own_form([f"x{name}. a text" for name in names], asked, "LimeSurvey") == OwnForm()


def test_answers_that_a_platform_writes_otherwise_are_told_by_scale_and_question(
    asked: Questionnaire,
) -> None:
    answers = own_form(headers(asked, "LimeSurvey"), asked, "LimeSurvey").answers
    assert set(answers) <= {*asked.scales, *asked.questions}
    assert "tools" not in answers  # ticks
    for written in answers.values():
        assert all(cell != code for cell, code in written.items())
    form = make_form(asked)
    (place, *_) = [each for each in answer_headings(form, "limesurvey", language="fr")
                   if each.asked == "place"]  # fmt: skip
    assert answers["place"] == {cell: code for cell, code in place.answers.items() if cell != code}
