"""How many classes: criteria of the tree, silhouette, Calinski-Harabasz, gap and stability by k."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed

from rfree.base.inputs import FloatArray, IntArray, check_weights
from rfree.base.limits import LimitError
from rfree.base.replicates import child_seed
from rfree.base.weighting import repeated_rows, scaled_weights
from rfree.classes.consolidation import consolidate, within_inertia
from rfree.classes.partition_agreement import (
    adjusted_rand,
    jaccard_table,
    matched_cells,
    matched_classes,
    overlap_table,
)
from rfree.classes.suggested_number import CRITERIA, Criterion, cut_criterion, suggested_number
from rfree.classes.tree import grow_tree
from rfree.classes.ward import distinct_points

# What the least stable class must reach.
STABLE_JACCARD = 0.75
# Row of the summary, column of the table, fewest classes considered, rule in words.
_OF_TREE: tuple[tuple[str, Criterion, int, str], ...] = (
    ("within_ratio", "within_ratio", 3, "lowest, from 3"),
    ("within_ratio_from_2", "within_ratio", 2, "lowest, from 2"),
    ("gain_ratio", "gain_ratio", 4, "highest, from 4"),
    ("krzanowski_lai", "krzanowski_lai", 3, "highest, from 3"),
)


@dataclass(frozen=True)
class ClassesCriteria:
    """What each criterion says of the number of classes.

    Attributes
    ----------
    table : DataFrame
        A row for each number of classes from 1: ``classes``; ``within_share``, within-class
        share of the inertia after consolidation; ``within_ratio``, ``gain_ratio`` and
        ``krzanowski_lai`` of the tree's cuts (`rfree.classes.suggested_number`); ``silhouette``,
        mean silhouette width; ``calinski_harabasz``; ``gap`` and ``gap_se``, the gap statistic
        and its standard error s_k; ``stability``, mean Jaccard index of the classes over the
        bootstrap; ``least_stability``, that of the least stable class; ``stability_rand``, mean
        adjusted Rand index. NaN where a criterion is not defined (one class).
    summary : DataFrame
        ``criterion``; ``classes``, the number suggested (<NA> for none); ``value`` there;
        ``weighted``, whether the criterion uses the weights; ``rule``, in words.
    """

    table: pd.DataFrame
    summary: pd.DataFrame


@dataclass(frozen=True)
class _Cuts:
    """Partitions into 2, 3, ... classes, and the gains of the tree they come from."""

    labels: list[IntArray]
    gains: FloatArray


def classes_criteria(
    coordinates: pd.DataFrame | npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    max_classes: int = 10,
    references: int = 20,
    replicates: int = 20,
    seed: int | np.random.SeedSequence,
    n_jobs: int = 1,
) -> ClassesCriteria:
    """Compare numbers of classes by several criteria.

    Parameters
    ----------
    coordinates : DataFrame or array, respondents x axes
        Coordinates on the axes kept, such as ``MCA.row_coordinates_``.
    sample_weight : array of respondents, or None
        Not negative. A respondent of weight zero counts for nothing.
    frequencies : bool
        Whether weights are whole numbers of respondents: a row of weight 2 is then the row twice.
    max_classes : int, at least 3
        Largest number of classes; fewer when there are not as many different respondents.
    references : int, at least 2
        Uniform samples of the gap statistic.
    replicates : int, at least 2
        Bootstrap samples of the stability.
    seed : int or SeedSequence
        One child generator a sample: the same numbers on any number of cores.
    n_jobs : int
        Cores, through joblib.

    Returns
    -------
    ClassesCriteria
        ``table`` and ``summary``.

    Raises
    ------
    ValueError
        If fewer than 4 respondents differ or a setting is out of range.

    Notes
    -----
    Classes are those of Ward's tree, cut and consolidated.

    - ``within_ratio`` (Husson, Josse & Pagès 2010), lowest from 3 classes on, as in FactoMineR to
      2.12; ``within_ratio_from_2`` counts 2 classes as well. ``gain_ratio``, highest from 4 on, as
      in 2.14, and ``krzanowski_lai``, highest from 3 on, as from 2.15 on.
    - Silhouette (Rousseeuw 1987), highest. Weights enter its mean, not the distances to classes.
    - (B / (k - 1)) / (W / (n - k)) (Calinski & Harabasz 1974), highest.
    - Gap (Tibshirani, Walther & Hastie 2001): mean over uniform samples in the box of the principal
      axes of log W_k, less the data's; the fewest classes k with gap(k) >= gap(k + 1) - s_(k + 1),
      one class included. The uniform samples carry the sample's weights.
    - Stability: bootstrap of the clustering on these axes, not of the axes themselves; classes of
      the respondents drawn are matched by Jaccard indices. The most classes of which the
      least stable reaches .75: a rule of this module.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> centres = np.repeat([[0, 0], [9, 0], [0, 9]], 20, axis=0)
    >>> result = classes_criteria(centres + rng.normal(size=(60, 2)), max_classes=5, seed=1)
    >>> result.summary["classes"].tolist()
    [3, 3, 5, 3, 3, 3, 3, 3]
    """
    points = np.asarray(coordinates, dtype=float)
    weights = check_weights(sample_weight, coordinates, of="coordinates")
    if frequencies:
        rows = repeated_rows(weights)
        points, weights = points[rows], np.ones(len(rows))
    weights = scaled_weights(weights).weights
    points, weights = points[weights > 0], weights[weights > 0]
    largest = min(max_classes, len(distinct_points(points, weights)[0]) - 1)
    if max_classes < 3 or references < 2 or replicates < 2:
        raise ValueError(
            "expected max_classes of 3 or more and 2 or more references and replicates; got "
            f"{max_classes}, {references} and {replicates}."
        )
    if largest < 3:
        raise LimitError(
            "too_few_different",
            "criteria compare numbers of classes from 2 to 3 on, for which they need at least 4 "
            f"different respondents; there are {largest + 1}.",
            expected=4,
            found=largest + 1,
        )
    children = child_seed(seed).spawn(references + replicates)
    cuts = _cuts(points, weights, largest, thorough=True)
    parallel = Parallel(n_jobs=n_jobs)
    uniform = parallel(
        delayed(_reference_log_within)(points, weights, largest, child)
        for child in children[:references]
    )
    stability = parallel(
        delayed(_bootstrap_agreement)(points, weights, cuts.labels, child)
        for child in children[references:]
    )
    table = _criteria(points, weights, cuts)
    spread = np.std(uniform, axis=0)
    table["gap"] = np.mean(uniform, axis=0) - _log_within(points, weights, cuts)
    table["gap_se"] = spread * np.sqrt(1 + 1 / references)
    table[["stability", "least_stability", "stability_rand"]] = _mean_stability(stability)
    return ClassesCriteria(table, _summary(table))


def _cuts(points: FloatArray, weights: FloatArray, largest: int, *, thorough: bool) -> _Cuts:
    tree = grow_tree(*distinct_points(points, weights))
    thorough = thorough and tree.n_micro_clusters is None
    labels = [
        consolidate(points, tree.cut(number), weights, thorough=thorough)
        for number in range(2, largest + 1)
    ]
    return _Cuts(labels, tree.gains)


def _log_within(points: FloatArray, weights: FloatArray, cuts: _Cuts) -> FloatArray:
    """Logarithm of the within-class inertia, from 1 class on."""
    within = [within_inertia(points, labels, weights) for labels in cuts.labels]
    return np.asarray(np.log([cuts.gains.sum(), *within]))


def _reference_log_within(
    points: FloatArray, weights: FloatArray, largest: int, child: np.random.SeedSequence
) -> FloatArray:
    """Within-class inertia of a uniform sample of the box along the principal axes."""
    centred = points - np.average(points, axis=0, weights=weights)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned = centred @ axes.T
    rng = np.random.default_rng(child)
    uniform = rng.uniform(turned.min(axis=0), turned.max(axis=0), size=turned.shape)
    return _log_within(uniform, weights, _cuts(uniform, weights, largest, thorough=False))


def _bootstrap_agreement(
    points: FloatArray,
    weights: FloatArray,
    labels: list[IntArray],
    child: np.random.SeedSequence,
) -> list[tuple[FloatArray, float]]:
    """Jaccard index of each class, and adjusted Rand, for each number of classes.

    A class of which nobody was drawn counts for 0.
    """
    n_points = len(points)
    drawn = np.random.default_rng(child).multinomial(n_points, np.full(n_points, 1 / n_points))
    rows = np.flatnonzero(drawn)
    points, mass = points[rows], (weights * drawn)[rows]
    positions = distinct_points(points, mass)
    tree, n_distinct = grow_tree(*positions), len(positions[0])
    result = []
    for reference in labels:
        names = np.unique(reference)
        start = tree.cut(min(len(names), n_distinct))
        again = consolidate(points, start, mass, thorough=False)
        overlap = overlap_table(reference[rows], again, weights[rows])
        indices = matched_cells(jaccard_table(overlap), matched_classes(overlap))
        jaccard = np.zeros(len(names))
        jaccard[np.searchsorted(names, overlap.index.to_numpy())] = indices
        result.append((jaccard, adjusted_rand(overlap_table(reference[rows], again))))
    return result


def _mean_stability(replicates: list[list[tuple[FloatArray, float]]]) -> FloatArray:
    """Mean, least and Rand agreement for each number of classes from 1 (undefined there)."""
    rows = [[np.nan] * 3]
    for number in range(len(replicates[0])):
        by_class = np.mean([replicate[number][0] for replicate in replicates], axis=0)
        rand = float(np.mean([replicate[number][1] for replicate in replicates]))
        rows.append([float(by_class.mean()), float(by_class.min()), rand])
    return np.array(rows)


def _criteria(points: FloatArray, weights: FloatArray, cuts: _Cuts) -> pd.DataFrame:
    from sklearn.metrics import silhouette_samples  # noqa: PLC0415 - slow to import

    classes = np.arange(1, len(cuts.labels) + 2)
    of_tree: dict[str, FloatArray] = {
        name: np.concatenate(
            [[np.nan], cut_criterion(name, cuts.gains, n_axes=points.shape[1])[: len(classes) - 1]]
        )
        for name in CRITERIA
    }
    within = np.exp(_log_within(points, weights, cuts)) / cuts.gains.sum()
    size = float(weights.sum())
    silhouette = [np.nan] + [
        float(np.average(silhouette_samples(points, labels), weights=weights))
        for labels in cuts.labels
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        calinski = (1 - within) / (classes - 1) / (within / (size - classes))
    calinski[0] = np.nan
    return pd.DataFrame(
        {
            "classes": classes,
            "within_share": within,
            **of_tree,
            "silhouette": silhouette,
            "calinski_harabasz": calinski,
        }
    )


def _summary(table: pd.DataFrame) -> pd.DataFrame:
    values = {name: table[name].to_numpy(dtype=float) for name in table.columns}
    gap, spread, least = values["gap"], values["gap_se"], values["least_stability"]
    enough = np.flatnonzero(gap[:-1] >= gap[1:] - spread[1:])
    stable = np.flatnonzero(least >= STABLE_JACCARD)
    numbers = table["classes"].to_numpy()
    rows: list[tuple[str, str, int | None, bool, str]] = []
    for row, tree, fewest, words in _OF_TREE:
        found = suggested_number(tree, values[tree], numbers, fewest=fewest, most=len(numbers))
        rows.append((row, tree, None if found is None else found - 1, True, words))
    for name, weighted in (("silhouette", False), ("calinski_harabasz", True)):
        rows.append((name, name, int(np.nanargmax(values[name])), weighted, "highest"))
    words = "fewest classes whose gap is within one standard error of the next"
    rows.append(("gap", "gap", int(enough[0]) if len(enough) else None, True, words))
    words = "most classes of which the least stable reaches .75"
    suggested = int(stable[-1]) if len(stable) else None
    rows.append(("stability", "least_stability", suggested, True, words))
    return pd.DataFrame(
        {
            "criterion": [row[0] for row in rows],
            "classes": pd.array([None if row[2] is None else row[2] + 1 for row in rows], "Int64"),
            "value": [np.nan if row[2] is None else values[row[1]][row[2]] for row in rows],
            "weighted": [row[3] for row in rows],
            "rule": [row[4] for row in rows],
        }
    )
