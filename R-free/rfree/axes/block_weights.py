"""Blocks of questions that weigh the same: multiple factor analysis of groups of categories."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.linalg import eigh

from rfree.axes.corrected_rates import ROUNDING_MARGIN, axis_names
from rfree.base.inputs import FloatArray, IntArray

# Below this, the questions of a block tell nobody apart but for rounding.
_NO_INERTIA = 1e-12


def block_numbers(
    blocks: Mapping[Hashable, Hashable] | None, variables: Sequence[Hashable]
) -> IntArray | None:
    """Give the number of the block that each variable belongs to.

    Parameters
    ----------
    blocks : mapping of variables to blocks, or None
        May name further variables.
    variables : sequence
        Those of the table.

    Returns
    -------
    array of variables, or None
        Numbers from 0, in the order in which blocks come first; None where ``blocks`` is None.

    Raises
    ------
    TypeError
        If ``blocks`` is no mapping.
    ValueError
        If a variable has no block: all of them are named.

    Examples
    --------
    >>> block_numbers({"a": "hopes", "b": "fears", "c": "hopes"}, ["a", "b", "c"])
    array([0, 1, 0])
    """
    if blocks is None:
        return None
    if not isinstance(blocks, Mapping):
        raise TypeError(
            f"blocks must say the block of each variable (a mapping), not {type(blocks).__name__}."
        )
    without = [repr(each) for each in variables if each not in blocks]
    if without:
        raise ValueError(f"blocks says no block of {len(without)} variables: {', '.join(without)}.")
    numbers, _ = pd.factorize(pd.Index([blocks[each] for each in variables], tupleize_cols=False))
    return np.asarray(numbers, dtype=np.int64)


def first_eigenvalues(residuals: FloatArray, block_of: IntArray) -> FloatArray:
    """First eigenvalue of each block, on the scale of the whole table.

    Parameters
    ----------
    residuals : array, active categories x active categories
        Standardised residuals of the Burt table (`rfree.axes.burt.standardised_residuals`).
    block_of : array of active categories
        Number of the block of each.

    Returns
    -------
    array of blocks
        Q / Q_b times smaller than the first eigenvalue of the MCA of the block alone, Q_b being
        its questions among Q. 1 for a block that tells nobody apart.

    Examples
    --------
    >>> residuals = np.array([[0.2, 0.1, 0.0], [0.1, 0.2, 0.0], [0.0, 0.0, 0.4]])
    >>> first_eigenvalues(residuals, np.array([0, 0, 1]))
    array([0.3, 0.4])
    """
    first = np.ones(int(block_of.max()) + 1)
    for number in np.unique(block_of):
        own = np.flatnonzero(block_of == number)
        last = len(own) - 1
        table = residuals[np.ix_(own, own)]
        values = eigh(table, eigvals_only=True, subset_by_index=[last, last])
        if values[0] > _NO_INERTIA:
            first[number] = values[0]
    return first


def weighed_residuals(residuals: FloatArray, block_of: IntArray) -> tuple[FloatArray, FloatArray]:
    """Weigh the residuals so that the first eigenvalue of each block is one.

    Parameters
    ----------
    residuals : array, active categories x active categories
    block_of : array of active categories
        Number of the block of each.

    Returns
    -------
    residuals : array, active categories x active categories
        r_jk sqrt(w_j w_k), w being one over the first eigenvalue of the block.
    weights : array of active categories
        The w.

    Notes
    -----
    A question of block b weighs 1 / (Q_b lambda_b), lambda_b the first eigenvalue of the MCA of
    the block alone: w is how many times that is the 1/Q of an MCA. Escofier & Pagès (1994),
    *Computational Statistics & Data Analysis* 18, 121-140.

    Examples
    --------
    >>> residuals = np.array([[0.2, 0.1, 0.1], [0.1, 0.2, 0.1], [0.1, 0.1, 0.5]])
    >>> weighed, weights = weighed_residuals(residuals, np.array([0, 0, 1]))
    >>> np.linalg.eigvalsh(weighed[:2, :2]).round(12)[-1], weighed[2, 2].round(12)
    (np.float64(1.0), np.float64(1.0))
    """
    weights = 1 / first_eigenvalues(residuals, block_of)[block_of]
    root = np.sqrt(weights)
    return residuals * np.outer(root, root), weights


def weighed_inertia_table(
    eigenvalues: FloatArray,
    shares: FloatArray,
    variable_weights: FloatArray,
    own_inertia: float,
) -> pd.DataFrame:
    """Inertia of every axis where questions weigh differently, with corrected rates.

    Parameters
    ----------
    eigenvalues : array of all axes
        Descending; null ones of the rank included.
    shares : array, axes that are not null x variables
        Share of each variable in the making of each axis (0-1, adding up to 1).
    variable_weights : array of variables
        What each weighs; 1/Q each in an MCA.
    own_inertia : float
        Squared residuals of the questions with themselves.

    Returns
    -------
    DataFrame
        As `rfree.axes.corrected_rates.inertia_table`.

    Notes
    -----
    Benzécri (1979) and Greenacre (2017, ch. 19) take from an eigenvalue the 1/Q that each question
    explains of itself. With weights a_q, V an axis and R the residuals, V'RV is the sum over the
    questions of a_q |V_q|², what they explain of themselves, and of what they explain of one
    another. Hence 1/Q becomes the mean of the a_q, each counted for the question's share |V_q|² of
    the axis, and Q/(Q-1) becomes 1 / (1 - sum (a_q / sum a)²). With equal weights both rates are
    the usual ones.

    Examples
    --------
    >>> halves = np.full((2, 2), 0.5)
    >>> weighed_inertia_table(np.array([0.75, 0.25]), halves, np.array([0.5, 0.5]), 0.5)
            eigenvalue  percent  cumulative  benzecri  greenacre
    axis
    Axis 1        0.75     75.0        75.0     100.0      100.0
    Axis 2        0.25     25.0       100.0       NaN        NaN
    """
    own = shares @ variable_weights
    others = np.full(len(eigenvalues), np.nan)
    above = eigenvalues[: len(own)] > own * (1 + ROUNDING_MARGIN)
    alone = 1 - float(np.square(variable_weights / variable_weights.sum()).sum())
    percent = 100 * eigenvalues / eigenvalues.sum()
    benzecri = greenacre = others
    if above.any() and alone > 0:
        explained = (eigenvalues[: len(own)] - own)[above] ** 2
        benzecri, greenacre = others.copy(), others.copy()
        places = np.flatnonzero(above)
        benzecri[places] = 100 * explained / explained.sum()
        crossed = np.square(eigenvalues).sum() - own_inertia
        greenacre[places] = 100 * explained / alone / crossed
    return pd.DataFrame(
        np.column_stack([eigenvalues, percent, percent.cumsum(), benzecri, greenacre]),
        index=axis_names(len(eigenvalues)),
        columns=["eigenvalue", "percent", "cumulative", "benzecri", "greenacre"],
    )
