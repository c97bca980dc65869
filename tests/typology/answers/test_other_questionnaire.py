"""Answers to another questionnaire are told to be so, once."""

from __future__ import annotations

import pandas as pd
import pytest

from study_of_tools import QUESTIONNAIRE
from typology.answers.headings.matching import match_columns
from typology.answers.headings.other_questionnaire import says_other_questionnaire
from typology.answers.platforms import AnswerTable
from typology.problems.problem import Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import questionnaire_from_mapping


def asking(*items: str) -> Questionnaire:
    return questionnaire_from_mapping({
        "title": {"fr": "Un projet"}, "languages": ["fr"],
        "scales": {"s": [{"code": 1, "fr": "Non"}, {"code": 2, "fr": "Oui"}]},
        "blocks": [{"id": "views", "title": {"fr": "Avis"}, "scale": "s", "direction": "neutral",
                    "items": [{"id": f"A{at}", "fr": item} for at, item in enumerate(items)]}],
        "respondent": [{"id": "age", "type": "number", "fr": "Quel est votre âge ?"}],
    })  # fmt: skip


COFFEE = asking("Le café réveille", "Il est bon", "Il coûte cher", "On en manque le lundi")
OTHERS = ("Douleurs du dos", "Marche quotidienne", "Sommeil", "Chutes", "Traitement")


def said(
    questionnaire: Questionnaire, *headers: str, absent: tuple[str, ...] = ()
) -> list[Problem]:
    cells = pd.DataFrame([["1"] * len(headers)] * 3, dtype="string")
    table = AnswerTable(name="a.csv", headers=headers, cells=cells)
    return list(match_columns(table, questionnaire, absent=absent).problems)


def test_a_questionnaire_of_other_answers_is_told_in_one_message() -> None:
    (problem,) = said(COFFEE, "id", "age", *OTHERS)
    assert says_other_questionnaire([problem]) is problem
    assert "0 of 4 items" in problem.value
    assert "5 columns" in problem.value
    assert set(OTHERS) <= set(problem.unknown)
    assert "A3" in problem.lacking
    assert "ne semble pas être le bon" in problem.text("fr")


@pytest.mark.parametrize(
    "headers",
    [
        ("Le café réveille", "Il est bon", "Il coûte cher", *OTHERS),  # most items are there
        ("age",),  # nothing else is: the answers lack, but are of no other survey
        ("age", "Le café reveile", "Il est bonn", "Il coute chère", "On en manque lundi"),
    ],
    ids=["most items", "few columns", "misspelt"],
)
def test_a_questionnaire_that_may_fit_is_not_doubted(headers: tuple[str, ...]) -> None:
    assert says_other_questionnaire(said(COFFEE, *headers)) is None


def test_a_block_that_was_not_asked_is_no_reason_to_doubt() -> None:
    found = said(COFFEE, *OTHERS, absent=("views",))
    assert says_other_questionnaire(found) is None


def test_headings_of_codes_alone_are_proposed_and_not_doubted() -> None:
    found = said(COFFEE, "V1", "V2", "V3", "V4")
    assert says_other_questionnaire(found) is None
    assert any(problem.study_lines for problem in found)


def test_simulated_answers_are_to_be_made_again() -> None:
    headers = ("simulated", *OTHERS)
    cells = pd.DataFrame([["true", *"11111"]] * 3, dtype="string")
    table = AnswerTable(name="a.csv", headers=headers, cells=cells)
    problem = says_other_questionnaire(match_columns(table, COFFEE).problems)
    assert problem is not None
    assert "typology simulate --force" in str(problem)


def test_the_study_of_tools_fits_its_own_columns() -> None:
    assert says_other_questionnaire(said(QUESTIONNAIRE, *QUESTIONNAIRE.items)) is None
