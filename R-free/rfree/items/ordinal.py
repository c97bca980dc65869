"""Ordered answers: read as numbers, and drawn from a latent normal cut at thresholds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, holds_numbers


def answer_codes(items: pd.DataFrame) -> FloatArray:
    """Return the answers as floats, NaN where there is none.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes (Int64, integers or floats); ``<NA>`` or NaN is no answer.

    Returns
    -------
    array, respondents x items

    Raises
    ------
    TypeError
        If ``items`` is not a DataFrame, or a column is not numeric.
    ValueError
        If it is empty, has two columns of one name, or an infinite code.

    Examples
    --------
    >>> answer_codes(pd.DataFrame({"q": pd.array([1, None], dtype="Int64")}))
    array([[ 1.],
           [nan]])
    """
    if not isinstance(items, pd.DataFrame):
        raise TypeError(f"items must be a pandas DataFrame, not {type(items).__name__}.")
    if items.shape[0] == 0 or items.shape[1] == 0:
        raise ValueError(f"items is empty: {items.shape[0]} rows and {items.shape[1]} columns.")
    repeated = sorted({str(column) for column in items.columns[items.columns.duplicated()]})
    if repeated:
        raise ValueError(f"items has several columns of one name: {', '.join(repeated)}.")
    wordy = [
        f"{column!r} ({items[column].dtype})"
        for column in items.columns
        if not holds_numbers(items[column].dtype)
    ]
    if wordy:
        raise TypeError(f"items must hold numeric codes; columns that do not: {', '.join(wordy)}.")
    codes: FloatArray = items.to_numpy(dtype=float, na_value=np.nan)
    infinite = [str(items.columns[j]) for j in range(codes.shape[1]) if np.isinf(codes[:, j]).any()]
    if infinite:
        raise ValueError(f"items has infinite codes in: {', '.join(infinite)}.")
    return codes


def sample_ordinal(
    structure: pd.DataFrame | pd.Series[float],
    thresholds: pd.DataFrame,
    *,
    codes: Sequence[float],
    n: int,
    generator: np.random.Generator,
) -> pd.DataFrame:
    """Draw ordered answers from a multivariate normal distribution cut at thresholds.

    Parameters
    ----------
    structure : DataFrame items x items, or Series of one loading an item
        A positive definite correlation matrix (see
        :func:`rfree.items.association.positive_definite`), or the loadings of one factor, each
        within [-1, 1]: the latent answer is then loading * factor + own part, of variance 1.
    thresholds : DataFrame, items x (number of codes - 1)
        Ascending latent limits, as :func:`rfree.items.association.polychoric` returns them;
        infinite ones allowed (categories nobody chose).
    codes : sequence
        The codes of the scale, ascending: one more than there are thresholds.
    n : int
        Number of respondents to draw.
    generator : numpy Generator
        Source of randomness.

    Returns
    -------
    DataFrame, n x items, dtype float
        Code of every answer, none missing.

    Raises
    ------
    ValueError
        If items, thresholds and codes do not go together, a loading is beyond 1, or the
        matrix is not positive definite.

    Examples
    --------
    >>> limits = pd.DataFrame({1: [-1.0, 0.0], 2: [1.0, np.inf]}, index=["a", "b"])
    >>> loadings = pd.Series([0.8, 0.6], index=["a", "b"])
    >>> draw = sample_ordinal(loadings, limits, codes=[1, 2, 3], n=500,
    ...                       generator=np.random.default_rng(1))
    >>> sorted(draw["b"].unique().tolist())
    [1.0, 2.0]
    """
    labels = np.asarray(codes, dtype=float)
    if list(structure.index) != list(thresholds.index):
        raise ValueError("structure and thresholds must name the same items in the same order.")
    if len(labels) != thresholds.shape[1] + 1 or (np.diff(labels) <= 0).any():
        raise ValueError(
            f"codes must be ascending and one more than the {thresholds.shape[1]} thresholds; "
            f"received {len(labels)}: {list(codes)}."
        )
    limits = thresholds.to_numpy(dtype=float)
    # Compared, not differenced: two infinite limits of one side are equal.
    if np.isnan(limits).any() or (limits[:, 1:] < limits[:, :-1]).any():
        raise ValueError("thresholds must be ascending numbers in every row.")
    position = limits_passed(_latent_normal(structure, n, generator), limits)
    return pd.DataFrame(labels[position], columns=pd.Index(thresholds.index))


def limits_passed(latent: FloatArray, limits: FloatArray) -> IntArray:
    """Count the limits of each item that latent answers are above.

    Parameters
    ----------
    latent : array, respondents x items
    limits : array, items x limits

    Returns
    -------
    array, respondents x items

    Examples
    --------
    >>> limits_passed(np.array([[-1.0, 0.5], [2.0, -2.0]]), np.array([[0.0, 1.0], [-1.0, 1.0]]))
    array([[0, 1], [2, 0]])
    """
    passed = np.zeros(latent.shape, dtype=np.int64)
    for limit in limits.T:
        passed += latent > limit
    return passed


def _latent_normal(
    structure: pd.DataFrame | pd.Series[float], n: int, generator: np.random.Generator
) -> FloatArray:
    """Return n draws of the latent answers, n x items, each of variance 1."""
    if isinstance(structure, pd.Series):
        loadings = structure.to_numpy(dtype=float)
        if not (np.abs(loadings) <= 1).all():
            raise ValueError("every loading must lie within [-1, 1].")
        factor = generator.standard_normal((n, 1))
        own = generator.standard_normal((n, len(loadings)))
        one_factor: FloatArray = factor * loadings + own * np.sqrt(1 - loadings**2)
        return one_factor
    correlations = structure.to_numpy(dtype=float)
    try:
        root = np.linalg.cholesky(correlations)
    except np.linalg.LinAlgError:
        raise ValueError(
            "the correlation matrix is not positive definite; "
            "pass it through rfree.items.association.positive_definite first."
        ) from None
    drawn: FloatArray = generator.standard_normal((n, len(root))) @ root.T
    return drawn
