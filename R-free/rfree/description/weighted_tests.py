"""Tests of classes against characteristics when respondents carry survey weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lstsq
from scipy.stats import f, rankdata

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.base.matching import shared_counts
from rfree.description.contingency import chi_squared
from rfree.description.weighted_independence import (
    Side,
    category_side,
    independence_test,
    quantity_side,
)


@dataclass(frozen=True)
class DesignBasedTest:
    """A test that takes the weights into account.

    Attributes
    ----------
    statistic : float
        F.
    df, df_denominator : float
        Degrees of freedom of F.
    p_value : float
    """

    statistic: float
    df: float
    df_denominator: float
    p_value: float


_NOT_TESTED = DesignBasedTest(np.nan, np.nan, np.nan, np.nan)


def rao_scott(rows: IntArray, columns: IntArray, weights: FloatArray) -> DesignBasedTest:
    """Test independence of two characteristics of weighted respondents.

    Parameters
    ----------
    rows, columns : arrays of n codes
        From 0; every code up to the largest is in use.
    weights : array of n floats
        Positive. Survey weights, no head counts: for those, repeat the rows
        (`rfree.base.weighting`).

    Returns
    -------
    DesignBasedTest

    Notes
    -----
    Rao & Scott (1984), second-order correction, for respondents drawn independently of each other:
    Pearson's chi-squared of the weighted table (scaled to n), divided by the sum of the
    generalised design effects Delta, is compared with F on (tr Delta)^2 / tr(Delta^2) and n - 1
    times as many degrees of freedom. Delta is the covariance of the interaction contrasts under the
    weights, relative to that of a simple random sample: R's ``survey::svychisq``. Where few
    respondents carry the weight of a cell it rejects far too often; see `independence`.

    Examples
    --------
    >>> rows, columns = np.repeat([0, 0, 1, 1], [10, 20, 20, 10]), np.tile([0, 1], 30)
    >>> rao_scott(rows, columns, np.ones(60)).df
    1.0
    """
    rows, columns, weights = in_one_order(rows=rows, columns=columns, weights=weights)
    n, shape = len(weights), (int(rows.max()) + 1, int(columns.max()) + 1)
    cell = rows * shape[1] + columns
    share = np.bincount(cell, weights, minlength=shape[0] * shape[1]) / weights.sum()
    pearson = chi_squared(n * share.reshape(shape))
    if pearson.df < 1:
        return _NOT_TESTED
    contrasts = _interaction_contrasts(shape)
    # An empty cell has no covariance: what divides it does not matter.
    scaled = contrasts / np.where(share > 0, share, np.inf)[:, None]
    influence = (weights / weights.sum())[:, None] * (scaled[cell] - share @ scaled)
    covariance = influence.T @ influence * n / (n - 1)
    simple = scaled.T @ contrasts / n
    delta = lstsq(simple, covariance)[0]
    trace = float(np.trace(delta))
    if trace <= 0:
        return _NOT_TESTED
    df = trace**2 / float(np.trace(delta @ delta))
    statistic = pearson.statistic / trace
    denominator = df * (n - 1)
    return DesignBasedTest(statistic, df, denominator, float(f.sf(statistic, df, denominator)))


def weighted_rank_test(
    values: FloatArray, classes: IntArray, weights: FloatArray
) -> DesignBasedTest:
    """Compare the ranks of a quantity between classes of weighted respondents.

    Parameters
    ----------
    values : array of n floats
    classes : array of n codes
        From 0; every code up to the largest is in use.
    weights : array of n floats
        Positive. Survey weights, no head counts: for those, repeat the rows
        (`rfree.base.weighting`).

    Returns
    -------
    DesignBasedTest

    Notes
    -----
    Lumley & Scott (2013), the form of Kruskal-Wallis: every respondent gets an estimated rank in
    the population (share of weight below, plus half of that at the same value); the mean ranks of
    the classes are compared by a Wald test with robust covariance, respondents independent of each
    other, on k - 1 and n - k degrees of freedom: R's ``survey::svyranktest``, where no two values
    are equal. Equal values get one rank here; R (survey 4.1) gives them the plain mean of ranks
    that depend on the order of the rows. Where few respondents carry the weight of a class the test
    rejects far too often; see `rank_independence`.

    Examples
    --------
    >>> values, classes = np.arange(12.0), np.repeat([0, 1], 6)
    >>> bool(weighted_rank_test(values, classes, np.ones(12)).p_value < 0.001)
    True
    """
    values, classes, weights = in_one_order(values=values, classes=classes, weights=weights)
    n, n_classes = len(values), int(classes.max()) + 1
    ranks = estimated_ranks(values, weights)
    if n_classes < 2 or np.ptp(values) == 0:
        return _NOT_TESTED
    size = np.bincount(classes, weights)
    mean = np.bincount(classes, weights * ranks) / size
    # Means of different classes share no respondent: their covariance is diagonal.
    squares = np.bincount(classes, (weights * (ranks - mean[classes])) ** 2)
    variance = squares / size**2 * n / (n - 1)
    contrasts = np.hstack([-np.ones((n_classes - 1, 1)), np.eye(n_classes - 1)])
    difference = contrasts @ mean
    spread = contrasts @ np.diag(variance) @ contrasts.T
    solved = lstsq(spread, difference)[0]
    df, denominator = n_classes - 1, n - n_classes
    statistic = float(difference @ solved) / df
    return DesignBasedTest(statistic, df, denominator, float(f.sf(statistic, df, denominator)))


def independence(rows: IntArray, columns: IntArray, weights: FloatArray) -> DesignBasedTest:
    """Test independence of two characteristics, with the design effect of that hypothesis.

    Parameters
    ----------
    rows, columns, weights : arrays
        As for `rao_scott`.

    Returns
    -------
    DesignBasedTest

    Notes
    -----
    See `rfree.description.weighted_independence.independence_test`: right where `rao_scott` is not,
    equal to chi-squared when all weigh the same.

    Examples
    --------
    >>> rows, columns = np.repeat([0, 0, 1, 1], [10, 20, 20, 10]), np.tile([0, 1], 30)
    >>> print(round(independence(rows, columns, np.ones(60)).statistic, 4))  # chi-squared
    0.0
    """
    rows, columns, weights = in_one_order(rows=rows, columns=columns, weights=weights)
    n, shape = len(weights), (int(rows.max()) + 1, int(columns.max()) + 1)
    share = weights / weights.sum()
    pearson = chi_squared(shared_counts(rows, columns, shape, share))
    if pearson.df < 1:
        return _NOT_TESTED
    test = independence_test(
        np.array(pearson.statistic),
        _category_side(rows, share),
        _category_side(columns, share),
        float(share @ share),
        n - 1,
    )
    return DesignBasedTest(
        float(test.statistic), float(test.df), float(test.df_denominator), float(test.p_value)
    )


def rank_independence(
    values: FloatArray, classes: IntArray, weights: FloatArray
) -> DesignBasedTest:
    """Compare the ranks of a quantity between classes, with the design effect of the hypothesis.

    Parameters
    ----------
    values, classes, weights : arrays
        As for `weighted_rank_test`.

    Returns
    -------
    DesignBasedTest

    Notes
    -----
    The estimated ranks of `weighted_rank_test`; analysis of variance of them by the classes, its F
    divided by the mean design effect (`rfree.description.weighted_independence.independence_test`).

    Examples
    --------
    >>> values, classes = np.arange(12.0), np.repeat([0, 1], 6)
    >>> rank_independence(values, classes, np.tile([0.5, 1.0], 6)).p_value < 0.001
    True
    """
    values, classes, weights = in_one_order(values=values, classes=classes, weights=weights)
    n, n_classes = len(values), int(classes.max()) + 1
    if n_classes < 2 or np.ptp(values) == 0 or n <= n_classes:
        return _NOT_TESTED
    share = weights / weights.sum()
    ranks = estimated_ranks(values, weights)
    away = ranks - share @ ranks
    variance, squares = np.array(share @ away**2), np.array(share**2 @ away**2)
    of_class = np.bincount(classes, share)
    between = float((np.bincount(classes, share * away) ** 2 / of_class).sum())
    within = max(float(variance) - between, 0.0)
    ratio = between / within if within > 0 else np.inf
    test = independence_test(
        np.array(ratio * (n - n_classes) / n),
        _category_side(classes, share),
        quantity_side(variance, squares),
        float(share @ share),
        1.0,
    )
    df, denominator = float(test.df), n - n_classes
    p_value = float(f.sf(test.statistic, df, denominator))
    return DesignBasedTest(float(test.statistic), df, denominator, p_value)


def _category_side(codes: IntArray, share: FloatArray) -> Side:
    return category_side(
        np.bincount(codes, share).astype(float), np.bincount(codes, share**2).astype(float)
    )


def estimated_ranks(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Estimate the rank in the population of every respondent (0 to 1).

    Parameters
    ----------
    values : array of n floats
    weights : array of n floats
        Positive. Survey weights, no head counts: for those, repeat the rows
        (`rfree.base.weighting`).

    Returns
    -------
    array of n floats
        Share of the weight below, plus half of that at the same value.

    Examples
    --------
    >>> estimated_ranks(np.array([3.0, 1.0, 3.0]), np.array([1.0, 2.0, 1.0]))
    array([0.75, 0.25, 0.75])
    """
    values, weights = in_one_order(values=values, weights=weights)
    position = rankdata(values, method="dense") - 1
    mass = np.bincount(position, weights) / weights.sum()
    return np.asarray((mass.cumsum() - mass / 2)[position])


def _interaction_contrasts(shape: tuple[int, int]) -> FloatArray:
    """Contrasts of cells orthogonal to rows and columns, (r - 1)(c - 1) of them."""
    sides = [np.eye(side)[:, 1:] - 1 / side for side in shape]
    return np.asarray(np.kron(sides[0], sides[1]))
