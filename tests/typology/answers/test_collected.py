"""What a platform tells of how answers were given is counted and said."""

from __future__ import annotations

import pandas as pd

from typology.answers.platforms.collected import Collected, collected_notices
from typology.words.phrases import phrase


def test_tests_ends_languages_and_minutes_are_counted() -> None:
    told = Collected(
        tests=pd.Series([True, False, True, False, False]),
        finished=pd.Series([True, False, True, False, False]),
        languages=pd.Series(["fr", "en", "fr", "", "fr"]),
        minutes=pd.Series([2.04, 10.0, None, 4.06, 30.0]),
        doubts=(phrase("Correct it."),),
    )
    assert collected_notices(told) == [
        "2 of 5 answers are marked by the platform as tests, previews or refused: a study leaves "
        "them out, unless it says 'exclusions: {tests: keep}'.",
        "3 of 5 respondents did not finish: a study keeps them, unless it says 'exclusions: "
        "{partial: leave out}'.",
        "Languages answered in: fr (3), en (1).",
        "Correct it.",
        # The median of 2.04, 4.06, 10 and 30 is 7.03.
        "Half the respondents took 7 minutes or less; the fastest 2.",
    ]
    assert all(each.in_("fr") != each for each in collected_notices(told))


def test_what_is_as_it_should_be_is_not_told() -> None:
    nothing = Collected(
        tests=pd.Series([False, False]),
        finished=pd.Series([True, True]),
        languages=pd.Series(["fr", ""]),
        minutes=pd.Series([None, None], dtype=float),
    )
    assert collected_notices(nothing) == []
    assert collected_notices(Collected()) == []
    assert collected_notices(Collected(languages=pd.Series(["", ""]))) == []
