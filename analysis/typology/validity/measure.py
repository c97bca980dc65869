"""Is the typology real? Stability, populations without groups, other choices, other methods."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pandas as pd

from rfree.axes.n_axes import axes_criteria, parallel_analysis
from rfree.base.limits import LimitError
from rfree.classes.n_classes import classes_criteria
from rfree.other_clusterings.latent_class_choice import LatentClassStudy, choose_latent_classes
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.reality.nulls import NULLS
from rfree.reality.stability import bootstrap_stability
from typology.exhibits.run_tables import MadeTables
from typology.fit.fitted_typology import FittedTypology
from typology.study.axis_rules import AxisRule
from typology.validity.alternatives import RuledTables, imputation_tables, sensitivity_tables
from typology.validity.effort import effort_for
from typology.validity.evidence.measure import (
    Advance,
    answer_model_tables,
    class_selection_tables,
    comparison_curve_tables,
    prediction_strength_tables,
)
from typology.validity.evidence.readings import evidence_readings
from typology.validity.notes import Note, notes_table
from typology.validity.verdict import Case, choices_table, verdict_tables

_Result = TypeVar("_Result")


def ignore(share: float) -> None:
    """Show nothing."""


def validity_tables(
    fitted: FittedTypology, *, n_jobs: int = 1, advance: Advance = ignore
) -> MadeTables:
    """Return every table on how real a typology is, those of the parts below.

    Their columns are those of the functions of `rfree` that make them. ``evidence`` sums up what
    the verdict and other methods say. ``validity_notes`` (see
    `typology.validity.notes`) tells what these answers do not allow to compute, what was computed
    with less work, and why: what answers may well not allow is a `rfree.base.limits.LimitError`,
    and becomes a note; any other error is a mistake and is raised. ``advance`` is told the share
    done; the numbers do not depend on ``n_jobs``.
    """
    attempts = _Attempts(fitted, n_jobs, advance)
    tables: MadeTables = attempts.make("stability", 0.15, _stability) or {}
    ruled = _ruled(fitted)
    jaccard = None
    if "stability" in tables:
        jaccard = tables["stability"].set_index("class")["mean_jaccard"]
    for name, share, part in (
        ("nulls", 0.30, partial(_nulls, jaccard)),
        ("verdict choices", 0.05, partial(_other_verdicts, ruled, jaccard)),
        ("axes criteria", 0.05, _axes_criteria),
        ("classes criteria", 0.05, _classes_criteria),
        ("sensitivity", 0.10, partial(_sensitivity, ruled)),
        ("imputation", 0.05, partial(_imputation, ruled)),
    ):
        tables |= attempts.make(name, share, part) or {}
    latent = attempts.make("latent classes", 0.10, _latent_classes)
    if latent is not None:
        tables["latent_classes"] = latent.table
    for name, share, part in (
        ("other methods", 0.05, partial(_other_methods, latent)),
        ("comparison curve", 0.02, comparison_curve_tables),
        ("answer models", 0.03, partial(answer_model_tables, latent)),
        ("prediction strength", 0.02, prediction_strength_tables),
        ("class selection", 0.03, class_selection_tables),
    ):
        tables |= attempts.make(name, share, part) or {}
    tables["evidence"] = evidence_readings(tables, fitted.classes.number)
    notes = [*attempts.notes, *_resamples_left_out(fitted, tables)]
    return tables | {"validity_notes": notes_table(notes)}


class _Attempts:
    """Makes one part after another; notes those that the answers do not allow."""

    def __init__(self, fitted: FittedTypology, n_jobs: int, advance: Advance) -> None:
        self.fitted, self.n_jobs, self.advance = fitted, n_jobs, advance
        self.reductions = effort_for(len(fitted.items)).notes
        self.notes: list[Note] = []
        self.begun = 0.0

    def make(
        self, name: str, share: float, part: Callable[[FittedTypology, int, Advance], _Result]
    ) -> _Result | None:
        """Make a part, which is this share of all; return None where there is a limit."""
        begun = self.begun
        self.begun += share
        try:
            made = part(self.fitted, self.n_jobs, lambda done: self.advance(begun + share * done))
        except LimitError as limit:
            self.notes.append(Note.limit(name, limit))
            return None
        finally:
            self.advance(self.begun)
        self.notes += [note for note in self.reductions if note.part == name]
        return made


def _stability(fitted: FittedTypology, n_jobs: int, advance: Advance) -> MadeTables:
    choices = fitted.study.choices
    replicates = choices.validity.resamples
    found = bootstrap_stability(
        fitted.active.categories,
        n_axes=fitted.axes.number,
        n_classes=fitted.classes.number,
        passive=fitted.active.passive,
        passive_below=choices.passive_below,
        blocks=fitted.active.blocks,
        sample_weight=fitted.sample_weight,
        reweight=fitted.weights.reweight,
        labels=fitted.classes.labels,
        consolidate=choices.consolidate,
        profiles=fitted.scores,
        n_replicates=replicates,
        seed=choices.seed,
        n_jobs=n_jobs,
        progress=lambda done: advance(done / replicates),
    )
    return {
        "stability": found.classes,
        "stability_respondents": found.respondents,
        "classification_errors": _errors(found.errors),
        "class_shares": found.sizes,
        "class_means": found.profiles.rename(columns={"profile": "block"}),
        "category_ellipses": found.ellipses,
    }


def _errors(errors: pd.DataFrame) -> pd.DataFrame:
    """Return the errors of assignment, a row for each true class and class assigned; percent."""
    table = (100 * errors).rename_axis(index="class", columns="assigned_class")
    return (
        table.reset_index()
        .melt("class", value_name="share")
        .sort_values(["class", "assigned_class"], ignore_index=True)
    )


def _resamples_left_out(fitted: FittedTypology, tables: MadeTables) -> list[Note]:
    """Return a note where margins could not be given to some resamples."""
    if fitted.weights.reweight is None or "stability" not in tables:
        return []
    asked = fitted.study.choices.validity.resamples
    count = asked - int(tables["stability"]["replicates"].iloc[0])
    told = Note.reduced("stability", "resamples_left_out", count=count, resamples=asked)
    return [told] if count else []


def _nulls(
    jaccard: pd.Series | None, fitted: FittedTypology, n_jobs: int, advance: Advance
) -> MadeTables:
    replicates = fitted.study.choices.validity.null_replicates
    return verdict_tables(
        _case(fitted, n_jobs),
        jaccard,
        n_replicates=replicates,
        progress=lambda done: advance(min(1.0, done / (len(NULLS) * replicates))),
    )


def _ruled(fitted: FittedTypology) -> RuledTables:
    choices = fitted.study.choices
    return RuledTables(
        fitted.active_answers,
        passive_below=choices.passive_below,
        seed=choices.seed,
        n_classes=fitted.classes.number,
        declared=fitted.active.declared,
        blocks=fitted.active.blocks,
    )


def _other_verdicts(
    ruled: RuledTables,
    jaccard: pd.Series | None,
    fitted: FittedTypology,
    n_jobs: int,
    advance: Advance,
) -> MadeTables:
    del advance
    case, rule = _case(fitted, n_jobs), fitted.study.choices.missing
    replicates = fitted.study.choices.validity.null_replicates
    table = choices_table(case, ruled, rule, jaccard, n_replicates=replicates)
    return {"verdict_choices": table}


def _case(fitted: FittedTypology, n_jobs: int) -> Case:
    choices = fitted.study.choices
    return Case(
        active=fitted.active,
        n_axes=fitted.axes.number,
        n_classes=fitted.classes.number,
        sample_weight=fitted.sample_weight,
        passive_below=choices.passive_below,
        consolidate=choices.consolidate,
        seed=choices.seed,
        n_jobs=n_jobs,
    )


def _axes_criteria(fitted: FittedTypology, n_jobs: int, advance: Advance) -> MadeTables:
    del advance
    parallel = parallel_analysis(
        fitted.active.categories,
        passive=fitted.active.passive,
        blocks=fitted.active.blocks,
        seed=fitted.study.choices.seed,
        sample_weight=fitted.sample_weight,
        n_jobs=n_jobs,
    )
    plain = fitted.active.blocks is None
    found = axes_criteria(
        fitted.axes.mca.inertia_,
        n_variables=fitted.active.categories.shape[1] if plain else None,
        parallel=parallel,
        **_own_threshold(fitted.study.axis_rule),
    )
    return {"parallel_analysis": parallel, "axes_criteria": found}


def _own_threshold(rule: AxisRule) -> dict[str, float]:
    """Return what the study asks of the rate that its rule reads, for the usual threshold."""
    return {} if rule.rate is None else {f"{rule.rate}_threshold": rule.threshold}


def _classes_criteria(fitted: FittedTypology, n_jobs: int, advance: Advance) -> MadeTables:
    del advance
    found = classes_criteria(
        fitted.axes.mca.row_coordinates_.iloc[:, : fitted.axes.number],
        sample_weight=fitted.sample_weight,
        seed=fitted.study.choices.seed,
        n_jobs=n_jobs,
    )
    return {"classes_criteria": found.table, "classes_criteria_summary": found.summary}


def _sensitivity(
    ruled: RuledTables, fitted: FittedTypology, n_jobs: int, advance: Advance
) -> MadeTables:
    """Return the study's partition against those of other choices; nothing to advance within."""
    del advance
    return sensitivity_tables(
        ruled,
        fitted.study.active_blocks(fitted.questionnaire),
        fitted.classes.labels,
        n_axes=fitted.axes.number,
        n_classes=fitted.classes.number,
        sample_weight=fitted.sample_weight,
        thorough=effort_for(len(fitted.items)).thorough,
        n_jobs=n_jobs,
    )


