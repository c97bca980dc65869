"""Tables of the bootstrap: stability, confidence, sizes and profiles with their intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, aligned_to, in_one_order

# Hennig (2007, 2008): how a mean Jaccard similarity reads.
READINGS = ((0.85, "highly stable"), (0.75, "stable"), (0.60, "a pattern"), (0.0, "do not trust"))
DISSOLVED_TYPE, RECOVERED_TYPE = 0.5, 0.75


def stability_reading(mean_jaccard: float) -> str:
    """Read a mean Jaccard similarity on Hennig's marks.

    Parameters
    ----------
    mean_jaccard : float
        0 to 1.

    Returns
    -------
    str
        "do not trust", "a pattern", "stable" or "highly stable".

    Examples
    --------
    >>> stability_reading(0.75)
    'stable'
    """
    return next(reading for least, reading in READINGS if mean_jaccard >= least)


def class_means(
    values: FloatArray, labels: IntArray, weights: FloatArray, n_classes: int
) -> FloatArray:
    """Weighted means by class of several columns, leaving out what is unknown.

    Parameters
    ----------
    values : array, n x columns
        NaN where unknown.
    labels : array of n ints
        From 0.
    weights : array of n
    n_classes : int

    Returns
    -------
    array, classes x columns
        NaN where nobody is known.

    Examples
    --------
    >>> class_means(np.array([[1.0], [3.0], [np.nan]]), np.array([0, 0, 1]), np.ones(3), 2)
    array([[ 2.], [nan]])
    """
    values, labels, weights = in_one_order(values=values, labels=labels, weights=weights)
    member = np.zeros((n_classes, len(labels)))
    member[labels, np.arange(len(labels))] = weights
    known = ~np.isnan(values)
    total = member @ known
    sums = member @ np.where(known, values, 0.0)
    means: FloatArray = np.full(sums.shape, np.nan)
    np.divide(sums, total, out=means, where=total > 0)
    return means


def percentile_limits(values: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Percentile interval over the first dimension.

    Parameters
    ----------
    values : array, replicates x ...
        NaN where a replicate has no value.
    level : float

    Returns
    -------
    low, high : arrays
        NaN where no replicate has a value.

    Examples
    --------
    >>> percentile_limits(np.arange(101.0)[:, np.newaxis], 0.9)
    (array([5.]), array([95.]))
    """
    some = ~np.isnan(values).all(axis=0)
    low, high = np.full(values.shape[1:], np.nan), np.full(values.shape[1:], np.nan)
    tails = [(1 - level) / 2, (1 + level) / 2]
    if some.any():
        low[some], high[some] = np.nanquantile(values[:, some], tails, axis=0)
    return low, high


def class_table(jaccard: FloatArray, level: float) -> pd.DataFrame:
    """Stability of every class (``StabilityResult.classes``).

    Parameters
    ----------
    jaccard : array, replicates x classes
    level : float

    Returns
    -------
    DataFrame
        ``class``, ``mean_jaccard``, ``low``, ``high``, ``dissolved``, ``recovered``,
        ``replicates``, ``reading``.
    """
    low, high = percentile_limits(jaccard, level)
    means = jaccard.mean(axis=0)
    return pd.DataFrame(
        {
            "class": np.arange(1, jaccard.shape[1] + 1),
            "mean_jaccard": means,
            "low": low,
            "high": high,
            "dissolved": (jaccard <= DISSOLVED_TYPE).sum(axis=0),
            "recovered": (jaccard >= RECOVERED_TYPE).sum(axis=0),
            "replicates": len(jaccard),
            "reading": [stability_reading(float(mean)) for mean in means],
        }
    )


def membership_shares(index: pd.Index, labels: IntArray, n_classes: int) -> pd.DataFrame:
    """Share of the replicates in which every respondent falls in every class.

    Parameters
    ----------
    index : pandas Index
        Names of the respondents.
    labels : array, replicates x respondents
        Classes in the replicates, from 0.
    n_classes : int

    Returns
    -------
    DataFrame, respondents x classes
        Columns 1..n_classes; rows sum to 1.

    Examples
    --------
    >>> membership_shares(pd.Index(["a", "b"]), np.array([[0, 1], [0, 0]]), 2)
    class    1    2
    a      1.0  0.0
    b      0.5  0.5
    """
    shares = np.stack([(labels == number).mean(axis=0) for number in range(n_classes)], axis=1)
    numbers = pd.RangeIndex(1, n_classes + 1, name="class")
    return pd.DataFrame(shares, index=index, columns=numbers)


def respondent_table(index: pd.Index, own: IntArray, memberships: pd.DataFrame) -> pd.DataFrame:
    """Membership confidence of every respondent (``StabilityResult.respondents``).

    Parameters
    ----------
    index : pandas Index
        Names of the respondents.
    own : array of respondents
        The sample's classes, 1..n_classes.
    memberships : DataFrame, respondents x classes
        As `membership_shares` gives them.

    Returns
    -------
    DataFrame
        ``respondent``, ``class``, ``confidence``, ``second_class``, ``second_share``.
    """
    own = np.asarray(aligned_to(own, index, name="own", of="index"))
    known = aligned_to(memberships, index, name="memberships", of="index")
    shares = known.to_numpy(dtype=float, copy=True)
    here = np.arange(len(own))
    confidence = shares[here, own - 1].copy()
    shares[here, own - 1] = -1
    second = shares.argmax(axis=1)
    second_share = shares[here, second]
    return pd.DataFrame(
        {
            "respondent": index,
            "class": own,
            "confidence": confidence,
            "second_class": np.where(second_share > 0, second + 1, 0),
            "second_share": second_share,
        }
    )


def size_table(
    own: IntArray, weights: FloatArray, shares: FloatArray, level: float
) -> pd.DataFrame:
    """Shares of the classes with intervals (``StabilityResult.sizes``).

    Parameters
    ----------
    own : array of respondents
        The sample's classes, from 1.
    weights : array of respondents
    shares : array, replicates x classes
        0 to 1.
    level : float

    Returns
    -------
    DataFrame
        ``class``, ``share``, ``low``, ``high``; in percent.
    """
    own, weights = in_one_order(own=own, weights=weights)
    low, high = percentile_limits(100 * shares, level)
    n_classes = shares.shape[1]
    sample = np.bincount(own - 1, weights, n_classes) / weights.sum()
    return pd.DataFrame(
        {"class": np.arange(1, n_classes + 1), "share": 100 * sample, "low": low, "high": high}
    )


def profile_table(
    columns: pd.Index, sample: FloatArray, means: FloatArray, level: float
) -> pd.DataFrame:
    """Class means with intervals (``StabilityResult.profiles``).

    Parameters
    ----------
    columns : pandas Index
        Names of the profiles.
    sample : array, classes x profiles
    means : array, replicates x classes x profiles
    level : float

    Returns
    -------
    DataFrame
        ``class``, ``profile``, ``mean``, ``low``, ``high``.
    """
    low, high = percentile_limits(means, level)
    n_classes, n_profiles = sample.shape
    return pd.DataFrame(
        {
            "class": np.repeat(np.arange(1, n_classes + 1), n_profiles),
            "profile": np.tile(np.asarray(columns, dtype=object), n_classes),
            "mean": sample.ravel(),
            "low": low.ravel(),
            "high": high.ravel(),
        }
    )
