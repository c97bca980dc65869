"""The Guttman effect: an axis that is a parabola of another tells nothing new."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfree.base.inputs import FloatArray, check_weights, in_one_order, real_numbers


def guttman_r2(
    x: Sequence[float] | FloatArray,
    y: Sequence[float] | FloatArray,
    *,
    weights: Sequence[float] | FloatArray | None = None,
) -> float:
    """Share of the variance of ``y`` explained by a quadratic in ``x``.

    Parameters
    ----------
    x, y : arrays of n floats
        Coordinates of the respondents on two axes.
    weights : array of n floats, optional
        Weights of the respondents; all one when absent.

    Returns
    -------
    float
        R2 of the weighted least squares regression of y on 1, x and x^2, from 0 to 1. A value
        near 1 is the Guttman effect: one scale orders the respondents, and the second axis only
        sets the extremes against the middle.

    Raises
    ------
    TypeError
        If a value is no number.
    ValueError
        If the lengths differ, a value is not finite, or y does not vary.

    Notes
    -----
    Guttman, L. (1941); Le Roux, B. & Rouanet, H. (2004). *Geometric Data Analysis*, 5.4.

    Examples
    --------
    >>> x = np.linspace(-1, 1, 9)
    >>> round(guttman_r2(x, 3 * x**2 - x), 12)
    1.0
    """
    abscissa, ordinate, weights = in_one_order(x=x, y=y, weights=weights)
    abscissa, ordinate = real_numbers(abscissa, name="x"), real_numbers(ordinate, name="y")
    if abscissa.ndim != 1 or abscissa.shape != ordinate.shape or not len(abscissa):
        raise ValueError(
            "x and y must be two series of one length above 0, not "
            f"{abscissa.shape} and {ordinate.shape}."
        )
    if not (np.isfinite(abscissa).all() and np.isfinite(ordinate).all()):
        raise ValueError("x and y must hold no missing or infinite value.")
    root = np.sqrt(check_weights(weights, abscissa))
    centred = ordinate - np.average(ordinate, weights=root**2)
    total = float(np.square(root * centred).sum())
    if total <= np.finfo(float).eps * float(np.square(root * ordinate).sum()):
        raise ValueError("y does not vary: no share of its variance can be explained.")
    # Scaled, so that x and x^2 are of one size whatever the unit.
    scaled = abscissa / (np.abs(abscissa).max() or 1.0)
    design = np.column_stack([np.ones_like(scaled), scaled, scaled**2])
    fitted = root[:, np.newaxis] * design
    coefficients = np.linalg.lstsq(fitted, root * centred, rcond=None)[0]
    residual = float(np.square(root * centred - fitted @ coefficients).sum())
    return max(0.0, 1.0 - residual / total)
