"""The tables of a run, from its fitted results: what figures, documents and readers use."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.quality import Quality
from typology.axes.ellipses import class_ellipses
from typology.axes.measure import (
    axis_description_tables,
    axis_rates,
    categories_table,
    guttman_table,
)
from typology.fit.active_table import ActiveTable
from typology.fit.axes import Axes
from typology.fit.classes import Classes
from typology.items.measure import agreement_table, block_reliability, distribution_table
from typology.people.measure import characteristic_tables
from typology.questionnaire import Questionnaire
from typology.questionnaire.characteristics import NO_ANSWER
from typology.types.class_distribution import class_distribution_table
from typology.types.measure import (
    class_categories_table,
    class_quantities_tables,
    class_variables_table,
    classes_table,
    examples_table,
    moves_table,
    placed_respondents,
    profiles_table,
    tree_table,
)

ELLIPSES: tuple[Literal["concentration", "confidence"], ...] = ("concentration", "confidence")


def tabulate(
    questionnaire: Questionnaire,
    quality: Quality,
    *,
    items: pd.DataFrame,
    respondent: pd.DataFrame,
    characteristics: pd.DataFrame,
    active: ActiveTable,
    axes: Axes,
    classes: Classes,
    sample_weight: npt.NDArray[np.float64],
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Return every table of a run, by name.

    Parameters
    ----------
    questionnaire : Questionnaire
    quality : Quality
    items : DataFrame, respondents kept x items of all blocks
    respondent : DataFrame, respondents kept x characteristics as answered
    characteristics : DataFrame, respondents kept x characteristics as categories
    active : ActiveTable
    axes : Axes
    classes : Classes
    sample_weight : array of n respondents
    seed : int
        Of the tables drawn for Fisher-Freeman-Halton tests.

    Returns
    -------
    dict of table name to DataFrame
        In the order of the study: answers, axes, classes. Shares are in percent, numbers
        unrounded. The columns are those of the function that makes each table.
    """
    supplementary = supplementary_categories(items, characteristics, active)
    answered = answered_categories(items, active)
    quantities = respondent[[q.id for q in questionnaire.respondent if q.type == "number"]]
    placed = placed_respondents(axes, classes, sample_weight)
    return {
        "flow": quality.flow,
        "missing_by_item": quality.missing_by_item,
        "missing_by_respondent": quality.missing_by_respondent,
        "straight_lining": quality.straight_lining,
        "duplicates": quality.duplicates,
        "item_distribution": distribution_table(items, questionnaire, sample_weight),
        "item_agreement": agreement_table(items, questionnaire, sample_weight),
        "reliability": block_reliability(items, questionnaire, sample_weight),
        "axes": axis_rates(axes),
        "categories": categories_table(axes, supplementary),
        **axis_description_tables(axes, supplementary),
        "guttman": guttman_table(axes, sample_weight),
        "inertia_gains": inertia_gains_table(classes),
        "tree": tree_table(classes),
        "classes": classes_table(classes, sample_weight),
        "class_moves": moves_table(classes),
        "class_profiles": profiles_table(items, questionnaire, classes, sample_weight),
        "class_distribution": class_distribution_table(
            items, questionnaire, classes.labels, sample_weight
        ),
        "class_categories": class_categories_table(answered, supplementary, classes, sample_weight),
        "class_variables": class_variables_table(answered, supplementary, classes, sample_weight),
        **class_quantities_tables(
            quantities.astype("Float64").astype(float), classes, sample_weight
        ),
        **characteristic_tables(
            questionnaire, respondent, classes.labels, sample_weight=sample_weight, seed=seed
        ),
        "class_examples": examples_table(classes),
        "class_ellipses": pd.concat(
            [class_ellipses(placed, kind=kind) for kind in ELLIPSES], ignore_index=True
        ),
        "respondents": placed,
    }


def answered_categories(items: pd.DataFrame, active: ActiveTable) -> pd.DataFrame:
    """Return the active categories as they were answered: an imputed one is "no answer".

    Parameters
    ----------
    items : DataFrame, respondents x items of all blocks
    active : ActiveTable

    Returns
    -------
    DataFrame, respondents x active items
    """
    return pd.DataFrame(
        {
            name: column
            if items[name].notna().all()
            else column.cat.add_categories(
                [] if NO_ANSWER in column.cat.categories else [NO_ANSWER]
            ).where(items[name].notna(), NO_ANSWER)
            for name, column in active.categories.items()
        }
    )


def supplementary_categories(
    items: pd.DataFrame, characteristics: pd.DataFrame, active: ActiveTable
) -> pd.DataFrame:
    """Return what takes no part in the axes, as categories: characteristics and other items.

    Parameters
    ----------
    items : DataFrame, respondents x items of all blocks
    characteristics : DataFrame, respondents x characteristics as categories
    active : ActiveTable

    Returns
    -------
    DataFrame, respondents x variables
        Text; "no answer" where there is none. Variables with one category are left out.
    """
    others = items[[item for item in items.columns if item not in active.categories.columns]]
    codes = others.astype("string").astype("object")
    both = pd.concat([characteristics, codes.where(others.notna(), NO_ANSWER)], axis=1)
    return both[[variable for variable in both.columns if both[variable].nunique() > 1]]


def inertia_gains_table(classes: Classes) -> pd.DataFrame:
    """Return what each number of classes gains.

    Parameters
    ----------
    classes : Classes

    Returns
    -------
    DataFrame
        ``classes`` (q, from 2), ``gain`` (inertia won by cutting into q rather than q - 1),
        ``within_share`` (percent of the inertia left within the classes), ``criterion``
        (W(q) / W(q - 1)), ``suggested`` and ``chosen`` (bool).
    """
    table = classes.hcpc.criterion_
    return pd.DataFrame(
        {
            "classes": table["classes"],
            "gain": table["gain"],
            "within_share": 100 * table["within_share"],
            "criterion": table["criterion"],
            "suggested": table["classes"] == classes.hcpc.suggested_n_classes_,
            "chosen": table["classes"] == classes.hcpc.n_classes_,
        }
    )
