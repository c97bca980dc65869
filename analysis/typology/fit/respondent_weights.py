"""What each respondent weighs: the same, as a column says, or as the population's margins ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.samples.calibration import RakingResult, kish_effective_n, rake
from rfree.samples.resample_raking import ResampleRaking, resample_raking
from typology.answers.responses import Responses
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories
from typology.study import Study
from typology.study.margins import Margins, load_margins
from typology.words.phrases import phrase

WeightSource = Literal["none", "margins", "column"]

_MERGE = phrase('Merge it with another category in the file of margins: "one + other".')
_LEAVE_OUT = phrase("Leave this margin out of the file.")


@dataclass(frozen=True)
class RespondentWeights:
    """Weights of the respondents kept, 1 on average, and where they come from.

    ``raking`` says how they were found from margins, ``reweight`` gives resamples the same margins.
    """

    sample_weight: FloatArray
    source: WeightSource
    raking: RakingResult | None = None
    reweight: ResampleRaking | None = None

    @property
    def effective_n(self) -> float:
        """Return the size of the unweighted sample that would be as precise (Kish)."""
        return kish_effective_n(self.sample_weight)


def equal_weights(n: int) -> RespondentWeights:
    """Return weights of 1."""
    return RespondentWeights(np.ones(n), "none")


def given_weights(weights: pd.Series, source: WeightSource) -> RespondentWeights:
    """Return positive weights that were found elsewhere, brought to a mean of 1."""
    values = weights.to_numpy(dtype=float)
    return RespondentWeights(values / values.mean(), source)


def respondent_weights(
    study: Study, responses: Responses, kept: pd.Index[str]
) -> RespondentWeights:
    """Return what each respondent kept weighs, as the study says.

    Raises InputError if the margins cannot hold in this sample.
    """
    source = study.choices.weight_source
    if source == "none":
        return equal_weights(len(kept))
    if source == "column":
        return column_weights(responses, kept)
    margins = read_margins(study, responses.questionnaire)
    assert margins is not None
    return margin_weights(study, responses, kept, margins)


def column_weights(responses: Responses, kept: pd.Index[str]) -> RespondentWeights:
    """Return the weights of a column of the answers, brought to a mean of 1."""
    assert responses.weights is not None
    return given_weights(responses.weights.loc[kept], "column")


def margin_weights(
    study: Study, responses: Responses, kept: pd.Index[str], margins: Margins
) -> RespondentWeights:
    """Return the weights that give the respondents kept the margins of their population.

    See `rfree.samples.calibration.rake`. Respondents without answer on a margin keep their share in
    the sample; the population's shares share the rest. Raises InputError if a category has nobody
    in the sample or nobody in the population, or the margins contradict one another among these
    respondents.
    """
    answered = margin_answers(responses.respondent.loc[kept], responses.questionnaire, margins)
    check_margins(answered, margins, study)
    problems = _nobody(answered, margins, study)
    if problems:
        raise InputError(problems)
    population, trim = margins.population(), study.choices.trim_weights
    raking = rake(answered, population, trim=trim, no_answer="keep")
    if not bool(raking.summary["converged"].iloc[0]):
        gap = float(round(raking.summary["largest_gap"].iloc[0], 1))
        raise InputError(
            Problem(
                "", "", phrase("a gap of {gap} points that no weights close", gap=gap),
                phrase("margins that can hold together among these respondents"),
                phrase("Merge rare categories, or give fewer margins."),
                study.margins_name,
            )
        )  # fmt: skip
    reweight = resample_raking(answered, population, trim=trim)
    return RespondentWeights(raking.weights / raking.weights.mean(), "margins", raking, reweight)


def margin_answers(
    respondent: pd.DataFrame, questionnaire: Questionnaire, margins: Margins
) -> pd.DataFrame:
    """Return the answers to the questions of the margins, merged as the margins are.

    Respondents x margins, as text; missing where there is no answer.
    """
    categories = characteristic_categories(questionnaire, respondent)
    columns = {}
    for name, margin in margins.margins.items():
        codes = categories[name].astype("object")
        columns[name] = codes.where(codes != NO_ANSWER).map(margin.merged())
    return pd.DataFrame(columns, index=respondent.index)


def read_margins(study: Study, questionnaire: Questionnaire) -> Margins | None:
    """Return the margins that a study names, None where it names none.

    Raises InputError with every problem of the file.
    """
    if study.margins_path is None:
        return None
    return load_margins(study.margins_path, questionnaire)


def check_margins(answered: pd.DataFrame, margins: Margins, study: Study) -> None:
    """Raise if a sample cannot be compared with margins.

    ``answered`` is from :func:`margin_answers`. The InputError has every margin that nobody
    answered, every category of respondents that the population has nobody in, and a population
    smaller than the sample.
    """
    problems = []
    for name, margin in margins.margins.items():
        found = answered[name].value_counts()
        place = f"{study.margins_name} › margins › {name}"
        if found.empty:
            expected, remedy = phrase("at least one answer to this question"), _LEAVE_OUT
            problems.append(Problem("", "", name, expected, remedy, place))
        for category, figure in margin.population.items():
            if not figure and found.get(category, 0):
                value = phrase("{category}: 0, but {count} respondents", category=category,
                               count=int(found[category]))  # fmt: skip
                expected = phrase("a figure above 0 for a category that respondents have")
                problems.append(Problem("", "", value, expected, _MERGE, f"{place} › population"))
    size = margins.population_size
    if size is not None and size <= len(answered):
        expected = phrase("more than the {count} respondents", count=len(answered))
        remedy = phrase("Correct it, or remove it when the population is large.")
        where = f"{study.margins_name} › population_size"
        problems.append(Problem("", "", str(size), expected, remedy, where))
    if problems:
        raise InputError(problems)


def _nobody(answered: pd.DataFrame, margins: Margins, study: Study) -> list[Problem]:
    """Return the categories of the population that no respondent can stand for."""
    expected = phrase("at least one respondent of this category to be weighted")
    return [
        Problem(
            "", "", category, expected, _MERGE,
            f"{study.margins_name} › margins › {name} › population",
        )
        for name, margin in margins.margins.items()
        for category, figure in margin.population.items()
        if figure > 0 and not (answered[name] == category).any()
    ]  # fmt: skip
