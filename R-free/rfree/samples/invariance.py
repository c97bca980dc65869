"""Whether two samples answer items alike at the same attitude: measurement invariance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import logit
from scipy.stats import chi2

from rfree.base.inputs import FloatArray, IntArray, aligned_to, check_weights
from rfree.base.multiple_tests import adjusted_p_values
from rfree.membership.likelihood import (
    Maximum,
    maximise_likelihood,
    robust_covariance,
    solve_symmetric,
)
from rfree.membership.ordered import OrderedLikelihood

_LEVEL = 0.05
# Fewer answers of a sample, or items that measure the attitude, tell nothing.
FEWEST_ANSWERS, _FEWEST_ITEMS = 20, 3
# An item is not all attitude, however high its correlation with it.
HIGHEST_LOADING = 0.95
INVARIANCE_COLUMNS = ("n_first", "n_second", "shift", "chi2", "df", "p_value", "p_uniform",
                      "p_nonuniform", "anchor")  # fmt: skip

Booleans = npt.NDArray[np.bool_]


def item_invariance(
    answers: pd.DataFrame,
    second: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    respondents: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Test whether items are answered alike by two samples, given the attitude they measure.

    Parameters
    ----------
    answers : DataFrame, answer sheets x items
        Codes of ordered answers to items that measure one attitude, reversed ones or not; NaN where
        there is no answer. The two samples one below the other.
    second : array of booleans
        Whether each sheet is of the second sample.
    sample_weight : array of sheets, or None
        Survey weights, no head counts: for those, repeat the rows (`rfree.base.weighting`).
    respondents : array, or None
        Who filled each sheet in, where the same people are in both samples.

    Returns
    -------
    DataFrame
        One row an item: ``n_first``, ``n_second`` (answers used); ``shift`` (mean difference of the
        answers expected at the same attitude, second - first, in codes); ``chi2``, ``df``,
        ``p_value`` (the two samples answer alike, whatever the attitude); ``p_uniform`` (the shift
        is none, if it is the same at every attitude); ``p_nonuniform`` (it is the same at every
        attitude); ``anchor`` (the item measures the attitude of the others). NaN where fewer than
        3 items, or 20 answers of each sample, are there, or the answer is always the same.

    Raises
    ------
    ValueError
        If the arguments are not as described.

    Notes
    -----
    Ordinal logistic test of differential item functioning (Zumbo 1999; Swaminathan & Rogers 1990):
    logit P(answer <= c) = a_c - (b1 s + b2 s^2 + d g + e g s), g the sample, s the attitude. d: all
    thresholds are shifted (uniform); e: the item tells attitudes apart better in one sample
    (non-uniform). Likelihood ratios; with survey weights or the same people twice, Wald's test with
    the covariance of Huber (1967), each respondent a cluster.

    s is the sum of the anchors and the item tested, each weighted by l / (1 - l^2) over its
    standard deviation, l its loading on the first principal component of the correlations within
    samples: in a generalised partial credit model with such slopes (Muraki 1992), answers do not
    depend on the sample given this sum, however far apart the samples are; given the sum of the
    other items they do. While an anchor is found to differ (Holm, .05), the one that differs most
    stops being an anchor and all is done again (purification; Candell & Drasgow 1988).

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> attitude = np.tile(random.normal(size=100), 2)[:, None]
    >>> codes = np.digitize(attitude + random.normal(scale=0.6, size=(200, 5)), [-1, 0, 1])
    >>> codes[100:, 0] = np.minimum(codes[100:, 0] + 1, 3)  # a word was changed
    >>> second = np.arange(200) >= 100
    >>> table = item_invariance(pd.DataFrame(codes, columns=list("abcde")), second)
    >>> table["shift"].round(1).tolist(), table["anchor"].tolist()
    ([0.7, 0.0, -0.1, 0.0, 0.1], [False, True, True, True, True])
    """
    weights = check_weights(sample_weight, answers, of="answers")
    sample = np.asarray(aligned_to(second, answers, name="second", of="answers"), dtype=bool)
    if sample.shape != (len(answers),):
        raise ValueError(f"second has shape {sample.shape}; expected one of {len(answers)} sheets.")
    respondents = aligned_to(respondents, answers, name="respondents", of="answers")
    clusters = None if respondents is None else pd.factorize(np.asarray(respondents))[0]
    codes = np.where(weights[:, None] > 0, answers.to_numpy(dtype=float), np.nan)
    sheets = _Sheets(codes, sample, weights, clusters)
    anchors = _usable(codes, sample)
    while True:
        rows = [_item_tests(sheets, position, anchors) for position in range(codes.shape[1])]
        table = pd.DataFrame(rows, index=answers.columns, columns=list(INVARIANCE_COLUMNS)[:-1])
        worst = _worst_anchor(table["p_value"].to_numpy(dtype=float), anchors)
        if worst is None or anchors.sum() <= _FEWEST_ITEMS:
            return table.assign(anchor=anchors)
        anchors[worst] = False


