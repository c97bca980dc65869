"""The same respondents asked twice: shares, means and classes, with what changed within each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binom, binomtest, chi2, norm, wilcoxon
from scipy.stats import t as student

from rfree.base.inputs import FloatArray, IntArray, aligned_to, check_columns, in_one_order
from rfree.samples.calibration import kish_effective_n
from rfree.samples.two_samples import CONFIDENCE_LEVEL, wilson_interval


@dataclass(frozen=True)
class HomogeneityTest:
    """Whether two partitions of the same respondents have the same shares.

    Attributes
    ----------
    statistic : float
        Chi-squared.
    df : int
        0 when nobody changed class.
    p_value : float
        1 when nobody changed class.
    """

    statistic: float
    df: int
    p_value: float


def marginal_homogeneity(first: IntArray, second: IntArray, weights: FloatArray) -> HomogeneityTest:
    """Test whether the shares of classes changed, by who moved from which to which.

    Parameters
    ----------
    first, second : arrays of n ints
        Class of each respondent the first and the second time.
    weights : array of n floats
        Positive. Survey weights, no head counts: for those, repeat the rows
        (`rfree.base.weighting`).

    Returns
    -------
    HomogeneityTest

    Notes
    -----
    Stuart (1955), Biometrika 42, 412-416, and Maxwell (1970): with D the vector of differences
    between the numbers in the classes and V its covariance if the shares are the same, D' V^- D on
    rank(V) degrees of freedom. D is the sum over respondents of w d, d being +1 at their second
    class and -1 at their first, and V that of w^2 d d': with equal weights, the test of Stuart and
    Maxwell; with two classes, that of McNemar without correction.

    Examples
    --------
    >>> first, second = np.array([1, 1, 1, 1, 2, 2]), np.array([1, 2, 2, 2, 2, 1])
    >>> test = marginal_homogeneity(first, second, np.ones(6))
    >>> round(test.statistic, 6), test.df, round(test.p_value, 3)
    (1.0, 1, 0.317)
    """
    first, second, weights = in_one_order(first=first, second=second, weights=weights)
    classes = np.union1d(first, second)
    moved = (second[:, None] == classes).astype(float) - (first[:, None] == classes)
    difference = weights @ moved
    covariance = (moved * np.square(weights)[:, None]).T @ moved
    rank = int(np.linalg.matrix_rank(covariance, hermitian=True))
    if rank == 0:
        return HomogeneityTest(0.0, 0, 1.0)
    statistic = float(difference @ np.linalg.pinv(covariance, hermitian=True) @ difference)
    return HomogeneityTest(statistic, rank, float(chi2.sf(statistic, rank)))


def compare_paired_shares(
    first: pd.DataFrame, second: pd.DataFrame, weights: FloatArray
) -> pd.DataFrame:
    """Compare shares between two answers of the same respondents.

    Parameters
    ----------
    first, second : DataFrames, respondents x columns
        1 where the respondent counts, 0 where not, NaN where unknown; the same columns. Those
        known only once are left out.
    weights : array of respondents
        Positive. Survey weights, no head counts: for those, repeat the rows
        (`rfree.base.weighting`).

    Returns
    -------
    DataFrame
        One row a column: ``n`` (known twice) and the columns of
        `rfree.samples.two_samples.compare_shares`: ``share_first``, ``low_first``, ``high_first``,
        ``share_second``, ``low_second``, ``high_second``, ``difference``, ``low``, ``high``,
        ``p_value``.

    Notes
    -----
    ``p_value`` is McNemar's mid-p (`mid_p_mcnemar`) when all weigh the same, and otherwise a z test
    of the weighted mean change with its robust error. The interval of the
    difference is that of Agresti & Min (2005), Statistics in Medicine 24, 729-740: half a
    respondent added to each cell of the table of changes, Kish's n for n; of a handful of
    respondents it would go beyond 100 percent, where it is cut.

    Examples
    --------
    >>> first, second = pd.DataFrame({"a": [1, 1, 0, 0.0]}), pd.DataFrame({"a": [1, 0, 0, 0.0]})
    >>> compare_paired_shares(first, second, np.ones(4))[["difference", "p_value"]]
       difference  p_value
    0       -25.0      0.5
    """
    second, weights = _of_the_same(first, second, weights)
    rows = [
        _paired_share(first[name].to_numpy(float), second[name].to_numpy(float), weights)
        for name in first.columns
    ]
    return pd.DataFrame(rows)


def _of_the_same(
    first: pd.DataFrame, second: pd.DataFrame, weights: FloatArray
) -> tuple[pd.DataFrame, FloatArray]:
    """Put the second answers and the weights in the order of the first."""
    check_columns(first, second)
    second = aligned_to(second, first, name="second", of="first")
    return second, np.asarray(aligned_to(weights, first, name="weights", of="first"))


def _paired_share(first: FloatArray, second: FloatArray, weights: FloatArray) -> dict[str, float]:
    known = ~(np.isnan(first) | np.isnan(second))
    if not known.any():
        names = ("share_first", "low_first", "high_first", "share_second", "low_second",
                 "high_second", "difference", "low", "high", "p_value")  # fmt: skip
        return {"n": 0, **dict.fromkeys(names, np.nan)}
    one, two, weight = first[known], second[known], weights[known]
    shares = [float(np.average(each, weights=weight)) for each in (one, two)]
    n = kish_effective_n(weight)
    limits = [wilson_interval(np.array([share]), np.array([n])) for share in shares]
    gained, lost = (float(np.average(two - one == sign, weights=weight)) for sign in (1, -1))
    # Agresti and Min: half a respondent more in each of the four cells.
    up, down, size = n * gained + 0.5, n * lost + 0.5, n + 2
    centre = (up - down) / size
    half = (
        norm.ppf((1 + CONFIDENCE_LEVEL) / 2) * np.sqrt(up + down - (up - down) ** 2 / size) / size
    )
    row = {"n": float(known.sum())}
    for name, share, (low, high) in zip(("first", "second"), shares, limits, strict=True):
        row |= {f"share_{name}": 100 * share, f"low_{name}": 100 * float(low[0]),
                f"high_{name}": 100 * float(high[0])}  # fmt: skip
    return row | {
        "difference": 100 * (shares[1] - shares[0]),
        "low": 100 * max(centre - half, -1.0),
        "high": 100 * min(centre + half, 1.0),
        "p_value": _changed(two - one, weight),
    }


def _changed(change: FloatArray, weights: FloatArray) -> float:
    """Test whether as many gained as lost."""
    gained, moved = int((change > 0).sum()), int((change != 0).sum())
    if moved == 0:
        return 1.0
    if np.ptp(weights) == 0:
        return mid_p_mcnemar(gained, moved - gained)
    mean = float(np.average(change, weights=weights))
    error = _robust_error(change, mean, weights)
    return float(2 * norm.sf(abs(mean) / error)) if error > 0 else np.nan


def mid_p_mcnemar(gained: int, lost: int) -> float:
    """Test whether as many gained as lost, without the excess of caution of the exact test.

    Parameters
    ----------
    gained, lost : int
        Respondents who changed, in each direction.

    Returns
    -------
    float
        1 where nobody changed.

    Notes
    -----
    Fagerland, Lydersen & Laake (2013), BMC Medical Research Methodology 13, 91: the exact
    p-value, of the binomial law of those who changed, less the probability of what was observed;
    less half of it where as many gained as lost. It keeps its level at any number of changes, where
    the exact test is far below it.

    Examples
    --------
    >>> round(mid_p_mcnemar(1, 7), 4)  # 2 (1 + 8) / 2^8 - 8 / 2^8
    0.0391
    """
    changed = gained + lost
    if changed == 0:
        return 1.0
    point = float(binom.pmf(gained, changed, 0.5))
    if gained == lost:
        return 1 - point / 2
    return float(binomtest(gained, changed).pvalue) - point


def _robust_error(values: FloatArray, mean: float, weights: FloatArray) -> float:
    n = len(values)
    spread = float((np.square(weights) * np.square(values - mean)).sum())
    return float(np.sqrt(spread * n / max(n - 1, 1)) / weights.sum())


def compare_paired_means(
    first: pd.DataFrame, second: pd.DataFrame, weights: FloatArray
) -> pd.DataFrame:
    """Compare the means of columns between two answers of the same respondents.

    Parameters
    ----------
    first, second : DataFrames, respondents x columns
        Floats, NaN where there is no answer; the same columns. Those who answered only once are
        left out.
    weights : array of respondents
        Positive. Survey weights, no head counts: for those, repeat the rows
        (`rfree.base.weighting`).

    Returns
    -------
    DataFrame
        One row a column, as `rfree.samples.two_samples.compare_means`.

    Notes
    -----
    ``p_value`` is that of Wilcoxon's signed-rank test, ties of zero left out, normal approximation,
    when all weigh the same; with weights, of a t test of the weighted mean change with its robust
    error. The interval is Student's, of the mean change.

    Examples
    --------
    >>> first = pd.DataFrame({"q": [1.0, 2.0, 3.0, 2.0]})
    >>> second = pd.DataFrame({"q": [2.0, 3.0, 4.0, 2.0]})
    >>> compare_paired_means(first, second, np.ones(4))[["difference"]]
       difference
    q        0.75
    """
    second, weights = _of_the_same(first, second, weights)
    rows = {
        name: _paired_mean(first[name].to_numpy(float), second[name].to_numpy(float), weights)
        for name in first.columns
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def _paired_mean(first: FloatArray, second: FloatArray, weights: FloatArray) -> dict[str, float]:
    known = ~(np.isnan(first) | np.isnan(second))
    n = int(known.sum())
    names = ("mean_first", "mean_second", "difference", "low", "high", "p_value")
    if n == 0:
        return {"n_first": 0, "n_second": 0, **dict.fromkeys(names, np.nan)}
    one, two, weight = first[known], second[known], weights[known]
    change = two - one
    mean = float(np.average(change, weights=weight))
    error = _robust_error(change, mean, weight)
    half = float(student.ppf((1 + CONFIDENCE_LEVEL) / 2, n - 1)) * error if n > 1 else np.nan
    return {
        "n_first": n,
        "n_second": n,
        "mean_first": float(np.average(one, weights=weight)),
        "mean_second": float(np.average(two, weights=weight)),
        "difference": mean,
        "low": mean - half,
        "high": mean + half,
        "p_value": _shifted(change, mean, error, weight),
    }


def _shifted(change: FloatArray, mean: float, error: float, weights: FloatArray) -> float:
    if not change.any():
        return 1.0
    if np.ptp(weights) == 0:
        return float(wilcoxon(change, method="approx").pvalue)
    if error == 0 or len(change) < 2:
        return np.nan
    return float(2 * student.sf(abs(mean) / error, len(change) - 1))
