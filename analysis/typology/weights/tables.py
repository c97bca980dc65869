"""Tables of the sample against its population, and of the types with and without weights."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from typology.exhibits.clauses import type_name
from typology.exhibits.hidden_counts import mean_decimals
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import table_exhibit, told, unasked
from typology.exhibits.run_tables import Tables, text_of
from typology.words.numbers import signed_number


@table_exhibit(
    "representativeness_table",
    label="tbl-representativeness",
    needs=("representativeness",),
    absent=told("no_representativeness"),
    section="representativeness",
    place=1,
)
def representativeness_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the shares of the sample beside those of the population, margin by margin.

    With the test of each margin in its title, and the sources below. Notes say when the margins are
    illustrative. Uses ``representativeness`` and ``representativeness_tests``.
    """
    shares, tests = tables["representativeness"], tables["representativeness_tests"]
    weighted = bool(shares["weighted_share"].notna().any())
    groups = tuple(
        RowGroup(
            _margin_title(test, labels),
            tuple(
                _margin_row(row, labels, weighted=weighted)
                for row in shares[shares["variable"] == test["variable"]].to_dict("records")
            ),
        )
        for test in tests.to_dict("records")
    )
    titles = (
        "paper_margin_sample",
        "paper_margin_population",
        "paper_difference",
        "paper_difference_interval",
    )
    columns = (
        Column(labels.word("category"), "left"),
        Column(labels.word("n")),
        *(Column(labels.word(title)) for title in titles),
        *([Column(labels.word("paper_weighted"))] if weighted else []),
    )
    notes = [labels.word("paper_representativeness_note"), *_sources(tests, labels)]
    if bool(tests["illustrative"].any()):
        notes.insert(0, labels.word("paper_illustrative_note"))
    return PaperTable(columns, groups, tuple(notes))


@table_exhibit(
    "weights",
    needs=("weights_summary",),
    absent=told("no_weights"),
    section="representativeness",
    place=3,
)
def weights_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what the weights are and what they cost. Uses ``weights_summary``."""
    row = tables["weights_summary"].iloc[0]
    low, high = (labels.number(row[f"{end}_weight"], 2) for end in ("smallest", "largest"))
    rows = [
        ("paper_weights_used", labels.word("yes" if row["main"] else "no")),
        ("paper_weights_origin", labels.word("weights", row["weights"])),
        ("paper_weights_respondents", labels.number(row["n"], 0)),
        ("paper_weights_effective", labels.number(row["effective_n"], 0)),
        ("paper_weights_effect", labels.number(row["design_effect"], 2)),
    ]
    if pd.notna(row["smallest_weight"]):
        rows.append(("paper_weights_range", f"{low}–{high}"))
    if pd.notna(row["trimmed"]):
        rows.append(("paper_weights_trimmed", labels.number(row["trimmed"], 0)))
    notes = [labels.word("paper_weights_note")]
    if not row["bounds_hold"]:
        notes.append(labels.word("weights_beyond_bounds", low=low, high=high))
    if row["illustrative"]:
        notes.insert(0, labels.word("paper_illustrative_note"))
    columns = (
        Column(labels.word("paper_measure"), "left"),
        Column(labels.word("paper_weights_value")),
    )
    return plain_table(columns, [(labels.word(key), value) for key, value in rows], *notes)


@table_exhibit(
    "weighting",
    needs=("weighting_comparison",),
    absent=told("no_weighting"),
    section="representativeness",
    place=4,
)
def weighting_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the types without and with weights, side by side.

    Uses ``weighting_comparison``, ``weighting_means``, ``weighting_agreement`` and
    ``weights_summary``.
    """
    means = tables["weighting_means"]
    blocks = list(dict.fromkeys(means["block"]))
    sides = ("unweighted", "weighted")
    by_class = {
        side: means.pivot_table(index="class", columns="block", values=f"{side}_mean", dropna=False)
        for side in sides
    }
    decimals = mean_decimals(pd.concat([means[f"{side}_mean"] for side in sides]))
    rows = [
        (
            labels.type(text_of(row["type"]), int(row["class"])),
            *(
                cell
                for side in sides
                for cell in (
                    labels.number(row[f"{side}_n"], 0),
                    labels.number(row[f"{side}_share"]),
                    *(
                        labels.number(by_class[side].loc[row["class"], block], decimals)
                        for block in blocks
                    ),
                )
            ),
            labels.number(row["jaccard"], 2),
        )
        for row in tables["weighting_comparison"].to_dict("records")
    ]
    spanners = (labels.word("paper_without_weights"), labels.word("paper_with_weights"))
    columns = (
        Column(labels.word("type"), "left"),
        *(
            Column(title, spanner=spanner)
            for spanner in spanners
            for title in (
                labels.word("n"),
                labels.word("percent_sign"),
                *(labels.block(block) for block in blocks),
            )
        ),
        Column(labels.word("paper_jaccard")),
    )
    agreement = tables["weighting_agreement"].iloc[0]
    note = labels.word(
        "paper_weighting_note",
        rand=labels.number(agreement["adjusted_rand"], 2),
        same=labels.percent(agreement["same_type_share"]),
        n=labels.number(agreement["n"], 0),
    )
    warning = (
        labels.word("paper_illustrative_note")
        if bool(tables["weights_summary"]["illustrative"].iloc[0])
        else ""
    )
    return plain_table(columns, rows, warning, note)


