"""Ward's tree of respondents, exact or, where they are too many, of their micro-clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import FloatArray, IntArray
from rfree.classes.micro_clusters import micro_clusters
from rfree.classes.ward import cut, tree_of_distinct, tree_of_groups

EXACT_UP_TO = 20_000
"""Different positions up to which the tree is that of Ward.

Its time grows with their square: some two seconds for so many. Its memory does not: the points, and
at most 100 MB of distances (`rfree.classes.ward._DISTANCES_AT_ONCE`).
"""


@dataclass(frozen=True)
class WardTree:
    """A tree, and where each respondent lies in it.

    Attributes
    ----------
    linkage : array, (leaves - 1) x 4
        In SciPy's form; the heights are inertia gains.
    leaf_of : array of rows
        Leaf of each: its own in an exact tree, its micro-cluster otherwise.
    within_leaves : float
        Inertia within the leaves: 0 in an exact tree.
    n_micro_clusters : int or None
        None for an exact tree.
    """

    linkage: FloatArray
    leaf_of: IntArray
    within_leaves: float = 0.0
    n_micro_clusters: int | None = None

    @property
    def gains(self) -> FloatArray:
        """Inertia gained by each further class, descending; last, what lies within leaves."""
        gains = self.linkage[::-1, 2].copy()
        return gains if self.n_micro_clusters is None else np.append(gains, self.within_leaves)

    def cut(self, n_classes: int) -> IntArray:
        """Return the class of each row, 1..n_classes, at a cut."""
        return cut(self.linkage, n_classes)[self.leaf_of]


def grow_tree(
    points: FloatArray, group: IntArray, weights: FloatArray, *, exact_up_to: int = EXACT_UP_TO
) -> WardTree:
    """Build the tree of rows whose identical points are gathered already.

    Parameters
    ----------
    points, group, weights : arrays
        As `rfree.classes.ward.distinct_points` gives them.
    exact_up_to : int
        Different points up to which the tree is exact. Of more, that of their micro-clusters
        (`rfree.classes.micro_clusters`), each with the weight of its points.

    Returns
    -------
    WardTree

    Notes
    -----
    Micro-clusters before a hierarchical clustering: Zhang, Ramakrishnan & Livny (1996), *BIRCH*;
    Lebart, Morineau & Piron (1995), *mixed clustering*. The gains and the inertia within the
    micro-clusters add up to the inertia of the points, so that W(q) is that of the respondents, not
    of their micro-clusters.

    Examples
    --------
    >>> from rfree.classes.ward import distinct_points
    >>> tree = grow_tree(*distinct_points(np.array([[0.0], [9.0], [1.0]]), np.ones(3)))
    >>> tree.cut(2)
    array([1, 2, 1])
    """
    if len(points) <= exact_up_to:
        return WardTree(tree_of_groups(points, group, weights), np.arange(len(group)))
    leaf = micro_clusters(points, weights)
    shares = weights / weights.sum()
    sizes = np.asarray(np.bincount(leaf, shares), dtype=float)
    sums = [np.bincount(leaf, shares * along) for along in points.T]
    centres = np.column_stack(sums) / sizes[:, np.newaxis]
    away = np.einsum("ij,ij->i", *[points - centres[leaf]] * 2)
    linkage = tree_of_distinct(centres, sizes)
    return WardTree(linkage, leaf[group], float(shares @ away), len(centres))
