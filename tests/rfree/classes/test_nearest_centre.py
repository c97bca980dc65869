"""Distances to centres, the spread around them, and what they make of membership."""

from __future__ import annotations

import numpy as np
import pytest

from rfree.classes.nearest_centre import centre_distances, class_confidence, class_spread


def test_distances_are_straight_and_the_spread_is_by_axis() -> None:
    points, centres = np.array([[0.0, 0], [3, 4], [6, 8]]), np.array([[0.0, 0], [6, 8]])
    np.testing.assert_allclose(centre_distances(points, centres), [[0, 10], [5, 5], [10, 0]])
    # Squared distances 0, 25 and 0, weights 1, 2 and 1, two axes.
    spread = class_spread(points, np.array([1, 2, 2]), centres, np.array([1.0, 2, 1]))
    assert spread == pytest.approx(50 / 4 / 2)


def test_confidence_is_the_posterior_of_round_normal_classes() -> None:
    distances = np.array([[1.0, 2, 3], [2, 2, 0.5]])
    densities = np.exp(-(distances**2) / (2 * 1.7))
    expected = densities / densities.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(class_confidence(distances, 1.7), expected)
    assert class_confidence(np.array([[1.0, 2.0]]), 0.0).tolist() == [[1, 0]]
