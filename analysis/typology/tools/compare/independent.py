"""Two samples of different respondents: shares of the types, and items."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.description.contingency import chi_squared, cramers_v, fisher_freeman_halton
from rfree.description.group_tests import MANY_REPLICATES
from rfree.description.weighted_tests import rao_scott
from rfree.samples.calibration import kish_effective_n
from rfree.samples.two_samples import compare_means, compare_shares
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


def independent_tables(
    questionnaire: Questionnaire,
    classes: ModelClasses,
    first: Answered,
    second: Answered,
    *,
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Return the tables of two samples that are independent of each other.

    ``comparison_shares``, ``comparison_test``, ``comparison_items``, as
    `typology.tools.compare.comparison.compare_samples` describes them; ``classes`` are those of the
    model, ``seed`` that of the tables drawn for an exact test. With weights, intervals and z tests
    take Kish's effective n, the test of the types is that of Rao and Scott and the means have
    robust errors.
    """
    return {
        "comparison_shares": _shares(classes, first, second),
        "comparison_test": _test(classes, first, second, seed),
        "comparison_items": _items(questionnaire, first, second),
    }


def _counts(classes: ModelClasses, sample: Answered, weight: FloatArray) -> FloatArray:
    """Return the weight of those nearest to each type, those who answered too little left out."""
    typed, nearest = sample.typed, sample.nearest
    return np.array([weight[typed & (nearest == each["class"])].sum() for each in classes])


def _shares(classes: ModelClasses, first: Answered, second: Answered) -> pd.DataFrame:
    shares, sizes, numbers = [], [], []
    for sample in (first, second):
        weight = sample.weight[sample.typed]
        totals = _counts(classes, sample, sample.weight)
        shares.append(totals / totals.sum() if totals.sum() else totals)
        sizes.append(np.full(len(classes), kish_effective_n(weight) if weight.sum() else 0.0))
        numbers.append(_counts(classes, sample, np.ones(len(sample.weight))))
    table = compare_shares(shares[0], sizes[0], shares[1], sizes[1])
    return shares_table(classes, table, numbers[0], numbers[1])


def _test(classes: ModelClasses, first: Answered, second: Answered, seed: int) -> pd.DataFrame:
    both = (first, second)
    weighted = any(np.ptp(sample.weight) > 0 for sample in both if len(sample.weight))
    counts = np.stack([_counts(classes, each, np.ones(len(each.weight))) for each in both])
    result = chi_squared(counts)
    used = int((counts.sum(axis=0) > 0).sum())
    plain, _ = cramers_v(result.statistic, float(counts.sum()), (2, used))
    tested = {
        "test": "chi_squared", "statistic": result.statistic, "df": float(result.df),
        "p_value": result.p_value, "cramers_v": plain,
        "smallest_expected": result.smallest_expected,
    }  # fmt: skip
    if not weighted and result.df > 0 and not result.trusted:
        random = np.random.default_rng(seed)
        exact = fisher_freeman_halton(
            counts.astype(np.int64), replicates=MANY_REPLICATES, random=random
        )
        tested |= {"test": "fisher_freeman_halton", "p_value": exact.p_value}
    if weighted:
        found = rao_scott(*_crossed(first, second))
        tested |= {"test": "rao_scott", "statistic": found.statistic, "df": found.df,
                   "p_value": found.p_value, "cramers_v": np.nan}  # fmt: skip
    n = [int(each.sum()) for each in counts]
    return types_test_table("independent", both, n=n, only=(0, 0), weighted=weighted, tested=tested)


def _crossed(first: Answered, second: Answered) -> tuple[np.ndarray, np.ndarray, FloatArray]:
    """Return sample, type and weight of everybody typed, each sample weighing its respondents."""
    nearest = [sample.nearest[sample.typed] for sample in (first, second)]
    weights = [sample.weight[sample.typed] for sample in (first, second)]
    sample = np.repeat([0, 1], [len(each) for each in nearest])
    _, kind = np.unique(np.concatenate(nearest), return_inverse=True)
    return sample, kind, np.concatenate([each / each.mean() for each in weights])


def _items(questionnaire: Questionnaire, first: Answered, second: Answered) -> pd.DataFrame:
    codes = shared_codes(questionnaire, first.items, second.items)
    means = compare_means(codes[0], codes[1], first.weight, second.weight)
    shares, sizes = [], []
    for sample, each in zip((first, second), codes, strict=True):
        agree = agreeing(each, questionnaire)
        weights = agree.notna().mul(sample.weight, axis=0)
        total = weights.sum()
        shares.append(((weights * agree.fillna(0.0)).sum() / total.where(total > 0)).fillna(0.0))
        squares = (weights**2).sum()
        sizes.append((total**2 / squares.where(squares > 0)).fillna(0.0))
    agreement = compare_shares(*(each.to_numpy() for pair in zip(shares, sizes, strict=True)
                                 for each in pair))  # fmt: skip
    return items_table(questionnaire, means, agreement)
