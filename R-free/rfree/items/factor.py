"""One common factor behind a correlation matrix."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components

from rfree.base.inputs import FloatArray
from rfree.items.association import check_correlations

_SMALLEST_UNIQUENESS = 0.005
# Partial correlation of items that ask nearly the same; with no other item they reach the second.
_ALIKE, _APART = 0.6, 0.4
# More of them, or a larger part of all items, are a theme rather than one question asked again.
_MOST_ALIKE, _LARGEST_PART = 4, 6


@dataclass(frozen=True)
class OneFactorResult:
    """A one-factor model fitted to correlations.

    Attributes
    ----------
    loadings : Series by item
        Correlation of each item with the factor; their sum is not negative.
    uniquenesses : Series by item
        1 - loading squared: the item's variance that the factor leaves.
    residuals : DataFrame, items x items
        Correlation less the product of loadings; 0 on the diagonal.
    rmsr : float
        Root mean square of the residuals off the diagonal.
    bounded : tuple
        Items whose uniqueness stopped at the lower bound .005 (Heywood cases): read the
        model with caution when there is one.
    """

    loadings: pd.Series[float]
    uniquenesses: pd.Series[float]
    residuals: pd.DataFrame
    rmsr: float
    bounded: tuple[str, ...]


def one_factor(correlations: pd.DataFrame) -> OneFactorResult:
    """Fit one common factor by minimum residuals.

    Parameters
    ----------
    correlations : DataFrame, at least 2 items x items
        Pearson or polychoric; need not be positive definite.

    Returns
    -------
    OneFactorResult

    Raises
    ------
    ValueError
        If it is not a correlation matrix of at least two items.
    RuntimeError
        If the minimisation fails.

    Notes
    -----
    Minres (Harman & Jones 1966, Psychometrika 31): the loadings minimise the squared
    off-diagonal residuals. No matrix is inverted, so correlations estimated pair by pair
    serve as they are, where maximum likelihood would need them positive definite. Loadings
    are bounded so that no uniqueness falls under .005. Two items leave the
    loadings undetermined: they are then given the same absolute value.

    Examples
    --------
    >>> loadings = np.array([0.9, 0.8, 0.7, 0.6])
    >>> matrix = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    >>> one_factor(pd.DataFrame(matrix)).loadings.round(6).tolist()
    [0.9, 0.8, 0.7, 0.6]
    """
    matrix = check_correlations(correlations)
    if len(matrix) < 2:
        raise ValueError("a factor needs at least two items; correlations has one.")
    names = correlations.index
    loadings = _minimum_residuals(matrix)
    if loadings.sum() < 0:
        loadings = -loadings
    uniquenesses = 1 - loadings**2
    residuals = _residuals(loadings, matrix)
    off_diagonal = len(matrix) * (len(matrix) - 1)
    at_bound = uniquenesses <= _SMALLEST_UNIQUENESS * (1 + 1e-9)
    return OneFactorResult(
        loadings=pd.Series(loadings, index=names, name="loading"),
        uniquenesses=pd.Series(uniquenesses, index=names, name="uniqueness"),
        residuals=pd.DataFrame(residuals, index=names, columns=correlations.columns),
        rmsr=float(np.sqrt((residuals**2).sum() / off_diagonal)),
        bounded=tuple(str(name) for name in names[at_bound]),
    )


def items_alike(factor: OneFactorResult) -> tuple[tuple[Hashable, ...], ...]:
    """Find the few items that ask nearly the same as another.

    Parameters
    ----------
    factor : OneFactorResult
        Of `one_factor`, fitted to the correlations of the items.

    Returns
    -------
    tuple of tuples
        Each: names of two to four items, first the one that the others resemble most. Empty below
        six items.

    Notes
    -----
    Two items are alike where their partial correlation is .6 or more, one common factor held
    constant; items are alike, too, through a third. A set of more than four items, or than a sixth
    of all (two at least), is no repetition but a theme; nor is one of which an item has a partial
    correlation of .4 or more with an item outside.

    Examples
    --------
    >>> matrix = np.full((8, 8), 0.4)
    >>> matrix[0, 1] = matrix[1, 0] = 0.9
    >>> np.fill_diagonal(matrix, 1)
    >>> names = list("abcdefgh")
    >>> items_alike(one_factor(pd.DataFrame(matrix, index=names, columns=names)))
    (('a', 'b'),)
    """
    n_items = len(factor.loadings)
    if n_items < _LARGEST_PART:
        return ()
    left = np.sqrt(factor.uniquenesses.to_numpy())
    partial = np.abs(factor.residuals.to_numpy() / np.outer(left, left))
    _, sets = connected_components(partial >= _ALIKE, directed=False)
    most = max(2, min(_MOST_ALIKE, n_items // _LARGEST_PART))
    alike = []
    for number in np.unique(sets):
        inside = sets == number
        if 2 <= inside.sum() <= most and partial[np.ix_(inside, ~inside)].max() < _APART:
            members = np.flatnonzero(inside)
            nearness = partial[np.ix_(inside, inside)].sum(axis=1)
            ordered = members[np.argsort(-nearness, kind="stable")]
            alike.append(tuple(factor.loadings.index[ordered]))
    return tuple(alike)


def _residuals(loadings: FloatArray, matrix: FloatArray) -> FloatArray:
    """Return the correlations that the loadings leave, 0 on the diagonal."""
    residuals: FloatArray = matrix - np.outer(loadings, loadings)
    np.fill_diagonal(residuals, 0.0)
    return residuals


def _minimum_residuals(matrix: FloatArray) -> FloatArray:
    """Return the bounded loadings with the smallest squared off-diagonal residuals."""
    largest = np.sqrt(1 - _SMALLEST_UNIQUENESS)
    if len(matrix) == 2:
        size = min(np.sqrt(abs(matrix[0, 1])), largest)
        return np.array([size, size * (-1.0 if matrix[0, 1] < 0 else 1.0)])

    def objective(loadings: FloatArray) -> tuple[float, FloatArray]:
        residuals = _residuals(loadings, matrix)
        return float((residuals**2).sum() / 4), -residuals @ loadings

    values, vectors = np.linalg.eigh(matrix)
    # Less 1: the diagonal is not the factor's. Without any correlation all loadings are 0.
    start = np.clip(vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0)), -largest, largest)
    found = minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(-largest, largest)] * len(matrix),
        options={"ftol": 0.0, "gtol": 1e-9, "maxiter": 5000, "maxfun": 20000, "maxcor": 20},
    )
    # Status 2: no further decrease is representable, which is as good as converged.
    if found.status == 1:
        raise RuntimeError(f"minimum residuals did not converge: {found.message}")
    loadings: FloatArray = found.x
    return loadings
