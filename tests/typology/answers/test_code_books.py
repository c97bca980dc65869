"""Codes and their words: what a text says, in every dress, and what it does not say."""

from __future__ import annotations

from typing import Any

import pytest

from typology.answers.cells.code_books import (
    CodeBook,
    Unreadable,
    choice_book,
    scale_book,
    unreadable_kind,
    whole_number,
)
from typology.questionnaire import Question
from typology.questionnaire.answer_scale import Scale
from typology.words.number_conventions import Conventions

BOOK = CodeBook(
    [("1", ["Pas d'accord", "Disagree"]), ("2", ["Plutôt d'accord", "Rather agree"]),
     ("3", ["D'accord", "Agree"])], ["?"], declared={"Bof": "2", "Rien": "", "xyz": "9"}, name="s",
)  # fmt: skip


def read(text: str, book: CodeBook = BOOK) -> str | None:
    try:
        return book.read(text)
    except Unreadable as unreadable:
        assert not book.understands(text)
        return f"{unreadable.kind}: {unreadable.part}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "1"), (" 2 ", "2"), ("3.0", "3"), ("3,00", "3"), ("+1", "1"), ("01", "1"),
        ("Disagree", "1"), ("PAS D’ACCORD", "1"), ("rather agree.", "2"), ("Bof", "2"),
        ("1 - Disagree", "1"), ("2: Rather agree", "2"), ("3 (Agree)", "3"), ("3 Agree", "3"),
        ("Agree (3)", "3"), ("Agree - 3", "3"), ("Agree = 3", "3"), ("3) Agree", "3"),
        ("3|Agree", "3"), ("3 [Agree]", "3"), ("", None), ("-", None), ("n/a", None),
        ("No answer", None), ("?", None), ("Rien", None), ("NaN", None), ("sans réponse", None),
        ("4", "code: 4"), ("1.5", "code: 1.5"), ("xyz", "word: xyz"), ("Maybe", "word: Maybe"),
        ("1 - Agree", "two answers: 1 - Agree"), ("4 - Agree", "word: 4 - Agree"),
        ("+", "word: +"), ("4.4", "code: 4.4"),
    ],
)  # fmt: skip
def test_a_text_says_a_code_no_answer_or_neither(text: str, code: str | None) -> None:
    assert read(text) == code
    assert BOOK.understands(text) is (code is None or ":" not in code)


def test_codes_that_are_words_too_are_read_as_codes_first() -> None:
    book = CodeBook([("1", ["2"]), ("2", ["1"])])
    assert (read("1", book), read("2", book)) == ("two answers: 1", "two answers: 2")
    same = CodeBook([("a", ["Yes"]), ("b", ["yes"])])
    assert read("Yes", same) == "two answers: Yes"
    plain = CodeBook([("a", [" "]), ("b", [])])
    assert plain.words == {"a": "a", "b": "b"}
    assert read("A", plain) == "a"


def test_signs_are_answers_where_they_are_said_to_be() -> None:
    entries = [("+", ["For"]), ("-", ["Against"])]
    assert read("-", CodeBook(entries)) == "-"
    beside = [("1", ["+"]), ("2", ["++"])]
    assert read("-", CodeBook(beside)) is None
    assert read("--", CodeBook(beside, signs=True)) == "word: --"
    assert read("n/a", CodeBook(beside, signs=True)) is None


def test_thousands_and_numbers_of_codes() -> None:
    book = CodeBook([("1000", ["x"]), ("2000", ["y"]), ("7", ["z"])])
    assert (read("1.000", book), read("2,000", book), read("7.000", book)) == ("1000", "2000", "7")
    assert read("1000.0", book) == "1000"
    assert read("-7", book) == "code: -7"


def test_spaces_around_signs_are_no_difference() -> None:
    book = CodeBook([("v", ["Vidéo, téléconsultation (autres)"]), ("t", ["A / B"])])
    assert read("video,teleconsultation(autres)", book) == "v"
    assert read("A/B", book) == "t"


