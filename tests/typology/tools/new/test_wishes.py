"""What the options of `typology new` ask for, and what is asked question by question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from typology.problems import InputError
from typology.questionnaire import Scale
from typology.tools.new.answer_scales import MOST_POINTS, AnswerScale, kinds, scale_of
from typology.tools.new.wished.dialogue import Dialogue
from typology.tools.new.wished.wishes import BlockWish, Wishes, read_wishes


def test_a_block_says_its_direction_its_items_and_its_scale_in_any_order() -> None:
    [block] = read_wishes(blocks=["Part 1 | Partie 1:12:défavorable:fréquence 4"]).blocks
    assert block == BlockWish(
        ("Part 1", "Partie 1"), "unfavourable", 12, AnswerScale("frequency", 4)
    )


@pytest.mark.parametrize(
    "typed", ["accord 7", "agreement:7", "Agreement-7", "agreement7", "ACCORD : 7"]
)
def test_a_scale_is_named_in_either_language(typed: str) -> None:
    assert scale_of(typed, where="") == AnswerScale("agreement", 7)


def test_everything_wrong_in_the_options_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        read_wishes(languages="fr,de", blocks=["Hopes:favorable:0"], scale="agrement 5")
    told = str(refused.value)
    assert "'de'" in told
    assert "from 2 to 60 items" in told
    assert "Did you mean 'agreement'?" in told


@pytest.mark.parametrize(
    "options",
    [
        {"template": "satisfaction", "items": Path("items.xlsx")},
        {"example": "cpts", "titles": ["Other"]},
        {"template": "satisfaction", "scale": "agreement 5"},
    ],
)
def test_options_that_contradict_each_other_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(InputError, match="options that go together"):
        read_wishes(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("points", range(2, MOST_POINTS + 1))
@pytest.mark.parametrize("kind", kinds())
def test_every_scale_is_one_that_a_questionnaire_takes(kind: str, points: int) -> None:
    content = AnswerScale(kind, points).content(["fr", "en"])
    scale = Scale.model_validate(content, context={"languages": ("fr", "en")})
    assert len(scale.codes) == points
    middle = [scale.stance(code) for code in scale.codes].count("neutral")
    assert middle == points % 2


def answered(*answers: str, language: str = "en") -> tuple[Wishes, list[str], list[str]]:
    """What is wished by answers, the questions, and what is told besides."""
    asked: list[str] = []
    told: list[str] = []
    left: Iterator[str] = iter(answers)

    def ask(question: str) -> str:
        asked.append(question)
        return next(left)

    return Dialogue(ask, told.append, language).wishes(), asked, told


def test_enter_to_every_question_is_a_whole_study() -> None:
    wishes, asked, _ = answered(*[""] * 30, language="fr")
    assert wishes.languages == ("fr",)
    assert wishes.titles == ("Mon étude",)
    assert [block.titles for block in wishes.blocks] == [("Attentes",), ("Craintes",)]
    assert [block.direction for block in wishes.blocks] == ["favourable", "unfavourable"]
    assert wishes.types is not None
    assert len(wishes.types) == 4
    assert all("[" in question or "plus de bloc" in question for question in asked)


def test_a_study_in_two_languages_is_asked_for_in_both() -> None:
    wishes, asked, _ = answered(
        "fr, en", "Télésuivi", "Telehealth", "Espoirs", "Hopes", "pour", "5", "accord 7", "Soucis",
        "Worries", "contre", "4", "", "", "les uns | some, les autres | others",
    )  # fmt: skip
    assert wishes.titles == ("Télésuivi", "Telehealth")
    assert wishes.blocks == (
        BlockWish(("Espoirs", "Hopes"), "favourable", 5, AnswerScale("agreement", 7)),
        BlockWish(("Soucis", "Worries"), "unfavourable", 4, AnswerScale("agreement", 7)),
    )
    assert wishes.types == (("les uns", "some"), ("les autres", "others"))
    assert "Title in French [Mon étude] " in asked


def test_an_answer_that_cannot_be_used_is_asked_for_again() -> None:
    wishes, _, told = answered(
        "klingon", "en", "T", "B", "sideways", "for", "1000", "3", "agreement", "-", "neutral", "3",
        "", "", "-",
    )  # fmt: skip
    assert len(told) == 4  # the welcome, then a language, a direction and a number
    assert wishes.blocks[0].items == 3
    assert wishes.types == ()


def test_the_end_of_the_answers_stops_it_in_words() -> None:
    def nobody(_question: str) -> str:
        raise EOFError

    with pytest.raises(InputError, match="Give options instead"):
        Dialogue(nobody, lambda _text: None, "en").wishes()


@pytest.mark.parametrize("part", ["good", "-1", "2.5", "favorabl", "agreemant 5"])
def test_a_part_of_a_block_that_is_nothing_is_told_all_that_it_may_be(part: str) -> None:
    with pytest.raises(InputError) as raised:
        read_wishes(blocks=[f"Hopes:{part}:2"])
    [problem] = raised.value.problems
    assert problem.value == part
    for expected in (
        "a direction (favourable",
        "a number of items (2 to 60)",
        "a scale (agreement",
    ):
        assert expected in problem.expected
    assert '--block "Hopes:favourable:12:agreement 5"' in problem.remedy
    assert ("Did you mean" in problem.remedy) == part.startswith(("fav", "agr"))
