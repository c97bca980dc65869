"""How long a respondent took, from the moments that platforms write."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.answers.platforms.collected import collected, collected_notices
from typology.answers.platforms.delimited import read_delimited
from typology.answers.platforms.moments import ORDERS, read_moment, read_seconds, span


@pytest.mark.parametrize(
    ("begun", "ended"),
    [
        ("02/05/2023 10:01:12", "02/05/2023 10:11:12"),
        ("02/05/2023 10:01", "02/05/2023 10:11"),
        ("2/5/23 9:55 AM", "2/5/23 10:05 AM"),
        ("05/25/2023 11:55:00 AM", "05/25/2023 12:05:00 PM"),
        ("25.05.2023 23:55", "26.05.2023 00:05"),
        ("2023-05-02 10:01:12", "2023-05-02 10:11:12"),
        ("2023-05-02T10:01:12.000+02:00", "2023-05-02T10:11:12.000+02:00"),
        ("2023-05-02T10:01:12.000+02:00", "2023-05-02T08:11:12Z"),
        ("2023/05/02 10:01:12 AM UTC+2", "2023/05/02 10:11:12 AM UTC+2"),
        ("mar, 02/05/2023 - 10:01", "mar, 02/05/2023 - 10:11"),
        ("02/05/2023 à 10h01", "02/05/2023 à 10h11"),
        ("45048.41666667", "45048.42361111"),
    ],
)
def test_ten_minutes_are_ten_minutes_in_every_form(begun: str, ended: str) -> None:
    took = span(pd.Series([begun, ""], dtype="string"), pd.Series([ended, ended], dtype="string"))
    assert took.minutes[0] == pytest.approx(10, abs=0.02)
    assert np.isnan(took.minutes[1])
    assert not took.doubtful.any()


def test_a_day_past_the_twelfth_tells_the_order_of_the_whole_file() -> None:
    begun = pd.Series(["01/02/2023 23:58", "25/02/2023 10:00"], dtype="string")
    ended = pd.Series(["02/02/2023 00:03", "25/02/2023 10:07"], dtype="string")
    assert span(begun, ended).minutes.tolist() == pytest.approx([5, 7])


def test_an_order_in_which_somebody_ends_before_they_begin_is_not_that_of_the_file() -> None:
    begun = pd.Series(["01/02/2023 23:58", "05/01/2023 23:58"], dtype="string")
    ended = pd.Series(["01/03/2023 00:03", "05/02/2023 00:03"], dtype="string")  # month first
    assert span(begun, ended).minutes.tolist() != pytest.approx([5, 5])
    begun[1], ended[1] = "01/30/2023 23:58", "01/31/2023 00:03"
    assert span(begun, ended).minutes.tolist() == pytest.approx([5, 5])


def test_what_can_be_read_in_two_ways_is_told_not_guessed() -> None:
    text = (
        "id,Start Date,End Date,E01\n"
        "A,05/01/2023 11:58 PM,05/02/2023 12:03 AM,4\n"
        "B,05/01/2023 11:00 AM,05/01/2023 11:04 AM,3\n"
    )
    table = read_delimited(text.encode(), "a.csv")
    told = collected(table, [1, 2], None, "SurveyMonkey")
    assert told.minutes is not None
    assert np.isnan(told.minutes[0])
    assert told.minutes[1] == pytest.approx(4)
    assert any("1 of 2 respondents took cannot be told" in each for each in collected_notices(told))


@pytest.mark.parametrize("text", ["", "yesterday", "31/02/2023 10:00", "12345", "2023-05-02"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert [read_moment(text, order) for order in ORDERS] == [None, None]


def test_seconds_are_read_from_numbers_and_clocks() -> None:
    assert [read_seconds(each) for each in ("600", "600,0", "0:10:00", "10:00")] == [600.0] * 4
    assert np.isnan(read_seconds("long"))
