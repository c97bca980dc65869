"""Likelihood ratio tests and intervals of models of respondents who carry survey weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
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
from rfree.membership.profile_likelihood import profile_interval


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


def weighted_profiles(
    likelihood: Likelihood,
    maximum: Maximum,
    covariance: FloatArray,
    positions: IntArray,
    *,
    level: float = 0.95,
) -> pd.DataFrame:
    """Test parameters one by one by the likelihood ratio, with the intervals of what it allows.

    Parameters
    ----------
    likelihood, maximum, covariance
        As in `weighted_ratio`.
    positions : array of ints
        Of the parameters.
    level : float
        Of the intervals, within (0, 1).

    Returns
    -------
    DataFrame
        A row a parameter: ``statistic`` (chi-squared on 1 degree of freedom), ``p_value``, ``low``
        and ``high`` (infinite where the likelihood never falls as low).

    Raises
    ------
    ValueError
        If the level is not within (0, 1).

    Notes
    -----
    `weighted_ratio` of one parameter: with d its variance relative to that of a simple random
    sample, the interval holds the values b with 2 (l - l(b)) / d at most the quantile of
    chi-squared on 1 degree of freedom, l(b) maximised over all other parameters (R's
    ``survey:::confint.svyglm`` with ``method = "likelihood"`` takes d of the sandwich). Wald's test
    divides by errors that grow with the estimate, and finds too little where a class is small.

    Examples
    --------
    >>> from rfree.membership.multinomial import MultinomialLikelihood
    >>> from rfree.membership.likelihood import maximise_likelihood
    >>> X = np.column_stack([np.ones(8), np.tile([0.0, 1.0], 4)])
    >>> given = MultinomialLikelihood(X, np.eye(2)[[0, 1, 0, 1, 0, 1, 1, 0]], np.ones(8))
    >>> maximum = maximise_likelihood(given, np.zeros(2), np.zeros((2, 2)))
    >>> covariance = model_covariance(maximum.information)
    >>> weighted_profiles(given, maximum, covariance, np.array([1])).round(3)
       statistic  p_value    low   high
    0      2.093    0.148 -0.739  6.038
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; expected between 0 and 1.")
    surface = _PlainSurface(likelihood)
    effects = np.diag(covariance) / np.diag(model_covariance(maximum.information))
    rows = []
    for position in positions:
        test = weighted_ratio(likelihood, maximum, covariance, np.array([position]))
        fall = float(effects[position] * chi2.ppf(level, 1) / 2)
        low, high = profile_interval(surface, maximum, position, fall=fall)
        rows.append((test.statistic, test.p_value, low, high))
    return pd.DataFrame(rows, columns=["statistic", "p_value", "low", "high"])


@dataclass(frozen=True)
class _PlainSurface:
    """The log-likelihood itself, for `rfree.membership.profile_likelihood`."""

    likelihood: Likelihood

    def height(self, parameters: FloatArray) -> float:
        return self.likelihood.value(parameters)

    def slope(self, parameters: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        height = self.likelihood.value(parameters)
        if not np.isfinite(height):
            size = len(parameters)
            return height, np.full(size, np.nan), np.full((size, size), np.nan)
        covariance = model_covariance(self.information(parameters))
        return height, self.likelihood.scores(parameters).sum(axis=0), covariance

    def information(self, parameters: FloatArray) -> FloatArray:
        return self.likelihood.information(parameters)


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
