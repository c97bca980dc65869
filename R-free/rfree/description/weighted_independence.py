"""Design-based tests of independence, their design effect being that of the hypothesis tested."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import f, norm

from rfree.base.inputs import FloatArray

# A category this close to everybody or nobody does not vary.
_LEAST_SHARE = 1e-12
# Below, a probability has lost digits, and its normal quantile is computed from the statistic.
_LEAST_PROBABILITY = 1e-290


@dataclass(frozen=True)
class Side:
    """One of two characteristics of weighted respondents, as the design effect sees it.

    The covariance of its weighted indicators (or of its value), relative to their dispersion, has
    the eigenvalues d; all would be 1 / n if respondents weighed the same.

    Attributes
    ----------
    trace, trace_of_square : array
        Sums of d and of d^2. Several sides may be held together, in any shape.
    """

    trace: FloatArray
    trace_of_square: FloatArray


def category_side(shares: FloatArray, squares: FloatArray) -> Side:
    """Side of a variable of several categories.

    Parameters
    ----------
    shares : array of categories
        Of the weight; they sum to 1.
    squares : array of categories
        Sums of the squares of the respondents' shares of the weight.

    Returns
    -------
    Side
        0 for a variable of which one category is in use.

    Examples
    --------
    >>> side = category_side(np.array([0.25, 0.75]), np.array([0.25, 0.75]) / 8)  # 8 alike
    >>> float(side.trace)
    0.125
    """
    if np.count_nonzero(shares > 0) < 2:
        return Side(np.array(0.0), np.array(0.0))
    total = squares.sum()
    ratio = np.divide(squares, shares, out=np.zeros_like(shares), where=shares > 0)
    square = (ratio**2).sum() - 2 * (ratio * squares).sum() + total**2
    return Side(np.asarray(ratio.sum() - total), np.asarray(square))


def indicator_side(shares: FloatArray, squares: FloatArray, total: FloatArray | float) -> Side:
    """Sides of single categories, each against all others.

    Parameters
    ----------
    shares, squares : arrays
        As for `category_side`.
    total : float
        Sum of the squares of all respondents.

    Returns
    -------
    Side
        0 for a category of everybody or nobody.

    Examples
    --------
    >>> indicator_side(np.array([0.25, 1.0]), np.array([0.25, 1.0]) / 8, 1 / 8).trace
    array([0.125, 0.   ])
    """
    spread = shares * (1 - shares)
    about = squares * (1 - shares) ** 2 + (total - squares) * shares**2
    trace = np.divide(about, spread, out=np.zeros_like(spread), where=spread > _LEAST_SHARE)
    return Side(trace, trace**2)


def quantity_side(variance: FloatArray, squares: FloatArray) -> Side:
    """Sides of quantities.

    Parameters
    ----------
    variance : array
        Weighted mean squared distance to the weighted mean.
    squares : array
        Sum of the squared distances times the squares of the respondents' shares of the weight.

    Returns
    -------
    Side
        0 for a quantity that does not vary.

    Examples
    --------
    >>> quantity_side(np.array([2.0]), np.array([2.0]) / 8).trace
    array([0.125])
    """
    trace = np.divide(squares, variance, out=np.zeros_like(variance), where=variance > 0)
    return Side(trace, trace**2)


@dataclass(frozen=True)
class IndependenceTest:
    """Tests of independence of weighted respondents.

    Attributes
    ----------
    statistic : array
        F; NaN where a side does not vary.
    df, df_denominator : arrays
        Degrees of freedom of F.
    p_value : array
        1 where a side does not vary.
    """

    statistic: FloatArray
    df: FloatArray
    df_denominator: FloatArray
    p_value: FloatArray


def independence_test(
    association: FloatArray,
    one: Side,
    other: Side,
    total: FloatArray | float,
    df_error: FloatArray | float,
) -> IndependenceTest:
    """Test the independence of two characteristics of weighted respondents.

    Parameters
    ----------
    association : array
        Chi-squared of the weighted shares for n = 1 (between categories), squared correlation or
        correlation ratio (with a quantity), or that over what it leaves unexplained.
    one, other : Side
    total : float
        Sum of the squares of the respondents' shares of the weight: 1 / n when all are alike.
    df_error : float
        Degrees of freedom left, n - 1 or fewer.

    Returns
    -------
    IndependenceTest

    Notes
    -----
    Second-order correction of Rao & Scott (1984), respondents drawn independently of each other:
    with Delta the generalised design effects, F = association / tr Delta has
    df = (tr Delta)^2 / tr(Delta^2) and df * df_error degrees of freedom (Thomas & Rao 1987).

    Delta is taken under the hypothesis tested. The sum of w^2 (x - mean)(x - mean)' (y - mean)
    (y - mean)' over the respondents, whose noise makes `survey::svychisq` reject up to three times
    too often where weights differ much and classes are small, is replaced by what independence says
    it is: the product of the two sides' own sums, over the sum of w^2. That holds for weights
    that depend on neither characteristic, on either, or on both as a product of a factor of
    each, as raked weights do. With equal weights the statistic is the classical one.

    Examples
    --------
    >>> side = Side(np.array([0.01]), np.array([0.0001]))  # two categories, 100 alike
    >>> independence_test(np.array([0.04]), side, side, 0.01, 99).p_value.round(4)
    array([0.0482])
    """
    trace = np.asarray(one.trace * other.trace / total, dtype=float)
    square = np.asarray(one.trace_of_square * other.trace_of_square / total**2, dtype=float)
    varies = trace > 0
    statistic = np.divide(association, trace, out=np.full(trace.shape, np.nan), where=varies)
    df = np.divide(trace**2, square, out=np.full(trace.shape, np.nan), where=varies)
    denominator = df * df_error
    p_value = np.where(varies, f.sf(statistic, df, denominator), 1.0)
    return IndependenceTest(statistic, df, denominator, p_value)


def signed_v_test(test: IndependenceTest, direction: FloatArray) -> FloatArray:
    """Turn tests of one degree of freedom into v-tests.

    Parameters
    ----------
    test : IndependenceTest
    direction : array
        Whose sign the v-test takes.

    Returns
    -------
    array
        ±Phi^-1(p / 2), 0 where nothing varies. Far in the tail, where p is no float any more,
        Wallace's approximation (1959): (8 d + 1) / (8 d + 3) sqrt(d log(1 + F / d)), d the
        degrees of freedom.

    Examples
    --------
    >>> side = Side(np.array([1e-5]), np.array([1e-10]))
    >>> far = independence_test(np.array([0.9]), side, side, 1e-5, 99_999)
    >>> far.p_value, signed_v_test(far, np.array([-1.0])).round(2)
    (array([0.]), array([-253.35]))
    """
    statistic = np.nan_to_num(test.statistic, nan=0.0)
    d = np.nan_to_num(test.df_denominator, nan=1.0)
    far = (8 * d + 1) / (8 * d + 3) * np.sqrt(d * np.log1p(statistic / d))
    near = norm.isf(np.maximum(test.p_value, _LEAST_PROBABILITY) / 2)
    size = np.where(test.p_value > _LEAST_PROBABILITY, near, far)
    return np.asarray(np.sign(direction) * size + 0.0)