def test_labels_may_be_cut_short_from_twenty_letters_on() -> None:
    book = CodeBook(
        [("1", ["Completely disagree with it"]), ("2", ["Completely agree with it all"])]
    )
    assert book.read_label("Completely disagree w") == "1"
    assert book.read_label("Completely agree with") == "2"
    for label in ("Completely disagree", "Completely", "Something else that is long"):
        with pytest.raises(Unreadable):
            book.read_label(label)
    assert book.read_label("1") == "1"


def test_words_beside_the_code_of_another_answer() -> None:
    assert BOOK.words_beside("1 - Agree") == "D'accord"
    assert BOOK.words_beside("3 - Agree") == BOOK.words_beside("Agree") == ""
    assert BOOK.words_beside("1 - Maybe") == ""


def test_what_is_described_has_eight_answers_at_most() -> None:
    assert BOOK.described == "1 (Pas d'accord), 2 (Plutôt d'accord), 3 (D'accord)"
    eight = CodeBook([(str(at), []) for at in range(8)])
    assert eight.described == "0, 1, 2, 3, 4, 5, 6, 7"
    nine = CodeBook([(str(at), []) for at in range(9)])
    assert nine.described == "0, 1, 2, 3, 4, 5, 6, ..."
    assert CodeBook([("none", ["None"]), ("a", ["A"])]).says_none
    assert not BOOK.says_none
    assert BOOK.codes_only(["1", "3"])
    assert not BOOK.codes_only(["1", "Agree"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [("a", "word"), ("+", "word"), ("+-", "word"), ("12", "code"), ("1a", "word"), ("?", "code")],
)
def test_what_is_not_known_is_a_word_or_a_code(text: str, kind: str) -> None:
    assert unreadable_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "whole"),
    [("99.0", "99"), ("-9,00", "-9"), ("+1.0", "+1"), ("99,5", "99,5"), ("9.0 x", "9.0 x")],
)
def test_a_whole_number_has_no_noughts_after_its_mark(text: str, whole: str) -> None:
    assert whole_number(text) == whole


SCALE = Scale.model_validate({
    "points": [{"code": 1, "fr": "Non", "en": "No"}, {"code": 2, "fr": "Oui", "en": "Yes"}],
    "no_opinion": {"code": 9, "fr": "NSP", "en": "Don't know", "counts_as": "missing"},
})  # fmt: skip
CHOICES = Question.model_validate({
    "id": "q", "type": "single", "fr": "Q ?", "en": "Q?",
    "choices": [{"code": "a", "fr": "Un", "en": "One"}, {"code": "b", "fr": "Deux", "en": "Two"}],
})  # fmt: skip


@pytest.mark.parametrize("kind", ["scale", "choices"])
def test_books_are_read_as_the_study_file_says(kind: str) -> None:
    def made(**said: Any) -> CodeBook:
        conventions = Conventions(**said)
        if kind == "scale":
            return scale_book("s", SCALE, conventions, "block", "item")
        return choice_book(CHOICES, conventions)

    name, first = ("s", "1") if kind == "scale" else ("q", "a")
    book = made()
    assert book.name == name
    assert read("-", book) is None
    assert read("-", made(signs=True)) == "word: -"
    assert read("Refus", book) == "word: Refus"
    assert read("Refus", made(no_answer=("Refus",))) is None
    assert read("Yep", made(answer_words={name: {"Yep": first}})) == first
    assert read("Yep", made(answer_words={"Yep": first})) == first
    assert read("Yep", made(answer_words={"other": {"Yep": first}})) == "word: Yep"
    if kind == "scale":
        assert read("Yep", made(answer_words={"item": {"Yep": "2"}, "block": {"Yep": "1"}})) == "2"
        assert (read("Don't know", book), read("9", book)) == ("9", "9")
        assert book.words == {"1": "Non", "2": "Oui", "9": "NSP"}
    else:
        assert (read("one", book), read("Deux", book)) == ("a", "b")
        assert book.words == {"a": "Un", "b": "Deux"}
