"""The principal axes of a Burt table, with signs that do not depend on the machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh, eigvalsh

from rfree.axes.block_weights import weighed_residuals
from rfree.axes.burt import standardised_residuals
from rfree.base.compiled import compiled
from rfree.base.inputs import BoolArray, FloatArray, IntArray
from rfree.base.threads import single_thread

# An eigenvalue is at most 1, or the number of blocks; below this it is zero but for rounding.
NULL_EIGENVALUE = 1e-12
# Rows and columns above which the first vectors alone are computed, five times faster than all.
LARGE = 400
# Contributions as close as this are equal but for rounding.
EQUAL_CONTRIBUTION = 1e-8


@dataclass(frozen=True)
class PrincipalAxes:
    """Principal axes of a table of categories.

    Attributes
    ----------
    eigenvalues : array
        All of them, descending, the null ones of the rank included (as 0).
    vectors : array, active categories x axes
        Unit vectors of the first axes that are not null; their squares are the contributions of
        the categories.
    weights : array of active categories
        How many times more than 1/Q the question of each weighs: 1 without blocks.
    """

    eigenvalues: FloatArray
    vectors: FloatArray
    weights: FloatArray


def principal_axes(
    burt: FloatArray,
    variable_of: IntArray,
    active: BoolArray,
    n_axes: int | None = None,
    *,
    block_of: IntArray | None = None,
) -> PrincipalAxes:
    """Decompose a Burt table into the axes of the MCA.

    Parameters
    ----------
    burt : array, categories x categories
        No category of weight zero.
    variable_of : array of categories
        Number of the variable each belongs to.
    active : boolean array of categories
        False for passive categories: they count in the margins, not in the axes.
    n_axes : int, optional
        Number of vectors wanted; fewer when fewer axes are not null. None: all.
    block_of : array of categories, optional
        Number of the block of each, to give each block a first eigenvalue of one
        (`rfree.axes.block_weights`).

    Returns
    -------
    PrincipalAxes
        With as many eigenvalues as there are active categories, less one for each variable
        without passive category: J - Q when all are active.

    Notes
    -----
    The standardised residuals are decomposed by prince's exact solver. Without passive categories
    that is what `prince.CA` does with the Burt table, less the tables it makes of the result:
    the singular values are the eigenvalues of the indicator table. With some (specific MCA,
    Le Roux & Rouanet 2010, *Multiple Correspondence Analysis*, ch. 3), the rows and columns of the
    passive ones are left out first. The directions known to be without inertia, one for each
    variable without passive category, are taken out beforehand by reflections (Householder 1958),
    which changes no axis and spares the solver a large part of its work.

    Signs: on each axis the category that contributes most has a positive coordinate; among
    categories that contribute equally (to 1e-8), the first of the table.

    Examples
    --------
    >>> burt = np.array([[1, 0, 1, 0], [0, 2, 0, 2], [1, 0, 1, 0], [0, 2, 0, 2.0]])
    >>> axes = principal_axes(burt, np.array([0, 0, 1, 1]), np.ones(4, dtype=bool))
    >>> axes.eigenvalues.round(12)
    array([1., 0.])
    """
    residuals = standardised_residuals(burt)[active][:, active]
    weights = np.ones(len(residuals))
    if block_of is not None:
        residuals, weights = weighed_residuals(residuals, block_of[active])
    directions = null_directions(np.diag(burt), variable_of, active)
    with single_thread():  # the last digits do not depend on the number of cores
        eigenvalues, found = _decomposed(directions.left_out(residuals), n_axes)
    eigenvalues[eigenvalues < NULL_EIGENVALUE] = 0
    kept = found[: np.count_nonzero(eigenvalues)][:n_axes]
    return PrincipalAxes(eigenvalues, oriented(directions.put_back(kept.T)), weights)


def _decomposed(residuals: FloatArray, n_axes: int | None) -> tuple[FloatArray, FloatArray]:
    """Return all eigenvalues, descending, and the first vectors, one a row."""
    size = len(residuals)
    if n_axes is None or size <= LARGE:
        from prince.svd import compute_svd  # noqa: PLC0415 - slow to import

        svd = compute_svd(residuals, n_components=size, n_iter=0, engine="scipy")
        return np.array(svd.s), np.asarray(svd.V)
    # Rounding leaves the two halves of a large table a little apart.
    residuals = (residuals + residuals.T) / 2
    first = [max(0, size - n_axes), size - 1]
    _, vectors = eigh(residuals, subset_by_index=first, driver="evr", check_finite=False)
    eigenvalues = eigvalsh(residuals, check_finite=False)
    return np.array(eigenvalues[::-1]), np.asarray(vectors[:, ::-1].T)


@dataclass(frozen=True)
class NullDirections:
    """Directions without inertia: for each variable without passive category, its own margin.

    Reflecting (Householder 1958) turns them into the first category of each of these variables,
    which can then be left out. Reflecting twice changes nothing.

    Attributes
    ----------
    mirrors : array of active categories
        Of squared length 2 in each variable; 0 in those left as they are.
    variable_of : array of active categories
        Number of the variable each belongs to, from 0.
    rest : boolean array of active categories
        Those that are not left out.
    """

    mirrors: FloatArray
    variable_of: IntArray
    rest: BoolArray

    def left_out(self, residuals: FloatArray) -> FloatArray:
        """Reflect rows and columns of symmetrical residuals, and leave out what becomes 0."""
        return _rest_of_both(
            self.reflect(residuals), self.mirrors, self.variable_of, np.flatnonzero(self.rest)
        )

    def put_back(self, vectors: FloatArray) -> FloatArray:
        """Return axes of what was left, a column each, as axes of all active categories."""
        table = np.zeros((len(self.rest), vectors.shape[1]))
        table[self.rest] = vectors
        return self.reflect(table)

    def reflect(self, table: FloatArray) -> FloatArray:
        """Reflect the columns of a table of active categories."""
        return _reflected(table, self.mirrors, self.variable_of)


@compiled
def _reflected(table: FloatArray, mirrors: FloatArray, variable_of: IntArray) -> FloatArray:
    along = np.zeros((variable_of[-1] + 1, table.shape[1]))
    reflected = np.empty_like(table)
    for row in range(len(table)):
        mirror, given, own = mirrors[row], table[row], along[variable_of[row]]
        for column in range(len(given)):
            own[column] += mirror * given[column]
    for row in range(len(table)):
        mirror, given, own = mirrors[row], table[row], along[variable_of[row]]
        turned = reflected[row]
        for column in range(len(given)):
            turned[column] = given[column] - mirror * own[column]
    return reflected


@compiled
def _rest_of_both(
    table: FloatArray, mirrors: FloatArray, variable_of: IntArray, rest: IntArray
) -> FloatArray:
    """Reflect the rows of a table whose columns are reflected already; what is left of both."""
    left = np.empty((len(rest), len(rest)))
    for place in range(len(rest)):
        given, made = table[rest[place]], left[place]
        along = np.zeros(variable_of[-1] + 1)
        for column in range(len(given)):
            along[variable_of[column]] += mirrors[column] * given[column]
        for at in range(len(rest)):
            column = rest[at]
            made[at] = given[column] - mirrors[column] * along[variable_of[column]]
    return left


def null_directions(counts: FloatArray, variable_of: IntArray, active: BoolArray) -> NullDirections:
    """Find the directions of a table of categories that are known to be without inertia.

    Parameters
    ----------
    counts : array of categories
        Their weights.
    variable_of : array of categories
        Number of the variable each belongs to.
    active : boolean array of categories
        False for passive categories.

    Returns
    -------
    NullDirections

    Examples
    --------
    >>> found = null_directions(np.ones(2), np.array([0, 0]), np.ones(2, dtype=bool))
    >>> found.left_out(np.array([[0.5, -0.5], [-0.5, 0.5]])).round(12)
    array([[1.]])
    """
    complete = (np.bincount(variable_of, ~active) == 0)[variable_of[active]]
    firsts = np.flatnonzero(np.diff(variable_of[active], prepend=-1))
    numbers = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=len(complete)))
    totals = np.bincount(variable_of, counts)[variable_of[active]]
    mirrors = np.where(complete, np.sqrt(counts[active] / totals), 0.0)
    dropped = firsts[complete[firsts]]
    mirrors[dropped] += 1
    # A unit vector plus that of its first category, u + e, has the squared length 2 + 2 u_1.
    mirrors[complete] /= np.sqrt(mirrors[firsts][numbers[complete]])
    rest = np.ones(len(complete), dtype=bool)
    rest[dropped] = False
    return NullDirections(mirrors, numbers, rest)


def oriented(vectors: FloatArray) -> FloatArray:
    """Turn each axis so that the category contributing most to it is on the positive side.

    Parameters
    ----------
    vectors : array, categories x axes

    Returns
    -------
    array, categories x axes
        The same vectors or their opposites.

    Examples
    --------
    >>> oriented(np.array([[0.6, 0.8], [-0.8, 0.6]]))
    array([[-0.6,  0.8], [ 0.8,  0.6]])
    """
    squares = np.square(vectors)
    # The first of those that are equal but for rounding.
    leading = (squares >= squares.max(axis=0) * (1 - EQUAL_CONTRIBUTION)).argmax(axis=0)
    signs = np.sign(vectors[leading, np.arange(vectors.shape[1])])
    return np.asarray(vectors * signs)