def _margin_title(test: Mapping[Hashable, Any], labels: Labels) -> str:
    return labels.word(
        "paper_margin_test",
        margin=labels.short(str(test["variable"])),
        chi2=labels.number(test["chi2"]),
        df=labels.number(test["df"], 0),
        p=labels.p(test["p_monte_carlo"], named=True),
    )


def _margin_row(row: Mapping[Hashable, Any], labels: Labels, *, weighted: bool) -> tuple[str, ...]:
    language = labels.language
    low, high = (signed_number(row[end], language) for end in ("low", "high"))
    cells = (
        labels.answer(str(row["variable"]), str(row["category"])),
        labels.number(row["n"], 0),
        labels.number(row["sample_share"]),
        labels.number(row["population_share"]),
        signed_number(row["difference"], language),
        labels.word("paper_range", low=low, high=high),
    )
    return (*cells, labels.number(row["weighted_share"])) if weighted else cells


def _sources(tests: pd.DataFrame, labels: Labels) -> list[str]:
    """Return where the figures of each margin come from; margins of one source together."""
    language = labels.language
    sources: dict[tuple[str, int], list[str]] = {}
    for test in tests.to_dict("records"):
        source = text_of(test[f"source_{language}"]).rstrip(".")
        sources.setdefault((source, int(test["year"])), []).append(labels.short(test["variable"]))
    return [
        labels.word("paper_margin_source", margin=", ".join(margins), source=source,
             year=str(year))
        for (source, year), margins in sources.items()
    ]  # fmt: skip


@table_exhibit(
    "survey_shares",
    needs=("survey_shares",),
    absent=unasked,
    section="representativeness",
    place=8,
)
def survey_shares_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the share of each type under the survey design.

    Uses ``survey_shares`` and ``classes``.
    """
    found = tables["survey_shares"]
    rows = [
        (
            type_name(tables, labels, int(row["class"])),
            labels.number(row["n"], 0),
            labels.number(row["share"]),
            labels.number(row["std_error"]),
            labels.word(
                "paper_range", low=labels.number(row["low"]), high=labels.number(row["high"])
            ),
        )
        for row in found.to_dict("records")
    ]
    columns = (
        Column(labels.word("type"), "left"),
        Column("n"),
        Column(labels.word("percent_sign")),
        Column(labels.word("column", "std_error")),
        Column(labels.word("paper_ci")),
    )
    note = labels.word("survey_shares_note", df=labels.number(found["df"].iloc[0], 0))
    return plain_table(columns, rows, note)


@table_exhibit(
    "survey_tests",
    needs=("survey_tests",),
    absent=unasked,
    section="characteristics",
    place=8,
)
def survey_tests_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the test of each characteristic under the survey design. Uses ``survey_tests``."""
    rows = [
        (
            labels.short(str(row["variable"])),
            labels.number(row["statistic"], 2),
            labels.number(row["df"]),
            labels.number(row["df_denominator"]),
            labels.p(float(row["p_value"])),
            labels.p(float(row["p_adjusted"])),
        )
        for row in tables["survey_tests"].to_dict("records")
    ]
    columns = (
        Column(labels.word("variable"), "left"),
        Column(labels.word("survey_f")),
        Column(labels.word("degrees_of_freedom")),
        Column(labels.word("column", "df_denominator")),
        Column(labels.word("p_value")),
        Column(labels.word("p_adjusted")),
    )
    return plain_table(columns, rows, labels.word("survey_tests_note"))
