"""What is hidden of the subgroups and of the crossed questions that a study names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.disclosure.count_forms import CountTable
from rfree.disclosure.suppression import hide_small_counts
from typology.exhibits.run_tables import Tables
from typology.results.disclosure.blanks import small, without
from typology.results.disclosure.pattern import ALL, Pattern

_PLACED = ("coordinate", "contribution", "cos2")


def placed_subgroups(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Leave out what is told of a subgroup whose number, or whose place, is hidden."""
    named = tables["subgroups"]
    pairs = zip(named["subgroup"], named["variable"], named["category"], strict=True)
    hidden = {
        number
        for number, variable, category in pairs
        if (variable, category, ALL) in pattern.cells or (variable, category) in pattern.unplaced
    }
    return table[~table["subgroup"].isin(hidden)]


def answers_of_subgroups(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the answers to a question where a few of a subgroup, or a few others, gave one of them.

    In every subgroup: the subgroups of one question add up to all respondents, but for those of
    none of them, who are not to be a few either. Uses ``categories`` and ``subgroups``.
    """
    table = placed_subgroups(table, tables, pattern)
    counted = tables["categories"].drop_duplicates(["variable", "category"])
    totals = counted.set_index(["variable", "category"])["n"]
    keys = pd.MultiIndex.from_frame(table[["variable", "category"]])
    known = totals.reindex(keys).to_numpy(dtype=float)
    own = table["n"].to_numpy(dtype=float)
    few = small(own, pattern.smallest) | small(known - own, pattern.smallest) | np.isnan(known)
    of_question = table["subgroup"].map(tables["subgroups"].set_index("subgroup")["variable"])
    once = table.assign(of_question=of_question).drop_duplicates(
        ["subgroup", "variable", "category"]
    )
    together = ["of_question", "variable", "category"]
    summed = once.groupby(together)["n"].sum()
    keys = pd.MultiIndex.from_frame(table.assign(of_question=of_question)[together])
    few |= small(known - summed.reindex(keys).to_numpy(dtype=float), pattern.smallest)
    variables = set(table["variable"][few]) | pattern.unplaced_variables
    rows = table["variable"].isin(variables).to_numpy()
    return without(table, ("n", *_PLACED), rows)


def crossed_answers(table: pd.DataFrame, tables: Tables, pattern: Pattern) -> pd.DataFrame:
    """Hide the small numbers of two questions crossed, with those that would give them back.

    Of an answer whose number is hidden nothing is told, nor of another then: the numbers of all
    would give it back. Those who gave one of the answers and not the other are counted as well:
    the answer less all crossed ones would be their place. Uses ``categories``.
    """
    names = ["category", "other_category"]
    variables = [str(table["variable"].iloc[0]), str(table["other_variable"].iloc[0])]
    once = table.drop_duplicates(names)
    counts = once.pivot_table(index=names[0], columns=names[1], values="n", fill_value=0)
    numbers = counts.to_numpy(dtype=float)
    known = tables["categories"].drop_duplicates(["variable", "category"])
    totals = known.set_index(["variable", "category"])["n"]
    of_rows, of_columns = (
        _unanswered(totals, [(name, str(each)) for each in index], numbers.sum(axis=1 - axis))
        for axis, (name, index) in enumerate(
            zip(variables, (counts.index, counts.columns), strict=True)
        )
    )
    every = np.block(
        [[numbers, of_rows[:, np.newaxis]], [of_columns[np.newaxis], np.zeros((1, 1))]]
    )
    hidden = hide_small_counts(CountTable(every), smallest=pattern.smallest).cells
    hidden = hidden[: len(numbers), : numbers.shape[1]]
    for axis, index in enumerate((counts.index, counts.columns)):
        gone = np.array([(variables[axis], str(each), ALL) in pattern.cells for each in index])
        sizes = numbers.sum(axis=1 - axis)
        while gone.any() and gone.sum() < min(2, len(gone)):
            gone[np.argmin(np.where(gone, np.inf, sizes))] = True
        hidden = hidden | (gone[:, np.newaxis] if axis == 0 else gone)
    places = [
        index.get_indexer(pd.Index(table[name]))
        for index, name in zip((counts.index, counts.columns), names, strict=True)
    ]
    rows = hidden[places[0], places[1]]
    return without(table, ("n", "share", "coordinate", "cos2", "v_test"), rows)


def _unanswered(
    totals: pd.Series[Any], answers: Sequence[tuple[str, str]], crossed: FloatArray
) -> FloatArray:
    """Return how many gave each answer, as far as it is told, and none to the other question."""
    known = np.array([totals.get(each, np.nan) for each in answers], dtype=np.float64)
    return np.clip(np.nan_to_num(known - crossed), 0, None)
