"""What of a run leaves the machine, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from typology.results.disclosure.blanks import HIDDEN_COLUMN
from typology.results.disclosure.pattern import find_pattern
from typology.results.disclosure.published import publish
from typology.results.disclosure.published_model import published_model
from typology.results.disclosure.report import disclosure_table
from typology.results.disclosure.statistics.told_points import (
    told_points_table,
    told_short_form,
)
from typology.results.pipeline import Analysis


@dataclass(frozen=True)
class Leaving:
    """The results that may leave, and those that stay in the private folder.

    ``private`` has the tables of single respondents, and those of which something is hidden as they
    were; ``private_model`` is the whole model, None where nothing of it is hidden: but for the
    points of the short form, which are those on paper for everybody.
    """

    tables: dict[str, pd.DataFrame]
    model: dict[str, Any]
    report: pd.DataFrame
    private: dict[str, pd.DataFrame]
    private_model: Mapping[str, Any] | None

    @property
    def written(self) -> dict[str, pd.DataFrame]:
        """Return the tables as they are written: whole numbers stay whole beside hidden ones."""
        return {name: _whole_numbers(table) for name, table in self.tables.items()}


def leaving_results(analysis: Analysis, model: dict[str, Any]) -> Leaving:
    """Part what may leave of a run from what stays."""
    pattern = find_pattern(analysis.fitted, analysis.tables)
    published = publish(analysis.tables, pattern)
    report = disclosure_table(analysis.fitted, published.hidden_cells, pattern.of_weights)
    tables = {**published.tables, "disclosure": report}
    if model.get("short_form") and pattern.smallest > 1:
        form = told_short_form(model["short_form"], analysis.fitted, pattern)
        model = {**model, "short_form": form}
        if "short_form_points" in tables:
            tables["short_form_points"] = told_points_table(tables["short_form_points"], form)
    private = {
        name: table
        for name, table in analysis.tables.items()
        if name not in tables or not table.equals(tables[name])
    }
    public_model = published_model(model, analysis.fitted, pattern)
    return Leaving(tables, public_model, report, private, model if public_model != model else None)


def _whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    if HIDDEN_COLUMN not in table:
        return table
    whole = {
        name: table[name].astype("Int64")
        for name in table.columns
        if pd.api.types.is_float_dtype(table[name])
        and table[name].isna().any()
        and bool((table[name].dropna() % 1 == 0).all())
        and str(name) in {"n", "missing", "base", "doubtful", "all_doubtful", "moved", "changed"}
    }
    return table.assign(**whole)
