"""Who belongs to which class, and how much: what a model of the classes reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.class_labels import check_labels
from rfree.base.inputs import FloatArray, aligned_to, check_weights
from rfree.base.weighting import scaled_weights
from rfree.membership.design_matrix import DesignMatrix


@dataclass(frozen=True)
class Memberships:
    """The respondents of a model.

    Attributes
    ----------
    design : array, n x (1 + terms)
        First column of ones.
    terms : DataFrame
        As `rfree.membership.design_matrix.DesignMatrix.terms`.
    memberships : array, n x K
        Degree to which each belongs to each class, rows summing to 1.
    weights : array of n floats
        Positive: survey weights of mean 1, or numbers of respondents.
    classes : tuple
        Names of the columns of ``memberships``.
    ascending : tuple
        The same names in the order of the classes, which `reordered` leaves as it is.
    uncertain, weighted : bool
        Whether memberships are other than 0 and 1, whether survey weights differ.
    """

    design: FloatArray
    terms: pd.DataFrame
    memberships: FloatArray
    weights: FloatArray
    classes: tuple[object, ...]
    ascending: tuple[object, ...]
    uncertain: bool
    weighted: bool

    @property
    def sizes(self) -> FloatArray:
        """Weighted size of each class."""
        return np.asarray(self.weights @ self.memberships)

    @property
    def spreads(self) -> FloatArray:
        """Weighted population standard deviation of each column of the design."""
        share = self.weights / self.weights.sum()
        mean = share @ self.design
        return np.asarray(np.sqrt(share @ (self.design - mean) ** 2))

    def reordered(self, order: Sequence[int]) -> Memberships:
        """Give the classes in another order."""
        classes = tuple(self.classes[position] for position in order)
        return replace(self, memberships=self.memberships[:, list(order)], classes=classes)


def read_memberships(
    design: DesignMatrix,
    labels: npt.ArrayLike | None,
    sample_weight: Sequence[float] | FloatArray | None,
    membership: npt.ArrayLike | None,
    *,
    frequencies: bool = False,
) -> Memberships:
    """Put together design, classes and weights of the respondents kept.

    Raises
    ------
    ValueError
        If lengths differ, memberships are no shares, or a class has nobody left.
    """
    n_rows = len(design.kept)
    membership = aligned_to(membership, design.respondents, name="membership", of="design")
    weights = check_weights(sample_weight, design.respondents, of="design")
    if labels is None and not isinstance(membership, pd.DataFrame):
        raise ValueError(
            "Give labels, or memberships as a DataFrame whose columns name the classes."
        )
    classes: tuple[object, ...]
    if labels is None:
        assert isinstance(membership, pd.DataFrame)
        classes = tuple(membership.columns)
        degrees = np.zeros((n_rows, len(classes)))
    else:
        names, codes = check_labels(labels, weights, design.respondents, of="design")
        classes = tuple(names.tolist())
        degrees = np.eye(len(names))[codes]
    if membership is not None:
        degrees = _check_degrees(membership, classes, n_rows)
    kept = design.kept & (weights > 0)
    degrees, weights = degrees[kept], weights[kept]
    _check_classes_left(degrees, classes, n_rows)
    weighting = scaled_weights(weights, frequencies=frequencies)
    return Memberships(
        design=design.with_intercept[kept[design.kept]],
        terms=design.terms,
        memberships=degrees,
        weights=weighting.weights,
        classes=classes,
        ascending=classes,
        uncertain=bool(((degrees > 0) & (degrees < 1)).any()),
        weighted=weighting.design_based,
    )


def _check_degrees(
    membership: npt.ArrayLike, classes: tuple[object, ...], n_rows: int
) -> FloatArray:
    if isinstance(membership, pd.DataFrame):
        if set(membership.columns) != set(classes):
            raise ValueError(
                f"membership has columns {', '.join(map(str, membership.columns))}; expected the "
                f"classes {', '.join(map(str, classes))}."
            )
        membership = membership[list(classes)].to_numpy(dtype=float, na_value=np.nan)
    degrees = np.array(membership, dtype=float)
    if degrees.shape != (n_rows, len(classes)):
        raise ValueError(
            f"membership has shape {degrees.shape}; expected {(n_rows, len(classes))}: a row a "
            "respondent, a column a class."
        )
    sums = degrees.sum(axis=1)
    if not (
        np.isfinite(degrees).all() and (degrees >= 0).all() and np.allclose(sums, 1, atol=1e-6)
    ):
        raise ValueError("membership must hold shares of at least 0 whose rows sum to 1.")
    return np.asarray(degrees / sums[:, None])


def _check_classes_left(degrees: FloatArray, classes: tuple[object, ...], n_rows: int) -> None:
    empty = [
        str(name) for name, size in zip(classes, degrees.sum(axis=0), strict=True) if size == 0
    ]
    if empty:
        raise ValueError(
            f"Nobody of class {', '.join(empty)} is left among the {len(degrees)} of {n_rows} "
            "respondents with every characteristic: merge classes, or make no answer a category."
        )


def memberships_in_order(given: Memberships, order: Sequence[object]) -> Memberships:
    """Return memberships with their classes in an order that names each of them once."""
    if len(order) != len(given.classes) or set(order) != set(given.classes):
        raise ValueError(
            f"order names {', '.join(map(str, order))}; expected every class once: "
            f"{', '.join(map(str, given.classes))}."
        )
    return given.reordered([given.classes.index(name) for name in order])
