"""Two partitions of the same respondents: how alike, and which class answers to which."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linear_sum_assignment

from rfree.base.class_labels import read_classes
from rfree.base.inputs import FloatArray, IntArray, aligned_to
from rfree.base.matching import jaccard_indices, shared_counts


def overlap_table(
    reference: npt.ArrayLike, other: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> pd.DataFrame:
    """Cross two partitions.

    Parameters
    ----------
    reference, other : array of n ints
        Class of each respondent in the one and in the other.
    weights : array of n, or None
        Weights of the respondents.

    Returns
    -------
    DataFrame, reference classes x other classes
        Number of respondents (weighted). Index ``reference``, columns ``other``.

    Examples
    --------
    >>> overlap_table([1, 1, 2, 2], [2, 2, 1, 2])
    other        1    2
    reference
    1          0.0  2.0
    2          1.0  1.0
    """
    other = aligned_to(other, reference, name="other", of="reference")
    weights = aligned_to(weights, reference, name="weights", of="reference")
    rows, row = read_classes(reference, name="reference")
    columns, column = read_classes(other, name="other")
    mass = None if weights is None else np.asarray(weights, float)
    return pd.DataFrame(
        shared_counts(row, column, (len(rows), len(columns)), mass),
        index=pd.Index(rows, name="reference"),
        columns=pd.Index(columns, name="other"),
    )


def jaccard_table(overlap: pd.DataFrame) -> pd.DataFrame:
    """Jaccard index of every class of the one with every class of the other.

    Parameters
    ----------
    overlap : DataFrame, reference classes x other classes
        See `overlap_table`.

    Returns
    -------
    DataFrame, reference classes x other classes
        Size of the intersection over size of the union, 0 to 1.

    Examples
    --------
    >>> jaccard_table(overlap_table([1, 1, 2, 2], [2, 2, 1, 2])).round(3)
    other        1      2
    reference
    1          0.0  0.667
    2          0.5  0.250
    """
    index = jaccard_indices(overlap.to_numpy(dtype=float))
    return pd.DataFrame(index, index=overlap.index, columns=overlap.columns)


def matched_classes(overlap: pd.DataFrame) -> pd.Series[int]:
    """Find the class of the other partition that answers to each class of the reference.

    Parameters
    ----------
    overlap : DataFrame, reference classes x other classes
        See `overlap_table`.

    Returns
    -------
    Series
        Class of the other partition, by class of the reference.

    Notes
    -----
    With at least as many classes in the other partition, the matching is one to one and its sum
    of Jaccard indices is the largest. With fewer, some classes must share: each goes to
    the class that holds most of its members.

    Examples
    --------
    >>> matched_classes(overlap_table([1, 1, 2, 2], [2, 2, 1, 2])).to_dict()
    {1: 2, 2: 1}
    >>> matched_classes(overlap_table([1, 2, 3, 3], [1, 1, 2, 2])).to_dict()
    {1: 1, 2: 1, 3: 2}
    """
    if overlap.shape[1] >= overlap.shape[0]:
        _, columns = linear_sum_assignment(jaccard_table(overlap).to_numpy(), maximize=True)
    else:
        columns = overlap.to_numpy().argmax(axis=1)
    return pd.Series(
        overlap.columns.to_numpy()[columns], index=overlap.index, name="matched", dtype="int64"
    )


def matched_cells(table: pd.DataFrame, match: pd.Series[int]) -> FloatArray:
    """Read the cells where each class of the reference meets its match.

    Parameters
    ----------
    table : DataFrame, reference classes x other classes
        From `overlap_table` or `jaccard_table`.
    match : Series
        From `matched_classes`.

    Returns
    -------
    array of reference classes

    Examples
    --------
    >>> overlap = overlap_table([1, 1, 2, 2], [2, 2, 1, 2])
    >>> matched_cells(jaccard_table(overlap), matched_classes(overlap)).round(3)
    array([0.667, 0.5  ])
    """
    columns = table.columns.get_indexer(pd.Index(match))
    return table.to_numpy(dtype=float)[np.arange(len(table)), columns]


def adjusted_rand(overlap: pd.DataFrame) -> float:
    """Rand index of two partitions, corrected for chance.

    Parameters
    ----------
    overlap : DataFrame, reference classes x other classes
        See `overlap_table`. Weighted counts are read as numbers of respondents.

    Returns
    -------
    float
        1 for the same partition, 0 on average for unrelated ones; 1 when both are one class.

    Notes
    -----
    Hubert & Arabie (1985), *Journal of Classification* 2, 193-218: with S(x) = sum x (x - 1) / 2
    over the cells, the rows and the columns, and E = S(rows) S(columns) / S(n),
    (S(cells) - E) / ((S(rows) + S(columns)) / 2 - E).

    Examples
    --------
    >>> round(adjusted_rand(overlap_table([1, 1, 2, 2], [1, 1, 2, 1])), 6)
    0.0
    """
    counts = overlap.to_numpy(dtype=float)
    cells, rows, columns, total = (
        _pairs(each) for each in (counts, counts.sum(axis=1), counts.sum(axis=0), counts.sum())
    )
    expected = rows * columns / total if total > 0 else 0.0
    largest = (rows + columns) / 2
    return (
        1.0 if np.isclose(largest, expected) else float((cells - expected) / (largest - expected))
    )


def partition_cramers_v(overlap: pd.DataFrame) -> float:
    """Cramér's V of two partitions.

    Parameters
    ----------
    overlap : DataFrame, reference classes x other classes
        See `overlap_table`; no empty class.

    Returns
    -------
    float
        sqrt(chi2 / (n (min(rows, columns) - 1))), 0 to 1; NaN when a partition is one class.

    Examples
    --------
    >>> partition_cramers_v(overlap_table([1, 1, 2, 2], [5, 5, 7, 7]))
    1.0
    """
    counts = overlap.to_numpy(dtype=float)
    smallest = min(counts.shape) - 1
    if smallest == 0:
        return float("nan")
    total = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    return float(np.sqrt((np.square(counts - expected) / expected).sum() / (total * smallest)))


def relabelled(labels: IntArray, order: FloatArray | IntArray) -> IntArray:
    """Renumber classes 1..k by a key of theirs, ascending.

    Parameters
    ----------
    labels : array of n ints
        Classes 0..k-1.
    order : array of k
        The key of each class; ties keep their order.

    Returns
    -------
    array of n ints
        Classes 1..k.

    Examples
    --------
    >>> relabelled(np.array([0, 1, 2]), np.array([0.5, 0.1, 0.3]))
    array([3, 1, 2])
    """
    rank = np.empty(len(order), dtype=np.int64)
    rank[np.argsort(order, kind="stable")] = np.arange(1, len(order) + 1)
    return rank[labels]


def _pairs(counts: FloatArray) -> float:
    return float((counts * (counts - 1) / 2).sum())
