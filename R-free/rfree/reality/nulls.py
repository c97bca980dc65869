"""What the whole chain finds where there are no groups: null distributions of its statistics."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import diptest
import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, aligned_to
from rfree.base.limits import LimitError
from rfree.base.multiple_tests import adjusted_p_values
from rfree.base.replicates import child_seed, run_until_decided
from rfree.classes.chain import ChainSettings, CodedTable, code_table, run_chain
from rfree.reality.answer_scores import answer_scores
from rfree.reality.boundaries import PLACES, Boundary
from rfree.reality.findings import NOTHING_FOUND, Findings, boundaries_of, findings
from rfree.reality.null_populations import NullPopulation, fit_nulls
from rfree.reality.one_attitude import SecondDirection
from rfree.reality.ordered_answers import counted_once, ordinal_answers

# Populations without gaps: smooth, of the sample's own shape, even, round, and with far tails.
# The ends of the open ring are apart, and the arms of the star, but all their respondents hang
# together.
WITHOUT_GAPS = (
    "continuous attitudes",
    "own shape",
    "flat attitudes",
    "flat plane",
    "ring",
    "heavy tails",
    "open ring",
    "star",
)
# Those without a gap at any boundary.
GAPS_NOWHERE = tuple(null for null in WITHOUT_GAPS if null not in ("open ring", "star"))
# The nulls, from the poorest population to the richest.
NULLS = ("independence", "one attitude", *WITHOUT_GAPS)
# Statistics that speak of structure, and the side on which they do.
NULL_STATISTICS = {
    "within_share": "low",
    "second_eigenvalue": "high",
    "one_score": "low",
    "weakest_gap": "high",
}
# What each null is asked; the first statistic tells when it has been asked often enough.
ASKED = {
    "independence": ("within_share",),
    "one attitude": ("second_eigenvalue", "one_score"),
    **dict.fromkeys(WITHOUT_GAPS, ("weakest_gap",)),
}
# Replicates as far as the sample that end the drawing; and those that are drawn in any case.
_ENOUGH, AT_LEAST = 20, 99
# Populations in the order in which they are drawn: the hardest to beat before the others.
DRAWN_IN_TURN = (
    "independence",
    "one attitude",
    "flat attitudes",
    "flat plane",
    "ring",
    "open ring",
    "star",
    "own shape",
    "continuous attitudes",
    "heavy tails",
)
_LEVEL = 0.05
# The population whose stability and silhouettes stand for what the usual criteria say of it.
DESCRIBED = "continuous attitudes"
# The dip of fewer respondents says nothing.
FEWEST_FOR_DIP = 4
# Tells the draws of the nulls from those of the bootstrap under one seed.
NULL_KEY = 2


@dataclass(frozen=True)
class NullResult:
    """The sample against populations without groups.

    Attributes
    ----------
    tests : DataFrame
        ``null``, ``statistic`` (those of ``ASKED``, see `null_distributions`), ``direction`` (side
        on which the sample would differ: low or high), ``sample``, ``null_mean``, ``null_low``,
        ``null_high`` (5 % and 95 % quantiles of the replicates), ``p_value``, ``replicates``.
    boundaries : DataFrame
        A row for each two neighbouring types: ``class``, ``neighbour``, ``n`` (respondents of
        both), ``depth`` and ``ratio`` of the gap (`rfree.reality.boundaries.gap_on_line`),
        ``place`` (0 and 1: means of the two types), ``dip``, ``dip_p`` (Hartigan & Hartigan 1985,
        against an even distribution; NaN below 4 respondents), ``p_value`` (share of boundaries as
        deep, in the population without gaps that has most of them, open ring and star apart: there
        is a gap between the ends of the one, and between the arms of the other; NaN where none was
        drawn),
        ``null`` (that population), ``p_holm``.
    profiles : DataFrame
        Histograms of the boundaries: ``class``, ``neighbour``, ``left``, ``right`` (limits of the
        bin), ``class_share``, ``neighbour_share``, ``continuum_share`` (percent of the boundary's
        respondents; the last in the sample's own shape without gaps).
    descriptions : DataFrame
        ``null`` ("sample" first), ``suggested_as_many`` (percent of replicates in which the
        least W(q) / W(q-1), q from 3 to 10, suggests the study's number of classes),
        ``suggested_median``, ``mean_jaccard``, ``jaccard_low``, ``jaccard_high`` (stability in
        resamples of each replicate), ``silhouette``, ``silhouette_low``, ``silhouette_high``,
        ``axis_1`` (first eigenvalue). Low and high: 5 % and 95 % quantiles of the replicates.
        Stability and silhouette: of the sample and of continuous attitudes alone.
    by_classes : DataFrame
        ``null``, ``classes`` (2..10), ``sample``, ``null_mean``, ``null_low``, ``null_high``:
        within-class share of inertia of the cut of the tree, before consolidation.
    replicates : DataFrame
        ``null``, ``replicate`` and the statistics of each: those of ``NULL_STATISTICS``, and
        ``silhouette``, ``suggested``, ``mean_jaccard``, ``axis_1``.
    second : SecondDirection
        What the answers have in common beyond their main direction.
    without_straight_liners : Findings or None
        What is found when those who gave one answer throughout, to items worded both ways, are left
        out; None where there is none of them.
    n_straight_liners : int
    n_classes, n_replicates : int
    """

    tests: pd.DataFrame
    boundaries: pd.DataFrame
    profiles: pd.DataFrame
    descriptions: pd.DataFrame
    by_classes: pd.DataFrame
    replicates: pd.DataFrame
    second: SecondDirection
    without_straight_liners: Findings | None
    n_straight_liners: int
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
    blocks: Mapping[Hashable, Hashable] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    consolidate: bool = True,
    nulls: Sequence[str] = NULLS,
    n_replicates: int = 499,
    n_resamples: int = 1,
    at_least: int = AT_LEAST,
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
    blocks : mapping of variables to blocks, optional
        As in `rfree.axes.mca.MCA`: weighed anew in every replicate.
    sample_weight : array of respondents, optional
        Weights stay with the rows, whatever they are dealt; a row of weight 0 is left out.
    frequencies : bool
        Whether weights are whole numbers of respondents, who then answer one by one: all is as with
        the rows repeated.
    consolidate : bool
        Whether k-means follows the cut of the tree.
    nulls : sequence of str
        Among ``NULLS``.
    n_replicates : int
        Of each null, at most: p-values are at least 1 / (n_replicates + 1).
    n_resamples : int
        Bootstrap resamples of each replicate of continuous attitudes, for its stability; 0: none.
    at_least : int
        Replicates of each null that are drawn in any case, to be described; 1 where it is 0.
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
    Every replicate has the sample's n, scales, shares of each answer and missing cells (see
    `rfree.reality.null_populations`), and goes through the same function as the sample.
    p = (b + 1) / (L + 1), b the replicates at least as far on the side of structure as the sample,
    L those drawn: ``at_least``, and then on until 20 are as far or all are drawn (Besag &
    Clifford 1991). Once one population without gaps is not beaten at 5 %, those after it are
    drawn ``at_least`` times: types are groups only if all are beaten.

    The seed draws rows by their position: the same respondents in another order give other
    replicates, and so slightly other figures, as another seed does.

    - ``within_share``: within-class share of the inertia of the axes kept, at the study's number
      of classes, after consolidation; against independence.
    - ``second_eigenvalue`` of the correlations of the answers (parallel analysis, Horn 1965), and
      ``one_score``, the share of respondents to whom the cut of their first component gives their
      type (`rfree.reality.one_score`); against one attitude (Green, Levy, Thompson, Lu & Lo 2012).
    - ``weakest_gap``: the least gap between neighbouring types (`rfree.reality.boundaries`), on
      the three main directions of the answers; against each population without gaps.

    In the directions of the answers, of items that ask nearly the same one counts
    (`rfree.items.factor.items_alike`).
    """
    unknown = [name for name in nulls if name not in NULLS]
    if unknown or not len(nulls):
        raise ValueError(f"nulls are {list(nulls)}; expected some of {', '.join(NULLS)}.")
    if n_resamples < 0:
        raise ValueError(f"n_resamples is {n_resamples}; expected 0 or more.")
    table = code_table(
        X,
        passive=passive,
        passive_below=passive_below,
        blocks=blocks,
        sample_weight=sample_weight,
        frequencies=frequencies,
    )
    if table.weights is not None:
        table = some_rows(table, np.flatnonzero(table.weights > 0))
    settings = ChainSettings(n_axes, n_classes, consolidate)
    populations, second = fit_nulls(table)
    all_codes = ordinal_answers(table).code_of
    code_of = counted_once(all_codes, table, second.alike)
    own_plan = NullPlan(None, table, code_of, settings, n_resamples * 10)
    own = own_plan(np.random.default_rng(child_seed(seed, NULL_KEY, 0)))
    found: dict[str, list[Findings]] = {}
    tests: dict[str, pd.DataFrame] = {}
    gaps_may_hold = True
    for position, name in enumerate(sorted(nulls, key=DRAWN_IN_TURN.index)):
        # Once a population without gaps is not beaten, the others are drawn to be described.
        all_of_them = gaps_may_hold or name not in WITHOUT_GAPS
        found[name] = run_until_decided(
            NullPlan(
                populations[name], table, code_of, settings, n_resamples * (name == DESCRIBED)
            ),
            partial(_goes_as_far, own=own, statistic=ASKED[name][0]),
            n_replicates if all_of_them else min(max(at_least, 1), n_replicates),
            enough=_ENOUGH,
            at_least=min(at_least, n_replicates),
            seed=child_seed(seed, NULL_KEY, 1 + NULLS.index(name)),
            n_jobs=n_jobs,
            progress=_shifted(progress, position * n_replicates),
        )
        tests[name] = _tests(own, found[name], name)
        if name in WITHOUT_GAPS:
            gaps_may_hold = gaps_may_hold and tests[name]["p_value"].iloc[0] <= _LEVEL
    drawn = {name: found[name] for name in nulls}
    replicates = _replicates(drawn)
    sample = _sample_boundaries(table, code_of, settings)
    lined = straight_liners(table, all_codes, second)
    return NullResult(
        tests=pd.concat([tests[name] for name in nulls], ignore_index=True),
        boundaries=_boundary_table(sample, drawn),
        profiles=_profile_table(sample, drawn),
        descriptions=_descriptions(own, replicates, n_classes),
        by_classes=pd.concat([_by_classes(own, drawn[name], name) for name in nulls],
                             ignore_index=True),
        replicates=replicates,
        second=second,
        without_straight_liners=findings_without(table, code_of, settings, lined),
        n_straight_liners=int(lined.sum()),
        n_classes=n_classes,
        n_replicates=n_replicates,
    )  # fmt: skip


def _goes_as_far(one: Findings, *, own: Findings, statistic: str) -> bool:
    return _as_far(getattr(one, statistic), getattr(own, statistic), statistic)


def _as_far(value: float, sample: float, statistic: str) -> bool:
    return bool(value <= sample if NULL_STATISTICS[statistic] == "low" else value >= sample)


def _shifted(progress: Callable[[int], None] | None, offset: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    return lambda done: progress(offset + done)


def _replicates(drawn: dict[str, list[Findings]]) -> pd.DataFrame:
    names = (*NULL_STATISTICS, "silhouette", "suggested", "mean_jaccard", "axis_1")
    rows = [
        {"null": null, "replicate": number, **{name: getattr(each, name) for name in names}}
        for null, several in drawn.items()
        for number, each in enumerate(several, start=1)
    ]
    return pd.DataFrame(rows)


def _tests(own: Findings, drawn: list[Findings], null: str) -> pd.DataFrame:
    rows = []
    for statistic in ASKED[null]:
        values = np.array([getattr(each, statistic) for each in drawn])
        sample = getattr(own, statistic)
        as_far = sum(_as_far(value, sample, statistic) for value in values)
        rows.append(
            {
                "null": null,
                "statistic": statistic,
                "direction": NULL_STATISTICS[statistic],
                "sample": sample,
                "null_mean": values.mean(),
                "null_low": np.quantile(values, 0.05),
                "null_high": np.quantile(values, 0.95),
                "p_value": (as_far + 1) / (len(values) + 1),
                "replicates": len(values),
            }
        )
    return pd.DataFrame(rows)


def _sample_boundaries(
    table: CodedTable, code_of: FloatArray, settings: ChainSettings
) -> list[Boundary]:
    found = run_chain(table, settings, thorough=True)
    weights = None if table.weights is None else table.weights[found.rows]
    return boundaries_of(found, answer_scores(code_of[table.codes[found.rows]], weights), weights)


def _boundary_table(sample: list[Boundary], drawn: dict[str, list[Findings]]) -> pd.DataFrame:
    """Compare each boundary with those of the populations without gaps."""
    rows = []
    for each in sample:
        nearest, highest = "", np.nan
        for null in GAPS_NOWHERE:
            if null in drawn:
                as_deep = [np.mean(one.gaps >= each.gap.depth) for one in drawn[null]]
                p_value = float((np.sum(as_deep) + 1) / (len(as_deep) + 1))
                if not p_value <= highest:
                    nearest, highest = null, p_value
        dip, dip_p = np.nan, np.nan
        if len(each.members) >= FEWEST_FOR_DIP:
            dip, dip_p = diptest.diptest(np.sort(each.positions))
        rows.append(
            {
                "class": each.first,
                "neighbour": each.second,
                "n": len(each.members),
                "depth": each.gap.depth,
                "ratio": each.gap.ratio,
                "place": each.gap.place,
                "dip": dip,
                "dip_p": dip_p,
                "p_value": highest,
                "null": nearest,
            }
        )
    found = pd.DataFrame(rows)
    return found.assign(p_holm=adjusted_p_values(found["p_value"].to_numpy(), "holm"))


def _profile_table(sample: list[Boundary], drawn: dict[str, list[Findings]]) -> pd.DataFrame:
    """Histograms of the boundaries beside that of the sample's own shape without gaps."""
    continuum = np.full(len(PLACES) - 1, np.nan)
    if "own shape" in drawn:
        continuum = np.mean([one.profile for one in drawn["own shape"]], axis=0)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "class": each.first,
                    "neighbour": each.second,
                    "left": PLACES[:-1],
                    "right": PLACES[1:],
                    "class_share": 100 * each.histogram(each.of_first),
                    "neighbour_share": 100 * each.histogram(~each.of_first),
                    "continuum_share": 100 * continuum,
                }
            )
            for each in sample
        ],
        ignore_index=True,
    )


