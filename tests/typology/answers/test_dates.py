"""What a text says as a date: every way to write one, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from typology.answers.cells.dates import (
    is_day_number,
    of_day_number,
    perhaps_exchanged,
    possible_dates,
    read_date,
    shown_format,
)

DAY = date(2021, 3, 14)
WAYS = ("yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy")


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-14", "2021/3/14", "2021.03.14", "20210314", " 2021-03-14 ", "2021-03-14T10:20",
        "2021-03-14 10:20:30", "2021-03-14T10:20:30.5Z", "2021-03-14 9h05", "2021-03-14 9:05 pm",
        "2021-03-14 10:20:30+01:00", "2021-03-14 10:20:30-0130", "14 mars 2021", "14 March 2021",
        "14th March 2021", "dimanche 14 mars 2021", "Sun, 14 Mar. 2021",
        "14-mar-2021", "14/Mar/2021", "March 14, 2021", "Mar 14 2021", "Sunday, March 14th, 2021",
        "March 14, 2021 10:20", "14 mars 2021 10:20",
        "14 mars 2021 10h20", "14 March 2021 10:20:30 am", "Mar 14, 2021 10:20:30 PM",
    ],
)  # fmt: skip
def test_a_date_that_says_one_day_says_it_whatever_the_order(text: str) -> None:
    assert possible_dates(text) == dict.fromkeys(WAYS, DAY)
    assert read_date(text) == DAY
    for way in WAYS:
        assert read_date(text, way) == DAY  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["04/03/2021", "4-3-2021", "04.03.2021", "4 3 2021 10:20"])
def test_a_date_whose_day_and_month_can_be_exchanged_says_two(text: str) -> None:
    assert possible_dates(text) == {
        "dd/mm/yyyy": date(2021, 3, 4), "mm/dd/yyyy": date(2021, 4, 3),
    }  # fmt: skip
    assert read_date(text) is None
    assert read_date(text, "yyyy-mm-dd") is None
    assert read_date(text, "dd/mm/yyyy") == date(2021, 3, 4)
    assert read_date(text, "mm/dd/yyyy") == date(2021, 4, 3)


def test_a_date_that_can_be_written_in_one_way_is_read_in_no_other() -> None:
    assert possible_dates("14/03/2021") == {"dd/mm/yyyy": DAY}
    assert possible_dates("03/14/2021") == {"mm/dd/yyyy": DAY}
    assert read_date("14/03/2021") == read_date("14/03/2021", "yyyy-mm-dd") == DAY
    assert read_date("14/03/2021", "mm/dd/yyyy") is None
    assert read_date("03/03/2021") == date(2021, 3, 3)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2021-13-01", "2021-02-30", "31/31/2021", "14/03/21", "14 mars 21", "12345",
     "19991301", "18500101", "14 foo 2021", "foo 14 2021", "1849-12-31", "2151-01-01",
     "14 mars 1849", "30 feb 2021", "2021-03"],
)  # fmt: skip
def test_what_is_no_date_says_none(text: str) -> None:
    assert possible_dates(text) == {}
    assert read_date(text) is None


@pytest.mark.parametrize("year", [1850, 2150])
def test_the_first_and_the_last_year_are_years(year: int) -> None:
    assert read_date(f"{year}-01-31") == date(year, 1, 31)


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, "jan janv janvier january"), (2, "feb fév févr février february"),
        (3, "mar mars march"), (4, "apr avr avril april"), (5, "mai may"), (6, "jun juin june"),
        (7, "jul juil juillet july"), (8, "aug aoû août august"),
        (9, "sep sept septembre september"), (10, "oct octobre october"),
        (11, "nov novembre november"), (12, "dec déc décembre december"),
    ],
)  # fmt: skip
def test_months_are_known_by_their_names_in_both_languages(number: int, names: str) -> None:
    for name in names.split():
        assert read_date(f"1 {name} 2020") == read_date(f"{name} 1, 2020") == date(2020, number, 1)


def test_days_that_spreadsheets_store_are_from_1950_to_2050() -> None:
    # Excel: 1 January 1950 is 18264, 1 January 2050 is 54789, 15 October 2019 is 43753.
    assert [is_day_number(each) for each in ("18263", "18264", "54789", "54790")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not is_day_number("4375")
    assert not is_day_number("43753.5")
    assert of_day_number("18264") == date(1950, 1, 1)
    assert of_day_number("54789") == date(2050, 1, 1)


@pytest.mark.parametrize(
    ("texts", "way"),
    [
        (["04/03/2021", "25/03/2021"], "dd/mm/yyyy"),
        (["04/03/2021", "03/25/2021", "x"], "mm/dd/yyyy"),
        (["25/03/2021", "03/25/2021"], None),
        (["04/03/2021"], None),
        (["2021-03-25", "14 mars 2021"], None),
        ([], None),
    ],
)
def test_a_column_shows_how_it_is_written(texts: list[str], way: str | None) -> None:
    assert shown_format(texts) == way


MADE, TYPED = ["2021-10-03", "2021-07-12"], ["25/03/2021", "13/02/2021"]


@pytest.mark.parametrize(
    ("texts", "exchanged"),
    [
        ([*MADE, *TYPED], MADE),
        ([*TYPED, *MADE, "x", "14 mars 2021"], MADE),
        ([*MADE, *TYPED[:1]], []),
        ([*MADE[:1], *TYPED], []),
        ([*MADE, *TYPED, "03/02/2021"], []),  # one typed could be exchanged
        ([*MADE, *TYPED, "2021-10-13"], []),  # one made could not have been
        ([*MADE, *TYPED, "45/45/2021"], MADE),
    ],
)
def test_dates_that_a_spreadsheet_may_have_exchanged(
    texts: list[str], exchanged: list[str]
) -> None:
    assert perhaps_exchanged(texts) == exchanged
