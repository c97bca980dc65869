"""The study from its files to its tables: the stages, in order."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from typology.active import ActiveTable
from typology.axes import Axes
from typology.characteristics import characteristic_categories
from typology.checking import begin_study
from typology.classes import Classes
from typology.membership import membership_tables
from typology.membership_design import membership_design
from typology.progress import Progress, silent
from typology.quality import Quality
from typology.questionnaire import Questionnaire
from typology.responses import Responses
from typology.sample_warnings import sample_warnings
from typology.study import Study
from typology.tabulation import tabulate
from typology.validity import Typology, validity_tables

STAGES = ("read", "check", "axes", "classes", "describe", "validity")


@dataclass(frozen=True)
class Analysis:
    """Everything a run computed.

    Parameters
    ----------
    study : Study
        It says whether these very answers are simulated.
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
    begun = begin_study(study, progress=progress)
    fitted = begun.fitted
    study, questionnaire, responses = fitted.study, fitted.questionnaire, fitted.responses

    progress("describe")
    characteristics = characteristic_categories(questionnaire, fitted.respondent)
    tables = tabulate(
        questionnaire,
        fitted.quality,
        items=fitted.items,
        respondent=fitted.respondent,
        characteristics=characteristics,
        active=fitted.active,
        axes=fitted.axes,
        classes=fitted.classes,
        sample_weight=fitted.sample_weight,
        seed=study.choices.seed,
    )
    tables |= begun.tables

    if validity:
        progress("validity")
        tables |= validity_tables(
            Typology(
                items=fitted.items[study.active_items(questionnaire)],
                scores=fitted.scores,
                active=fitted.active,
                axes=fitted.axes,
                classes=fitted.classes,
                choices=study.choices,
                blocks=study.active_blocks(questionnaire),
                sample_weight=fitted.sample_weight,
            ),
            n_jobs=n_jobs,
            advance=lambda share: progress("validity", share),
        )
    tables |= membership_tables(fitted, confidence=tables.get("stability_respondents"))
    tables["warnings"] = sample_warnings(fitted, membership_design(fitted)[0])
    return Analysis(
        study,
        questionnaire,
        responses,
        fitted.quality,
        fitted.active,
        fitted.axes,
        fitted.classes,
        tables,
    )
