"""Words declared in the study file: each for something asked, each for an answer to it."""

from __future__ import annotations

from typing import Any

import pytest

from kinds_study import questionnaire
from typology.answers.cells.declared_words import declared_words_problems
from typology.questionnaire import Questionnaire
from typology.words.number_conventions import Conventions


def asked(**changes: dict[str, Any]) -> Questionnaire:
    content = questionnaire()
    for question in content["respondent"]:
        question.update(changes.get(question["id"], {}))
    return Questionnaire.model_validate(content)


def told(
    words: dict[str, Any], no_answer: tuple[str, ...] = (), **changes: dict[str, Any]
) -> list[tuple[str, str, str, str]]:
    found = declared_words_problems(Conventions(no_answer, words), asked(**changes))
    assert all((each.row, each.column) == ("", "") for each in found)
    return [(str(each.value), str(each.expected), str(each.remedy), each.where) for each in found]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("eleven", "7"), ("frequency", "Souvent"), ("frequency", "Don't know"), ("hopes", "10"),
        ("H1", "0"), ("D1", "9"), ("sex", "f"), ("place", "Ville"), ("place", ""),
        ("tools", "video"), ("tools", "yes"), ("tools", "non"), ("reasons", "Temps"),
        ("reasons", "2"), ("age", "41,5"), ("age", "41 ans"), ("age", ""), ("since", "2021-03-04"),
        ("since", "25/03/2021"), ("since", "n/a"), ("comment", "whatever"), ("seven", "Sans avis"),
    ],
)  # fmt: skip
def test_words_that_mean_an_answer_are_right(name: str, meaning: str) -> None:
    assert told({name: {"word": meaning}}) == []


@pytest.mark.parametrize(
    ("name", "meaning", "remedy"),
    [
        ("frequency", "Sometimes",
         "Write one of 1 (Jamais), 2 (Rarement), 3 (Souvent), 4 (Toujours), 9 (Ne sait pas)."),
        ("D1", "5",
         "Write one of 1 (Jamais), 2 (Rarement), 3 (Souvent), 4 (Toujours), 9 (Ne sait pas)."),
        ("place", "sea", "Write one of town (Ville), country (Campagne), other (Autre : ...)."),
        ("reasons", "first", "Write one of time (Temps), money (Argent), care (Soins)."),
        ("tools", "9", "Write one of video (Vidéo), phone (Téléphone), other (Autre : ...)."),
        ("place", "1", "Write one of town (Ville), country (Campagne), other (Autre : ...)."),
        ("age", "old", "Write the answer that it stands for."),
        ("since", "soon", "Write the answer that it stands for."),
        ("since", "04/03/2021", "Write the answer that it stands for."),
    ],
)  # fmt: skip
def test_words_that_mean_no_answer_are_told(name: str, meaning: str, remedy: str) -> None:
    assert told({name: {"word": meaning}}) == [
        (meaning, "what 'word' means: a code or words of the questionnaire", remedy,
         "answer_words"),
    ]  # fmt: skip


def test_dates_are_read_in_the_format_of_their_question() -> None:
    since = {"date_format": "dd/mm/yyyy"}
    assert told({"since": {"spring": "04/03/2021"}}, since=since) == []
    assert len(told({"since": {"spring": "03/25/2021"}}, since=since)) == 1


def test_a_word_for_everything_means_an_answer_to_something() -> None:
    assert told({"Yep": "video", "So so": "Souvent", "old": "41"}) == []
    assert told({"Yep": "nothing at all"}) == [
        ("nothing at all", "what 'Yep' means: a code or words of the questionnaire",
         "Write the answer that it stands for.", "answer_words"),
    ]  # fmt: skip


def test_names_of_nothing_asked_are_told() -> None:
    (problem,) = told({"frequencies": {"a": "1"}})
    assert problem[:2] == ("frequencies", "the id of a scale, a block, an item or a question")
    assert "frequency" in problem[2]
    assert problem[2].endswith("Correct it.")
    assert problem[3] == "answer_words"
    assert told({"qqqq": {"a": "1"}})[0][2] == "Correct it."


def test_words_of_no_answer_that_are_answers_are_told() -> None:
    assert told({}, ("Refus", "n/a")) == []
    assert told({}, ("Ne sait pas",)) == [
        ("Ne sait pas", "words that are no answer; this one is an answer: frequency",
         "Remove it; if it means no answer there, write instead: "
         'answer_words: {frequency: {"Ne sait pas": ""}}', "no_answer"),
    ]  # fmt: skip
    (several,) = told({}, ("7",))
    assert several[1] == "words that are no answer; this one is an answer: eleven, seven"
    assert told({}, ("Ville",))[0][1].endswith("an answer: place")
