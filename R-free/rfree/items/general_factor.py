"""What all items share beside what only some of them do: Schmid and Leiman's general factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from rfree.base.inputs import FloatArray
from rfree.items.association import check_correlations
from rfree.items.factor import one_factor

SMALLEST_UNIQUENESS = 0.005
ITEMS_A_FACTOR = 2
"""Items that a group factor needs at least, for the loadings to be determined."""
STARTS, _ROUNDING = 8, 1e-9


@dataclass(frozen=True)
class GeneralFactor:
    """A general factor and group factors, all uncorrelated.

    Attributes
    ----------
    loadings : DataFrame, items x factors
        Columns ``general``, then ``group 1``, ...; ``uniqueness`` last.
    omega_hierarchical : float
        Share of the variance of the sum of the items that the general factor explains.
    omega_total : float
        Share that all common factors explain.
    explained_common_variance : float
        Share of the general factor in the common variance of the items.
    n_factors : int
        Group factors.
    bounded : tuple
        Items whose uniqueness stopped at the lower bound .005 (Heywood cases).
    """

    loadings: pd.DataFrame
    omega_hierarchical: float
    omega_total: float
    explained_common_variance: float
    n_factors: int
    bounded: tuple[str, ...]


def schmid_leiman(correlations: pd.DataFrame, *, n_factors: int = 3) -> GeneralFactor:
    """Split what items share between a general factor and group factors.

    Parameters
    ----------
    correlations : DataFrame, items x items
        Pearson or polychoric, reversed items turned round; need not be positive definite.
    n_factors : int, at least 2
        Group factors; each needs two items.

    Returns
    -------
    GeneralFactor

    Raises
    ------
    ValueError
        If it is not a correlation matrix, ``n_factors`` is below 2 or there are too few items.
    RuntimeError
        If a minimisation fails.

    Notes
    -----
    Factors by minimum residuals (Harman & Jones 1966), turned obliquely (oblimin, gamma 0;
    Jennrich & Sampson 1966), and a factor of their correlations; Schmid & Leiman (1957,
    *Psychometrika* 22, 53-61) make them uncorrelated: an item loads on the general factor as on its
    factors, times those on the second-order factor, and on its group factor by what is left.
    omega_h = (sum of general loadings)^2 / sum of the correlations, omega_t = 1 - sum of
    uniquenesses / sum of the correlations (Zinbarg, Revelle, Yovel & Li 2005, *Psychometrika* 70,
    123-133). With two factors their loadings on the second-order factor are taken as equal. No item
    is turned round: one that goes against the others lowers omega_h.

    Examples
    --------
    >>> general, group = np.full(9, 0.6), np.kron(np.eye(3), np.full((3, 1), 0.5))
    >>> matrix = np.outer(general, general) + group @ group.T
    >>> np.fill_diagonal(matrix, 1)
    >>> found = schmid_leiman(pd.DataFrame(matrix))
    >>> round(found.omega_hierarchical, 3), round(found.omega_total, 3)
    (0.74, 0.911)
    """
    matrix = check_correlations(correlations)
    if n_factors < 2 or len(matrix) < ITEMS_A_FACTOR * n_factors:
        raise ValueError(
            f"{n_factors} group factors were asked for of {len(matrix)} items; expected at least 2 "
            f"factors, and {ITEMS_A_FACTOR} items for each."
        )
    first = minimum_residual_factors(matrix, n_factors)
    loadings, between = _oblimin(first)
    second = one_factor(pd.DataFrame(between)).loadings.to_numpy(dtype=float)
    general = loadings @ second
    turn = -1.0 if general.sum() < 0 else 1.0
    groups = loadings * np.sqrt(1 - np.square(second))
    common = np.square(first).sum(axis=1)
    uniqueness = 1 - common
    total = float(matrix.sum())
    names = [f"group {number}" for number in range(1, n_factors + 1)]
    items = correlations.index
    table = pd.DataFrame(groups, index=items, columns=names)
    table.insert(0, "general", turn * general)
    shared = np.square(general).sum()
    at_bound = uniqueness <= SMALLEST_UNIQUENESS * (1 + 1e-6)
    return GeneralFactor(
        loadings=table.assign(uniqueness=uniqueness),
        omega_hierarchical=float(general.sum() ** 2 / total),
        omega_total=float(1 - uniqueness.sum() / total),
        explained_common_variance=float(shared / (shared + np.square(groups).sum())),
        n_factors=n_factors,
        bounded=tuple(str(name) for name in items[at_bound]),
    )


def minimum_residual_factors(matrix: FloatArray, n_factors: int) -> FloatArray:
    """Extract several factors by minimum residuals.

    Parameters
    ----------
    matrix : array, items x items
        Correlations; need not be positive definite.
    n_factors : int

    Returns
    -------
    array, items x factors
        Loadings on principal directions, not rotated.

    Raises
    ------
    RuntimeError
        If the minimisation fails.

    Notes
    -----
    The uniquenesses u (within .005 and 1) minimise half the squared eigenvalues, but for the
    largest ones, of the correlations less diag(u); the derivative is minus their sum times the
    squared cells of the eigenvectors (Jöreskog 1977). There the diagonal is reproduced, and the
    squared residuals off it are the least.

    Examples
    --------
    >>> true = np.array([0.9, 0.8, 0.7, 0.6])
    >>> found = minimum_residual_factors(np.outer(true, true) + np.diag(1 - true**2), 1)
    >>> np.abs(found).round(4).ravel().tolist()
    [0.9, 0.8, 0.7, 0.6]
    """
    diagonal = np.diag_indices(len(matrix))

    def reduced(uniqueness: FloatArray) -> tuple[FloatArray, FloatArray]:
        table = matrix.copy()
        table[diagonal] -= uniqueness
        values, vectors = np.linalg.eigh(table)
        return values[::-1], vectors[:, ::-1]

    def objective(uniqueness: FloatArray) -> tuple[float, FloatArray]:
        values, vectors = reduced(uniqueness)
        left, axes = values[n_factors:], vectors[:, n_factors:]
        return float(np.square(left).sum() / 2), -np.square(axes) @ left

    start = np.full(len(matrix), 0.5)
    found = minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(SMALLEST_UNIQUENESS, 1.0)] * len(matrix),
        options={"ftol": 0.0, "gtol": 1e-9, "maxiter": 5000, "maxfun": 20000, "maxcor": 20},
    )
    # Status 2: no further decrease is representable, which is as good as converged.
    if found.status == 1:
        raise RuntimeError(f"minimum residuals did not converge: {found.message}")
    values, vectors = reduced(found.x)
    kept = np.sqrt(np.maximum(values[:n_factors], 0.0))
    return np.asarray(vectors[:, :n_factors] * kept)


def _oblimin(loadings: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Turn factors obliquely; return their loadings and their correlations."""
    number = loadings.shape[1]
    best, least = (loadings, np.eye(number)), np.inf
    for start in _starts(loadings):
        found = minimize(
            _products_of_squares,
            np.eye(number).ravel(),
            args=(start,),
            jac=True,
            method="BFGS",
            options={"gtol": 1e-9, "maxiter": 2000},
        )
        if found.fun < least - _ROUNDING:
            turn = _unit_columns(found.x, number)
            best, least = (start @ np.linalg.inv(turn).T, turn.T @ turn), found.fun
    between = (best[1] + best[1].T) / 2
    np.fill_diagonal(between, 1.0)
    return best[0], between


