"""Procrustes: how far one map is another, turned, moved and stretched, and by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, IntArray, in_one_order

# Correlations as high as the one observed, up to rounding.
_TIE = 1e-12


@dataclass(frozen=True)
class ProcrustesFit:
    """A map laid onto another.

    Attributes
    ----------
    fitted : array, points x axes
        The second map, moved, turned, reflected if need be, and stretched onto the first.
    rotation : array, axes x axes
    scale : float
    correlation : float
        0 to 1: 1 when the maps are the same but for that.
    """

    fitted: FloatArray
    rotation: FloatArray
    scale: float
    correlation: float

    @property
    def m2(self) -> float:
        """Gower's residual, 1 - correlation², 0 when the maps are the same but for that."""
        return 1 - self.correlation**2


@dataclass(frozen=True)
class Protest:
    """Whether two maps are more alike than chance would have them.

    Attributes
    ----------
    correlation, m2 : float
        Of `ProcrustesFit`.
    p_value : float
    permutations : int
        Those drawn.
    """

    correlation: float
    m2: float
    p_value: float
    permutations: int


def procrustes(
    reference: FloatArray, other: FloatArray, weights: FloatArray | None = None
) -> ProcrustesFit:
    """Lay a map onto another by least squares.

    Parameters
    ----------
    reference, other : arrays, points x axes
        The same points in the same order.
    weights : array of points, or None
        Not negative.

    Returns
    -------
    ProcrustesFit

    Raises
    ------
    ValueError
        If the shapes differ or a map is one point.

    Notes
    -----
    Gower (1975). With both maps centred and brought to a sum of squares of 1, the singular values
    of reference' W other add up to the correlation r; 1 - r² is the residual (Peres-Neto & Jackson
    2001).

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    >>> turned = 3 * square @ np.array([[0.0, 1.0], [-1.0, 0.0]]) + 5
    >>> round(procrustes(square, turned).correlation, 6)
    1.0
    """
    reference, other, weights = in_one_order(reference=reference, other=other, weights=weights)
    if reference.shape != other.shape:
        raise ValueError(f"the maps have shapes {reference.shape} and {other.shape}; expected one.")
    mass = np.ones(len(reference)) if weights is None else np.asarray(weights, dtype=float)
    mass = mass / mass.sum()
    centre, other_centre = mass @ reference, mass @ other
    first, second = reference - centre, other - other_centre
    sizes = [float(mass @ np.square(each).sum(axis=1)) for each in (first, second)]
    if min(sizes) <= 0:
        raise ValueError("a map is one point: there is nothing to compare.")
    left, values, right = np.linalg.svd((first * mass[:, None]).T @ second)
    rotation = (left @ right).T
    scale = float(values.sum() / sizes[1])
    return ProcrustesFit(
        fitted=scale * second @ rotation + centre,
        rotation=rotation,
        scale=scale,
        correlation=float(min(values.sum() / np.sqrt(sizes[0] * sizes[1]), 1.0)),
    )


def protest(
    reference: FloatArray,
    other: FloatArray,
    weights: FloatArray | None = None,
    *,
    permutations: int = 999,
    random: np.random.Generator,
) -> Protest:
    """Test whether two maps are more alike than maps whose points go together at random.

    Parameters
    ----------
    reference, other : arrays, points x axes
        The same points in the same order.
    weights : array of points, or None
        Not negative. They stay with the places of the reference.
    permutations : int, at least 19
    random : numpy Generator

    Returns
    -------
    Protest

    Raises
    ------
    ValueError
        If the shapes differ, a map is one point, or there are fewer than 19 permutations.

    Notes
    -----
    Jackson (1995, Écoscience 2, 297-303): the points of the other map are permuted; with b of B
    permutations at least as well correlated as the maps, p = (b + 1) / (B + 1).

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> first = random.normal(size=(12, 2))
    >>> found = protest(first, first[:, ::-1] + 0.1, permutations=99, random=random)
    >>> found.p_value, round(found.m2, 6)
    (0.01, 0.0)
    """
    if permutations < 19:
        raise ValueError(f"permutations is {permutations}; expected at least 19.")
    reference, other, weights = in_one_order(reference=reference, other=other, weights=weights)
    fit = procrustes(reference, other, weights)
    orders = np.array([random.permutation(len(other)) for _ in range(permutations)])
    drawn = permuted_correlations(reference, other, weights, orders=orders)
    as_alike = int((drawn >= fit.correlation - _TIE).sum())
    return Protest(fit.correlation, fit.m2, (as_alike + 1) / (permutations + 1), permutations)


def permuted_correlations(
    reference: FloatArray,
    other: FloatArray,
    weights: FloatArray | None = None,
    *,
    orders: IntArray,
) -> FloatArray:
    """Return the correlation of two maps for every order of the points of the other.

    Parameters
    ----------
    reference, other, weights
        As in :func:`procrustes`.
    orders : array, permutations x points
        Positions, from 0.

    Returns
    -------
    array of permutations

    Examples
    --------
    >>> line = np.array([[0.0], [1.0], [2.0]])
    >>> permuted_correlations(line, line, orders=np.array([[0, 1, 2], [1, 0, 2]]))
    array([1. , 0.5])
    """
    return np.array([procrustes(reference, other[order], weights).correlation for order in orders])
