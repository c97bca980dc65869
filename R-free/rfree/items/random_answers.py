"""Respondents who answer at random, told from those whose answers hang together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import logsumexp, ndtr, ndtri
from scipy.stats import chi2

from rfree.base.inputs import FloatArray, in_one_order

N_PLACES = 31
"""Of the attitude, over which the likelihood of a respondent's answers is averaged."""

LEVEL = 0.05
"""At which nobody is taken to answer at random unless the likelihood speaks against it."""

_OWN_VARIANCE = 0.05  # at least, of a latent answer
_LEAST_SHARE = 1e-4  # of those who do not answer at random, that an answer has
_N_ROUNDS = 4
_MOST = 50.0  # of a logarithm of a ratio: beyond, nothing is left to decide


@dataclass(frozen=True)
class RandomAnswers:
    """How many of a sample answer at random.

    Attributes
    ----------
    share : float
        0-1; 0 where the likelihood without any is no lower than chance makes it.
    gain : float
        Twice the logarithm of the likelihood that the share adds.
    ratios : array of respondents
        Logarithm of the likelihood of the answers of each from their attitude, over that from
        chance alone: below 0, they look answered at random.
    """

    share: float
    gain: float
    ratios: FloatArray


def random_answers(
    values: pd.DataFrame | FloatArray,
    attitude: pd.Series | FloatArray,
    *,
    loadings: FloatArray,
    bends: FloatArray | None = None,
    sample_weight: pd.Series | FloatArray | None = None,
) -> RandomAnswers:
    """Estimate the share of respondents who answer at random, whatever they are asked.

    Parameters
    ----------
    values : array, respondents x items
        Ordered codes; NaN for no answer.
    attitude : array of respondents
        Where they stand, standardised: its distribution alone counts, not who stands where.
    loadings : array of items
        Of the latent answers on the attitude.
    bends : array of items, optional
        Of the latent answers on the square of the attitude, standardised; zeros by default.
    sample_weight : array of respondents, optional

    Returns
    -------
    RandomAnswers

    Raises
    ------
    ValueError
        If the arguments do not have as many respondents, or as many items.

    Notes
    -----
    A mixture of two kinds of respondents. Of one, the answers follow the attitude: latent answers
    are normal around it and cut so that the items have their shares, and the likelihood is averaged
    over the distribution of the attitude. Of the other, every answer of an item is as likely as
    any; the items' shares are those of the first kind alone, once the share is known. The
    logarithm of the likelihood is concave in the share, which is 0 unless it gains more than 2.7:
    the 95th percentile of the mixture of chi-squared distributions that holds at this bound (Self &
    Liang 1987). Such respondents are the random ones of Meade & Craig (2012).

    Examples
    --------
    >>> generator = np.random.default_rng(1)
    >>> attitude = generator.standard_normal(600)
    >>> latent = 0.8 * attitude[:, None] + 0.6 * generator.standard_normal((600, 12))
    >>> values = np.digitize(latent, [-1.0, 0.0, 1.0]).astype(float)
    >>> values[:90] = generator.integers(0, 4, (90, 12))
    >>> found = random_answers(values, attitude, loadings=np.full(12, 0.8))
    >>> abs(found.share - 90 / 600) < 0.03, bool((found.ratios[:90] < 0).mean() > 0.8)
    (True, True)
    """
    answers, stands, weights = in_one_order(
        values=values, attitude=attitude, sample_weight=sample_weight
    )
    bends = np.zeros(answers.shape[1]) if bends is None else bends
    if not len(loadings) == len(bends) == answers.shape[1]:
        raise ValueError(
            f"{answers.shape[1]} items, but {len(loadings)} loadings and {len(bends)} bends."
        )
    weights = np.ones(len(answers)) if weights is None else weights
    places = _places(stands, weights)
    share, gain, ratios = 0.0, 0.0, np.zeros(len(answers))
    for _ in range(_N_ROUNDS):  # the items' shares are those of the others alone
        by_place = np.zeros((len(answers), N_PLACES))
        for item, loading, bend in zip(answers.T, loadings, bends, strict=True):
            given = ~np.isnan(item)
            by_place[given] += _log_ratios(
                item[given], weights[given], places, loading=loading, bend=bend, at_random=share
            )
        ratios = logsumexp(by_place, axis=1) - np.log(N_PLACES)
        share, gain = _share(ratios.clip(-_MOST, _MOST), weights)
    likely = gain > float(chi2.ppf(1 - 2 * LEVEL, 1))
    return RandomAnswers(share if likely else 0.0, gain, ratios)


def _places(attitude: FloatArray, weights: FloatArray) -> FloatArray:
    """Return places that the attitude takes equally often, standardised."""
    order = attitude.argsort(kind="stable")
    below = (weights[order].cumsum() - weights[order] / 2) / weights.sum()
    places = np.interp((np.arange(N_PLACES) + 0.5) / N_PLACES, below, attitude[order])
    return np.asarray((places - places.mean()) / max(float(places.std()), np.finfo(float).tiny))


def _log_ratios(
    codes: FloatArray,
    weights: FloatArray,
    places: FloatArray,
    *,
    loading: float,
    bend: float,
    at_random: float,
) -> FloatArray:
    """Return the logarithm of the chance of answers to an item at each place, over that by chance.

    ``at_random`` is the share of those whose answers are left out of the shares of the item.
    """
    in_use, which = np.unique(codes, return_inverse=True)
    if len(in_use) < 2:
        return np.zeros((len(codes), len(places)))
    shares = np.bincount(which, weights) / weights.sum()
    shares = np.maximum(shares - at_random / len(in_use), _LEAST_SHARE)
    limits = ndtri(shares.cumsum()[:-1] / shares.sum())
    square = np.square(places) - 1
    square = square / max(float(square.std()), np.finfo(float).tiny)
    spread = np.sqrt(max(1 - loading**2 - bend**2, _OWN_VARIANCE))
    below = (limits[:, np.newaxis] - loading * places - bend * square) / spread
    lower = np.vstack([np.full(len(places), -np.inf), below])
    upper = np.vstack([below, np.full(len(places), np.inf)])
    chances = np.where(lower > 0, ndtr(-lower) - ndtr(-upper), ndtr(upper) - ndtr(lower))
    by_place = np.log(np.maximum(chances, np.exp(-_MOST))) + np.log(len(in_use))
    return np.asarray(by_place[which])


def _share(ratios: FloatArray, weights: FloatArray) -> tuple[float, float]:
    """Maximise the likelihood of a mixture over its share; return it, and twice what it gains."""
    odds = np.exp(ratios)
    mass = weights * len(weights) / weights.sum()

    def slope(share: float) -> float:
        return float(mass @ ((1 - odds) / (share + (1 - share) * odds)))

    if slope(0.0) <= 0:
        return 0.0, 0.0
    share = 1.0 if slope(1.0) >= 0 else float(brentq(slope, 0.0, 1.0))
    gain = 2 * float(mass @ (np.log(share + (1 - share) * odds) - ratios))
    return share, gain
