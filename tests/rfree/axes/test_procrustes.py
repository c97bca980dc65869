"""A map laid onto another: against SciPy, and by what must not matter."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.linalg import orthogonal_procrustes

from rfree.axes.procrustes import permuted_correlations, procrustes, protest

WAVES = Path(__file__).parents[3] / "R-free" / "reference" / "waves"

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


def test_protest_is_that_of_vegan() -> None:
    maps = pd.read_csv(WAVES / "protest_maps.csv").to_numpy()
    first, other = maps[:, :2], maps[:, 2:]
    drawn = pd.read_csv(WAVES / "protest_permutations.csv")
    of_r = pd.read_csv(WAVES / "protest.csv").iloc[0]
    fit = procrustes(first, other)
    assert fit.m2 == pytest.approx(of_r["m2"], rel=1e-12)
    assert fit.correlation == pytest.approx(of_r["correlation"], rel=1e-12)
    orders = drawn.drop(columns="correlation").to_numpy()
    correlations = permuted_correlations(first, other, orders=orders)
    np.testing.assert_allclose(correlations, drawn["correlation"], rtol=1e-12)
    as_alike = (correlations >= fit.correlation).sum()
    assert (as_alike + 1) / (len(orders) + 1) == pytest.approx(of_r["p_value"])


def test_chance_of_a_correlation_by_all_orders_of_five_points() -> None:
    random = np.random.default_rng(6)
    first = random.normal(size=(5, 2))
    other = first + 0.8 * random.normal(size=(5, 2))
    orders = np.array(list(permutations(range(5))))
    fit = procrustes(first, other)
    exact = (permuted_correlations(first, other, orders=orders) >= fit.correlation - 1e-12).mean()
    found = protest(first, other, permutations=999, random=np.random.default_rng(1))
    assert found.correlation == fit.correlation
    assert found.m2 == pytest.approx(1 - fit.correlation**2)
    assert found.permutations == 999
    assert found.p_value == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 999))


def test_unlike_maps_are_not_found_alike() -> None:
    random = np.random.default_rng(8)
    found = [
        protest(*random.normal(size=(2, 8, 2)), permutations=19, random=random).p_value
        for _ in range(60)
    ]
    assert 0.35 < np.mean(found) < 0.65
    assert min(found) >= 0.05


def test_weights_stay_with_the_places_of_the_reference() -> None:
    random = np.random.default_rng(2)
    weights, order = random.uniform(0.5, 2, 9), random.permutation(9)
    (found,) = permuted_correlations(*MAPS, weights, orders=order[None])
    assert found == procrustes(MAPS[0], MAPS[1][order], weights).correlation


def test_fewer_than_nineteen_permutations_are_refused() -> None:
    with pytest.raises(ValueError, match="permutations is 18; expected at least 19"):
        protest(*MAPS, permutations=18, random=np.random.default_rng(1))
