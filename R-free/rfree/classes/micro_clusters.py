"""Small groups of near points that stand for them where there are too many to compare all."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rfree.base.inputs import FloatArray, IntArray, in_one_order

N_MICRO_CLUSTERS = 2_000
# Points that k-means sees for each micro-cluster, and its rounds.
SAMPLED_EACH = 25
_ROUNDS = 10
# Axes up to which a k-d tree finds the nearest centre faster than all distances do.
MOST_TREE_AXES = 8
# Distances between points and centres held at once: 256 MB.
_DISTANCES_AT_ONCE = 2**25


def micro_clusters(
    points: FloatArray, weights: FloatArray, *, n_clusters: int = N_MICRO_CLUSTERS
) -> IntArray:
    """Gather points into small groups of near ones.

    Parameters
    ----------
    points : array, n points x axes
        Different points in lexicographic order, as `rfree.classes.ward.distinct_points` gives
        them.
    weights : array of n
        All positive.
    n_clusters : int, at least 1
        How many groups; fewer when some get no point.

    Returns
    -------
    array of n ints
        The group of each, from 0.

    Notes
    -----
    K-means (Lloyd 1982, scikit-learn's) of a systematic sample of the weight along the order of the
    points, then every point goes to the nearest centre: the cost is linear in n. Given the
    points, the groups are always the same: the sample is not drawn, k-means starts from one fixed
    seed and runs on one core.

    Examples
    --------
    >>> micro_clusters(np.array([[0.0], [0.1], [7.0], [7.1]]), np.ones(4), n_clusters=2)
    array([0, 0, 1, 1])
    """
    from sklearn.cluster import KMeans  # noqa: PLC0415 - slow to import

    points, weights = in_one_order(points=points, weights=weights)
    rows, counts = _systematic_sample(weights, SAMPLED_EACH * n_clusters)
    n_clusters = min(n_clusters, len(rows))
    # On several cores the sums of k-means would depend on their number.
    with threadpool_limits(limits=1):
        means = KMeans(
            n_clusters, init="random", n_init=1, max_iter=_ROUNDS, random_state=0
        ).fit(points[rows], sample_weight=counts)  # fmt: skip
    centres = means.cluster_centers_
    centres = centres[np.lexsort(centres.T[::-1])]
    _, groups = np.unique(_nearest(points, centres), return_inverse=True)
    return np.asarray(groups, dtype=np.int64)


def _systematic_sample(weights: FloatArray, size: int) -> tuple[IntArray, IntArray]:
    """Take points at equal steps of the cumulated weight; say how often each was met."""
    cumulated = np.cumsum(weights)
    steps = (np.arange(size) + 0.5) / size * cumulated[-1]
    met = np.searchsorted(cumulated, steps).clip(max=len(weights) - 1)
    rows, counts = np.unique(met, return_counts=True)
    return rows, counts


def _nearest(points: FloatArray, centres: FloatArray) -> IntArray:
    """Return the nearest centre of each point."""
    if points.shape[1] <= MOST_TREE_AXES:
        return np.asarray(cKDTree(centres).query(points)[1], dtype=np.int64)
    from sklearn.metrics import pairwise_distances_argmin  # noqa: PLC0415 - slow to import

    nearest = np.empty(len(points), dtype=np.int64)
    step = max(1, _DISTANCES_AT_ONCE // len(centres))
    for start in range(0, len(points), step):
        rows = slice(start, start + step)
        nearest[rows] = pairwise_distances_argmin(points[rows], centres)
    return nearest
