"""Likelihood ratio tests of models of respondents who carry survey weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from rfree.base.inputs import FloatArray, IntArray
from rfree.membership.likelihood import (
    MAX_ITERATIONS,
    Likelihood,
    Maximum,
    climb,
    model_covariance,
    solve_symmetric,
)


@dataclass(frozen=True)
class RatioTest:
    """Test that some parameters are 0.

    Attributes
    ----------
    statistic, df, p_value : float
        Chi-squared, its degrees of freedom (not whole, as a rule) and its probability.
    """

    statistic: float
    df: float
    p_value: float


def weighted_ratio(
    likelihood: Likelihood, maximum: Maximum, covariance: FloatArray, held: IntArray
) -> RatioTest:
    """Test that some parameters are 0 by the likelihood ratio, corrected for the weights.

    Parameters
    ----------
    likelihood : Likelihood
        With survey weights.
    maximum : Maximum
        Of it, without penalty.
    covariance : array, p x p
        Of the estimates under the weights (`rfree.membership.likelihood.weighted_variance`).
    held : array of ints
        The parameters that are 0 under the hypothesis.

    Returns
    -------
    RatioTest

    Notes
    -----
    Rao & Scott's working likelihood ratio for regression models (Lumley & Scott 2014,
    *Australian & New Zealand Journal of Statistics* 56, 1-14; R's ``survey::regTermTest`` with
    ``method = "LRT"``), second-order correction: with Delta the covariance of the held estimates
    relative to that of a simple random sample, 2 (l - l0) / tr Delta * df is compared with
    chi-squared on df = (tr Delta)^2 / tr(Delta^2). R takes the sandwich for that covariance, whose
    noise rejects too often; Wald's statistic with the covariance that the model expects
    rejects far too seldom where a class is small, as its errors grow with the estimates.

    Examples
    --------
    >>> from rfree.membership.multinomial import MultinomialLikelihood
    >>> from rfree.membership.likelihood import maximise_likelihood
    >>> X = np.column_stack([np.ones(8), np.tile([0.0, 1.0], 4)])
    >>> given = MultinomialLikelihood(X, np.eye(2)[[0, 1, 0, 1, 0, 1, 1, 0]], np.ones(8))
    >>> maximum = maximise_likelihood(given, np.zeros(2), np.zeros((2, 2)))
    >>> covariance = model_covariance(maximum.information)
    >>> test = weighted_ratio(given, maximum, covariance, np.array([1]))
    >>> round(test.statistic, 4), round(test.df, 4)  # 16 log(2) + 4 (3 log(.75) + log(.25))
    (2.093, 1.0)
    """
    among = np.ix_(held, held)
    effects = np.linalg.solve(model_covariance(maximum.information)[among], covariance[among])
    trace = float(np.trace(effects))
    df = trace**2 / float(np.trace(effects @ effects))
    ratio = 2 * (maximum.log_likelihood - _height_without(likelihood, maximum.parameters, held))
    statistic = max(ratio, 0.0) / trace * df
    return RatioTest(statistic, df, float(chi2.sf(statistic, df)))


def _height_without(likelihood: Likelihood, parameters: FloatArray, held: IntArray) -> float:
    """Maximise the likelihood over all other parameters."""
    free = np.setdiff1d(np.arange(len(parameters)), held)

    def whole(values: FloatArray) -> FloatArray:
        every = np.zeros(len(parameters))
        every[free] = values
        return every

    def rise(values: FloatArray) -> tuple[FloatArray, FloatArray]:
        every = whole(values)
        slope = likelihood.scores(every).sum(axis=0)[free]
        return slope, solve_symmetric(likelihood.information(every)[np.ix_(free, free)], slope)

    best, _ = climb(
        parameters[free],
        lambda values: likelihood.value(whole(values)),
        rise,
        max_iterations=MAX_ITERATIONS,
    )
    return likelihood.value(whole(best))
