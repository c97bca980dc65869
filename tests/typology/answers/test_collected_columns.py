"""What a platform's own columns tell of each respondent, whatever the platform calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from typology.answers.platforms.collected import Collected, collected
from typology.answers.platforms.table import AnswerTable


def told(
    columns: Mapping[str, Sequence[str]], platform: str = "", consent: int | None = None
) -> Collected:
    rows = len(next(iter(columns.values())))
    cells = {at: pd.array(list(texts), dtype="string") for at, texts in enumerate(columns.values())}
    table = AnswerTable(
        "a.csv", tuple(columns), pd.DataFrame(cells, index=range(2, rows + 2), copy=False)
    )
    left = [at for at in range(len(columns)) if at != consent]
    return collected(table, left, consent, platform)


def bools(values: pd.Series | None) -> list[bool] | None:
    return None if values is None else values.tolist()


@pytest.mark.parametrize(
    ("header", "texts", "tests"),
    [
        ("Status", ["IP Address", "Survey Preview", "Spam", "Imported", "EX Spam"],
         [False, True, True, False, True]),
        ("DistributionChannel", ["anonymous", "preview", "test", "", "email"],
         [False, True, True, False, False]),
        ("_validation_status", ["", "Not approved", "approved", "on hold", "Non approuvé"],
         [False, True, False, False, True]),
        ("ReviewState", ["rejected", "approved", "", "hasIssues", "Rejected"],
         [True, False, False, False, True]),
    ],
)  # fmt: skip
def test_tests_previews_and_refusals_are_marked(
    header: str, texts: list[str], tests: list[bool]
) -> None:
    assert bools(told({header: texts}).tests) == tests


def test_numbers_are_states_of_qualtrics_alone() -> None:
    texts = ["0", "1", "2", "4", "8", "9", "12", "16", "17", "32", "40", "48", "132", "256"]
    marked = ["1", "2", "8", "9", "12", "17", "40", "256"]
    assert bools(told({"Status": texts}, "Qualtrics").tests) == [text in marked for text in texts]
    assert bools(told({"Status": texts}).tests) == [False] * len(texts)
    assert told({"other": texts}, "Qualtrics").tests is None


def test_a_mark_in_either_column_is_one() -> None:
    both = {"Status": ["Spam", "", ""], "DistributionChannel": ["", "test", ""]}
    assert bools(told(both).tests) == [True, True, False]


@pytest.mark.parametrize(
    ("columns", "finished"),
    [
        ({"submitdate": ["2024-01-01", "", "N/A", "NA"]}, [True, False, False, False]),
        ({"submitdate": ["", "x"], "Finished": ["1", "0"]}, [False, True]),  # the date counts
        ({"Finished": ["True", "False", "1", "0", "Vrai", "Faux", ""]},
         [True, False, True, False, True, False, True]),
        ({"Response Status": ["Completed", "Partial", ""]}, [True, False, False]),
        ({"complete": ["", ""]}, [True, True]),  # a column that says nothing
        ({"survey_complete": ["2", "0", "1"]}, [True, False, True]),
        ({"a_complete": ["2", "2"], "b_complete": ["2", "0"]}, [True, False]),
        ({"survey_timestamp": ["2024-01-01 10:00", "[not completed]", ""]}, [True, False, True]),
        ({"survey timestamp": ["[not completed]", "x"]}, [False, True]),
        ({"Brouillon": ["oui", "non", ""]}, [False, True, True]),
        ({"Draft": ["1", "0", "TRUE"]}, [False, True, False]),
        ({"Progress": ["100", "99", "100 %", "1", "100.0", ""]},
         [True, False, True, True, True, False]),
        ({"Progress": ["50", "100"], "Finished": ["True", "False"]}, [True, False]),
    ],
)  # fmt: skip
def test_who_came_to_the_end_is_told(columns: dict[str, list[str]], finished: list[bool]) -> None:
    assert bools(told(columns).finished) == finished


def test_a_timestamp_that_nobody_left_open_tells_nothing() -> None:
    assert told({"survey_timestamp": ["2024-01-01 10:00", ""]}).finished is None
    assert told({"other": ["a", "b"]}).finished is None


def test_minutes_are_those_of_the_seconds_or_between_two_moments() -> None:
    seconds = told({"Duration (in seconds)": ["90", "", "600"]}).minutes
    assert seconds is not None
    assert seconds.tolist()[::2] == [1.5, 10.0]
    assert seconds.isna().tolist() == [False, True, False]
    moments = {"start": ["2024-01-01 10:00:00", "2024-01-01 10:00:00"],
               "end": ["2024-01-01 10:12:30", "2024-01-01 11:00:00"]}  # fmt: skip
    took = told(moments).minutes
    assert took is not None
    assert took.tolist() == [12.5, 60.0]
    empty = told({"Duration (in seconds)": ["", ""]} | moments).minutes
    assert empty is not None
    assert empty.tolist() == [12.5, 60.0]
    assert told({"start": ["2024-01-01 10:00:00"]}).minutes is None


def test_moments_in_the_wrong_order_are_told_with_the_first_of_them() -> None:
    found = told({
        "start": ["2024-01-01 10:00:00", "2024-01-01 10:00:00", "2024-01-01 10:00:00"],
        "end": ["2024-01-01 10:10:00", "2024-01-01 09:00:00", "2024-01-01 08:00:00"],
    })  # fmt: skip
    assert [str(each) for each in found.doubts] == [
        "How long 2 of 3 respondents took cannot be told: '2024-01-01 10:00:00' (start) and "
        "'2024-01-01 09:00:00' (end) are no two moments that follow each other, or can be read in "
        "two ways. No 'fastest' leaves them out."
    ]


def test_languages_are_small_letters_and_the_first_column_of_a_name_counts() -> None:
    found = told({"startlanguage": [" FR", "en"], "language": ["de", "de"]}).languages
    assert found is not None
    assert found.tolist() == ["fr", "en"]
    twice = told({"language": ["FR"], "Language": ["EN"]}).languages
    assert twice is not None
    assert twice.tolist() == ["fr"]
    assert told({"other": ["x"]}).languages is None


def test_consents_are_the_cells_of_their_column() -> None:
    found = told({"id": ["1", "2"], "consent": ["Oui", " non"]}, consent=1).consents
    assert found is not None
    assert found.tolist() == ["Oui", " non"]
    assert found.index.tolist() == [0, 1]
    assert told({"id": ["1"]}).consents is None


def test_some_rows_are_taken_under_new_names() -> None:
    found = told({"Finished": ["1", "0", "1"], "language": ["fr", "en", "de"]})
    some = found.at([2, 1], pd.Index(["c", "b"]))
    assert some.finished is not None
    assert some.finished.to_dict() == {"c": True, "b": False}
    assert some.languages is not None
    assert some.languages.to_dict() == {"c": "de", "b": "en"}
    assert some.tests is None
    assert some.minutes is None
