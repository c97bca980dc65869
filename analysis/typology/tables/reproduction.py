"""The table of what a study reported against what was computed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, RowGroup
from typology.words import word

ASPECTS = ("respondents", "class_size", "class_share", "most_unanimous", "portrait")


def reproduction_table(comparison: pd.DataFrame, labels: Labels) -> PaperTable:
    """Return a comparison with what was reported, as a table of the paper.

    Parameters
    ----------
    comparison : DataFrame
        From `typology.reproduction.compare_with_reported`, or some of its rows.
    labels : Labels

    Returns
    -------
    PaperTable
        Grouped by aspect; the verdict is "agrees", "differs" or "cannot be told". What agreeing
        and differing are worth on these answers is said once, in the notes.
    """
    language = labels.language
    notes = [each for each in _origins(language) if comparison["why"].str.endswith(each).any()]
    groups = []
    for aspect in ASPECTS:
        own = comparison[comparison["aspect"] == aspect]
        rows = tuple(
            (row["what"], row["reported"], row["computed"], _verdict(row["agrees"], language),
             _own_reason(row["why"], notes))
            for row in own.to_dict("records")
        )  # fmt: skip
        if rows:
            groups.append(RowGroup(word(f"paper_aspect_{aspect}", language), rows))
    columns = (
        Column(word("paper_what", language), "left"),
        Column(word("paper_reported", language), "left"),
        Column(word("paper_computed", language), "left"),
        Column(word("paper_agrees", language), "left"),
        Column(word("paper_why", language), "left"),
    )
    return PaperTable(columns, tuple(groups), tuple(notes))


def _origins(language: str) -> list[str]:
    """Return the sentences on what a verdict is worth, which end the reasons."""
    return [
        word(f"reproduction_{kind}_{verdict}", language)
        for kind in ("simulated", "real")
        for verdict in ("agrees", "differs")
    ]


def _own_reason(why: str, said_in_notes: list[str]) -> str:
    for sentence in said_in_notes:
        why = why.removesuffix(sentence)
    return why.strip()


def _verdict(agrees: Any, language: str) -> str:
    key = "unknown" if pd.isna(agrees) else "yes" if agrees else "no"
    return word(f"paper_agrees_{key}", language)
