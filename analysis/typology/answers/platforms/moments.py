"""When a questionnaire was begun and ended, in every form that platforms write a moment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Order = Literal["day first", "month first"]
ORDERS: tuple[Order, ...] = ("day first", "month first")

_TIME = (
    r"(?P<hour>\d{1,2})\s*[:hH.]\s*(?P<minute>\d{2})(?:[:.m](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?:(?:UTC|GMT|Z)?\s*(?P<sign>[+-])(?P<ahead>\d{1,2})(?::?(?P<and>\d{2}))?"
    r"|(?P<zulu>UTC|GMT|Z))?"
)
_BETWEEN = r"(?:\s*[T,]\s*|\s+-\s+|\s+(?:at|à|um)\s+|\s+)"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}}){_BETWEEN}{_TIME}",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}})"
    rf"{_BETWEEN}{_TIME}",
    re.IGNORECASE,
)
_SPREADSHEET_DAYS = re.compile(r"[2-7]\d{4}[.,]\d+")
_SPREADSHEET_START = datetime(1899, 12, 30)
_CLOCK = re.compile(r"(?:(\d+)[:h])?(\d{1,3})[:m'](\d{2})(?:[.,]\d+)?s?")


def read_moment(text: str, order: Order) -> datetime | None:
    """Return the moment that a text says, None for none; it has a zone if the text names one.

    ``order`` is that of day and month where the year comes last. Numbers of days are those of a
    spreadsheet.

    >>> read_moment("02/05/2023 10:11", "day first"), read_moment("5/2/23 1:05 PM", "month first")
    (datetime.datetime(2023, 5, 2, 10, 11), datetime.datetime(2023, 5, 2, 13, 5))
    >>> read_moment("2023-05-02T10:11:12.000+02:00", "day first").isoformat()
    '2023-05-02T10:11:12+02:00'
    """
    text = text.strip()
    if _SPREADSHEET_DAYS.fullmatch(text):
        days = float(text.replace(",", "."))
        return _SPREADSHEET_START + timedelta(seconds=round(days * 86_400))
    year_first = _YEAR_FIRST.fullmatch(text)
    found = year_first or _YEAR_LAST.fullmatch(text)
    if found is None:
        return None
    one, two, year = int(found["one"]), int(found["two"]), int(found["year"])
    month, day = (one, two) if year_first or order == "month first" else (two, one)
    try:
        return datetime(
            year if year > 99 else 2000 + year, month, day,
            _hour(found), int(found["minute"]), int(found["second"] or 0), tzinfo=_zone(found),
        )  # fmt: skip
    except ValueError:
        return None


def _hour(found: re.Match[str]) -> int:
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    return hour % 12 + 12 * half.startswith("p") if half else hour


def _zone(found: re.Match[str]) -> timezone | None:
    if found["zulu"]:
        return UTC
    if not found["sign"]:
        return None
    ahead = timedelta(hours=int(found["ahead"]), minutes=int(found["and"] or 0))
    return timezone(-ahead if found["sign"] == "-" else ahead)


@dataclass(frozen=True)
class Span:
    """How many minutes lie between two moments of each respondent.

    ``minutes`` are missing where a moment is, and where it cannot be told; ``doubtful`` are the
    respondents whose two moments are there, and yet tell no duration.
    """

    minutes: pd.Series[Any]
    doubtful: npt.NDArray[np.bool_]


def span(begun: pd.Series[Any], ended: pd.Series[Any]) -> Span:
    """Return how long each respondent took, from two columns of one file.

    Day and month stand in one order in both columns: an order in which a moment cannot be, or
    somebody ends before they begin, is not that of the file. Where both orders are left, a duration
    is known if it is the same in both, as it is within a day.
    """
    given = (begun.str.strip() != "") & (ended.str.strip() != "")
    told = {order: _minutes(begun[given], ended[given], order) for order in ORDERS}
    fewest = min(int(np.isnan(each).sum()) for each in told.values())
    likely = [each for each in told.values() if int(np.isnan(each).sum()) == fewest]
    same = np.isclose(likely[0], likely[-1], rtol=0, atol=1e-6)
    known = np.where(same, likely[0], np.nan)
    minutes = pd.Series(np.nan, index=begun.index, dtype=float)
    minutes[given] = known
    return Span(minutes, (given & minutes.isna()).to_numpy(dtype=bool))


def _minutes(begun: Iterable[str], ended: Iterable[str], order: Order) -> npt.NDArray[np.float64]:
    """Return the minutes between two moments; missing where they are not two in their order."""
    read: dict[str, datetime | None] = {}

    def moment(text: str) -> datetime | None:
        if text not in read:
            read[text] = read_moment(text, order)
        return read[text]

    minutes = []
    for first, last in zip(begun, ended, strict=True):
        start, end = moment(first), moment(last)
        if start is None or end is None or (start.tzinfo is None) != (end.tzinfo is None):
            minutes.append(np.nan)
        else:
            took = (end - start).total_seconds() / 60
            minutes.append(took if took >= 0 else np.nan)
    return np.array(minutes, dtype=float)


def read_seconds(text: str) -> float:
    """Return a number of seconds, also written as hours, minutes and seconds; nan for none.

    >>> read_seconds("612,5"), read_seconds("00:10:12"), read_seconds("10:12")
    (612.5, 612.0, 612.0)
    """
    clock = _CLOCK.fullmatch(text.strip())
    if clock is not None:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return float(3600 * hours + 60 * minutes + seconds)
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return np.nan
