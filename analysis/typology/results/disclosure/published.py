"""The tables of a run as they may leave the machine: every one passes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import pandas as pd

from rfree.base.inputs import BoolArray
from typology.exhibits.run_tables import Tables
from typology.results.disclosure.blanks import HIDDEN_COLUMN, blanked, one_digit
from typology.results.disclosure.declared import DECLARED, Declared
from typology.results.disclosure.pattern import ALL, MARGIN, Pattern
from typology.results.disclosure.single_tables import SINGLE_TABLES
from typology.results.disclosure.told_tests import models_tell

WEIGHTED_DECIMALS: Mapping[str, int] = {
    **dict.fromkeys(
        ("share", "class_share", "category_share", "overall_share", "agree_share", "neutral_share",
         "disagree_share", "overall_agree_share", "agree_low", "agree_high", "computed",
         "difference", "unweighted_share", "weighted_share", "contribution",
         "kept_share", "same_share", "mean_share", "class_percent", "neighbour_percent",
         "both_percent"), 1,
    ),
    **dict.fromkeys(
        ("mean", "overall_mean", "class_mean", "sd", "class_sd", "overall_sd", "consensus", "cos2",
         "v_test", "jaccard", "mean_jaccard"), 2,
    ),
    **dict.fromkeys(("coordinate", "x", "y", "center_x", "center_y"), 3),
}  # fmt: skip
"""Decimals of what is told where respondents weigh differently: whoever knows the weights finds
who gave an answer from all decimals of its weighted share, beside how many gave it."""
WEIGHTED_SHARES = (
    "share", "category_share", "overall_share", "agree_share", "neutral_share", "disagree_share",
    "overall_agree_share", "agree_low", "agree_high", "sd", "consensus", "v_test", "cos2",
    "contribution",
)  # fmt: skip
WEIGHTED_RATIOS = ("class_share",)
TESTED_BY_NUMBERS = ("quantity", "rank", "date")
"""Kinds of questions that are tested by their numbers, not by counts of answers."""


@dataclass(frozen=True)
class PublishedTables:
    """The tables that may leave, and how many cells of each are hidden."""

    tables: dict[str, pd.DataFrame]
    hidden_cells: dict[str, int]


def publish(tables: Tables, pattern: Pattern) -> PublishedTables:
    """Return the tables that may leave the machine, without the numbers of a pattern.

    A hidden number is missing, and a column ``hidden`` says so. Tables that `DECLARED` does not
    name are left out.
    """
    public = {name: table for name, table in tables.items() if name in DECLARED}
    if pattern.smallest == 1:
        return PublishedTables(public, {})
    if models_tell(tables, pattern.touched):
        public = _without_models(public)
    counts: dict[str, int] = {}
    for name, table in list(public.items()):
        made = _Table(table, DECLARED[name], pattern).without_hidden()
        for change in SINGLE_TABLES.get(name, ()):
            made = change(made, public, pattern)
        if pattern.weighted:
            made = made.round(
                {
                    each: WEIGHTED_DECIMALS[each]
                    for each in map(str, made)
                    if each in WEIGHTED_DECIMALS
                }
            )
        public[name] = made
        counts[name] = int((made.isna() & public_before(table, made).notna()).sum().sum())
    return PublishedTables(public, {name: count for name, count in counts.items() if count})


def _without_models(tables: Tables) -> dict[str, pd.DataFrame]:
    """Leave out the models of membership, and say why."""
    notes = tables["membership_notes"]
    why = pd.DataFrame([dict.fromkeys(notes, "") | {"remark": "models_tell"}])
    kept = {name: table for name, table in tables.items() if not name.startswith("membership_")}
    return kept | {"membership_notes": pd.concat([notes, why], ignore_index=True)}


def public_before(table: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Return a table as it was, with the rows and columns that it has now."""
    return table.reindex(index=made.index, columns=made.columns)


