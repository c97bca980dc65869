"""The axes and the classes of a study, without the tables: what places respondents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from typology.active import ActiveTable, build_active_table
from typology.axes import Axes, fit_axes
from typology.checking import assess_study_quality
from typology.classes import Classes, make_classes
from typology.quality import check_active
from typology.questionnaire import Questionnaire
from typology.responses import Responses
from typology.scores import block_scores
from typology.study import Study


@dataclass(frozen=True)
class FittedTypology:
    """A typology and those it was made from.

    Parameters
    ----------
    study : Study
    questionnaire : Questionnaire
    responses : Responses
        All that was read.
    active : ActiveTable
        Of the respondents kept.
    axes : Axes
    classes : Classes
    """

    study: Study
    questionnaire: Questionnaire
    responses: Responses
    active: ActiveTable
    axes: Axes
    classes: Classes

    @property
    def items(self) -> pd.DataFrame:
        """Return the answers of the respondents kept to the items of all blocks."""
        return self.responses.items.loc[self.active.categories.index]


def fit_typology(study: Study, responses: Responses) -> FittedTypology:
    """Make the typology of some answers as a study declares it, every respondent weighing 1.

    Parameters
    ----------
    study : Study
    responses : Responses

    Returns
    -------
    FittedTypology

    Raises
    ------
    InputError
        If the answers make no axes or not the classes asked for.
    """
    choices, questionnaire = study.choices, responses.questionnaire
    active_items = study.active_items(questionnaire)
    kept = assess_study_quality(study, responses, active_items).kept
    items = responses.items.loc[kept]
    check_active(items[active_items])
    active = build_active_table(
        items[active_items],
        missing_rule=choices.missing,
        passive_below=choices.passive_below,
        seed=choices.seed,
    )
    weights = np.ones(len(items))
    axes = fit_axes(active, study.axis_rule, sample_weight=weights)
    classes = make_classes(
        axes,
        block_scores(items, questionnaire, blocks=choices.active),
        study.profiles,
        number=choices.classes,
        consolidate=choices.consolidate,
        sample_weight=weights,
    )
    return FittedTypology(study, questionnaire, responses, active, axes, classes)
