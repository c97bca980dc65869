"""The same respondents twice: against statsmodels and scipy, by hand, and by property."""

from __future__ import annotations

from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, binomtest, norm, t, ttest_rel, wilcoxon
from statsmodels.stats.contingency_tables import SquareTable, mcnemar

from rfree.samples.paired_samples import (
    compare_paired_means,
    compare_paired_shares,
    marginal_homogeneity,
    mid_p_mcnemar,
)
from rfree.samples.two_samples import compare_means, wilson_interval

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
    exact = mcnemar(table, exact=True).pvalue
    assert row["p_value"] == pytest.approx(exact - comb(19, 4) / 2**19)
    assert row["difference"] == pytest.approx(11.0)
    # Agresti and Min by hand: 15.5 and 4.5 of 102.
    error = np.sqrt(15.5 + 4.5 - 11**2 / 102) / 102
    assert row["low"] == pytest.approx(100 * (11 / 102 - 1.959964 * error), abs=1e-4)
    assert row["high"] == pytest.approx(100 * (11 / 102 + 1.959964 * error), abs=1e-4)


@pytest.mark.parametrize(
    ("gained", "lost", "expected"),
    # Fagerland, Lydersen & Laake (2013), table 1 (children before and after a transplantation).
    [(1, 7, 2 * 9 / 256 - 8 / 256), (7, 1, 2 * 9 / 256 - 8 / 256), (0, 5, 1 / 32), (1, 1, 0.75),
     (0, 0, 1.0), (0, 1, 0.5)],
)  # fmt: skip
def test_mid_p_by_hand(gained: int, lost: int, expected: float) -> None:
    assert mid_p_mcnemar(gained, lost) == pytest.approx(expected, rel=1e-12)


def test_mid_p_is_that_of_r() -> None:
    path = Path(__file__).parents[3] / "R-free" / "reference" / "waves" / "mid_p.csv"
    for row in pd.read_csv(path).astype({"gained": int, "lost": int}).to_dict("records"):
        assert mid_p_mcnemar(row["gained"], row["lost"]) == pytest.approx(row["mid_p"], rel=1e-12)


def test_mid_p_keeps_its_level_better_than_the_exact_test() -> None:
    for changed in (6, 10, 25, 60):
        gained = np.arange(changed + 1)
        chances = binom.pmf(gained, changed, 0.5)
        mid = np.array([mid_p_mcnemar(int(each), changed - int(each)) for each in gained])
        exact = np.array([binomtest(int(each), changed).pvalue for each in gained])
        assert chances[exact < 0.05].sum() <= chances[mid < 0.05].sum() < 0.065


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


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_the_interval_of_a_handful_stays_within_a_hundred_percent(n: int) -> None:
    none, everyone = pd.DataFrame({"a": np.zeros(n)}), pd.DataFrame({"a": np.ones(n)})
    up = compare_paired_shares(none, everyone, np.ones(n)).iloc[0]
    down = compare_paired_shares(everyone, none, np.ones(n)).iloc[0]
    # Agresti and Min by hand: n + .5 and .5 of n + 2.
    half = 1.959964 * np.sqrt(n + 1 - n**2 / (n + 2)) / (n + 2)
    assert up["high"] == pytest.approx(100 * min(n / (n + 2) + half, 1), abs=1e-4)
    assert up["low"] == pytest.approx(100 * (n / (n + 2) - half), abs=1e-4)
    assert (down["low"], down["high"]) == pytest.approx((-up["high"], -up["low"]))
    assert -100 <= down["low"] <= up["high"] <= 100


SHARES = [
    "n", "share_first", "low_first", "high_first", "share_second", "low_second", "high_second",
    "difference", "low", "high", "p_value",
]  # fmt: skip
MEANS = [
    "n_first", "n_second", "mean_first", "mean_second", "difference", "low", "high", "p_value",
]  # fmt: skip


