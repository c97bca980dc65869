"""Differences between two samples, with intervals and tests: shares, and means."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact, norm
from scipy.stats import t as student

from rfree.base.inputs import FloatArray, aligned_to, check_columns
from rfree.description.contingency import SMALL_EXPECTED

CONFIDENCE_LEVEL = 0.95


def wilson_interval(share: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the 95 % Wilson interval of shares (0-1) of n answers; NaN where n is 0.

    Examples
    --------
    >>> low, high = wilson_interval(np.array([0.5]), np.array([100.0]))
    >>> low.round(3), high.round(3)
    (array([0.404]), array([0.596]))
    """
    z = norm.ppf((1 + CONFIDENCE_LEVEL) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    missing = n <= 0
    low = np.where(missing, np.nan, np.maximum(centre - half, 0.0))
    return low, np.where(missing, np.nan, np.minimum(centre + half, 1.0))


def compare_shares(
    first: FloatArray, n_first: FloatArray, second: FloatArray, n_second: FloatArray
) -> pd.DataFrame:
    """Compare shares between two independent samples.

    Parameters
    ----------
    first, second : arrays
        Shares (0-1) in the one and in the other sample.
    n_first, n_second : arrays
        Respondents behind them, effective numbers where weighted.

    Returns
    -------
    DataFrame
        In the order given: ``share_first``, ``low_first``, ``high_first`` (Wilson, 95 %), the same
        of ``second``, ``difference`` (second - first), ``low``, ``high`` (Newcombe, 95 %), all in
        percent; ``p_value`` of a pooled z test, or of Fisher's exact test where respondents are
        whole numbers and fewer than 5 are expected in a cell; NaN where a sample is empty, 1 where
        nobody or everybody counts in both.

    Notes
    -----
    Newcombe (1998), *Statistics in Medicine* 17, 873-890, method 10: the limits of the
    difference are made from the Wilson limits of the two shares.

    Examples
    --------
    >>> table = compare_shares(*(np.array([x]) for x in (56 / 70, 70, 48 / 80, 80)))
    >>> table[["difference", "low", "high"]].round(2)
       difference    low  high
    0       -20.0 -33.39 -5.24
    """
    low_first, high_first = wilson_interval(first, n_first)
    low_second, high_second = wilson_interval(second, n_second)
    difference = second - first
    low = difference - np.hypot(second - low_second, high_first - first)
    high = difference + np.hypot(high_second - second, first - low_first)
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (n_first * first + n_second * second) / (n_first + n_second)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n_first + 1 / n_second))
        z = np.where(error > 0, difference / error, 0.0)
    empty = np.minimum(n_first, n_second) <= 0
    shares = {
        "share_first": first, "low_first": low_first, "high_first": high_first,
        "share_second": second, "low_second": low_second, "high_second": high_second,
        "difference": difference, "low": low, "high": high,
    }  # fmt: skip
    table = pd.DataFrame({name: 100 * values for name, values in shares.items()})
    table["p_value"] = np.where(empty, np.nan, 2 * norm.sf(np.abs(z)))
    counts = np.stack([n_first * first, n_second * second], axis=-1)
    sizes = np.stack([n_first, n_second], axis=-1).astype(float)
    whole = np.isclose(counts, np.rint(counts), rtol=0, atol=1e-9) & (sizes == np.rint(sizes))
    rarest = np.fmin(pooled, 1 - pooled) * sizes.min(axis=-1)
    few = whole.all(axis=-1) & (rarest < SMALL_EXPECTED) & ~empty
    for row in np.flatnonzero(few):
        members = np.rint(counts[row]).astype(int)
        cells = np.stack([members, sizes[row].astype(int) - members])
        table.loc[row, "p_value"] = float(fisher_exact(cells)[1])
    return table


def compare_means(
    first: pd.DataFrame,
    second: pd.DataFrame,
    first_weight: FloatArray | None = None,
    second_weight: FloatArray | None = None,
) -> pd.DataFrame:
    """Compare the means of columns between two independent samples.

    Parameters
    ----------
    first, second : DataFrames
        The same columns of floats; NaN where there is no answer.
    first_weight, second_weight : arrays of respondents, or None
        Survey weights, no head counts: for those, repeat the rows (`rfree.base.weighting`). Only
        their ratios count.

    Returns
    -------
    DataFrame
        One row a column: ``n_first``, ``n_second``, ``mean_first``, ``mean_second``,
        ``difference`` (second - first), ``low``, ``high`` (95 %) and ``p_value`` of Welch's t test;
        NaN where a sample has fewer than 2 answers, or neither varies.

    Notes
    -----
    With weights, the error of a mean is robust: n / (n - 1) sum w^2 (x - mean)^2 / (sum w)^2, which
    is Welch's when all weigh the same.

    Examples
    --------
    >>> first, second = pd.DataFrame({"q": [1.0, 2.0, 3.0]}), pd.DataFrame({"q": [4.0, 5.0, 6.0]})
    >>> compare_means(first, second)[["difference", "low", "high", "p_value"]].round(3)
       difference    low   high  p_value
    q         3.0  0.733  5.267    0.021
    """
    check_columns(first, second)
    first_weight = aligned_to(first_weight, first, name="first_weight", of="first")
    second_weight = aligned_to(second_weight, second, name="second_weight", of="second")
    n_first, mean_first, error_first = _mean_and_squared_error(first, first_weight)
    n_second, mean_second, error_second = _mean_and_squared_error(second, second_weight)
    difference = mean_second - mean_first
    squared = error_first + error_second
    error = np.sqrt(squared.where(squared > 0))
    df = squared**2 / (error_first**2 / (n_first - 1) + error_second**2 / (n_second - 1))
    half = student.ppf((1 + CONFIDENCE_LEVEL) / 2, df) * error
    return pd.DataFrame(
        {
            "n_first": n_first,
            "n_second": n_second,
            "mean_first": mean_first,
            "mean_second": mean_second,
            "difference": difference,
            "low": difference - half,
            "high": difference + half,
            "p_value": 2 * student.sf(np.abs(difference / error), df),
        }
    )


def _mean_and_squared_error(
    values: pd.DataFrame, weight: FloatArray | None
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return n, mean and squared standard error of each column; NaN where n is too small."""
    weights = values.notna().mul(np.ones(len(values)) if weight is None else weight, axis=0)
    n, total = values.notna().sum(), weights.sum()
    total = total.where(total > 0)
    mean = (weights * values.fillna(0.0)).sum() / total
    squares = (weights**2 * (values - mean).fillna(0.0) ** 2).sum()
    return n, mean, squares * n / (n - 1).where(n > 1) / total**2
