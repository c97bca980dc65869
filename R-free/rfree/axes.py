"""The principal axes of a Burt table, with signs that do not depend on the machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import prince
from prince.svd import compute_svd

from rfree.burt import standardised_residuals
from rfree.inputs import FloatArray, IntArray
from rfree.passive import BoolArray, n_variables_without_passive

# An eigenvalue of the indicator table is at most 1; below this it is zero but for rounding.
NULL_EIGENVALUE = 1e-12
# Contributions as close as this are equal but for rounding.
EQUAL_CONTRIBUTION = 1e-8


@dataclass(frozen=True)
class PrincipalAxes:
    """Principal axes of a table of categories.

    Attributes
    ----------
    eigenvalues : array
        All of them, descending, the null ones of the rank included (as 0).
    vectors : array, active categories x axes that are not null
        Unit vectors; their squares are the contributions of the categories.
    """

    eigenvalues: FloatArray
    vectors: FloatArray


def principal_axes(burt: FloatArray, variable_of: IntArray, active: BoolArray) -> PrincipalAxes:
    """Decompose a Burt table into the axes of the MCA.

    Parameters
    ----------
    burt : array, categories x categories
        No category of weight zero.
    variable_of : array of categories
        Number of the variable each belongs to.
    active : boolean array of categories
        False for passive categories: they count in the margins, not in the axes.

    Returns
    -------
    PrincipalAxes
        With as many eigenvalues as there are active categories, less one for each variable
        without passive category: J - Q when all are active.

    Notes
    -----
    Without passive categories, this is the correspondence analysis of the Burt table by prince,
    with its exact solver: the singular values are the eigenvalues of the indicator table. With
    some (specific MCA, Le Roux & Rouanet 2010, *Multiple Correspondence Analysis*, ch. 3), the
    same residuals are decomposed after leaving out the rows and columns of the passive ones.

    Signs: on each axis the category that contributes most has a positive coordinate; among
    categories that contribute equally (to 1e-8), the first of the table.

    Examples
    --------
    >>> burt = np.array([[1, 0, 1, 0], [0, 2, 0, 2], [1, 0, 1, 0], [0, 2, 0, 2.0]])
    >>> axes = principal_axes(burt, np.array([0, 0, 1, 1]), np.ones(4, dtype=bool))
    >>> axes.eigenvalues.round(12)
    array([1., 0.])
    """
    if active.all():
        # No component above the rank is read, so none is worth asking for less than all.
        table = prince.CA(n_components=len(burt), engine="scipy", copy=False, check_input=False)
        svd = table.fit(pd.DataFrame(burt)).svd_
    else:
        residuals = standardised_residuals(burt)[np.ix_(active, active)]
        svd = compute_svd(residuals, n_components=len(residuals), n_iter=0, engine="scipy")
    n_axes = int(active.sum()) - n_variables_without_passive(variable_of, active)
    eigenvalues = np.array(svd.s[:n_axes])
    eigenvalues[eigenvalues < NULL_EIGENVALUE] = 0
    n_not_null = int((eigenvalues > 0).sum())
    return PrincipalAxes(eigenvalues, oriented(svd.V[:n_not_null].T))


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
