"""Procrustes: how far one map is another, turned, moved and stretched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, in_one_order


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
