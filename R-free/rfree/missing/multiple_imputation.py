"""Multiple imputation by MCA, and what it leaves uncertain of the classes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed

from rfree.base.class_labels import check_numbers
from rfree.base.coding import CategoryCoding
from rfree.base.inputs import FloatArray, IntArray, check_weights
from rfree.base.replicates import child_seed
from rfree.base.weighting import repeated_rows
from rfree.classes.chain import ChainSettings, CodedTable, code_table, run_chain
from rfree.classes.partition_agreement import (
    adjusted_rand,
    jaccard_table,
    matched_cells,
    matched_classes,
    overlap_table,
)
from rfree.missing.iterative_mca import IndicatorGaps, fill_gaps
from rfree.missing.missing import (
    as_degrees,
    code_answers,
    draw_missing_categories,
    with_gaps_filled,
)


@dataclass(frozen=True)
class MultipleImputation:
    """Several completions of one table.

    Attributes
    ----------
    tables : tuple of DataFrames, respondents x variables
        Of the types of the table; they differ in the missing answers only.
    n_missing : int
        Number of answers filled in, in each.
    converged_share : float
        Share of the imputations whose iterations settled (0-1).
    """

    tables: tuple[pd.DataFrame, ...]
    n_missing: int
    converged_share: float


@dataclass(frozen=True)
class ImputedMembership:
    """Classes of the respondents over several completions of the table.

    Attributes
    ----------
    shares : DataFrame, respondent x class
        Percent of the imputations in which the respondent is in the class; rows sum to 100.
    respondents : DataFrame
        ``respondent``, ``class`` (of the study), ``imputed_class`` (the most frequent; the study's
        among equals), ``own_share`` (percent of the imputations in the study's class).
    classes : DataFrame
        ``class``, ``n`` (respondents of the study's, whatever they weigh), ``mean_n``, ``low_n``,
        ``high_n`` (mean and 2.5 and 97.5 % quantiles over the imputations), ``share`` and
        ``mean_share`` (weighted percent of the respondents: of the study, and mean over the
        imputations), ``mean_jaccard`` (weighted).
    imputations : DataFrame
        ``imputation``, ``adjusted_rand`` with the study.
    labels : DataFrame, respondents x imputations
        The class of each in each imputation, by the numbers of the study.
    """

    shares: pd.DataFrame
    respondents: pd.DataFrame
    classes: pd.DataFrame
    imputations: pd.DataFrame
    labels: pd.DataFrame


def multiple_imputation(
    X: pd.DataFrame,
    *,
    n_components: int,
    n_imputations: int = 20,
    seed: int | np.random.SeedSequence,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    max_iterations: int = 500,
    tolerance: float = 1e-4,
    n_jobs: int = 1,
) -> MultipleImputation:
    """Complete a table several times, with the uncertainty of the axes and of the answers.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer.
    n_components : int
        Axes from which answers are rebuilt; see
        `rfree.missing.imputation_axes.choose_imputation_axes`.
    n_imputations : int
        Number of completions.
    seed : int or SeedSequence
        One child generator an imputation: the same tables on any number of cores.
    sample_weight : array of respondents, or None
        Not negative.
    frequencies : bool
        Whether weights are whole numbers of respondents, whose answers are then drawn one by one:
        the tables have the rows repeated.
    max_iterations, tolerance
        As in `rfree.missing.missing.impute_mca`; the tolerance is looser, as answers are drawn.
    n_jobs : int
        Cores, through joblib.

    Returns
    -------
    MultipleImputation
        ``tables``, ``n_missing``, ``converged_share``.

    Raises
    ------
    ValueError
        If nobody answered a variable or ``n_imputations`` is below 1.

    Notes
    -----
    Audigier, Husson & Josse (2017), *Statistics and Computing* 27, 501-518 (MIMCA): each
    imputation resamples the respondents (as weights), finds the axes of the regularised
    iterative MCA under these weights, and draws each missing answer from the degrees they
    give, brought to [0, 1]. Unlike the most likely category, draws keep the spread of the
    answers.

    Examples
    --------
    >>> X = pd.DataFrame({"a": list("xxxyyy"), "b": list("uuuvvv"), "c": list("sssttt")})
    >>> X.loc[0, "c"] = None
    >>> several = multiple_imputation(X, n_components=1, n_imputations=3, seed=1)
    >>> [table.loc[0, "c"] in ("s", "t") for table in several.tables]
    [True, True, True]
    """
    if n_imputations < 1:
        raise ValueError(f"n_imputations is {n_imputations}; expected at least 1.")
    weights = check_weights(sample_weight, X)
    if frequencies:
        rows = repeated_rows(weights)
        X, weights = X.iloc[rows], np.ones(len(rows))
    answers = code_answers(X)
    gaps = answers.gaps(answers.missing)
    settings = {
        "n_components": n_components,
        "max_iterations": max_iterations,
        "tolerance": tolerance,
    }
    drawn = Parallel(n_jobs=n_jobs)(
        delayed(_one_imputation)(gaps, weights, answers.coding, settings, child)
        for child in child_seed(seed).spawn(n_imputations)
    )
    return MultipleImputation(
        tables=tuple(with_gaps_filled(X, answers, chosen) for chosen, _ in drawn),
        n_missing=int(answers.missing.sum()),
        converged_share=float(np.mean([converged for _, converged in drawn])),
    )


def imputed_membership(
    imputation: MultipleImputation,
    reference_labels: npt.ArrayLike,
    *,
    n_axes: int,
    passive: Iterable[tuple[Hashable, Hashable]] | None = None,
    blocks: Mapping[Hashable, Hashable] | None = None,
    consolidate: bool = True,
    sample_weight: Sequence[float] | FloatArray | None = None,
    n_jobs: int = 1,
) -> ImputedMembership:
    """Put each completed table through the whole chain and compare with the study's classes.

    Parameters
    ----------
    imputation : MultipleImputation
        From `multiple_imputation`.
    reference_labels : array of respondents
        The study's classes, in the order of the tables.
    n_axes : int
        Axes on which respondents are compared.
    passive : iterable of (variable, category) pairs, or None
        As in `rfree.axes.mca.MCA`.
    blocks : mapping of variables to blocks, or None
        As in `rfree.axes.mca.MCA`: weighed anew in every table.
    consolidate : bool
        Whether k-means follows the cut of the tree.
    sample_weight : array of respondents, or None
        Positive survey weights: leave out respondents of weight zero. Weights that are numbers of
        respondents are told to `multiple_imputation`, whose tables have a row for each of them.
    n_jobs : int
        Cores, through joblib.

    Returns
    -------
    ImputedMembership
        ``shares``, ``respondents``, ``classes``, ``imputations``.

    Raises
    ------
    ValueError
        If the labels are not as many as the respondents or hold one class only, or a weight is 0.

    Notes
    -----
    Every imputation redoes MCA, Ward's tree, its cut into as many classes as the study's, and
    consolidation. Its classes are matched one to one to the study's by the largest sum of
    Jaccard indices (`rfree.classes.partition_agreement.matched_classes`).

    Examples
    --------
    >>> X = pd.DataFrame({"a": list("xxxyyy"), "b": list("uuuvvv"), "c": list("sstttt")})
    >>> X.loc[0, "c"] = None
    >>> several = multiple_imputation(X, n_components=1, n_imputations=4, seed=1)
    >>> imputed_membership(several, [1, 1, 1, 2, 2, 2], n_axes=1).respondents["own_share"].tolist()
    [100.0, 100.0, 100.0, 100.0, 100.0, 100.0]
    """
    tables = imputation.tables
    reference = check_numbers(reference_labels, tables[0], name="reference_labels", of="imputation")
    weights = check_weights(sample_weight, tables[0], of="imputation")
    if (weights == 0).any():
        raise ValueError(
            f"{int((weights == 0).sum())} respondents have weight zero: leave them out."
        )
    n_classes = len(np.unique(reference))
    settings = ChainSettings(n_axes=n_axes, n_classes=n_classes, consolidate=consolidate)
    coding = partial(code_table, passive=tuple(passive or ()), blocks=blocks, sample_weight=weights)
    labels = Parallel(n_jobs=n_jobs)(
        delayed(_chain_labels)(table, coding, settings) for table in tables
    )
    return _membership(np.array(labels), reference, weights, tables[0].index)


def _one_imputation(
    gaps: IndicatorGaps,
    weights: FloatArray,
    coding: CategoryCoding,
    settings: dict[str, float],
    child: np.random.SeedSequence,
) -> tuple[IntArray, bool]:
    rng = np.random.default_rng(child)
    drawn = rng.multinomial(len(weights), np.full(len(weights), 1 / len(weights)))
    filled = fill_gaps(gaps, weights * drawn, **settings)  # type: ignore[arg-type]
    degrees = as_degrees(filled.table, coding)
    return draw_missing_categories(degrees, coding, rng), filled.converged


def _chain_labels(
    table: pd.DataFrame, coding: Callable[[pd.DataFrame], CodedTable], settings: ChainSettings
) -> IntArray:
    return run_chain(coding(table), settings, thorough=True).labels


def _membership(
    labels: IntArray, reference: IntArray, weights: FloatArray, respondents: pd.Index
) -> ImputedMembership:
    """Gather the classes of all imputations (imputations x respondents) into tables."""
    names = np.unique(reference)
    matched = np.empty_like(labels)
    jaccard = np.empty((len(labels), len(names)))
    rand = np.empty(len(labels))
    for number, classes in enumerate(labels):
        overlap = overlap_table(reference, classes, weights)
        match = matched_classes(overlap)
        study_class = pd.Series(match.index, index=match.to_numpy())
        matched[number] = study_class.loc[classes].to_numpy()
        jaccard[number] = matched_cells(jaccard_table(overlap), match)
        rand[number] = adjusted_rand(overlap_table(reference, classes))
    inside = matched[:, :, np.newaxis] == names
    shares = 100 * inside.mean(axis=0)
    own = reference[:, np.newaxis] == names
    # The study's class first among equals.
    frequent = names[(shares + 1e-9 * own).argmax(axis=1)]
    sizes = inside.sum(axis=1).astype(float)
    weighted = 100 * weights / weights.sum()
    return ImputedMembership(
        shares=pd.DataFrame(shares, index=respondents, columns=pd.Index(names, name="class")),
        respondents=pd.DataFrame(
            {
                "respondent": respondents,
                "class": reference,
                "imputed_class": frequent,
                "own_share": shares[own],
            }
        ),
        classes=pd.DataFrame(
            {
                "class": names,
                "n": own.sum(axis=0),
                "mean_n": sizes.mean(axis=0),
                "low_n": np.quantile(sizes, 0.025, axis=0),
                "high_n": np.quantile(sizes, 0.975, axis=0),
                "share": weighted @ own,
                "mean_share": weighted @ inside.mean(axis=0),
                "mean_jaccard": jaccard.mean(axis=0),
            }
        ),
        imputations=pd.DataFrame(
            {"imputation": np.arange(1, len(labels) + 1), "adjusted_rand": rand}
        ),
        labels=pd.DataFrame(
            matched.T,
            index=respondents,
            columns=pd.RangeIndex(1, len(labels) + 1, name="imputation"),
        ),
    )
