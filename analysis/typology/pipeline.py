"""The study from its files to its tables: the stages, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from typology.active import ActiveTable, build_active_table
from typology.axes import Axes, fit_axes
from typology.characteristics import characteristic_categories
from typology.checking import assess_study_quality, read_study
from typology.classes import Classes, make_classes
from typology.quality import Quality, check_active
from typology.questionnaire import Questionnaire
from typology.responses import Responses
from typology.scores import block_scores
from typology.study import Study
from typology.tabulation import tabulate
from typology.validity import Typology, validity_tables


class Progress(Protocol):
    """Told how far a run is."""

    def __call__(self, stage: str, share: float = 0.0) -> None:
        """Take the key of the stage that runs, and the share of it that is done (0 to 1)."""


def silent(stage: str, share: float = 0.0) -> None:
    """Show nothing."""


STAGES = ("read", "check", "axes", "classes", "describe", "validity")


@dataclass(frozen=True)
class Analysis:
    """Everything a run computed.

    Parameters
    ----------
    study : Study
    questionnaire : Questionnaire
    responses : Responses
    quality : Quality
    active : ActiveTable
    axes : Axes
    classes : Classes
    tables : dict of table name to DataFrame
        See `typology.tabulation`.
    """

    study: Study
    questionnaire: Questionnaire
    responses: Responses
    quality: Quality
    active: ActiveTable
    axes: Axes
    classes: Classes
    tables: dict[str, pd.DataFrame]


def run_pipeline(
    study: Study, *, progress: Progress = silent, n_jobs: int = 1, validity: bool = True
) -> Analysis:
    """Run every stage of a study.

    Parameters
    ----------
    study : Study
    progress : callable
        Told each of ``STAGES`` as it begins, and how much of a long one is done.
    n_jobs : int
        Cores; the numbers do not depend on it.
    validity : bool
        Whether to ask how real the types are, the longest stage.

    Returns
    -------
    Analysis

    Raises
    ------
    InputError
        With every problem of the files that stopped it.
    """
    choices = study.choices

    progress("read")
    questionnaire, responses = read_study(study)

    progress("check")
    active_items = study.active_items(questionnaire)
    quality = assess_study_quality(study, responses, active_items)
    items = responses.items.loc[quality.kept]
    check_active(items[active_items])
    active = build_active_table(
        items[active_items],
        missing_rule=choices.missing,
        passive_below=choices.passive_below,
        seed=choices.seed,
    )
    weights = np.ones(len(items))

    progress("axes")
    axes = fit_axes(active, study.axis_rule, sample_weight=weights)

    progress("classes")
    scores = block_scores(items, questionnaire, blocks=choices.active)
    classes = make_classes(
        axes,
        scores,
        study.profiles,
        number=choices.classes,
        consolidate=choices.consolidate,
        sample_weight=weights,
    )

    progress("describe")
    respondent = responses.respondent.loc[quality.kept]
    tables = tabulate(
        questionnaire,
        quality,
        items=items,
        respondent=respondent,
        characteristics=characteristic_categories(questionnaire, respondent),
        active=active,
        axes=axes,
        classes=classes,
        sample_weight=weights,
    )

    if validity:
        progress("validity")
        tables |= validity_tables(
            Typology(
                items=items[active_items],
                scores=scores,
                active=active,
                axes=axes,
                classes=classes,
                choices=choices,
                blocks=study.active_blocks(questionnaire),
                sample_weight=weights,
            ),
            n_jobs=n_jobs,
            advance=lambda share: progress("validity", share),
        )
    return Analysis(study, questionnaire, responses, quality, active, axes, classes, tables)