def _worst_anchor(p_values: FloatArray, anchors: Booleans) -> int | None:
    """Return the anchor that differs most between the samples, None if none does."""
    known = np.flatnonzero(~np.isnan(p_values))
    holm = np.ones(len(p_values))
    holm[known] = adjusted_p_values(p_values[known], "holm") if len(known) else 1.0
    differ = np.flatnonzero(anchors & (holm < _LEVEL))
    return int(differ[p_values[differ].argmin()]) if len(differ) else None


def _usable(codes: FloatArray, sample: Booleans) -> Booleans:
    """Tell which items enough of each sample answered, and not all alike."""
    known = ~np.isnan(codes)
    enough = np.minimum(known[sample].sum(axis=0), known[~sample].sum(axis=0)) >= FEWEST_ANSWERS
    varies = np.zeros(codes.shape[1], dtype=bool)
    for part in (sample, ~sample):
        lowest = np.where(known[part], codes[part], np.inf).min(axis=0, initial=np.inf)
        highest = np.where(known[part], codes[part], -np.inf).max(axis=0, initial=-np.inf)
        varies |= highest > lowest
    return np.asarray(enough & varies)


def attitude_score(codes: FloatArray, sample: Booleans) -> FloatArray:
    """Return one number for the attitude behind the items of each sheet.

    Parameters
    ----------
    codes : array, sheets x items
        NaN where there is no answer.
    sample : array of booleans

    Returns
    -------
    array of sheets
        Of mean 0 and standard deviation 1; NaN where fewer than half of the items are answered.
        See :func:`item_invariance`.

    Examples
    --------
    >>> codes = np.array([[1.0, 5, 1], [2, 4, 2], [3, 3, 3], [1, 5, 1], [3, 3, 3]])
    >>> attitude_score(codes, np.zeros(5, dtype=bool)).round(2)
    array([-1.12,  0.  ,  1.12, -1.12,  1.12])
    """
    centred = codes - np.nanmean(codes, axis=0)
    within = codes.copy()
    for part in (sample, ~sample):
        if part.any():
            within[part] -= np.nanmean(within[part], axis=0)
    deviations = np.sqrt(np.nanmean(within**2, axis=0))
    loadings = _loadings(np.nan_to_num(within))
    worth = loadings / (1 - loadings**2) / deviations
    answered = ~np.isnan(codes)
    most = answered @ (np.abs(worth) * deviations)
    enough = answered.mean(axis=1) >= 0.5
    score = np.full(len(codes), np.nan)
    score[enough] = (np.nan_to_num(centred) @ worth)[enough] / most[enough]
    return np.asarray((score - np.nanmean(score)) / np.nanstd(score))


def _loadings(within: FloatArray) -> FloatArray:
    values, vectors = np.linalg.eigh(np.corrcoef(within, rowvar=False))
    loadings = vectors[:, -1] * np.sqrt(values[-1])
    return np.asarray(np.clip(loadings * np.sign(loadings[0] or 1), -HIGHEST_LOADING,
                              HIGHEST_LOADING))  # fmt: skip


@dataclass(frozen=True)
class _Sheets:
    """Answers of both samples: codes, which sample, weights, whose they are."""

    codes: FloatArray
    sample: Booleans
    weights: FloatArray
    clusters: IntArray | None


