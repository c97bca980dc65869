"""The grammar of sentences: lists, shares, labels within a sentence, their articles."""

from __future__ import annotations

import pytest

from narrated_study import QUESTIONNAIRE, plain
from typology.exhibits.canvas.style import tick_text
from typology.exhibits.class_shares import class_share
from typology.exhibits.clauses import block_phrase, inside, listed
from typology.exhibits.labels import Labels
from typology.questionnaire import Questionnaire


@pytest.mark.parametrize(
    ("parts", "language", "told"),
    [(["a"], "fr", "a"), (["a", "b"], "en", "a and b"), (["a", "b", "c"], "fr", "a, b et c")],
)
def test_parts_are_joined_by_commas_and_a_last_and(
    parts: list[str], language: str, told: str
) -> None:
    assert listed(parts, language) == told


def test_a_share_that_is_not_that_of_the_numbers_says_so() -> None:
    assert class_share({"share": 18.91, "share_weighted": True}, "en") == "18.9% weighted"
    assert class_share({"share": 18.91, "share_weighted": False}, "en") == "18.9%"
    assert class_share({"share": 18.91}, "en") == "18.9%"


@pytest.mark.parametrize(("value", "told"), [(2.0, "2"), (0.25, "0.25"), (1.5, "1.5")])
def test_a_tick_has_the_decimals_it_needs_and_no_more(value: float, told: str) -> None:
    assert tick_text(value, "en") == told


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Gagner du temps", "gagner du temps"),
        ("CPTS utiles", "CPTS utiles"),
        ("COVID-19 et soins", "COVID-19 et soins"),
        ("L’hôpital", "l’hôpital"),
        ("L'ARS décide", "l'ARS décide"),
        ("Âge", "âge"),
        ("I feel forced", "I feel forced"),
        ("A plan.", "a plan"),
        ("", ""),
    ],
)
def test_labels_lose_their_capital_inside_a_sentence_but_acronyms_do_not(
    label: str, expected: str
) -> None:
    assert inside(label) == expected


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("Attentes", "fr", "les attentes"),
        ("Freins", "fr", "les freins"),
        ("Accès", "fr", "le bloc « Accès »"),
        ("Temps", "fr", "le bloc « Temps »"),
        ("Ce qui freine", "fr", "le bloc « Ce qui freine »"),
        ("Fears", "en", "the fears"),
        ("Openness", "en", "the “Openness” items"),
        ("Focus", "en", "the “Focus” items"),
    ],
)
def test_only_a_plural_takes_its_article(title: str, language: str, expected: str) -> None:
    content = QUESTIONNAIRE.model_dump()
    content["blocks"][0]["title"] = {"fr": title, "en": title}
    named = Labels(Questionnaire.model_validate(content), language, {})
    assert plain(block_phrase(named, "hopes")) == expected


@pytest.mark.parametrize(("language", "separator"), [("fr", "\u00a0: "), ("en", ": ")])
def test_a_choice_of_several_can_be_told_with_its_question(language: str, separator: str) -> None:
    named = Labels(QUESTIONNAIRE, language, {})
    question = QUESTIONNAIRE.question("work")
    choice = question.choices[0]
    told = f"{question.short.in_(language)}{separator}{choice.in_(language)}"
    assert named.with_question(f"work:{choice.code}") == told
    [item, *_] = QUESTIONNAIRE.items
    assert named.with_question(item) == named.short(item)
