"""The tables of a comparison as they may leave: no number of a few, nor what gives one back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.disclosure.count_forms import CountTable
from rfree.disclosure.suppression import hide_small_counts
from typology.exhibits.run_tables import Tables
from typology.questionnaire import Questionnaire
from typology.questionnaire.item_answers import degrees
from typology.results.disclosure.blanks import blanked, without


def published_comparison(
    tables: Tables,
    questionnaire: Questionnaire,
    answers: tuple[pd.DataFrame, pd.DataFrame],
    *,
    smallest: int,
) -> dict[str, pd.DataFrame]:
    """Return the tables of a comparison under the rule of the study.

    ``answers`` are those of the two samples to the items. What is hidden of one sample is hidden of
    the other too: the results of both together would give it back.
    """
    made = dict(tables)
    if smallest == 1:
        return made
    made["comparison_shares"] = _shares(tables["comparison_shares"], smallest)
    items = tables["comparison_items"]
    made["comparison_items"] = _items(items, questionnaire, answers, smallest)
    for name, columns in (("comparison_transitions", ("n", "share", "share_first")),
                          ("comparison_classes", ("n", "own_n"))):  # fmt: skip
        if name in tables:
            made[name] = _all_or_none(tables[name], columns, smallest)
    return made


def _shares(table: pd.DataFrame, smallest: int) -> pd.DataFrame:
    counts = table[["n_first", "n_second"]].to_numpy(dtype=float)
    found = hide_small_counts(CountTable(counts), smallest=smallest)
    rows = found.cells.any(axis=1) | found.categories
    return without(table, [name for name in table.columns if name not in {"class", "type"}], rows)


def _items(
    table: pd.DataFrame,
    questionnaire: Questionnaire,
    answers: tuple[pd.DataFrame, pd.DataFrame],
    smallest: int,
) -> pd.DataFrame:
    """Hide the means of items with rare answers, and the shares agreeing of a few or all but."""
    means, shares = [], []
    given = [degrees(each, questionnaire) for each in answers]
    for item in map(str, table["item"]):
        scale = questionnaire.scale_of(item)
        agreeing = [at for at, code in enumerate(scale.codes) if scale.stance(code) == "agree"]
        counts = np.array([[float((each[item] == code).sum()) for each in given]
                           for code in scale.codes])  # fmt: skip
        found = hide_small_counts(CountTable(counts, {"agree": agreeing}), smallest=smallest)
        means.append(bool(found.cells.any() or found.categories.any()))
        shares.append(bool(found.groups["agree"].any()))
    few_means, few_shares = np.array(means, dtype=bool), np.array(shares, dtype=bool)
    hidden = few_means | few_shares
    if not hidden.any():
        return table
    changed = {
        name: blanked(table[name], few_means if name.startswith("mean_") else few_shares)
        for name in map(str, table.columns)
        if name.startswith(("mean_", "agree_"))
    }
    return table.assign(**changed, hidden=hidden)


def _all_or_none(table: pd.DataFrame, columns: tuple[str, ...], smallest: int) -> pd.DataFrame:
    """Hide all numbers of a table where one of them is that of a few."""
    known = [name for name in columns if name in table]
    numbers = table[[name for name in known if not name.startswith("share")]].astype(float)
    few = ((numbers >= 1) & (numbers < smallest)).to_numpy().any()
    return without(table, known, np.full(len(table), few))