def _item_tests(sheets: _Sheets, position: int, anchors: Booleans) -> dict[str, Any]:
    codes, sample = sheets.codes, sheets.sample
    used = anchors.copy()
    used[position] = True
    known = ~np.isnan(codes[:, position])
    tested = _usable(codes, sample)[position] and used.sum() >= _FEWEST_ITEMS
    if tested:
        score = attitude_score(codes[:, used], sample)
        known &= ~np.isnan(score)
    sizes = [int((known & part).sum()) for part in (~sample, sample)]
    row: dict[str, Any] = {"n_first": sizes[0], "n_second": sizes[1]}
    if not tested or min(sizes) < FEWEST_ANSWERS or np.ptp(codes[known, position]) == 0:
        return row | dict.fromkeys(INVARIANCE_COLUMNS[2:-1], np.nan)
    clusters = None if sheets.clusters is None else sheets.clusters[known]
    own = _Sheets(codes[known, position], sample[known], sheets.weights[known], clusters)
    return row | _compared(own, score[known])


@dataclass(frozen=True)
class _Model:
    """An ordered logit of one item: slopes, then the limits between answers."""

    likelihood: OrderedLikelihood
    maximum: Maximum

    @classmethod
    def fit(
        cls, terms: FloatArray, classes: IntArray, n_classes: int, weights: FloatArray
    ) -> _Model:
        design = np.column_stack([np.ones(len(terms)), terms])
        likelihood = OrderedLikelihood(design, np.eye(n_classes)[classes], weights)
        below = np.bincount(classes, weights, n_classes).cumsum()[:-1] / weights.sum()
        start = np.concatenate([np.zeros(terms.shape[1]), logit(below)])
        return cls(
            likelihood, maximise_likelihood(likelihood, start, np.zeros((len(start), len(start))))
        )

    def wald(self, clusters: IntArray, chosen: list[int]) -> float:
        """Return the statistic that some slopes are none, each cluster of sheets a respondent."""
        by_sheet = self.likelihood.scores(self.maximum.parameters)
        scores = np.zeros((int(clusters.max()) + 1, by_sheet.shape[1]))
        np.add.at(scores, clusters, by_sheet)
        spread = robust_covariance(self.maximum.information, scores)[np.ix_(chosen, chosen)]
        slopes = self.maximum.parameters[chosen]
        if not self.maximum.converged:
            return np.nan
        return float(slopes @ solve_symmetric(spread, slopes))

    def shift(self, score: FloatArray, values: FloatArray) -> float:
        """Return how much higher the second sample answers at the same attitudes."""
        base, none = np.column_stack([np.ones_like(score), score, score**2]), np.zeros_like(score)
        designs = (np.column_stack([base, none, none]), np.column_stack([base, none + 1, score]))
        first, second = (
            self.likelihood.probabilities(each, self.maximum.parameters) @ values
            for each in designs
        )
        weights = self.likelihood.weights
        return float(weights @ (second - first) / weights.sum())


def _compared(sheets: _Sheets, score: FloatArray) -> dict[str, Any]:
    """Compare the models of one item without the sample, with it, and with its slope."""
    codes, clusters = sheets.codes, sheets.clusters
    values, classes = np.unique(codes, return_inverse=True)
    weights = sheets.weights / sheets.weights.mean()
    group = sheets.sample.astype(float)
    terms = [np.column_stack(each) for each in (
        [score, score**2], [score, score**2, group], [score, score**2, group, group * score],
    )]  # fmt: skip
    models = [_Model.fit(each, classes, len(values), weights) for each in terms]
    if clusters is None and np.ptp(weights) == 0:
        heights = [each.maximum.log_likelihood for each in models]
        both, uniform, nonuniform = (
            2 * max(heights[more] - heights[less], 0.0) for less, more in ((0, 2), (0, 1), (1, 2))
        )
    else:
        own = np.arange(len(codes)) if clusters is None else clusters
        both, uniform, nonuniform = (
            models[model].wald(own, chosen) for model, chosen in ((2, [2, 3]), (1, [2]), (2, [3]))
        )
    return {
        "shift": models[2].shift(score, values),
        "chi2": both,
        "df": 2,
        "p_value": float(chi2.sf(both, 2)),
        "p_uniform": float(chi2.sf(uniform, 1)),
        "p_nonuniform": float(chi2.sf(nonuniform, 1)),
    }
