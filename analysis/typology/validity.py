"""Is the typology real? Stability, populations without groups, other choices, other methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.latent_class_choice import choose_latent_classes
from rfree.n_axes import axes_criteria, parallel_analysis
from rfree.n_classes import classes_criteria
from rfree.nulls import null_distributions
from rfree.other_clusterings import other_clusterings
from rfree.stability import bootstrap_stability
from rfree.verdict import reach_verdict
from typology.active import ActiveTable
from typology.alternatives import imputation_tables, sensitivity_tables
from typology.axes import Axes
from typology.characteristics import NO_ANSWER
from typology.classes import Classes
from typology.study_file import StudyFile

Tables = dict[str, pd.DataFrame]
Advance = Callable[[float], None]
"""Told the share of the stage that is done."""


def ignore(share: float) -> None:
    """Show nothing."""


TESTED_LATENT_CLASSES = 1000
"""Beyond so many respondents, latent classes have fewer starts and no bootstrap test."""

LARGEST_TABLE_OF_DISTANCES = 1000
"""Beyond so many respondents, methods that compare all of them two by two are left out."""


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
        (``part``, ``reason``): what these answers do not allow to compute, and why.
    """
    parts: tuple[tuple[str, float, Callable[[Typology, int, Advance], Tables]], ...] = (
        ("stability", 0.15, _stability),
        ("nulls", 0.45, _nulls),
        ("criteria", 0.10, _criteria),
        ("sensitivity", 0.10, sensitivity_part),
        ("imputation", 0.10, imputation_part),
        ("other methods", 0.10, _other_methods),
    )
    tables: Tables = {}
    notes, begun = [], 0.0
    for name, share, part in parts:
        try:
            tables |= part(typology, n_jobs, _scaled(advance, begun, share))
        except ValueError as error:
            notes.append({"part": name, "reason": str(error)})
        begun += share
        advance(begun)
    tables["validity_notes"] = pd.DataFrame(notes, columns=["part", "reason"])
    return tables


def _scaled(advance: Advance, begun: float, share: float) -> Advance:
    return lambda done: advance(begun + share * done)


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


def _criteria(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    seed = typology.choices.seed
    mca = typology.axes.mca
    parallel = parallel_analysis(
        typology.active.categories,
        passive=typology.active.passive,
        seed=seed,
        sample_weight=typology.sample_weight,
        n_jobs=n_jobs,
    )
    advance(0.5)
    by_classes = classes_criteria(
        mca.row_coordinates_.iloc[:, : typology.axes.number],
        sample_weight=typology.sample_weight,
        seed=seed,
        n_jobs=n_jobs,
    )
    return {
        "parallel_analysis": parallel,
        "axes_criteria": axes_criteria(
            mca.inertia_, n_variables=typology.active.categories.shape[1], parallel=parallel
        ),
        "classes_criteria": by_classes.table,
        "classes_criteria_summary": by_classes.summary,
    }


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


def _other_methods(typology: Typology, n_jobs: int, advance: Advance) -> Tables:
    del n_jobs  # one core is faster: the work is small
    seed = typology.choices.seed
    many = len(typology.items) > TESTED_LATENT_CLASSES
    latent = choose_latent_classes(
        typology.codes,
        seed=seed,
        starts=5 if many else 50,
        replicates=0 if many else 39,
        sample_weight=typology.sample_weight,
        n_jobs=1,
    )
    advance(0.8)
    tables = {"latent_classes": latent.table}
    if len(typology.items) <= LARGEST_TABLE_OF_DISTANCES:
        others = other_clusterings(
            typology.codes,
            typology.classes.labels.to_numpy(),
            ordered=True,
            seed=seed,
            latent_classes=latent,
            sample_weight=typology.sample_weight,
        )
        tables["other_methods"] = others.table
    return tables
