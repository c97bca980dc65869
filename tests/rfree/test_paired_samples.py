"""The same respondents twice: against statsmodels and scipy, by hand, and by property."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_rel, wilcoxon
from statsmodels.stats.contingency_tables import SquareTable, mcnemar

from rfree.paired_samples import (
    compare_paired_means,
    compare_paired_shares,
    marginal_homogeneity,
)
from rfree.two_samples import compare_means

# Stuart (1955): unaided vision of the left and right eye of 7477 women.
VISION = np.array(
    [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
)


def pairs(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.indices(table.shape)
    return np.repeat(rows.ravel(), table.ravel()), np.repeat(columns.ravel(), table.ravel())


def test_homogeneity_is_that_of_stuart_and_maxwell() -> None:
    first, second = pairs(VISION)
    ours = marginal_homogeneity(first, second, np.ones(len(first)))
    expected = SquareTable(VISION, shift_zeros=False).homogeneity(method="stuart_maxwell")
    assert ours.statistic == pytest.approx(expected.statistic)
    assert ours.statistic == pytest.approx(11.96, abs=0.01)  # as Stuart printed it
    assert ours.df == expected.df == 3
    assert ours.p_value == pytest.approx(expected.pvalue)


def test_weights_times_a_constant_change_nothing_and_nobody_moving_is_no_change() -> None:
    first, second = pairs(VISION // 20)
    weights = np.random.default_rng(1).uniform(0.5, 2, len(first))
    one, other = (marginal_homogeneity(first, second, f * weights) for f in (1.0, 10.0))
    assert one.statistic == pytest.approx(other.statistic)
    still = marginal_homogeneity(first, first, weights)
    assert (still.statistic, still.df, still.p_value) == (0.0, 0, 1.0)


def test_classes_that_nobody_leaves_or_enters_cost_no_degree_of_freedom() -> None:
    table = np.array([[30, 12, 0], [5, 40, 0], [0, 0, 20]])
    first, second = pairs(table)
    found = marginal_homogeneity(first, second, np.ones(len(first)))
    assert found.df == 1
    assert found.statistic == pytest.approx((12 - 5) ** 2 / (12 + 5))


def test_shares_are_tested_by_mcnemar() -> None:
    table = np.array([[40, 15], [4, 41]])
    first, second = (pd.DataFrame({"a": each.astype(float)}) for each in pairs(table))
    row = compare_paired_shares(first, second, np.ones(100)).iloc[0]
    assert row["p_value"] == pytest.approx(mcnemar(table, exact=True).pvalue)
    assert row["difference"] == pytest.approx(11.0)
    # Agresti and Min by hand: 15.5 and 4.5 of 102.
    error = np.sqrt(15.5 + 4.5 - 11**2 / 102) / 102
    assert row["low"] == pytest.approx(100 * (11 / 102 - 1.959964 * error), abs=1e-4)
    assert row["high"] == pytest.approx(100 * (11 / 102 + 1.959964 * error), abs=1e-4)


def test_means_are_tested_by_wilcoxon_with_students_interval() -> None:
    rng = np.random.default_rng(4)
    first = pd.DataFrame({"q": rng.integers(1, 6, 60).astype(float)})
    second = (first + rng.integers(-1, 3, (60, 1))).clip(1, 5)
    second.iloc[:4] = np.nan
    row = compare_paired_means(first, second, np.ones(60)).iloc[0]
    one, two = first["q"].to_numpy()[4:], second["q"].to_numpy()[4:]
    assert row["n_first"] == 56
    expected = wilcoxon(two - one, method="approx").pvalue
    assert row["p_value"] == pytest.approx(expected)
    interval = ttest_rel(two, one).confidence_interval()
    assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high))


def test_unequal_weights_are_used() -> None:
    first = pd.DataFrame({"q": [1.0, 1.0, 5.0, 5.0, 3.0]})
    second = pd.DataFrame({"q": [2.0, 3.0, 5.0, 4.0, 3.0]})
    weights = np.array([3.0, 1.0, 1.0, 1.0, 2.0])
    row = compare_paired_means(first, second, weights).iloc[0]
    assert row["difference"] == pytest.approx((3 * 1 + 2 - 1) / 8)
    share = compare_paired_shares((first > 2).astype(float), (second > 2).astype(float), weights)
    assert share["difference"].item() == pytest.approx(100 / 8)


def test_independent_means_with_weights_of_one_are_those_without() -> None:
    rng = np.random.default_rng(2)
    first, second = (pd.DataFrame({"q": rng.normal(size=n)}) for n in (30, 40))
    plain = compare_means(first, second)
    weighted = compare_means(first, second, np.ones(30), np.full(40, 7.0))
    pd.testing.assert_frame_equal(plain, weighted)


def test_tables_of_other_columns_are_refused():
    first, second = pd.DataFrame({"a": [1.0, 0.0]}), pd.DataFrame({"b": [1.0, 0.0]})
    for compare in (compare_paired_shares, compare_paired_means):
        with pytest.raises(ValueError, match="only one of them has: 'a', 'b'"):
            compare(first, second, np.ones(2))
