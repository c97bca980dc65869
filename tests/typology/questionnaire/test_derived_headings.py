"""Headings of columns made from a question: what is left of them, and what they hold."""

from __future__ import annotations

import pytest

from typology.questionnaire.derived_headings import (
    asks_to_specify,
    marked_parts,
    only_asks_to_specify,
)


@pytest.mark.parametrize(
    ("heading", "rest", "meaning", "apart"),
    [
        ("G1 - Timing", "G1", "times or clicks", True),
        ("G1 Timing", "G1", "times or clicks", False),
        ("G1_time", "G1", "times or clicks", True),
        ("Time G1", "G1", "times or clicks", False),
        ("Time: G1", "G1", "times or clicks", True),
        ("G1 - Page Submit", "G1", "times or clicks", True),
        ("G1 - first click 1", "G1", "times or clicks", True),
        ("G1_DO", "G1", "the order of display", True),
        ("Ordre de G1", "G1", "the order of display", False),
        ("G1.rev", "G1", "reversed answers", True),
        ("G1 (recoded)", "G1", "recoded answers", True),
        ("Points - G1", "G1", "points or feedback", True),
        ("G1: commentaire", "G1", "comments or other texts", True),
        ("G1 [other]", "G1", "comments or other texts", True),
        ("[Tools] (time)", "[Tools]", "times or clicks", True),
        ("Time [G1]", "G1", "times or clicks", True),
    ],
)
def test_words_that_say_it_holds_no_answers_are_taken_off(
    heading: str, rest: str, meaning: str, apart: bool
) -> None:
    found = [(each, str(holds), sign) for each, holds, sign in marked_parts(heading)]
    assert (rest, meaning, apart) in found


@pytest.mark.parametrize("heading", ["G1", "Time", "Other G1", "Autre - G1", "Time to think of it",
                                     "G1 timing of patients", "x " * 250 + "time", ""])  # fmt: skip
def test_other_headings_have_no_such_part(heading: str) -> None:
    found = [(rest, sign) for rest, _, sign in marked_parts(heading)]
    assert all("time" not in rest.casefold() for rest, _ in found)
    assert "G1" not in [rest for rest, _ in found]


def test_the_longest_heading_that_is_looked_at() -> None:
    tail = "G1 - time"
    assert list(marked_parts("x" * (400 - len(tail)) + tail))
    assert not list(marked_parts("x" * (401 - len(tail)) + tail))


@pytest.mark.parametrize(
    ("heading", "asks", "only"),
    [
        ("Autre, précisez :", True, True), ("Si autre, précisez", True, True),
        ("Please specify", True, True), ("place - Other", True, False),
        ("Other 2", True, True), ("place: comment", False, False), ("Text", True, True),
        ("Sonstiges", True, True), ("", False, False), ("of the", False, False),
    ],
)  # fmt: skip
def test_headings_that_ask_to_specify_other(heading: str, asks: bool, only: bool) -> None:
    assert asks_to_specify(heading) is asks
    assert only_asks_to_specify(heading) is only
    assert asks_to_specify("x", heading) is asks
    assert not asks_to_specify("x" * 400 + " " + heading)
