"""Respondents who answer at random, told from those whose answers hang together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import logsumexp, ndtr, ndtri
from scipy.stats import chi2

from rfree.base.inputs import FloatArray, IntArray, in_one_order

_N_PLACES, _N_STYLES = 21, 5  # of the attitude and of each style, as likely as one another
_ENOUGH = float(chi2.ppf(0.9, 1))  # of a gain: at a bound, chance makes as much in 5 % of samples
_OWN_VARIANCE = 0.05  # at least, of a latent answer
_LEAST_SHARE = 1e-4  # of those who do not answer at random, that an answer has
_FEWEST_CODES = 3  # of an item that tells: of two, chance is a place of the attitude itself
_N_ROUNDS = 4
_ROWS_AT_ONCE = 5000
_MOST = 50.0  # of a logarithm of a ratio: beyond, nothing is left to decide


@dataclass(frozen=True)
class RandomAnswers:
    """How many of a sample answer at random.

    Attributes
    ----------
    share : float
        0-1; 0 where the likelihood without any is no lower than chance makes it.
    upper : float
        The largest share that the answers allow, at 95 %; 0 where ``share`` is.
    gain : float
        Twice the logarithm of the likelihood that the share adds.
    ratios : array of respondents
        Logarithm of the likelihood of the answers of each from their attitude, over that from
        chance alone: below 0, they look answered at random.
    """

    share: float
    upper: float
    gain: float
    ratios: FloatArray

    @property
    def probabilities(self) -> FloatArray:
        """Of having answered at random, by Bayes' rule, an array of respondents."""
        odds = np.exp(self.ratios.clip(-_MOST, _MOST))
        return np.asarray(self.share / (self.share + (1 - self.share) * odds))


