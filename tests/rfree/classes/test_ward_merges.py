"""Ward's merges found in cells: those of fastcluster to the last bit, ties too, and SciPy's."""

from __future__ import annotations

import fastcluster
import numpy as np
import pytest
from scipy.cluster import hierarchy

from rfree.classes import ward
from rfree.classes.ward_merges import ward_merges


def drawn(kind, random, n_axes):
    size = int(random.integers(2, 150)), n_axes
    if kind == "all differ":
        return random.normal(size=size)
    if kind == "on a grid":  # every distance many times
        return random.integers(0, 4, size).astype(float)
    if kind == "equal but for rounding":
        return random.integers(0, 3, size) * 0.1 + 0.7
    return random.normal(size=size)[random.integers(0, size[0] // 2 + 1, size[0])]


@pytest.mark.parametrize("n_axes", [1, 2, 5])
@pytest.mark.parametrize("kind", ["all differ", "on a grid", "equal but for rounding", "repeated"])
def test_merges_are_those_of_fastcluster_to_the_last_bit(kind, n_axes):
    random = np.random.default_rng([n_axes, len(kind)])
    for _ in range(40):
        points = drawn(kind, random, n_axes)
        expected = fastcluster.linkage_vector(points, method="ward")
        np.testing.assert_array_equal(ward_merges(points), expected)


def test_merges_of_many_points_are_those_of_fastcluster():
    random = np.random.default_rng(3)
    # As respondents are: many who answered alike, many pairs that differ by the same answer.
    answers = random.integers(0, 2, (3000, 9)) @ random.normal(size=(9, 4))
    expected = fastcluster.linkage_vector(answers, method="ward")
    np.testing.assert_array_equal(ward_merges(answers), expected)


def test_merges_are_those_of_scipy_where_no_distance_is_there_twice():
    points = np.random.default_rng(8).normal(size=(400, 3))
    found, expected = ward_merges(points), hierarchy.linkage(points, "ward")
    np.testing.assert_array_equal(found[:, [0, 1, 3]], expected[:, [0, 1, 3]])
    np.testing.assert_allclose(found[:, 2], expected[:, 2], rtol=1e-10)


def test_points_are_left_as_they_are():
    points = np.random.default_rng(1).normal(size=(30, 2))
    before = points.copy()
    ward_merges(points)
    np.testing.assert_array_equal(points, before)


@pytest.mark.parametrize("weights", [np.ones(60), np.repeat([1.0, 2.0], 30)])
def test_tree_does_not_depend_on_how_merges_are_found(monkeypatch, weights):
    points = np.random.default_rng(4).normal(size=(60, 3)).round(1)
    expected = ward.ward_tree(points, weights)
    monkeypatch.setattr(ward, "_MANY_POINTS", 2)
    np.testing.assert_array_equal(ward.ward_tree(points, weights), expected)
