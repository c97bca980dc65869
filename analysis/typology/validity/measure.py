"""Is the typology real? Stability, populations without groups, other choices, other methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.axes.n_axes import axes_criteria, parallel_analysis
from rfree.base.limits import LimitError
from rfree.classes.n_classes import classes_criteria
from rfree.other_clusterings.latent_class_choice import LatentClassStudy, choose_latent_classes
from rfree.other_clusterings.other_clusterings import other_clusterings
from rfree.reality.nulls import null_distributions
from rfree.reality.stability import bootstrap_stability
from rfree.reality.verdict import reach_verdict
from typology.fit.active_table import ActiveTable
from typology.fit.axes import Axes
from typology.fit.classes import Classes
from typology.questionnaire.characteristics import NO_ANSWER
from typology.study.sections import StudyFile
from typology.validity.alternatives import imputation_tables, sensitivity_tables
from typology.validity.effort import effort_for
from typology.validity.notes import Note, notes_table

Result = TypeVar("Result")
Tables = dict[str, pd.DataFrame]
Advance = Callable[[float], None]
"""Told the share of the stage that is done."""
Part = Callable[["Typology", int, Advance], Tables]
"""Computes the tables of one part, on so many cores."""


def ignore(share: float) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class Typology:
    """What validity is asked about: the answers, and the study's axes and classes.

    Parameters
    ----------
    items : DataFrame, respondents x active items
        Codes, <NA> where there is no answer.
    scores : DataFrame, respondents x active blocks
    active : ActiveTable
    axes : Axes
    classes : Classes
    choices : StudyFile
    blocks : mapping of active block to its items
    sample_weight : array of n respondents
    """

    items: pd.DataFrame
    scores: pd.DataFrame
    active: ActiveTable
    axes: Axes
    classes: Classes
    choices: StudyFile
    blocks: Mapping[str, list[str]]
    sample_weight: npt.NDArray[np.float64]

    @property
    def n_classes(self) -> int:
        """Return the number of classes of the study."""
        return int(self.classes.hcpc.n_classes_)

    @property
    def codes(self) -> pd.DataFrame:
        """Return the answers as categories with gaps, for methods that take them."""
        categories = self.active.categories.astype("object")
        return categories.where(categories != NO_ANSWER)


def validity_tables(typology: Typology, *, n_jobs: int = 1, advance: Advance = ignore) -> Tables:
    """Return every table on how real a typology is.

    Parameters
    ----------
    typology : Typology
    n_jobs : int
        Cores; the numbers do not depend on it.
    advance : callable
        Told the share done.

    Returns
    -------
    dict of table name to DataFrame
        Those of the parts below, as the functions of `rfree` give them, and ``validity_notes``
        (see `typology.validity.notes`): what these answers do not allow to compute, what was
        computed with less work, and why.

    Notes
    -----
    What answers may well not allow is a `rfree.base.limits.LimitError`, and becomes a note; any
    other error is a mistake and is raised.
    """
    parts: tuple[tuple[str, float, Part], ...] = (
        ("stability", 0.15, _stability),
        ("nulls", 0.40, _nulls),
        ("axes criteria", 0.05, _axes_criteria),
        ("classes criteria", 0.05, _classes_criteria),
        ("sensitivity", 0.10, sensitivity_part),
        ("imputation", 0.10, imputation_part),
    )
    attempts = _Attempts(typology, n_jobs, advance)
    tables: Tables = {}
    for name, share, part in parts:
        tables |= attempts.make(name, share, part) or {}
    latent = attempts.make("latent classes", 0.10, _latent_classes)
    if latent is not None:
        tables["latent_classes"] = latent.table
    others = partial(_other_methods, latent)
    tables |= attempts.make("other methods", 0.05, others) or {}
    return tables | {"validity_notes": notes_table(attempts.notes)}


class _Attempts:
    """Makes one part after another; notes those that the answers do not allow."""

    def __init__(self, typology: Typology, n_jobs: int, advance: Advance) -> None:
        self.typology, self.n_jobs, self.advance = typology, n_jobs, advance
        self.reductions = effort_for(len(typology.items)).notes
        self.notes: list[Note] = []
        self.begun = 0.0

    def make(
        self, name: str, share: float, part: Callable[[Typology, int, Advance], Result]
    ) -> Result | None:
        """Make a part, which is this share of all; return None where there is a limit."""
        begun = self.begun
        self.begun += share
        try:
            made = part(self.typology, self.n_jobs, lambda done: self.advance(begun + share * done))
        except LimitError as limit:
            self.notes.append(Note.limit(name, limit))
            return None
        finally:
            self.advance(self.begun)
        self.notes += [note for note in self.reductions if note.part == name]
        return made


def _stability(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    choices = typology.choices
    replicates = choices.validity.resamples
    found = bootstrap_stability(
        typology.active.categories,
        n_axes=typology.axes.number,
        n_classes=typology.n_classes,
        passive=typology.active.passive,
        passive_below=choices.passive_below,
        sample_weight=typology.sample_weight,
        labels=typology.classes.labels,
        consolidate=choices.consolidate,
        profiles=typology.scores,
        n_replicates=replicates,
        seed=choices.seed,
        n_jobs=n_jobs,
        progress=lambda done: advance(done / replicates),
    )
    return {
        "stability": found.classes,
        "stability_respondents": found.respondents,
        "class_shares": found.sizes,
        "class_means": found.profiles.rename(columns={"profile": "block"}),
        "category_ellipses": found.ellipses,
    }


def _nulls(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    choices = typology.choices
    replicates = choices.validity.null_replicates
    found = null_distributions(
        typology.active.categories,
        n_axes=typology.axes.number,
        n_classes=typology.n_classes,
        passive=typology.active.passive,
        passive_below=choices.passive_below,
        sample_weight=typology.sample_weight,
        consolidate=choices.consolidate,
        n_replicates=replicates,
        seed=choices.seed,
        n_jobs=n_jobs,
        progress=lambda done: advance(min(1.0, done / (4 * replicates))),
    )
    verdict = reach_verdict(found)
    return {
        "null_tests": found.tests,
        "null_descriptions": found.descriptions,
        "null_by_classes": found.by_classes,
        "null_replicates": found.replicates,
        "verdict_steps": verdict.steps,
        "verdict": pd.DataFrame(
            {
                "rung": [verdict.rung],
                "stopped_by": [", ".join(verdict.stopped_by)],
                "within_share": [verdict.within_share],
                "level": [verdict.level],
                "classes": [verdict.n_classes],
                "replicates": [verdict.n_replicates],
            }
        ),
    }


def _axes_criteria(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    del advance
    parallel = parallel_analysis(
        typology.active.categories,
        passive=typology.active.passive,
        seed=typology.choices.seed,
        sample_weight=typology.sample_weight,
        n_jobs=n_jobs,
    )
    found = axes_criteria(
        typology.axes.mca.inertia_,
        n_variables=typology.active.categories.shape[1],
        parallel=parallel,
    )
    return {"parallel_analysis": parallel, "axes_criteria": found}


def _classes_criteria(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    del advance
    found = classes_criteria(
        typology.axes.mca.row_coordinates_.iloc[:, : typology.axes.number],
        sample_weight=typology.sample_weight,
        seed=typology.choices.seed,
        n_jobs=n_jobs,
    )
    return {"classes_criteria": found.table, "classes_criteria_summary": found.summary}


def sensitivity_part(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    """Return the study's partition against those of other choices; nothing to advance within."""
    del advance
    return sensitivity_tables(
        typology.items,
        typology.blocks,
        typology.classes.labels,
        n_axes=typology.axes.number,
        n_classes=typology.n_classes,
        passive_below=typology.choices.passive_below,
        sample_weight=typology.sample_weight,
        seed=typology.choices.seed,
        thorough=effort_for(len(typology.items)).thorough,
        n_jobs=n_jobs,
    )


