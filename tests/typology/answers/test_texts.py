"""What cells say: numbers, ticks, lists of choices, and what is none of these."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from typology.answers.cells.code_books import CodeBook, Unreadable
from typology.answers.cells.texts import (
    bounds_of,
    is_missing,
    is_unit,
    map_distinct,
    number_reader,
    read_list,
    read_list_and_words,
    read_number,
    read_tick,
    refuse_codes,
    says_ticks_alone,
    says_words,
    tells_ticks,
    tick,
)
from typology.questionnaire import Question


def asked(**more: Any) -> Question:
    return Question.model_validate({"id": "q", "type": "number", "en": "Q", **more})


def refused(call: Any, *arguments: Any, **options: Any) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        call(*arguments, **options)
    return caught.value.kind, str(caught.value.part)


AGE = asked(min=18, max=99.5, unit={"fr": "ans", "en": "years"})


@pytest.mark.parametrize(
    ("text", "number"),
    [("41", 41), ("41,5", 41.5), ("41.5", 41.5), (" 41 ans", 41), ("41 YEARS", 41), ("18", 18),
     ("99.5", 99.5), ("", None), ("n/a", None), ("none yet", None)],
)  # fmt: skip
def test_numbers_are_read_with_their_unit_up_to_their_bounds(
    text: str, number: float | None
) -> None:
    assert read_number(text, AGE, ["none yet"]) == number


@pytest.mark.parametrize(
    ("text", "kind"),
    [("17.9", "bounds"), ("99.6", "bounds"), ("old", "number"), ("41 months", "number"),
     ("41-42", "number")],
)  # fmt: skip
def test_what_is_no_number_of_the_question_is_told(text: str, kind: str) -> None:
    assert refused(read_number, text, AGE) == (kind, text)


def test_a_mark_decides_where_a_number_can_be_two() -> None:
    free = asked()
    assert refused(read_number, "1,280", free) == ("mark", "1,280")
    assert read_number("1,280", free, mark=".") == 1280
    assert read_number("1,280", free, mark=",") == 1.28
    assert bounds_of(free) == (-float("inf"), float("inf"))
    assert bounds_of(AGE) == (18, 99.5)
    reader, mark = number_reader(["1,280", "2,5", "?"], free, ["?"])
    assert (mark.mark, reader("1,280"), reader("?")) == (",", 1.28, None)
    declared, _ = number_reader(["1,280"], free, declared=".")
    assert declared("1,280") == 1280


@pytest.mark.parametrize(
    ("rest", "unit"), [("", True), ("ans", True), ("Years.", True), ("months", False)]
)
def test_what_follows_a_number_is_its_unit(rest: str, unit: bool) -> None:
    assert is_unit(AGE, rest) is unit
    assert is_unit(asked(), rest) is (rest == "")


@pytest.mark.parametrize(
    ("text", "missing"),
    [("", True), (" - ", True), ("N/A", True), ("Sans réponse", True), ("99", True), ("99.0", True),
     ("none", False), ("9", False)],
)  # fmt: skip
def test_texts_that_mean_no_answer(text: str, missing: bool) -> None:
    assert is_missing(text, ["99"]) is missing
    assert is_missing("99") is False


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        *((text, True) for text in ("1", "x", "X", "oui", "Yes", "VRAI", "1.0", "coché", "✓", "☑",
                                    "selected", "Cité", "mentionné", "quoted", "o", "y")),
        *((text, False) for text in ("0", "non", "No", "FAUX", "0.0", "unchecked", "☐", "n",
                                     "non coché", "not selected", "pas cité", "Not mentioned")),
        *((text, None) for text in ("", "2", "maybe", "a")),
    ],
)  # fmt: skip
def test_ticks_are_known_in_both_languages(text: str, ticked: bool | None) -> None:
    assert tick(text) is ticked


BOOK = CodeBook([("time", ["Temps, argent"]), ("no", ["No"]), ("team", ["Équipe"])])


def test_a_choice_is_ticked_by_a_tick_or_by_itself() -> None:
    assert read_tick("x", BOOK, "time") is True
    assert read_tick("0", BOOK, "time") is False
    assert read_tick("Équipe", BOOK, "team") is True
    assert read_tick("", BOOK, "team") is None
    assert read_tick("No", BOOK, "no") is False
    assert refused(read_tick, "No", BOOK, "no", ticks=False) == ("two answers", "No")
    assert read_tick("No", BOOK, "team", ticks=False) is False
    assert refused(read_tick, "Équipe", BOOK, "time") == ("word", "Équipe")
    assert refused(read_tick, "maybe", BOOK, "time") == ("word", "maybe")


@pytest.mark.parametrize(
    ("columns", "ticks"),
    [([["yes", ""]], True), ([["no", ""], ["yes"]], True), ([["no"], ["no", ""]], False),
     ([["Équipe"]], False), ([["1", "0"]], True), ([], False)],
)  # fmt: skip
def test_columns_that_hold_ticks(columns: list[list[str]], ticks: bool) -> None:
    assert tells_ticks(columns, BOOK) is ticks


def test_columns_of_words_and_columns_of_ticks() -> None:
    question = Question.model_validate({
        "id": "q", "type": "multiple", "en": "Q", "fr": "Q",
        "choices": [{"code": "a", "fr": "Un", "en": "One"}, {"code": "b", "fr": "x", "en": "y"}],
    })  # fmt: skip
    assert says_words(["", "a friend"], question)
    assert not says_words(["", "1", "yes", "One", "A", "un", "12"], question)
    assert says_ticks_alone(["1", "", "no"])
    assert not says_ticks_alone(["1", "maybe"])
    assert not says_ticks_alone(["", "n/a"])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Temps, argent", ("time",)), ("Temps, argent, Équipe", ("time", "team")),
        ("team; no", ("team", "no")), ("team no", ("team", "no")), ("team|time", ("team", "time")),
        ("team\nno", ("team", "no")), ("team>no", ("team", "no")), ("team / no", ("team", "no")),
        ('["team", "no"]', ("team", "no")), ("{team & no}", ("team", "no")),
        ("Équipe and No", ("team", "no")), ("Équipe et No", ("team", "no")),
        ("Équipe No", ("team", "no")), ("team;;no;", ("team", "no")), ("", None), (" ; ", None),
    ],
)  # fmt: skip
def test_lists_are_cut_between_choices_alone(text: str, codes: tuple[str, ...] | None) -> None:
    assert read_list(text, BOOK) == codes


def test_what_is_no_choice_of_a_list_is_told() -> None:
    assert refused(read_list, "team; a friend", BOOK) == ("word", "a friend")
    assert refused(read_list, "team; 7", BOOK) == ("code", "7")
    assert refused(read_list, "team; Équipe", BOOK) == ("twice", "team twice")
    assert refused(read_list, "team team", BOOK) == ("twice", "team twice")
    assert read_list_and_words("team; one, two; no; three", BOOK) == (
        ("team", "no"), ["one, two", "three"],
    )  # fmt: skip
    assert read_list_and_words("one; two", BOOK) == (None, ["one; two"])


def test_codes_are_no_words_of_ones_own() -> None:
    refuse_codes(["a friend", "é1"])
    refuse_codes([])
    assert refused(refuse_codes, ["a friend", "12; 13"]) == ("code", "12")
    assert refused(refuse_codes, ["++"]) == ("word", "++")


def test_each_different_text_is_read_once() -> None:
    read: list[str] = []

    def reader(text: str) -> str | None:
        read.append(text)
        if text == "bad":
            raise Unreadable(text, "code")
        return text.upper() or None

    said, bad, why = map_distinct(pd.Series(["a", "bad", "a", "", "bad"]), reader)
    assert read == ["a", "bad", ""]
    assert said.tolist() == ["A", None, "A", None, None]
    assert bad.tolist() == [False, True, False, False, True]
    assert {text: each.kind for text, each in why.items()} == {"bad": "code"}
