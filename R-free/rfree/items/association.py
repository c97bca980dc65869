"""Polychoric correlations of ordered answers, all pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from rfree.base.inputs import FloatArray, IntArray, check_weights
from rfree.base.limits import LimitError
from rfree.base.weighting import scaled_weights
from rfree.items.ordinal import answer_codes
from rfree.items.pair_likelihood import maximum_likelihood_correlations

# Pairs looked at together: their arrays stay in the processor's cache.
_BLOCK = 1024


@dataclass(frozen=True)
class PolychoricResult:
    """Polychoric correlations and what they were estimated from.

    Attributes
    ----------
    correlations : DataFrame, items x items
        Maximum likelihood correlations of the latent answers, 1 on the diagonal. Estimated
        pair by pair, they may not be positive definite: see :func:`positive_definite`.
    thresholds : DataFrame, items x (number of codes - 1)
        Column c: the latent limit between code c and the next, Phi^-1(P(answer <= c)).
        Infinite beyond an item's extreme observed codes.
    codes : tuple of floats
        The codes of the scale, ascending: those asked for, or all that some item holds.
    counts : DataFrame, items x items
        Respondents who answered both items, whatever they weigh (the sum of their frequencies,
        where weights are such).
    log_likelihoods : DataFrame, items x items
        Of each pair at its correlation, given the thresholds; NaN on the diagonal.
    """

    correlations: pd.DataFrame
    thresholds: pd.DataFrame
    codes: tuple[float, ...]
    counts: pd.DataFrame
    log_likelihoods: pd.DataFrame


def polychoric(
    items: pd.DataFrame,
    *,
    codes: Sequence[float] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    correction: float = 0.0,
) -> PolychoricResult:
    """Estimate the polychoric correlations of all pairs of items.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes; ``<NA>`` or NaN is no answer. Each item needs two codes in use; items
        may use different ones.
    codes : sequence, optional
        All codes of the scale, ascending. By default every code found in some item.
    sample_weight : array of one weight a respondent, optional
        Survey weights, not negative, brought to a mean of 1 over those that are positive.
    frequencies : bool
        Whether weights are numbers of respondents: ``counts``, ``log_likelihoods`` and
        ``correction`` are then those of the rows as often as they say.
    correction : float
        Count put in the empty cells of each pair's table (cells of codes that both items
        use). 0 leaves the likelihood as it is; .5 is customary for 2 x 2 tables.

    Returns
    -------
    PolychoricResult

    Raises
    ------
    TypeError
        If ``items`` is not a DataFrame of numbers.
    ValueError
        If an item has fewer than two codes in use, an answer is not among ``codes``, or no
        respondent answered both items of a pair.

    Notes
    -----
    Two-step maximum likelihood (Olsson 1979, Psychometrika 44): the thresholds come from each
    item's own answers, all of them; then each correlation maximises the likelihood of the
    pair's table of those who answered both. The derivative of a cell's probability is made of
    the bivariate normal density at its corners, so the search is Newton's, on Fisher's z, for
    all pairs together; a step that lowers the likelihood is cut. Correlations stay within
    -.9999 and .9999. An empty cell can make the likelihood flat up to the bound: the search
    then stops where it rises no more.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [0, 0, 0, 1, 1, 1, 1, 0], "b": [0, 0, 1, 1, 1, 0, 1, 0]})
    >>> result = polychoric(answers)  # margins in half: sin of pi/2 (2 share of equal - 1)
    >>> print(result.correlations.round(6))
              a         b
    a  1.000000  0.707107
    b  0.707107  1.000000
    """
    answers = answer_codes(items)
    weighting = scaled_weights(
        check_weights(sample_weight, items, of="items"), frequencies=frequencies
    )
    weights = weighting.weights
    scale = _scale_codes(items, answers, codes)
    if not np.isfinite(correction) or correction < 0:
        raise ValueError(f"correction must be a count of at least 0, not {correction}.")
    tables, margins = _pair_tables(answers, weights, scale)
    constant = [str(item) for item, used in zip(items.columns, margins > 0, strict=True)
                if used.sum() < 2]  # fmt: skip
    if constant:
        raise ValueError(
            "polychoric correlations need at least two codes in use; items with one or none: "
            f"{', '.join(constant)}. Leave them out."
        )
    first, second = np.triu_indices(len(items.columns), k=1)
    _check_answered_together(items, tables, first, second)
    cumulated = margins.cumsum(axis=1)[:, :-1] / margins.sum(axis=1, keepdims=True)
    # A last code that nobody chose: the sum may miss 1 by rounding.
    beyond = margins[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:] <= 0
    thresholds: FloatArray = ndtri(np.where(beyond, 1.0, cumulated))
    if correction > 0:
        used = (margins[first] > 0)[:, :, None] & (margins[second] > 0)[:, None, :]
        tables = np.where(used & (tables == 0), correction, tables)
    estimates, log_likelihoods = _maximise(tables, thresholds[first], thresholds[second])
    names = items.columns
    return PolychoricResult(
        correlations=_symmetric(estimates, names, diagonal=1.0),
        thresholds=pd.DataFrame(thresholds, index=names, columns=pd.Index(scale[:-1])),
        codes=tuple(float(code) for code in scale),
        counts=pd.DataFrame(_answered_both(answers, weighting.respondents), names, names),
        log_likelihoods=_symmetric(log_likelihoods, names, diagonal=np.nan),
    )


def positive_definite(correlations: pd.DataFrame, *, floor: float = 1e-4) -> pd.DataFrame:
    """Return a positive definite correlation matrix close to the one given.

    Parameters
    ----------
    correlations : DataFrame, items x items
        Symmetric, 1 on the diagonal.
    floor : float
        Eigenvalues below are raised to it, within (0, 1).

    Returns
    -------
    DataFrame
        The matrix itself when no eigenvalue is below ``floor``.

    Raises
    ------
    ValueError
        If the matrix is not a complete symmetric correlation matrix or ``floor`` is out of range.

    Notes
    -----
    Eigenvalues are clipped and the diagonal brought back to 1
    (``statsmodels.stats.correlation_tools.corr_clipped``). Clipping adds to the diagonal, so
    the smallest eigenvalue of the result may be somewhat below ``floor``; it is positive. No
    iteration, so no failure to converge: what is clipped in practice is small.

    Examples
    --------
    >>> impossible = pd.DataFrame([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    >>> bool(np.linalg.eigvalsh(positive_definite(impossible)).min() > 0)
    True
    """
    from statsmodels.stats.correlation_tools import corr_clipped  # noqa: PLC0415 - slow to import

    if not 0 < floor < 1:
        raise ValueError(f"floor must lie between 0 and 1, not {floor}.")
    matrix = check_correlations(correlations)
    if np.linalg.eigvalsh(matrix)[0] >= floor:
        return correlations.astype(float)
    clipped = np.asarray(corr_clipped(matrix, threshold=floor))
    clipped = (clipped + clipped.T) / 2
    np.fill_diagonal(clipped, 1.0)
    return pd.DataFrame(clipped, index=correlations.index, columns=correlations.columns)


def check_correlations(correlations: pd.DataFrame) -> FloatArray:
    """Return a correlation matrix as an array, after checking that it is one.

    Parameters
    ----------
    correlations : DataFrame, items x items
        Complete, symmetric, 1 on the diagonal, within [-1, 1].

    Returns
    -------
    array, items x items

    Raises
    ------
    ValueError
        If it is not such a matrix.

    Examples
    --------
    >>> check_correlations(pd.DataFrame([[1.0, 0.5], [0.4, 1.0]]))
    Traceback (most recent call last):
    ...
    ValueError: correlations must be symmetric.
    """
    matrix: FloatArray = correlations.to_numpy(dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise ValueError(f"correlations must be a square matrix, not of shape {matrix.shape}.")
    if np.isnan(matrix).any():
        raise ValueError("correlations has missing values.")
    if not np.allclose(matrix, matrix.T, rtol=0, atol=1e-10):
        raise ValueError("correlations must be symmetric.")
    if not np.allclose(np.diag(matrix), 1, rtol=0, atol=1e-10) or np.abs(matrix).max() > 1 + 1e-10:
        raise ValueError("correlations must have 1 on the diagonal and lie within [-1, 1].")
    return matrix


def _scale_codes(
    items: pd.DataFrame, answers: FloatArray, codes: Sequence[float] | None
) -> FloatArray:
    """Return the ascending codes of the scale after checking the answers against them."""
    found: FloatArray = np.unique(answers[~np.isnan(answers)])
    if codes is None:
        return found
    scale = np.asarray(codes, dtype=float)
    if scale.ndim != 1 or len(scale) < 2 or not (np.diff(scale) > 0).all():
        raise ValueError(f"codes must be at least two ascending numbers, not {list(codes)}.")
    outside = ~np.isnan(answers) & ~np.isin(answers, scale)
    if outside.any():
        listed = ", ".join(
            f"{item!r} ({count})" for item, count in zip(items.columns, outside.sum(axis=0),
                                                         strict=True) if count
        )  # fmt: skip
        raise ValueError(f"answers that are not among codes {list(codes)}: items {listed}.")
    return scale


def _answered_both(answers: FloatArray, respondents: FloatArray) -> FloatArray:
    """Return how many respondents answered both items of each pair, items x items."""
    answered = (~np.isnan(answers)).astype(float)
    return np.asarray(answered.T @ (answered * respondents[:, None]))


def _pair_tables(
    answers: FloatArray, weights: FloatArray, scale: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the weighted table of each pair, pairs x codes x codes, and each item's margin."""
    n, n_items = answers.shape
    size = len(scale)
    indicator = (answers[:, :, None] == scale).astype(float)
    flat = indicator.reshape(n, n_items * size)
    burt = (flat.T @ (flat * weights[:, None])).reshape(n_items, size, n_items, size)
    margins: FloatArray = (flat.T @ weights).reshape(n_items, size)
    first, second = np.triu_indices(n_items, k=1)
    tables: FloatArray = burt[first, :, second, :]
    return tables, margins


def _check_answered_together(
    items: pd.DataFrame, tables: FloatArray, first: IntArray, second: IntArray
) -> None:
    """Raise if some pair of items has no respondent in common."""
    apart = np.flatnonzero(tables.sum(axis=(1, 2)) <= 0)
    if len(apart):
        listed = ", ".join(
            f"{items.columns[first[pair]]} and {items.columns[second[pair]]}" for pair in apart[:5]
        )
        raise LimitError(
            "never_answered_together",
            f"no respondent answered both items of {len(apart)} pairs: {listed}"
            f"{', ...' if len(apart) > 5 else ''}. Leave one of them out.",
            pairs=len(apart),
        )


def _maximise(tables: FloatArray, rows: FloatArray, columns: FloatArray
              ) -> tuple[FloatArray, FloatArray]:  # fmt: skip
    """Return each pair's correlation and log-likelihood, a block of pairs at a time."""
    rho = np.empty(len(tables))
    log_likelihood = np.empty(len(tables))
    for start in range(0, len(tables), _BLOCK):
        block = slice(start, start + _BLOCK)
        rho[block], log_likelihood[block] = maximum_likelihood_correlations(
            tables[block], rows[block], columns[block]
        )
    return rho, log_likelihood


def _symmetric(
    values: FloatArray, names: pd.Index, *, diagonal: float | FloatArray
) -> pd.DataFrame:
    """Return the values of the pairs as a symmetric table of items."""
    matrix = np.zeros((len(names), len(names)))
    matrix[np.triu_indices(len(names), k=1)] = values
    matrix += matrix.T
    np.fill_diagonal(matrix, diagonal)
    return pd.DataFrame(matrix, index=names, columns=names)
