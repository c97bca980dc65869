"""Tables of the sample against its population, and of the types with and without weights."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from typology.findings import Tables, text_of
from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import number, p_value, percent, word


def representativeness_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the shares of the sample beside those of the population, margin by margin.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``representativeness`` and ``representativeness_tests``.
    labels : Labels

    Returns
    -------
    PaperTable
        With the test of each margin in its title, and the sources below. Notes say when the
        margins are illustrative.
    """
    language = labels.language
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
        Column(word("category", language), "left"),
        Column(word("n", language)),
        *(Column(word(title, language)) for title in titles),
        *([Column(word("paper_weighted", language))] if weighted else []),
    )
    notes = [word("paper_representativeness_note", language), *_sources(tests, labels)]
    if bool(tests["illustrative"].any()):
        notes.insert(0, word("paper_illustrative_note", language))
    return PaperTable(columns, groups, tuple(notes))


def weights_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return what the weights are and what they cost.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``weights_summary``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    row = tables["weights_summary"].iloc[0]
    low, high = (number(row[f"{end}_weight"], language, 2) for end in ("smallest", "largest"))
    rows = [
        ("paper_weights_used", word("yes" if row["main"] else "no", language)),
        ("paper_weights_origin", word(f"weights_{row['weights']}", language)),
        ("paper_weights_respondents", number(row["n"], language, 0)),
        ("paper_weights_effective", number(row["effective_n"], language, 0)),
        ("paper_weights_effect", number(row["design_effect"], language, 2)),
        ("paper_weights_range", f"{low}–{high}"),
    ]
    if pd.notna(row["trimmed"]):
        rows.append(("paper_weights_trimmed", number(row["trimmed"], language, 0)))
    notes = [word("paper_weights_note", language)]
    if not row["bounds_hold"]:
        notes.append(word("weights_beyond_bounds", language, low=low, high=high))
    if row["illustrative"]:
        notes.insert(0, word("paper_illustrative_note", language))
    columns = (
        Column(word("paper_measure", language), "left"),
        Column(word("paper_weights_value", language)),
    )
    return plain_table(columns, [(word(key, language), value) for key, value in rows], *notes)


def weighting_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the types without and with weights, side by side.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``weighting_comparison``, ``weighting_means``, ``weighting_agreement`` and
        ``weights_summary``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    language = labels.language
    means = tables["weighting_means"]
    blocks = list(dict.fromkeys(means["block"]))
    sides = ("unweighted", "weighted")
    by_class = {side: means.pivot_table(index="class", columns="block", values=f"{side}_mean")
                for side in sides}  # fmt: skip
    rows = [
        (
            labels.type(text_of(row["type"]), int(row["class"])),
            *(
                cell
                for side in sides
                for cell in (
                    number(row[f"{side}_n"], language, 0),
                    number(row[f"{side}_share"], language),
                    *(
                        number(by_class[side].loc[row["class"], block], language, 2)
                        for block in blocks
                    ),
                )
            ),
            number(row["jaccard"], language, 2),
        )
        for row in tables["weighting_comparison"].to_dict("records")
    ]
    spanners = (word("paper_without_weights", language), word("paper_with_weights", language))
    columns = (
        Column(word("type", language), "left"),
        *(
            Column(title, spanner=spanner)
            for spanner in spanners
            for title in (
                word("n", language),
                word("percent_sign", language),
                *(labels.block(block) for block in blocks),
            )
        ),
        Column(word("paper_jaccard", language)),
    )
    agreement = tables["weighting_agreement"].iloc[0]
    note = word(
        "paper_weighting_note",
        language,
        rand=number(agreement["adjusted_rand"], language, 2),
        same=percent(agreement["same_type_share"], language),
        n=number(agreement["n"], language, 0),
    )
    warning = (
        word("paper_illustrative_note", language)
        if bool(tables["weights_summary"]["illustrative"].iloc[0])
        else ""
    )
    return plain_table(columns, rows, warning, note)


def _margin_title(test: Mapping[Hashable, Any], labels: Labels) -> str:
    language = labels.language
    return word(
        "paper_margin_test",
        language,
        margin=labels.short(str(test["variable"])),
        chi2=number(test["chi2"], language),
        df=number(test["df"], language, 0),
        p=p_value(test["p_monte_carlo"], language, named=True),
    )


def _margin_row(row: Mapping[Hashable, Any], labels: Labels, *, weighted: bool) -> tuple[str, ...]:
    language = labels.language
    low, high = (signed(row[end], language) for end in ("low", "high"))
    cells = (
        labels.answer(str(row["variable"]), str(row["category"])),
        number(row["n"], language, 0),
        number(row["sample_share"], language),
        number(row["population_share"], language),
        signed(row["difference"], language),
        word("paper_range", language, low=low, high=high),
    )
    return (*cells, number(row["weighted_share"], language)) if weighted else cells


def signed(value: float, language: str) -> str:
    """Return a number with its sign, plus or minus."""
    written = number(value, language)
    return f"+{written}" if value > 0 and written.strip("0.,") else written


def _sources(tests: pd.DataFrame, labels: Labels) -> list[str]:
    """Return where the figures of each margin come from; margins of one source together."""
    language = labels.language
    sources: dict[tuple[str, int], list[str]] = {}
    for test in tests.to_dict("records"):
        source = text_of(test[f"source_{language}"]).rstrip(".")
        sources.setdefault((source, int(test["year"])), []).append(labels.short(test["variable"]))
    return [
        word("paper_margin_source", language, margin=", ".join(margins), source=source,
             year=str(year))
        for (source, year), margins in sources.items()
    ]  # fmt: skip
