"""What a text says as a date: one day, or two where day and month can be exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from typology.questionnaire.questionnaire import DateFormat
from typology.words.spelling import fold

_TIME = (
    r"(?:[ T]+\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}){_TIME}")
_ZERO = date(1899, 12, 30)
_DAY_NUMBER = re.compile(r"[0-9]{5}")
_FIRST_DAY, _LAST_DAY = ((date(year, 1, 1) - _ZERO).days for year in (1950, 2050))
_DAY_WORD = re.compile(
    r"(?:[a-z]+\.?,? )?(\d{1,2})(?:er|st|nd|rd|th)?[-/. ]+([a-z]{3,9})\.?,?[-/. ]+"
    rf"(\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_WORD_DAY = re.compile(
    rf"(?:[a-z]+\.?,? )?([a-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_MONTHS = (
    *("jan janv janvier january", "feb fev fevr fevrier february", "mar mars march"),
    *("apr avr avril april", "mai may", "jun juin june", "jul juil juillet july"),
    *("aug aou aout august", "sep sept septembre september", "oct octobre october"),
    *("nov novembre november", "dec decembre december"),
)
_MONTH_OF = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names.split()}
_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_LAST_MONTH = 12
_FEWEST_EXCHANGED = 2
DAY_FIRST: DateFormat = "dd/mm/yyyy"
MONTH_FIRST: DateFormat = "mm/dd/yyyy"


def read_date(text: str, written: DateFormat | None = None) -> date | None:
    """Return the date that a text says, None for no date; ``written`` orders day and month.

    Where the year comes first, month and day follow. What can be read in two ways, without
    ``written``, is none.

    >>> read_date("2021-03-04"), read_date("13/03/2021"), read_date("04/03/2021")
    (datetime.date(2021, 3, 4), datetime.date(2021, 3, 13), None)
    >>> read_date("04/03/2021", "dd/mm/yyyy"), read_date("1er févr. 2021")
    (datetime.date(2021, 3, 4), datetime.date(2021, 2, 1))
    """
    said = possible_dates(text)
    if written in said:
        return said[written]
    days = set(said.values())
    return days.pop() if len(days) == 1 and written not in (DAY_FIRST, MONTH_FIRST) else None


def possible_dates(text: str) -> dict[DateFormat, date]:
    """Return the dates that a text may say, by the way it would then be written."""
    ways: tuple[DateFormat, ...] = ("yyyy-mm-dd", DAY_FIRST, MONTH_FIRST)
    year_first = _YEAR_FIRST.fullmatch(text.strip()) or _TOGETHER.fullmatch(text.strip())
    if year_first is not None:
        year, month, day = map(int, year_first.groups())
        found = _day(year, month, day)
        return {} if found is None else dict.fromkeys(ways, found)
    in_words = _in_words(text)
    if in_words is not None:
        return dict.fromkeys(ways, in_words)
    year_last = _YEAR_LAST.fullmatch(text.strip())
    if year_last is None:
        return {}
    one, other, year = map(int, year_last.groups())
    found_by = {DAY_FIRST: _day(year, other, one), MONTH_FIRST: _day(year, one, other)}
    return {way: day for way, day in found_by.items() if day is not None}


def _in_words(text: str) -> date | None:
    """Return the date of "15 octobre 2019" or "Oct 15, 2019"."""
    folded = fold(text).replace(": ", ":")  # a time of day has no space
    for form, (day, month) in ((_DAY_WORD, (1, 2)), (_WORD_DAY, (2, 1))):
        found = form.fullmatch(folded)
        if found is not None and found[month] in _MONTH_OF:
            return _day(int(found[3]), _MONTH_OF[found[month]], int(found[day]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    """Return a date of people who answer, None for what is none: a year 21 lacks its century."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_day_number(text: str) -> bool:
    """Return whether a text may be a date as spreadsheets store it, from 1950 to 2050."""
    return _DAY_NUMBER.fullmatch(text) is not None and _FIRST_DAY <= int(text) <= _LAST_DAY


def of_day_number(text: str) -> date:
    """Return the date that Excel shows for a number of days.

    >>> of_day_number("43753")
    datetime.date(2019, 10, 15)
    """
    return _ZERO + timedelta(days=int(text))


def shown_format(texts: Iterable[str]) -> DateFormat | None:
    """Return how the dates of a column are written, where some can be read in one way only.

    None where nothing shows it, or where cells show different ways.

    >>> shown_format(["04/03/2021", "25/03/2021"]), shown_format(["04/03/2021"])
    ('dd/mm/yyyy', None)
    """
    ways = [set(said) for text in texts if (said := possible_dates(text)) and len(said) < 3]
    certain = {next(iter(way)) for way in ways if len(way) == 1}
    return certain.pop() if len(certain) == 1 else None


def perhaps_exchanged(texts: Iterable[str]) -> list[str]:
    """Return the dates whose day and month a spreadsheet may have exchanged.

    A spreadsheet that expects the other order makes dates, exchanged, of all that it can, and
    leaves the others as they were typed: the days of the first all go up to 12, those of the
    others never do. Columns written in one way never look so.

    >>> perhaps_exchanged(["2021-10-03", "2021-07-02", "25/03/2021", "13/02/2021"])
    ['2021-10-03', '2021-07-02']
    >>> perhaps_exchanged(["2021-10-03", "2021-07-02", "25/03/2021", "03/02/2021"])
    []
    """
    said = {text: possible_dates(text) for text in texts}
    typed = [ways for text, ways in said.items() if _YEAR_LAST.fullmatch(text.strip()) and ways]
    made = [text for text in said if _YEAR_FIRST.fullmatch(text.strip()) and said[text]]
    apart = all(len(ways) == 1 for ways in typed) and all(
        day.day <= _LAST_MONTH for text in made for day in said[text].values()
    )
    return made if apart and min(len(made), len(typed)) >= _FEWEST_EXCHANGED else []
