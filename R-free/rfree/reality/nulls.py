"""What the whole chain finds where there are no groups: null distributions of its statistics."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, check_weights
from rfree.base.replicates import child_seed, run_replicates
from rfree.base.weighting import repeated_rows
from rfree.classes.chain import ChainSettings, CodedTable, code_table
from rfree.reality.findings import Findings, findings
from rfree.reality.redrawing import NullPopulation, fit_nulls, ordinal_answers

# The nulls, from the poorest population to the richest.
NULLS = ("independence", "one continuum", "continuous attitudes", "flat attitudes")
# Statistics that speak of structure, and the side on which they do.
STATISTICS = {
    "within_share": "low",
    "lowest_ratio": "low",
    "second_direction": "high",
    "separation": "high",
}
# Tells the draws of the nulls from those of the bootstrap under one seed.
NULL_KEY = 2


@dataclass(frozen=True)
class NullResult:
    """The sample against populations without groups.

    Attributes
    ----------
    tests : DataFrame
        ``null``, ``statistic`` (keys of ``STATISTICS``, see `null_distributions`),
        ``direction`` (side on which the sample would differ: low or high), ``sample``,
        ``null_mean``, ``null_low``, ``null_high`` (5 % and 95 % quantiles of the replicates),
        ``p_value``.
    descriptions : DataFrame
        ``null`` ("sample" first), ``suggested_as_many`` (percent of replicates in which the
        least W(q) / W(q-1), q from 3 to 10, suggests the study's number of classes),
        ``suggested_median``, ``mean_jaccard``, ``jaccard_low``, ``jaccard_high`` (stability in
        resamples of each replicate), ``silhouette``, ``silhouette_low``, ``silhouette_high``,
        ``axis_1`` (first eigenvalue). Low and high: 5 % and 95 % quantiles of the replicates.
    by_classes : DataFrame
        ``null``, ``classes`` (2..10), ``sample``, ``null_mean``, ``null_low``, ``null_high``:
        within-class share of inertia of the cut of the tree, before consolidation.
    replicates : DataFrame
        ``null``, ``replicate`` and the statistics of each: ``within_share``, ``lowest_ratio``,
        ``second_direction``, ``separation``, ``gain``, ``silhouette``, ``suggested``,
        ``mean_jaccard``, ``axis_1``.
    n_classes, n_replicates : int
    """

    tests: pd.DataFrame
    descriptions: pd.DataFrame
    by_classes: pd.DataFrame
    replicates: pd.DataFrame
    n_classes: int
    n_replicates: int


@dataclass(frozen=True)
class NullPlan:
    """One null replicate, as a function of a generator that can go to another core.

    Attributes
    ----------
    population : NullPopulation or None
        None: the table itself.
    table : CodedTable
    code_of : array of categories
        Code of each on the ordered scale; NaN for those that are no number.
    settings : ChainSettings
    n_resamples : int
        Resamples for the stability of the replicate.
    """

    population: NullPopulation | None
    table: CodedTable
    code_of: FloatArray
    settings: ChainSettings
    n_resamples: int

    def __call__(self, generator: np.random.Generator) -> Findings:
        """Draw answers and take them through the chain."""
        table = self.table
        if self.population is not None:
            table = replace(table, codes=self.population.draw(generator))
        return findings(table, self.code_of, self.settings, self.n_resamples, generator)


def null_distributions(
    X: pd.DataFrame,
    *,
    n_axes: int,
    n_classes: int,
    passive: Iterable[tuple[Hashable, Hashable]] | None = None,
    passive_below: float = 0.0,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    consolidate: bool = True,
    nulls: Sequence[str] = NULLS,
    n_replicates: int = 99,
    n_resamples: int = 3,
    seed: int | np.random.SeedSequence = 0,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> NullResult:
    """Take answers drawn without groups through the whole chain, and place the sample among them.

    Parameters
    ----------
    X : DataFrame, respondents x items
        The table of the study's MCA. Categories that are numbers ("1".."5") are ordered
        answers; any other ("no answer") stays in its cell in every replicate.
    n_axes, n_classes : int
        As in the study; the same in every replicate.
    passive : iterable of (variable, category) pairs, optional
        As in `rfree.axes.mca.MCA`; passive in every replicate.
    passive_below : float
        A category that fewer respondents of a replicate gave is passive in it as well.
    sample_weight : array of respondents, optional
        Weights stay with the rows, whatever they are dealt.
    frequencies : bool
        Whether weights are whole numbers of respondents, who then answer one by one: all is as with
        the rows repeated.
    consolidate : bool
        Whether k-means follows the cut of the tree.
    nulls : sequence of str
        Among ``NULLS``.
    n_replicates : int
        Of each null: p-values are at least 1 / (n_replicates + 1).
    n_resamples : int
        Bootstrap resamples of each replicate, for its stability; 0: none.
    seed : int or SeedSequence
    n_jobs : int or None
    progress : function of an int, optional
        Called with the number of replicates done, all nulls together.

    Returns
    -------
    NullResult

    Raises
    ------
    ValueError
        If a null is unknown, a setting is out of range or the answers are not ordered.

    Notes
    -----
    Every replicate has the sample's n, scales and missing cells (see `rfree.reality.redrawing`),
    and goes through the same function as the sample. p = (b + 1) / (B + 1), b the replicates at
    least as far on the side of structure as the sample.

    The seed draws rows by their position: the same respondents in another order give other
    replicates, and so slightly other figures, as another seed does.

    - ``within_share``: within-class share of the inertia of the axes kept, at the study's number
      of classes, after consolidation.
    - ``lowest_ratio``: lowest of W(q) / E W(q), q = 2..10, of the tree's cuts; E is the mean over
      sample and replicates together, so that all stand alike.
    - ``second_direction``: second eigenvalue of the correlations of the answers: what they have in
      common beyond one continuum (parallel analysis, Horn 1965, against a one-factor population
      as Green, Levy, Thompson, Lu & Lo 2012 advise).
    - ``separation``: gain in integrated completed likelihood of a mixture of as many normal
      groups as classes over one normal population, on the two main directions of the answers
      (`rfree.reality.separation`).
    """
    unknown = [name for name in nulls if name not in NULLS]
    if unknown or not len(nulls):
        raise ValueError(f"nulls are {list(nulls)}; expected some of {', '.join(NULLS)}.")
    if n_resamples < 0:
        raise ValueError(f"n_resamples is {n_resamples}; expected 0 or more.")
    if frequencies:
        X, sample_weight = X.iloc[repeated_rows(check_weights(sample_weight, X))], None
    table = code_table(X, passive=passive, passive_below=passive_below, sample_weight=sample_weight)
    settings = ChainSettings(n_axes, n_classes, consolidate)
    populations = fit_nulls(table)
    code_of = ordinal_answers(table).code_of
    own_plan = NullPlan(None, table, code_of, settings, n_resamples * 10)
    own = run_replicates(own_plan, 1, seed=child_seed(seed, NULL_KEY))[0]
    tables, tests, by_classes = [], [], []
    for position, name in enumerate(nulls):
        offset = position * n_replicates
        drawn = run_replicates(
            NullPlan(populations[name], table, code_of, settings, n_resamples),
            n_replicates,
            seed=child_seed(seed, NULL_KEY, 1 + NULLS.index(name)),
            n_jobs=n_jobs,
            progress=_shifted(progress, offset),
        )
        replicates, sample = _statistics(own, drawn)
        tables.append(replicates.assign(null=name))
        tests.append(_tests(sample, replicates).assign(null=name))
        by_classes.append(_by_classes(own, drawn).assign(null=name))
    replicates = pd.concat(tables, ignore_index=True)
    replicates["replicate"] = np.tile(np.arange(1, n_replicates + 1), len(nulls))
    return NullResult(
        tests=_null_first(pd.concat(tests, ignore_index=True)),
        descriptions=_descriptions(own, replicates, n_classes),
        by_classes=_null_first(pd.concat(by_classes, ignore_index=True)),
        replicates=replicates[
            ["null", "replicate", *(c for c in replicates if c not in ("null", "replicate"))]
        ],
        n_classes=n_classes,
        n_replicates=n_replicates,
    )


def _shifted(progress: Callable[[int], None] | None, offset: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    return lambda done: progress(offset + done)


def _statistics(own: Findings, drawn: list[Findings]) -> tuple[pd.DataFrame, pd.Series[float]]:
    """Statistics of the replicates, and of the sample on the same footing."""
    shares = np.array([own.tree_shares, *(each.tree_shares for each in drawn)])
    means = shares.mean(axis=0)
    # Where nobody has anything left within the classes, nothing can be compared.
    comparable = means > 0
    ratios = shares[:, comparable] / means[comparable]
    lowest = ratios.min(axis=1) if comparable.any() else np.ones(len(shares))
    names = ("within_share", "second_direction", "separation", "gain", "silhouette", "suggested",
             "mean_jaccard", "axis_1")  # fmt: skip
    rows = [{name: getattr(each, name) for name in names} for each in (own, *drawn)]
    both = pd.DataFrame(rows).assign(lowest_ratio=lowest)
    return both.iloc[1:].reset_index(drop=True), both.iloc[0]


def _tests(sample: pd.Series[float], replicates: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for statistic, direction in STATISTICS.items():
        values = replicates[statistic].to_numpy(dtype=float)
        own = float(sample[statistic])
        as_far = values <= own if direction == "low" else values >= own
        rows.append(
            {
                "statistic": statistic,
                "direction": direction,
                "sample": own,
                "null_mean": values.mean(),
                "null_low": np.quantile(values, 0.05),
                "null_high": np.quantile(values, 0.95),
                "p_value": (as_far.sum() + 1) / (len(values) + 1),
            }
        )
    return pd.DataFrame(rows)


def _by_classes(own: Findings, drawn: list[Findings]) -> pd.DataFrame:
    shares = np.array([each.tree_shares for each in drawn])
    return pd.DataFrame(
        {
            "classes": np.arange(2, len(own.tree_shares) + 2),
            "sample": own.tree_shares,
            "null_mean": shares.mean(axis=0),
            "null_low": np.quantile(shares, 0.05, axis=0),
            "null_high": np.quantile(shares, 0.95, axis=0),
        }
    )


def _descriptions(own: Findings, replicates: pd.DataFrame, n_classes: int) -> pd.DataFrame:
    sample = pd.DataFrame([{"null": "sample", **{name: getattr(own, name) for name in (
        "silhouette", "suggested", "mean_jaccard", "axis_1")}}])  # fmt: skip
    rows = []
    for name, group in pd.concat([sample, replicates]).groupby("null", sort=False):
        jaccard = group["mean_jaccard"].dropna().to_numpy(dtype=float)
        some = len(jaccard) > 0
        rows.append(
            {
                "null": name,
                "suggested_as_many": 100 * float((group["suggested"] == n_classes).mean()),
                "suggested_median": float(group["suggested"].median()),
                "mean_jaccard": jaccard.mean() if some else np.nan,
                "jaccard_low": np.quantile(jaccard, 0.05) if some else np.nan,
                "jaccard_high": np.quantile(jaccard, 0.95) if some else np.nan,
                "silhouette": group["silhouette"].mean(),
                "silhouette_low": group["silhouette"].quantile(0.05),
                "silhouette_high": group["silhouette"].quantile(0.95),
                "axis_1": group["axis_1"].mean(),
            }
        )
    return pd.DataFrame(rows)


def _null_first(table: pd.DataFrame) -> pd.DataFrame:
    return table[["null", *(column for column in table if column != "null")]]
