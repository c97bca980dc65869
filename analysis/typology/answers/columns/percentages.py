"""Percentages, and numbers without the sign beside them: 0.45 may be a share of 1 or 0.45 %."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from typology.answers.cells.answer_cells import Cells
from typology.answers.cells.code_books import Unreadable
from typology.answers.cells.texts import is_unit
from typology.answers.columns.answer_file import Reader
from typology.questionnaire.questionnaire import Question
from typology.words.phrases import Phrase, few, phrase
from typology.words.written_numbers import readings


def without_doubtful_shares(
    question: Question, cells: Cells, plain: Reader[float]
) -> Reader[float]:
    """Return a reader that refuses shares of 1 in a column where others have the sign "%"."""
    if not _has_percentages(question, cells.distinct):
        return plain

    def number(text: str) -> float | None:
        said = plain(text)
        if said is not None and 0 < abs(said) <= 1 and readings(text):
            raise Unreadable(text, "percent")
        return said

    return number


def percent_notices(question: Question, cells: Cells) -> tuple[Phrase, ...]:
    """Return which numbers without a sign are read as percentages, beside others or all alike."""
    texts = cells.distinct
    shares = _all_shares(question, texts)
    if shares:
        return (
            phrase(
                "{column}: no number is above 1 ({examples}); they are read as percentages. If "
                "they are shares of 1, multiply them by 100, or show the column as percentages in "
                "the spreadsheet.",
                column=cells.column,
                examples=few(shares, 3),
            ),
        )
    bare = [text for text in texts if any(abs(each) > 1 for each in readings(text).values())]
    if not bare or not _has_percentages(question, texts):
        return ()
    return (
        phrase(
            "{column}: some cells have the sign % and others not ({examples}); all are read as "
            "percentages.",
            column=cells.column,
            examples=few(bare, 3),
        ),
    )


def _all_shares(question: Question, texts: Iterable[str]) -> list[str]:
    """Return the numbers between 0 and 1 of a column that should have percentages and has none."""
    if not is_unit(question, "%"):
        return []
    numbers = {text: read for text in texts if (read := readings(text, partial(is_unit, question)))}
    small = all(0 <= each <= 1 for read in numbers.values() for each in read.values())
    fractions = [text for text, read in numbers.items() if any(each % 1 for each in read.values())]
    signs = any(not readings(text) for text in numbers)
    return fractions if small and not signs else []


def as_percentages(shares: Iterable[str]) -> Mapping[str, str]:
    """Return what shares of 1 are in percent.

    >>> as_percentages(["0.45", "0,125", "0.12345", "1"])
    {'0.45': '45 %', '0,125': '12.5 %', '0.12345': '12.3450 %', '1': '100 %'}
    """
    return {share: _percent(next(iter(readings(share).values()))) for share in shares}


def _percent(share: float) -> str:
    text = f"{round(100 * share, 9):.9f}".rstrip("0").rstrip(".")
    # Three decimals could be thousands: a fourth leaves no doubt.
    return f"{text}0 %" if len(text.partition(".")[2]) == 3 else f"{text} %"


def _has_percentages(question: Question, texts: Iterable[str]) -> bool:
    if not is_unit(question, "%"):
        return False
    return any(not readings(text) and readings(text, partial(is_unit, question)) for text in texts)
