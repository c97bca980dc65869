"""Checks at the border: tables of categories and weights as every estimator wants them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def check_categories(X: pd.DataFrame, *, name: str = "X") -> pd.DataFrame:
    """Return ``X`` after checking that it is a complete table of categories.

    Parameters
    ----------
    X : DataFrame, respondents x questions
        One categorical column a question.
    name : str
        What to call the table in messages.

    Returns
    -------
    DataFrame
        The table itself, unchanged.

    Raises
    ------
    TypeError
        If ``X`` is not a DataFrame.
    ValueError
        If it is empty, has two columns of one name, or misses answers; every
        column that does is named with its count.

    Examples
    --------
    >>> check_categories(pd.DataFrame({"q": ["a", None]}))
    Traceback (most recent call last):
    ...
    ValueError: X has missing values: column 'q' (1). Declare what to do with them first: ...
    """
    check_table(X, name=name)
    missing = X.isna().sum()
    missing = missing[missing > 0]
    if len(missing):
        listed = ", ".join(f"column {column!r} ({count})" for column, count in missing.items())
        raise ValueError(
            f"{name} has missing values: {listed}. Declare what to do with them first: a category "
            "of their own, a passive category, complete cases, or imputation."
        )
    return X


def check_table(X: pd.DataFrame, *, name: str = "X") -> pd.DataFrame:
    """Return ``X`` after checking that it is a table, without looking at its answers.

    Parameters
    ----------
    X : DataFrame, respondents x questions
        One column a question.
    name : str
        What to call the table in messages.

    Returns
    -------
    DataFrame
        The table itself, unchanged.

    Raises
    ------
    TypeError
        If ``X`` is not a DataFrame.
    ValueError
        If it is empty or has two columns of one name.

    Examples
    --------
    >>> check_table(pd.DataFrame({"q": []}))
    Traceback (most recent call last):
    ...
    ValueError: X is empty: 0 rows and 1 columns.
    """
    if not isinstance(X, pd.DataFrame):
        raise TypeError(f"{name} must be a pandas DataFrame, not {type(X).__name__}.")
    if X.shape[0] == 0 or X.shape[1] == 0:
        raise ValueError(f"{name} is empty: {X.shape[0]} rows and {X.shape[1]} columns.")
    if not X.columns.is_unique:
        repeated = sorted({str(column) for column in X.columns[X.columns.duplicated()]})
        raise ValueError(f"{name} has several columns of one name: {', '.join(repeated)}.")
    return X


def check_weights(sample_weight: Sequence[float] | FloatArray | None, n_rows: int) -> FloatArray:
    """Return the weights as a float array, all ones when none are given.

    Parameters
    ----------
    sample_weight : array of n_rows weights, or None
        Not negative, not all zero, finite. A pandas Series is read in its order.
    n_rows : int
        Number of respondents.

    Returns
    -------
    array of n_rows floats

    Raises
    ------
    ValueError
        If the length is wrong or a weight is negative, missing or infinite, or all are zero.

    Examples
    --------
    >>> check_weights(None, 3)
    array([1., 1., 1.])
    """
    if sample_weight is None:
        return np.ones(n_rows)
    weights = np.array(sample_weight, dtype=float)
    if weights.shape != (n_rows,):
        raise ValueError(
            f"sample_weight has shape {weights.shape}; expected one weight a row ({n_rows})."
        )
    if not np.isfinite(weights).all():
        rows = np.flatnonzero(~np.isfinite(weights))
        raise ValueError(
            f"sample_weight has {len(rows)} missing or infinite values, first at row {rows[0]}."
        )
    if (weights < 0).any():
        rows = np.flatnonzero(weights < 0)
        raise ValueError(f"sample_weight has {len(rows)} negative values, first at row {rows[0]}.")
    if weights.sum() == 0:
        raise ValueError("sample_weight sums to zero: at least one respondent must count.")
    return weights
