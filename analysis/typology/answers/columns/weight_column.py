"""The columns of weights, and those that say how respondents were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.cells.number_marks import mark_notices, which_mark
from typology.answers.cells.texts import map_distinct, number_reader, read_number
from typology.answers.columns.identifiers import ROWS_LISTED
from typology.answers.platforms import AnswerTable
from typology.problems import Problem
from typology.questionnaire import Question
from typology.words.phrases import Phrase, few, phrase
from typology.words.visible_text import shorten
from typology.words.written_numbers import Mark

# Rows that stand for more respondents together would fill the memory.
MOST_STOOD_FOR = 1_000_000


def read_weight_column(
    table: AnswerTable,
    number: int,
    rows: pd.Series[Any],
    *,
    declared: Mark | None = None,
    frequencies: bool = False,
) -> tuple[pd.Series[Any], list[Problem], tuple[str, ...]]:
    """Return the weights of the respondents, everything wrong with them, and what was decided.

    Weights are NaN where a cell is no number from 0. There is a problem for the cells without a
    number, one for the negative ones, one for texts, one for numbers that can be read in two ways,
    one when nobody weighs anything; with ``frequencies``, numbers of respondents, one for those
    that are not whole, one for too many.
    """
    header, labels = table.headers[number], table.value_labels.get(number, {})
    texts = table.cells[number].reset_index(drop=True).str.strip()
    any_number = Question.model_construct(id=header, type="number")
    stored = table.numbers.get(number, np.zeros(len(texts), dtype=bool))
    reader, mark = number_reader(texts[~stored].unique(), any_number, declared=declared)
    by_file = partial(read_number, question=any_number, mark=".")
    said, bad, unreadable = map_distinct(texts.mask(stored, ""), reader)
    said_by_file, bad_in_file, _ = map_distinct(texts.where(stored, ""), by_file)
    said, bad = np.where(stored, said_by_file, said), bad | bad_in_file
    weights = pd.Series(said).astype(float)
    labelled = texts.isin([code for code, label in labels.items() if label.strip() != code])
    double = texts.isin([text for text, error in unreadable.items() if error.kind == "mark"])
    empty = weights.isna() & ~pd.Series(bad)
    first = next((text for text in texts[double]), "")
    expected = phrase("a weight: a number from 0")
    broken = pd.Series(False, index=weights.index)
    if frequencies:
        broken = weights % 1 > 0
        expected = phrase("a number of respondents: a whole number from 0")
    kinds: tuple[tuple[pd.Series[bool], Phrase], ...] = (
        (
            empty,
            phrase("Give every respondent a weight: 0 leaves one out, 1 counts for one."),
        ),
        (
            (pd.Series(bad) & ~double) | labelled,
            phrase("Write the number alone."),
        ),
        (double, which_mark(first) if first else phrase("")),
        (weights < 0, phrase("Correct it, or write 0 to leave the respondent out.")),
        (
            broken,
            phrase("Correct it, or remove 'frequencies: true': survey weights may have decimals."),
        ),
    )
    problems = [
        Problem(
            row=few(list(rows[wrong.to_numpy()]), ROWS_LISTED),
            column=header,
            value=few([shorten(text, 40) for text in texts[wrong].unique()], ROWS_LISTED),
            expected=expected,
            remedy=remedy,
            where=table.name,
            count=int(wrong.sum()),
        )
        for wrong, remedy in kinds
        if wrong.any()
    ]
    problems = problems or _wrong_sum(header, weights, table.name, frequencies=frequencies)
    return weights, problems, mark_notices(header, mark)


def _wrong_sum(
    header: str, weights: pd.Series[Any], where: str, *, frequencies: bool
) -> list[Problem]:
    """Return that nobody weighs anything, or that too many respondents are counted."""
    if not (weights > 0).any():
        value, expected = phrase("0 on every row"), phrase("some weights above 0")
        remedy = phrase("Check that this is the column of weights.")
    elif frequencies and weights.sum() > MOST_STOOD_FOR:
        value = phrase("{count} respondents in all", count=int(weights.sum()))
        expected = phrase("at most {count} respondents", count=MOST_STOOD_FOR)
        remedy = phrase("Check that this column counts respondents.")
    else:
        return []
    return [Problem("", header, value, expected, remedy, where)]


def counted_rows(frequencies: pd.Series[Any]) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return the row of every respondent counted, and what to call each.

    ``frequencies`` says how many respondents each row stands for, by the identifier of the row.

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


def read_sampling_columns(
    table: AnswerTable,
    numbers: Mapping[str, tuple[int, ...]],
    rows: pd.Series[Any],
    *,
    declared: Mark | None = None,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return stratum and cluster as texts, replicate weights as numbers, and what is wrong.

    Columns "strata" and "clusters" where they are asked for; of replicates, the header of each.
    There is a problem for respondents without stratum or cluster, and those of
    `read_weight_column` for each replicate.
    """
    columns: dict[str, pd.Series[Any]] = {}
    problems: list[Problem] = []
    for use in ("strata", "clusters"):
        for number in numbers.get(use, ()):
            texts = table.cells[number].reset_index(drop=True).str.strip()
            columns[use] = texts
            empty = (texts == "").to_numpy()
            if empty.any():
                problems.append(
                    Problem(
                        row=few(list(rows[empty]), ROWS_LISTED),
                        column=table.headers[number],
                        value="",
                        expected=phrase("a stratum or cluster for every respondent"),
                        remedy=phrase("Write it, or leave these respondents out."),
                        where=table.name,
                        count=int(empty.sum()),
                    )
                )
    for number in numbers.get("replicates", ()):
        weights, wrong, _ = read_weight_column(table, number, rows, declared=declared)
        columns[table.headers[number]] = weights
        problems += wrong
    return pd.DataFrame(columns), problems
