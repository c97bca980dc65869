"""Subgroups and crossed questions of a study: every fault is told, with what there is instead."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from typology.questionnaire import Questionnaire
from typology.study.subgroup_choices import subgroup_answers, subgroup_problems
from weighted_study import questionnaire


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return Questionnaire.model_validate(questionnaire())


def told(
    asked: Questionnaire,
    subgroups: dict[str, list[str]] | None = None,
    crossed: tuple[str, ...] | None = None,
) -> list[str]:
    choices: Any = SimpleNamespace(subgroups=subgroups or {}, crossed=crossed)
    return [str(each) for each in subgroup_problems(choices, asked, where="study.yml")]


def test_what_the_questionnaire_offers_is_right(asked: Questionnaire) -> None:
    assert told(asked, {"sex": ["f", "m"], "age": ["<40"]}, ("sex", "age")) == []
    assert subgroup_answers(asked.question("age")) == ("<40", ">=40")
    assert subgroup_answers(asked.question("sex")) == ("f", "m")


def test_answers_that_are_not_offered_are_told_each(asked: Questionnaire) -> None:
    assert told(asked, {"sex": ["zzz", "f"]}) == [
        "study.yml › subgroups › sex: found 'zzz', expected an answer to sex (f, m). Name one of "
        "these answers."
    ]


def test_an_unknown_question_is_told_once_and_its_answers_are_not(asked: Questionnaire) -> None:
    (problem,) = told(asked, {"zzzzzz": ["a", "b"]})
    assert problem.startswith(
        "study.yml › subgroups: found 'zzzzzz', expected a question with a single choice, or a "
        "number with bands ("
    )
    assert problem.endswith("Name another one, or remove it.")
    (problem,) = told(asked, None, ("zzzzzz", "sex"))
    assert problem.startswith("study.yml › crossed: found 'zzzzzz'")


def test_a_question_is_not_crossed_with_itself(asked: Questionnaire) -> None:
    assert told(asked, None, ("sex", "sex")) == [
        "study.yml › crossed: found 'sex', expected two different questions. Name another one."
    ]


def test_nothing_to_choose_among_says_to_remove() -> None:
    nothing = Questionnaire.model_validate(questionnaire() | {"respondent": []})
    (problem,) = told(nothing, {"zzzzzz": ["a"]})
    assert problem.endswith("Remove it.")
