"""Prediction strength: whether the classes of one half of the respondents are the other's."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.base.limits import LimitError
from rfree.base.matching import shared_counts
from rfree.base.replicates import child_seed, run_replicates
from rfree.classes.chain import CodedTable, code_table
from rfree.evidence.chain_cuts import cut_chain

# From this strength on the classes of one half predict those of the other.
CUTOFF = 0.8
# Tells the splits from the draws of the bootstrap and of the nulls under one seed.
_SPLIT_KEY = 5


@dataclass(frozen=True)
class PredictionStrength:
    """How well classes made in one half predict the classes of the other half.

    Attributes
    ----------
    table : DataFrame
        A row for each number of classes from 2: ``classes``, ``strength`` (mean over the splits, 0
        to 1), ``low``, ``high`` (5 % and 95 % quantiles of the splits), ``splits`` (those whose
        halves held as many positions; the others are left out).
    suggested : int
        Most classes whose strength is above .8; 1 when none is.
    splits : DataFrame, split x number of classes
        Mean of the two halves; NaN where a half held too few positions.
    """

    table: pd.DataFrame
    suggested: int
    splits: pd.DataFrame


@dataclass(frozen=True)
class SplitPlan:
    """One split into halves, as a function of a generator that can go to another core.

    Attributes
    ----------
    table : CodedTable
    numbers : range
        Numbers of classes.
    n_axes : int
    consolidated : bool
    """

    table: CodedTable
    numbers: range
    n_axes: int
    consolidated: bool

    def __call__(self, generator: np.random.Generator) -> FloatArray:
        """Go through the chain in both halves; strength for each number of classes."""
        n_rows = len(self.table.codes)
        first = np.zeros(n_rows, dtype=np.int64)
        first[generator.permutation(n_rows)[: n_rows // 2]] = 1
        halves = [
            cut_chain(
                self.table,
                self.numbers,
                n_axes=self.n_axes,
                consolidated=self.consolidated,
                counts=counts,
            )
            for counts in (first, 1 - first)
        ]
        strengths = np.full(len(self.numbers), np.nan)
        one, other = halves
        if one is None or other is None:
            return strengths
        for place, number in enumerate(self.numbers):
            if number in one.labels and number in other.labels:
                strengths[place] = np.mean(
                    [
                        pair_strength(
                            own.labels[number],
                            theirs.everybody[number][own.rows],
                            self._mass(own.rows),
                        )
                        for own, theirs in ((one, other), (other, one))
                    ]
                )
        return strengths

    def _mass(self, rows: IntArray) -> FloatArray | None:
        return None if self.table.weights is None else self.table.weights[rows]


def prediction_strength(
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
    n_splits: int = 50,
    seed: int | np.random.SeedSequence = 0,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> PredictionStrength:
    """Redo MCA, tree and consolidation in halves, and see whether each predicts the other.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        The table of the study's MCA: one categorical column a question; no missing value.
    n_axes : int
        As in the study.
    max_classes : int, at least 2
    passive, passive_below, blocks, sample_weight, frequencies, consolidate
        As in `rfree.reality.stability.bootstrap_stability`. Pairs of respondents count for the
        product of their weights.
    n_splits : int
    seed : int or SeedSequence
        Each split has a generator of its own: the numbers do not depend on ``n_jobs``.
    n_jobs : int or None
        Cores, as joblib means it.
    progress : function of an int, optional
        Called with the number of splits done.

    Returns
    -------
    PredictionStrength

    Raises
    ------
    ValueError
        If a setting is out of range, or no half held two positions.

    Notes
    -----
    Tibshirani & Walther (2005), *Journal of Computational and Graphical Statistics* 14, 511-528.
    Each half has axes, a tree and classes of its own. The respondents of one half are placed on
    the axes of the other as supplementary ones, in the class of the nearest centre; of the pairs in
    a class of their own half, the share that the other half puts together is taken, and the least
    over the classes kept. Both halves predict in turn, and their mean is one split, as in fpc's
    ``prediction.strength``. One class has strength 1. Respondents cut from one continuum share
    their cuts only by chance; two or three classes of a small sample may still reach .8.

    Examples
    --------
    >>> agrees = np.repeat([[True], [False]], 30, axis=0)
    >>> answers = agrees ^ (np.random.default_rng(1).random((60, 6)) < 0.1)
    >>> X = pd.DataFrame(np.where(answers, "yes", "no"), columns=list("abcdef"))
    >>> prediction_strength(X, n_axes=1, max_classes=2, n_splits=5, seed=1).suggested
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
    plan = SplitPlan(table, numbers, n_axes, consolidate)
    found = np.array(
        run_replicates(
            plan, n_splits, seed=child_seed(seed, _SPLIT_KEY), n_jobs=n_jobs, progress=progress
        )
    )
    splits = pd.DataFrame(
        found,
        index=pd.RangeIndex(n_splits, name="split"),
        columns=pd.Index(numbers, name="classes"),
    )
    known = splits.dropna(axis=1, how="all")
    if known.shape[1] == 0:
        raise LimitError(
            "no_resample",
            "No half of the respondents held as many different positions as there are classes.",
            classes=2,
            resamples=n_splits,
        )
    strengths = known.mean()
    passing = strengths.index[strengths > CUTOFF]
    return PredictionStrength(
        table=pd.DataFrame(
            {
                "classes": known.columns.to_numpy(),
                "strength": strengths.to_numpy(),
                "low": known.quantile(0.05).to_numpy(),
                "high": known.quantile(0.95).to_numpy(),
                "splits": known.count().to_numpy(),
            }
        ),
        suggested=int(passing.max()) if len(passing) else 1,
        splits=splits,
    )


def pair_strength(own: IntArray, predicted: IntArray, weights: FloatArray | None = None) -> float:
    """Least share, over classes, of the pairs of a class that a prediction keeps together.

    Parameters
    ----------
    own, predicted : arrays of the same respondents
        Classes from 0.
    weights : array of respondents, optional
        A pair counts for the product of its weights.

    Returns
    -------
    float
        0 to 1. A class of one respondent has no pair and says nothing.

    Examples
    --------
    >>> pair_strength(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1])).__round__(3)
    0.333
    """
    own, predicted, weights = in_one_order(own=own, predicted=predicted, weights=weights)
    mass = np.ones(len(own)) if weights is None else weights
    shape = (int(own.max()) + 1, int(predicted.max()) + 1)
    sums = shared_counts(own, predicted, shape, mass)
    alone = shared_counts(own, predicted, shape, mass**2)
    together = (sums**2 - alone).sum(axis=1)
    pairs = sums.sum(axis=1) ** 2 - alone.sum(axis=1)
    several = np.bincount(own, minlength=shape[0]) > 1
    return float((together[several] / pairs[several]).min()) if several.any() else 1.0
