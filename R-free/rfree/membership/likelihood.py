"""Maximum of a (penalised, weighted) likelihood, and the covariance of its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.linalg.lapack import dpocon, dpotrf, dpotri

from rfree.base.inputs import FloatArray

MAX_ITERATIONS = 200
MAX_HALVINGS = 40
# Newton's decrement: half of it is how much could still be gained; rounding leaves about 1e-14.
_TOLERANCE = 1e-12
# Reciprocal condition above which an inverse by Cholesky's factor keeps six digits and more.
_WELL_CONDITIONED = 1e-10


class Likelihood(Protocol):
    """What a model of classes must tell. Parameters are one vector of p floats."""

    def value(self, parameters: FloatArray) -> float:
        """Weighted log-likelihood; -inf outside the domain."""

    def scores(self, parameters: FloatArray) -> FloatArray:
        """Weighted derivatives by respondent, n x p."""

    def class_scores(self, parameters: FloatArray) -> FloatArray:
        """Scores had every respondent been of each class, classes x n x p."""

    def information(self, parameters: FloatArray) -> FloatArray:
        """Minus the second derivatives, p x p."""

    def probabilities(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Probability of each class, rows of ``design`` x classes."""

    def probability_gradient(
        self, design: FloatArray, parameters: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """Take the derivatives of the weighted mean probabilities, classes x p."""


@dataclass(frozen=True)
class Maximum:
    """Where a likelihood is largest.

    Attributes
    ----------
    parameters : array of p floats
    log_likelihood : float
        Without the penalty.
    information : array, p x p
        Minus the second derivatives there, penalty included.
    converged : bool
    """

    parameters: FloatArray
    log_likelihood: float
    information: FloatArray
    converged: bool


def maximise_likelihood(likelihood: Likelihood, start: FloatArray, penalty: FloatArray) -> Maximum:
    """Climb a concave likelihood by Newton's method, halving steps that lower it.

    Parameters
    ----------
    likelihood : Likelihood
    start : array of p floats
    penalty : array, p x p
        Half its quadratic form is taken off the log-likelihood; zeros for none.

    Returns
    -------
    Maximum
        Not converged when the likelihood still rises, as it does without end under separation.
    """

    def height(parameters: FloatArray) -> float:
        return likelihood.value(parameters) - _quadratic(parameters, penalty)

    def rise(parameters: FloatArray) -> tuple[FloatArray, FloatArray]:
        slope = likelihood.scores(parameters).sum(axis=0) - penalty @ parameters
        return slope, solve_symmetric(likelihood.information(parameters) + penalty, slope)

    parameters, converged = climb(start, height, rise, max_iterations=MAX_ITERATIONS)
    information = likelihood.information(parameters) + penalty
    return Maximum(parameters, likelihood.value(parameters), information, converged)


def climb(
    start: FloatArray,
    height: Callable[[FloatArray], float],
    rise: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    *,
    max_iterations: int,
) -> tuple[FloatArray, bool]:
    """Climb a function, halving steps that lower it.

    Parameters
    ----------
    start : array of p floats
    height : callable
        The function.
    rise : callable
        Its slope somewhere, and the step to take from there.
    max_iterations : int

    Returns
    -------
    (array of p floats, bool)
        Where the climb ends, and whether it converged.

    Examples
    --------
    >>> climb(np.array([3.0]), lambda x: -float(x @ x), lambda x: (-2 * x, -x), max_iterations=9)
    (array([0.]), True)
    """
    parameters, reached = start, height(start)
    for _ in range(max_iterations):
        slope, step = rise(parameters)
        if slope @ step < _TOLERANCE:
            return parameters, True
        for _ in range(MAX_HALVINGS):
            risen = height(parameters + step)
            if risen >= reached:
                break
            step = step / 2
        else:
            # No step rises any more: the limit of floating point.
            return parameters, bool(slope @ step < np.sqrt(_TOLERANCE))
        parameters, reached = parameters + step, risen
    return parameters, False


def solve_symmetric(matrix: FloatArray, right: FloatArray) -> FloatArray:
    """Solve a symmetric system, by least squares when it is nearly singular.

    Examples
    --------
    >>> solve_symmetric(np.array([[2.0, 0.0], [0.0, 0.0]]), np.array([4.0, 0.0]))
    array([2., 0.])
    """
    return np.asarray(np.linalg.lstsq(matrix, right, rcond=1e-13)[0])


def model_covariance(information: FloatArray) -> FloatArray:
    """Invert the information; where it is nearly singular, as a pseudo-inverse.

    Examples
    --------
    >>> model_covariance(np.array([[2.0, 0.0], [0.0, 4.0]]))
    array([[0.5 , 0.  ], [0.  , 0.25]])
    >>> model_covariance(np.array([[2.0, 0.0], [0.0, 0.0]]))
    array([[0.5, 0. ], [0. , 0. ]])
    """
    factor, failed = dpotrf(information, lower=1)
    if not failed:
        condition, _ = dpocon(factor, np.linalg.norm(information, 1), uplo="L")
        if condition > _WELL_CONDITIONED:
            lower, _ = dpotri(factor, lower=1)
            return np.asarray(np.tril(lower) + np.tril(lower, -1).T)
    return np.asarray(np.linalg.pinv(information, rcond=1e-13, hermitian=True))


def robust_covariance(information: FloatArray, scores: FloatArray) -> FloatArray:
    """Sandwich covariance, each respondent a cluster of its own.

    Parameters
    ----------
    information : array, p x p
    scores : array, n x p
        Weighted, summed over the rows of each respondent.

    Returns
    -------
    array, p x p

    Notes
    -----
    A^-1 (n / (n - 1) sum s s') A^-1 (Huber 1967; Binder 1983 for survey weights, with respondents
    drawn independently of each other).
    """
    bread = model_covariance(information)
    counted = int((scores != 0).any(axis=1).sum())
    meat = scores.T @ scores * counted / (counted - 1)
    return np.asarray(bread @ meat @ bread)


@dataclass(frozen=True)
class WeightedVariance:
    """What survey weights make of the covariance, were the model true.

    Attributes
    ----------
    covariance : array, p x p
        The sandwich whose filling is what the model says of it.
    df : array of p floats
        Degrees of freedom of the variances that `robust_covariance` estimates.
    """

    covariance: FloatArray
    df: FloatArray


def weighted_variance(
    likelihood: Likelihood, design: FloatArray, parameters: FloatArray, information: FloatArray
) -> WeightedVariance:
    """Expect the sandwich covariance under the model, and how variable its estimate is.

    Parameters
    ----------
    likelihood : Likelihood
        With survey weights, each respondent in one class.
    design : array, n x terms
    parameters : array of p floats
        Estimates.
    information : array, p x p

    Returns
    -------
    WeightedVariance

    Notes
    -----
    With u_iy respondent i's share of the estimate's error, had it been of class y, and P_iy the
    probability of that, the variance of an estimate is V = sum_i v_i, v_i = sum_y P_iy u_iy^2. The
    sandwich puts in the class that i was of: an estimate of V with the variance
    sum_i (sum_y P_iy u_iy^4 - v_i^2), hence 2 V^2 over that degrees of freedom (Satterthwaite 1946;
    Bell & McCaffrey 2002 do so for normal errors). A few heavy weights leave few of them.
    """
    bread = model_covariance(information)
    fitted = likelihood.probabilities(design, parameters)
    scores = likelihood.class_scores(parameters)
    filling = np.einsum("iy,yij,yik->jk", fitted, scores, scores, optimize=True)
    shares = scores @ bread
    variances = np.einsum("iy,yij->ij", fitted, shares**2)
    fourth = np.einsum("iy,yij->ij", fitted, shares**4)
    spread = (fourth - variances**2).sum(axis=0)
    total = variances.sum(axis=0)
    df = np.divide(2 * total**2, spread, out=np.full_like(total, np.inf), where=spread > 0)
    return WeightedVariance(bread @ filling @ bread, df)


def _quadratic(parameters: FloatArray, penalty: FloatArray) -> float:
    return 0.5 * float(parameters @ penalty @ parameters)