class _Table:
    """A table, with what its declaration says of its rows."""

    def __init__(self, table: pd.DataFrame, declared: Declared, pattern: Pattern) -> None:
        self.table, self.declared, self.pattern = table, declared, pattern
        n = len(table)
        prefix = MARGIN if declared.margin else ""
        self.variables = self._texts(declared.variable, n, prefix)
        self.categories = self._texts(declared.category, n)
        self.classes = (
            [ALL] * n
            if not declared.of_class
            else [0 if pd.isna(each) else int(each) for each in table[declared.of_class]]
        )

    def _texts(self, column: str, n: int, prefix: str = "") -> list[str]:
        if not column:
            return [""] * n
        return [prefix + ("" if pd.isna(each) else str(each)) for each in self.table[column]]

    def without_hidden(self) -> pd.DataFrame:
        declared, pattern = self.declared, self.pattern
        gone: dict[str, BoolArray] = {}

        def hide(columns: Any, rows: BoolArray) -> None:
            for column in self._named(columns) if rows.any() else ():
                gone[column] = gone.get(column, np.zeros(len(rows), dtype=bool)) | rows

        triples = list(zip(self.variables, self.categories, self.classes, strict=True))
        hide(declared.cells, _of(triples, lambda each: each in pattern.cells))
        hide(declared.totals, _of(triples, lambda each: (each[0], each[1], ALL) in pattern.cells))
        for column, group in declared.groups.items():
            hide([column], _of(triples, _hidden_group(group, pattern)))
        for column, group in declared.total_groups.items():
            hide([column], _of(triples, _hidden_group(group, pattern, everywhere=True)))
        hide(declared.summaries, _of(triples, lambda each: (each[0], each[2]) in pattern.mixed))
        hide(declared.means, _of(triples, lambda e: (e[0], e[2]) in pattern.meanless))
        hide(declared.total_means, _of(triples, lambda e: (e[0], ALL) in pattern.meanless))
        hide(declared.sizes, _of(triples, lambda each: each[2] in pattern.classes))
        hide(self._weighted_columns(), _of(triples, lambda each: each[2] in pattern.unweighed))
        hide(declared.places, _of(triples, lambda each: each[:2] in pattern.unplaced))
        hide(declared.contrasts, _of(triples, lambda e: e[0] in pattern.unplaced_variables))
        counted = np.ones(len(triples), dtype=bool)
        if "kind" in self.table:  # what is measured is not tested by the counts of its bands
            counted = ~self.table["kind"].isin(TESTED_BY_NUMBERS).to_numpy()
        hide(declared.effects, counted & _of(triples, lambda each: each[0] in pattern.effectless))
        hide(declared.tests, counted & _of(triples, lambda each: each[0] in pattern.untested))
        if declared.variable:
            hide(WEIGHTED_RATIOS, _of(triples, lambda each: each[0] in pattern.ratioless))
            hide(WEIGHTED_SHARES, _of(triples, lambda each: each[0] in pattern.shareless))
        hide(declared.own_values, np.ones(len(triples), dtype=bool))
        return self._made(gone, triples)

    def _weighted_columns(self) -> list[str]:
        """Return the columns that are weighted: without weights, those beside the main results."""
        return [
            column
            for column in self._named(self.declared.weighted)
            if self.pattern.weighted or column.startswith("weighted_")
        ]

    def _named(self, names: Iterable[str]) -> list[str]:
        """Return the columns of these names, in which * stands for anything."""
        return [
            column
            for column in map(str, self.table)
            if any(fnmatchcase(column, name) for name in names)
        ]

    def _made(
        self, gone: dict[str, BoolArray], triples: list[tuple[str, str, int]]
    ) -> pd.DataFrame:
        declared, pattern = self.declared, self.pattern
        table = self.table.copy()
        touched = _of(
            triples, lambda e: e[0] in pattern.touched or e[0] in pattern.unplaced_variables
        )
        own = _of(triples, lambda e: (e[0], e[2]) in pattern.mixed)
        overall = _of(triples, lambda e: (e[0], ALL) in pattern.mixed)
        rounded = {
            **{column: (touched, decimals) for column, decimals in declared.rounded.items()},
            **dict.fromkeys(declared.means, (own, 1)),
            **dict.fromkeys(declared.total_means, (overall, 1)),
        }
        for column, (rows, decimals) in rounded.items():
            if column in table and rows.any():
                values = table[column].astype(float)
                table[column] = values.mask(rows, values.round(decimals))
        for column in declared.p_values:
            if column in table and touched.any():
                table[column] = table[column].where(~touched, one_digit(table[column]))
        for column in declared.statistics:
            if column in table and touched.any():
                gone[column] = gone.get(column, np.zeros(len(triples), dtype=bool)) | touched
        for column, rows in gone.items():
            table[column] = blanked(table[column], rows)
        if gone:
            table[HIDDEN_COLUMN] = np.any(np.array(list(gone.values())), axis=0)
        if declared.without_unplaced:
            table = table[~_of(triples, lambda each: each[:2] in pattern.unplaced)]
        return table


def _hidden_group(
    group: str, pattern: Pattern, *, everywhere: bool = False
) -> Callable[[tuple[str, str, int]], bool]:
    return lambda each: (each[0], group, ALL if everywhere else each[2]) in pattern.cells


def _of(
    triples: list[tuple[str, str, int]], holds: Callable[[tuple[str, str, int]], bool]
) -> BoolArray:
    return np.fromiter((holds(each) for each in triples), dtype=bool, count=len(triples))
