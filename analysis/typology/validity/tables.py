"""Tables of how real the typology is: stability, verdict, usual criteria, imputation."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

from typology.exhibits.clauses import listed, type_name
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import table_exhibit
from typology.exhibits.run_tables import Tables, is_weighted
from typology.validity.readings import boundary_p
from typology.validity.verdict_sentences import not_computed
from typology.words import number, word
from typology.words.statistic_values import replicated_p, statistic_text


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


@table_exhibit(
    "stability_table",
    label="tbl-stability",
    needs=("stability", "class_shares"),
    absent=partial(not_computed, part="stability"),
    section="stability",
    place=1,
)
def stability_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how each type fares when the respondents are drawn anew.

    Uses ``stability``, ``class_shares`` and ``classes``.
    """
    language = labels.language
    merged = tables["stability"].merge(tables["class_shares"], on="class", suffixes=("", "_share"))
    rows = [
        (
            type_name(tables, labels, int(row["class"])),
            labels.number(row["share"]),
            between(row["low_share"], row["high_share"], language, 1),
            labels.number(row["mean_jaccard"], 2),
            between(row["low"], row["high"], language),
            labels.number(100 * row["recovered"] / row["replicates"]),
            labels.number(100 * row["dissolved"] / row["replicates"]),
            labels.word("reading", row["reading"]),
        )
        for row in merged.to_dict("records")
    ]
    share, jaccard = labels.word("paper_share_interval"), labels.word("paper_mean_jaccard")
    interval = labels.word("paper_interval")
    columns = (
        Column(labels.word("type"), "left"),
        Column("%", spanner=share),
        Column(interval, spanner=share),
        Column(labels.word("mean"), spanner=jaccard),
        Column(interval, spanner=jaccard),
        Column(labels.word("paper_recovered")),
        Column(labels.word("paper_dissolved")),
        Column(labels.word("paper_reading"), "left"),
    )
    replicates = int(merged["replicates"].iloc[0])
    return plain_table(columns, rows, labels.word("paper_stability_note", replicates=replicates))


@table_exhibit(
    "verdict",
    needs=("verdict", "verdict_steps"),
    absent=partial(not_computed, part="nulls"),
    section="reality",
    place=2,
)
def verdict_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return every step of the verdict: what has to be beaten, and whether it is.

    A group of rows a question. Uses ``verdict`` and ``verdict_steps``.
    """
    language = labels.language
    groups = [
        RowGroup(
            labels.word("question", str(question)),
            tuple(_step(row, language) for row in steps.to_dict("records")),
        )
        for question, steps in tables["verdict_steps"].groupby("question", sort=False)
    ]
    null = labels.word("paper_population")
    columns = (
        Column(null, "left"),
        Column(labels.word("paper_statistic"), "left"),
        Column(labels.word("paper_sample")),
        Column(labels.word("paper_null_mean"), spanner=null),
        Column(labels.word("paper_null_range"), spanner=null),
        Column(labels.word("paper_p")),
        Column(labels.word("paper_beaten"), "left"),
    )
    verdict = tables["verdict"].to_dict("records")[0]
    note = labels.word(
        "paper_verdict_note",
        rung=labels.word("rung", verdict["rung"]),
        replicates=int(verdict["replicates"]),
        level=labels.percent(100 * verdict["level"], 0),
    )
    return PaperTable(columns, tuple(groups), (note,))


@table_exhibit(
    "boundaries",
    needs=("boundaries", "verdict_steps"),
    absent=partial(not_computed, part="nulls"),
    section="reality",
    place=1,
)
def boundaries_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return each two neighbouring types, and whether there is a gap between them.

    Uses ``boundaries``, ``verdict_steps`` and ``classes``.
    """
    rows = [
        (
            labels.word(
                "paper_boundary_name",
                first=type_name(tables, labels, int(row["class"])),
                second=type_name(tables, labels, int(row["neighbour"])),
            ),
            labels.number(row["n"], 0),
            labels.number(row["gap_depth"], 1),
            labels.number(100 * row["gap_ratio"], 0),
            *(boundary_p(row, name, tables, labels, named=False) for name in ("p_value", "p_holm")),
            labels.word("yes" if row["has_gap"] else "no"),
            labels.p(row["dip_p"]),
        )
        for row in tables["boundaries"].to_dict("records")
    ]
    columns = (
        Column(labels.word("paper_boundary"), "left"),
        Column("n"),
        Column(labels.word("paper_depth")),
        Column(labels.word("paper_ratio")),
        Column(labels.word("paper_p")),
        Column(labels.word("paper_p_holm")),
        Column(labels.word("paper_gap"), "left"),
        Column(labels.word("paper_dip_p")),
    )
    steps = tables["verdict_steps"]
    nulls = steps.loc[steps["question"] == "gaps", "null"]
    told = listed([labels.word("null_phrase", str(null)) for null in nulls], labels.language)
    return plain_table(columns, rows, labels.word("paper_boundaries_note", nulls=told))


