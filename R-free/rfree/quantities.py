"""Class description by quantities: means of classes against the mean of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import f, norm

from rfree.class_labels import check_labels
from rfree.inputs import FloatArray, check_weights
from rfree.multiple_tests import Adjustment, adjusted_p_values
from rfree.weighting import normalised_weights


def describe_quantities(
    Q: pd.DataFrame,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
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
        Weights.
    adjust : {"holm", "bh"}
        Correction for the number of tests in the table.

    Returns
    -------
    DataFrame
        A row for every class and quantity: ``class``, ``variable``, ``n`` (weighted count of the
        class's respondents who have it), ``class_mean``, ``overall_mean``, ``class_sd``,
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

    Examples
    --------
    >>> Q = pd.DataFrame({"age": [30.0, 40.0, 50.0, 60.0]})
    >>> table = describe_quantities(Q, ["young", "young", "old", "old"])
    >>> table[["class", "class_mean", "overall_mean", "v_test"]].round(3)
       class  class_mean  overall_mean  v_test
    0    old        55.0          45.0   1.549
    1  young        35.0          45.0  -1.549
    """
    moments = _moments(Q, labels, sample_weight)
    size, mean = moments.size, moments.mean
    total, overall, spread = moments.total, moments.overall_mean, moments.overall_sd
    others = total - size
    tested = (others > 0) & (size > 0) & (spread > 0)
    v_test = np.zeros_like(mean)
    scale = np.sqrt(size * (total - 1), where=tested, out=np.zeros_like(mean))
    np.divide((mean - overall) * scale, spread * np.sqrt(others), out=v_test, where=tested)
    p_value = 2 * norm.sf(np.abs(v_test))
    n_classes, n_quantities = mean.shape
    return pd.DataFrame(
        {
            "class": np.repeat(moments.names, n_quantities),
            "variable": np.tile(np.asarray(Q.columns, dtype=object), n_classes),
            "n": size.ravel(),
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
    adjust: Adjustment = "holm",
) -> pd.DataFrame:
    """Test every quantity for its link with the classes: one-way analysis of variance.

    Parameters
    ----------
    Q : DataFrame, respondents x quantities
        Numbers; those who miss a quantity are left out of its row.
    labels : array of respondents
        Class of each, at least two classes.
    sample_weight : array of respondents, or None
        Weights.
    adjust : {"holm", "bh"}
        Correction for the number of quantities.

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

    Examples
    --------
    >>> Q = pd.DataFrame({"age": [30.0, 40.0, 50.0, 60.0]})
    >>> describe_quantity_links(Q, [1, 1, 2, 2])[["variable", "n", "eta2", "f"]]
      variable    n  eta2    f
    0      age  4.0   0.8  8.0
    """
    moments = _moments(Q, labels, sample_weight)
    present = moments.size > 0
    away = np.where(present, moments.mean - moments.overall_mean, 0.0)
    between = (moments.size * away**2).sum(axis=0)
    within = np.where(present, moments.size * moments.sd**2, 0.0).sum(axis=0)
    df_between = present.sum(axis=0) - 1
    df_within = moments.total - present.sum(axis=0)
    varies = (moments.overall_sd > 0) & (df_between > 0)
    eta2 = np.full(len(between), np.nan)
    np.divide(between, between + within, out=eta2, where=varies)
    tested = varies & (df_within > 0)
    ratio = np.full(len(between), np.nan)
    with np.errstate(divide="ignore"):
        np.divide(between * df_within, within * df_between, out=ratio, where=tested)
    p_value = np.ones(len(between))
    p_value[tested] = f.sf(ratio[tested], df_between[tested], df_within[tested])
    return pd.DataFrame(
        {
            "variable": np.asarray(Q.columns, dtype=object),
            "n": moments.total,
            "eta2": eta2,
            "f": ratio,
            "df_between": df_between,
            "df_within": df_within,
            "p_value": p_value,
            "p_adjusted": adjusted_p_values(p_value, adjust),
        }
    )


@dataclass(frozen=True)
class _Moments:
    """Sizes, means and standard deviations, class x quantity and overall."""

    names: npt.NDArray[np.generic]
    size: FloatArray
    mean: FloatArray
    sd: FloatArray
    total: FloatArray
    overall_mean: FloatArray
    overall_sd: FloatArray


def _moments(
    Q: pd.DataFrame,
    labels: npt.ArrayLike,
    sample_weight: Sequence[float] | FloatArray | None,
) -> _Moments:
    values = _check_quantities(Q)
    weights = normalised_weights(check_weights(sample_weight, Q, of="Q"))
    names, classes = check_labels(labels, weights, Q, of="Q")
    present = ~np.isnan(values)
    held = weights[:, np.newaxis] * present
    total = held.sum(axis=0)
    membership = (classes == np.arange(len(names))[:, np.newaxis]).astype(float)
    size = membership @ held
    filled = np.where(present, values, 0.0)
    with np.errstate(invalid="ignore"):
        overall_mean = (held * filled).sum(axis=0) / total
        # Around the overall mean, so that a large mean costs no digits.
        away = np.where(present, values - overall_mean, 0.0)
        shift = (membership @ (held * away)) / size
        around_class = np.where(present, away - shift[classes], 0.0)
        sd = np.sqrt(membership @ (held * around_class**2) / size)
        overall_sd = np.sqrt((held * away**2).sum(axis=0) / total)
    constant = np.nanmin(np.where(held > 0, values, np.inf), axis=0) >= np.nanmax(
        np.where(held > 0, values, -np.inf), axis=0
    )
    overall_sd = np.where(constant & (total > 0), 0.0, overall_sd)
    return _Moments(names, size, overall_mean + shift, sd, total, overall_mean, overall_sd)


def _check_quantities(Q: pd.DataFrame) -> FloatArray:
    if not isinstance(Q, pd.DataFrame):
        raise TypeError(f"Q must be a pandas DataFrame, not {type(Q).__name__}.")
    if Q.shape[0] == 0 or Q.shape[1] == 0:
        raise ValueError(f"Q is empty: {Q.shape[0]} rows and {Q.shape[1]} columns.")
    text = [str(name) for name, kind in Q.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]
    if text:
        raise TypeError(f"Q must hold numbers; these columns do not: {', '.join(text)}.")
    values = Q.to_numpy(dtype=float, na_value=np.nan)
    infinite = Q.columns[np.isinf(values).any(axis=0)]
    if len(infinite):
        raise ValueError(f"Q has infinite values in: {', '.join(map(str, infinite))}.")
    return values
