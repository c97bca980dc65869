"""How far apart groups lie: a mixture of normal groups on the main directions of the answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.classes.ward import cut, ward_tree

# Groups of attitudes are looked for in a plane: agreement in general, and what opposes items.
N_DIRECTIONS = 2
MAX_ROUNDS = 30
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Mixture:
    """A mixture of normal groups of one covariance.

    Attributes
    ----------
    memberships : array, respondents x groups
        Probabilities.
    gain : float
        Log-likelihood a respondent, less that of a single normal group.
    entropy : float
        Mean uncertainty of the memberships, -sum p log p: 0 when everyone is certain.
    """

    memberships: FloatArray
    gain: float
    entropy: float

    @property
    def separation(self) -> float:
        """Gain less entropy."""
        return self.gain - self.entropy


def answer_scores(values: FloatArray, weights: FloatArray | None = None) -> FloatArray:
    """Place respondents on the first principal components of their ordered answers.

    Parameters
    ----------
    values : array, respondents x items
        Codes; NaN for no answer, which counts as the item's mean.
    weights : array of respondents, optional

    Returns
    -------
    array, respondents x 2
        Components of the standardised items; fewer when the items have fewer.

    Examples
    --------
    >>> answer_scores(np.array([[1.0, 2.0], [2.0, 1.0], [3.0, np.nan]])).shape
    (3, 2)
    """
    values, weights = in_one_order(values=values, weights=weights)
    mass = np.ones(len(values)) if weights is None else weights
    known = ~np.isnan(values)
    total = np.maximum(mass @ known, np.finfo(float).tiny)
    centred = np.where(known, values - (mass @ np.where(known, values, 0.0)) / total, 0.0)
    spread = np.sqrt((mass @ np.square(centred)) / total)
    standardised = centred / np.where(spread > 0, spread, 1.0)
    products = standardised.T @ (standardised * (mass / mass.sum())[:, np.newaxis])
    _, vectors = np.linalg.eigh(products)
    directions = vectors[:, ::-1][:, :N_DIRECTIONS]
    # The sign of a direction changes nothing below, but the result is the machine's no more.
    largest = np.abs(directions).argmax(axis=0)
    signs = np.sign(directions[largest, np.arange(directions.shape[1])])
    scores: FloatArray = standardised @ (directions * signs)
    return scores


def second_direction(scores: FloatArray, weights: FloatArray | None = None) -> float:
    """Variance of the second component: what one continuum leaves in common.

    Parameters
    ----------
    scores : array, respondents x directions
        From `answer_scores`.
    weights : array of respondents, optional

    Returns
    -------
    float
        Second eigenvalue of the correlations of the answers; 0 when there is none.

    Examples
    --------
    >>> second_direction(np.array([[3.0, 1.0], [-3.0, -1.0]]))
    1.0
    """
    scores, weights = in_one_order(scores=scores, weights=weights)
    if scores.shape[1] < 2:
        return 0.0
    return float(np.average(np.square(scores[:, 1]), weights=weights))


def fit_groups(
    scores: FloatArray, labels: IntArray, n_groups: int, weights: FloatArray | None = None
) -> Mixture:
    """Fit normal groups of one covariance to respondents, from two starting points.

    Parameters
    ----------
    scores : array, respondents x directions
        From `answer_scores`.
    labels : array of respondents
        Classes 1..n_groups to start from. The other start is the cut of Ward's tree of the scores;
        the higher likelihood is kept.
    n_groups : int
        Number of groups.
    weights : array of respondents, optional

    Returns
    -------
    Mixture

    Notes
    -----
    EM (Dempster, Laird & Rubin 1977) with a common covariance, which cannot degenerate; up to 30
    rounds, or until one gains less than .0001 a respondent.
    ``separation`` is the gain of the integrated completed likelihood (Biernacki, Celeux &
    Govaert 2000) a respondent, penalty left out: of two mixtures that fit as well, it prefers
    the one whose groups do not overlap. A flat or skewed cloud gains likelihood when it is cut
    into normal pieces, but the pieces overlap, and their entropy takes the gain back.

    Examples
    --------
    >>> generator = np.random.default_rng(0)
    >>> cloud = generator.standard_normal((300, 1))
    >>> halves = (cloud[:, 0] > 0).astype(int) + 1
    >>> fit_groups(cloud, halves, 2).separation < 0
    True
    >>> fit_groups(cloud + 6 * (halves == 2)[:, None], halves, 2).separation > 0.5
    True
    """
    scores, labels, weights = in_one_order(scores=scores, labels=labels, weights=weights)
    mass = np.ones(len(scores)) if weights is None else weights
    mass = mass / mass.sum()
    usable = _spread_directions(scores, mass)
    if usable.shape[1] == 0:
        return Mixture(np.full((len(scores), n_groups), 1 / n_groups), 0.0, float(np.log(n_groups)))
    starts = [labels - 1]
    counted = np.flatnonzero(mass > 0)
    tree = np.zeros(len(scores), dtype=np.int64)
    tree[counted] = cut(ward_tree(usable[counted], mass[counted]), n_groups) - 1
    starts.append(tree)
    found = [_expectation_maximisation(usable, start, n_groups, mass) for start in starts]
    return max(found, key=lambda mixture: mixture.gain)


def _spread_directions(scores: FloatArray, mass: FloatArray) -> FloatArray:
    """Whiten the scores by their own covariance, leaving out directions without spread."""
    centred = scores - mass @ scores
    values, vectors = np.linalg.eigh(centred.T @ (centred * mass[:, np.newaxis]))
    kept = values > max(float(values.max()), 0.0) * 1e-10
    whitened: FloatArray = centred @ vectors[:, kept] / np.sqrt(values[kept])
    return whitened


def _expectation_maximisation(
    points: FloatArray, start: IntArray, n_groups: int, mass: FloatArray
) -> Mixture:
    n_points, n_directions = points.shape
    memberships = np.zeros((n_points, n_groups))
    memberships[np.arange(n_points), start] = 1.0
    least = 1e-9 * np.eye(n_directions)
    gain = -np.inf
    for _ in range(MAX_ROUNDS):
        weighted = memberships * mass[:, np.newaxis]
        sizes = weighted.sum(axis=0) + 1e-12
        centres = (weighted.T @ points) / sizes[:, np.newaxis]
        # The points are white: their total covariance is the identity.
        within = np.eye(n_directions) - (centres.T * sizes) @ centres + least
        within = (within + within.T) / 2
        root = np.linalg.inv(np.linalg.cholesky(within))
        squared = cdist(points @ root.T, centres @ root.T, "sqeuclidean")
        joint = np.log(sizes) - squared / 2
        highest = joint.max(axis=1, keepdims=True)
        memberships = np.exp(joint - highest)
        sums = memberships.sum(axis=1, keepdims=True)
        memberships /= sums
        log_density = (highest + np.log(sums))[:, 0] + float(np.log(np.diag(root)).sum())
        # A single normal group of identity covariance: -d/2 a respondent, constants left out.
        before, gain = gain, float(mass @ log_density) + n_directions / 2
        if gain - before < TOLERANCE:
            break
    surprise = memberships * np.log(np.maximum(memberships, np.finfo(float).tiny))
    return Mixture(memberships, gain, float(-(mass @ surprise.sum(axis=1))))
