"""What one passage of the chain finds: statistics of structure in a table of answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.classes.chain import ChainResult, ChainSettings, CodedTable, run_chain
from rfree.reality.answer_scores import answer_scores
from rfree.reality.boundaries import Boundary, boundaries
from rfree.reality.one_score import share_given_back
from rfree.reality.stability import BootstrapPlan

MIN_SUGGESTED, MAX_CLASSES = 3, 10
# Inertia below this share of the total is rounding.
_NO_INERTIA = 1e-12


@dataclass(frozen=True)
class Findings:
    """What the chain finds in one table of answers.

    Attributes
    ----------
    within_share, one_score, second_eigenvalue, weakest_gap, axis_1 : float
        Within-class share of inertia; share of respondents to whom the cut of one score gives
        their type; second eigenvalue of the correlations of the answers; depth of the least gap
        between neighbours; first eigenvalue of the axes.
    gaps : array of the boundaries
        Their depths, ascending.
    profile : array of bins
        Share of respondents along the boundaries, mean of all (``PLACES``).
    tree_shares : array
        Within-class shares of the tree's cuts into 2, 3, ... classes.
    suggested : int
    silhouette, mean_jaccard : float
        NaN where they were not asked for.
    """

    within_share: float
    one_score: float
    second_eigenvalue: float
    weakest_gap: float
    axis_1: float
    gaps: FloatArray
    profile: FloatArray
    tree_shares: FloatArray
    suggested: int
    silhouette: float
    mean_jaccard: float


# What is found where nothing can be.
NOTHING_FOUND = Findings(
    within_share=1.0,
    one_score=1.0,
    second_eigenvalue=0.0,
    weakest_gap=0.0,
    axis_1=0.0,
    gaps=np.empty(0),
    profile=np.empty(0),
    tree_shares=np.empty(0),
    suggested=0,
    silhouette=np.nan,
    mean_jaccard=np.nan,
)


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
        For silhouette and stability; 0 leaves both NaN.
    generator : numpy Generator
        For the resamples.

    Returns
    -------
    Findings
    """
    found = run_chain(table, settings)
    weights = None if table.weights is None else table.weights[found.rows]
    within = np.append(np.cumsum(found.gains[::-1])[::-1], 0.0)
    largest = min(MAX_CLASSES, len(found.gains))
    candidates = np.arange(min(MIN_SUGGESTED, largest), largest + 1)
    # Where respondents share few positions, nothing is left within the classes to divide.
    candidates = candidates[within[candidates - 2] > _NO_INERTIA * within[0]]
    criterion = within[candidates - 1] / within[candidates - 2]
    scores = answer_scores(code_of[table.codes[found.rows]], weights)
    between = boundaries_of(found, scores, weights)
    gaps = np.sort([each.gap.depth for each in between])
    described = n_resamples > 0
    return Findings(
        within_share=found.within_share,
        one_score=share_given_back(scores[:, 0], found.labels, weights),
        second_eigenvalue=float(np.average(np.square(scores[:, 1]), weights=weights))
        if scores.shape[1] > 1
        else 0.0,
        weakest_gap=float(gaps[0]),
        axis_1=float(found.eigenvalues[0]),
        gaps=gaps,
        profile=np.mean([each.histogram() for each in between], axis=0),
        tree_shares=within[1:largest] / within[0],
        suggested=int(candidates[criterion.argmin()]) if len(candidates) else settings.n_classes,
        silhouette=silhouette(found.coordinates[found.rows], found.labels, weights)
        if described
        else np.nan,
        mean_jaccard=_stability(table, settings, found, n_resamples, generator)
        if described
        else np.nan,
    )


def boundaries_of(
    found: ChainResult, scores: FloatArray, weights: FloatArray | None
) -> list[Boundary]:
    """Return the boundaries between the classes that a passage of the chain found.

    Parameters
    ----------
    found : ChainResult
    scores : array, rows of the passage x directions
    weights : array of those rows, or None

    Returns
    -------
    list of Boundary
    """
    mass = np.ones(len(found.rows)) if weights is None else weights
    return boundaries(found.coordinates[found.rows], scores, found.labels, mass)


def _stability(
    table: CodedTable,
    settings: ChainSettings,
    found: ChainResult,
    n_resamples: int,
    generator: np.random.Generator,
) -> float:
    """Mean Jaccard similarity in resamples; NaN where none can be made."""
    every = np.zeros(len(table.codes), dtype=np.int64)
    every[found.rows] = found.labels
    if not (every > 0).all():
        return np.nan
    nothing = np.empty((len(every), 0))
    resample = BootstrapPlan(table, settings, every, found.category_coordinates, nothing)
    drawn = [resample(generator) for _ in range(n_resamples)]
    kept = [each.jaccard.mean() for each in drawn if each is not None]
    return float(np.mean(kept)) if kept else np.nan


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
