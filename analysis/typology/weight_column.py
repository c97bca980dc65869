"""The column of an answer file that holds the weights of the respondents."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from typology.phrases import Phrase, joined, phrase
from typology.platforms import AnswerTable
from typology.problems import Problem

ROWS_LISTED = 10
# Rows that stand for more respondents together would fill the memory.
MOST_RESPONDENTS = 1_000_000


def read_weight_column(
    table: AnswerTable, number: int, rows: pd.Series[Any], *, frequencies: bool = False
) -> tuple[pd.Series[Any], list[Problem]]:
    """Return the weights of the respondents, and everything wrong with them.

    Parameters
    ----------
    table : AnswerTable
        The file.
    number : int
        The column.
    rows : Series of str
        How each row is called in a problem.
    frequencies : bool
        Whether weights are numbers of respondents.

    Returns
    -------
    tuple of Series of floats and list of Problem
        NaN where a cell is no number from 0; a problem for the cells without a number, one for
        the negative ones, one for texts, one when nobody weighs anything; of numbers of
        respondents, one for those that are not whole, one for too many.
    """
    texts = table.cells[number].reset_index(drop=True).str.strip()
    weights = texts.map(_number).astype(float)
    empty = (texts == "").to_numpy()
    negative = (weights < 0).to_numpy()
    wrong = weights.isna().to_numpy() & ~empty
    header = table.headers[number]
    fill = phrase("Give every respondent a weight: 0 leaves one out, 1 counts for one.")
    broken = np.zeros(len(weights), dtype=bool)
    expected = phrase("a weight: a number from 0")
    if frequencies:
        broken = (weights % 1 > 0).to_numpy()
        expected = phrase("a number of respondents: a whole number from 0")
    survey = phrase("Correct it, or remove 'frequencies: true': survey weights may have decimals.")
    kinds: tuple[tuple[np.ndarray[Any, Any], Phrase], ...] = (
        (empty, fill),
        (wrong, phrase("Write the number alone.")),
        (negative, phrase("Correct it, or write 0 to leave the respondent out.")),
        (broken, survey),
    )
    problems = [
        Problem(_few(rows[bad]), header, _values(texts[bad]), expected, remedy, table.name)
        for bad, remedy in kinds
        if bad.any()
    ]
    if not problems and not (weights > 0).any():
        value, some = phrase("0 on every row"), phrase("some weights above 0")
        remedy = phrase("Check that this is the column of weights.")
        problems = [Problem("", header, value, some, remedy, table.name)]
    if not problems and frequencies and weights.sum() > MOST_RESPONDENTS:
        value = phrase("{count} respondents in all", count=int(weights.sum()))
        most = phrase("at most {count} respondents", count=MOST_RESPONDENTS)
        remedy = phrase("Check that this column counts respondents.")
        problems = [Problem("", header, value, most, remedy, table.name)]
    return weights, problems


def counted_rows(frequencies: pd.Series[Any]) -> tuple[np.ndarray[Any, Any], list[str]]:
    """Return the row of every respondent counted, and what to call each.

    Parameters
    ----------
    frequencies : Series of whole numbers
        How many respondents each row stands for; indexed by the identifiers of the rows.

    Returns
    -------
    tuple of array of positions and list of str

    Examples
    --------
    >>> counted_rows(pd.Series({"R1": 1.0, "R2": 0.0, "R3": 2.0}))
    (array([0, 2, 2]), ['R1', 'R3 (1/2)', 'R3 (2/2)'])
    """
    counts = frequencies.to_numpy(dtype=np.int64)
    names = [
        str(name) if count == 1 else f"{name} ({number}/{count})"
        for name, count in zip(frequencies.index, counts.tolist(), strict=True)
        for number in range(1, count + 1)
    ]
    return np.repeat(np.arange(len(counts)), counts), names


def _number(text: str) -> float:
    """Return the number a text says, with a point or a comma; NaN when it says none."""
    try:
        value = float(text.replace("\u202f", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def _few(rows: pd.Series[Any]) -> str:
    listed = joined(rows.iloc[:ROWS_LISTED], ", ")
    more = len(rows) - ROWS_LISTED
    return phrase("{list} and {more} more", list=listed, more=more) if more > 0 else listed


def _values(texts: pd.Series[Any]) -> str:
    return ", ".join(dict.fromkeys(texts.iloc[:ROWS_LISTED]))
