"""The v-test of a count against the hypergeometric distribution, exact far into the tails."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, ndtri_exp

from rfree.base.inputs import FloatArray

TERMS_AT_ONCE = 32
_NEGLIGIBLE = 1e-18
# Digits after the point that sums of weights are read with.
ROUNDING_NOISE = 9


def hypergeometric_v_test(
    count: npt.ArrayLike, drawn: npt.ArrayLike, marked: npt.ArrayLike, total: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Test counts of marked respondents in a class against a draw at random.

    Parameters
    ----------
    count : array
        Marked respondents in the class.
    drawn : array
        Respondents in the class.
    marked : array
        Marked respondents in all.
    total : array
        Respondents in all. The four are broadcast together.

    Returns
    -------
    p_value : array
        min(2 P(X < k) + P(X = k), 2 P(X > k) + P(X = k)).
    v_test : array
        Normal quantile of the same probability; positive when the count is above expectation,
        negative when it is below, or equal as in FactoMineR.

    Notes
    -----
    Of the two sums, which add up to 2, the one on the far side of the mode is added up, as a
    series of ratios of successive probabilities: all below one, so that it is short.
    Logarithms keep v-tests of 40 and more.

    Weighted counts that are no whole numbers are rounded to whole respondents (the marked, the
    others, the drawn and the count), as R's distributions do; the sign compares the
    unrounded shares.

    Examples
    --------
    >>> p_value, v_test = hypergeometric_v_test([2, 0], 2, 2, 4)
    >>> p_value.round(4), v_test.round(4)
    (array([0.1667, 0.1667]), array([ 1.383, -1.383]))
    """
    arrays = (np.asarray(each, dtype=float) for each in (count, drawn, marked, total))
    k, n, m, N = np.broadcast_arrays(*arrays)
    shape = k.shape
    k, n, m, N = (np.round(each.ravel(), ROUNDING_NOISE) for each in (k, n, m, N))
    above = k * N > n * m
    n, m, others = np.rint(n), np.rint(m), np.rint(N - m)
    a = np.clip(np.rint(k), np.maximum(n - others, 0.0), np.minimum(n, m))
    b, c, d = n - a, m - a, others - n + a
    log_probability = _log_probability(a, b, c, d)
    upwards = a * d >= b * c
    # Seen from the far side of the mode, a step takes one from each of two opposite cells.
    tail = _tail_by_probability(
        np.where(upwards, b, a),
        np.where(upwards, c, d),
        np.where(upwards, a, b),
        np.where(upwards, d, c),
    )
    log_p = log_probability + np.log1p(2 * tail)
    # Near the mode the other sum may be the smaller of the two.
    beyond = log_p > 0
    log_p[beyond] = np.log(np.clip(2 - np.exp(log_p[beyond]), np.finfo(float).tiny, 1.0))
    certain = (np.minimum(a + b, a + c) <= 0) | (np.minimum(b + d, c + d) <= 0)
    log_p[certain] = 0.0
    v_test = np.abs(ndtri_exp(log_p - np.log(2)))
    v_test = np.where(above, v_test, -v_test) + 0.0
    return np.exp(log_p).reshape(shape), v_test.reshape(shape)


def _log_probability(a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray) -> FloatArray:
    """Logarithm of the probability of a two-by-two table given its margins."""
    margins = gammaln(a + b + 1) + gammaln(c + d + 1) + gammaln(a + c + 1) + gammaln(b + d + 1)
    cells = gammaln(a + 1) + gammaln(b + 1) + gammaln(c + 1) + gammaln(d + 1)
    return np.asarray(margins - cells - gammaln(a + b + c + d + 1), dtype=float)


def _tail_by_probability(
    down: FloatArray, down_too: FloatArray, up: FloatArray, up_too: FloatArray
) -> FloatArray:
    """Sum the probabilities beyond each table, divided by its own.

    Each step takes one from the cells ``down`` and adds one to the cells ``up``.
    """
    total = np.zeros_like(down)
    last = np.ones_like(down)
    active = np.flatnonzero((down > 0) & (down_too > 0))
    done = 0
    while len(active):
        step = done + np.arange(TERMS_AT_ONCE)
        fewer = np.maximum(down[active, np.newaxis] - step, 0.0)
        fewer *= np.maximum(down_too[active, np.newaxis] - step, 0.0)
        more = (up[active, np.newaxis] + step + 1) * (up_too[active, np.newaxis] + step + 1)
        terms = np.cumprod(fewer / more, axis=1) * last[active, np.newaxis]
        total[active] += terms.sum(axis=1)
        last[active] = terms[:, -1]
        active = active[last[active] > _NEGLIGIBLE * total[active]]
        done += TERMS_AT_ONCE
    return total
