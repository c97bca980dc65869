from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency, fisher_exact, norm, t, ttest_ind
from statsmodels.stats.proportion import proportion_confint

from rfree.axes.procrustes import procrustes
from rfree.classes.nearest_centre import centre_distances, class_confidence, class_spread
from rfree.samples.two_samples import compare_means, compare_shares, wilson_interval


def shares(a: int, n: int, b: int, m: int) -> pd.Series:
    arrays = (np.array([value]) for value in (a / n, float(n), b / m, float(m)))
    return compare_shares(*arrays).iloc[0]


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    # Newcombe (1998), table II, method 10: first minus second.
    [((56, 70, 48, 80), 5.24, 33.39), ((9, 10, 3, 10), 17.05, 80.90),
     ((0, 10, 0, 20), -16.11, 27.75), ((10, 10, 0, 10), 60.75, 100.0)],
)  # fmt: skip
def test_intervals_of_differences_are_those_published(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    row = shares(*counts)
    assert (-row["high"], -row["low"]) == pytest.approx((low, high), abs=0.006)


def test_the_test_of_a_difference_is_the_chi_squared_of_its_table() -> None:
    expected = chi2_contingency([[20, 30], [35, 25]], correction=False).pvalue
    assert shares(20, 50, 35, 60)["p_value"] == pytest.approx(expected)


def test_wilson_intervals_are_those_of_statsmodels() -> None:
    counts, n = np.array([0.0, 3.0, 50.0]), np.array([10.0, 8.0, 50.0])
    low, high = proportion_confint(counts, n, method="wilson")
    np.testing.assert_allclose(wilson_interval(counts / n, n), (low, high), atol=1e-12)


def test_nobody_in_either_sample_is_no_difference_and_an_empty_sample_is_missing() -> None:
    assert shares(0, 10, 0, 20)["p_value"] == 1
    row = compare_shares(*(np.array([x]) for x in (0.5, 10.0, 0.0, 0.0))).iloc[0]
    assert np.isnan(row[["low", "high", "p_value"]].to_numpy(dtype=float)).all()


def test_means_are_compared_as_welch_does() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.normal(3, 1, (30, 2)), rng.normal(3.4, 2, (50, 2))
    first[:4, 1] = np.nan
    table = compare_means(pd.DataFrame(first), pd.DataFrame(second))
    for column in (0, 1):
        known = first[~np.isnan(first[:, column]), column]
        test = ttest_ind(second[:, column], known, equal_var=False)
        interval = test.confidence_interval()
        row = table.loc[column]
        assert row["p_value"] == pytest.approx(test.pvalue)
        assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high))
    assert table["n_first"].tolist() == [30, 26]


def test_weighted_means_have_the_robust_error_of_their_formula() -> None:
    first = pd.DataFrame({"q": [1.0, 2.0, 5.0, np.nan]})
    second = pd.DataFrame({"q": [2.0, 6.0, 7.0]})
    weights = np.array([1.0, 2.0, 1.0, 9.0]), np.array([3.0, 1.0, 1.0])
    table = compare_means(first, second, *weights)
    assert list(table.columns) == [
        "n_first", "n_second", "mean_first", "mean_second", "difference", "low", "high", "p_value",
    ]  # fmt: skip
    row = table.loc["q"]
    assert (row["n_first"], row["n_second"]) == (3, 3)
    # Means 10 / 4 and 19 / 5; sums of w^2 (x - mean)^2 by hand, times n / (n - 1) / (sum w)^2.
    one = (1.5**2 + 4 * 0.5**2 + 2.5**2) * 3 / 2 / 16
    two = (9 * 1.8**2 + 2.2**2 + 3.2**2) * 3 / 2 / 25
    assert row["mean_first"] == pytest.approx(2.5)
    assert row["mean_second"] == pytest.approx(3.8)
    assert row["difference"] == pytest.approx(1.3)
    df = (one + two) ** 2 / (one**2 / 2 + two**2 / 2)
    error = np.sqrt(one + two)
    assert row["p_value"] == pytest.approx(2 * t.sf(1.3 / error, df))
    half = t.ppf(0.975, df) * error
    assert (row["low"], row["high"]) == pytest.approx((1.3 - half, 1.3 + half))


def test_a_sample_of_one_answer_or_none_has_no_test() -> None:
    first = pd.DataFrame({"one": [1.0, np.nan], "none": [np.nan, np.nan], "two": [1.0, 2.0]})
    table = compare_means(first, pd.DataFrame({name: [3.0, 5.0, 4.0] for name in first}))
    assert table["n_first"].tolist() == [1, 0, 2]
    assert table["n_second"].tolist() == [3, 3, 3]
    assert table["mean_first"].isna().tolist() == [False, True, False]
    assert table["p_value"].isna().tolist() == [True, True, False]
    assert table["low"].isna().tolist() == [True, True, False]


def test_shares_and_their_own_intervals_stand_in_percent_on_their_side() -> None:
    row = shares(20, 50, 36, 60)
    assert list(row.index) == [
        "share_first", "low_first", "high_first", "share_second", "low_second", "high_second",
        "difference", "low", "high", "p_value",
    ]  # fmt: skip
    assert (row["share_first"], row["share_second"], row["difference"]) == pytest.approx(
        (40, 60, 20)
    )
    for side, count, n in (("first", 20, 50), ("second", 36, 60)):
        low, high = proportion_confint(count, n, method="wilson")
        assert (row[f"low_{side}"], row[f"high_{side}"]) == pytest.approx((100 * low, 100 * high))


