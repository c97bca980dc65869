"""A map laid onto another: against SciPy, and by what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import orthogonal_procrustes

from rfree.axes.procrustes import procrustes

PLACES = np.array([[[1.0, 5]], [[-3, 2]]])
MAPS = np.random.default_rng(3).normal(size=(2, 9, 2)) + PLACES


def test_rotation_and_scale_are_those_of_scipy() -> None:
    first, second = (each - each.mean(axis=0) for each in MAPS)
    rotation, total = orthogonal_procrustes(second, first)
    found = procrustes(*MAPS)
    np.testing.assert_allclose(found.rotation, rotation)
    assert found.scale == pytest.approx(total / np.square(second).sum())
    np.testing.assert_allclose(found.fitted, found.scale * second @ rotation + MAPS[0].mean(axis=0))
    norms = np.sqrt(np.square(first).sum() * np.square(second).sum())
    assert found.correlation == pytest.approx(total / norms)
    # What is left after the best fit is 1 - r squared of the first map.
    left = np.square(found.fitted - MAPS[0]).sum() / np.square(first).sum()
    assert left == pytest.approx(1 - found.correlation**2)


def test_weights_are_worth_the_points_repeated_whatever_their_unit() -> None:
    times = np.array([1, 0, 2, 3, 1, 1, 2, 1, 1])
    weighted = procrustes(*MAPS, weights=7 * times)
    repeated = procrustes(*np.repeat(MAPS, times, axis=1))
    np.testing.assert_allclose(weighted.rotation, repeated.rotation)
    assert weighted.scale == pytest.approx(repeated.scale)
    assert weighted.correlation == pytest.approx(repeated.correlation)


def test_the_same_map_correlates_one_and_no_map_is_refused() -> None:
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    same = procrustes(MAPS[0], 3 * MAPS[0] @ turn + 4)
    assert 1 - 1e-12 < same.correlation <= 1
    assert same.scale == pytest.approx(1 / 3)
    np.testing.assert_allclose(same.fitted, MAPS[0])
    with pytest.raises(ValueError, match="one point"):
        procrustes(MAPS[0], np.ones((9, 2)))
    with pytest.raises(ValueError, match=r"shapes \(9, 2\) and \(8, 2\)"):
        procrustes(MAPS[0], MAPS[1][:8])
