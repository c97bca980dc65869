"""What a text says as a date: one day, or two where day and month can be exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from typology.questionnaire.questionnaire import DateFormat

_TIME = r"(?:[ T]+\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){_TIME}")
DAY_FIRST: DateFormat = "dd/mm/yyyy"
MONTH_FIRST: DateFormat = "mm/dd/yyyy"


def read_date(text: str, written: DateFormat | None = None) -> date | None:
    """Return the date that a text says, None for no date; ``written`` orders day and month.

    Where the year comes first, month and day follow. What can be read in two ways, without
    ``written``, is none.

    >>> read_date("2021-03-04"), read_date("13/03/2021"), read_date("04/03/2021")
    (datetime.date(2021, 3, 4), datetime.date(2021, 3, 13), None)
    >>> read_date("04/03/2021", "dd/mm/yyyy")
    datetime.date(2021, 3, 4)
    """
    said = possible_dates(text)
    if written in said:
        return said[written]
    days = set(said.values())
    return days.pop() if len(days) == 1 and written not in (DAY_FIRST, MONTH_FIRST) else None


def possible_dates(text: str) -> dict[DateFormat, date]:
    """Return the dates that a text may say, by the way it would then be written."""
    year_first = _YEAR_FIRST.fullmatch(text.strip())
    if year_first is not None:
        year, month, day = map(int, year_first.groups())
        found = _day(year, month, day)
        ways: tuple[DateFormat, ...] = ("yyyy-mm-dd", DAY_FIRST, MONTH_FIRST)
        return {} if found is None else dict.fromkeys(ways, found)
    year_last = _YEAR_LAST.fullmatch(text.strip())
    if year_last is None:
        return {}
    one, other, year = map(int, year_last.groups())
    found_by = {DAY_FIRST: _day(year, other, one), MONTH_FIRST: _day(year, one, other)}
    return {way: day for way, day in found_by.items() if day is not None}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shown_format(texts: Iterable[str]) -> DateFormat | None:
    """Return how the dates of a column are written, where some can be read in one way only.

    None where nothing shows it, or where cells show different ways.

    >>> shown_format(["04/03/2021", "25/03/2021"]), shown_format(["04/03/2021"])
    ('dd/mm/yyyy', None)
    """
    ways = [set(said) for text in texts if (said := possible_dates(text)) and len(said) < 3]
    certain = {next(iter(way)) for way in ways if len(way) == 1}
    return certain.pop() if len(certain) == 1 else None
