"""The tables of a run as they may leave the machine: every one passes through here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.results.disclosure.declared import DECLARED, Declared
from typology.results.disclosure.pattern import ALL, MARGIN, Pattern

HIDDEN = "hidden"
"""Column that says in which rows of a table something is hidden; none where nothing is."""

BoolArray = npt.NDArray[np.bool_]
Tables = Mapping[str, pd.DataFrame]
_Change = Callable[[pd.DataFrame, Tables, "Pattern"], pd.DataFrame]


@dataclass(frozen=True)
class Published:
    """The tables that may leave, and how many cells of each are hidden."""

    tables: dict[str, pd.DataFrame]
    hidden_cells: dict[str, int]


def publish(tables: Tables, pattern: Pattern) -> Published:
    """Return the tables that may leave the machine, without the numbers of a pattern.

    A hidden number is missing, and a column ``hidden`` says so. Tables that `DECLARED` does not
    name are left out.
    """
    public = {name: table for name, table in tables.items() if name in DECLARED}
    if pattern.smallest == 1:
        return Published(public, {})
    counts: dict[str, int] = {}
    for name, table in list(public.items()):
        made = _Table(table, DECLARED[name], pattern).without_hidden()
        for change in _OTHERWISE.get(name, ()):
            made = change(made, public, pattern)
        public[name] = made
        counts[name] = int((made.isna() & public_before(table, made).notna()).sum().sum())
    return Published(public, {name: count for name, count in counts.items() if count})


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
            for column in columns:
                if column in self.table and rows.any():
                    gone[column] = gone.get(column, np.zeros(len(rows), dtype=bool)) | rows

        triples = list(zip(self.variables, self.categories, self.classes, strict=True))
        hide(declared.cells, _of(triples, lambda each: each in pattern.cells))
        hide(declared.totals, _of(triples, lambda each: (each[0], each[1], ALL) in pattern.cells))
        for column, group in declared.groups.items():
            hide([column], _of(triples, lambda e, g=group: (e[0], g, e[2]) in pattern.cells))
        for column, group in declared.total_groups.items():
            hide([column], _of(triples, lambda e, g=group: (e[0], g, ALL) in pattern.cells))
        hide(declared.summaries, _of(triples, lambda each: (each[0], each[2]) in pattern.mixed))
        hide(declared.total_summaries, _of(triples, lambda e: (e[0], ALL) in pattern.mixed))
        hide(declared.sizes, _of(triples, lambda each: each[2] in pattern.classes))
        hide(declared.places, _of(triples, lambda each: each[:2] in pattern.unplaced))
        hide(declared.contrasts, _of(triples, lambda e: e[0] in pattern.unplaced_variables))
        hide(declared.own_values, np.ones(len(triples), dtype=bool))
        return self._made(gone, triples)

    def _made(
        self, gone: Mapping[str, BoolArray], triples: list[tuple[str, str, int]]
    ) -> pd.DataFrame:
        declared, pattern = self.declared, self.pattern
        table = self.table.copy()
        touched = _of(
            triples, lambda e: e[0] in pattern.touched or e[0] in pattern.unplaced_variables
        )
        for column, decimals in declared.rounded.items():
            if column in table and touched.any():
                values = table[column].astype(float)
                table[column] = values.mask(touched, values.round(decimals))
        for column, rows in gone.items():
            table[column] = blanked(table[column], rows)
        if gone:
            table[HIDDEN] = np.any(np.array(list(gone.values())), axis=0)
        if declared.without_unplaced:
            table = table[~_of(triples, lambda each: each[:2] in pattern.unplaced)]
        return table


def blanked(column: pd.Series[Any], rows: BoolArray) -> pd.Series[Any]:
    """Return a column with missing values in some rows, its other values as they are."""
    if pd.api.types.is_integer_dtype(column) or pd.api.types.is_float_dtype(column):
        return column.astype(float).mask(rows)
    return column.mask(rows)


def _of(
    triples: list[tuple[str, str, int]], holds: Callable[[tuple[str, str, int]], bool]
) -> BoolArray:
    return np.fromiter((holds(each) for each in triples), dtype=bool, count=len(triples))


# --- What is hidden of single tables otherwise ---------------------------------------------------


def _small(values: pd.Series[Any], smallest: int) -> BoolArray:
    numbers = values.astype(float).to_numpy()
    return np.asarray((numbers > 0) & (numbers < smallest))


def _moves(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide who moved where, all of it, where one of the moves is that of a few."""
    if not _small(table["n"], pattern.smallest).any():
        return table
    every = np.ones(len(table), dtype=bool)
    return table.assign(n=blanked(table["n"], every), hidden=True)


