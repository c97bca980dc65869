"""What a study file says of the models of membership, against its questionnaire."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from made_up_members import asked, study_file
from typology.study.membership_choices import membership_problems, modelled_questions
from typology.words.phrases import in_language

QUESTIONNAIRE = asked("favourable", "unfavourable")


def told(language: str = "en", **models: Any) -> list[str]:
    problems = membership_problems(study_file(**models), QUESTIONNAIRE, where="study.yml")
    return [
        " | ".join(in_language(text, language).replace("\u00a0", " ")
                   for text in (each.where, each.value, each.expected, each.remedy))
        for each in problems
    ]  # fmt: skip


def test_single_choices_and_numbers_are_modelled() -> None:
    assert modelled_questions(QUESTIONNAIRE) == ["practice", "sex", "age"]


def test_sensible_choices_have_no_problem() -> None:
    assert told() == []
    assert told(characteristics=[], reference=3) == []
    assert (
        told(characteristics=["sex", "age"], reference="wary", reference_answers={"sex": "male"})
        == []
    )


def test_an_unknown_characteristic_is_told_with_those_there_are() -> None:
    assert told(characteristics=["practise", "age"]) == [
        "study.yml › models › characteristics | practise | "
        "a question on the respondent (practice, sex, age) | Did you mean 'practice'?"
    ]


def test_a_question_that_no_model_takes_is_told() -> None:
    (problem,) = told(characteristics=["hobbies"])
    assert "a question with a single choice, or a number (practice, sex, age)" in problem


def test_where_nothing_could_be_named_it_is_said() -> None:
    assert told(characteristics=["age"], reference_answers={"sex": "male"}) == [
        "study.yml › models › reference_answers | sex | a characteristic with a single "
        "choice (there is none) | Remove it."
    ]
    (french,) = told("fr", characteristics=["age"], reference_answers={"sex": "male"})
    assert "(il n'y en a pas)" in french


def test_a_characteristic_named_twice_is_told_once() -> None:
    assert told(characteristics=["sex", "sex"]) == [
        "study.yml › models › characteristics | sex | each question once | Name it once."
    ]


@pytest.mark.parametrize("reference", ["glad", 4])
def test_a_reference_that_is_not_there_is_told(reference: Any) -> None:
    (problem,) = told(reference=reference)
    assert problem.startswith(f"study.yml › models › reference | {reference} | ")
    assert ("calm, wary" in problem) == (reference == "glad")
    assert ("a number from 1 to 3" in problem) == (reference == 4)


def test_unknown_reference_answers_are_told_all_at_once() -> None:
    problems = told(
        characteristics=["sex", "age"],
        reference_answers={"sex": "other", "age": "40", "practice": "solo"},
    )
    assert len(problems) == 3
    assert "an answer to sex (female, male)" in problems[0]
    assert "models › reference_answers › sex" in problems[0]
    assert all("a characteristic with a single choice (sex)" in each for each in problems[1:])


def test_problems_are_told_in_french() -> None:
    (problem,) = told("fr", characteristics=["hobbies"])
    assert "une question à choix unique, ou un nombre (practice, sex, age)" in problem
    (problem,) = told("fr", reference="glad")
    assert "un type déclaré (calm, wary), ou le numéro d'une classe" in problem


@pytest.mark.parametrize("reference", [True, 0, 1.5, [1]])
def test_a_reference_is_a_name_or_a_whole_number(reference: Any) -> None:
    with pytest.raises(ValidationError, match="the id of a type, or the number of a class"):
        study_file(reference=reference)


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError):
        study_file(characteristic=["sex"])
