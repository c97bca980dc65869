"""Respondent characteristics as categories: bands for numbers, words for gaps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from typology.questionnaire.questionnaire import Question, Questionnaire

NO_ANSWER = "no answer"
MOST_MONTHS = 24
"""Dates that span more months are told by year."""


def band_codes(bands: Sequence[float]) -> list[str]:
    """Return the codes of the categories that cut points make.

    >>> band_codes([40, 50])
    ['<40', '40-49', '>=50']
    """
    cuts = [float(cut) for cut in bands]
    whole = all(cut.is_integer() for cut in cuts)
    text = [f"{cut:g}" for cut in cuts]
    between = [
        f"{text[i]}-{cuts[i + 1] - 1:g}" if whole else f"{text[i]}-<{text[i + 1]}"
        for i in range(len(cuts) - 1)
    ]
    return [f"<{text[0]}", *between, f">={text[-1]}"]


def characteristic_categories(
    questionnaire: Questionnaire, respondent: pd.DataFrame
) -> pd.DataFrame:
    """Return the respondent questions as categories, gaps being "no answer", in their order.

    Single choices are under their question's id; so are numbers that declare bands, cut, and dates,
    by month (by year where they span more than two years); each choice of a multiple question, and
    each theme of a text, is under "question:choice" as "yes" / "no". Ranks and texts are left out.
    ``respondent`` is that of `typology.answers.responses.Responses`.
    """
    columns: dict[str, pd.Series] = {}
    for question in questionnaire.respondent:
        columns |= _categories_of(question, respondent)
    return pd.DataFrame(columns, index=respondent.index)


def _categories_of(question: Question, respondent: pd.DataFrame) -> dict[str, pd.Series]:
    if question.type == "single" and question.id in respondent:
        codes = [str(choice.code) for choice in question.choices]
        return {question.id: _categorical(respondent[question.id], codes)}
    if question.type == "number" and question.bands and question.id in respondent:
        return {question.id: _banded(respondent[question.id], question.bands)}
    if question.type == "date" and question.id in respondent:
        return {question.id: _by_period(respondent[question.id])}
    if question.type == "multiple" or question.themes:
        names = [f"{question.id}:{choice.code}" for choice in question.parts]
        return {
            name: _categorical(
                respondent[name].map({True: "yes", False: "no"}, na_action="ignore"), ["yes", "no"]
            )
            for name in names
            if name in respondent
        }
    return {}


def _banded(values: pd.Series, bands: Sequence[float]) -> pd.Series:
    codes = np.array(band_codes(bands), dtype=object)
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    positions = np.searchsorted(np.asarray(bands, dtype=float), numbers, side="right")
    cut = pd.Series(codes[np.minimum(positions, len(bands))], index=values.index, dtype="object")
    return _categorical(cut.where(~np.isnan(numbers)), list(codes))


def _by_period(values: pd.Series) -> pd.Series:
    """Return dates as months ("2021-03"), or as years where there are too many months."""
    known = values.dropna()
    if known.empty:
        return _categorical(values, [])
    span = pd.period_range(known.min(), known.max(), freq="M")
    frequency = "M" if len(span) <= MOST_MONTHS else "Y"
    periods = pd.Series(values.dt.to_period(frequency), index=values.index)
    codes = [str(each) for each in pd.period_range(known.min(), known.max(), freq=frequency)]
    return _categorical(periods.astype("string"), codes)


def _categorical(values: pd.Series, codes: list[str]) -> pd.Series:
    """Order the categories as the questionnaire does, "no answer" last and only where it occurs."""
    text = values.astype("object")
    filled = text.where(text.notna(), NO_ANSWER)
    used = [*codes, NO_ANSWER] if bool((filled == NO_ANSWER).any()) else codes
    return pd.Series(pd.Categorical(filled, categories=used, ordered=True), index=values.index)
