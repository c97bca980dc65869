"""The days, months and years of a study."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from typology.study.paper.declared import Dates

EXPECTED = "a date, like 2021-01-15, or a month, like 2021-01"


def dates(first: Any, last: Any = None) -> Dates:
    return Dates.model_validate({"from": first, "to": last})


@pytest.mark.parametrize(
    ("written", "read"),
    [("2021", "2021"), (2021, "2021"), ("2021-01", "2021-01"), (" 2021-12-31 ", "2021-12-31"),
     ("2020-02-29", "2020-02-29")],
)  # fmt: skip
def test_a_day_a_month_or_a_year_is_a_date(written: object, read: str) -> None:
    assert dates(written).first == read
    assert dates("1990", written).last == read


@pytest.mark.parametrize(
    "written",
    ["2021-13", "2021-00", "2021-02-30", "2021-04-31", "2021-1-1", "21", "soon", "", True, 20.5,
     "2021-01-15T10:00", None, ["2021"]],
)  # fmt: skip
def test_what_is_no_date_is_told(written: object) -> None:
    with pytest.raises(ValidationError) as caught:
        dates(written)
    (error,) = caught.value.errors()
    assert error["msg"].removeprefix("Value error, ") == EXPECTED
    if written is not None:
        with pytest.raises(ValidationError):
            dates("1990", written)


def test_the_last_is_not_before_the_first() -> None:
    for first, last in (("2021", "2021"), ("2021-05", "2021"), ("2021", "2021-01-01"),
                        ("2021-05-01", "2021-05"), ("2020-12-31", "2021-01-01")):  # fmt: skip
        assert (dates(first, last).first, dates(first, last).last) == (first, last)
    for first, last in (("2021", "2020"), ("2021-05", "2021-04-30"), ("2021-05-02", "2021-05-01")):
        with pytest.raises(ValidationError):
            dates(first, last)
    assert dates("2021").last is None
