"""What is wrong with a question on the respondent: every fault with its place and its remedy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from typology.problems.faults import Fault
from typology.questionnaire.question_checks import (
    choice_faults,
    date_faults,
    number_faults,
    theme_faults,
    worded_faults,
)

Told = tuple[tuple[str | int, ...], str, str, str]
KINDS = ("single", "multiple", "rank", "number", "text", "date")
TWO = [("f", ("Femme", "Woman")), ("m", ("Homme", "Man"))]


def told(faults: Sequence[Fault]) -> list[Told]:
    return [(each.place, str(each.value), str(each.expected), str(each.remedy)) for each in faults]


@pytest.mark.parametrize("kind", KINDS)
def test_choices_belong_to_questions_that_offer_some(kind: str) -> None:
    if kind in ("single", "multiple", "rank"):
        assert choice_faults(kind, TWO) == []
        for choices, found in ((TWO[:1], "a single choice"), ([], "no choices")):
            assert told(choice_faults(kind, choices)) == [
                (("choices",), found, "at least 2 choices",
                 "List the answers offered, as in this line: choices: [{code: f, fr: \"Femme\", "
                 "en: \"Woman\"}, {code: m, fr: \"Homme\", en: \"Man\"}]"),
            ]  # fmt: skip
    else:
        assert choice_faults(kind, []) == []
        assert told(choice_faults(kind, TWO)) == [
            (("choices",), "2 choices", f"no choices for type '{kind}'",
             "Remove them, or make the question single, multiple or rank."),
        ]  # fmt: skip


REPEATED = "Give each choice its own code and its own words, beyond accents and case."


def test_choices_differ_in_code_and_words_beyond_accents_and_case() -> None:
    choices = [
        ("a", ("Été", "Summer")), ("b", ("Hiver", "Winter")), ("A", ("ete", "Fall")),
        ("c", ("", "winter")), ("d", ("", "")), ("a", ("x", "")),
    ]  # fmt: skip
    assert told(choice_faults("single", choices)) == [
        (("choices", 2, "code"), "A", "something else than in choice 1", REPEATED),
        (("choices", 5, "code"), "a", "something else than in choice 1", REPEATED),
        (("choices", 2, "fr"), "ete", "something else than in choice 1", REPEATED),
        (("choices", 3, "en"), "winter", "something else than in choice 2", REPEATED),
    ]


def test_words_follow_one_choice_and_none_that_is_ranked() -> None:
    assert worded_faults("rank", [False, False]) == []
    assert worded_faults("single", [False, True]) == []
    assert told(worded_faults("rank", [True, False, True])) == [
        (("choices", at, "text"), "true", "no 'text' for a choice that is ranked",
         "Ask for the words in a question of type text.") for at in (0, 2)
    ]  # fmt: skip
    assert told(worded_faults("multiple", [False, True, True])) == [
        (("choices", 2, "text"), "true", "one choice with 'text: true'",
         "Keep it on one choice: words in a cell could be of either."),
    ]  # fmt: skip


EARLY, LATE = date(2021, 3, 31), date(2021, 4, 1)


def test_bounds_of_a_date_are_in_order() -> None:
    assert date_faults("date", "%d/%m/%Y", EARLY, LATE) == []
    assert date_faults("date", None, EARLY, EARLY) == []
    assert date_faults("date", None, None, LATE) == date_faults("date", None, LATE, None) == []
    assert told(date_faults("date", None, LATE, EARLY)) == [
        (("latest",), "2021-03-31", "a date not before 'earliest' (2021-04-01)",
         "Exchange the two."),
    ]  # fmt: skip


def test_only_dates_have_the_keys_of_dates() -> None:
    assert date_faults("number", None, None, None) == []
    assert told(date_faults("number", "%d", EARLY, LATE)) == [
        ((key,), value, f"no '{key}' for type 'number'",
         "Remove it, or make the question a date.")
        for key, value in (("date_format", "%d"), ("earliest", "2021-03-31"),
                           ("latest", "2021-04-01"))
    ]  # fmt: skip


def test_only_texts_have_themes() -> None:
    assert theme_faults("single", [], "") == theme_faults("text", [], "") == []
    assert theme_faults("text", TWO, "coded") == []
    assert told(theme_faults("single", TWO, "coded")) == [
        ((key,), "a value", f"no '{key}' for type 'single'",
         "Remove it, or make the question a text.") for key in ("themes", "themes_column")
    ]  # fmt: skip
    assert told(theme_faults("date", TWO, ""))[0][0] == ("themes",)
    assert told(theme_faults("text", [], "coded")) == [
        (("themes_column",), "coded", "the themes that the column lists, under 'themes'",
         "List them."),
    ]  # fmt: skip
    assert told(theme_faults("text", [TWO[0], TWO[0]], ""))[0] == (
        ("themes", 1, "code"), "f", "something else than in choice 1", REPEATED
    )  # fmt: skip


def test_only_numbers_have_bounds_and_bands() -> None:
    assert number_faults("single", None, None, []) == []
    assert told(number_faults("single", 0, 0, [1])) == [
        ((key,), "a value", f"no '{key}' for type 'single'",
         "Remove it, or make the question a number.") for key in ("min", "max", "bands")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lowest", "highest", "bands"),
    [(None, None, []), (1, 1, []), (20, 80, [40, 60]), (20, 80, [20.5, 80]), (None, 60, [0]),
     (0, None, [1, 99])],
)  # fmt: skip
def test_bounds_and_bands_in_order_are_right(
    lowest: float | None, highest: float | None, bands: list[float]
) -> None:
    assert number_faults("number", lowest, highest, bands) == []


ORDER = "Write the cut points from the smallest to the largest, each once."
OUTSIDE = "A cut point outside the bounds makes an empty category: remove it."


@pytest.mark.parametrize(
    ("lowest", "highest", "bands", "found"),
    [
        (80, 20.5, [],
         [(("max",), "20.5", "a number not below min (80)", "Exchange min and max.")]),
        (None, None, [40, 40], [(("bands",), "40, 40", "ascending cut points", ORDER)]),
        (None, None, [60, 40.5], [(("bands",), "60, 40.5", "ascending cut points", ORDER)]),
        (20, None, [20, 30], [(("bands",), "20, 30", "cut points between min and max", OUTSIDE)]),
        (None, 80, [30, 81], [(("bands",), "30, 81", "cut points between min and max", OUTSIDE)]),
        (20, 80, [90, 10],
         [(("bands",), "90, 10", "ascending cut points", ORDER),
          (("bands",), "90, 10", "cut points between min and max", OUTSIDE)]),
    ],
)  # fmt: skip
def test_what_is_out_of_order_is_told(
    lowest: float | None, highest: float | None, bands: list[float], found: list[Told]
) -> None:
    assert told(number_faults("number", lowest, highest, bands)) == found
