"""Intervals of one parameter from its profile: the likelihood at best beside each of its values."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from scipy.optimize import brentq, minimize

from rfree.base.inputs import FloatArray, IntArray
from rfree.membership.likelihood import Maximum, model_covariance, solve_symmetric

# Where the information is singular, a penalised likelihood is 0: as good as this.
FAR_BELOW = 1e10
LEAST_INFORMATION = 1e-10
# Iterations of the search of an end by Newton's method; it takes six to thirty.
MAX_STEPS = 100
# Half-widths doubled so often without reaching the limit: there is no end on that side.
MAX_DOUBLINGS = 14
# How far, in log-likelihood, an end may be from the limit.
_TOLERANCE = 1e-9


class Surface(Protocol):
    """A log-likelihood, penalised or not, over its parameters: one vector of p floats."""

    def height(self, parameters: FloatArray) -> float:
        """Give the log-likelihood; -inf outside the domain."""

    def slope(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        """Give the height, its p derivatives, and the inverse information, p x p."""

    def information(self, parameters: FloatArray) -> FloatArray:
        """Minus the second derivatives of the likelihood, p x p."""


def profile_interval(
    surface: Surface, maximum: Maximum, position: int, *, fall: float
) -> tuple[float, float]:
    """Find where the profile likelihood of one parameter has fallen to a limit.

    Parameters
    ----------
    surface : Surface
    maximum : Maximum
        Of it.
    position : int
        Which parameter.
    fall : float
        In log-likelihood, above 0: for an interval of 95 %, half the quantile of chi-squared on 1
        degree of freedom.

    Returns
    -------
    low, high : float
        Infinite where the likelihood never falls as low.

    Notes
    -----
    With l(b) the log-likelihood maximised over all other parameters, the interval holds the values
    b with l - l(b) at most ``fall``. Both ends are found by Newton's method on all parameters at
    once (Venzon & Moolgavkar 1988, *Applied Statistics* 37, 87-94), and where it fails by holding
    the parameter at one value after another.
    """
    low, high = (
        _end_by_newton(surface, maximum, position, sign, fall)
        or _end_by_holding(surface, maximum, position, sign, fall)
        for sign in (-1.0, 1.0)
    )
    return low, high


def with_held(surface: Surface, start: FloatArray, held: IntArray) -> FloatArray:
    """Give the parameters of the largest height among those with the held ones of ``start``."""
    level = np.where(np.isin(np.arange(len(start)), held), start, 0.0)
    if surface.height(level) > surface.height(start):
        start = level
    free = np.setdiff1d(np.arange(len(start)), held)
    parameters = start.copy()
    if len(free) == 0:
        return parameters
    # In units in which the information is about 1 everywhere.
    information = surface.information(start)[np.ix_(free, free)]
    values, vectors = np.linalg.eigh(information)
    scale = vectors / np.sqrt(np.maximum(values, values.max() * LEAST_INFORMATION))

    def whole(moved: FloatArray) -> FloatArray:
        parameters[free] = start[free] + scale @ moved
        return parameters

    def fall(moved: FloatArray) -> tuple[float, FloatArray]:
        height, slope, _ = surface.slope(whole(moved))
        if not (np.isfinite(height) and np.isfinite(slope).all()):
            return FAR_BELOW, np.zeros(len(free))
        return -height, -slope[free] @ scale

    found = minimize(fall, np.zeros(len(free)), jac=True, method="BFGS", options={"gtol": 1e-6})
    return whole(found.x).copy()


def moved_to(maximum: Maximum, held: IntArray, values: FloatArray) -> FloatArray:
    """Where the maximum would be with some parameters at given values, were it a parabola."""
    free = np.setdiff1d(np.arange(len(maximum.parameters)), held)
    moved = maximum.parameters.copy()
    moved[held] = values
    information = maximum.information
    pull = information[np.ix_(free, held)] @ (maximum.parameters[held] - values)
    moved[free] += solve_symmetric(information[np.ix_(free, free)], pull)
    return moved


def _end_by_newton(
    surface: Surface, maximum: Maximum, position: int, sign: float, fall: float
) -> float | None:
    """Solve for the limit and for the other parameters at once; None where it does not converge."""
    limit = surface.height(maximum.parameters) - fall
    parameters = before = maximum.parameters
    own = np.arange(len(parameters)) == position
    for _ in range(MAX_STEPS):
        height, slope, covariance = surface.slope(parameters)
        above = height - limit
        others = np.where(own, 0.0, slope)
        if abs(above) < _TOLERANCE and others @ covariance @ others < _TOLERANCE:
            return float(parameters[position])
        variance = covariance[position, position]
        usable = np.isfinite(above) and np.isfinite(covariance).all() and variance > 0
        with np.errstate(over="ignore"):
            square = 2 * (above + slope @ covariance @ slope / 2) / variance if usable else -1.0
        if not 0 <= square < np.inf:
            # Too far: the likelihood seen from here never rises to the limit.
            parameters = (parameters + before) / 2
            continue
        before = parameters
        parameters = parameters + covariance @ slope + sign * np.sqrt(square) * covariance[position]
    return None


def _end_by_holding(
    surface: Surface, maximum: Maximum, position: int, sign: float, fall: float
) -> float:
    """Go away from the estimate until the limit is passed, then look for it in between."""
    top = surface.height(maximum.parameters)
    held = np.array([position])
    estimate = float(maximum.parameters[position])
    near = maximum.parameters
    own = np.arange(len(near)) == position

    def above(distance: float) -> float:
        nonlocal near
        value = np.array([estimate + sign * distance])
        start = np.where(own, value, near)
        guess = moved_to(maximum, held, value)
        if surface.height(guess) > surface.height(start):
            start = guess
        near = with_held(surface, start, held)
        return surface.height(near) - (top - fall)

    inner = 0.0
    outer = 2 * float(np.sqrt(model_covariance(maximum.information)[position, position]))
    for _ in range(MAX_DOUBLINGS):
        if above(outer) < 0:
            return estimate + sign * float(brentq(above, inner, outer, xtol=1e-10))
        inner, outer = outer, 2 * outer
    return sign * np.inf
