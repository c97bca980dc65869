"""Respondents gathered in small groups: their points and their tree, without any one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray


def group_points(points: FloatArray, *, size: int) -> IntArray:
    """Gather points that are near one another in groups of at least ``size``.

    Parameters
    ----------
    points : array of respondents x axes
    size : int, at least 1
        With 1, every respondent is a group.

    Returns
    -------
    array of respondents
        Number of the group of each, from 0; all are of one group where they are fewer than
        ``2 * size``.

    Raises
    ------
    ValueError
        If ``size`` is below 1, or ``points`` has other than two dimensions.

    Notes
    -----
    Microaggregation (Domingo-Ferrer & Mateo-Sanz 2002): a published mean is that of ``size``
    respondents at least. A cloud is cut in two at the median of its widest axis, and so are its
    halves, until a half would be too small: groups have ``size`` to ``2 size - 1`` respondents. The
    groups do not depend on the order of the rows, but for those of respondents at one point.

    Examples
    --------
    >>> group_points(np.array([[0.0], [9.0], [1.0], [8.0]]), size=2).tolist()
    [0, 1, 0, 1]
    """
    if size < 1:
        raise ValueError(f"size is {size}: expected 1 or more.")
    if points.ndim != 2:
        raise ValueError(f"points has {points.ndim} dimensions: expected respondents x axes.")
    groups = np.zeros(len(points), dtype=np.int64)
    for number, members in enumerate(_halved(points, np.arange(len(points)), size)):
        groups[members] = number
    return groups


def _halved(points: FloatArray, members: IntArray, size: int) -> Iterator[IntArray]:
    waiting = [members]
    while waiting:
        each = waiting.pop()
        if len(each) < 2 * size:
            yield each
            continue
        cloud = points[each]
        widest = int(np.argmax(np.ptp(cloud, axis=0)))
        others = [axis for axis in range(points.shape[1]) if axis != widest]
        # The last key of lexsort counts first; rows at one place stay in their order.
        order = each[np.lexsort([*(cloud[:, axis] for axis in others[::-1]), cloud[:, widest]])]
        half = len(order) // 2
        waiting += [order[half:], order[:half]]


@dataclass(frozen=True)
class CoarseTree:
    """A tree whose branches hold several respondents each.

    Attributes
    ----------
    merges : DataFrame
        In SciPy's form, ``left``, ``right``, ``height``, ``size``; its leaves are branches.
    branch : array of respondents
        Number of the branch of each.
    """

    merges: pd.DataFrame
    branch: IntArray


def coarse_tree(
    linkage: FloatArray, labels: IntArray, *, size: int, leaf_of: IntArray | None = None
) -> CoarseTree:
    """Keep of a tree the merges of branches of at least ``size`` respondents.

    Parameters
    ----------
    linkage : array of merges x 4
        As SciPy has it: the leaves are respondents, or groups of them.
    labels : array of respondents
        Classes at a cut of the tree: a branch never holds respondents of two of them.
    size : int, at least 1
        With 1, nothing is left out.
    leaf_of : array of respondents, optional
        Leaf of each, where leaves are groups. None: each is a leaf.

    Returns
    -------
    CoarseTree
        A branch that is too small joins its neighbour, and the merge of the two is left out;
        two that make a branch only together are one. A class of fewer than ``size`` respondents is
        a branch all the same.

    Examples
    --------
    >>> tree = np.array([[0, 1, 1.0, 2], [2, 3, 2.0, 2], [4, 5, 9.0, 4]])
    >>> coarse_tree(tree, np.array([1, 1, 2, 2]), size=2).merges.to_numpy().tolist()
    [[0.0, 1.0, 9.0, 4.0]]
    """
    n_leaves = len(linkage) + 1
    leaves = np.arange(n_leaves) if leaf_of is None else leaf_of
    sizes = np.bincount(leaves, minlength=n_leaves).tolist()
    of_leaf = np.zeros(n_leaves, dtype=np.int64)
    of_leaf[leaves] = labels
    classes = of_leaf.tolist()
    held: list[list[int]] = [[leaf] for leaf in range(n_leaves)]  # branches under each node
    members: list[list[int]] = [[leaf] for leaf in range(n_leaves)]  # of each branch
    kept: list[tuple[int, int, float]] = []
    top: list[int] = [*range(n_leaves)]  # what stands for each node in the coarse tree
    for left, right, height in ((int(row[0]), int(row[1]), float(row[2])) for row in linkage):
        same = classes[left] == classes[right] and classes[left] != 0
        large = min(sizes[left], sizes[right]) >= size
        sizes.append(sizes[left] + sizes[right])
        classes.append(classes[left] if same else 0)
        if large or not same:
            top.append(-len(kept) - 1)
            kept.append((top[left], top[right], height))
            held.append([*held[left], *held[right]])
            continue
        larger, smaller = (left, right) if sizes[left] >= sizes[right] else (right, left)
        # Those of the smaller branch join the branches of the larger one, the first.
        first = held[larger][0]
        for branch in held[smaller]:
            members[first] += members[branch]
        top.append(top[larger])
        held.append(held[larger])
    return _numbered(kept, held[-1], members, leaves)


def _numbered(
    kept: list[tuple[int, int, float]],
    branches: list[int],
    members: list[list[int]],
    leaf_of: IntArray,
) -> CoarseTree:
    """Give numbers to the branches, from 0 as they lie side by side, then to the merges."""
    number = {branch: place for place, branch in enumerate(branches)}
    of_leaf = np.zeros(sum(len(members[branch]) for branch in branches), dtype=np.int64)
    for branch in branches:
        of_leaf[members[branch]] = number[branch]
    branch_of = of_leaf[leaf_of]
    sizes = np.bincount(branch_of, minlength=len(branches)).tolist()

    def node(name: int) -> int:
        return number[name] if name >= 0 else len(branches) - name - 1

    rows = []
    for left, right, height in kept:
        sizes.append(sizes[node(left)] + sizes[node(right)])
        rows.append((node(left), node(right), height, sizes[-1]))
    merges = pd.DataFrame(rows, columns=["left", "right", "height", "size"])
    whole = {"left": int, "right": int, "height": float, "size": int}
    return CoarseTree(merges.astype(whole), branch_of)