def imputation_part(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    """Return what becomes of the types when missing answers are imputed several times."""
    del advance
    return imputation_tables(
        typology.codes,
        typology.classes.labels,
        n_axes=typology.axes.number,
        passive=typology.active.passive,
        consolidate=typology.choices.consolidate,
        n_imputations=typology.choices.validity.imputations,
        sample_weight=typology.sample_weight,
        seed=typology.choices.seed,
        n_jobs=n_jobs,
    )


def _latent_classes(typology: Typology, n_jobs: int, advance: Advance) -> LatentClassStudy:
    del advance
    effort = effort_for(len(typology.items))
    return choose_latent_classes(
        typology.codes,
        seed=typology.choices.seed,
        starts=effort.starts,
        thorough=effort.thorough,
        replicates=effort.replicates,
        sample_weight=typology.sample_weight,
        n_jobs=n_jobs,
    )


def _other_methods(
    latent: LatentClassStudy | None, typology: Typology, n_jobs: int, advance: Advance
) -> Tables:
    del n_jobs, advance
    others = other_clusterings(
        typology.codes,
        typology.classes.labels.to_numpy(),
        ordered=True,
        seed=typology.choices.seed,
        latent_classes=latent,
        sample_weight=typology.sample_weight,
    )
    return {"other_methods": others.table}
