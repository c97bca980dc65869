"""Bootstrap of the whole chain: which classes come back when respondents are drawn anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.class_labels import check_numbers
from rfree.base.inputs import FloatArray, IntArray, aligned_to, check_weights
from rfree.base.limits import LimitError
from rfree.base.matching import class_jaccard, match_classes
from rfree.base.replicates import child_seed, counts_drawn, run_replicates
from rfree.base.weighting import repeated_rows
from rfree.classes.chain import (
    ChainResult,
    ChainSettings,
    CodedTable,
    TooFewPositionsError,
    code_table,
    run_chain,
)
from rfree.classes.nearest_centre import nearest_class
from rfree.classes.transfers import class_centres
from rfree.membership.three_step.classification_errors import classification_errors
from rfree.reality.resampled_axes import aligned_coordinates, resampled_ellipses
from rfree.reality.stability_tables import (
    class_means,
    class_table,
    membership_shares,
    profile_table,
    respondent_table,
    size_table,
)

Reweight = Callable[[IntArray], FloatArray | None]
"""The weights of a resample, from how many times each row was drawn; None where it has none."""

# Tells the draws of the bootstrap from those of the nulls under one seed.
BOOTSTRAP_KEY = 1


@dataclass(frozen=True)
class StabilityResult:
    """How the classes fare when the respondents are drawn anew.

    Attributes
    ----------
    classes : DataFrame
        ``class``, ``mean_jaccard``, ``low``, ``high`` (percentile interval of the replicates),
        ``dissolved`` (replicates with a similarity of at most .5), ``recovered`` (at least .75),
        ``replicates``, ``reading``: "do not trust" (below .60), "a pattern" (to .75), "stable"
        (to .85), "highly stable".
    respondents : DataFrame
        ``respondent``, ``class``, ``confidence`` (share, 0-1, of the replicates in which the
        respondent falls in that class), ``second_class`` (the other class met most often; 0
        where none was), ``second_share``.
    memberships : DataFrame, respondents x classes
        Share, 0-1, of the replicates in which each falls in each class.
    errors : DataFrame, class x class assigned
        Of those who fall in a class, which class the sample assigned them to: see
        `rfree.membership.three_step.classification_errors`.
    sizes : DataFrame
        ``class``, ``share`` (percent of the sample), ``low``, ``high``.
    profiles : DataFrame
        ``class``, ``profile`` (column of the profiles given), ``mean`` (of the sample), ``low``,
        ``high``. Empty when none was given.
    ellipses : DataFrame
        ``variable``, ``category``, ``axis_x``, ``axis_y`` (numbers of axes), ``x``, ``y`` (of the
        sample), ``center_x``, ``center_y``, ``width``, ``height`` (full lengths of the ellipse's
        axes), ``angle`` (degrees from the horizontal to ``width``), ``origin_inside``,
        ``replicates``; passive categories too. See
        `rfree.reality.resampled_axes.resampled_ellipses`.
    jaccard : DataFrame, replicate x class
        The similarities themselves.
    mean_jaccard : float
        Of all classes and replicates.
    n_replicates, n_failed : int
        Asked for; and those, not counted above, in which there were fewer different respondents
        than classes, or which could not be weighted.
    level : float
        Of the intervals and ellipses.
    """

    classes: pd.DataFrame
    respondents: pd.DataFrame
    memberships: pd.DataFrame
    errors: pd.DataFrame
    sizes: pd.DataFrame
    profiles: pd.DataFrame
    ellipses: pd.DataFrame
    jaccard: pd.DataFrame
    mean_jaccard: float
    n_replicates: int
    n_failed: int
    level: float


@dataclass(frozen=True)
class BootstrapReplicate:
    """What is kept of one replicate; classes are those of the sample, by number less one.

    Attributes
    ----------
    jaccard : array of classes
    labels : array of all respondents
    shares : array of classes
        Of those drawn, as often as drawn, weights included (0-1).
    means : array, classes x profiles
    categories : array, categories x axes
        Coordinates turned to those of the sample; NaN for categories that were not active.
    """

    jaccard: FloatArray
    labels: IntArray
    shares: FloatArray
    means: FloatArray
    categories: FloatArray


@dataclass(frozen=True)
class BootstrapPlan:
    """One draw of the bootstrap, as a function of a generator that can go to another core.

    Attributes
    ----------
    table : CodedTable
    settings : ChainSettings
    labels : array of respondents
        The sample's classes, 1..k.
    categories : array, categories x axes
        The sample's coordinates.
    profiles : array, respondents x profiles
        NaN where unknown.
    reweight : function of an array of counts, or None
        The weights of each resample, instead of the table's; see `bootstrap_stability`.
    """

    table: CodedTable
    settings: ChainSettings
    labels: IntArray
    categories: FloatArray
    profiles: FloatArray
    reweight: Reweight | None = None

    def __call__(self, generator: np.random.Generator) -> BootstrapReplicate | None:
        """Draw respondents, go through the chain and match the classes found."""
        n_rows, n_classes = len(self.labels), self.settings.n_classes
        counts = counts_drawn(n_rows, generator)
        table = self._weighted(counts)
        if table is None:
            return None
        try:
            found = run_chain(table, self.settings, counts=counts)
        except TooFewPositionsError:
            return None
        reference = self.labels[found.rows]
        similarity = class_jaccard(reference, found.labels, n_classes, n_classes)
        partner = match_classes(similarity)
        mass = np.ones(n_rows) if table.weights is None else table.weights
        mass = mass * counts
        labels = partner[_labels_of_all(found, mass, n_classes)]
        return BootstrapReplicate(
            jaccard=similarity[partner, np.arange(n_classes)][np.argsort(partner)],
            labels=labels,
            shares=np.bincount(labels, mass, n_classes) / mass.sum(),
            means=class_means(self.profiles, labels, mass, n_classes),
            categories=aligned_coordinates(found.category_coordinates, self.categories),
        )

    def _weighted(self, counts: IntArray) -> CodedTable | None:
        """Return the table with the weights of a resample; None where there are none."""
        if self.reweight is None:
            return self.table
        given = self.reweight(counts)
        if given is None:
            return None
        weights = check_weights(given, self.table.index, of="the table")
        drawn = weights[counts > 0]
        return replace(self.table, weights=None if (drawn == drawn[0]).all() else weights)


def bootstrap_stability(
    X: pd.DataFrame,
    *,
    n_axes: int,
    n_classes: int,
    passive: Iterable[tuple[Hashable, Hashable]] | None = None,
    passive_below: float = 0.0,
    blocks: Mapping[Hashable, Hashable] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    reweight: Reweight | None = None,
    labels: npt.ArrayLike | None = None,
    consolidate: bool = True,
    profiles: pd.DataFrame | None = None,
    n_replicates: int = 200,
    level: float = 0.95,
    seed: int | np.random.SeedSequence = 0,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> StabilityResult:
    """Redo MCA, tree and consolidation on resamples, and see which classes come back.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        The table of the study's MCA: one categorical column a question; no missing value.
    n_axes, n_classes : int
        As in the study; the same in every replicate.
    passive : iterable of (variable, category) pairs, optional
        As in `rfree.axes.mca.MCA`; passive in every replicate.
    passive_below : float
        A category that fewer respondents of a replicate gave is passive in it as well.
    blocks : mapping of variables to blocks, optional
        As in `rfree.axes.mca.MCA`: weighed anew in every replicate.
    sample_weight : array of respondents, optional
        A respondent drawn brings their weight, unless ``reweight`` gives another.
    frequencies : bool
        Whether weights are whole numbers of respondents, who are then drawn one by one: all is as
        with the rows repeated, ``respondents`` included.
    reweight : function of an array of counts, optional
        Called with how many times each row was drawn; returns what a respondent of each row weighs
        each time drawn (0 for those who were not), or None if that resample cannot be weighted. For
        weights that were estimated from the sample, which ``sample_weight`` holds: see
        `rfree.samples.resample_raking.resample_raking`. Must be picklable to go to another core.
    labels : array of respondents, optional
        The study's classes 1..n_classes. None: those that the chain gives.
    consolidate : bool
        Whether k-means follows the cut of the tree, in every replicate.
    profiles : DataFrame, respondents x profiles, optional
        Numbers whose class means get intervals (scores, agreement); NaN where unknown.
    n_replicates : int
        Resamples.
    level : float
        Of intervals and ellipses, within (0, 1).
    seed : int or SeedSequence
        Replicate i has a generator of its own: the numbers do not depend on ``n_jobs``.
    n_jobs : int or None
        Cores, as joblib means it.
    progress : function of an int, optional
        Called with the number of replicates done.

    Returns
    -------
    StabilityResult

    Raises
    ------
    ValueError
        If a setting is out of range, lengths differ, a class is empty, ``reweight`` is given with
        ``frequencies``, or no replicate had as many different respondents as classes and could be
        weighted.

    Notes
    -----
    Hennig (2007), *Cluster-wise assessment of cluster stability*; (2008), *Dissolution point and
    isolation robustness*. Jaccard similarities are taken among the respondents drawn at
    least once, each counted once, as fpc's ``clusterboot`` does. There every class is compared with
    the class most like it; here classes are paired one to one, by the assignment of the highest
    total similarity, because a respondent can then be said to have kept or changed class. Paired
    similarities are never above the unpaired.

    Respondents who were not drawn are placed on the replicate's axes as supplementary ones and
    join the class of the nearest centre, so that every respondent has a class in every
    replicate. Intervals of sizes and profiles are percentiles over the replicates: they
    hold the uncertainty of the axes and of the classes, not of the means alone; with ``reweight``,
    that of the weights as well.

    The seed draws rows by their position: the same respondents in another order give other
    resamples, and so slightly other figures, as another seed does.

    Replicates consolidate up to the first partition that no single transfer improves
    (`rfree.classes.consolidation.consolidate`, ``thorough=False``).

    Examples
    --------
    >>> X = pd.DataFrame({"a": list("yyyynnnn"), "b": list("yyyynnnn"), "c": list("yyynynnn")})
    >>> result = bootstrap_stability(X, n_axes=1, n_classes=2, n_replicates=20, seed=1)
    >>> result.classes[["class", "replicates", "reading"]]
       class  replicates        reading
    0      1          20  highly stable
    1      2          20  highly stable
    """
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; expected a share between 0 and 1, such as 0.95.")
    if frequencies and reweight is not None:
        raise ValueError("reweight was given with frequencies=True: numbers of respondents are no "
                         "weights to be estimated anew; expected one or the other.")  # fmt: skip
    profiles = aligned_to(profiles, X, name="profiles")
    if frequencies:
        rows = repeated_rows(check_weights(sample_weight, X))
        labels = None if labels is None else check_numbers(labels, X, name="labels")[rows]
        profiles = None if profiles is None else profiles.iloc[rows]
        X, sample_weight = X.iloc[rows], None
    table = code_table(
        X,
        passive=passive,
        passive_below=passive_below,
        blocks=blocks,
        sample_weight=sample_weight,
    )
    settings = ChainSettings(n_axes, n_classes, consolidate)
    sample = run_chain(table, settings, thorough=True)
    own = _own_labels(labels, sample, X, n_classes)
    columns = pd.DataFrame(index=X.index) if profiles is None else profiles
    values = columns.to_numpy(dtype=float, na_value=np.nan)
    plan = BootstrapPlan(table, settings, own, sample.category_coordinates, values, reweight)
    drawn = run_replicates(
        plan, n_replicates, seed=child_seed(seed, BOOTSTRAP_KEY), n_jobs=n_jobs, progress=progress
    )
    kept = [each for each in drawn if each is not None]
    if not kept:
        raise _no_resample(n_classes, n_replicates, reweighted=reweight is not None)
    return _summary(plan, columns, kept, n_replicates, level)


def _no_resample(n_classes: int, n_replicates: int, *, reweighted: bool) -> LimitError:
    message = "No resample had as many different respondents as there are classes"
    code, more = ("no_weighted_resample", " and could be weighted") if reweighted else (
        "no_resample", "")  # fmt: skip
    return LimitError(code, f"{message}{more}.", classes=n_classes, resamples=n_replicates)


def _own_labels(
    labels: npt.ArrayLike | None, sample: ChainResult, X: pd.DataFrame, n_classes: int
) -> IntArray:
    """Return the sample's classes after checking those that were given."""
    if labels is None:
        n_rows = len(X)
        own = np.zeros(n_rows, dtype=np.int64)
        own[sample.rows] = sample.labels
        without = np.setdiff1d(np.arange(n_rows), sample.rows)
        if len(without):
            mass = np.zeros(n_rows)
            mass[sample.rows] = 1
            own[without] = _labels_of_all(sample, mass, n_classes)[without] + 1
        return own
    given = check_numbers(labels, X, name="labels")
    if not np.array_equal(np.unique(given), np.arange(1, n_classes + 1)):
        raise ValueError(
            f"labels holds {np.unique(given).tolist()}; expected all classes 1..{n_classes}."
        )
    return given