def test_those_known_only_once_are_left_out_and_nobody_is_missing() -> None:
    first = pd.DataFrame({"some": [1.0, 0.0, np.nan, 1.0], "none": [np.nan, 1.0, np.nan, 0.0]})
    second = pd.DataFrame({"some": [0.0, np.nan, 1.0, 1.0], "none": [0.0, np.nan, 1.0, np.nan]})
    table = compare_paired_shares(first, second, np.ones(4))
    assert list(table.columns) == SHARES
    assert table["n"].tolist() == [2, 0]
    assert table.loc[0, "share_first"] == 100
    assert table.loc[0, "share_second"] == 50
    assert table.loc[1, "share_first":].isna().all()
    means = compare_paired_means(first, second, np.ones(4))
    assert list(means.columns) == MEANS
    assert means.index.tolist() == ["some", "none"]
    assert means["n_first"].tolist() == means["n_second"].tolist() == [2, 0]
    assert means.loc["none", "mean_first":].isna().all()
    assert means.loc["some", ["mean_first", "mean_second"]].tolist() == [1.0, 0.5]


def test_weighted_changes_have_a_robust_test() -> None:
    first = pd.DataFrame({"q": [1.0, 1.0, 0.0, 0.0, 1.0]})
    second = pd.DataFrame({"q": [1.0, 0.0, 1.0, 1.0, 1.0]})
    weights = np.array([3.0, 1.0, 2.0, 1.0, 1.0])
    change = np.array([0.0, -1.0, 1.0, 1.0, 0.0])
    mean = (-1 + 2 + 1) / 8
    error = np.sqrt((weights**2 * (change - mean) ** 2).sum() * 5 / 4) / 8
    share = compare_paired_shares(first, second, weights).iloc[0]
    assert share["p_value"] == pytest.approx(2 * norm.sf(mean / error))
    assert share["share_first"] == pytest.approx(100 * 5 / 8)
    assert share["share_second"] == pytest.approx(100 * 7 / 8)
    assert share["n"] == 5
    effective = 64 / 16
    for side, part in (("first", 5 / 8), ("second", 7 / 8)):
        low, high = wilson_interval(np.array([part]), np.array([effective]))
        assert share[f"low_{side}"] == pytest.approx(100 * low[0])
        assert share[f"high_{side}"] == pytest.approx(100 * high[0])
    # Agresti and Min with Kish's n: 3/8 gained, 1/8 lost of 4, and half a respondent each.
    up, down = 4 * 3 / 8 + 0.5, 4 * 1 / 8 + 0.5
    half = norm.ppf(0.975) * np.sqrt(up + down - (up - down) ** 2 / 6) / 6
    assert share["low"] == pytest.approx(100 * ((up - down) / 6 - half))
    assert share["high"] == pytest.approx(100 * ((up - down) / 6 + half))
    means = compare_paired_means(first, second, weights).iloc[0]
    assert means["p_value"] == pytest.approx(2 * t.sf(mean / error, 4))
    assert means["mean_first"] == pytest.approx(5 / 8)
    assert means["mean_second"] == pytest.approx(7 / 8)
    assert means["low"] == pytest.approx(mean - t.ppf(0.975, 4) * error)
    assert means["high"] == pytest.approx(mean + t.ppf(0.975, 4) * error)


def test_no_change_is_certain_and_one_respondent_has_no_interval() -> None:
    still = pd.DataFrame({"q": [1.0, 0.0]})
    for weights in (np.ones(2), np.array([1.0, 2.0])):
        assert compare_paired_shares(still, still, weights)["p_value"].item() == 1
        assert compare_paired_means(still, still, weights)["p_value"].item() == 1
    one = compare_paired_means(still.head(1), 1 - still.head(1), np.ones(1)).iloc[0]
    assert one["difference"] == -1
    assert np.isnan([one["low"], one["high"]]).all()
    # The same change of everybody, with weights: no error to compare it with.
    all_change = compare_paired_means(still, still + 1, np.array([1.0, 2.0])).iloc[0]
    assert np.isnan(all_change["p_value"])
    assert np.isnan(
        compare_paired_shares(0 * still, 0 * still + 1, np.array([1.0, 2.0]))["p_value"].item()
    )


def test_tables_of_other_columns_are_refused():
    first, second = pd.DataFrame({"a": [1.0, 0.0]}), pd.DataFrame({"b": [1.0, 0.0]})
    for compare in (compare_paired_shares, compare_paired_means):
        with pytest.raises(ValueError, match="only one of them has: 'a', 'b'"):
            compare(first, second, np.ones(2))
