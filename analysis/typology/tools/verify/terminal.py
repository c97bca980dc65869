"""What the command `verify` prints."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from typology.tools.verify.compared_files import DRAWN
from typology.tools.verify.verification import OUTPUT_KINDS, STATUSES, Verification
from typology.words import number, percent, word

_MOST_SHOWN = 20
_LONGEST = 32


def print_verification(
    console: Console, verification: Verification, output: Path | None = None
) -> None:
    """Print what two runs were made from, what is the same, what moved, and whether it holds."""
    language = verification.language
    console.print()
    if verification.causes.empty:
        console.print(Text(word("verify_same_causes", language)))
    else:
        console.print(causes_summary(verification.causes, language))
    console.print()
    console.print(outputs_summary(verification.outputs, language))
    others = verification.outputs[~verification.outputs["status"].isin(STATUSES[:2])]
    if len(others):
        console.print()
        console.print(moved_summary(others.head(_MOST_SHOWN), language))
        if len(others) > _MOST_SHOWN:
            more = len(others) - _MOST_SHOWN
            console.print(Text(word("verify_more", language, count=more, plural=more), style="dim"))
    if output is not None:
        console.print(Text(word("verify_written", language, file=str(output)), style="dim"))
    console.print()
    count = len(verification.outputs) if verification.holds else len(others)
    said = word(
        "verify_verdict",
        language,
        "holds" if verification.holds else "moved",
        count=count,
        plural=count,
        tolerance=f"{verification.tolerance:g}",
    )
    console.print(Text(said, style="bold green" if verification.holds else "bold yellow"))


def causes_summary(causes: pd.DataFrame, language: str) -> Table:
    """Return what the two runs were made from and is not the same."""
    table = _table(word("verify_causes", language))
    for key in ("part", "what", "before", "after"):
        table.add_column(Text(word("verify_column", language, key)), overflow="fold")
    for row in causes.to_dict("records"):
        part = word("verify_part", language, row["part"])
        shown = (_cut(row["before"], language), _cut(row["after"], language))
        table.add_row(Text(part), Text(row["what"]), *map(Text, shown))
    return table


def outputs_summary(outputs: pd.DataFrame, language: str) -> Table:
    """Return how many outputs of each kind are the same, moved, or are there once only."""
    counts = pd.crosstab(outputs["kind"], outputs["status"])
    statuses = [each for each in STATUSES if each in counts]
    table = _table(word("verify_outputs", language))
    table.add_column(Text(word("verify_column", language, "kind")))
    for status in statuses:
        table.add_column(Text(word("verify_status", language, status)), justify="right")
    for kind in (each for each in OUTPUT_KINDS if each in counts.index):
        cells = (str(counts.loc[kind, status] or "·") for status in statuses)
        table.add_row(Text(word("verify_kind", language, kind)), *cells)
    return table


def moved_summary(outputs: pd.DataFrame, language: str) -> Table:
    """Return the outputs that are not the same, each with its largest difference."""
    table = _table(word("verify_moved", language))
    for key in ("output", "status", "largest", "place", "before", "after"):
        table.add_column(Text(word("verify_column", language, key)), overflow="fold")
    for row in outputs.to_dict("records"):
        shown = (
            row["output"],
            word("verify_status", language, row["status"]),
            _difference(row, language),
            "" if row["place"] == DRAWN else row["place"],
            _cut(row["before"], language),
            _cut(row["after"], language),
        )
        table.add_row(*map(Text, shown))
    return table


def _difference(row: Mapping[Any, Any], language: str) -> str:
    """Return the largest difference of an output, in words."""
    if math.isnan(row["largest"]):
        return ""
    if row["place"] == DRAWN:
        return word("verify_drawn", language, share=percent(row["largest"], language))
    return (
        number(row["largest"], language, 3) if row["largest"] >= 0.001 else f"{row['largest']:.0e}"
    )


def _cut(text: str, language: str) -> str:
    shown = " ".join(text.split())
    if not shown:
        return word("verify_none", language)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _table(title: str) -> Table:
    return Table(title=Text(title, style="bold"), title_justify="left", box=SIMPLE_HEAD)
