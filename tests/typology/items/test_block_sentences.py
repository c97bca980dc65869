"""Sentences and captions that follow the blocks of a questionnaire, whichever they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from typology.documents.choices import naming_rule, questionnaire_sentence
from typology.documents.quoted import Facts
from typology.exhibits.blocks import active_studied, supplementary_studied
from typology.exhibits.labels import Labels
from typology.exhibits.registry import Exhibit
from typology.items.block_sentences import (
    active_items,
    counted_items,
    roles_sentence,
    unanimous_paragraphs,
)
from typology.items.likert import ANSWERS
from typology.items.tables import unanimous_table
from typology.questionnaire import Questionnaire
from typology.study.sections import StudyFile
from typology.types.profiles import PROFILES

TITLES = {
    "hopes": ("Attentes", "Hopes"),
    "open": ("Ouverture", "Openness"),
    "trust": ("Confiance", "Trust"),
    "worries": ("Craintes", "Worries"),
}
SPACE = "\u00a0"


def labels(language: str, blocks: Sequence[str], *, questions: int = 0) -> Labels:
    return Labels(
        Questionnaire.model_validate(
            {
                "title": {"fr": "Essai", "en": "Trial"},
                "scales": {
                    "yes": [
                        {"code": 1, "fr": "Non", "en": "No"},
                        {"code": 2, "fr": "Oui", "en": "Yes"},
                    ]
                },
                "blocks": [
                    {
                        "id": block,
                        "title": dict(zip(("fr", "en"), TITLES[block], strict=True)),
                        "scale": "yes",
                        "direction": "favourable",
                        "items": [
                            {"id": f"{block}{each}", "fr": f"Chose {each}", "en": f"Thing {each}"}
                            for each in range(1, 3)
                        ],
                    }
                    for block in blocks
                ],
                "respondent": [
                    {"id": f"q{each}", "type": "number", "fr": "Âge", "en": "Age"}
                    for each in range(questions)
                ],
            }
        ),
        language,
    )


def tables(
    blocks: Sequence[str], active: Sequence[str], *, characteristic: bool = False
) -> Mapping[str, pd.DataFrame]:
    items = [f"{block}{each}" for block in blocks for each in (1, 2)]
    variables = [*items, "q0"] if characteristic else items
    active_variables = {f"{block}{each}" for block in active for each in (1, 2)}
    return {
        "item_agreement": pd.DataFrame(
            {
                "block": [block for block in blocks for _ in (1, 2)],
                "item": items,
                "agree_share": 60.0,
                "agree_low": 50.0,
                "agree_high": 70.0,
                "consensus": 0.5,
                "rank": [1, 2] * len(blocks),
            }
        ),
        "classes": pd.DataFrame({"class": [1], **{f"mean_{block}": [1.5] for block in active}}),
        "class_variables": pd.DataFrame(
            {
                "variable": variables,
                "role": [
                    "active" if each in active_variables else "supplementary" for each in variables
                ],
            }
        ),
    }


def facts(language: str, blocks: Sequence[str], types: Sequence[Mapping[str, Any]] = ()) -> Facts:
    choices = StudyFile.model_validate(
        {
            "title": {"en": "Trial"}, "questionnaire": "q.yml", "responses": "r.csv",
            "active": list(blocks), "missing": "own category", "axes": 2, "classes": 2, "seed": 1,
            "types": list(types),
        }
    )  # fmt: skip
    return Facts({}, labels(language, blocks, questions=len(types)), choices)


def test_blocks_come_in_the_order_of_the_questionnaire_whatever_that_of_the_study() -> None:
    blocks = ["hopes", "worries", "trust"]
    given = tables(blocks, ["worries", "hopes"])
    assert active_studied(given, labels("en", blocks)) == ["hopes", "worries"]
    assert supplementary_studied(given, labels("en", blocks)) == ["trust"]


def test_a_block_without_answers_is_left_out() -> None:
    given = tables(["hopes"], ["hopes"])
    assert active_studied(given, labels("en", ["hopes", "worries"])) == ["hopes"]
    assert not supplementary_studied(given, labels("en", ["hopes", "worries"]))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", f"2 attentes et 2 énoncés du bloc «{SPACE}Ouverture{SPACE}»"),
        ("en", "2 hopes and 2 “Openness” items"),
    ],
)
def test_items_are_counted_under_the_title_of_their_block(language: str, expected: str) -> None:
    blocks = ["hopes", "open"]
    assert active_items(tables(blocks, blocks), labels(language, blocks)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", f"1 énoncé du bloc «{SPACE}Attentes{SPACE}»"), ("en", "1 “Hopes” item")],
)
def test_a_single_item_takes_no_plural(language: str, expected: str) -> None:
    assert counted_items(labels(language, ["hopes"]), "hopes", 1) == expected


def test_the_questionnaire_is_told_with_and_without_questions_on_the_respondent() -> None:
    assert questionnaire_sentence(facts("en", ["hopes", "worries"])) == (
        "The questionnaire holds 2 hopes and 2 worries, answered by “no” or “yes”."
    )
    types = [{"id": "a", "en": "A", "profile": {"hopes": "high"}}]
    assert questionnaire_sentence(facts("fr", ["hopes", "worries"], types)) == (
        f"Le questionnaire comporte 2 attentes et 2 craintes, à répondre par «{SPACE}non{SPACE}» "
        f"ou «{SPACE}oui{SPACE}», et une question sur les répondants."
    )


@pytest.mark.parametrize(
    ("language", "blocks", "active", "characteristic", "expected"),
    [
        (
            "fr", ["hopes", "worries", "trust"], ["hopes", "worries"], True,
            "Les attentes et les craintes sont les variables actives d'une analyse des "
            "correspondances multiples. Les énoncés du bloc « Confiance » et les "
            "caractéristiques des répondants sont des variables supplémentaires : elles décrivent "
            "les axes et les types sans servir à les construire.",
        ),
        (
            "fr", ["open", "trust"], ["open", "trust"], False,
            "Les énoncés des blocs « Ouverture » et « Confiance » sont les variables actives d'une "
            "analyse des correspondances multiples.",
        ),
        (
            "en", ["hopes", "open", "trust", "worries"], ["open", "trust"], False,
            "The “Openness” and “Trust” items are the active variables of a multiple "
            "correspondence analysis. The hopes and the worries are supplementary: they describe "
            "the axes and the types but play no part in building them.",
        ),
    ],
)  # fmt: skip
def test_what_is_supplementary_is_told_where_there_is_any(
    language: str, blocks: list[str], active: list[str], characteristic: bool, expected: str
) -> None:
    given = tables(blocks, active, characteristic=characteristic)
    told = roles_sentence(given, labels(language, blocks, questions=int(characteristic)))
    assert told.replace(SPACE, " ") == expected


def test_classes_are_named_after_the_blocks_of_the_profiles_or_keep_their_number() -> None:
    types = [{"id": "a", "en": "A", "profile": {"worries": "high", "hopes": "low"}}]
    assert "agreement with the hopes and the worries)" in naming_rule(
        facts("en", ["hopes", "open", "worries"], types)
    )
    assert naming_rule(facts("en", ["hopes"])) == (
        "No type is declared in advance: each class keeps its number."
    )


@pytest.mark.parametrize(
    ("language", "blocks", "expected"),
    [
        ("fr", ["hopes", "worries"], "Le @tbl-unanimous donne les suivants."),
        ("en", ["open"], "@tbl-unanimous gives the next ones."),
    ],
)
def test_each_block_has_its_paragraph_and_the_last_one_cites_the_table(
    language: str, blocks: list[str], expected: str
) -> None:
    told = unanimous_paragraphs(tables(blocks, blocks), labels(language, blocks))
    assert len(told.split("\n\n")) == len(blocks)
    assert told.endswith(expected)


def test_one_table_has_the_most_unanimous_items_of_each_block() -> None:
    both = unanimous_table(tables(["hopes", "open"], ["hopes", "open"]),
                           labels("en", ["hopes", "open"]))  # fmt: skip
    assert [group.title for group in both.groups] == ["Hopes", "Openness"]
    alone = unanimous_table(tables(["open"], ["open"]), labels("en", ["open"]))
    assert [group.title for group in alone.groups] == [""]


def test_captions_take_the_title_of_any_block() -> None:
    french, english = (labels(each, ["hopes", "open"]) for each in ("fr", "en"))

    def caption(exhibit: Exhibit, names: Labels, block: str) -> str:
        return exhibit.caption({}, names, {"block": block})

    assert caption(ANSWERS, french, "hopes").startswith("Réponses aux attentes, ")
    assert caption(ANSWERS, french, "open").startswith("Réponses aux énoncés du bloc ")
    assert caption(ANSWERS, english, "open").startswith("Answers to the “Openness” items, ")
    assert caption(PROFILES, english, "hopes").startswith("Hopes: ")
