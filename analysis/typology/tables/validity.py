"""Tables of how real the typology is: stability, verdict, usual criteria, imputation."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

from typology.findings import Tables, is_weighted, type_id
from typology.labels import Labels
from typology.statistic_values import statistic_text
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import number, p_value, percent, word


def type_name(tables: Tables, labels: Labels, class_number: int) -> str:
    """Return the name of a type, or "Class 3" for a class that fits none."""
    return labels.type(type_id(tables, class_number), class_number)


def between(low: float, high: float, language: str, decimals: int = 2) -> str:
    """Return an interval: "0,82 à 1,00"; a dash where it is not known."""
    if math.isnan(low) or math.isnan(high):
        return "–"
    return word(
        "paper_range",
        language,
        low=number(low, language, decimals),
        high=number(high, language, decimals),
    )


def stability_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how each type fares when the respondents are drawn anew.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``stability``, ``class_shares`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    merged = tables["stability"].merge(tables["class_shares"], on="class", suffixes=("", "_share"))
    rows = [
        (
            type_name(tables, labels, int(row["class"])),
            number(row["share"], language),
            between(row["low_share"], row["high_share"], language, 1),
            number(row["mean_jaccard"], language, 2),
            between(row["low"], row["high"], language),
            number(100 * row["recovered"] / row["replicates"], language),
            number(100 * row["dissolved"] / row["replicates"], language),
            word(f"reading_{row['reading']}", language),
        )
        for row in merged.to_dict("records")
    ]
    share, jaccard = word("paper_share_interval", language), word("paper_mean_jaccard", language)
    interval = word("paper_interval", language)
    columns = (
        Column(word("type", language), "left"),
        Column("%", spanner=share),
        Column(interval, spanner=share),
        Column(word("mean", language), spanner=jaccard),
        Column(interval, spanner=jaccard),
        Column(word("paper_recovered", language)),
        Column(word("paper_dissolved", language)),
        Column(word("paper_reading", language), "left"),
    )
    replicates = int(merged["replicates"].iloc[0])
    return plain_table(columns, rows, word("paper_stability_note", language, replicates=replicates))


def verdict_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return every step of the verdict: what has to be beaten, and whether it is.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``verdict`` and ``verdict_steps``.
    labels : Labels

    Returns
    -------
    PaperTable
        A group of rows a rung of the ladder.
    """
    language = labels.language
    groups = [
        RowGroup(
            word("paper_verdict_rung", language, rung=word(f"rung_{rung}", language)),
            tuple(_step(row, language) for row in steps.to_dict("records")),
        )
        for rung, steps in tables["verdict_steps"].groupby("rung", sort=False)
    ]
    null = word("paper_population", language)
    columns = (
        Column(null, "left"),
        Column(word("paper_statistic", language), "left"),
        Column(word("paper_sample", language)),
        Column(word("paper_null_mean", language), spanner=null),
        Column(word("paper_null_range", language), spanner=null),
        Column(word("paper_p", language)),
        Column(word("paper_beaten", language), "left"),
    )
    verdict = tables["verdict"].to_dict("records")[0]
    note = word(
        "paper_verdict_note",
        language,
        rung=word(f"rung_{verdict['rung']}", language),
        replicates=int(verdict["replicates"]),
        level=percent(100 * verdict["level"], language, 0),
    )
    return PaperTable(columns, tuple(groups), (note,))


def null_descriptions_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what the usual criteria say of populations without groups.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``null_descriptions`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    rows = [
        (
            word(f"null_{row['null']}", language),
            number(row["suggested_as_many"], language, 0),
            _with_range(row, "mean_jaccard", "jaccard", language),
            _with_range(row, "silhouette", "silhouette", language),
        )
        for row in tables["null_descriptions"].to_dict("records")
    ]
    classes = len(tables["classes"])
    columns = (
        Column(word("paper_population", language), "left"),
        Column(word("paper_suggested_as_many", language, classes=classes)),
        Column(word("paper_stability", language)),
        Column(word("paper_silhouette", language)),
    )
    return plain_table(columns, rows, word("paper_descriptions_note", language))


def imputation_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the types when missing answers are imputed several times.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``imputation_classes`` and ``classes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    rows = [
        (
            type_name(tables, labels, int(row["class"])),
            number(row["n"], language, 0),
            number(row["mean_n"], language),
            between(row["low_n"], row["high_n"], language, 1),
            number(row["mean_jaccard"], language, 2),
        )
        for row in tables["imputation_classes"].to_dict("records")
    ]
    columns = (
        Column(word("type", language), "left"),
        Column(word("paper_study_n", language)),
        Column(word("paper_imputed_n", language)),
        Column(word("paper_interval", language)),
        Column(word("paper_mean_jaccard", language)),
    )
    told = word("paper_weighted_n_note", language) if is_weighted(tables) else ""
    return plain_table(columns, rows, word("paper_imputation_note", language), told)


def _step(row: Mapping[Hashable, Any], language: str) -> tuple[str, ...]:
    statistic = str(row["statistic"])
    low, high = (
        statistic_text(statistic, row[name], language) for name in ("null_low", "null_high")
    )
    return (
        word(f"null_{row['null']}", language),
        word(f"statistic_{statistic}", language),
        statistic_text(statistic, row["sample"], language),
        statistic_text(statistic, row["null_mean"], language),
        word("paper_range", language, low=low, high=high),
        p_value(row["p_value"], language),
        word("yes" if row["beaten"] else "no", language),
    )


def _with_range(row: Mapping[Hashable, Any], mean: str, name: str, language: str) -> str:
    written = number(row[mean], language, 2)
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if math.isnan(low) or low == high:
        return written
    return f"{written} ({between(low, high, language)})"
