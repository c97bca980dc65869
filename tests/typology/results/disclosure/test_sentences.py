"""What was hidden, in words: the rule, who is alone, which answers to merge."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire
from typology.results.disclosure.sentences import disclosure_sentences, merged_answers
from weighted_study import questionnaire


@pytest.fixture(scope="module")
def labels() -> Labels:
    return Labels(Questionnaire.model_validate(questionnaire()), "en")


def report(*rows: tuple[Any, ...], hidden: int = 0, smallest: int = 5) -> pd.DataFrame:
    head = [("smallest_cell", "", "", "", smallest), ("hidden_cells", "", "", "", hidden),
            ("hidden_cells", "categories", "", "", hidden)]  # fmt: skip
    return pd.DataFrame([*head, *rows], columns=["measure", "table", "variable", "merged", "value"])


def alone(unique: int, k: int = 1, diversity: int = 2) -> list[tuple[Any, ...]]:
    return [("k_anonymity", "", "", "", k), ("l_diversity", "", "", "", diversity),
            ("unique_combinations", "", "", "", unique)]  # fmt: skip


HERE = " The folder private stays here."
WHAT = "in what may leave (numbers below 5, and what would give them back)."


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        (0, f"What may leave shows no number below 5: there was nothing to hide.{HERE}"),
        (1, f"One cell is hidden {WHAT}{HERE}"),
        (1234, f"1,234 cells are hidden {WHAT}{HERE}"),
    ],
)
def test_how_many_cells_are_hidden_is_told(labels: Labels, hidden: int, told: str) -> None:
    assert disclosure_sentences(report(hidden=hidden), labels) == [told]


def test_a_rule_that_is_lifted_is_told(labels: Labels) -> None:
    assert disclosure_sentences(report(hidden=9, smallest=1), labels) == [
        "Nothing is hidden (smallest_cell: 1): do not share these results as they are."
    ]


def test_what_weights_would_give_back_is_told_with_its_questions(labels: Labels) -> None:
    given = [("given_by_weights", "", "sex", "", 1), ("given_by_weights", "", "place", "", 2)]
    (_, told) = disclosure_sentences(report(*given), labels)
    assert told.startswith("The weights follow the answers to Sex and Place: ")
    assert "would give 3 hidden numbers back" in told
    (_, told) = disclosure_sentences(report(given[0]), labels)
    assert told.startswith("The weights follow the answers to Sex: ")
    assert "would give 1 hidden number back" in told


@pytest.mark.parametrize(
    ("unique", "begins"),
    [(0, "No respondent is alone"), (1, "One respondent is alone"), (7, "7 respondents are alone")],
)
def test_how_many_respondents_are_alone_is_told(labels: Labels, unique: int, begins: str) -> None:
    told = disclosure_sentences(report(*alone(unique, k=3, diversity=4)), labels)[1]
    assert told.startswith(begins)
    assert "(k-anonymity: 3; l-diversity: 4)" in told


def test_questions_and_answers_that_leave_fewer_alone_are_told(labels: Labels) -> None:
    rows = [
        *alone(7), ("unique_without", "", "sex", "", 4), ("unique_without", "", "place", "", 2),
        ("unique_without", "", "age", "", 7),
        ("unique_merged", "", "place", "suburb + country", 5),
        ("unique_merged", "", "sex", "f + ", 6), ("unique_merged", "", "age", "<40 + >=40", 7),
    ]  # fmt: skip
    told = disclosure_sentences(report(*rows), labels)
    assert told[2:] == [
        "The questions by which most are recognised: Sex (4 without it) and Place (2 without it).",
        "Answers to merge so that fewer are: Place, suburb and country (5) and "
        f"Sex, Woman and {labels.word('no_answer')} (6).",
    ]


def test_no_question_may_account_for_who_is_alone(labels: Labels) -> None:
    rows = [("unique_without", "", "sex", "", 7), ("unique_without", "", "place", "", 8)]
    told = disclosure_sentences(report(*alone(7), *rows), labels)
    assert told[2:] == [
        "No question accounts for this by itself: without any one of them, as many would be alone."
    ]
    nobody = disclosure_sentences(report(*alone(0), ("unique_without", "", "sex", "", 0)), labels)
    assert len(nobody) == 2


def test_merged_answers_are_their_words(labels: Labels) -> None:
    assert merged_answers("sex", "f + m", labels) == "Woman and Man"
    assert merged_answers("sex", "", labels) == merged_answers("", "f + m", labels) == ""
