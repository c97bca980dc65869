"""The columns of an answer file that say how respondents were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.answers.columns.identifiers import ROWS_LISTED
from typology.answers.columns.weight_column import read_weight_column
from typology.answers.platforms import AnswerTable
from typology.problems import Problem
from typology.words.phrases import few, phrase
from typology.words.written_numbers import Mark


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
    `typology.answers.columns.weight_column.read_weight_column` for each replicate.
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
