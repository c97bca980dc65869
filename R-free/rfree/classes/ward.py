"""Ward's tree on points that carry weights, and its cut into classes."""

from __future__ import annotations

import fastcluster
import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from rfree.base.compiled import compiled
from rfree.base.inputs import FloatArray, IntArray, check_weights, in_one_order
from rfree.classes.ward_merges import MOST_CELL_AXES, ward_merges

# Points closer than this, relative to the largest coordinate, are one point: respondents with
# the same answers, whose coordinates may differ in their last bit.
SAME_POINT_DECIMALS = 12
_DISTANCES_AT_ONCE = 4_000_000
# Up to so many rows a distinct point, fastcluster on the rows is faster than merging weights.
COPIES_AT_MOST = 2
# Points from which looking into the cells around a point is faster than looking at all others.
_MANY_POINTS = 4_000
# How far from a whole number of copies a weight may be by rounding.
WHOLE_NUMBER_TOLERANCE = 1e-9


def ward_tree(coordinates: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> FloatArray:
    """Build Ward's tree of weighted points.

    Parameters
    ----------
    coordinates : array, n points x axes
        Finite; n at least 2.
    weights : array of n weights, or None
        Not negative. A point of weight zero joins the nearest point that has some, at height 0.

    Returns
    -------
    array, (n - 1) x 4
        The tree in SciPy's form: the two nodes merged, the height, the number of points under
        the new node. The height is the inertia gain of the merge, weights summing to one: all
        heights add up to the inertia of the points.

    Notes
    -----
    Merging classes a and b, of weights p_a and p_b, costs p_a p_b / (p_a + p_b) d²(a, b) of
    between-class inertia (Ward 1963). Identical points merge first, at height zero, so that a
    point of weight 2 and the point given twice have the same tree above, and the order of the
    rows is indifferent. Points of equal weight, and few repeated ones, then go to
    `tree_of_equals`; others are merged by reciprocal nearest neighbours (Bruynooghe
    1978), which give Ward's tree because merging two classes brings none nearer to a third.

    Examples
    --------
    >>> ward_tree([[0.0], [1.0], [10.0], [10.0]])
    array([[ 2.    ,  3.    ,  0.    ,  2.    ],
           [ 0.    ,  1.    ,  0.125 ,  2.    ],
           [ 4.    ,  5.    , 22.5625,  4.    ]])
    """
    points, mass = in_one_order(coordinates=coordinates, weights=weights)
    points = points.astype(float)
    if points.ndim != 2 or len(points) < 2:
        raise ValueError(
            f"A tree needs a table of at least 2 respondents x axes; got shape {points.shape}."
        )
    mass = check_weights(mass, points)
    return tree_of_groups(*distinct_points(points, mass))


def tree_of_groups(points: FloatArray, group: IntArray, weights: FloatArray) -> FloatArray:
    """Build Ward's tree of rows whose identical points are gathered already.

    Parameters
    ----------
    points, group, weights : arrays
        As `distinct_points` gives them.

    Returns
    -------
    array, (number of rows - 1) x 4
        The tree of `ward_tree`.
    """
    n_points, n_distinct = len(group), len(points)
    zero_merges, node_of_group = _merges_of_identical(group, n_distinct)
    tree = _merges_of_distinct(points, weights)
    nodes = tree[:, :2].astype(np.int64)
    below = nodes < n_distinct
    nodes[~below] += n_points + len(zero_merges) - n_distinct
    nodes[below] = node_of_group[nodes[below]]
    linkage = np.empty((n_points - 1, 4))
    linkage[: len(zero_merges)] = zero_merges
    linkage[len(zero_merges) :, :2] = np.sort(nodes, axis=1)
    linkage[len(zero_merges) :, 2] = tree[:, 2]
    _count_points(linkage, len(zero_merges))
    return linkage


def tree_of_distinct(points: FloatArray, weights: FloatArray) -> FloatArray:
    """Build Ward's tree of points that all differ.

    Parameters
    ----------
    points : array, n points x axes
    weights : array of n
        All positive.

    Returns
    -------
    array, (n - 1) x 4
        The tree of `ward_tree`.

    Examples
    --------
    >>> tree_of_distinct(np.array([[0.0], [2.0]]), np.array([3.0, 1.0]))
    array([[0.  , 1.  , 0.75, 2.  ]])
    """
    tree = _merges_of_distinct(points, weights)
    linkage = np.empty((len(points) - 1, 4))
    linkage[:, :2] = np.sort(tree[:, :2], axis=1)
    linkage[:, 2] = tree[:, 2]
    _count_points(linkage, 0)
    return linkage


def cut(linkage: FloatArray, n_classes: int) -> IntArray:
    """Cut a tree into a given number of classes.

    Parameters
    ----------
    linkage : array, (n - 1) x 4
        A tree in SciPy's form, lowest merges first.
    n_classes : int
        From 1 to n.

    Returns
    -------
    array of n ints
        Classes 1..n_classes, in the order of their first point.

    Examples
    --------
    >>> cut(ward_tree([[0.0], [10.0], [1.0], [10.0]]), 2)
    array([1, 2, 1, 2])
    """
    n_points = len(linkage) + 1
    if not 1 <= n_classes <= n_points:
        raise ValueError(f"{n_points} respondents cannot be cut into {n_classes} classes.")
    n_merges = n_points - n_classes
    ancestor = np.arange(n_points + n_merges)
    merged = linkage[:n_merges, :2].astype(np.int64)
    ancestor[merged] = n_points + np.arange(n_merges)[:, np.newaxis]
    # Each pass doubles the number of generations climbed.
    while not np.array_equal(ancestor, older := ancestor[ancestor]):
        ancestor = older
    _, first, labels = np.unique(ancestor[:n_points], return_index=True, return_inverse=True)
    rank = np.empty(n_classes, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(1, n_classes + 1)
    return rank[labels]


def distinct_points(
    points: FloatArray, weights: FloatArray
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Gather identical points, in an order that does not depend on that of the rows.

    Parameters
    ----------
    points : array, n points x axes
        Coordinates.
    weights : array of n
        Not all zero.

    Returns
    -------
    points : array, distinct points x axes
        In lexicographic order; only those that have a weight.
    group : array of n ints
        Distinct point of each row; the nearest one for a row of weight zero.
    weights : array of distinct points
        Sums of the weights of their rows.

    Examples
    --------
    >>> distinct_points(np.array([[2.0], [1.0], [2.0]]), np.ones(3))
    (array([[1.], [2.]]), array([1, 0, 1]), array([1., 2.]))
    """
    points, weights = in_one_order(points=points, weights=weights)
    rows = np.flatnonzero(weights > 0)
    scale = float(np.abs(points).max()) or 1.0
    # Adding zero turns -0.0 into 0.0.
    rounded = np.round(points[rows] / scale, SAME_POINT_DECIMALS) + 0.0
    order = _lexicographic_order(rounded)
    differs = (np.diff(rounded[order], axis=0) != 0).any(axis=1)
    number = np.concatenate([[0], np.cumsum(differs)])
    group = np.empty(len(points), dtype=np.int64)
    group[rows[order]] = number
    first = order[np.concatenate([[True], differs])]
    distinct = points[rows[first]]
    without = np.flatnonzero(weights <= 0)
    if len(without):
        group[without] = cdist(points[without], distinct).argmin(axis=1)
    gathered = np.asarray(np.bincount(group, weights, len(distinct)), dtype=float)
    return distinct, group, gathered


def _lexicographic_order(rounded: FloatArray) -> IntArray:
    """Sort by the first axis, which tells most points apart, and only ties by the others."""
    order = rounded[:, 0].argsort()
    along = rounded[order, 0]
    same = along[1:] == along[:-1]
    tied = np.concatenate([[False], same]) | np.concatenate([same, [False]])
    if tied.any():
        rows = np.sort(order[tied])
        order[tied] = rows[np.lexsort(rounded[rows].T[::-1])]
    return order


def _merges_of_identical(group: IntArray, n_groups: int) -> tuple[FloatArray, IntArray]:
    """Chain the rows of each group at height zero; give also the node that holds each group."""
    n_points = len(group)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], np.diff(group[order]) > 0]))
    rank = np.arange(n_points) - starts[group[order]]
    later = np.flatnonzero(rank > 0)
    step = n_points + np.arange(len(later))
    merges = np.zeros((len(later), 4))
    merges[:, 0] = np.where(rank[later] == 1, order[later - 1], step - 1)
    merges[:, 1] = order[later]
    merges[:, :2].sort(axis=1)
    merges[:, 3] = rank[later] + 1
    node = np.empty(n_groups, dtype=np.int64)
    node[:] = order[starts]
    node[group[order[later]]] = step  # the last merge of a group is written last
    return merges, node


def _merges_of_distinct(points: FloatArray, mass: FloatArray) -> FloatArray:
    """Rows of two nodes and an inertia gain, lowest first; nodes count from the points."""
    if len(points) == 1:
        return np.empty((0, 3))
    shares = mass / mass.sum()
    copies = mass / mass.min()
    whole = np.rint(copies).astype(np.int64)
    few = whole.sum() <= COPIES_AT_MOST * len(points)
    if few and (np.abs(copies - whole) <= WHOLE_NUMBER_TOLERANCE * whole).all():
        return _tree_of_copies(points, whole, float(shares.min()))
    return _reciprocal_neighbours(points, shares)


def tree_of_equals(points: FloatArray) -> FloatArray:
    """Build Ward's tree of points of equal weight.

    Parameters
    ----------
    points : array, n points x axes
        Finite; n at least 2.

    Returns
    -------
    array, (n - 1) x 4
        In SciPy's form; the heights are the square roots of twice the gains, each point of
        weight 1. Many points on few axes are merged by `rfree.classes.ward_merges.ward_merges`,
        others by fastcluster: the trees are the same to the last bit.

    Examples
    --------
    >>> tree_of_equals(np.array([[0.0], [1.0]]))
    array([[0., 1., 1., 2.]])
    """
    if len(points) >= _MANY_POINTS and points.shape[1] <= MOST_CELL_AXES:
        return ward_merges(points)
    return np.asarray(fastcluster.linkage_vector(points, method="ward"), dtype=float)


def _tree_of_copies(points: FloatArray, copies: IntArray, mass: float) -> FloatArray:
    """Give every point as often as it counts to the Ward of equal weights."""
    original = np.repeat(np.arange(len(points)), copies)
    tree = tree_of_equals(points[original])
    n_copies, n_zero = len(original), len(original) - len(points)
    nodes = tree[:, :2].astype(np.int64)
    # The first merges, at height zero, put the copies of each point together again.
    point_of = _points_merged(original, nodes[:n_zero, 0].copy())
    above = nodes[n_zero:]
    of_point = above < n_copies + n_zero
    merged = np.where(of_point, 0, above - n_copies - n_zero + len(points))
    merged[of_point] = point_of[above[of_point]]
    # Its heights are sqrt(2 gain) for points of weight 1.
    return np.column_stack([merged, tree[n_zero:, 2] ** 2 / 2 * mass])


@compiled
def _points_merged(original: IntArray, left: IntArray) -> IntArray:
    """Give the point of every copy, and of every merge of copies."""
    n_copies = len(original)
    point_of = np.empty(n_copies + len(left), dtype=np.int64)
    point_of[:n_copies] = original
    for step in range(len(left)):
        point_of[n_copies + step] = point_of[left[step]]
    return point_of


def _reciprocal_neighbours(points: FloatArray, mass: FloatArray) -> FloatArray:
    """Merge, round by round, all pairs of classes that are each other's nearest."""
    centres, mass = points.copy(), mass.copy()
    node = np.arange(len(points))
    nearest = np.zeros(len(points), dtype=np.int64)
    gain, height = np.zeros(len(points)), np.zeros(len(points))
    stale = np.arange(len(points))
    merges: list[FloatArray] = []
    n_nodes = len(points)
    while len(node) > 1:
        nearest[stale], gain[stale] = _nearest(centres, mass, stale)
        here = np.arange(len(node))
        a = np.flatnonzero((nearest[nearest] == here) & (here < nearest))
        if len(a) == 0:
            # Only ties with a class made meanwhile can hide the closest pair.
            stale = here
            continue
        b = nearest[a]
        # Rounding could put a merge a hair below those it is made of.
        height[a] = np.maximum(gain[a], np.maximum(height[a], height[b]))
        merges.append(np.column_stack([node[a], node[b], height[a]]))
        share = mass[b] / (mass[a] + mass[b])
        centres[a] += (centres[b] - centres[a]) * share[:, np.newaxis]
        mass[a] += mass[b]
        node[a] = n_nodes + np.arange(len(a))
        n_nodes += len(a)
        touched = np.zeros(len(node), dtype=bool)
        touched[a] = touched[b] = True
        kept = np.ones(len(node), dtype=bool)
        kept[b] = False
        stale = np.flatnonzero(touched[nearest][kept])
        new_position = np.cumsum(kept) - 1
        centres, mass, node = centres[kept], mass[kept], node[kept]
        gain, height = gain[kept], height[kept]
        nearest = new_position[nearest[kept]]
    return _sorted_merges(np.concatenate(merges), len(points))


def _nearest(centres: FloatArray, mass: FloatArray, rows: IntArray) -> tuple[IntArray, FloatArray]:
    """Class that each of some classes would merge with at the least gain, and that gain."""
    nearest = np.empty(len(rows), dtype=np.int64)
    gain = np.empty(len(rows))
    chunk = max(1, _DISTANCES_AT_ONCE // len(centres))
    for start in range(0, len(rows), chunk):
        part = rows[start : start + chunk]
        gains = cdist(centres[part], centres, "sqeuclidean")
        own = mass[part, np.newaxis]
        gains *= own * mass / (own + mass)
        here = np.arange(len(part))
        gains[here, part] = np.inf
        best = gains.argmin(axis=1)
        nearest[start : start + chunk] = best
        gain[start : start + chunk] = gains[here, best]
    return nearest, gain


def _sorted_merges(merges: FloatArray, n_points: int) -> FloatArray:
    """Order merges by height; children, made earlier and never higher, stay before parents."""
    order = np.argsort(merges[:, 2], kind="stable")
    position = np.empty(len(merges), dtype=np.int64)
    position[order] = np.arange(len(merges))
    nodes = merges[order, :2].astype(np.int64)
    made = nodes >= n_points
    nodes[made] = n_points + position[nodes[made] - n_points]
    return np.column_stack([nodes, merges[order, 2]])


@compiled
def _count_points(linkage: FloatArray, first: int) -> None:
    """Fill in the numbers of points under the merges from ``first`` on."""
    n_points = len(linkage) + 1
    for step in range(first, len(linkage)):
        size = 0.0
        for side in range(2):
            node = int(linkage[step, side])
            size += 1.0 if node < n_points else linkage[node - n_points, 3]
        linkage[step, 3] = size