def some_rows(table: CodedTable, rows: IntArray) -> CodedTable:
    """Keep some respondents of a table.

    Parameters
    ----------
    table : CodedTable
    rows : array of ints
        Their positions.

    Returns
    -------
    CodedTable
        With the same numbers of categories.
    """
    return replace(
        table,
        codes=table.codes[rows],
        weights=None if table.weights is None else table.weights[rows],
        index=table.index[rows],
    )


def straight_liners(
    table: CodedTable, code_of: FloatArray, second: SecondDirection
) -> npt.NDArray[np.bool_]:
    """Mark those who gave one answer to everything, where items are worded both ways.

    Parameters
    ----------
    table : CodedTable
    code_of : array of categories
    second : SecondDirection
        Says whether items are worded both ways; if not, one answer throughout is an attitude.

    Returns
    -------
    boolean array of respondents
    """
    values = code_of[table.codes]
    if not second.worded_both_ways:
        return np.zeros(len(values), dtype=bool)
    answered = (~np.isnan(values)).sum(axis=1)
    known = np.where(answered[:, np.newaxis] > 0, values, 0.0)
    same = np.nanmax(known, axis=1) == np.nanmin(known, axis=1)
    return np.asarray(same & (answered >= 2))


def findings_without(
    table: CodedTable,
    code_of: FloatArray,
    settings: ChainSettings,
    left_out: npt.NDArray[np.bool_],
) -> Findings | None:
    """Take a table through the chain without some of its respondents.

    Parameters
    ----------
    table : CodedTable
    code_of : array of categories
    settings : ChainSettings
    left_out : boolean array of respondents

    Returns
    -------
    Findings or None
        None where nobody is left out; `rfree.reality.findings.NOTHING_FOUND` where the others
        cannot be classed.
    """
    left_out = np.asarray(aligned_to(left_out, table.index, name="left_out", of="table"))
    if not left_out.any():
        return None
    kept = np.flatnonzero(~left_out)
    if not len(kept):
        return NOTHING_FOUND
    try:
        return findings(some_rows(table, kept), code_of, settings, 0, np.random.default_rng(0))
    except LimitError:
        return NOTHING_FOUND


def _by_classes(own: Findings, drawn: list[Findings], null: str) -> pd.DataFrame:
    shares = np.array([each.tree_shares for each in drawn])
    return pd.DataFrame(
        {
            "null": null,
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
        row = {
            "null": name,
            "suggested_as_many": 100 * float((group["suggested"] == n_classes).mean()),
            "suggested_median": float(group["suggested"].median()),
        }
        for column, low, high in (
            ("mean_jaccard", "jaccard_low", "jaccard_high"),
            ("silhouette", "silhouette_low", "silhouette_high"),
        ):
            values = group[column].dropna().to_numpy(dtype=float)
            some = len(values) > 0
            row[column] = values.mean() if some else np.nan
            row[low] = np.quantile(values, 0.05) if some else np.nan
            row[high] = np.quantile(values, 0.95) if some else np.nan
        rows.append(row | {"axis_1": group["axis_1"].mean()})
    return pd.DataFrame(rows)