def test_a_rotation_brings_the_second_map_onto_the_first() -> None:
    rng = np.random.default_rng(8)
    first, second, weights = rng.normal(size=(9, 2)), rng.normal(size=(9, 2)), rng.random(9)
    fit = procrustes(first, second, weights)
    np.testing.assert_allclose(fit.rotation @ fit.rotation.T, np.eye(2), atol=1e-12)
    middle = np.average(second, axis=0, weights=weights)
    centre = np.average(first, axis=0, weights=weights)
    np.testing.assert_allclose(fit.fitted, fit.scale * (second - middle) @ fit.rotation + centre)
    # Least squares: neither another scale nor a small turn comes nearer.
    loss = float(weights @ ((first - fit.fitted) ** 2).sum(axis=1))
    turn = np.array([[np.cos(0.05), -np.sin(0.05)], [np.sin(0.05), np.cos(0.05)]])
    for scale, rotation in ((1.05, np.eye(2)), (0.95, np.eye(2)), (1, turn), (1, turn.T)):
        moved = scale * (fit.fitted - centre) @ rotation + centre
        assert float(weights @ ((first - moved) ** 2).sum(axis=1)) > loss
    assert fit.correlation**2 == pytest.approx(
        1 - loss / float(weights @ ((first - centre) ** 2).sum(axis=1))
    )


def test_answers_that_do_not_vary_are_not_tested() -> None:
    table = compare_means(pd.DataFrame({"q": [3.0, 3.0]}), pd.DataFrame({"q": [3.0, 3.0]}))
    assert table["p_value"].isna().all()


def test_a_map_turned_moved_stretched_and_reflected_is_the_same_map() -> None:
    rng = np.random.default_rng(3)
    points, weights = rng.normal(size=(20, 3)), rng.random(20)
    rotation, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    fit = procrustes(points, 2.5 * points @ rotation + [1, 2, 3], weights)
    assert fit.correlation == pytest.approx(1)
    assert fit.scale == pytest.approx(1 / 2.5)
    np.testing.assert_allclose(fit.fitted, points, atol=1e-12)


def test_the_residual_is_that_of_scipy() -> None:
    from scipy.spatial import procrustes as scipy_procrustes  # noqa: PLC0415

    rng = np.random.default_rng(4)
    first, second = rng.normal(size=(15, 2)), rng.normal(size=(15, 2))
    _, _, disparity = scipy_procrustes(first, second)
    assert 1 - procrustes(first, second).correlation ** 2 == pytest.approx(disparity)


def test_a_weight_of_two_is_worth_the_point_twice() -> None:
    rng = np.random.default_rng(6)
    first, second = rng.normal(size=(6, 2)), rng.normal(size=(6, 2))
    rows = np.array([0, 0, 1, 2, 3, 4, 5])
    weighted = procrustes(first, second, np.array([2.0, 1, 1, 1, 1, 1]))
    repeated = procrustes(first[rows], second[rows])
    assert weighted.correlation == pytest.approx(repeated.correlation)


def test_maps_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="shapes"):
        procrustes(np.zeros((3, 2)), np.zeros((4, 2)))
    with pytest.raises(ValueError, match="one point"):
        procrustes(np.zeros((3, 2)), np.eye(3, 2))


def test_confidence_follows_the_distances() -> None:
    distances = centre_distances(np.array([[0.0], [1.0]]), np.array([[0.0], [2.0]]))
    confidence = class_confidence(distances, 0.5)
    # exp(-4 / (2 * 0.5)) against exp(0).
    np.testing.assert_allclose(confidence[0], [1 / (1 + np.exp(-4)), 1 / (1 + np.exp(4))])
    np.testing.assert_allclose(confidence[1], [0.5, 0.5])
    assert class_confidence(distances, 0.0)[0].tolist() == [1, 0]


def test_the_spread_is_the_weighted_variance_within_classes() -> None:
    points, labels = np.array([[0.0, 0.0], [4.0, 2.0]]), np.array([1, 2])
    centres = np.array([[0.0, 1.0], [4.0, 0.0]])
    assert class_spread(points, labels, centres, np.array([3.0, 1.0])) == pytest.approx(7 / 4 / 2)


def test_tables_of_other_columns_are_refused():
    first, second = pd.DataFrame({"a": [1.0, 0.0]}), pd.DataFrame({"a": [1.0], "b": [0.0]})
    with pytest.raises(ValueError, match="only one of them has: 'b'"):
        compare_means(first, second)


def test_few_respondents_are_tested_by_fisher_as_in_r() -> None:
    path = Path(__file__).parents[3] / "R-free" / "reference" / "waves" / "shares.csv"
    of_r = pd.read_csv(path)
    n_first, n_second = (of_r[name].to_numpy(float) for name in ("n_first", "n_second"))
    first, second = of_r["first"] / n_first, of_r["second"] / n_second
    table = compare_shares(first.to_numpy(), n_first, second.to_numpy(), n_second)
    np.testing.assert_allclose(table["p_value"], of_r["p_value"], rtol=1e-9)
    # Effective numbers are no counts: z.
    weighted = compare_shares(first.to_numpy(), n_first + 0.5, second.to_numpy(), n_second)
    assert (np.abs(weighted["p_value"] / of_r["p_value"] - 1) > 0.01).all()


def test_five_expected_are_enough_for_the_z_test() -> None:
    # 10 of 40: 5 expected of each 20.
    z = (0.4 - 0.1) / np.sqrt(0.25 * 0.75 * 2 / 20)
    assert shares(2, 20, 8, 20)["p_value"] == pytest.approx(2 * norm.sf(z))
    assert shares(2, 20, 7, 20)["p_value"] == pytest.approx(fisher_exact([[2, 18], [7, 13]]).pvalue)
