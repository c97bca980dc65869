"""Graded response models by expectation-maximisation, over points of one or two dimensions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from rfree.base.inputs import FloatArray, IntArray
from rfree.other_clusterings.latent_class_em import LEAST_PROBABILITY, ClassData

# A slope beyond tells nothing more: the item is then a copy of the dimension (loading .99).
STEEPEST = 12.0
# How often a step that lowers the likelihood is halved, and what counts as lower.
HALVINGS, _ROUNDING = 20, 1e-9
# Added to curvatures, so that a system without information can be solved.
RIDGE = 1e-10


@dataclass(frozen=True)
class GradedParameters:
    """A graded response model over points.

    Attributes
    ----------
    slopes : array, items x dimensions
    intercepts : array of categories
        Of P(answer at or above the category) on the logit scale: descending within an item,
        infinite for its lowest category, which every answer reaches.
    points : array, points x dimensions
        Where respondents may stand.
    masses : array of points
        Share of the respondents at each; they sum to 1.
    """

    slopes: FloatArray
    intercepts: FloatArray
    points: FloatArray
    masses: FloatArray


@dataclass(frozen=True)
class GradedFit:
    """Where expectation-maximisation ended.

    Attributes
    ----------
    parameters : GradedParameters
    posterior : array, respondents x points
        Probability of each point given the answers.
    log_likelihood : float
    n_iterations : int
    converged : bool
    """

    parameters: GradedParameters
    posterior: FloatArray
    log_likelihood: float
    n_iterations: int
    converged: bool


def fit_graded(
    data: ClassData,
    start: GradedParameters,
    *,
    free_points: bool,
    max_iterations: int,
    tolerance: float,
) -> GradedFit:
    """Raise the likelihood until one iteration gains less than the tolerance.

    Parameters
    ----------
    data : ClassData
        Categories of each item in ascending order.
    start : GradedParameters
    free_points : bool
        Whether points (of one dimension) and their masses are estimated as well.
    max_iterations : int
    tolerance : float

    Returns
    -------
    GradedFit

    Notes
    -----
    Bock & Aitkin (1981), *Psychometrika* 46, 443-459. P(answer >= c | t) = logistic(a't + d_c), so
    that log P(c | t) = log F(z_c) + log F(-z_{c+1}) + log(1 - exp(d_{c+1} - d_c)), F the
    logistic function and z = a't + d: concave in (a, d) (Burridge 1981). Each maximisation is one
    step of Newton's for every item, halved where it would lower the likelihood: a generalised
    EM (Dempster, Laird & Rubin 1977), whose likelihood never falls.
    """
    current, logs = start, log_probabilities(data, start)
    posterior, likelihood = _expectation(data, current, logs)
    for iteration in range(1, max_iterations + 1):
        expected = data.indicator.T @ (posterior * data.weights[:, np.newaxis])
        current, logs = _raised_items(data, current, expected, logs)
        if free_points:
            masses = data.weights @ posterior / data.weights.sum()
            current, logs = _raised_points(data, replace(current, masses=masses), expected, logs)
        before = likelihood
        posterior, likelihood = _expectation(data, current, logs)
        if likelihood - before < tolerance:
            return GradedFit(current, posterior, likelihood, iteration, converged=True)
    return GradedFit(current, posterior, likelihood, max_iterations, converged=False)


def log_probabilities(data: ClassData, parameters: GradedParameters) -> FloatArray:
    """Give the logarithm of the probability of each category at each point.

    Parameters
    ----------
    data : ClassData
    parameters : GradedParameters

    Returns
    -------
    array, categories x points
    """
    common = (parameters.slopes @ parameters.points.T)[data.variable_of]
    own, following = parameters.intercepts, _following(parameters.intercepts)
    logs = np.empty_like(common)
    logs[:] = np.log(-np.expm1(following - own))[:, np.newaxis]
    # Where a category ends the next one begins: one logarithm serves both.
    higher = np.flatnonzero(np.isfinite(own))
    reached = common[higher] + own[higher, np.newaxis]
    rest = np.log1p(np.exp(-np.abs(reached)))
    logs[higher] += np.minimum(reached, 0.0) - rest
    logs[higher - 1] += np.minimum(-reached, 0.0) - rest
    return logs


def _following(intercepts: FloatArray) -> FloatArray:
    """Intercept of the next category of the item; minus infinity above the highest."""
    following = np.append(intercepts[1:], np.inf)
    following[np.isposinf(following)] = -np.inf
    return following


def _expectation(
    data: ClassData, parameters: GradedParameters, logs: FloatArray
) -> tuple[FloatArray, float]:
    joint = data.indicator @ logs
    joint += np.log(np.maximum(parameters.masses, LEAST_PROBABILITY))
    highest = joint.max(axis=1, keepdims=True)
    joint -= highest
    np.exp(joint, out=joint)
    sums = joint.sum(axis=1, keepdims=True)
    joint /= sums
    return joint, float(data.weights @ (highest + np.log(sums))[:, 0])


def _raised_items(
    data: ClassData, current: GradedParameters, expected: FloatArray, logs: FloatArray
) -> tuple[GradedParameters, FloatArray]:
    """Take Newton's step for each item, as far as it raises the item's likelihood."""
    before = _by_item(data, expected, logs)
    slope_step, intercept_step = _items_step(data, current, expected)
    length = np.ones(len(before))
    for _ in range(HALVINGS):
        slopes = current.slopes + length[:, np.newaxis] * slope_step
        intercepts = current.intercepts + length[data.variable_of] * intercept_step
        crossed = intercepts <= _following(intercepts)
        if crossed.any():
            length[np.unique(data.variable_of[crossed])] /= 2
            continue
        trial = replace(current, slopes=slopes.clip(-STEEPEST, STEEPEST), intercepts=intercepts)
        raised = log_probabilities(data, trial)
        lower = _by_item(data, expected, raised) < before - _ROUNDING
        if not lower.any():
            return trial, raised
        length[lower] /= 2
    return current, logs


def _by_item(data: ClassData, expected: FloatArray, logs: FloatArray) -> FloatArray:
    by_category = np.einsum("cp,cp->c", expected, logs)
    return np.asarray(np.add.reduceat(by_category, data.offsets))


def _items_step(
    data: ClassData, current: GradedParameters, expected: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Solve the systems of all items: slopes first, then the intercepts from the second on."""
    n_items, n_slopes = current.slopes.shape
    points, item = current.points, data.variable_of
    higher = np.isfinite(current.intercepts)
    place = n_slopes - 1 + np.arange(len(item)) - data.offsets[item]
    at = item[higher], place[higher]
    pull, bend = _derivatives(data, current, expected)
    gradient = np.zeros((n_items, int(place.max()) + 1))
    gradient[:, :n_slopes] = np.add.reduceat(pull, data.offsets, axis=0) @ points
    gradient[at] = pull.sum(axis=1)[higher]
    hessian = np.zeros((*gradient.shape, gradient.shape[1]))
    squares = points[:, :, np.newaxis] * points[:, np.newaxis]
    hessian[:, :n_slopes, :n_slopes] = np.tensordot(
        np.add.reduceat(bend, data.offsets, axis=0), squares, axes=1
    )
    crossed = (bend @ points)[higher]
    hessian[at[0], at[1], :n_slopes] = crossed
    hessian[at[0], :n_slopes, at[1]] = crossed
    hessian[at[0], at[1], at[1]] = bend.sum(axis=1)[higher]
    _add_gaps(current, expected.sum(axis=1), item, place, gradient=gradient, hessian=hessian)
    diagonal = np.einsum("ijj->ij", hessian)
    # Where an item has fewer categories there is nothing to solve.
    diagonal += np.where(diagonal == 0, 1.0, RIDGE)
    step = np.asarray(np.linalg.solve(hessian, gradient[:, :, np.newaxis]), dtype=float)[:, :, 0]
    intercept_step: FloatArray = np.zeros(len(item))
    intercept_step[higher] = step[at]
    return step[:, :n_slopes], intercept_step


def _derivatives(
    data: ClassData, current: GradedParameters, expected: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """First and negative second derivative of each category's logit, at each point."""
    reached = expit(
        (current.slopes @ current.points.T)[data.variable_of] + current.intercepts[:, np.newaxis]
    )
    below = np.roll(expected, 1, axis=0)
    pull = expected * (1 - reached) - below * reached
    pull[data.offsets] = 0
    return pull, (expected + below) * reached * (1 - reached)


def _add_gaps(
    current: GradedParameters,
    counts: FloatArray,
    item: IntArray,
    place: IntArray,
    *,
    gradient: FloatArray,
    hessian: FloatArray,
) -> None:
    """Add the derivatives of the counts times log(1 - exp(d_{c+1} - d_c))."""
    following = _following(current.intercepts)
    between = np.flatnonzero(np.isfinite(current.intercepts) & np.isfinite(following))
    where, here, there = item[between], place[between], place[between] + 1
    odds = 1 / np.expm1(current.intercepts[between] - following[between])
    pushed, bent = counts[between] * odds, counts[between] * odds * (1 + odds)
    np.add.at(gradient, (where, here), pushed)
    np.add.at(gradient, (where, there), -pushed)
    for first, second, sign in ((here, here, 1), (there, there, 1), (here, there, -1),
                                (there, here, -1)):  # fmt: skip
        np.add.at(hessian, (where, first, second), sign * bent)


def _raised_points(
    data: ClassData, current: GradedParameters, expected: FloatArray, logs: FloatArray
) -> tuple[GradedParameters, FloatArray]:
    """Take Newton's step for each point of one dimension, as far as it raises the likelihood."""
    before = np.einsum("cp,cp->p", expected, logs)
    pull, bend = _derivatives(data, current, expected)
    slope = current.slopes[data.variable_of, 0]
    curvature = slope**2 @ bend
    step = np.divide(slope @ pull, curvature, out=np.zeros(len(before)), where=curvature > RIDGE)
    for _ in range(HALVINGS):
        trial = replace(current, points=current.points + step[:, np.newaxis])
        raised = log_probabilities(data, trial)
        lower = np.einsum("cp,cp->p", expected, raised) < before - _ROUNDING
        if not lower.any():
            return trial, raised
        step[lower] /= 2
    return current, logs
