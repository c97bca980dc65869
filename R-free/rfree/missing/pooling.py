"""Rubin's rules: one estimate from those of several completions of the answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t as student


def pool_estimates(
    estimates: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    df_complete: float = np.inf,
    names: Sequence[object] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Pool the estimates of a model over several imputations.

    Parameters
    ----------
    estimates : array, imputations x p
        At least two imputations.
    variances : array, imputations x p
        Squared standard errors of each.
    df_complete : float
        Degrees of freedom that the model would have if nothing were missing.
    names : sequence of p, optional
        Of the estimates: the index of the result.
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        ``estimate``, ``std_error``, ``df``, ``p_value``, ``low``, ``high``, ``riv`` (relative
        increase in variance due to what is missing), ``lambda`` (share of the variance due to it),
        ``fmi`` (fraction of missing information).

    Raises
    ------
    ValueError
        If shapes differ, a number is not finite, a variance is negative, or there are fewer than
        two imputations.

    Notes
    -----
    With m imputations, W the mean variance, B the variance of the estimates: T = W + (1 + 1/m) B
    (Rubin 1987). Degrees of freedom of Barnard & Rubin (1999): 1 / (1/v_old + 1/v_obs),
    v_old = (m - 1) / lambda^2, v_obs = (v + 1)/(v + 3) v (1 - lambda), v = ``df_complete``. As R's
    ``mice::pool``.

    Examples
    --------
    >>> pooled = pool_estimates([[1.0], [1.2], [0.8]], [[0.04], [0.05], [0.06]])
    >>> pooled[["estimate", "std_error", "df"]].round(3)
       estimate  std_error     df
    0       1.0      0.321  7.508
    """
    values, spread = np.asarray(estimates, dtype=float), np.asarray(variances, dtype=float)
    if values.ndim != 2 or values.shape != spread.shape or len(values) < 2:
        raise ValueError(
            f"estimates and variances have shapes {values.shape} and {spread.shape}; expected the "
            "same, two imputations at least in rows."
        )
    if not (np.isfinite(values).all() and np.isfinite(spread).all() and (spread >= 0).all()):
        raise ValueError("estimates and variances must be finite, variances not negative.")
    m = len(values)
    mean, within = values.mean(axis=0), spread.mean(axis=0)
    between = (1 + 1 / m) * values.var(axis=0, ddof=1)
    total = within + between
    share = np.divide(between, total, out=np.zeros_like(total), where=total > 0)
    df = _barnard_rubin(m, share, df_complete)
    error = np.sqrt(total)
    statistic = np.divide(mean, error, out=np.full_like(mean, np.nan), where=error > 0)
    margin = student.isf((1 - level) / 2, df) * error
    increase = np.divide(between, within, out=np.full_like(total, np.inf), where=within > 0)
    return pd.DataFrame(
        {
            "estimate": mean,
            "std_error": error,
            "df": df,
            "p_value": 2 * student.sf(np.abs(statistic), df),
            "low": mean - margin,
            "high": mean + margin,
            "riv": increase,
            "lambda": share,
            "fmi": (increase + 2 / (df + 3)) / (increase + 1),
        },
        index=None if names is None else pd.Index(list(names)),
    )


def _barnard_rubin(
    m: int, share: npt.NDArray[np.float64], complete: float
) -> npt.NDArray[np.float64]:
    # Without any missing information the degrees of freedom are those of the complete answers.
    least = np.maximum(share, 1e-8)
    old = (m - 1) / least**2
    if np.isinf(complete):
        return np.asarray(old)
    observed = (complete + 1) / (complete + 3) * complete * (1 - least)
    return np.asarray(1 / (1 / old + 1 / observed))