def random_answers(
    values: pd.DataFrame | FloatArray,
    attitude: FloatArray,
    *,
    loadings: FloatArray,
    bends: FloatArray | None = None,
    styles: FloatArray | None = None,
    extremity: float = 0.0,
    sample_weight: pd.Series | FloatArray | None = None,
) -> RandomAnswers:
    """Estimate the share of respondents who answer at random, whatever they are asked.

    Parameters
    ----------
    values : array, respondents x items
        Ordered codes; NaN for no answer.
    attitude : array of any length
        Where respondents stand, standardised, each value as likely as any: who stands where does
        not count.
    loadings : array of items
        Of the latent answers on the attitude.
    bends : array of items, optional
        Of the latent answers on the square of the attitude, standardised; zeros by default.
    styles : array of items, optional
        Of the latent answers on a style of answering, normal beside the attitude; zeros by default.
    extremity : float
        Spread of the respondents' preference for the ends of the scale, on a logarithmic scale: a
        style is no chance either.
    sample_weight : array of respondents, optional

    Returns
    -------
    RandomAnswers

    Raises
    ------
    ValueError
        If the arguments do not have as many items.

    Notes
    -----
    A mixture of two kinds of respondents. Of one, the answers follow the attitude: latent answers
    are normal around it and cut so that the items have their shares, and the likelihood is averaged
    over the distributions of the attitude and of styles of answering. Of the other, every answer of
    an item is as likely as any; the items' shares are those of the first kind alone, once the share
    is known. The logarithm of the likelihood is concave in the share, which is 0 unless it gains
    more than 2.7: the 95th percentile of the mixture of chi-squared distributions that holds at
    this bound (Self & Liang 1987). The upper limit is that of the profile likelihood, one-sided.
    Such respondents are the random ones of Meade & Craig (2012). Items of two answers say nothing:
    whoever is undecided gives either as often as chance does.

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
    answers, weights = in_one_order(values=values, sample_weight=sample_weight)
    none = np.zeros(answers.shape[1])
    bends, styles = (none if each is None else each for each in (bends, styles))
    if not len(loadings) == len(bends) == len(styles) == answers.shape[1]:
        raise ValueError(
            f"{answers.shape[1]} items, but {len(loadings)} loadings, {len(bends)} bends and "
            f"{len(styles)} styles."
        )
    weights = np.ones(len(answers)) if weights is None else weights
    places = _places(attitude, styles=bool(np.any(styles)), extremity=extremity)
    middles = np.outer(loadings, places.attitude) + np.outer(bends, places.square)
    middles = (middles + np.outer(styles, places.style)) * places.stretch
    own = np.sqrt(np.maximum(1 - loadings**2 - bends**2 - styles**2, _OWN_VARIANCE))
    spreads = own[:, np.newaxis] * places.stretch
    share, upper, gain, ratios = 0.0, 0.0, 0.0, np.zeros(len(answers))
    for _ in range(_N_ROUNDS):  # the items' shares are those of the others alone
        tables = [
            _log_ratios(item, weights, middle, spread, at_random=share)
            for item, middle, spread in zip(answers.T, middles, spreads, strict=True)
        ]
        ratios = np.concatenate(
            [
                logsumexp(sum(table[which[rows]] for which, table in tables), axis=1)
                for rows in np.array_split(
                    np.arange(len(answers)), 1 + len(answers) // _ROWS_AT_ONCE
                )
            ]
        ) - np.log(len(places.attitude))
        share, upper, gain = _share(ratios.clip(-_MOST, _MOST), weights)
    if gain <= _ENOUGH:
        share, upper = 0.0, 0.0
    return RandomAnswers(share, upper, gain, ratios)


@dataclass(frozen=True)
class _Places:
    """Where respondents may stand, each place as likely as any."""

    attitude: FloatArray
    square: FloatArray
    style: FloatArray
    stretch: FloatArray


def _places(attitude: FloatArray, *, styles: bool, extremity: float) -> _Places:
    """Return all combinations of places of the attitude with those of the styles there are."""
    stands = standardised(np.quantile(attitude, _evenly(_N_PLACES)))
    normal = standardised(ndtri(_evenly(_N_STYLES)))
    style = normal if styles else np.zeros(1)
    stretch = np.exp(extremity * normal) if extremity > 0 else np.ones(1)
    square = standardised(np.square(stands))
    which = np.meshgrid(*map(np.arange, map(len, (stands, style, stretch))), indexing="ij")
    at, by_style, by_stretch = (each.ravel() for each in which)
    return _Places(stands[at], square[at], style[by_style], stretch[by_stretch])


def _evenly(number: int) -> FloatArray:
    return (np.arange(number) + 0.5) / number


def standardised(values: FloatArray) -> FloatArray:
    """Return values with mean 0 and standard deviation 1; zeros where all are the same.

    >>> standardised(np.array([1.0, 3.0])), standardised(np.ones(2))
    (array([-1.,  1.]), array([0., 0.]))
    """
    spread = max(float(values.std()), np.finfo(float).tiny)
    return np.asarray((values - values.mean()) / spread)


def _log_ratios(
    codes: FloatArray,
    weights: FloatArray,
    middle: FloatArray,
    spread: FloatArray,
    *,
    at_random: float,
) -> tuple[IntArray, FloatArray]:
    """Return the row of each respondent in the table of an item, and that table.

    Of each answer at each place, it holds the logarithm of the chance over that by chance alone; 0
    in the last row, of those who gave none. ``at_random`` is the share of those whose answers are
    left out of the shares of the item.
    """
    given = ~np.isnan(codes)
    in_use, found = np.unique(codes[given], return_inverse=True)
    which = np.full(len(codes), len(in_use))
    which[given] = found
    if len(in_use) < _FEWEST_CODES:
        return which, np.zeros((len(in_use) + 1, len(middle)))
    shares = np.bincount(found, weights[given]) / weights[given].sum()
    shares = np.maximum(shares - at_random / len(in_use), _LEAST_SHARE)
    limits = ndtri(shares.cumsum()[:-1] / shares.sum())
    below = (limits[:, np.newaxis] - middle) / spread
    lower = np.vstack([np.full(len(middle), -np.inf), below])
    upper = np.vstack([below, np.full(len(middle), np.inf)])
    chances = np.where(lower > 0, ndtr(-lower) - ndtr(-upper), ndtr(upper) - ndtr(lower))
    told = np.log(np.maximum(chances, np.exp(-_MOST))) + np.log(len(in_use))
    return which, np.vstack([told, np.zeros(len(middle))])


def _share(ratios: FloatArray, weights: FloatArray) -> tuple[float, float, float]:
    """Maximise the likelihood of a mixture over its share.

    Returns the share, the largest at which twice the logarithm of the likelihood is lower by no
    more than chance makes it, and twice what the share gains over none.
    """
    odds = np.exp(ratios)
    mass = weights * len(weights) / weights.sum()

    def slope(share: float) -> float:
        return float(mass @ ((1 - odds) / (share + (1 - share) * odds)))

    def gained(share: float) -> float:
        return 2 * float(mass @ (np.log(share + (1 - share) * odds) - ratios))

    if slope(0.0) <= 0:
        return 0.0, 0.0, 0.0
    share = 1.0 if slope(1.0) >= 0 else float(brentq(slope, 0.0, 1.0))
    gain = gained(share)
    upper = 1.0
    if gain - gained(1.0) > _ENOUGH:
        upper = float(brentq(lambda tried: gain - gained(tried) - _ENOUGH, share, 1.0))
    return share, upper, gain
