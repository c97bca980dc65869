"""How many classes come back: cluster-wise Jaccard and instability over numbers of classes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.base.limits import LimitError
from rfree.base.matching import class_jaccard, shared_counts
from rfree.base.replicates import child_seed, counts_drawn, run_replicates
from rfree.classes.chain import CodedTable, code_table
from rfree.evidence.chain_cuts import ChainCuts, cut_chain

# Tells these draws from those of the bootstrap, the nulls and the splits under one seed.
SELECTION_KEY = 6


@dataclass(frozen=True)
class ClassSelection:
    """Stability of the classes, for each number of them.

    Attributes
    ----------
    table : DataFrame
        A row for each number of classes from 2: ``classes``, ``least_jaccard`` (mean similarity of
        the class that comes back worst), ``mean_jaccard`` (of all classes), ``instability`` (share
        of the pairs of respondents on which two resamples disagree, 0 to 1), ``replicates``.
    jaccard : DataFrame
        ``classes``, ``class`` (numbered by first respondent), ``mean_jaccard``.
    least_instable : int
        Number of classes of lowest instability.
    """

    table: pd.DataFrame
    jaccard: pd.DataFrame
    least_instable: int


@dataclass(frozen=True)
class PairPlan:
    """Two resamples, as a function of a generator that can go to another core.

    Attributes
    ----------
    table : CodedTable
    numbers : range
        Numbers of classes.
    n_axes : int
    consolidated : bool
    sample : ChainCuts
        The classes of the respondents themselves.
    """

    table: CodedTable
    numbers: range
    n_axes: int
    consolidated: bool
    sample: ChainCuts

    def __call__(self, generator: np.random.Generator) -> dict[int, tuple[FloatArray, float]]:
        """For each number of classes, Jaccard of each class (first resample) and instability."""
        n_rows = len(self.table.codes)
        first, second = (self._resample(generator, n_rows) for _ in range(2))
        if first is None or second is None:
            return {}
        found = {}
        mass = np.ones(n_rows) if self.table.weights is None else self.table.weights
        for number in self.numbers:
            if all(number in cuts.labels for cuts in (self.sample, first, second)):
                own = self.sample.everybody[number]
                found[number] = (
                    best_jaccard(own[first.rows], first.labels[number], number),
                    pair_instability(first.everybody[number], second.everybody[number], mass),
                )
        return found

    def _resample(self, generator: np.random.Generator, n_rows: int) -> ChainCuts | None:
        counts = counts_drawn(n_rows, generator)
        return cut_chain(
            self.table,
            self.numbers,
            n_axes=self.n_axes,
            consolidated=self.consolidated,
            counts=counts,
        )


def select_classes(
    X: pd.DataFrame,
    *,
    n_axes: int,
    max_classes: int = 10,
    passive: Iterable[tuple[Hashable, Hashable]] | None = None,
    passive_below: float = 0.0,
    blocks: Mapping[Hashable, Hashable] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    consolidate: bool = True,
    n_replicates: int = 50,
    seed: int | np.random.SeedSequence = 0,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> ClassSelection:
    """Compare numbers of classes by what comes back in resamples of the whole chain.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        The table of the study's MCA: one categorical column a question; no missing value.
    n_axes : int
        As in the study.
    max_classes : int, at least 2
    passive, passive_below, blocks, sample_weight, frequencies, consolidate
        As in `rfree.reality.stability.bootstrap_stability`.
    n_replicates : int
        Pairs of resamples.
    seed : int or SeedSequence
        Each pair has a generator of its own: the numbers do not depend on ``n_jobs``.
    n_jobs : int or None
        Cores, as joblib means it.
    progress : function of an int, optional
        Called with the number of pairs done.

    Returns
    -------
    ClassSelection

    Raises
    ------
    ValueError
        If a setting is out of range, or the respondents or all resamples hold too few positions.

    Notes
    -----
    Jaccard: Hennig (2007), *Computational Statistics & Data Analysis* 52, 258-271. Each class of
    the sample with the class of the resample most like it, among those drawn, as fpc's
    ``clusterboot`` does (`bootstrap_stability` pairs classes one to one, and is never higher).

    Instability: Fang & Wang (2012), same journal, 56, 468-477: two resamples each give every
    respondent a class, those not drawn that of the nearest centre; of all pairs of respondents, the
    share that one puts together and the other apart. fpc's ``nselectboot`` counts those that the
    first puts together and the second apart only: half as much in the long run. It has a tendency
    of its own to fall as classes become many and small. Neither says that there are groups: the
    slices of one continuum can come back well.

    Examples
    --------
    >>> agrees = np.repeat([[True], [False]], 30, axis=0)
    >>> answers = agrees ^ (np.random.default_rng(1).random((60, 6)) < 0.1)
    >>> X = pd.DataFrame(np.where(answers, "yes", "no"), columns=list("abcdef"))
    >>> select_classes(X, n_axes=1, max_classes=2, n_replicates=5, seed=1).least_instable
    2
    """
    if max_classes < 2:
        raise ValueError(f"max_classes is {max_classes}; expected at least 2.")
    table = code_table(
        X,
        passive=passive,
        passive_below=passive_below,
        blocks=blocks,
        sample_weight=sample_weight,
        frequencies=frequencies,
    )
    numbers = range(2, max_classes + 1)
    sample = cut_chain(table, numbers, n_axes=n_axes, consolidated=consolidate)
    found: list[dict[int, tuple[FloatArray, float]]] = []
    if sample is not None:
        plan = PairPlan(table, numbers, n_axes, consolidate, sample)
        found = run_replicates(
            plan, n_replicates, seed=child_seed(seed, SELECTION_KEY), n_jobs=n_jobs,
            progress=progress,
        )  # fmt: skip
    rows, jaccard = [], []
    for number in numbers:
        drawn = [each[number] for each in found if number in each]
        if drawn:
            means = np.mean([similarities for similarities, _ in drawn], axis=0)
            jaccard += [(number, place + 1, mean) for place, mean in enumerate(means)]
            instability = float(np.mean([each for _, each in drawn]))
            rows.append((number, means.min(), means.mean(), instability, len(drawn)))
    if not rows:
        raise LimitError(
            "no_resample",
            "No resample had as many different respondents as there are classes.",
            classes=2,
            resamples=n_replicates,
        )
    selection = pd.DataFrame(
        rows, columns=["classes", "least_jaccard", "mean_jaccard", "instability", "replicates"]
    )
    return ClassSelection(
        table=selection,
        jaccard=pd.DataFrame(jaccard, columns=["classes", "class", "mean_jaccard"]),
        least_instable=int(selection["classes"].iloc[int(selection["instability"].argmin())]),
    )


def best_jaccard(own: IntArray, found: IntArray, n_classes: int) -> FloatArray:
    """Similarity of each class with the class of another partition that is most like it.

    Parameters
    ----------
    own, found : arrays of the same respondents
        Classes from 0.
    n_classes : int
        Of each.

    Returns
    -------
    array of classes
        0 to 1.

    Examples
    --------
    >>> best_jaccard(np.array([0, 0, 1]), np.array([1, 1, 1]), 2).round(2)
    array([0.67, 0.33])
    """
    own, found = in_one_order(own=own, found=found)
    return np.asarray(class_jaccard(own + 1, found + 1, n_classes, n_classes).max(axis=1))


def pair_instability(first: IntArray, second: IntArray, weights: FloatArray | None = None) -> float:
    """Share of the pairs of respondents that one partition puts together and the other apart.

    Parameters
    ----------
    first, second : arrays of the same respondents
        Classes from 0.
    weights : array of respondents, optional
        A pair counts for the product of its weights.

    Returns
    -------
    float
        Of all ordered pairs, a respondent with itself included.

    Examples
    --------
    >>> pair_instability(np.array([0, 0, 1]), np.array([0, 1, 1])).__round__(3)
    0.444
    """
    first, second, weights = in_one_order(first=first, second=second, weights=weights)
    return parted_pairs(first, second, weights) + parted_pairs(second, first, weights)


def parted_pairs(first: IntArray, second: IntArray, weights: FloatArray | None = None) -> float:
    """Share of the pairs of respondents that the first partition keeps and the second parts.

    Parameters
    ----------
    first, second, weights
        As for `pair_instability`.

    Returns
    -------
    float

    Examples
    --------
    >>> parted_pairs(np.array([0, 0, 1]), np.array([0, 1, 2])).__round__(3)
    0.222
    """
    first, second, weights = in_one_order(first=first, second=second, weights=weights)
    mass = np.ones(len(first)) if weights is None else weights
    shared = shared_counts(first, second, (int(first.max()) + 1, int(second.max()) + 1), mass)
    return float(((shared.sum(axis=1) ** 2).sum() - (shared**2).sum()) / mass.sum() ** 2)