def _imputation(
    ruled: RuledTables, fitted: FittedTypology, n_jobs: int, advance: Advance
) -> MadeTables:
    """Return what becomes of the types when missing answers are imputed several times."""
    del advance
    return imputation_tables(
        fitted.active.with_gaps,
        fitted.classes.labels,
        ruled,
        n_axes=fitted.axes.number,
        passive=fitted.active.passive,
        blocks=fitted.active.blocks,
        consolidate=fitted.study.choices.consolidate,
        n_imputations=fitted.study.choices.validity.imputations,
        sample_weight=fitted.sample_weight,
        seed=fitted.study.choices.seed,
        n_jobs=n_jobs,
    )


def _latent_classes(fitted: FittedTypology, n_jobs: int, advance: Advance) -> LatentClassStudy:
    del advance
    effort = effort_for(len(fitted.items))
    wished = fitted.study.choices.validity.null_replicates
    return choose_latent_classes(
        fitted.active.answers,
        seed=fitted.study.choices.seed,
        starts=effort.starts,
        thorough=effort.thorough,
        replicates=min(effort.replicates, wished),
        sample_weight=fitted.sample_weight,
        n_jobs=n_jobs,
    )


def _other_methods(
    latent: LatentClassStudy | None, fitted: FittedTypology, n_jobs: int, advance: Advance
) -> MadeTables:
    del n_jobs, advance
    others = other_clusterings(
        fitted.active.answers,
        fitted.classes.labels.to_numpy(),
        ordered=True,
        seed=fitted.study.choices.seed,
        latent_classes=latent,
        sample_weight=fitted.sample_weight,
    )
    return {"other_methods": others.table}
