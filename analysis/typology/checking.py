"""Checking a study before running it: problems of its files, quality of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from typology.margins_file import load_margins
from typology.platforms import read_tables
from typology.problems import InputError, Problem
from typology.quality import Quality, assess_quality, check_active
from typology.questionnaire import Questionnaire
from typology.questionnaire_file import load_questionnaire
from typology.respondent_weights import respondent_weights
from typology.responses import Responses, read_responses
from typology.study import Study, check_study


@dataclass(frozen=True)
class Check:
    """What a check found in files without problems.

    Parameters
    ----------
    study : Study
    questionnaire : Questionnaire
    responses : Responses
    quality : Quality
        Under the exclusions of the study.
    """

    study: Study
    questionnaire: Questionnaire
    responses: Responses
    quality: Quality


def check_study_answers(study: Study) -> Check:
    """Read the questionnaire and the answers of a study, and assess them.

    Parameters
    ----------
    study : Study

    Returns
    -------
    Check

    Raises
    ------
    InputError
        With every problem of the questionnaire, of the margins, of the published sample and of
        the answers, weights that cannot be made, and what was noticed.
    """
    questionnaire, responses = read_study(study)
    active_items = study.active_items(questionnaire)
    quality = assess_study_quality(study, responses, active_items)
    try:
        check_active(responses.items.loc[quality.kept, active_items])
        respondent_weights(study, responses, quality.kept)
    except InputError as error:
        raise InputError(error.problems, notices=responses.notices) from None
    return Check(study, questionnaire, responses, quality)


def read_study(study: Study) -> tuple[Questionnaire, Responses]:
    """Read the questionnaire and the answers of a study, and say everything wrong in them.

    Parameters
    ----------
    study : Study

    Returns
    -------
    tuple of Questionnaire and Responses
        The questionnaire is what was asked: without what the study file says to be absent.

    Raises
    ------
    InputError
        With every problem of the questionnaire, of what the study file says of it, of the
        margins, of the published sample and of the answers; of the answers, only whether they
        can be opened when the questionnaire cannot be read.
    """
    problems: list[Problem] = []
    notices: tuple[str, ...] = ()
    questionnaire, responses = None, None
    asked = None
    try:
        questionnaire = load_questionnaire(study.questionnaire_path)
        asked = questionnaire.without(study.choices.absent_columns)
        check_study(study, asked)
    except InputError as error:
        problems += error.problems
    problems += _population_problems(study, asked)
    try:
        if questionnaire is None:
            read_tables(study.responses_path)
        else:
            responses = _read_responses(study, questionnaire)
    except InputError as error:
        problems += error.problems
        notices = error.notices
    if asked is None or responses is None or problems:
        notices = notices if responses is None else responses.notices
        raise InputError(problems, notices=notices)
    return asked, responses


def _population_problems(study: Study, asked: Questionnaire | None) -> list[Problem]:
    """Return what is wrong with the margins and with the published sample."""
    problems: list[Problem] = []
    if asked is not None and study.margins_path is not None:
        try:
            load_margins(study.margins_path, asked)
        except InputError as error:
            problems += error.problems
    if study.published_sample_path is not None:
        try:
            load_margins(study.published_sample_path, published=True)
        except InputError as error:
            problems += error.problems
    return problems


def _read_responses(study: Study, questionnaire: Questionnaire) -> Responses:
    """Read the answers as the study file says."""
    choices = study.choices
    return read_responses(
        study.responses_path,
        questionnaire,
        id_column=choices.respondent_column,
        ignore=choices.ignored_columns,
        absent=choices.absent_columns,
        no_answer=choices.no_answer,
        weight_column=choices.weight_column,
        frequencies=choices.frequencies,
    )


def assess_study_quality(
    study: Study, responses: Responses, active_items: Sequence[str]
) -> Quality:
    """Assess answers under the exclusions that the study file declares.

    Parameters
    ----------
    study : Study
    responses : Responses
    active_items : sequence of item ids

    Returns
    -------
    Quality
    """
    choices = study.choices
    return assess_quality(
        responses,
        active_items=active_items,
        max_missing_share=choices.exclusions.max_missing_share,
        exclude_straight_liners=choices.exclusions.straight_liners,
        exclude_duplicates=choices.exclusions.duplicates,
        complete_cases=choices.missing == "complete cases",
    )