def _whole(column: str) -> _Change:
    """Return a change: the number of a column is hidden where it, or all but it, is a few."""

    def change(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
        others = table["n"] - table[column]
        few = _small(table[column], pattern.smallest) | _small(others, pattern.smallest)
        if not few.any():
            return table
        return table.assign(**{column: blanked(table[column], few)}, hidden=few)

    return change


def _confidence(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide how many are doubtful of a class where they are a few, and of another class then."""
    once = table.drop_duplicates("class").set_index("class")["doubtful"].astype(float)
    few = pd.Series(_small(once, pattern.smallest), index=once.index)
    whole = _small(table["all_doubtful"], pattern.smallest)
    others = once[~few & (once > 0)].sort_values(kind="stable")
    while few.any() and len(others) and (few.sum() < 2 or once[few].sum() < pattern.smallest):
        few[others.index[0]] = True
        others = others.iloc[1:]
    rows = table["class"].map(few).to_numpy(dtype=bool)
    if not rows.any() and not whole.any():
        return table
    return table.assign(
        doubtful=blanked(table["doubtful"], rows),
        all_doubtful=blanked(table["all_doubtful"], whole),
        hidden=rows | whole,
    )


def _profile_means(table: pd.DataFrame, public: Tables, pattern: Pattern) -> pd.DataFrame:
    """Round the mean of each class on each block: exact, it would give back those of its items."""
    if not pattern.mixed:
        return table
    profiles = public["class_profiles"]
    gone = [
        (str(item), int(number)) in pattern.mixed
        for item, number in zip(profiles["item"], profiles["class"], strict=True)
    ]
    hidden = pd.Series(gone, index=profiles.index)
    alone = bool((hidden.groupby([profiles["class"], profiles["block"]]).sum() == 1).any())
    columns = {
        name: table[name].astype(float).round(1 if alone else 2)
        for name in map(str, table.columns)
        if name.startswith("mean_") or name in {"mean", "unweighted_mean", "weighted_mean"}
    }
    return table.assign(**columns)


def _measures(columns: tuple[str, ...]) -> _Change:
    """Return a change: what sums up the numbers of a few is hidden, and of the next class then.

    Of both together, the numbers of all would give back the first.
    """

    def change(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
        known = [name for name in columns if name in table]
        measured = table[known].notna().any(axis=1) & (table["class"] != ALL)
        few = np.zeros(len(table), dtype=bool)
        places = pd.Series(np.arange(len(table)), index=table.index)
        keys = [name for name in ("variable", "kind") if name in table]
        for _, rows in table[measured].groupby(keys, sort=False):
            small = _small(rows["n"], pattern.smallest)
            if small.any() and small.sum() < 2:
                others = rows["n"][~small].sort_values(kind="stable").index[:1]
                few[places[others]] = True
            few[places[rows.index[small]]] = True
        if not few.any():
            return table
        hidden = few | (table[HIDDEN].to_numpy(dtype=bool) if HIDDEN in table else False)
        return table.assign(**{name: blanked(table[name], few) for name in known}, hidden=hidden)

    return change


def _sizes_of_other_cuts(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the sizes of small classes of other cuts, with the next of the same cut."""
    few = _small(table["n"], pattern.smallest)
    for _, rows in table.groupby("case", sort=False):
        own = few[rows.index]
        if own.any() and (own.sum() < 2 or rows["n"][own].sum() < pattern.smallest):
            others = rows["n"][~own].sort_values(kind="stable")
            few[others.index[:1]] = True
    if not few.any():
        return table
    hidden = {name: blanked(table[name], few) for name in ("n", "kept_share") if name in table}
    return table.assign(**hidden, hidden=few)


def _smallest_share(table: pd.DataFrame, public: Tables, pattern: Pattern) -> pd.DataFrame:
    n = float(public["flow"].set_index("step_id")["remaining"]["analysed"])
    few = _small(table["smallest_share"] * n / 100, pattern.smallest)
    if not few.any():
        return table
    return table.assign(smallest_share=blanked(table["smallest_share"], few), hidden=few)


def _reported(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    few = _small(table["n"], pattern.smallest)
    few |= _small(table["base"] - table["n"], pattern.smallest)
    if not few.any():
        return table
    names = ("n", "computed", "difference")
    return table.assign(**{name: blanked(table[name], few) for name in names}, hidden=few)


def _side_by_side(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the sizes of classes, weighted and not, where one of the two is that of a few."""
    numbers = ("unweighted_n", "weighted_n")
    few = np.logical_or.reduce([_small(table[name], pattern.smallest) for name in numbers])
    if not few.any():
        return table
    shares = ("unweighted_share", "weighted_share")
    return table.assign(
        **{name: blanked(table[name], few) for name in (*numbers, *shares)}, hidden=few
    )


def _sparse(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Name every hidden number of the characteristics of a model, not the small ones alone."""
    variables = list(dict.fromkeys(table["variable"]))
    hidden = sorted(each for each in pattern.cells if each[0] in variables and each[2] != ALL)
    if not hidden:
        return table
    named = pd.DataFrame(hidden, columns=["variable", "category", "class"])
    kept = table[table["n"].notna() & (table["n"] == 0)]
    both = pd.concat([kept.drop(columns=HIDDEN, errors="ignore"), named], ignore_index=True)
    both[HIDDEN] = both["n"].isna()
    order = both["variable"].map({name: at for at, name in enumerate(variables)})
    ordered = both.assign(order=order).sort_values(["order", "category", "class"], kind="stable")
    return ordered.drop(columns="order").reset_index(drop=True)


def _single_terms(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the terms of a model of one characteristic: they are its counts, written otherwise."""
    variables = [name for name in table["variable"].dropna().unique() if name]
    if len(variables) != 1 or variables[0] not in pattern.touched:
        return table
    numbers = [
        name
        for name in ("coefficient", "std_error", "odds_ratio", "low", "high", "p_value", "shift",
                     "marginal_effect")
        if name in table
    ]  # fmt: skip
    every = np.ones(len(table), dtype=bool)
    return table.assign(**{name: blanked(table[name], every) for name in numbers}, hidden=True)


def _shown_verbatims(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Keep the texts that are quoted, of those of whom several wrote."""
    authors = table.groupby(["variable", "class"])["text"].transform("size")
    return table[table["shown"].astype(bool) & (authors >= pattern.smallest)]


def _points_of_told_answers(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Leave out the points of an answer whose number, or whose place, is hidden: they add up."""
    pairs = zip(table["variable"].astype(str), table["category"].astype(str), strict=True)
    told = [(*pair, ALL) not in pattern.cells and pair not in pattern.unplaced for pair in pairs]
    return table[np.array(told, dtype=bool)]


_NAMING = {"respondents": "…", "line": "exclusions: …"}


def _unnamed_warnings(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Name nobody, and tell no size of a small class."""
    details = []
    for told in table["details"]:
        values = json.loads(told)
        values |= {name: text for name, text in _NAMING.items() if name in values}
        if pattern.classes and "classes" in values:
            values["classes"] = str(values["classes"]).partition(" (n")[0] + ", …"
        details.append(json.dumps(values, ensure_ascii=False))
    return table.assign(details=details)


_OTHERWISE: Mapping[str, tuple[_Change, ...]] = {
    "characteristics": (_measures(("mean", "sd", "median", "q1", "q3")),),
    "class_quantities": (_measures(("class_mean", "class_sd", "p_value", "p_adjusted", "v_test")),),
    "class_moves": (_moves,),
    "consolidation": (_whole("moved"),),
    "imputation_changed": (_whole("changed"),),
    "completeness": (_whole("complete"),),
    "stability_confidence": (_confidence,),
    "classes": (_profile_means,),
    "class_means": (_profile_means,),
    "weighting_means": (_profile_means,),
    "sensitivity_classes": (_sizes_of_other_cuts,),
    "latent_classes": (_smallest_share,),
    "other_methods": (_smallest_share,),
    "reported_shares": (_reported,),
    "weighting_comparison": (_side_by_side,),
    "membership_sparse": (_sparse,),
    "membership_coefficients": (_single_terms,),
    "membership_effects": (_single_terms,),
    "verbatims": (_shown_verbatims,),
    "question_points": (_points_of_told_answers,),
    "warnings": (_unnamed_warnings,),
}