@table_exhibit(
    "set_apart",
    needs=("set_apart",),
    absent=partial(not_computed, part="nulls"),
    section="reality",
    place=1,
)
def set_apart_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return on how many sides each type is set apart, and whether it comes back.

    Uses ``set_apart`` and ``classes``.
    """
    rows = [
        (
            type_name(tables, labels, int(row["class"])),
            labels.number(row["neighbours"], 0),
            labels.number(row["gaps"], 0),
            labels.word("set_apart", row["set_apart"]),
            _with_mark(row, labels),
        )
        for row in tables["set_apart"].to_dict("records")
    ]
    columns = (
        Column(labels.word("type"), "left"),
        Column(labels.word("column", "neighbours")),
        Column(labels.word("column", "gaps")),
        Column(labels.word("paper_set_apart"), "left"),
        Column(labels.word("paper_comes_back"), "left"),
    )
    return plain_table(columns, rows, labels.word("paper_set_apart_note"))


@table_exhibit(
    "verdict_choices",
    needs=("verdict_choices", "verdict"),
    absent=partial(not_computed, part="verdict choices"),
    section="reality",
    place=4,
)
def verdict_choices_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the verdict under each other choice of missing rule and number of axes.

    Uses ``verdict_choices``, ``verdict`` and ``axes``.
    """
    rows = [
        (
            labels.word("missing_rule", row["missing"]),
            labels.number(row["axes"], 0),
            labels.word("rung", row["rung"]),
            labels.number(100 * row["one_score"], 0),
            labels.number(row["weakest_gap"], 1),
        )
        for row in tables["verdict_choices"].to_dict("records")
    ]
    columns = (
        Column(labels.word("paper_missing"), "left"),
        Column(labels.word("column", "axes")),
        Column(labels.word("paper_rung"), "left"),
        Column(labels.word("paper_one_score")),
        Column(labels.word("column", "weakest_gap")),
    )
    return plain_table(columns, rows, labels.word("paper_choices_note"))


@table_exhibit(
    "null_descriptions",
    label="tbl-descriptions",
    needs=("null_descriptions",),
    absent=partial(not_computed, part="nulls"),
    section="reality",
    place=3,
)
def null_descriptions_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what the usual criteria say of populations without groups.

    Uses ``null_descriptions`` and ``classes``.
    """
    language = labels.language
    rows = [
        (
            labels.word("null", row["null"]),
            labels.number(row["suggested_as_many"], 0),
            _with_range(row, "mean_jaccard", "jaccard", language),
            _with_range(row, "silhouette", "silhouette", language),
        )
        for row in tables["null_descriptions"].to_dict("records")
    ]
    classes = len(tables["classes"])
    columns = (
        Column(labels.word("paper_population"), "left"),
        Column(labels.word("paper_suggested_as_many", classes=classes)),
        Column(labels.word("paper_stability")),
        Column(labels.word("paper_silhouette")),
    )
    return plain_table(columns, rows, labels.word("paper_descriptions_note"))


@table_exhibit(
    "imputation",
    needs=("imputation_classes",),
    absent=partial(not_computed, part="imputation"),
    section="reality",
    place=6,
)
def imputation_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the types when missing answers are imputed several times.

    Uses ``imputation_classes`` and ``classes``.
    """
    language = labels.language
    rows = [
        (
            type_name(tables, labels, int(row["class"])),
            labels.number(row["n"], 0),
            labels.number(row["mean_n"]),
            between(row["low_n"], row["high_n"], language, 1),
            labels.number(row["mean_jaccard"], 2),
        )
        for row in tables["imputation_classes"].to_dict("records")
    ]
    columns = (
        Column(labels.word("type"), "left"),
        Column(labels.word("paper_study_n")),
        Column(labels.word("paper_imputed_n")),
        Column(labels.word("paper_interval")),
        Column(labels.word("paper_mean_jaccard")),
    )
    told = labels.word("paper_weighted_n_note") if is_weighted(tables) else ""
    return plain_table(columns, rows, labels.word("paper_imputation_note"), told)


def _step(row: Mapping[Hashable, Any], language: str) -> tuple[str, ...]:
    statistic = str(row["statistic"])
    low, high = (
        statistic_text(statistic, row[name], language) for name in ("null_low", "null_high")
    )
    return (
        word("null", language, row["null"]),
        word("statistic", language, statistic),
        statistic_text(statistic, row["sample"], language),
        statistic_text(statistic, row["null_mean"], language),
        word("paper_range", language, low=low, high=high),
        _p_of_replicates(row, language),
        word("yes" if row["beaten"] else "no", language),
    )


def _p_of_replicates(row: Mapping[Hashable, Any], language: str) -> str:
    """Return a p-value; "≤" where no replicate went as far as the sample."""
    return replicated_p(row["p_value"], language, row["replicates"], named=False)


def _with_mark(row: Mapping[Hashable, Any], labels: Labels) -> str:
    """Return whether a type comes back, with its similarity where it is known."""
    told = labels.word("yes" if row["comes_back"] else "no")
    if math.isnan(row["mean_jaccard"]):
        return "–"
    return f"{told} ({labels.number(row['mean_jaccard'], 2)})"


def _with_range(row: Mapping[Hashable, Any], mean: str, name: str, language: str) -> str:
    written = number(row[mean], language, 2)
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if math.isnan(low) or low == high:
        return written
    return f"{written} ({between(low, high, language)})"
