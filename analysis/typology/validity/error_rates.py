"""The error rates of the verdict, on simulated populations whose truth is known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from typology.exhibits.paper_table import Column, PaperTable, RowGroup
from typology.words import number, word

_RUNGS = ("no_structure", "slices", "regions", "groups")
_PARTS = ("without", "with", "beyond")


def error_rates_table(error_rates: pd.DataFrame, language: str) -> PaperTable:
    """Return how often each verdict is reached on populations whose truth is known.

    Populations without groups, with groups, and beyond what is promised. Columns read: ``case``,
    ``truth`` (a rung), ``listed`` (whether the verdict promises to be right), ``simulations``, the
    rungs (percent), ``groups_error``.
    """
    with_groups = error_rates["truth"] == "groups"
    listed = error_rates["listed"].astype(bool)
    chosen = (listed & ~with_groups, listed & with_groups, ~listed)
    groups = [
        RowGroup(
            word("paper_truth", language, part),
            tuple(_row(row, language) for row in error_rates[rows].to_dict("records")),
        )
        for part, rows in zip(_PARTS, chosen, strict=True)
        if rows.any()
    ]
    verdict = word("paper_verdict", language)
    columns = (
        Column(word("paper_population", language), "left"),
        Column(word("paper_simulations", language)),
        *(Column(word("rung", language, rung), spanner=verdict) for rung in _RUNGS),
    )
    return PaperTable(columns, tuple(groups), (word("paper_errors_note", language),))


def case_name(case: str, language: str) -> str:
    """Return the name of a population, as it is in the file where a part has no words.

    >>> case_name("one trait, loadings .6; skewed items", "fr")
    'une attitude, saturations de 0,6, énoncés asymétriques'
    """
    try:
        return ", ".join(word("case", language, part) for part in case.split("; "))
    except KeyError:
        return case


def _row(row: Mapping[Hashable, Any], language: str) -> tuple[str, ...]:
    shares = [number(row[rung], language, 0) for rung in _RUNGS]
    shares[-1] += f" ({number(row['groups_error'], language)})"
    name = case_name(str(row["case"]), language)
    return (name, number(row["simulations"], language, 0), *shares)
