"""Hierarchical clustering on principal components: Ward's tree, its cut, its consolidation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial.distance import cdist
from sklearn.base import BaseEstimator

from rfree.base.inputs import (
    FloatArray,
    IntArray,
    check_weights,
    check_whole_number,
    in_one_order,
)
from rfree.base.tables import table_of
from rfree.base.weighting import scaled_weights
from rfree.classes.consolidation import consolidate_groups
from rfree.classes.suggested_number import (
    CRITERIA,
    DEFAULT_CRITERION,
    Criterion,
    cut_criterion,
    suggested_number,
)
from rfree.classes.transfers import class_centres
from rfree.classes.tree import EXACT_UP_TO, WardTree, grow_tree
from rfree.classes.ward import distinct_points

N_LISTED = 5
# Points of which distances to the centres are held at once.
_POINTS_AT_ONCE = 2**18
# Inertia below this share of the squared coordinates is rounding.
_NO_INERTIA = 1e-20
LARGEST_COORDINATE = 1e100
"""Squares of larger ones, summed, would soon be infinite."""


class HCPC(BaseEstimator):  # type: ignore[misc]
    """Classify respondents by their coordinates on the axes: Ward's tree, then k-means.

    Parameters
    ----------
    n_classes : int, at least 2, or None
        Number of classes. None takes the suggested one.
    min_classes, max_classes : int
        Range in which a number of classes is suggested; ``2 <= min_classes <= max_classes``.
        Few respondents narrow it.
    consolidate : bool
        Whether k-means improves the partition that the tree gives.
    criterion : {"within_ratio", "gain_ratio", "krzanowski_lai"}
        What suggests the number of classes (`rfree.classes.suggested_number.cut_criterion`):
        "within_ratio" as FactoMineR to 2.12, "gain_ratio" as 2.14, "krzanowski_lai" as from 2.15
        on.
    exact_up_to : int, at least 2
        Different positions up to which the tree is exact. Above, it is that of 2,000 weighted
        micro-clusters, and consolidation, over all respondents still, stops at the first partition
        that no single transfer improves: time and memory grow with the number of
        respondents, not with its square (`rfree.classes.tree.grow_tree`).

    Attributes
    ----------
    labels_ : array of n ints
        Classes 1..k, numbered by their centre on the first axis, in ascending order.
    tree_labels_ : array of n ints
        Classes before consolidation, numbered likewise.
    n_classes_, suggested_n_classes_ : int
        Number of classes made, and suggested.
    linkage_ : array, (n - 1) x 4
        The tree in SciPy's form; its heights are inertia gains. Its leaves are the respondents, or
        the micro-clusters.
    leaf_of_ : array of n ints
        The leaf of each respondent in the tree.
    n_micro_clusters_ : int or None
        Micro-clusters that the tree is made of; None where it is exact.
    inertia_gains_ : array of n - 1
        Between-class inertia gained by each further class, descending. Weights sum to one: the
        gains add up to the inertia of the axes kept. (With micro-clusters, one gain for each but
        the first, and last the inertia within them.)
    criterion_ : DataFrame
        By number of classes from 2: ``classes``, ``gain``, ``within_inertia`` W(q),
        ``within_share`` W(q) / W(1), ``within_ratio``, ``gain_ratio`` and ``krzanowski_lai``,
        ``suggested`` (by the criterion asked for).
    within_inertia_ : float
        Within-class inertia of ``labels_``, weights summing to one.
    between_ratio_tree_, between_ratio_ : float
        Between-class share of the inertia (0-1), before and after consolidation.
    moves_ : DataFrame, tree class x final class
        Respondents (weighted) who were in the one and are in the other.
    centers_ : DataFrame, class x axis
        Weighted means of the classes.
    paragons_, specifics_ : DataFrame
        ``class``, ``rank``, ``respondent``, ``distance``. Paragons: the five of each class nearest
        to its centre. Specific respondents: the five farthest from the nearest
        other centre. Respondents of weight zero are not listed.

    Notes
    -----
    Husson, Josse & Pagès (2010), *Principal component methods - hierarchical clustering -
    partitional clustering*. By default, the suggested number q of classes minimises
    W(q) / W(q - 1), where W is the within-class inertia of the tree's cut. When all positions
    differ, a class for every respondent is no suggestion. When respondents share positions, no
    more classes than positions are suggested, whatever their inertia.

    Examples
    --------
    >>> import pandas as pd
    >>> coordinates = pd.DataFrame({"Axis 1": [0.1, 5.0, 0.0, 5.2, 9.0, 9.1]}, index=list("abcdef"))
    >>> hcpc = HCPC(n_classes=3).fit(coordinates)
    >>> hcpc.labels_
    array([1, 2, 1, 2, 3, 3])
    >>> hcpc.centers_
           Axis 1
    class
    1        0.05
    2        5.10
    3        9.05
    """

    labels_: IntArray
    tree_labels_: IntArray
    n_classes_: int
    suggested_n_classes_: int
    linkage_: FloatArray
    leaf_of_: IntArray
    n_micro_clusters_: int | None
    inertia_gains_: FloatArray
    criterion_: pd.DataFrame
    within_inertia_: float
    between_ratio_tree_: float
    between_ratio_: float
    moves_: pd.DataFrame
    centers_: pd.DataFrame
    paragons_: pd.DataFrame
    specifics_: pd.DataFrame

    def __init__(
        self,
        n_classes: int | None = None,
        *,
        min_classes: int = 3,
        max_classes: int = 10,
        consolidate: bool = True,
        criterion: Criterion = DEFAULT_CRITERION,
        exact_up_to: int = EXACT_UP_TO,
    ) -> None:
        self.n_classes = n_classes
        self.min_classes = min_classes
        self.max_classes = max_classes
        self.consolidate = consolidate
        self.criterion = criterion
        self.exact_up_to = exact_up_to

    def fit(
        self,
        coordinates: pd.DataFrame | npt.ArrayLike,
        sample_weight: Sequence[float] | FloatArray | None = None,
        *,
        frequencies: bool = False,
    ) -> HCPC:
        """Make the tree, choose the number of classes, cut, consolidate.

        Parameters
        ----------
        coordinates : DataFrame or array, respondents x axes
            Coordinates on the axes kept, such as ``MCA.row_coordinates_``.
        sample_weight : array of respondents, or None
            Weights. A respondent of weight zero counts for nothing and joins the nearest class.
        frequencies : bool
            Whether weights are numbers of respondents. Classes depend on the proportions of the
            weights only: this changes the counts of ``moves_``, and whether a class for every
            position can be suggested.

        Returns
        -------
        HCPC
            The estimator itself, fitted.

        Raises
        ------
        ValueError
            If a setting is out of range, coordinates are missing or infinite, fewer than 2
            respondents differ, or there are fewer different respondents than classes.
        """
        self._check_settings()
        table = _as_table(coordinates)
        points = table.to_numpy(dtype=float)
        weights = check_weights(sample_weight, coordinates, of="coordinates")
        positions = distinct_points(points, weights)
        _check_they_differ(positions[0])
        n_distinct = len(positions[0])
        if self.n_classes is not None and self.n_classes > n_distinct:
            raise ValueError(
                f"{self.n_classes} classes were asked for, but the {len(points)} respondents hold "
                f"only {n_distinct} different positions: ask for {n_distinct} classes or fewer."
            )
        tree = self._grow(positions)
        counts = scaled_weights(weights, frequencies=frequencies).weights
        largest = n_distinct if counts.sum() > n_distinct else max(2, n_distinct - 1)
        self.criterion_, self.suggested_n_classes_ = _criterion(
            self.criterion,
            self.inertia_gains_,
            n_axes=points.shape[1],
            n_rows=min(n_distinct, max(self.max_classes, self.n_classes or 2)),
            candidates=(min(self.min_classes, largest), min(self.max_classes, largest)),
        )
        self.n_classes_ = self.n_classes or self.suggested_n_classes_
        tree_labels = tree.cut(self.n_classes_)
        self.tree_labels_ = number_along_first_axis(points, tree_labels, weights)
        self.labels_ = self.tree_labels_
        if self.consolidate:
            thorough = self.n_micro_clusters_ is None
            labels = consolidate_groups(
                points, self.tree_labels_, weights, positions, thorough=thorough
            )
            self.labels_ = number_along_first_axis(points, labels, weights)
        self._describe(table, points, counts)
        return self

    def _grow(self, positions: tuple[FloatArray, IntArray, FloatArray]) -> WardTree:
        exact_up_to = max(self.exact_up_to, self.max_classes, self.n_classes or 2)
        tree = grow_tree(*positions, exact_up_to=exact_up_to)
        self.linkage_, self.leaf_of_ = tree.linkage, tree.leaf_of
        self.n_micro_clusters_ = tree.n_micro_clusters
        self.inertia_gains_ = tree.gains
        return tree

    def _check_settings(self) -> None:
        for name in ("n_classes", "min_classes", "max_classes", "exact_up_to"):
            if name != "n_classes" or self.n_classes is not None:
                check_whole_number(getattr(self, name), name=name)
        if not isinstance(self.consolidate, bool | np.bool_):
            raise TypeError(f"consolidate must be true or false, not {self.consolidate!r}.")
        if self.exact_up_to < 2:
            raise ValueError(f"exact_up_to is {self.exact_up_to}; expected at least 2.")
        if self.n_classes is not None and self.n_classes < 2:
            raise ValueError(f"n_classes is {self.n_classes}; expected at least 2, or None.")
        if not 2 <= self.min_classes <= self.max_classes:
            raise ValueError(
                f"min_classes is {self.min_classes} and max_classes {self.max_classes}; "
                "expected 2 <= min_classes <= max_classes."
            )
        if self.criterion not in CRITERIA:
            raise ValueError(
                f"criterion is {self.criterion!r}; expected one of {', '.join(CRITERIA)}."
            )

    def _describe(self, table: pd.DataFrame, points: FloatArray, weights: FloatArray) -> None:
        n_classes, classes = self.n_classes_, self.labels_ - 1
        numbers = pd.RangeIndex(1, n_classes + 1, name="class")
        cells = (self.tree_labels_ - 1) * n_classes + classes
        moves = np.bincount(cells, weights, n_classes**2).reshape(n_classes, n_classes)
        self.moves_ = pd.DataFrame(moves, index=numbers.rename("tree_class"), columns=numbers)
        centres, _ = class_centres(points, classes, weights, n_classes)
        self.centers_ = pd.DataFrame(centres, index=numbers, columns=table.columns)
        own, other = _distances(points, classes, centres)
        total = float(self.inertia_gains_.sum())
        tree_within = float(self.inertia_gains_[n_classes - 1 :].sum())
        self.within_inertia_ = float(weights @ np.square(own) / weights.sum())
        self.between_ratio_tree_ = 1 - tree_within / total
        self.between_ratio_ = 1 - self.within_inertia_ / total
        counted = np.flatnonzero(weights > 0)
        self.paragons_ = _first_of_each_class(self.labels_, own, own, counted, table.index)
        self.specifics_ = _first_of_each_class(self.labels_, -other, other, counted, table.index)


def number_along_first_axis(points: FloatArray, labels: IntArray, weights: FloatArray) -> IntArray:
    """Renumber classes by their centre on the first axis, then on the next ones.

    Parameters
    ----------
    points : array, n x axes
        Coordinates.
    labels : array of n ints
        Classes 1..k, in any order.
    weights : array of n
        Not negative.

    Returns
    -------
    array of n ints
        Classes 1..k.

    Examples
    --------
    >>> number_along_first_axis(np.array([[3.0], [1.0], [2.0]]), np.array([1, 3, 2]), np.ones(3))
    array([3, 1, 2])
    """
    points, labels, weights = in_one_order(points=points, labels=labels, weights=weights)
    n_classes = int(labels.max())
    centres, _ = class_centres(points, labels - 1, weights, n_classes)
    rank = np.empty(n_classes, dtype=np.int64)
    rank[np.lexsort(centres.T[::-1])] = np.arange(1, n_classes + 1)
    return rank[labels - 1]


def _as_table(coordinates: pd.DataFrame | npt.ArrayLike) -> pd.DataFrame:
    if isinstance(coordinates, pd.DataFrame):
        table = coordinates
    else:
        values = np.asarray(coordinates)
        if values.ndim != 2:
            raise ValueError(f"coordinates has shape {values.shape}; expected respondents x axes.")
        axes = [f"Axis {number + 1}" for number in range(values.shape[1])]
        table = pd.DataFrame(values, columns=axes)
    if table.shape[1] == 0 or len(table) < 2:
        raise ValueError(
            f"coordinates has {len(table)} rows and {table.shape[1]} columns; "
            "classes need at least 2 respondents and 1 axis."
        )
    text = [str(column) for column, kind in table.dtypes.items() if kind.kind not in "iuf"]
    if text:
        raise TypeError(f"coordinates must be numbers; these columns are not: {', '.join(text)}.")
    wrong = (~np.isfinite(table.to_numpy(dtype=float))).sum(axis=0)
    if wrong.any():
        listed = ", ".join(
            f"column {column!r} ({count})"
            for column, count in zip(table.columns, wrong, strict=True)
            if count
        )
        raise ValueError(f"coordinates has missing or infinite values: {listed}.")
    largest = float(np.abs(table.to_numpy(dtype=float)).max(initial=0))
    if largest > LARGEST_COORDINATE:
        raise ValueError(
            f"coordinates reach {largest:g}; expected at most {LARGEST_COORDINATE:g}, for they are "
            "squared. Divide them all by the same number: the classes do not change."
        )
    return table


def _check_they_differ(distinct: FloatArray) -> None:
    if len(distinct) < 2 or float(np.ptp(distinct, axis=0).max()) ** 2 <= _NO_INERTIA * float(
        np.square(distinct).max()
    ):
        raise ValueError(
            "All respondents who have a weight have the same coordinates: there is nothing to "
            "classify."
        )


def _criterion(
    name: Criterion,
    gains: FloatArray,
    *,
    n_axes: int,
    n_rows: int,
    candidates: tuple[int, int],
) -> tuple[pd.DataFrame, int]:
    """Table of the criteria for q = 2..n_rows, and the candidate q that the one named suggests."""
    # Added from the lowest, so that small inertias keep their digits.
    within = np.append(np.cumsum(gains[::-1])[::-1], 0.0)
    classes = np.arange(2, n_rows + 1)
    values: dict[str, FloatArray] = {
        each: cut_criterion(each, gains, n_axes=n_axes)[classes - 2] for each in CRITERIA
    }
    fewest, most = candidates
    suggested = suggested_number(name, values[name], classes, fewest=fewest, most=most) or most
    table = table_of(
        {
            "classes": classes,
            "gain": gains[classes - 2],
            "within_inertia": within[classes - 1],
            "within_share": within[classes - 1] / within[0],
            **values,
            "suggested": classes == suggested,
        }
    )
    return table, suggested


def _distances(
    points: FloatArray, classes: IntArray, centres: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Distance of each point to the centre of its class, and to the nearest other centre."""
    own, other = np.empty(len(points)), np.empty(len(points))
    for start in range(0, len(points), _POINTS_AT_ONCE):
        rows = slice(start, start + _POINTS_AT_ONCE)
        distances = cdist(points[rows], centres)
        here = np.arange(len(distances))
        own[rows] = distances[here, classes[rows]]
        distances[here, classes[rows]] = np.inf
        other[rows] = distances.min(axis=1)
    return own, other


def _first_of_each_class(
    labels: IntArray, key: FloatArray, distances: FloatArray, rows: IntArray, index: pd.Index
) -> pd.DataFrame:
    """List the ``N_LISTED`` rows of each class that have the lowest key."""
    rows = _lowest_of_each_class(labels, key, rows)
    order = rows[np.lexsort((key[rows], labels[rows]))]
    ordered = labels[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered) + 1
    listed = order[rank <= N_LISTED]
    return table_of(
        {
            "class": labels[listed],
            "rank": rank[rank <= N_LISTED],
            "respondent": index[listed],
            "distance": distances[listed],
        }
    )


def _lowest_of_each_class(labels: IntArray, key: FloatArray, rows: IntArray) -> IntArray:
    """Keep the rows of each class whose key is among its ``N_LISTED`` lowest, ties included."""
    kept = []
    for number in np.unique(labels[rows]):
        own = rows[labels[rows] == number]
        if len(own) > N_LISTED:
            last = np.partition(key[own], N_LISTED - 1)[N_LISTED - 1]
            own = own[key[own] <= last]
        kept.append(own)
    return np.sort(np.concatenate(kept))
