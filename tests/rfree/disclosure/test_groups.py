"""Respondents are gathered so that no point and no branch is that of a few."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import cophenet, fcluster, linkage
from scipy.spatial.distance import squareform

from rfree.disclosure.groups import CoarseTree, coarse_tree, group_points

SMALLEST = 5


def test_groups_of_points_have_several_and_follow_no_order_of_rows() -> None:
    points = np.random.default_rng(2).normal(size=(83, 3))
    groups = group_points(points, size=SMALLEST)
    sizes = np.bincount(groups)
    assert sizes.min() >= SMALLEST
    assert sizes.max() < 2 * SMALLEST
    order = np.random.default_rng(3).permutation(83)
    again = group_points(points[order], size=SMALLEST)
    assert {frozenset(order[again == each]) for each in range(again.max() + 1)} == {
        frozenset(np.flatnonzero(groups == each)) for each in range(groups.max() + 1)
    }


def test_a_cloud_is_halved_along_its_widest_axis_until_halves_are_too_small() -> None:
    # Seven in a row: 3 and 4, then the 4 in 2 and 2; the lowest have the lowest number.
    line = np.array([[6.0], [0.0], [4.0], [2.0], [5.0], [1.0], [3.0]])
    assert group_points(line, size=2).tolist() == [2, 0, 1, 0, 2, 0, 1]
    assert group_points(line, size=3).tolist() == [1, 0, 1, 0, 1, 0, 1]
    assert group_points(line, size=4).tolist() == [0] * 7
    # The second axis is the wider one, whatever the order along the first.
    wide = np.array([[0.0, 9.0], [1.0, 0.0], [2.0, 8.0], [3.0, 1.0]])
    assert group_points(wide, size=2).tolist() == [1, 0, 1, 0]


def test_at_one_place_on_the_widest_axis_the_other_axes_tell_in_their_order() -> None:
    points = np.array([[1.0, 0.0, 5.0], [0.0, 1.0, 5.0], [0.0, 0.0, 5.0], [1.0, 1.0, 5.0]])
    points = np.vstack([points, [[0.5, 0.5, 9.0], [0.5, 0.5, 0.0]]])
    # Along the third axis: the one at 0, four at 5, the one at 9. Of the four, (0, 0) and (0, 1).
    assert group_points(points, size=3).tolist() == [1, 0, 0, 1, 1, 0]


def test_of_one_each_every_respondent_is_a_group_in_the_order_of_the_line() -> None:
    assert group_points(np.array([[3.0], [1.0], [2.0]]), size=1).tolist() == [2, 0, 1]
    assert group_points(np.zeros((1, 2)), size=1).tolist() == [0]


def test_a_coarse_tree_has_branches_of_several_and_the_heights_of_the_tree() -> None:
    points = np.random.default_rng(4).normal(size=(60, 2))
    tree = linkage(points, "ward")
    cut = fcluster(tree, 3, "maxclust")
    made = coarse_tree(tree, cut, size=SMALLEST)
    sizes = np.bincount(made.branch)
    assert len(made.merges) == len(sizes) - 1
    assert sizes.min() >= SMALLEST
    assert made.merges["size"].iloc[-1] == 60
    assert set(made.merges["height"]) <= set(tree[:, 2])
    whole = coarse_tree(tree, cut, size=1)
    np.testing.assert_allclose(whole.merges["height"], tree[:, 2])


def test_a_branch_of_one_joins_its_neighbour_and_the_merge_is_left_out() -> None:
    # Six respondents: 0 with 1, 3 with 4, then 2 and 5 join them; two classes at the last merge.
    tree = np.array([[0, 1, 1.0, 2], [3, 4, 2.0, 2], [2, 6, 3.0, 3], [5, 7, 4.0, 3],
                     [8, 9, 5.0, 6]])  # fmt: skip
    made = coarse_tree(tree, np.array([1, 1, 1, 2, 2, 2]), size=2)
    assert made.branch.tolist() == [0, 0, 0, 1, 1, 1]
    assert list(made.merges.columns) == ["left", "right", "height", "size"]
    assert made.merges.to_numpy().tolist() == [[0, 1, 5, 6]]
    assert made.merges.dtypes.astype(str).tolist() == ["int64", "int64", "float64", "int64"]


def test_branches_are_numbered_side_by_side_and_merges_after_them() -> None:
    # Pairs (0, 3), (1, 4), (2, 5) of one class; the last two pairs meet first.
    tree = np.array([[0, 3, 1.0, 2], [1, 4, 2.0, 2], [2, 5, 3.0, 2], [7, 8, 4.0, 4],
                     [6, 9, 5.0, 6]])  # fmt: skip
    made = coarse_tree(tree, np.ones(6, dtype=int), size=2)
    assert made.branch.tolist() == [0, 1, 2, 0, 1, 2]
    assert made.merges.to_numpy().tolist() == [[1, 2, 4, 4], [0, 3, 5, 6]]
    # With pairs too small, all are of the branch of the first.
    whole = coarse_tree(tree, np.ones(6, dtype=int), size=4)
    assert whole.branch.tolist() == [0] * 6
    assert whole.merges.empty


def test_a_class_of_one_is_a_branch_all_the_same() -> None:
    tree = np.array([[0, 1, 1.0, 2], [2, 3, 2.0, 3]])
    made = coarse_tree(tree, np.array([1, 1, 2]), size=2)
    assert made.branch.tolist() == [1, 1, 0]
    assert made.merges.to_numpy().tolist() == [[0, 1, 2, 3]]


def between_branches(made: CoarseTree) -> np.ndarray:
    """The height at which each two branches meet, by SciPy, which counts the leaves."""
    merges = made.merges.to_numpy(dtype=float)
    leaves = [1.0] * (len(merges) + 1)
    for left, right in merges[:, :2].astype(int):
        leaves.append(leaves[left] + leaves[right])
    merges[:, 3] = leaves[len(merges) + 1 :]
    return squareform(cophenet(merges))


@pytest.mark.parametrize("size", [1, 2, 3, 6])
@pytest.mark.parametrize("seed", range(3))
def test_branches_meet_where_the_first_of_their_respondents_do(seed: int, size: int) -> None:
    points = np.random.default_rng(seed).normal(size=(40, 2))
    tree = linkage(points, "ward")
    classes = fcluster(tree, 4, "maxclust")
    made = coarse_tree(tree, classes, size=size)
    of_class = np.bincount(classes)
    for branch in range(made.branch.max() + 1):
        [own] = set(classes[made.branch == branch])
        assert (made.branch == branch).sum() >= min(size, of_class[own])
    heights, met = squareform(cophenet(tree)), between_branches(made)
    for one, other in zip(*np.triu_indices(len(met), 1), strict=True):
        pairs = heights[np.ix_(made.branch == one, made.branch == other)]
        assert met[one, other] == pairs.min()
    assert made.merges["size"].iloc[-1] == 40
    if size == 1:
        assert len(made.merges) == 39


@pytest.mark.parametrize("seed", range(3))
def test_leaves_that_are_groups_count_their_respondents(seed: int) -> None:
    random = np.random.default_rng(seed)
    leaf_of = np.r_[np.arange(20), random.integers(0, 20, 30)]
    tree = linkage(random.normal(size=(20, 2)), "ward")
    of_leaf = fcluster(tree, 3, "maxclust")
    made = coarse_tree(tree, of_leaf[leaf_of], size=SMALLEST, leaf_of=leaf_of)
    for leaf in range(20):
        assert len(set(made.branch[leaf_of == leaf])) == 1
    sizes = np.bincount(made.branch)
    assert sizes.sum() == made.merges["size"].iloc[-1] == 50
    classes = np.bincount(of_leaf[leaf_of])
    for branch, own in enumerate(sizes):
        [kind] = set(of_leaf[leaf_of][made.branch == branch])
        assert own >= min(SMALLEST, classes[kind])


def test_sizes_below_one_and_points_without_axes_are_refused() -> None:
    with pytest.raises(ValueError, match="size is 0"):
        group_points(np.zeros((3, 1)), size=0)
    with pytest.raises(ValueError, match="points has 1 dimensions"):
        group_points(np.zeros(3), size=2)
