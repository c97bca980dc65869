"""Maximum of a multinomial likelihood penalised by Jeffreys's prior."""

from __future__ import annotations

from functools import partial
from typing import Protocol

import numpy as np

from rfree.base.inputs import FloatArray
from rfree.membership.likelihood import Likelihood, Maximum, climb, model_covariance

_MAX_ITERATIONS = 500


class WeightedDesign(Likelihood, Protocol):
    """A likelihood that shows its terms and weights."""

    @property
    def design(self) -> FloatArray:
        """Respondents x terms."""

    @property
    def weights(self) -> FloatArray:
        """Weights of the respondents, memberships summing to 1."""


def maximise_firth(likelihood: WeightedDesign, start: FloatArray) -> Maximum:
    """Maximise the log-likelihood plus half the log determinant of the information.

    Parameters
    ----------
    likelihood : multinomial likelihood
    start : array of p floats

    Returns
    -------
    Maximum
        Its information is that of the likelihood, without the penalty's own curvature.

    Notes
    -----
    Scoring steps with the adjusted scores U + A, A the derivative of the penalty: in terms of the
    third cumulants of the multinomial law (Firth 1993, Biometrika 80; Kosmidis & Firth 2011,
    Biometrika 98). A step that lowers the penalised likelihood is halved.
    """

    def rise(parameters: FloatArray) -> tuple[FloatArray, FloatArray]:
        covariance = model_covariance(likelihood.information(parameters))
        slope = likelihood.scores(parameters).sum(axis=0)
        slope = slope + penalty_slope(likelihood, parameters, covariance)
        return slope, covariance @ slope

    parameters, converged = climb(
        start, partial(penalised_value, likelihood), rise, max_iterations=_MAX_ITERATIONS
    )
    information = likelihood.information(parameters)
    return Maximum(parameters, likelihood.value(parameters), information, converged)


def penalised_value(
    likelihood: WeightedDesign, parameters: FloatArray, information: FloatArray | None = None
) -> float:
    """Log-likelihood plus half the log determinant of the information.

    -inf where it is singular.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        sign, log_determinant = np.linalg.slogdet(
            likelihood.information(parameters) if information is None else information
        )
    if not (sign > 0 and np.isfinite(log_determinant)):
        return -np.inf
    return likelihood.value(parameters) + 0.5 * float(log_determinant)


def penalty_slope(
    likelihood: WeightedDesign, parameters: FloatArray, covariance: FloatArray
) -> FloatArray:
    """Take the derivatives of half the log determinant of the information."""
    design = likelihood.design
    n_terms = design.shape[1]
    fitted = likelihood.probabilities(design, parameters)[:, 1:]
    n_logits = fitted.shape[1]
    blocks = covariance.reshape(n_logits, n_terms, n_logits, n_terms)
    # Variance of the predictors of each respondent, for the trace of covariance x cumulants.
    spread = (np.tensordot(design, blocks, (1, 1)) * design[:, None, None, :]).sum(axis=3)
    own = np.einsum("ibb->ib", spread)
    mixed = np.einsum("ibc,ic->ib", spread, fitted)
    # sum over b, c of spread_bc times the cumulant of (a, b, c).
    mean_own = (own * fitted).sum(axis=1, keepdims=True)
    mean_mixed = (mixed * fitted).sum(axis=1, keepdims=True)
    traces = fitted * (own - mean_own - 2 * mixed + 2 * mean_mixed)
    weighted = 0.5 * likelihood.weights[:, None] * traces
    return np.asarray((weighted.T @ design).ravel())
