"""Models and indices of the answers as they are told: not as equations of hidden numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from typology.exhibits.run_tables import Tables
from typology.results.disclosure.blanks import without
from typology.results.disclosure.pattern import ALL, Pattern

_INDEX_DECIMALS, _CURVE_DECIMALS = 3, 2
_CRITERIA = ("log_likelihood", "aic", "bic", "abic", "lr", "bic_above_best")
_DENSITY = "L-Mode"


def told_likelihoods(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the likelihood of one class where a number of an item is hidden.

    It is the sum, over the items and their answers, of n log n: whoever tries the few numbers that
    are possible finds those that give all its decimals. What is the difference of another one and
    of this one goes with it.
    """
    if not _hidden_items(tables, pattern):
        return table
    of_one = table["classes"].eq(1)
    if "factors" in table:
        of_one &= table["factors"].eq(0)
    known = [name for name in _CRITERIA if name in table]
    told = without(table, known, of_one.to_numpy(dtype=bool))
    if "bic_above_best" in table and bool((of_one & table["bic_above_best"].eq(0)).any()):
        told = without(told, ["bic_above_best"], np.ones(len(told), dtype=bool))
    return told


def told_reliability(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell the indices of a block to three decimals where a number of one of its items is hidden.

    All decimals of alpha are a fraction of whole numbers: of the numbers that are possible, one
    makes of it a sum of squares.
    """
    items = _hidden_items(tables, pattern)
    of_item = tables["item_distribution"].drop_duplicates("item").set_index("item")["block"]
    rows = table["block"].isin({of_item[item] for item in items})
    told = {
        name: table[name].where(~rows, table[name].round(_INDEX_DECIMALS))
        for name in map(str, table.select_dtypes("float").columns)
    }
    return table.assign(**told)


def _hidden_items(tables: Tables, pattern: Pattern) -> frozenset[str]:
    """Return the items of which a number of all respondents is hidden."""
    asked = set(tables["item_distribution"]["item"].astype(str))
    return frozenset(name for name, _, number in pattern.cells if number == ALL and name in asked)


def told_curves(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell the curves of the answers to two decimals, a density where respondents are several.

    From one cut to the next lies one respondent, or a few: all decimals of the difference are their
    answers. At the ends of a density lies one respondent alone, whose height says where, and the
    place of one is a sum of all their answers.
    """
    n = float(tables["completeness"]["n"].iloc[0])
    told = table["sample"].astype(float).round(_CURVE_DECIMALS)
    few = np.zeros(len(table), dtype=bool)
    for name, rows in table.groupby("procedure", sort=False):
        if name != _DENSITY:
            continue
        step = float(rows["x"].diff().median())
        below = n * step * rows["sample"].cumsum().to_numpy()
        above = n * step * rows["sample"][::-1].cumsum()[::-1].to_numpy()
        few[table.index.get_indexer(rows.index)] = np.minimum(below, above) < pattern.smallest
    return without(table.assign(sample=told), ["sample"], few)


def told_distances(table: pd.DataFrame, _: Tables, pattern: Pattern) -> pd.DataFrame:
    """Tell how far classes lie from their profiles as coarsely as the means that say it."""
    coarsest = min(pattern.decimals.values(), default=None)
    if coarsest is None or "distance" not in table:
        return table
    return table.assign(distance=table["distance"].astype(float).round(coarsest))