def _labels_of_all(found: ChainResult, mass: FloatArray, n_classes: int) -> IntArray:
    """Classes, from 0, of those drawn, and of the others by the nearest centre."""
    rows = found.rows
    centres, _ = class_centres(found.coordinates[rows], found.labels - 1, mass[rows], n_classes)
    nearest = nearest_class(found.coordinates, centres)
    nearest[rows] = found.labels - 1
    return nearest


def _summary(
    plan: BootstrapPlan,
    profiles: pd.DataFrame,
    kept: list[BootstrapReplicate],
    n_replicates: int,
    level: float,
) -> StabilityResult:
    n_classes = plan.settings.n_classes
    numbers = np.arange(1, n_classes + 1)
    jaccard = np.array([each.jaccard for each in kept])
    weights = np.ones(len(plan.labels)) if plan.table.weights is None else plan.table.weights
    memberships = membership_shares(
        plan.table.index, np.array([each.labels for each in kept]), n_classes
    )
    return StabilityResult(
        classes=class_table(jaccard, level),
        respondents=respondent_table(plan.table.index, plan.labels, memberships),
        memberships=memberships,
        errors=classification_errors(memberships, plan.labels, sample_weight=weights),
        sizes=size_table(plan.labels, weights, np.array([each.shares for each in kept]), level),
        profiles=profile_table(
            profiles.columns,
            class_means(plan.profiles, plan.labels - 1, weights, n_classes),
            np.array([each.means for each in kept]),
            level,
        ),
        ellipses=resampled_ellipses(
            plan.categories,
            np.array([each.categories for each in kept]),
            plan.table.coding.index,
            level=level,
        ),
        jaccard=pd.DataFrame(
            jaccard,
            columns=pd.Index(numbers, name="class"),
            index=pd.RangeIndex(len(kept), name="replicate"),
        ),
        mean_jaccard=float(jaccard.mean()),
        n_replicates=n_replicates,
        n_failed=n_replicates - len(kept),
        level=level,
    )
