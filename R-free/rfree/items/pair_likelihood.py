"""The likelihood of a latent correlation in the two-way table of two ordered answers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from rfree.base.inputs import FloatArray, IntArray
from rfree.items.bivariate_normal import bivariate_normal_cdf, bivariate_normal_density

# Stands for an infinite threshold: the tail beyond is 8e-24.
_INFINITE = 10.0
# A cell's probability is a difference of numbers near 1, known to about 1e-16.
_SMALLEST_PROBABILITY = 1e-15
_LARGEST_Z = float(np.arctanh(0.9999))
_LONGEST_STEP = 0.5
# A Newton step this short ends where the next would start, some 1e-12 from the maximum.
_LAST_STEP = 1e-6
_MAX_STEPS = 100


class _Tables(NamedTuple):
    """Tables and thresholds of some pairs; pairs are the last axis of every array."""

    counts: FloatArray  # codes of the first x codes of the second x pairs
    rows: FloatArray  # thresholds of the first item x pairs
    columns: FloatArray  # thresholds of the second item x pairs

    def of(self, pairs: IntArray) -> _Tables:
        """Return the tables of some of the pairs."""
        return _Tables(self.counts[..., pairs], self.rows[:, pairs], self.columns[:, pairs])


class _Slope(NamedTuple):
    """Log-likelihood of each pair at its z, and the Newton step from there."""

    log_likelihood: FloatArray
    step: FloatArray
    is_newton: FloatArray  # 1 where the log-likelihood is concave, else 0 (scoring step)


def maximum_likelihood_correlations(
    counts: FloatArray, rows: FloatArray, columns: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the correlation that maximises the likelihood of each two-way table.

    Parameters
    ----------
    counts : array, pairs x codes x codes
        Weighted two-way tables.
    rows, columns : arrays, pairs x (number of codes - 1)
        Thresholds of the first and of the second item of each pair.

    Returns
    -------
    correlations : array of one a pair, within [-.9999, .9999]
    log_likelihoods : array of one a pair
        Sum of count times log probability of the cell.

    Notes
    -----
    Newton's method on Fisher's z = artanh(correlation), by Fisher scoring where the
    log-likelihood is not concave. A step is kept only if the log-likelihood does not fall,
    else cut to a quarter.

    Examples
    --------
    >>> halves = np.array([[0.0]])
    >>> rho, _ = maximum_likelihood_correlations(np.array([[[2.0, 1], [1, 2]]]), halves, halves)
    >>> rho.round(12)  # sin of pi/2 (2 * 4/6 - 1)
    array([0.5])
    """
    tables = _Tables(
        np.ascontiguousarray(np.moveaxis(counts, 0, -1)),
        np.clip(rows.T, -_INFINITE, _INFINITE),
        np.clip(columns.T, -_INFINITE, _INFINITE),
    )
    z = _starting_values(tables)
    log_likelihood, step, is_newton = (values.copy() for values in _slope(tables, z))
    for _ in range(_MAX_STEPS):
        step = np.clip(z + step, -_LARGEST_Z, _LARGEST_Z) - z
        last = np.abs(step) < np.where(is_newton > 0, _LAST_STEP, _LAST_STEP**2)
        active = np.flatnonzero(~last)
        if len(active) == 0:
            break
        trial = z[active] + step[active]
        slope = _slope(tables.of(active), trial)
        # Rounding: near the maximum equal likelihoods may differ in the last digits.
        margin = 1e-13 * np.abs(log_likelihood[active])
        better = slope.log_likelihood >= log_likelihood[active] - margin
        kept, cut = active[better], active[~better]
        z[kept] = trial[better]
        log_likelihood[kept] = slope.log_likelihood[better]
        step[kept] = slope.step[better]
        is_newton[kept] = slope.is_newton[better]
        step[cut] /= 4
    return np.tanh(z + step), log_likelihood


