"""What one passage of the chain finds: statistics of structure in a table of answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.classes.chain import ChainSettings, CodedTable, run_chain
from rfree.reality.separation import answer_scores, fit_groups, second_direction
from rfree.reality.stability import BootstrapPlan

MIN_SUGGESTED, MAX_CLASSES = 3, 10
# Inertia below this share of the total is rounding.
NO_INERTIA = 1e-12


@dataclass(frozen=True)
class Findings:
    """What the chain finds in one table of answers.

    Attributes
    ----------
    within_share, separation, gain, second_direction, silhouette, mean_jaccard, axis_1 : float
    suggested : int
    tree_shares : array
        Within-class shares of the tree's cuts into 2, 3, ... classes.
    """

    within_share: float
    separation: float
    gain: float
    second_direction: float
    silhouette: float
    mean_jaccard: float
    axis_1: float
    suggested: int
    tree_shares: FloatArray


def findings(
    table: CodedTable,
    code_of: FloatArray,
    settings: ChainSettings,
    n_resamples: int,
    generator: np.random.Generator,
) -> Findings:
    """Take one table through the chain and describe what it found.

    Parameters
    ----------
    table : CodedTable
    code_of : array of categories
        Code of each on the ordered scale; NaN for those that are no number.
    settings : ChainSettings
    n_resamples : int
        For the stability; 0 leaves it NaN.
    generator : numpy Generator
        For the resamples.

    Returns
    -------
    Findings
    """
    found = run_chain(table, settings)
    labels = found.labels
    weights = None if table.weights is None else table.weights[found.rows]
    values = code_of[table.codes[found.rows]]
    scores = answer_scores(values, weights)
    mixture = fit_groups(scores, labels, settings.n_classes, weights)
    within = np.append(np.cumsum(found.gains[::-1])[::-1], 0.0)
    largest = min(MAX_CLASSES, len(found.gains))
    candidates = np.arange(min(MIN_SUGGESTED, largest), largest + 1)
    # Where respondents share few positions, nothing is left within the classes to divide.
    candidates = candidates[within[candidates - 2] > NO_INERTIA * within[0]]
    criterion = within[candidates - 1] / within[candidates - 2]
    every = np.zeros(len(table.codes), dtype=np.int64)
    every[found.rows] = labels
    stability = np.nan
    if n_resamples and (every > 0).all():
        nothing = np.empty((len(every), 0))
        resample = BootstrapPlan(table, settings, every, found.category_coordinates, nothing)
        drawn = [resample(generator) for _ in range(n_resamples)]
        kept = [each.jaccard.mean() for each in drawn if each is not None]
        stability = float(np.mean(kept)) if kept else np.nan
    return Findings(
        within_share=found.within_share,
        separation=mixture.separation,
        gain=mixture.gain,
        second_direction=second_direction(scores, weights),
        silhouette=silhouette(found.coordinates[found.rows], labels, weights),
        mean_jaccard=stability,
        axis_1=float(found.eigenvalues[0]),
        suggested=int(candidates[criterion.argmin()]) if len(candidates) else settings.n_classes,
        tree_shares=within[1:largest] / within[0],
    )


def silhouette(
    coordinates: FloatArray, labels: IntArray, weights: FloatArray | None = None
) -> float:
    """Mean silhouette width of a partition (Rousseeuw 1987).

    Parameters
    ----------
    coordinates : array, n x axes
    labels : array of n ints
        Classes 1..k, k at least 2.
    weights : array of n, optional
        Positive. A point is left out of its own class with all its weight.

    Returns
    -------
    float
        -1 to 1. A respondent alone in a class counts for 0.

    Examples
    --------
    >>> round(silhouette(np.array([[0.0], [1.0], [9.0], [10.0]]), np.array([1, 1, 2, 2])), 6)
    0.888545
    """
    coordinates, labels, weights = in_one_order(
        coordinates=coordinates, labels=labels, weights=weights
    )
    mass = np.ones(len(labels)) if weights is None else weights
    n_classes = int(labels.max())
    here = np.arange(len(labels))
    member = np.zeros((len(labels), n_classes))
    member[here, labels - 1] = mass
    sums = cdist(coordinates, coordinates) @ member
    sizes = member.sum(axis=0)
    own = sums[here, labels - 1]
    others = sizes[labels - 1] - mass
    alone = others <= 1e-12 * mass
    inner = np.divide(own, others, out=np.zeros_like(own), where=~alone)
    means = np.divide(sums, sizes, out=np.full_like(sums, np.inf), where=sizes > 0)
    means[here, labels - 1] = np.inf
    outer = means.min(axis=1)
    larger = np.maximum(inner, outer)
    widths = np.divide(outer - inner, larger, out=np.zeros_like(own), where=(larger > 0) & ~alone)
    return float(np.average(widths, weights=mass))
