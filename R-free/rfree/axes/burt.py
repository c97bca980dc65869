"""The Burt table: every pair of questions crossed, respondents weighted."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from rfree.base.compiled import compiled
from rfree.base.inputs import FloatArray, IntArray, in_one_order

# Cells of the indicator table held at once: 128 MB of floats.
_CELLS_AT_ONCE = 2**24


def indicator_table(codes: IntArray, n_categories: int) -> sparse.csr_matrix:
    """Build the sparse indicator table Z: one where the respondent gave the category.

    Parameters
    ----------
    codes : array, respondents x variables
        Numbers of categories, counted through the whole table.
    n_categories : int
        Number of columns of Z.

    Returns
    -------
    csr_matrix, respondents x categories

    Examples
    --------
    >>> indicator_table(np.array([[0, 2], [1, 2]]), 3).toarray()
    array([[1., 0., 1.], [0., 1., 1.]])
    """
    n_rows, n_variables = codes.shape
    return sparse.csr_matrix(
        (np.ones(codes.size), codes.ravel(), np.arange(n_rows + 1) * n_variables),
        shape=(n_rows, n_categories),
    )


def burt_table(codes: IntArray, weights: FloatArray, n_categories: int) -> FloatArray:
    """Cross every category with every other: B = Z' diag(w) Z.

    Parameters
    ----------
    codes : array, respondents x variables
        Numbers of categories, counted through the whole table.
    weights : array of respondents
        Their weights.
    n_categories : int
        Number of rows and columns of B.

    Returns
    -------
    array, categories x categories
        Sum of the weights of the respondents who gave both.

    Notes
    -----
    Whole weights give exact counts, so that the order of the rows cannot matter.

    Examples
    --------
    >>> burt_table(np.array([[0, 2], [1, 2]]), np.array([1.0, 3.0]), 3)
    array([[1., 0., 1.], [0., 3., 3.], [1., 3., 4.]])
    """
    codes, weights = in_one_order(codes=codes, weights=weights)
    burt = np.zeros((n_categories, n_categories))
    chunk = max(1, _CELLS_AT_ONCE // n_categories)
    equal = bool((weights == 1).all())
    for start in range(0, len(codes), chunk):
        rows = slice(start, start + chunk)
        # Dense: a matrix product of zeros and ones is several times faster than the sparse one.
        # Single precision, twice as fast, counts exactly: a piece has at most 2^24 rows.
        indicator = np.zeros((len(codes[rows]), n_categories), np.float32 if equal else np.float64)
        indicator[np.arange(len(indicator))[:, np.newaxis], codes[rows]] = 1
        burt += indicator.T @ (indicator if equal else indicator * weights[rows, np.newaxis])
    return burt


def standardised_residuals(burt: FloatArray) -> FloatArray:
    """Residuals of the Burt table from the independence of its rows and columns.

    Parameters
    ----------
    burt : array, categories x categories
        No category of weight zero.

    Returns
    -------
    array, categories x categories
        (p_jk - c_j c_k) / sqrt(c_j c_k), c the masses of the categories. Symmetric; its
        eigenvalues are those of the indicator table's correspondence analysis.

    Examples
    --------
    >>> standardised_residuals(np.array([[1.0, 0.0], [0.0, 1.0]]))
    array([[ 0.5, -0.5], [-0.5,  0.5]])
    """
    total = burt.sum()
    return residuals_between(burt, np.sqrt(burt.sum(axis=0) / total), 1 / total)


@compiled
def residuals_between(burt: FloatArray, root: FloatArray, share: float) -> FloatArray:
    """Residuals of the first rows and columns of a Burt table.

    Parameters
    ----------
    burt : array, at least categories x categories
    root : array of categories
        Square roots of their masses.
    share : float
        What each count is of the sum of the whole table.

    Returns
    -------
    array, categories x categories
        p_jk / sqrt(c_j c_k) - sqrt(c_j c_k).

    Examples
    --------
    >>> residuals_between(np.eye(2), np.sqrt([0.5, 0.5]), 0.5).round(12)
    array([[ 0.5, -0.5], [-0.5,  0.5]])
    """
    size = len(root)
    residuals = np.empty((size, size))
    for row in range(size):
        own, counts, made = root[row], burt[row], residuals[row]
        for column in range(size):
            both = own * root[column]
            made[column] = counts[column] * share / both - both
    return residuals


@compiled
def sums_of_scores(codes: IntArray, scores: FloatArray) -> FloatArray:
    """Add up the scores of the answers of each respondent.

    Parameters
    ----------
    codes : array, respondents x variables
        Numbers of categories, counted through the whole table.
    scores : array, categories x axes

    Returns
    -------
    array, respondents x axes
        Z times the scores, Z the indicator table.

    Examples
    --------
    >>> sums_of_scores(np.array([[0, 2], [1, 2]]), np.array([[1.0], [2.0], [5.0]]))
    array([[6.], [7.]])
    """
    sums = np.zeros((len(codes), scores.shape[1]))
    for row in range(len(codes)):
        for variable in range(codes.shape[1]):
            for axis in range(scores.shape[1]):
                sums[row, axis] += scores[codes[row, variable], axis]
    return sums
