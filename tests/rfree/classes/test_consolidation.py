"""Consolidation: never above R's k-means, a local optimum, weights, order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.classes.consolidation import consolidate, within_inertia
from rfree.classes.ward import cut, ward_tree

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "hcpc"
KMEANS = pd.read_csv(REFERENCE / "kmeans.csv")
PARTS = list(KMEANS.groupby(["case", "first", "size", "axes"]).groups)


@cache
def coordinates(case):
    return pd.read_csv(REFERENCE / f"{case}_coordinates.csv.gz").to_numpy()


def best_transfer(points, labels, weights):
    """Lowest change of inertia that a transfer of one point can bring, one at a time."""
    within = within_inertia(points, labels, weights)
    changes = []
    for row in range(len(points)):
        for other in set(labels.tolist()) - {labels[row]}:
            moved = labels.copy()
            moved[row] = other
            if len(set(moved.tolist())) == len(set(labels.tolist())):
                changes.append(within_inertia(points, moved, weights) - within)
    return min(changes)


@pytest.fixture
def points():
    return np.random.default_rng(8).normal(size=(90, 3))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: "-".join(map(str, part)))
def test_within_inertia_is_never_above_that_of_r(part):
    case, first, size, axes = part
    points = coordinates(case)[first - 1 : first - 1 + size, :axes]
    tree = ward_tree(points)
    rows = KMEANS[(KMEANS[["case", "first", "size", "axes"]] == list(part)).all(axis=1)]
    assert len(rows) == 4
    for row in rows.itertuples():
        labels = consolidate(points, cut(tree, row.classes))
        assert len(set(labels.tolist())) == row.classes
        # R stops after 10 or 100 iterations; rounding alone is allowed for.
        assert within_inertia(points, labels) <= min(row.within_10, row.within_100) * (1 + 1e-12)


@pytest.mark.parametrize("thorough", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_no_single_transfer_improves(points, thorough, weighted):
    weights = np.random.default_rng(1).uniform(0.2, 3, len(points)) if weighted else None
    labels = consolidate(points, cut(ward_tree(points, weights), 4), weights, thorough=thorough)
    assert best_transfer(points, labels, weights) >= -1e-12


def test_within_inertia_falls(points):
    start = cut(ward_tree(points), 5)
    quick = consolidate(points, start, thorough=False)
    thorough = consolidate(points, start)
    assert within_inertia(points, quick) < within_inertia(points, start)
    assert within_inertia(points, thorough) <= within_inertia(points, quick)


def test_lloyd_stops_where_transfers_go_on():
    # The centres are 5/3 and 5: 3 is nearer to its own, and k-means would stop here. Leaving
    # saves 3/2 (4/3)² = 8/3 and joining costs 1/2 2² = 2.
    labels = consolidate([[0.0], [2.0], [3.0], [5.0]], [1, 1, 1, 2])
    np.testing.assert_array_equal(labels, [1, 1, 2, 2])


@pytest.mark.parametrize("thorough", [True, False])
def test_weight_is_worth_as_many_rows(points, thorough):
    weights = np.random.default_rng(2).integers(1, 4, len(points))
    start = cut(ward_tree(points, weights), 4)
    once = consolidate(points, start, weights, thorough=thorough)
    often = consolidate(
        np.repeat(points, weights, axis=0), np.repeat(start, weights), thorough=thorough
    )
    np.testing.assert_array_equal(np.repeat(once, weights), often)


@pytest.mark.parametrize("factor", [10, 1 / 3])
def test_unit_of_weights_is_indifferent(points, factor):
    weights = np.random.default_rng(3).uniform(0.2, 3, len(points))
    start = cut(ward_tree(points, weights), 4)
    np.testing.assert_array_equal(
        consolidate(points, start, weights), consolidate(points, start, weights * factor)
    )


def test_row_order_and_names_of_classes_are_indifferent():
    points = coordinates("bfi312")
    start = cut(ward_tree(points), 4)
    labels = consolidate(points, start)
    order = np.random.default_rng(4).permutation(len(points))
    renamed = np.array([0, 30, 10, 40, 20])
    np.testing.assert_array_equal(
        consolidate(points[order], renamed[start[order]]), renamed[labels[order]]
    )


def test_identical_respondents_stay_together():
    rng = np.random.default_rng(6)
    points = rng.integers(0, 3, size=(300, 3)).astype(float)
    labels = consolidate(points, cut(ward_tree(points), 5))
    classes = pd.DataFrame(points).assign(label=labels).groupby([0, 1, 2])["label"].nunique()
    assert (classes == 1).all()


def test_as_many_classes_as_points_stay_as_they_are():
    np.testing.assert_array_equal(consolidate([[0.0], [1.0], [5.0]], [1, 2, 3]), [1, 2, 3])


def test_one_class_stays_as_it_is():
    np.testing.assert_array_equal(consolidate([[0.0], [1.0], [5.0]], [4, 4, 4]), [4, 4, 4])


def test_respondent_of_weight_zero_goes_to_the_nearest_centre():
    labels = consolidate([[0.0], [1.0], [9.0], [10.0], [8.0]], [1, 1, 2, 2, 1], [1, 1, 1, 1, 0])
    np.testing.assert_array_equal(labels, [1, 1, 2, 2, 2])


def test_class_without_weight_is_an_error():
    with pytest.raises(ValueError, match="Class 2 holds no respondent"):
        consolidate([[0.0], [1.0], [9.0]], [1, 1, 2], [1, 1, 0])


def test_labels_of_the_wrong_length_are_an_error():
    with pytest.raises(ValueError, match="expected one for each of 2"):
        consolidate([[0.0], [1.0]], [1, 1, 2])


def test_within_inertia_by_hand():
    # Centres 1 (weights 1, 1) and 7: (1 + 1) / 4 of weight.
    assert within_inertia([[0.0], [2.0], [7.0]], [1, 1, 2], [1, 1, 2]) == pytest.approx(0.5)
