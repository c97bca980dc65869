"""What respondents wrote in their own words, by type, without what would tell who wrote it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.personal_data import EMAIL, NAMED, NUMBER_OF_SOCIAL_SECURITY, PHONE
from typology.questionnaire import Question, Questionnaire
from typology.questionnaire.header_names import words_key

SHOWN = 5
"""Verbatims of one question and type that a document shows, drawn at random from the seed."""
HIDDEN = "[…]"
"""Stands for what names somebody."""
THEMES_JOINED = " + "

_COLUMNS = ["variable", "class", "text", "themes", "shown"]


def verbatims_by_class(
    questionnaire: Questionnaire, respondent: pd.DataFrame, labels: pd.Series, *, seed: int
) -> pd.DataFrame:
    """Return the texts that respondents wrote, by question and class.

    Columns: ``variable`` (the question, or "question:choice" for what follows "Other: ..."),
    ``class``, ``text``, ``themes`` (codes of those it was coded under, joined by " + "), ``shown``:
    whether a document quotes it, drawn at random. No respondent is named, their order is lost
    (texts are sorted), and "[…]" stands for e-mail addresses and telephone numbers.
    """
    parts = [
        _of(variable, column, themes, labels, np.random.default_rng([seed, place]))
        for place, (variable, column, themes) in enumerate(_written(questionnaire, respondent))
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def identifying(questionnaire: Questionnaire, respondent: pd.DataFrame) -> dict[str, int]:
    """Return how many texts of each question hold an e-mail address or a telephone number."""
    counts = {
        variable: sum(hidden(text) != text for text in column.dropna())
        for variable, column, _ in _written(questionnaire, respondent)
    }
    return {variable: count for variable, count in counts.items() if count}


def hidden(text: str) -> str:
    """Return a text without e-mail addresses, telephone and national numbers, names with a title.

    >>> hidden("Écrivez à jean.dupont@cabinet.fr ou au 06 12 34 56 78, en 2021")
    'Écrivez à […] ou au […], en 2021'
    """
    for found in (EMAIL, NUMBER_OF_SOCIAL_SECURITY, PHONE, NAMED):
        text = found.sub(HIDDEN, text)
    return text


def _written(
    questionnaire: Questionnaire, respondent: pd.DataFrame
) -> Iterator[tuple[str, pd.Series, pd.Series]]:
    """Yield each question with texts, the texts, and the themes of each."""
    nothing = pd.Series("", index=respondent.index)
    for question in questionnaire.respondent:
        if question.type == "text" and question.id in respondent:
            yield question.id, respondent[question.id], _themes(question, respondent)
        for choice in question.worded_choices:
            key = words_key(question.id, choice.code)
            if key in respondent:
                yield f"{question.id}:{choice.code}", respondent[key], nothing


def _themes(question: Question, respondent: pd.DataFrame) -> pd.Series:
    told = pd.Series("", index=respondent.index)
    for theme in question.themes:
        name = f"{question.id}:{theme.code}"
        if name in respondent:
            said = respondent[name].fillna(False).to_numpy(dtype=bool)
            joined = told.where(told == "", told + THEMES_JOINED) + theme.code
            told = told.mask(said, joined)
    return told


def _of(
    variable: str,
    column: pd.Series,
    themes: pd.Series,
    labels: pd.Series,
    random: np.random.Generator,
) -> pd.DataFrame:
    given = column.notna().to_numpy()
    table = pd.DataFrame(
        {
            "variable": variable,
            "class": labels.to_numpy()[given].astype(int),
            "text": [hidden(" ".join(str(text).split())) for text in column[given]],
            "themes": themes[given].to_numpy(),
        }
    ).sort_values(["class", "text", "themes"], kind="stable", ignore_index=True)
    shown = np.zeros(len(table), dtype=bool)
    for rows in table.groupby("class").indices.values():
        shown[_drawn(np.asarray(rows), random)] = True
    return table.assign(shown=shown)[_COLUMNS]


def _drawn(rows: npt.NDArray[np.intp], random: np.random.Generator) -> npt.NDArray[np.intp]:
    return random.choice(rows, min(SHOWN, len(rows)), replace=False)
