"""What other methods say: comparison curves, models of the answers, prediction, selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from rfree.evidence.class_selection import select_classes
from rfree.evidence.prediction_strength import CUTOFF, prediction_strength
from rfree.evidence.taxometrics import CATEGORICAL, DIMENSIONAL, comparison_curve_fit
from rfree.other_clusterings.answer_models import compare_answer_models
from rfree.other_clusterings.latent_class_choice import LatentClassStudy
from typology.exhibits.run_tables import MadeTables
from typology.fit.fitted_typology import FittedTypology

Advance = Callable[[float], None]
"""Told the share of the stage that is done."""

MOST_CLASSES, MOST_LATENT_CLASSES = 10, 7
"""Numbers of classes tried in resamples, and in models of the answers."""
POPULATION = 5000
"""Respondents of each population that comparison samples are drawn from, unless there are more."""
RESAMPLES_A_SPLIT, REPLICATES_A_SAMPLE = 4, 5
"""One split and one pair for so many resamples of the stability; one comparison sample of each
kind for so many replicates of a null."""
FEWEST_SPLITS, FEWEST_SAMPLES = 5, 10

_CURVES = {
    "dimensional": "continuum", "dimensional_low": "continuum_low",
    "dimensional_high": "continuum_high", "categorical": "two_groups",
    "categorical_low": "groups_low", "categorical_high": "groups_high",
}  # fmt: skip


def comparison_curve_tables(fitted: FittedTypology, n_jobs: int, advance: Advance) -> MadeTables:
    """Return whether the answers look like two groups or like a continuum; weights do not count.

    ``comparison_curve`` (one row): ``ccfi``, ``mambac``, ``l_mode`` (index of the curves, and of
    each procedure, 0-1); ``continuum_below``, ``groups_above`` (its bounds); ``continuum_low`` ...
    ``groups_high`` (5 % and 95 % quantiles of the index of samples of each kind); ``group_share``
    (percent, of the higher group); ``samples`` (of each kind). ``comparison_curves``: those of
    `rfree.evidence.taxometrics.TaxometricResult`, but for the names in ``_CURVES``.
    """
    del advance
    choices = fitted.study.choices
    items = _codes(fitted)
    samples = max(FEWEST_SAMPLES, choices.validity.null_replicates // REPLICATES_A_SAMPLE)
    found = comparison_curve_fit(
        items,
        n_samples=samples,
        population=max(POPULATION, len(items)),
        seed=choices.seed,
        n_jobs=n_jobs,
    )
    index = found.table.set_index("procedure")
    told = {
        "ccfi": found.ccfi,
        "mambac": index.loc["MAMBAC", "ccfi"],
        "l_mode": index.loc["L-Mode", "ccfi"],
        "continuum_below": DIMENSIONAL,
        "groups_above": CATEGORICAL,
        **{_CURVES[name]: index.loc["mean", name] for name in _CURVES if name in index},
        "group_share": 100 * found.group_shares[1],
        "samples": samples,
    }
    return {
        "comparison_curve": pd.DataFrame([told]),
        "comparison_curves": found.curves.rename(columns=_CURVES),
    }


def answer_model_tables(
    latent: LatentClassStudy | None, fitted: FittedTypology, n_jobs: int, advance: Advance
) -> MadeTables:
    """Return which model gives the answers at least cost; weights count.

    ``answer_models``: ``answer_model`` ("latent classes", "ordered classes", "one factor", "two
    factors"), then as `rfree.other_clusterings.answer_models.AnswerModels`; ``bic_rank`` from 1.
    """
    del advance
    found = compare_answer_models(
        _codes(fitted),
        seed=fitted.study.choices.seed,
        max_classes=MOST_LATENT_CLASSES,
        latent_classes=latent,
        sample_weight=fitted.sample_weight,
        n_jobs=n_jobs,
    ).table
    table = found.rename(columns={"kind": "answer_model"})
    table["bic_rank"] = table["bic"].rank(method="min").astype(int)
    columns = ["answer_model", "classes", "factors", "log_likelihood", "parameters", "bic",
               "bic_above_best", "bic_rank", "entropy", "converged"]  # fmt: skip
    return {"answer_models": table[columns]}


def prediction_strength_tables(fitted: FittedTypology, n_jobs: int, advance: Advance) -> MadeTables:
    """Return whether the classes of one half of the respondents are the other's; weights count.

    ``prediction_strength``: ``classes``, ``prediction_strength`` (0-1), ``split_low``,
    ``split_high`` (5 % and 95 % quantiles of the splits), ``halvings`` (splits made),
    ``threshold``, ``predicted`` (whether the strength is above).
    """
    n_splits = _splits(fitted)
    found = prediction_strength(
        fitted.active.categories,
        n_splits=n_splits,
        n_jobs=n_jobs,
        progress=lambda done: advance(done / n_splits),
        **_chain(fitted),
    ).table
    names = {"strength": "prediction_strength", "low": "split_low", "high": "split_high",
             "splits": "halvings"}  # fmt: skip
    predicted = found["strength"] > CUTOFF
    return {
        "prediction_strength": found.rename(columns=names).assign(
            threshold=CUTOFF, predicted=predicted
        )
    }


def class_selection_tables(fitted: FittedTypology, n_jobs: int, advance: Advance) -> MadeTables:
    """Return which number of classes comes back best in pairs of resamples; weights count.

    ``class_selection``: ``classes``, ``least_jaccard``, ``mean_jaccard``, ``instability`` (0-1),
    ``replicates`` (pairs), ``steadiest`` (whether its instability is the lowest).
    """
    n_pairs = _splits(fitted)
    found = select_classes(
        fitted.active.categories,
        n_replicates=n_pairs,
        n_jobs=n_jobs,
        progress=lambda done: advance(done / n_pairs),
        **_chain(fitted),
    )
    steadiest = found.table["classes"] == found.least_instable
    return {"class_selection": found.table.assign(steadiest=steadiest)}


def _codes(fitted: FittedTypology) -> pd.DataFrame:
    """Return the answers as numbers of their scales, missing where there is none."""
    return fitted.active.answers.astype(float)


def _splits(fitted: FittedTypology) -> int:
    return max(FEWEST_SPLITS, fitted.study.choices.validity.resamples // RESAMPLES_A_SPLIT)


def _chain(fitted: FittedTypology) -> dict[str, Any]:
    choices = fitted.study.choices
    return {
        "n_axes": fitted.axes.number,
        "max_classes": max(MOST_CLASSES, fitted.classes.number),
        "passive": fitted.active.passive,
        "passive_below": choices.passive_below,
        "blocks": fitted.active.blocks,
        "sample_weight": fitted.sample_weight,
        "consolidate": choices.consolidate,
        "seed": choices.seed,
    }
