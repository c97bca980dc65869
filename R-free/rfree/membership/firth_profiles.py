"""Intervals and tests of a model with Firth's penalty, from its profile penalised likelihood."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import brentq, minimize
from scipy.stats import chi2

from rfree.base.inputs import FloatArray, IntArray
from rfree.membership.firth import WeightedDesign, penalised_value, penalty_slope
from rfree.membership.likelihood import Maximum, model_covariance, solve_symmetric
from rfree.membership.membership_model import MembershipModel, with_holm

# Where the information is singular, the penalised likelihood is 0: as good as this.
FAR_BELOW = 1e10
LEAST_INFORMATION = 1e-10
# Iterations of the search of an end by Newton's method; it takes six to thirty.
MAX_STEPS = 100
# Half-widths doubled so often without reaching the limit: there is no end on that side.
MAX_DOUBLINGS = 14
# How far, in log-likelihood, an end may be from the limit.
_TOLERANCE = 1e-9


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
        ``coefficients``: ``low`` and ``high`` are the exponentials of `profile_interval`;
        ``p_value`` is that of `penalised_ratio` of the one coefficient, and ``z`` its square root
        with the sign of the estimate. ``tests``: ``chi2`` is `penalised_ratio` of all terms of the
        variable. Standard errors are left as they are.

    Notes
    -----
    Heinze & Schemper (2002), *Statistics in Medicine* 21, 2409-2419.
    """
    estimate = model.coefficients["estimate"].to_numpy(dtype=float)
    each = np.arange(len(estimate))
    ends = np.array(
        [
            profile_interval(likelihood, maximum, position, level=model.level)
            for position in range(len(each))
        ]
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


def profile_interval(
    likelihood: WeightedDesign, maximum: Maximum, position: int, *, level: float = 0.95
) -> tuple[float, float]:
    """Find where the profile penalised likelihood of one parameter has fallen to a limit.

    Parameters
    ----------
    likelihood : multinomial likelihood
    maximum : Maximum
        From `rfree.membership.firth.maximise_firth`.
    position : int
        Which parameter.
    level : float
        Confidence level, within (0, 1).

    Returns
    -------
    low, high : float
        Infinite where the penalised likelihood never falls as low.

    Notes
    -----
    Heinze & Schemper (2002), *Statistics in Medicine* 21, 2409-2419: with l*(b) the penalised
    log-likelihood maximised over all other parameters, the interval holds the values b with
    2 (l* - l*(b)) at most the quantile of chi-squared on 1 degree of freedom. The determinant of
    the penalty is that of the information of all parameters, the one held fixed included. Both
    ends are found by Newton's method on all parameters at once (Venzon & Moolgavkar 1988,
    *Applied Statistics* 37, 87-94), and where it fails by holding the parameter at one value
    after another.
    """
    fall = chi2.ppf(level, 1) / 2
    low, high = (
        _end_by_newton(likelihood, maximum, position, sign, fall)
        or _end_by_holding(likelihood, maximum, position, sign, fall)
        for sign in (-1.0, 1.0)
    )
    return low, high


def penalised_ratio(likelihood: WeightedDesign, maximum: Maximum, held: IntArray) -> float:
    """Test that some parameters are 0 by the penalised likelihood ratio.

    Parameters
    ----------
    likelihood : multinomial likelihood
    maximum : Maximum
        From `rfree.membership.firth.maximise_firth`.
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
    start = _moved(maximum, held, np.zeros(len(held)))
    lost = penalised_value(likelihood, maximum.parameters) - penalised_value(
        likelihood, _with_held(likelihood, start, held)
    )
    return max(2 * lost, 0.0)


def _with_held(likelihood: WeightedDesign, start: FloatArray, held: IntArray) -> FloatArray:
    """Maximise the penalised likelihood over the parameters that are not held."""
    level = np.where(np.isin(np.arange(len(start)), held), start, 0.0)
    if penalised_value(likelihood, level) > penalised_value(likelihood, start):
        start = level
    free = np.setdiff1d(np.arange(len(start)), held)
    parameters = start.copy()
    if len(free) == 0:
        return parameters
    # In units in which the information is about 1 everywhere.
    information = likelihood.information(start)[np.ix_(free, free)]
    values, vectors = np.linalg.eigh(information)
    scale = vectors / np.sqrt(np.maximum(values, values.max() * LEAST_INFORMATION))

    def whole(moved: FloatArray) -> FloatArray:
        parameters[free] = start[free] + scale @ moved
        return parameters

    def fall(moved: FloatArray) -> tuple[float, FloatArray]:
        height, slope, _ = _slope(likelihood, whole(moved))
        if not (np.isfinite(height) and np.isfinite(slope).all()):
            return FAR_BELOW, np.zeros(len(free))
        return -height, -slope[free] @ scale

    found = minimize(fall, np.zeros(len(free)), jac=True, method="BFGS", options={"gtol": 1e-6})
    return whole(found.x).copy()


def _moved(maximum: Maximum, held: IntArray, values: FloatArray) -> FloatArray:
    """Where the maximum would be with some parameters at given values, were it a parabola."""
    free = np.setdiff1d(np.arange(len(maximum.parameters)), held)
    moved = maximum.parameters.copy()
    moved[held] = values
    information = maximum.information
    pull = information[np.ix_(free, held)] @ (maximum.parameters[held] - values)
    moved[free] += solve_symmetric(information[np.ix_(free, free)], pull)
    return moved


def _slope(
    likelihood: WeightedDesign, parameters: FloatArray
) -> tuple[float, FloatArray, FloatArray]:
    """Give the penalised log-likelihood, its derivatives, and the inverse information."""
    information = likelihood.information(parameters)
    height = penalised_value(likelihood, parameters, information)
    # Far away the information is next to nothing: its inverse is then beyond floats.
    with np.errstate(over="ignore", invalid="ignore"):
        covariance = model_covariance(information)
        slope = likelihood.scores(parameters).sum(axis=0)
        slope = slope + penalty_slope(likelihood, parameters, covariance)
    return height, slope, covariance


def _end_by_newton(
    likelihood: WeightedDesign, maximum: Maximum, position: int, sign: float, fall: float
) -> float | None:
    """Solve for the limit and for the other parameters at once; None where it does not converge."""
    limit = penalised_value(likelihood, maximum.parameters) - fall
    parameters = before = maximum.parameters
    own = np.arange(len(parameters)) == position
    for _ in range(MAX_STEPS):
        height, slope, covariance = _slope(likelihood, parameters)
        above = height - limit
        others = np.where(own, 0.0, slope)
        if abs(above) < _TOLERANCE and others @ covariance @ others < _TOLERANCE:
            return float(parameters[position])
        variance = covariance[position, position]
        usable = np.isfinite(above) and np.isfinite(covariance).all() and variance > 0
        square = 2 * (above + slope @ covariance @ slope / 2) / variance if usable else -1.0
        if square < 0:
            # Too far: the likelihood seen from here never rises to the limit.
            parameters = (parameters + before) / 2
            continue
        before = parameters
        parameters = parameters + covariance @ slope + sign * np.sqrt(square) * covariance[position]
    return None


def _end_by_holding(
    likelihood: WeightedDesign, maximum: Maximum, position: int, sign: float, fall: float
) -> float:
    """Go away from the estimate until the limit is passed, then look for it in between."""
    top = penalised_value(likelihood, maximum.parameters)
    held = np.array([position])
    estimate = float(maximum.parameters[position])
    near = maximum.parameters
    own = np.arange(len(near)) == position

    def above(distance: float) -> float:
        nonlocal near
        value = np.array([estimate + sign * distance])
        start = np.where(own, value, near)
        guess = _moved(maximum, held, value)
        if penalised_value(likelihood, guess) > penalised_value(likelihood, start):
            start = guess
        near = _with_held(likelihood, start, held)
        return penalised_value(likelihood, near) - (top - fall)

    inner = 0.0
    outer = 2 * float(np.sqrt(model_covariance(maximum.information)[position, position]))
    for _ in range(MAX_DOUBLINGS):
        if above(outer) < 0:
            return estimate + sign * float(brentq(above, inner, outer, xtol=1e-10))
        inner, outer = outer, 2 * outer
    return sign * np.inf
