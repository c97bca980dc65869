"""Inertia of the axes of an MCA, raw and corrected for what each question explains of itself."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray

# Relative margin above 1/Q below which an eigenvalue is 1/Q but for rounding.
ROUNDING_MARGIN = 1e-9


def adjusted_eigenvalues(eigenvalues: FloatArray, n_variables: int) -> FloatArray:
    """Benzécri's adjusted eigenvalues: what an axis explains of the other questions.

    Parameters
    ----------
    eigenvalues : array
        Eigenvalues of the indicator table.
    n_variables : int
        Number of questions Q.

    Returns
    -------
    array
        (Q/(Q-1) (lambda - 1/Q))^2 where lambda > 1/Q, NaN elsewhere and for a single question.

    Notes
    -----
    Benzécri, J.-P. (1979). Sur le calcul des taux d'inertie dans l'analyse d'un questionnaire.
    *Les cahiers de l'analyse des données*, 4(3), 377-378.

    Examples
    --------
    >>> adjusted_eigenvalues(np.array([0.75, 0.5, 0.25]), 2)
    array([0.25, nan, nan])
    """
    threshold = 1 / n_variables
    adjusted = np.full(len(eigenvalues), np.nan)
    above = eigenvalues > threshold * (1 + ROUNDING_MARGIN)
    if n_variables > 1:
        scale = n_variables / (n_variables - 1)
        adjusted[above] = (scale * (eigenvalues[above] - threshold)) ** 2
    return adjusted


def inertia_table(eigenvalues: FloatArray, n_variables: int, own_inertia: float) -> pd.DataFrame:
    """Inertia of every axis, with Benzécri's and Greenacre's corrected rates.

    Parameters
    ----------
    eigenvalues : array
        All eigenvalues of the indicator table, null ones of its rank included.
    n_variables : int
        Number of questions Q.
    own_inertia : float
        Squared Burt residuals of the questions with themselves: (J - Q) / Q^2 without
        passive categories.

    Returns
    -------
    DataFrame
        Index ``axis``; columns ``eigenvalue``, ``percent`` and ``cumulative`` (percent of the
        total inertia), ``benzecri`` and ``greenacre`` (percent; NaN where lambda <= 1/Q).

    Notes
    -----
    Benzécri's rate divides the adjusted eigenvalues by their sum; Greenacre's by the inertia
    of the tables that cross two different questions, Q/(Q-1) (sum lambda^2 - own inertia).
    Both use every axis, however many are kept. Greenacre, M. (2017). *Correspondence
    Analysis in Practice*, 3rd ed., ch. 19 and 21.

    Examples
    --------
    >>> inertia_table(np.array([0.75, 0.25]), 2, own_inertia=0.5)
            eigenvalue  percent  cumulative  benzecri  greenacre
    axis
    Axis 1        0.75     75.0        75.0     100.0      100.0
    Axis 2        0.25     25.0       100.0       NaN        NaN
    """
    adjusted = adjusted_eigenvalues(eigenvalues, n_variables)
    percent = 100 * eigenvalues / eigenvalues.sum()
    benzecri = greenacre = adjusted
    # Independent questions: nothing is above 1/Q, and nothing is there to be shared.
    if not np.isnan(adjusted).all():
        crossed = n_variables / (n_variables - 1) * (np.square(eigenvalues).sum() - own_inertia)
        benzecri = 100 * adjusted / np.nansum(adjusted)
        greenacre = 100 * adjusted / crossed
    return pd.DataFrame(
        np.column_stack([eigenvalues, percent, percent.cumsum(), benzecri, greenacre]),
        index=axis_names(len(eigenvalues)),
        columns=["eigenvalue", "percent", "cumulative", "benzecri", "greenacre"],
    )


def axis_names(n_axes: int) -> pd.Index:
    """Names of the axes: "Axis 1", "Axis 2", ...

    Parameters
    ----------
    n_axes : int
        How many.

    Returns
    -------
    Index named ``axis``

    Examples
    --------
    >>> list(axis_names(2))
    ['Axis 1', 'Axis 2']
    """
    return pd.Index([f"Axis {number}" for number in range(1, n_axes + 1)], name="axis")