def _starting_values(tables: _Tables) -> FloatArray:
    """Return artanh of the correlation of the normal scores, kept within .9."""
    scores = [_normal_scores(limits) for limits in (tables.rows, tables.columns)]
    total = tables.counts.sum(axis=(0, 1))
    margins = [tables.counts.sum(axis=1), tables.counts.sum(axis=0)]
    centred, variances = [], []
    for score, margin in zip(scores, margins, strict=True):
        deviation = score - (margin * score).sum(axis=0) / total
        centred.append(deviation)
        variances.append((margin * deviation**2).sum(axis=0) / total)
    covariance = np.einsum("ijp,ip,jp->p", tables.counts, *centred) / total
    scale = np.sqrt(np.maximum(variances[0] * variances[1], 1e-12))
    start: FloatArray = np.arctanh(np.clip(covariance / scale, -0.9, 0.9))
    return start


def _normal_scores(limits: FloatArray) -> FloatArray:
    """Return the mean of a standard normal variable between successive limits."""
    edge = np.zeros((1, limits.shape[1]))
    density = np.exp(-(limits**2) / 2) / np.sqrt(2 * np.pi)
    share = np.diff(np.concatenate([edge, ndtr(limits), edge + 1]), axis=0)
    falls = -np.diff(np.concatenate([edge, density, edge]), axis=0)
    return np.where(share > 1e-12, falls / np.maximum(share, 1e-12), 0.0)


def _slope(tables: _Tables, z: FloatArray) -> _Slope:
    """Return the log-likelihood of each pair and the step to take from ``z``."""
    rho = np.tanh(z)
    x, y = tables.rows[:, None, :], tables.columns[None, :, :]
    left = 1 - rho**2
    density = bivariate_normal_density(x, y, rho)
    bend = rho / left + (x * y * (1 + rho**2) - rho * (x**2 + y**2)) / left**2
    probability = np.maximum(_cells(_cumulated(tables, rho)), _SMALLEST_PROBABILITY)
    first = _cells(np.pad(density, ((1, 1), (1, 1), (0, 0)))) / probability
    second = _cells(np.pad(density * bend, ((1, 1), (1, 1), (0, 0)))) / probability
    log_likelihood = (tables.counts * np.log(probability)).sum(axis=(0, 1))
    score = (tables.counts * first).sum(axis=(0, 1))
    curvature = (tables.counts * (second - first**2)).sum(axis=(0, 1))
    information = tables.counts.sum(axis=(0, 1)) * (probability * first**2).sum(axis=(0, 1))
    # From the correlation to z: d rho / dz = 1 - rho^2.
    score_z = score * left
    curvature_z = curvature * left**2 - 2 * rho * left * score
    information_z = np.maximum(information * left**2, 1e-300)
    is_newton = curvature_z < -0.1 * information_z
    step = score_z / np.where(is_newton, -curvature_z, information_z)
    step = np.clip(step, -_LONGEST_STEP, _LONGEST_STEP)
    return _Slope(log_likelihood, step, is_newton.astype(float))


def _cumulated(tables: _Tables, rho: FloatArray) -> FloatArray:
    """Return P(X <= x, Y <= y) at every corner of the tables, the infinite ones included."""
    n_rows, n_columns, n_pairs = tables.counts.shape
    corners = np.zeros((n_rows + 1, n_columns + 1, n_pairs))
    corners[1:-1, 1:-1] = bivariate_normal_cdf(
        tables.rows[:, None, :], tables.columns[None, :, :], rho
    )
    corners[1:-1, -1] = ndtr(tables.rows)
    corners[-1, 1:-1] = ndtr(tables.columns)
    corners[-1, -1] = 1.0
    return corners


def _cells(corners: FloatArray) -> FloatArray:
    """Return the mass of every cell from the cumulated values at its corners."""
    cells: FloatArray = np.diff(np.diff(corners, axis=0), axis=1)
    return cells
