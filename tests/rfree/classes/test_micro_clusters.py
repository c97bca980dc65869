"""Micro-clusters: the sample by hand, k-means as scikit-learn makes it, the nearest of centres."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans

from rfree.classes import micro_clusters as module
from rfree.classes.micro_clusters import SAMPLED_EACH, micro_clusters
from rfree.classes.ward import distinct_points


@pytest.mark.parametrize(
    ("weights", "size", "rows", "counts"),
    [
        # Steps at 0.5, 1.5, 2.5 and 3.5 of the cumulated weights 1, 2 and 4.
        ([1, 1, 2], 4, [0, 1, 2], [1, 1, 2]),
        # Steps at 1 and 3: a step on an end belongs to the point that ends there.
        ([1, 1, 2], 2, [0, 2], [1, 1]),
        # A step at 2 alone.
        ([1, 1, 2], 1, [1], [1]),
        ([0.5, 0.25, 0.25], 8, [0, 1, 2], [4, 2, 2]),
    ],
)
def test_the_sample_is_at_equal_steps_of_the_weight(
    weights: list[float], size: int, rows: list[int], counts: list[int]
) -> None:
    found = module._systematic_sample(np.array(weights, dtype=float), size)
    assert [each.tolist() for each in found] == [rows, counts]


def test_groups_are_numbered_along_the_first_axis() -> None:
    points = np.array([[0.0, 9], [1, 5], [2, 7], [2, 8]])
    for n_clusters in (4, 9):
        assert micro_clusters(points, np.ones(4), n_clusters=n_clusters).tolist() == [0, 1, 2, 3]
    assert micro_clusters(points, np.ones(4), n_clusters=1).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("n_axes", [2, 8, 9])
def test_centres_are_those_of_k_means_of_the_sample(n_axes: int) -> None:
    generator = np.random.default_rng(n_axes)
    points, _, weights = distinct_points(
        generator.normal(size=(900, n_axes)), generator.exponential(size=900) + 0.01
    )
    ends = np.cumsum(weights)
    met = [
        int(np.flatnonzero(ends >= (each + 0.5) / (20 * SAMPLED_EACH) * ends[-1])[0])
        for each in range(20 * SAMPLED_EACH)
    ]
    rows = sorted(set(met))
    assert len(rows) < len(met)
    means = KMeans(20, init="random", n_init=1, max_iter=10, random_state=0).fit(
        points[rows], sample_weight=np.array([met.count(row) for row in rows])
    )
    centres = np.array(sorted(means.cluster_centers_.tolist()))
    nearest = cdist(points, centres).argmin(axis=1)
    groups = micro_clusters(points, weights, n_clusters=20)
    assert groups.dtype == np.int64
    assert groups.tolist() == np.unique(nearest, return_inverse=True)[1].tolist()


@pytest.mark.parametrize("held", [20, 21, 2**25])
@pytest.mark.parametrize("n_axes", [8, 9])
def test_nearest_centres_are_those_of_all_distances(
    monkeypatch: pytest.MonkeyPatch, n_axes: int, held: int
) -> None:
    generator = np.random.default_rng(held)
    points, centres = generator.normal(size=(9, n_axes)), generator.normal(size=(7, n_axes))
    monkeypatch.setattr(module, "_DISTANCES_AT_ONCE", held)
    nearest = module._nearest(points, centres)
    assert nearest.dtype == np.int64
    assert nearest.tolist() == cdist(points, centres).argmin(axis=1).tolist()
