"""How a sample was drawn, and what that makes of the variance of an estimate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, aligned_to, check_weights

ReplicateKind = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"]
_KINDS: tuple[ReplicateKind, ...] = ("JK1", "JKn", "BRR", "Fay", "bootstrap")
_RANK_TOLERANCE = 1e-5


@dataclass(frozen=True)
class SurveyDesign:
    """How respondents were drawn.

    Attributes
    ----------
    weights : array of n floats
        Not negative.
    strata, clusters : arrays of n ints
        Codes from 0; clusters of different strata differ. All 0, and one each, without.
    replicates : array n x R, or None
        Replicate weights, on the scale of ``weights``.
    scales : array of R floats
        What each replicate counts for in a variance; empty without.
    df : float
        Degrees of freedom of its variances: clusters less strata, or the rank of the replicate
        weights less one.
    respondents : Index
        Their labels, in this order.
    """

    weights: FloatArray
    strata: IntArray
    clusters: IntArray
    replicates: FloatArray | None
    scales: FloatArray
    df: float
    respondents: pd.Index

    def covariance(
        self, estimate: Callable[[FloatArray], FloatArray], contributions: FloatArray
    ) -> FloatArray:
        """Estimate the covariance of an estimate.

        Parameters
        ----------
        estimate : function of an array of weights
            The p estimates under these weights, for replicates.
        contributions : array, n x p
            Of each respondent, weight included, to the error of the estimates: their linear
            approximation. Those outside a subgroup contribute 0.

        Returns
        -------
        array, p x p

        Notes
        -----
        Linearisation: sum over strata of n_h / (n_h - 1) sum over their clusters of (z - mean)
        (z - mean)', z the contributions added up by cluster (Binder 1983; Wolter 2007), clusters
        taken as drawn with replacement. Replicates: sum_r c_r (t_r - mean)(t_r - mean)'.
        """
        if self.replicates is not None:
            drawn = np.stack([estimate(weights) for weights in self.replicates.T])
            gap = drawn - drawn.mean(axis=0)
            return np.asarray(gap.T @ (gap * self.scales[:, None]))
        total = np.zeros((int(self.clusters.max()) + 1, contributions.shape[1]))
        np.add.at(total, self.clusters, contributions)
        stratum = np.zeros(len(total), dtype=np.int64)
        stratum[self.clusters] = self.strata
        counts = np.bincount(stratum)
        sums = np.zeros((len(counts), contributions.shape[1]))
        np.add.at(sums, stratum, total)
        gap = total - (sums / counts[:, None])[stratum]
        gap *= np.sqrt(counts / (counts - 1))[stratum, None]
        return np.asarray(gap.T @ gap)


def survey_design(
    sample_weight: npt.ArrayLike,
    *,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
) -> SurveyDesign:
    """Describe a sample drawn by strata, by clusters, or both.

    Parameters
    ----------
    sample_weight : array of n floats
        Not negative; a Series names the respondents, whose order the others take.
    strata : array of n, or None
        Stratum of each.
    clusters : array of n, or None
        First-stage cluster of each, such as the practice; numbered anew in each stratum or not.

    Returns
    -------
    SurveyDesign

    Raises
    ------
    ValueError
        If a stratum or cluster is missing, lengths differ, or a stratum has one cluster, whose
        variance cannot be known.

    Examples
    --------
    >>> design = survey_design(np.ones(6), strata=[1, 1, 1, 2, 2, 2], clusters=[1, 1, 2, 1, 2, 3])
    >>> design.df, design.clusters.tolist()
    (3.0, [0, 0, 1, 2, 3, 4])
    """
    index = _respondents(sample_weight)
    weights = check_weights(_given(sample_weight), index, of="sample_weight")
    n = len(weights)
    stratum = _codes(strata, index, "strata") if strata is not None else np.zeros(n, np.int64)
    own = _codes(clusters, index, "clusters") if clusters is not None else np.arange(n)
    pairs = pd.MultiIndex.from_arrays([stratum, own])
    cluster = np.asarray(pd.factorize(pairs)[0], dtype=np.int64)
    counts = pd.Series(cluster).groupby(stratum).nunique()
    if (counts < 2).any():
        names = pd.Series(np.asarray(_aligned(strata, index, "strata")) if strata is not None
                          else np.zeros(n)).groupby(stratum).first()  # fmt: skip
        alone = ", ".join(str(names[code]) for code in counts.index[counts < 2])
        raise ValueError(
            f"strata: one cluster only in {alone}; expected two at least in each, so that its "
            "variance can be estimated. Merge it with a stratum like it."
        )
    df = float(cluster.max() + 1 - len(counts))
    return SurveyDesign(weights, stratum, cluster, None, np.zeros(0), df, index)


def replicate_design(
    sample_weight: npt.ArrayLike,
    replicates: npt.ArrayLike,
    *,
    kind: ReplicateKind,
    rho: float = 0.0,
    scales: npt.ArrayLike | None = None,
) -> SurveyDesign:
    """Describe a sample that comes with replicate weights.

    Parameters
    ----------
    sample_weight : array of n floats
    replicates : array or DataFrame, n x R
        Weights of each replicate, as large as the sample's own (combined weights).
    kind : {"JK1", "JKn", "BRR", "Fay", "bootstrap"}
        How they were made.
    rho : float
        Fay's factor, from 0 up to 1; for "Fay" only.
    scales : array of R floats, or None
        What each replicate counts for, by which "JKn" is known: (n_h - 1) / n_h, n_h the clusters
        of the stratum that the replicate leaves one out of.

    Returns
    -------
    SurveyDesign

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    What each counts for, R replicates: JK1 (R - 1) / R; BRR 1 / R; Fay 1 / (R (1 - rho)^2);
    bootstrap 1 / (R - 1); JKn as given. Replicates vary about their mean, as in R's ``survey``.

    Examples
    --------
    >>> weights = np.ones(3)
    >>> jackknife = 1.5 * (1 - np.eye(3))
    >>> replicate_design(weights, jackknife, kind="JK1").df
    2.0
    """
    index = _respondents(sample_weight)
    weights = check_weights(_given(sample_weight), index, of="sample_weight")
    table = np.asarray(_aligned(replicates, index, "replicates"), dtype=float)
    faults = []
    if table.ndim != 2 or table.shape[0] != len(weights) or table.shape[1] < 2:
        raise ValueError(
            f"replicates has shape {table.shape}; expected {len(weights)} rows and a column a "
            "replicate, two at least."
        )
    if not np.isfinite(table).all():
        faults.append("replicates: a weight is missing or infinite")
    if kind not in _KINDS:
        faults.append(f"kind is {kind!r}; expected one of {', '.join(map(repr, _KINDS))}")
    if not 0 <= rho < 1:
        faults.append(f"rho is {rho}; expected from 0 up to 1")
    if (scales is None) == (kind == "JKn"):
        faults.append("scales: given with kind 'JKn', and with it only")
    if faults:
        raise ValueError("; ".join(faults) + ".")
    n_replicates = table.shape[1]
    each = {
        "JK1": (n_replicates - 1) / n_replicates,
        "BRR": 1 / n_replicates,
        "Fay": 1 / (n_replicates * (1 - rho) ** 2),
        "bootstrap": 1 / (n_replicates - 1),
    }
    counted = (
        np.full(n_replicates, each[kind]) if scales is None else np.asarray(scales, dtype=float)
    )
    if counted.shape != (n_replicates,) or not (np.isfinite(counted) & (counted >= 0)).all():
        raise ValueError(f"scales: expected {n_replicates} numbers of at least 0.")
    sizes = np.linalg.svd(table, compute_uv=False)
    df = float((sizes > _RANK_TOLERANCE * sizes[0]).sum() - 1)
    nobody = np.zeros(len(weights), dtype=np.int64)
    return SurveyDesign(weights, nobody, np.arange(len(weights)), table, counted, df, index)


def _respondents(sample_weight: npt.ArrayLike) -> pd.Index:
    if isinstance(sample_weight, pd.Series):
        return sample_weight.index
    return pd.RangeIndex(len(np.asarray(sample_weight)))


def _given(sample_weight: npt.ArrayLike) -> pd.Series | FloatArray:
    if isinstance(sample_weight, pd.Series):
        return sample_weight
    return np.asarray(sample_weight, dtype=float)


def _aligned(values: npt.ArrayLike, index: pd.Index, name: str) -> npt.ArrayLike:
    return aligned_to(values, index, name=name, of="sample_weight")


def _codes(values: npt.ArrayLike, index: pd.Index, name: str) -> IntArray:
    given = pd.Series(np.asarray(_aligned(values, index, name), dtype=object))
    if len(given) != len(index):
        raise ValueError(f"{name} has {len(given)} values; expected {len(index)}.")
    if given.isna().any():
        raise ValueError(f"{name}: {int(given.isna().sum())} respondents have none.")
    return np.asarray(pd.factorize(given)[0], dtype=np.int64)
