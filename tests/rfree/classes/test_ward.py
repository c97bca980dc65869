"""Ward's tree: by hand, against SciPy, and by its properties."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster import hierarchy

from rfree.classes.ward import cut, distinct_points, ward_tree


def total_inertia(points, weights=None):
    weights = np.ones(len(points)) if weights is None else weights
    shares = weights / weights.sum()
    return float(shares @ ((points - shares @ points) ** 2).sum(axis=1))


@pytest.fixture
def points():
    return np.random.default_rng(5).normal(size=(120, 4))


def test_heights_by_hand():
    # 0 and 1 merge: (1/4)(1/4)/(1/2) * 1 = 1/8; then 0.5 and 10: (1/2)(1/2)/1 * 9.5**2.
    tree = ward_tree([[0.0], [1.0], [10.0], [10.0]])
    np.testing.assert_allclose(tree[:, 2], [0, 0.125, 0.25 * 9.5**2], rtol=1e-15)
    np.testing.assert_array_equal(tree[:, 3], [2, 2, 4])


def test_weighted_heights_by_hand():
    # Weights 3 and 1 of 4: (3/4)(1/4)/1 * 2**2.
    assert ward_tree([[0.0], [2.0]], [3.0, 1.0])[0, 2] == pytest.approx(0.75, rel=1e-15)


def test_tree_equals_scipy_where_weights_are_equal(points):
    tree = ward_tree(points)
    reference = hierarchy.linkage(points, "ward")
    np.testing.assert_allclose(tree[:, 2], reference[:, 2] ** 2 / 2 / len(points), rtol=1e-10)
    np.testing.assert_array_equal(tree[:, [0, 1, 3]], reference[:, [0, 1, 3]])
    assert hierarchy.is_valid_linkage(tree)


@pytest.mark.parametrize("weighted", [False, True])
def test_heights_add_up_to_the_inertia(points, weighted):
    weights = np.random.default_rng(1).uniform(0.2, 4, len(points)) if weighted else None
    assert ward_tree(points, weights)[:, 2].sum() == pytest.approx(
        total_inertia(points, weights), rel=1e-12
    )


@pytest.mark.parametrize("highest", [2, 3, 40])  # few copies go to fastcluster, many do not
def test_weight_is_worth_as_many_rows(points, highest):
    weights = np.random.default_rng(2).integers(1, highest + 1, len(points))
    once = ward_tree(points, weights)
    often = ward_tree(np.repeat(points, weights, axis=0))
    np.testing.assert_allclose(once[:, 2], often[-len(once) :, 2], rtol=1e-9)
    for n_classes in range(1, 12):
        np.testing.assert_array_equal(
            np.repeat(cut(once, n_classes), weights), cut(often, n_classes)
        )


def test_nearly_equal_weights_give_the_tree_of_equal_ones(points):
    weights = 1 + 1e-9 * np.arange(len(points))  # merged by reciprocal neighbours
    np.testing.assert_allclose(ward_tree(points, weights)[:, 2], ward_tree(points)[:, 2], rtol=1e-5)
    np.testing.assert_array_equal(cut(ward_tree(points, weights), 6), cut(ward_tree(points), 6))


def test_unit_of_weights_is_indifferent(points):
    weights = np.random.default_rng(3).uniform(0.2, 4, len(points))
    np.testing.assert_allclose(
        ward_tree(points, weights), ward_tree(points, 10 * weights), rtol=1e-12
    )


def test_ties_do_not_stop_the_weighted_tree():
    grid = np.array([[i, j] for i in range(12) for j in range(12)], dtype=float)
    weights = np.full(len(grid), 7.0)
    weights[0] = 1.0  # copies are too many for fastcluster
    tree = ward_tree(grid, weights)
    assert tree[:, 2].sum() == pytest.approx(total_inertia(grid, weights), rel=1e-12)
    assert (np.diff(tree[:, 2]) >= 0).all()
    assert hierarchy.is_valid_linkage(tree)


def test_row_order_is_indifferent_even_with_ties():
    points = np.random.default_rng(4).integers(0, 4, size=(200, 3)).astype(float)
    order = np.random.default_rng(5).permutation(len(points))
    for n_classes in (2, 3, 5, 8):
        labels, shuffled = (
            cut(ward_tree(points), n_classes),
            cut(ward_tree(points[order]), n_classes),
        )
        pairs = set(zip(labels[order].tolist(), shuffled.tolist(), strict=True))
        assert len(pairs) == n_classes


def test_respondent_of_weight_zero_joins_the_nearest():
    tree = ward_tree([[0.0], [10.0], [9.0], [4.0]], [1.0, 1.0, 0.0, 2.0])
    assert tree[0, 2] == 0
    np.testing.assert_array_equal(np.sort(tree[0, :2]), [1, 2])
    np.testing.assert_allclose(tree[1:, 2], ward_tree([[0.0], [10.0], [4.0]], [1, 1, 2])[:, 2])


def test_cut_agrees_with_scipy(points):
    tree = ward_tree(points)
    for n_classes in range(1, 20):
        reference = hierarchy.cut_tree(tree, n_classes).ravel()
        pairs = set(zip(cut(tree, n_classes).tolist(), reference.tolist(), strict=True))
        assert len(pairs) == n_classes


def test_impossible_cut_is_an_error(points):
    with pytest.raises(ValueError, match="120 respondents cannot be cut into 121 classes"):
        cut(ward_tree(points), 121)


def test_one_point_is_an_error():
    with pytest.raises(ValueError, match="at least 2 respondents"):
        ward_tree([[0.0]])


def test_points_that_differ_in_the_last_bit_are_one():
    points = np.array([[0.1 + 0.2, 1.0], [0.3, 1.0], [-0.0, 2.0], [0.0, 2.0]])
    distinct, group, weights = distinct_points(points, np.ones(4))
    assert len(distinct) == 2
    np.testing.assert_array_equal(group, [1, 1, 0, 0])
    np.testing.assert_array_equal(weights, [2, 2])


def test_inputs_are_not_modified(points):
    weights = np.ones(len(points))
    before = points.copy()
    ward_tree(points, weights)
    np.testing.assert_array_equal(points, before)
    np.testing.assert_array_equal(weights, 1)
