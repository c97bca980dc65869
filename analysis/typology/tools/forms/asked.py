"""What a form says beside a question: how to answer it, and within which bounds."""

from __future__ import annotations

from typology.exhibits.dates import day_label
from typology.questionnaire.forms.form import FormQuestion
from typology.words import number, word


def digits(value: float) -> str:
    """Return a number as every platform reads it: without exponent, a point before decimals.

    >>> digits(25.0), digits(0.5), digits(1_000_000)
    ('25', '0.5', '1000000')
    """
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def bounds_in_words(question: FormQuestion, language: str) -> str:
    """Return what the bounds of a number or a date ask for; "" if it has none."""
    if question.kind == "date":
        key, bounds = "form_date", (question.earliest, question.latest)
        low, high = ("" if day is None else day_label(day, language) for day in bounds)
    else:
        key, mark = "form_number", "," if language == "fr" else "."
        low, high = (
            "" if bound is None else digits(bound).replace(".", mark)
            for bound in (question.low, question.high)
        )
    if low and high:
        return word(key, language, "between", low=low, high=high)
    if low:
        return word(key, language, "from", low=low)
    return word(key, language, "to", high=high) if high else ""


def instruction(question: FormQuestion, language: str) -> str:
    """Return how to answer a question that takes several choices; "" for any other."""
    if question.kind == "multiple":
        return word("tick_several", language)
    if question.kind == "rank":
        return word("rank_all", language, last=number(len(question.options), language, 0))
    return ""
