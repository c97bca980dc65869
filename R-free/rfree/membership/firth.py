"""Firth's penalty: the maximum of a multinomial likelihood, its intervals and its tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import numpy as np
from scipy.stats import chi2

from rfree.base.inputs import FloatArray, IntArray
from rfree.membership.likelihood import Likelihood, Maximum, climb, model_covariance
from rfree.membership.membership_model import MembershipModel, with_holm
from rfree.membership.profile_likelihood import moved_to, profile_interval, with_held

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


@dataclass(frozen=True)
class PenalisedSurface:
    """The penalised log-likelihood, for `rfree.membership.profile_likelihood`.

    The determinant of the penalty is that of the information of all parameters, one held fixed
    included.
    """

    likelihood: WeightedDesign

    def height(self, parameters: FloatArray) -> float:
        """Give the penalised log-likelihood; -inf where the information is singular."""
        return penalised_value(self.likelihood, parameters)

    def slope(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """Give the height, its p derivatives, and the inverse information, p x p."""
        information = self.information(parameters)
        height = penalised_value(self.likelihood, parameters, information)
        # Far away the information is next to nothing: its inverse is then beyond floats.
        with np.errstate(over="ignore", invalid="ignore"):
            covariance = model_covariance(information)
            slope = self.likelihood.scores(parameters).sum(axis=0)
            slope = slope + penalty_slope(self.likelihood, parameters, covariance)
        return height, slope, covariance

    def information(self, parameters: FloatArray) -> FloatArray:
        """Minus the second derivatives of the likelihood, p x p."""
        return self.likelihood.information(parameters)


def profiled(
    model: MembershipModel, likelihood: WeightedDesign, maximum: Maximum
) -> MembershipModel:
    """Give a model intervals and tests of its profile penalised likelihood instead of Wald's.

    Parameters
    ----------
    model : MembershipModel
        Fitted with Firth's penalty.
    likelihood, maximum
        What it was made of.

    Returns
    -------
    MembershipModel
        ``coefficients``: ``low`` and ``high`` are the exponentials of
        `rfree.membership.profile_likelihood.profile_interval`; ``p_value`` is that of
        `penalised_ratio` of the one coefficient, and ``z`` its square root with the sign of the
        estimate. ``tests``: ``chi2`` is `penalised_ratio` of all terms of the variable. Standard
        errors are left as they are.

    Notes
    -----
    Heinze & Schemper (2002), *Statistics in Medicine* 21, 2409-2419: with l*(b) the penalised
    log-likelihood maximised over all other parameters, the interval holds the values b with
    2 (l* - l*(b)) at most the quantile of chi-squared on 1 degree of freedom.
    """
    estimate = model.coefficients["estimate"].to_numpy(dtype=float)
    each = np.arange(len(estimate))
    surface, fall = PenalisedSurface(likelihood), chi2.ppf(model.level, 1) / 2
    ends = np.array(
        [profile_interval(surface, maximum, position, fall=fall) for position in range(len(each))]
    )
    ratios = np.array([penalised_ratio(likelihood, maximum, each[[position]]) for position in each])
    # A ratio too large for a float is infinite: said by the number itself.
    with np.errstate(over="ignore"):
        low, high = np.exp(ends).T
    coefficients = model.coefficients.assign(
        z=np.sign(estimate) * np.sqrt(ratios), p_value=chi2.sf(ratios, 1), low=low, high=high
    )
    slopes = (coefficients["kind"] == "slope").to_numpy()
    tests = model.tests[["variable", "df"]].copy()
    held = [
        np.flatnonzero(slopes & ((name == "(all)") | (coefficients["variable"] == name).to_numpy()))
        for name in tests["variable"]
    ]
    tests.insert(1, "chi2", [penalised_ratio(likelihood, maximum, each) for each in held])
    tests["p_value"] = chi2.sf(tests["chi2"], tests["df"])
    fit = model.fit.assign(intervals="profile")
    return replace(model, coefficients=coefficients, tests=with_holm(tests), fit=fit)


def penalised_ratio(likelihood: WeightedDesign, maximum: Maximum, held: IntArray) -> float:
    """Test that some parameters are 0 by the penalised likelihood ratio.

    Parameters
    ----------
    likelihood : multinomial likelihood
    maximum : Maximum
        From `maximise_firth`.
    held : array of ints
        Positions of the parameters.

    Returns
    -------
    float
        Twice the penalised log-likelihood lost by holding them at 0; chi-squared on as many
        degrees of freedom as there are.

    Notes
    -----
    Heinze & Schemper (2002); the penalty is that of the whole model on both sides.
    """
    surface = PenalisedSurface(likelihood)
    without = with_held(surface, moved_to(maximum, held, np.zeros(len(held))), held)
    return max(2 * (surface.height(maximum.parameters) - surface.height(without)), 0.0)
