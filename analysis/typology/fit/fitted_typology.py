"""The axes and the classes of a study, without the tables: what places respondents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from rfree.base.inputs import FloatArray
from typology.answers.left_out import assess_study_quality, identical_notices, left_out_problems
from typology.answers.quality import Quality, check_active
from typology.answers.responses import Responses
from typology.fit.active_checks import active_table_of
from typology.fit.active_table import ActiveTable
from typology.fit.axes import Axes, fit_axes
from typology.fit.classes import Classes, make_classes
from typology.fit.respondent_weights import RespondentWeights, given_weights, respondent_weights
from typology.fit.scores import block_scores
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.item_answers import answer_categories, degrees, passive_opinions
from typology.study import Study
from typology.words.progress import Progress, silent


@dataclass(frozen=True)
class FittedTypology:
    """A typology and those it was made from: what run, assign, compare, validity and tables take.

    ``responses`` is all that was read; ``quality`` says who is kept. ``weights``, ``scores`` (mean
    agreement of each with each active block), ``active``, ``axes`` and ``classes`` are of the
    respondents kept.
    """

    study: Study
    questionnaire: Questionnaire
    responses: Responses
    quality: Quality
    weights: RespondentWeights
    scores: pd.DataFrame
    active: ActiveTable
    axes: Axes
    classes: Classes

    @property
    def items(self) -> pd.DataFrame:
        """Return the degrees of agreement of the respondents kept, with the items of all blocks."""
        return degrees(self.given, self.questionnaire)

    @property
    def given(self) -> pd.DataFrame:
        """Return their answers as they were given, with the codes of "don't know"."""
        return self.responses.items.loc[self.quality.kept]

    @property
    def active_given(self) -> pd.DataFrame:
        """Return their answers to the items of the active blocks, as they were given."""
        return self.given[self.active.categories.columns]

    @property
    def active_answers(self) -> pd.DataFrame:
        """Return the same as categories, merged where the scale says so; None for no answer."""
        return answer_categories(self.active_given, self.questionnaire)

    @property
    def respondent(self) -> pd.DataFrame:
        """Return the answers of the respondents kept to the questions on themselves."""
        return self.responses.respondent.loc[self.quality.kept]

    @property
    def sample_weight(self) -> FloatArray:
        """Return the weights of the respondents kept, 1 on average."""
        return self.weights.sample_weight


def fit_typology(
    study: Study,
    responses: Responses,
    *,
    weights: pd.Series[Any] | None = None,
    progress: Progress = silent,
) -> FittedTypology:
    """Make the typology of some answers as a study declares it.

    Parameters
    ----------
    study : Study
    responses : Responses
    weights : Series of floats, indexed by respondent, or None
        Used instead of those that the study asks for.
    progress : callable
        Told "check", "axes" and "classes" as they begin.

    Returns
    -------
    FittedTypology

    Raises
    ------
    InputError
        If the answers make no axes or not the classes asked for, or cannot be weighted as
        the study says.
    """
    progress("check")
    quality = assess_study_quality(study, responses, study.active_items(responses.questionnaire))

    def fit_others(kept: pd.Index[str]) -> FittedTypology:
        others = replace(quality, kept=kept)
        return _fit(_keeping_incomplete(study), responses, others, weights=weights, progress=silent)

    try:
        return _fit(study, responses, quality, weights=weights, progress=progress)
    except InputError as error:
        problems = left_out_problems(quality, fit_others) or [
            problem if problem.where else replace(problem, where=responses.source)
            for problem in error.problems
        ]
        told = identical_notices(study, responses, quality.kept)
        raise InputError(problems, notices=[*responses.notices, *told]) from None


def _fit(
    study: Study,
    responses: Responses,
    quality: Quality,
    *,
    weights: pd.Series[Any] | None,
    progress: Progress,
) -> FittedTypology:
    """Make the typology of the respondents kept."""
    choices, questionnaire = study.choices, responses.questionnaire
    active_items = study.active_items(questionnaire)
    items = degrees(responses.items.loc[quality.kept], questionnaire)
    weighing = _weights_of_active(study, responses, quality.kept, weights)
    active = active_table_of(
        _active_answers(responses, quality.kept, active_items),
        choices,
        passive_opinions(questionnaire, active_items),
        study.weighed_blocks(questionnaire),
    )
    scores = block_scores(items, questionnaire, blocks=choices.active)
    progress("axes")
    axes = fit_axes(active, study.axis_rule, sample_weight=weighing.sample_weight)
    progress("classes")
    classes = _classes(study, axes, scores, weighing)
    return FittedTypology(
        study, questionnaire, responses, quality, weighing, scores, active, axes, classes
    )


def _active_answers(
    responses: Responses, kept: pd.Index[str], active_items: list[str]
) -> pd.DataFrame:
    return answer_categories(responses.items.loc[kept, active_items], responses.questionnaire)


def _keeping_incomplete(study: Study) -> Study:
    """Return a study whose rule for missing answers leaves nobody out."""
    if study.choices.missing != "complete cases":
        return study
    choices = study.choices.model_copy(update={"missing": "passive category"})
    return replace(study, choices=choices)


def _weights_of_active(
    study: Study, responses: Responses, kept: pd.Index[str], weights: pd.Series[Any] | None
) -> RespondentWeights:
    """Return what respondents weigh; what keeps them from axes and from weights is told at once."""
    problems: list[Problem] = []
    weighing = None
    try:
        check_active(_active_answers(responses, kept, study.active_items(responses.questionnaire)))
    except InputError as error:
        problems += error.problems
    try:
        weighing = (
            respondent_weights(study, responses, kept)
            if weights is None
            else given_weights(weights.loc[kept], study.choices.weight_source)
        )
    except InputError as error:
        problems += error.problems
    if problems or weighing is None:
        raise InputError(problems)
    return weighing


def reweighted(fitted: FittedTypology, weights: RespondentWeights) -> FittedTypology:
    """Make the typology of the same respondents again with other weights.

    It has as many axes and classes as the first, whatever rule chose them, so that the two can be
    compared.
    """
    rule = replace(fitted.study.axis_rule, number=fitted.axes.number, rate=None)
    axes = fit_axes(fitted.active, rule, sample_weight=weights.sample_weight)
    number = fitted.classes.number
    classes = _classes(fitted.study, axes, fitted.scores, weights, number=number)
    return replace(fitted, weights=weights, axes=axes, classes=classes)


def _classes(
    study: Study,
    axes: Axes,
    scores: pd.DataFrame,
    weights: RespondentWeights,
    *,
    number: int | None = None,
) -> Classes:
    return make_classes(
        axes,
        scores,
        study.profiles,
        number=number or study.choices.classes,
        consolidate=study.choices.consolidate,
        sample_weight=weights.sample_weight,
    )
