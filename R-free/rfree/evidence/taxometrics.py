"""Comparison curve fit index: whether answers look like groups or like continuous attitudes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

from rfree.base.class_labels import read_classes
from rfree.base.inputs import FloatArray, IntArray, aligned_to
from rfree.base.limits import LimitError
from rfree.base.replicates import child_seed, run_replicates
from rfree.evidence.comparison_data import (
    comparison_population,
    correlations,
    factor_loadings,
    grouped_population,
)
from rfree.items.ordinal import answer_codes

# Below and above, the curves side with continuous attitudes, and with groups.
DIMENSIONAL, CATEGORICAL = 0.45, 0.55
PROCEDURES = ("MAMBAC", "L-Mode")
# Cuts of MAMBAC, and the respondents that stay on each side (a tenth in small samples).
CUTS, LEAST_SIDE = 50, 25
# Where L-Mode's density is taken, in standard deviations.
GRID = np.linspace(-3, 3, 61)
# Values nearer than this are tied.
TIED = 1e-9
# Tells these draws from others under one seed.
TAXOMETRIC_KEY = 7


@dataclass(frozen=True)
class TaxometricResult:
    """Curves of the answers beside those of comparison data.

    Attributes
    ----------
    table : DataFrame
        ``procedure`` ("MAMBAC", "L-Mode", "mean"), ``ccfi`` (0 to 1), ``rmsr_dimensional``,
        ``rmsr_categorical`` (root mean square distance of the curve of the answers to the mean
        curve of each kind of comparison data; NaN for the mean), ``reading``: "dimensional"
        (below .45), "ambiguous", "categorical" (above .55); ``dimensional_low``,
        ``dimensional_high``, ``categorical_low``, ``categorical_high``: 5 % and 95 % quantiles of
        the index of the comparison samples of each kind (NaN where there is one sample of each).
    curves : DataFrame
        ``procedure``, ``x`` (share of the respondents below the cut; standardised score),
        ``sample``, and the mean and the 5 % and 95 % quantiles of the comparison samples:
        ``dimensional``, ``dimensional_low``, ``dimensional_high``, ``categorical``,
        ``categorical_low``, ``categorical_high``.
    ccfi : float
        Mean over the procedures.
    reading : str
    group_shares : tuple of floats
        Shares of the groups of the categorical data.
    """

    table: pd.DataFrame
    curves: pd.DataFrame
    ccfi: float
    reading: str
    group_shares: tuple[float, ...]


@dataclass(frozen=True)
class ComparisonPlan:
    """One comparison sample, as a function of a generator that can go to another core.

    Attributes
    ----------
    population : array, many respondents x items
    missing : boolean array, respondents x items
        Answers that the sample lacks.
    signs : array of items
    """

    population: FloatArray
    missing: npt.NDArray[np.bool_]
    signs: FloatArray

    def __call__(self, generator: np.random.Generator) -> FloatArray:
        """Draw as many respondents as the sample has, and make their curves."""
        rows = generator.choice(len(self.population), len(self.missing), replace=False)
        return taxometric_curves(np.where(self.missing, np.nan, self.population[rows]), self.signs)


def comparison_curve_fit(
    items: pd.DataFrame,
    *,
    groups: npt.ArrayLike | None = None,
    n_factors: int = 2,
    n_samples: int = 100,
    population: int = 5000,
    seed: int | np.random.SeedSequence = 0,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> TaxometricResult:
    """Compare taxometric curves with those of dimensional and of categorical data.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes; NaN or ``<NA>`` is no answer. At least 3 items. Respondents all count alike.
    groups : array of respondents, optional
        Groups of the categorical data. None: two groups, cut on the sum of the items at the
        base rate that MAMBAC gives.
    n_factors : int, at least 1
        Factors of the dimensional data, and of those within each group.
    n_samples : int
        Comparison samples of each kind.
    population : int
        Respondents of each population that they are drawn from; at least as many as the sample.
    seed : int or SeedSequence
        Each comparison sample has a generator of its own: the numbers do not depend on ``n_jobs``.
    n_jobs : int or None
        Cores, as joblib means it.
    progress : function of an int, optional
        Called with the number of samples of the kind at hand that are done.

    Returns
    -------
    TaxometricResult

    Raises
    ------
    ValueError
        If there are fewer than 3 items with two answers each, or a setting is out of range.

    Notes
    -----
    Ruscio, Ruscio & Meron (2007), *Multivariate Behavioral Research* 42, 349-386:
    CCFI = d / (d + c), d and c the root mean square distances of the curve to the mean curves of
    dimensional and categorical comparison data (`rfree.evidence.comparison_data`). Items that go
    against the first component are turned round.

    - MAMBAC (mean above minus below a cut, Meehl & Yonce 1994): the respondents are put in the
      order of the sum of the other items; each item's mean above a cut less that below, averaged
      over the items. A hill speaks for two groups, a dish for none. Tied respondents count as
      their mean, which is what endless shuffling of them gives.
    - L-Mode (Waller & Meehl 1998): density of the scores (Bartlett) on one factor. Two modes
      speak for two groups.

    What the index is worth with these items and as many respondents: that of each comparison
    sample, against the mean curves of the others, shows how far apart the two kinds of data lie.

    Both look along one direction: groups that cross on several items are not what taxometrics were
    made for. Between .45 and .55 the index says nothing (Ruscio, Walters, Marcus & Kaczetow
    2010, *Psychological Assessment* 22, 5-21).

    Examples
    --------
    >>> generator = np.random.default_rng(1)
    >>> latent = 3 * np.repeat([0, 1], 75)[:, None] + generator.standard_normal((150, 6))
    >>> items = pd.DataFrame(np.clip(latent.round() + 2, 1, 5), columns=list("abcdef"))
    >>> comparison_curve_fit(items, n_samples=10, population=600, seed=1).reading
    'categorical'
    """
    values = answer_codes(items)
    usable = np.array([len(np.unique(each[~np.isnan(each)])) > 1 for each in values.T])
    if usable.sum() < 3:
        raise LimitError(
            "too_few_ordered_items",
            "Taxometric curves need at least three items with two answers each.",
            expected=3,
            found=int(usable.sum()),
        )
    if n_factors < 1 or population < len(values):
        raise ValueError(
            f"n_factors is {n_factors} and population {population}; expected at least 1 and as "
            f"many as there are respondents ({len(values)})."
        )
    values = values[:, usable]
    signs = np.where(factor_loadings(correlations(values), 1)[:, 0] < 0, -1.0, 1.0)
    sample = taxometric_curves(values, signs)
    numbers = _groups_or_base_rate(groups, items, values, signs, sample)
    drawn = {}
    for key, kind in enumerate(("dimensional", "categorical")):
        generator = np.random.default_rng(child_seed(seed, TAXOMETRIC_KEY, key, 0))
        whole = (
            comparison_population(values, population, n_factors=n_factors, generator=generator)
            if kind == "dimensional"
            else grouped_population(
                values, numbers, population, n_factors=n_factors, generator=generator
            )
        )
        plan = ComparisonPlan(whole, np.isnan(values), signs)
        drawn[kind] = np.array(
            run_replicates(
                plan, n_samples, seed=child_seed(seed, TAXOMETRIC_KEY, key, 1), n_jobs=n_jobs,
                progress=progress,
            )
        )  # fmt: skip
    curves = _curves(sample, drawn, len(values))
    table = _indices(curves).join(_index_ranges(drawn))
    shares = np.bincount(numbers) / len(numbers)
    last = table.iloc[-1]
    return TaxometricResult(
        table, curves, float(last["ccfi"]), str(last["reading"]), tuple(shares.tolist())
    )


def ccfi_reading(ccfi: float) -> str:
    """Read an index on its marks.

    Parameters
    ----------
    ccfi : float

    Returns
    -------
    str

    Examples
    --------
    >>> ccfi_reading(0.3), ccfi_reading(0.5), ccfi_reading(0.6)
    ('dimensional', 'ambiguous', 'categorical')
    """
    if ccfi < DIMENSIONAL:
        return "dimensional"
    return "categorical" if ccfi > CATEGORICAL else "ambiguous"


def taxometric_curves(values: FloatArray, signs: FloatArray) -> FloatArray:
    """Curves of MAMBAC and L-Mode, one after the other.

    Parameters
    ----------
    values : array, respondents x items
        NaN for no answer, which counts as the item's mean.
    signs : array of items
        -1 for items that are turned round.

    Returns
    -------
    array
        50 values of MAMBAC, from the lowest cut; 61 of L-Mode.
    """
    known = ~np.isnan(values)
    means = np.nanmean(values, axis=0)
    centred = np.where(known, values - means, 0.0) * signs
    spread = np.sqrt(np.square(centred).sum(axis=0) / known.sum(axis=0))
    standardised = centred / np.where(spread > 0, spread, 1.0)
    return np.concatenate([_mambac(standardised), _l_mode(standardised)])


def _mambac(standardised: FloatArray) -> FloatArray:
    n_rows, n_items = standardised.shape
    others = standardised.sum(axis=1, keepdims=True) - standardised
    order = others.argsort(axis=0, kind="stable")
    ordered = np.take_along_axis(standardised, order, axis=0)
    steps = np.diff(np.take_along_axis(others, order, axis=0), axis=0) > TIED
    tie = np.vstack([np.zeros((1, n_items), dtype=np.int64), steps.cumsum(axis=0)])
    tie += np.arange(n_items) * n_rows
    sums = np.bincount(tie.ravel(), ordered.ravel(), n_rows * n_items)
    sizes = np.bincount(tie.ravel(), minlength=n_rows * n_items)
    below = (sums / np.maximum(sizes, 1))[tie].cumsum(axis=0)
    cuts = _cuts(n_rows)
    counts = cuts[:, np.newaxis]
    mean_below, mean_above = below[cuts - 1] / counts, (below[-1] - below[cuts - 1])
    curve: FloatArray = (mean_above / (n_rows - counts) - mean_below).mean(axis=1)
    return curve


def _cuts(n_rows: int) -> IntArray:
    side = max(1, min(LEAST_SIDE, n_rows // 10))
    return np.rint(np.linspace(side, n_rows - side, CUTS)).astype(np.int64)


def _l_mode(standardised: FloatArray) -> FloatArray:
    loadings = factor_loadings(correlations(standardised), 1)[:, 0]
    loadings *= 1.0 if loadings.sum() >= 0 else -1.0
    scores = standardised @ (loadings / (1 - np.square(loadings)))
    scores = (scores - scores.mean()) / max(float(scores.std()), TIED)
    quartiles = np.quantile(scores, [0.25, 0.75])
    spread = min(1.0, float(np.ptp(quartiles)) / 1.34) or 1.0
    # Silverman's rule of thumb (1986).
    width = 0.9 * spread * len(scores) ** -0.2
    density: FloatArray = norm.pdf((GRID[:, np.newaxis] - scores) / width).mean(axis=1) / width
    return density


def _groups_or_base_rate(
    groups: npt.ArrayLike | None,
    items: pd.DataFrame,
    values: FloatArray,
    signs: FloatArray,
    sample: FloatArray,
) -> IntArray:
    """Return groups from 0: those given, or two at the base rate."""
    if groups is not None:
        given = np.asarray(aligned_to(groups, items, name="groups", of="items"))
        if given.shape != (len(values),):
            raise ValueError(f"groups has shape {given.shape}; expected one for each respondent.")
        return np.asarray(read_classes(given)[1], dtype=np.int64)
    # At the lowest cut, what the groups differ by shows times the share of the higher group; at the
    # highest, times that of the lower.
    low, high = max(sample[0], TIED), max(sample[CUTS - 1], TIED)
    n_high = int(np.clip(round(len(values) * low / (low + high)), 2, len(values) - 2))
    deviations = (values - np.nanmean(values, axis=0)) / np.nanstd(values, axis=0) * signs
    order = np.nansum(deviations, axis=1).argsort(kind="stable")
    numbers = np.zeros(len(values), dtype=np.int64)
    numbers[order[-n_high:]] = 1
    return numbers


def _curves(sample: FloatArray, drawn: dict[str, FloatArray], n_rows: int) -> pd.DataFrame:
    names = np.repeat(PROCEDURES, [CUTS, len(GRID)])
    places = np.concatenate([_cuts(n_rows) / n_rows, GRID])
    curves = pd.DataFrame({"procedure": names, "x": places, "sample": sample})
    for kind, each in drawn.items():
        curves[kind] = each.mean(axis=0)
        curves[f"{kind}_low"], curves[f"{kind}_high"] = np.quantile(each, [0.05, 0.95], axis=0)
    return curves


def _index_ranges(drawn: dict[str, FloatArray]) -> pd.DataFrame:
    """Return the range of the index of comparison samples: of each procedure, then of their mean.

    The mean curve of its own kind is that of the other samples, as it is for the answers.
    """
    ranges = {}
    for kind, curves in drawn.items():
        others = (curves.sum(axis=0) - curves) / (len(curves) - 1) if len(curves) > 1 else np.nan
        apart = {
            other: np.square(curves - (others if other == kind else each.mean(axis=0)))
            for other, each in drawn.items()
        }
        indices = []
        for own in (slice(CUTS), slice(CUTS, None)):
            far = {other: np.sqrt(each[:, own].mean(axis=1)) for other, each in apart.items()}
            total = far["dimensional"] + far["categorical"]
            even = np.full(len(total), 0.5)
            indices.append(np.divide(far["dimensional"], total, out=even, where=total != 0))
        indices.append(np.mean(indices, axis=0))
        ranges[f"{kind}_low"], ranges[f"{kind}_high"] = np.quantile(indices, [0.05, 0.95], axis=1)
    return pd.DataFrame(ranges)


def _indices(curves: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for procedure in PROCEDURES:
        own = curves[curves["procedure"] == procedure]
        distances = [
            float(np.sqrt(np.square(own[kind] - own["sample"]).mean()))
            for kind in ("dimensional", "categorical")
        ]
        total = sum(distances)
        rows.append((procedure, distances[0] / total if total else 0.5, *distances))
    rows.append(("mean", float(np.mean([row[1] for row in rows])), np.nan, np.nan))
    table = pd.DataFrame(
        rows, columns=["procedure", "ccfi", "rmsr_dimensional", "rmsr_categorical"]
    )
    return table.assign(reading=[ccfi_reading(each) for each in table["ccfi"]])