def _unit_columns(entries: FloatArray, number: int) -> FloatArray:
    columns = entries.reshape(number, number)
    unit: FloatArray = columns / np.linalg.norm(columns, axis=0)
    return unit


def _products_of_squares(entries: FloatArray, loadings: FloatArray) -> tuple[float, FloatArray]:
    """Return what oblimin minimises, and its slope in the directions of the factors.

    The sum over items and pairs of factors of the products of squared loadings. Directions T, of
    unit length, make loadings L (T')^-1; with G the slope in them, that in T is -(L' G T^-1)'
    (Jennrich 2002, *Psychometrika* 67, 7-19), less what would only lengthen a direction.
    """
    number = loadings.shape[1]
    lengths = np.linalg.norm(entries.reshape(number, number), axis=0)
    turn = _unit_columns(entries, number)
    back = np.linalg.inv(turn)
    turned = loadings @ back.T
    squares = np.square(turned)
    others = squares.sum(axis=1, keepdims=True) - squares
    slope = -(turned.T @ (2 * turned * others) @ back).T
    slope -= turn * (turn * slope).sum(axis=0)
    return float((squares * others).sum() / 2), (slope / lengths).ravel()


def _starts(loadings: FloatArray) -> list[FloatArray]:
    """Return the factors turned rigidly in several ways: the criterion has local minima."""
    generator = np.random.default_rng(0)
    number = loadings.shape[1]
    turns = [np.linalg.qr(generator.normal(size=(number, number)))[0] for _ in range(STARTS)]
    return [loadings, *(np.asarray(loadings @ turn) for turn in turns)]
