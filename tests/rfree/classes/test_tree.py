"""The tree of more respondents than can be compared two by two."""

from __future__ import annotations

import fastcluster
import numpy as np
import pytest
import sklearn.cluster
from scipy.cluster import hierarchy

from rfree.classes.hcpc import HCPC
from rfree.classes.micro_clusters import N_MICRO_CLUSTERS, SAMPLED_EACH, micro_clusters
from rfree.classes.partition_agreement import adjusted_rand, overlap_table
from rfree.classes.tree import grow_tree
from rfree.classes.ward import distinct_points, ward_tree

N = 10_000
PLANTED = np.array([[-1.0, 0.2, 0], [0.1, -0.9, 0.3], [0.8, 0.7, -0.4], [0.3, 0.6, 1.2]])


@pytest.fixture(scope="module")
def classes():
    return np.random.default_rng(3).choice(4, N, p=[0.2, 0.35, 0.35, 0.1])


@pytest.fixture(scope="module")
def points(classes):
    return PLANTED[classes] + np.random.default_rng(4).normal(scale=0.22, size=(N, 3))


@pytest.fixture(scope="module")
def exact(points):
    return HCPC().fit(points)


@pytest.fixture(scope="module")
def large(points):
    return HCPC(exact_up_to=5_000).fit(points)


def test_few_points_have_the_tree_of_ward():
    points = np.random.default_rng(0).normal(size=(40, 2))
    tree = grow_tree(*distinct_points(points, np.ones(40)), exact_up_to=40)
    np.testing.assert_array_equal(tree.linkage, ward_tree(points))
    assert tree.n_micro_clusters is None
    assert tree.gains.sum() == pytest.approx(points.var(axis=0).sum(), rel=1e-12)


def test_the_result_says_which_way_was_taken(exact, large):
    assert exact.n_micro_clusters_ is None
    assert large.n_micro_clusters_ == N_MICRO_CLUSTERS == len(large.linkage_) + 1
    np.testing.assert_array_equal(exact.leaf_of_, np.arange(N))
    assert large.leaf_of_.max() + 1 == N_MICRO_CLUSTERS
    assert hierarchy.is_valid_linkage(large.linkage_)


def test_gains_and_what_lies_within_micro_clusters_add_up_to_the_inertia(points, large):
    assert large.inertia_gains_.sum() == pytest.approx(points.var(axis=0).sum(), rel=1e-12)
    assert large.inertia_gains_[-1] < 0.05 * large.inertia_gains_.sum()


def test_planted_classes_are_found_as_by_the_exact_tree(classes, exact, large):
    assert large.n_classes_ == exact.n_classes_ == 4
    assert adjusted_rand(overlap_table(classes, large.labels_)) > 0.9
    assert adjusted_rand(overlap_table(exact.labels_, large.labels_)) > 0.999
    assert large.within_inertia_ == pytest.approx(exact.within_inertia_, rel=1e-3)
    assert large.between_ratio_tree_ == pytest.approx(exact.between_ratio_tree_, abs=0.01)


def test_inertia_by_number_of_classes_is_near_that_of_the_exact_tree(exact, large):
    np.testing.assert_allclose(
        large.criterion_["within_share"], exact.criterion_["within_share"], atol=0.01
    )


def test_a_continuum_is_cut_as_well_as_by_the_exact_tree():
    points = np.random.default_rng(5).normal(size=(4_000, 2)) * [1, 0.7]
    exact = HCPC(5).fit(points)
    large = HCPC(5, exact_up_to=3_000).fit(points)
    assert large.within_inertia_ <= exact.within_inertia_ * 1.02


def test_consolidation_goes_over_every_respondent(points, large):
    squared = np.square(points[:, np.newaxis] - large.centers_.to_numpy()).sum(axis=2)
    assert (squared.argmin(axis=1) + 1 == large.labels_).mean() > 0.999
    assert large.between_ratio_ > large.between_ratio_tree_


def test_another_order_of_the_rows_changes_nothing(points, large):
    order = np.random.default_rng(6).permutation(N)
    turned = HCPC(exact_up_to=5_000).fit(points[order])
    np.testing.assert_array_equal(turned.labels_, large.labels_[order])
    np.testing.assert_array_equal(turned.linkage_, large.linkage_)


def test_a_weight_of_two_is_the_row_twice(points):
    some = points[:4_000]
    weights = np.random.default_rng(7).integers(1, 3, len(some))
    once = HCPC(4, exact_up_to=3_000).fit(some, weights, frequencies=True)
    often = HCPC(4, exact_up_to=3_000).fit(np.repeat(some, weights, axis=0))
    np.testing.assert_array_equal(np.repeat(once.labels_, weights), often.labels_)


def test_groups_are_of_near_points():
    points, _, weights = distinct_points(
        np.random.default_rng(8).uniform(size=(3_000, 2)), np.ones(3_000)
    )
    groups = micro_clusters(points, weights, n_clusters=100)
    centres = np.column_stack([np.bincount(groups, along) for along in points.T])
    centres /= np.bincount(groups)[:, np.newaxis]
    within = np.square(points - centres[groups]).sum(axis=1).mean()
    # A square of side 1/10 has an inertia of 1/600 around its centre.
    assert within < 1.1 / 600
    np.testing.assert_array_equal(np.unique(groups), np.arange(100))


def test_the_work_does_not_grow_with_the_square(points, monkeypatch):
    met = {"ward": 0, "k-means": 0}
    ward, k_means = fastcluster.linkage_vector, sklearn.cluster.KMeans.fit

    def counted_ward(given, method):
        met["ward"] += len(given)
        return ward(given, method=method)

    def counted_k_means(self, given, sample_weight):
        met["k-means"] += len(given)
        return k_means(self, given, sample_weight=sample_weight)

    monkeypatch.setattr(fastcluster, "linkage_vector", counted_ward)
    monkeypatch.setattr(sklearn.cluster.KMeans, "fit", counted_k_means)
    HCPC(exact_up_to=5_000).fit(points)
    assert met["ward"] <= N_MICRO_CLUSTERS
    assert met["k-means"] <= SAMPLED_EACH * N_MICRO_CLUSTERS
