"""The same respondents asked twice: who changed type, and which items moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from rfree.samples.paired_samples import (
    compare_paired_means,
    compare_paired_shares,
    marginal_homogeneity,
)
from typology.questionnaire import Questionnaire
from typology.tools.compare.items import (
    Answered,
    ModelClasses,
    agreeing,
    items_table,
    shared_codes,
    shares_table,
    types_test_table,
)


def panel_tables(
    questionnaire: Questionnaire,
    classes: ModelClasses,
    first: Answered,
    second: Answered,
    *,
    pairs: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """Return the tables of respondents who are in both samples, each compared with themselves.

    ``pairs`` has ``first`` and ``second``: the same person in the index of each sample. The weights
    are those of the first sample, ``classes`` those of the model.

    ``comparison_shares``, ``comparison_test``, ``comparison_items`` are as
    `typology.tools.compare.comparison.compare_samples` describes them. ``comparison_transitions``:
    ``class_first``, ``type_first``, ``class_second``, ``type_second``, ``n`` (respondents),
    ``share`` (percent of the first type, weighted; NaN where it has nobody).
    """
    one, two = paired_samples(first, second, pairs)
    weight = one.weight
    typed = one.typed & two.typed
    before, after = one.nearest[typed], two.nearest[typed]
    numbers = np.array([each["class"] for each in classes])
    return {
        "comparison_shares": _shares(classes, before, after, weight[typed]),
        "comparison_test": _test(first, second, (one, two), (before, after), weight[typed]),
        "comparison_items": _items(questionnaire, one, two),
        "comparison_transitions": _transitions(classes, before, after, weight[typed], numbers),
    }


def paired_samples(
    first: Answered, second: Answered, pairs: pd.DataFrame
) -> tuple[Answered, Answered]:
    """Return those who are in both samples, in one order and with the weights of the first."""
    one = first.rows(first.items.index.get_indexer(pd.Index(pairs["first"])))
    two = second.rows(second.items.index.get_indexer(pd.Index(pairs["second"])))
    return one, replace(two, weight=one.weight)


def _belongs(nearest: np.ndarray, classes: ModelClasses) -> pd.DataFrame:
    return pd.DataFrame(
        {each["class"]: (nearest == each["class"]).astype(float) for each in classes}
    )


def _shares(
    classes: ModelClasses, before: np.ndarray, after: np.ndarray, weight: np.ndarray
) -> pd.DataFrame:
    first, second = _belongs(before, classes), _belongs(after, classes)
    table = compare_paired_shares(first, second, weight).drop(columns="n")
    return shares_table(classes, table, first.sum().to_numpy(), second.sum().to_numpy())


def _test(
    first: Answered,
    second: Answered,
    pairs: tuple[Answered, Answered],
    nearest: tuple[np.ndarray, np.ndarray],
    weight: np.ndarray,
) -> pd.DataFrame:
    found = marginal_homogeneity(*nearest, weight)
    n_both = len(pairs[0].items)
    return types_test_table(
        "panel",
        pairs,
        n=(len(weight), len(weight)),
        only=(len(first.items) - n_both, len(second.items) - n_both),
        weighted=bool(len(weight) and np.ptp(weight) > 0),
        tested={
            "test": "stuart_maxwell", "statistic": found.statistic, "df": float(found.df),
            "p_value": found.p_value, "cramers_v": np.nan, "smallest_expected": np.nan,
        },
    )  # fmt: skip


def _items(questionnaire: Questionnaire, one: Answered, two: Answered) -> pd.DataFrame:
    codes = [each.reset_index(drop=True)
             for each in shared_codes(questionnaire, one.items, two.items)]  # fmt: skip
    means = compare_paired_means(codes[0], codes[1], one.weight)
    agree = [agreeing(each, questionnaire) for each in codes]
    agreement = compare_paired_shares(agree[0], agree[1], one.weight)
    return items_table(questionnaire, means, agreement)


def _transitions(
    classes: ModelClasses,
    before: np.ndarray,
    after: np.ndarray,
    weight: np.ndarray,
    numbers: np.ndarray,
) -> pd.DataFrame:
    k = len(numbers)
    cell = np.searchsorted(numbers, before) * k + np.searchsorted(numbers, after)
    counts = np.bincount(cell, minlength=k * k)
    weighted = np.bincount(cell, weight, minlength=k * k).reshape(k, k)
    totals = weighted.sum(axis=1, keepdims=True)
    shares = np.divide(weighted, totals, out=np.full((k, k), np.nan), where=totals > 0)
    types = np.array([each["type"] for each in classes], dtype=object)
    return pd.DataFrame(
        {
            "class_first": np.repeat(numbers, k),
            "type_first": np.repeat(types, k),
            "class_second": np.tile(numbers, k),
            "type_second": np.tile(types, k),
            "n": counts,
            "share": 100 * shares.ravel(),
        }
    )
