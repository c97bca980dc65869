"""The bivariate normal distribution, on whole arrays of limits at once."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from rfree.base.inputs import FloatArray

# From this correlation on, the integral from 0 is too steep for 20 nodes (Genz 2004).
_STEEP = 0.925
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(20)
# The nodes and weights of the interval [0, 1].
_UNIT_NODES: FloatArray = (_NODES + 1) / 2
_UNIT_WEIGHTS: FloatArray = _NODE_WEIGHTS / 2


def bivariate_normal_density(x: FloatArray, y: FloatArray, rho: FloatArray) -> FloatArray:
    """Return the density of two standard normal variables of correlation ``rho``.

    Parameters
    ----------
    x, y : arrays
        Finite values.
    rho : array
        Correlations within (-1, 1). The three arrays broadcast.

    Returns
    -------
    array
        Density; also the derivative of the distribution function with respect to ``rho``.

    Examples
    --------
    >>> float(bivariate_normal_density(np.array(0.0), np.array(0.0), np.array(0.0)).round(6))
    0.159155
    """
    left = (1 - rho) * (1 + rho)
    # Written as (x - rho y)^2 so that nothing cancels when rho nears 1.
    exponent = -((x - rho * y) ** 2 / left + y**2) / 2
    density: FloatArray = np.exp(exponent) / (2 * np.pi * np.sqrt(left))
    return density


def bivariate_normal_cdf(x: FloatArray, y: FloatArray, rho: FloatArray) -> FloatArray:
    """Return P(X <= x, Y <= y) for standard normal X and Y of correlation ``rho``.

    Parameters
    ----------
    x, y : arrays
        Upper limits, finite (use 10 for infinity: its tail is below double precision).
    rho : array
        Correlations within (-1, 1). The three arrays broadcast.

    Returns
    -------
    array
        Probabilities, to about 1e-15.

    Notes
    -----
    The distribution function is Phi(x) Phi(y) plus the integral of the density over the
    correlation from 0 to rho (Plackett 1954); with t = sin(theta) it is taken by 20
    Gauss-Legendre nodes (Drezner & Wesolowsky 1990). From correlations of .925 on, it is taken from
    the other end, from rho to 1, with the steep part integrated in closed form (Genz 2004,
    "Numerical computation of rectangular bivariate and trivariate normal and t
    probabilities", Statistics and Computing 14).

    Examples
    --------
    >>> quadrant = bivariate_normal_cdf(np.zeros(2), np.zeros(2), np.array([0.5, 0.99]))
    >>> bool(np.allclose(quadrant, 0.25 + np.arcsin([0.5, 0.99]) / (2 * np.pi), atol=1e-15))
    True
    """
    x, y, rho = np.asarray(x, dtype=float), np.asarray(y, dtype=float), np.asarray(rho, dtype=float)
    steep = np.abs(rho) >= _STEEP
    # Not broadcast before: functions of rho alone are then taken once a correlation.
    probability = _from_zero(x, y, np.where(steep, 0.0, rho))
    if steep.any():
        x, y, rho, steep = np.broadcast_arrays(x, y, rho, steep)
        probability[steep] = _from_one(x[steep], y[steep], rho[steep])
    return probability


def _from_zero(x: FloatArray, y: FloatArray, rho: FloatArray) -> FloatArray:
    """Return the distribution function by the integral from correlation 0."""
    product = x * y
    half_squares = (x * x + y * y) / 2
    angle = np.arcsin(rho)
    integral = np.zeros(np.broadcast_shapes(product.shape, rho.shape))
    # A loop over the nodes keeps the arrays small enough for the processor's cache.
    for node, weight in zip(_UNIT_NODES, _UNIT_WEIGHTS, strict=True):
        sine = np.sin(angle * node)
        integral += weight * np.exp((product * sine - half_squares) / (1 - sine * sine))
    result: FloatArray = ndtr(x) * ndtr(y) + integral * angle / (2 * np.pi)
    return result


def _from_one(x: FloatArray, y: FloatArray, rho: FloatArray) -> FloatArray:
    """Return the distribution function by the integral up to correlation 1 or -1."""
    sign = np.sign(rho)
    y_same = y * sign
    positive = ndtr(np.minimum(x, y_same)) - _integral_to_one(x, y_same, np.abs(rho))
    # P(X <= x, Y <= y) = Phi(x) - P(X <= x, -Y <= -y), and -Y has the opposite correlation.
    result: FloatArray = np.where(sign > 0, positive, ndtr(x) - positive)
    return result


def _integral_to_one(x: FloatArray, y: FloatArray, rho: FloatArray) -> FloatArray:
    """Return the integral of the density over the correlation from ``rho`` to 1.

    With s = sqrt(1 - t^2) it is that of exp(-(x - y)^2 / 2s^2) f(s) / 2 pi from 0 to
    sqrt(1 - rho^2), f(s) = exp(-xy / (1 + sqrt(1 - s^2))) / sqrt(1 - s^2). The expansion of f
    to s^4 is integrated in closed form, the smooth rest by the nodes.
    """
    product = x * y
    gap = np.abs(x - y)
    limit = np.sqrt((1 - rho) * (1 + rho))
    second = (4 - product) / 8
    fourth = second * (12 - product) / 16
    peak = np.exp(-((gap / limit) ** 2) / 2)
    moment0 = limit * peak - gap * np.sqrt(2 * np.pi) * ndtr(-gap / limit)
    moment2 = (limit**3 * peak - gap**2 * moment0) / 3
    moment4 = (limit**5 * peak - gap**2 * moment2) / 5
    scale = np.exp(-product / 2)
    integral = scale * (moment0 + second * moment2 + fourth * moment4)
    for node, weight in zip(_UNIT_NODES, _UNIT_WEIGHTS, strict=True):
        square = (limit * node) ** 2
        root = np.sqrt(1 - square)
        exact = np.exp(-product / (1 + root)) / root
        expanded = scale * (1 + square * (second + square * fourth))
        steep = np.exp(-(gap**2) / (2 * square))
        integral += weight * limit * steep * (exact - expanded)
    result: FloatArray = integral / (2 * np.pi)
    return result
