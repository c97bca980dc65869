"""Class description by quantities: means of classes against the mean of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import f, norm

from rfree.base.class_labels import check_labels
from rfree.base.inputs import FloatArray, check_weights, holds_numbers
from rfree.base.multiple_tests import Adjustment, adjusted_p_values
from rfree.base.weighting import scaled_weights
from rfree.description.weighted_independence import (
    category_side,
    independence_test,
    indicator_side,
    quantity_side,
    signed_v_test,
)

# A variance within the classes that is this part of that between them is rounding.
_ROUNDING = 1e-14


def describe_quantities(
    Q: pd.DataFrame,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    adjust: Adjustment = "holm",
) -> pd.DataFrame:
    """Compare the mean of every quantity in every class with its mean in the sample.

    Parameters
    ----------
    Q : DataFrame, respondents x quantities
        Numbers; those who miss a quantity are left out of its rows.
    labels : array of respondents
        Class of each, at least two classes.
    sample_weight : array of respondents, or None
        Survey weights: where they differ, tests are design-based.
    frequencies : bool
        Whether weights are numbers of respondents.
    adjust : {"holm", "bh"}
        Correction for the number of tests in the table.

    Returns
    -------
    DataFrame
        A row for every class and quantity: ``class``, ``variable``, ``n`` (respondents of the
        class, of positive weight, who have it), ``class_mean``, ``overall_mean``, ``class_sd``,
        ``overall_sd`` (population), ``p_value``, ``p_adjusted``, ``v_test``. A quantity that
        does not vary, or that nobody in the class has, has v-test 0.

    Raises
    ------
    TypeError, ValueError
        If the table, the labels or the weights are not as described.

    Notes
    -----
    v = (m_q - m) / s * sqrt(n_q (n - 1) / (n - n_q)), s the population standard deviation: the
    class's mean against that of n_q respondents drawn at random (Lebart, Morineau & Piron 1995).
    With survey weights that differ, p is that of
    `rfree.description.weighted_independence.independence_test` of the quantity and the class
    against all others, and v = ±Φ⁻¹(p / 2).

    Examples
    --------
    >>> Q = pd.DataFrame({"age": [30.0, 40.0, 50.0, 60.0]})
    >>> table = describe_quantities(Q, ["young", "young", "old", "old"])
    >>> table[["class", "class_mean", "overall_mean", "v_test"]].round(3)
       class  class_mean  overall_mean  v_test
    0    old        55.0          45.0   1.549
    1  young        35.0          45.0  -1.549
    """
    moments = _moments(Q, labels, sample_weight, frequencies=frequencies)
    mean, overall, spread = moments.mean, moments.overall_mean, moments.overall_sd
    if moments.squares is None:
        v_test = _v_tests(moments)
        p_value = 2 * norm.sf(np.abs(v_test))
    else:
        p_value, v_test = _weighted_v_tests(moments, moments.squares)
    n_classes, n_quantities = mean.shape
    return pd.DataFrame(
        {
            "class": np.repeat(moments.names, n_quantities),
            "variable": np.tile(np.asarray(Q.columns, dtype=object), n_classes),
            "n": moments.respondents.ravel(),
            "class_mean": mean.ravel(),
            "overall_mean": np.tile(overall, n_classes),
            "class_sd": moments.sd.ravel(),
            "overall_sd": np.tile(spread, n_classes),
            "p_value": p_value.ravel(),
            "p_adjusted": adjusted_p_values(p_value.ravel(), adjust),
            "v_test": v_test.ravel(),
        }
    )


def describe_quantity_links(
    Q: pd.DataFrame,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    adjust: Adjustment = "holm",
) -> pd.DataFrame:
    """Test every quantity for its link with the classes: one-way analysis of variance.

    Parameters
    ----------
    Q, labels, sample_weight, frequencies, adjust
        As in `describe_quantities`.

    Returns
    -------
    DataFrame
        A row for every quantity: ``variable``, ``n``, ``eta2`` (between-class share of the
        variance), ``f``, ``df_between``, ``df_within``, ``p_value``, ``p_adjusted``. A
        quantity that does not vary has eta2 NaN and p-value 1.

    Raises
    ------
    TypeError, ValueError
        If the table, the labels or the weights are not as described.

    Notes
    -----
    With survey weights that differ, F is divided by the mean design effect and its degrees of
    freedom are those of `rfree.description.weighted_independence.independence_test`.

    Examples
    --------
    >>> Q = pd.DataFrame({"age": [30.0, 40.0, 50.0, 60.0]})
    >>> describe_quantity_links(Q, [1, 1, 2, 2])[["variable", "n", "eta2", "f"]]
      variable    n  eta2    f
    0      age  4.0   0.8  8.0
    """
    moments = _moments(Q, labels, sample_weight, frequencies=frequencies)
    present = moments.size > 0
    away = np.where(present, moments.mean - moments.overall_mean, 0.0)
    between = (moments.size * away**2).sum(axis=0)
    within = np.where(present, moments.size * moments.sd**2, 0.0).sum(axis=0)
    within[within <= _ROUNDING * between] = 0.0
    df_between: FloatArray = np.maximum(present.sum(axis=0) - 1, 0)
    df_within = moments.total - present.sum(axis=0)
    varies = (moments.overall_sd > 0) & (df_between > 0)
    eta2 = np.full(len(between), np.nan)
    np.divide(between, between + within, out=eta2, where=varies)
    tested = varies & (df_within > 0)
    ratio = np.full(len(between), np.nan)
    with np.errstate(divide="ignore"):
        np.divide(between * df_within, within * df_between, out=ratio, where=tested)
    if moments.squares is not None:
        ratio, df_between, df_within = _weighted_links(moments, moments.squares, ratio, tested)
    p_value = np.ones(len(between))
    p_value[tested] = f.sf(ratio[tested], df_between[tested], df_within[tested])
    return pd.DataFrame(
        {
            "variable": np.asarray(Q.columns, dtype=object),
            "n": moments.respondents.sum(axis=0),
            "eta2": eta2,
            "f": ratio,
            "df_between": df_between,
            "df_within": df_within,
            "p_value": p_value,
            "p_adjusted": adjusted_p_values(p_value, adjust),
        }
    )


def _v_tests(moments: _Moments) -> FloatArray:
    size, total, spread = moments.size, moments.total, moments.overall_sd
    others = total - size
    tested = (others > 0) & (size > 0) & (spread > 0)
    v_test = np.zeros_like(moments.mean)
    scale = np.sqrt(size * (total - 1), where=tested, out=np.zeros_like(v_test))
    away = moments.mean - moments.overall_mean
    np.divide(away * scale, spread * np.sqrt(others), out=v_test, where=tested)
    return v_test


def _weighted_v_tests(moments: _Moments, squares: _Squares) -> tuple[FloatArray, FloatArray]:
    """p-values and v-tests of every class by every quantity."""
    known = moments.total > 0
    shares = np.divide(moments.size, moments.total, out=np.zeros_like(moments.size), where=known)
    tested = (shares > 0) & (shares < 1) & (moments.overall_sd > 0)
    away = np.where(tested, moments.mean - moments.overall_mean, 0.0)
    scale = np.where(tested, (1 - shares) * moments.overall_sd**2, 1.0)
    n = np.maximum(moments.total, 2)
    test = independence_test(
        shares * away**2 / scale * (n - 1) / n,
        indicator_side(shares, squares.in_class, squares.total),
        quantity_side(moments.overall_sd**2, squares.of_quantity),
        np.where(known, squares.total, 1.0),
        n - 1,
    )
    return test.p_value, signed_v_test(test, away)


def _weighted_links(
    moments: _Moments, squares: _Squares, ratio: FloatArray, tested: npt.NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """F divided by its mean design effect, and its degrees of freedom, for every quantity."""
    quantities = quantity_side(moments.overall_sd**2, squares.of_quantity)
    adjusted, between = np.full_like(ratio, np.nan), np.zeros_like(ratio)
    n_classes = (moments.size > 0).sum(axis=0)
    for column in np.flatnonzero(tested):
        shares = moments.size[:, column] / moments.total[column]
        side = category_side(shares, squares.in_class[:, column])
        trace = float(side.trace * quantities.trace[column] / squares.total[column])
        effect = trace * moments.total[column] / (n_classes[column] - 1)
        adjusted[column] = ratio[column] / effect
        between[column] = float(side.trace**2 / side.trace_of_square)
    return adjusted, between, moments.total - n_classes


@dataclass(frozen=True)
class _Squares:
    """Sums over those who have a quantity of squared shares of the weight.

    ``in_class`` by class and quantity, ``total`` by quantity; ``of_quantity`` with the squared
    distances to the mean.
    """

    in_class: FloatArray
    total: FloatArray
    of_quantity: FloatArray


@dataclass(frozen=True)
class _Moments:
    """Sizes, means and standard deviations, class x quantity and overall.

    Weights that differ sum to the number of respondents who have the quantity.
    """

    names: npt.NDArray[np.generic]
    respondents: FloatArray
    size: FloatArray
    mean: FloatArray
    sd: FloatArray
    total: FloatArray
    overall_mean: FloatArray
    overall_sd: FloatArray
    squares: _Squares | None


def _moments(
    Q: pd.DataFrame,
    labels: npt.ArrayLike,
    sample_weight: Sequence[float] | FloatArray | None,
    *,
    frequencies: bool,
) -> _Moments:
    values = _check_quantities(Q)
    weights = check_weights(sample_weight, Q, of="Q")
    names, classes = check_labels(labels, weights, Q, of="Q")
    weighting = scaled_weights(weights, frequencies=frequencies)
    present = ~np.isnan(values)
    held = weighting.weights[:, np.newaxis] * present
    membership = (classes == np.arange(len(names))[:, np.newaxis]).astype(float)
    respondents = membership @ held
    if weighting.design_based:
        counted = present & (held > 0)
        respondents = membership @ counted.astype(float)
        mean_weight = np.divide(
            held.sum(axis=0),
            counted.sum(axis=0),
            out=np.ones(held.shape[1]),
            where=counted.any(axis=0),
        )
        held = held / mean_weight
    total = held.sum(axis=0)
    size = membership @ held
    filled = np.where(present, values, 0.0)
    with np.errstate(invalid="ignore"):
        overall_mean = (held * filled).sum(axis=0) / total
        # Around the overall mean, so that a large mean costs no digits.
        away = np.where(present, values - overall_mean, 0.0)
        shift = (membership @ (held * away)) / size
        # Those of no weight too may be of a class whose mean nobody makes.
        around_class = np.where(held > 0, away - shift[classes], 0.0)
        sd = np.sqrt(membership @ (held * around_class**2) / size)
        overall_sd = np.sqrt((held * away**2).sum(axis=0) / total)
    constant = np.nanmin(np.where(held > 0, values, np.inf), axis=0) >= np.nanmax(
        np.where(held > 0, values, -np.inf), axis=0
    )
    overall_sd = np.where(constant & (total > 0), 0.0, overall_sd)
    squares = None
    if weighting.design_based:
        square = np.divide(held, total, out=np.zeros_like(held), where=total > 0) ** 2
        in_class, of_quantity = membership @ square, (square * away**2).sum(axis=0)
        squares = _Squares(in_class, square.sum(axis=0), of_quantity)
    return _Moments(
        names, respondents, size, overall_mean + shift, sd, total, overall_mean, overall_sd, squares
    )


def _check_quantities(Q: pd.DataFrame) -> FloatArray:
    if not isinstance(Q, pd.DataFrame):
        raise TypeError(f"Q must be a pandas DataFrame, not {type(Q).__name__}.")
    if Q.shape[0] == 0 or Q.shape[1] == 0:
        raise ValueError(f"Q is empty: {Q.shape[0]} rows and {Q.shape[1]} columns.")
    if not Q.columns.is_unique:
        repeated = sorted({str(name) for name in Q.columns[Q.columns.duplicated()]})
        raise ValueError(f"Q has several columns of one name: {', '.join(repeated)}.")
    text = [str(name) for name, kind in Q.dtypes.items() if not holds_numbers(kind)]
    if text:
        raise TypeError(f"Q must hold numbers; these columns do not: {', '.join(text)}.")
    values = Q.to_numpy(dtype=float, na_value=np.nan)
    infinite = Q.columns[np.isinf(values).any(axis=0)]
    if len(infinite):
        raise ValueError(f"Q has infinite values in: {', '.join(map(str, infinite))}.")
    return values
