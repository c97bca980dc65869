"""Dates and periods in words: "3 mars 2021", "March 2021"."""

from __future__ import annotations

from datetime import date

from typology.words import word


def day_label(day: date, language: str) -> str:
    r"""Return a day in words.

    >>> day_label(date(2021, 3, 1), "fr"), day_label(date(2021, 3, 1), "en")
    ('1er\xa0mars\xa02021', '1\xa0March\xa02021')
    """
    number = word("first_day", language) if day.day == 1 else str(day.day)
    month = _month(day.month, language)
    return word("date_of_day", language, day=number, month=month, year=str(day.year))


def period_label(period: str, language: str) -> str:
    r"""Return a month ("2021-03") or a year ("2021") in words.

    >>> period_label("2021-03", "fr"), period_label("2021", "en")
    ('mars\xa02021', '2021')
    """
    year, _, month = period.partition("-")
    if not month:
        return year
    name = _month(int(month), language)
    return word("date_of_month", language, month=name, year=year)


def _month(number: int, language: str) -> str:
    return word("months", language).split()[number - 1]
