"""The study from its files to its tables: the stages, in order."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from typology.answers.quality import Quality
from typology.answers.responses import Responses
from typology.fit.active_table import ActiveTable
from typology.fit.axes import Axes
from typology.fit.classes import Classes
from typology.membership.design import membership_design
from typology.membership.measure import membership_tables
from typology.people.sample_warnings import sample_warnings
from typology.questionnaire import Questionnaire
from typology.questionnaire.characteristics import characteristic_categories
from typology.results.checking import begin_study
from typology.results.tabulation import tabulate
from typology.study import Study
from typology.validity.measure import Typology, validity_tables
from typology.words.progress import Progress, silent


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
        See `typology.results.tabulation`.
    notices : tuple of str
        What was decided while writing, once the results are on disk.
    """

    study: Study
    questionnaire: Questionnaire
    responses: Responses
    quality: Quality
    active: ActiveTable
    axes: Axes
    classes: Classes
    tables: dict[str, pd.DataFrame]
    notices: tuple[str, ...] = ()


def run_pipeline(
    study: Study, *, progress: Progress = silent, n_jobs: int = 1, validity: bool = True
) -> Analysis:
    """Run every stage of a study.

    Parameters
    ----------
    study : Study
    progress : callable
        Told the key of each stage as it begins, and how much of a long one is done.
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
