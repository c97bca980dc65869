"""The tables of a run, from its fitted results: what figures, documents and readers use."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from typology.axes.characteristics.measure import crossed_tables, subgroup_tables
from typology.axes.ellipses import class_ellipses, plane_ellipses
from typology.axes.measure import (
    axis_block_inertia,
    axis_description_tables,
    axis_rates,
    categories_table,
    guttman_table,
)
from typology.fit.classes import Classes
from typology.fit.fitted_typology import FittedTypology
from typology.items.measure import (
    agreement_table,
    answer_quality_counts,
    block_reliability,
    distribution_table,
    suggested_factors,
)
from typology.people.measure import characteristic_tables
from typology.people.reported_shares import compare_reported_shares
from typology.people.verbatims import verbatims_by_class
from typology.questionnaire.characteristics import NO_ANSWER, characteristic_categories
from typology.questionnaire.item_answers import answer_categories, no_opinions, offers_no_opinion
from typology.study.shares.reported_shares import load_reported_shares
from typology.types.class_distribution import class_distribution_table
from typology.types.grouped import (
    branch_continuations,
    class_sizes_table,
    coarse_tree_tables,
    map_points_table,
    question_points_table,
)
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


def tabulate(fitted: FittedTypology) -> dict[str, pd.DataFrame]:
    """Return every table that a typology gives, by name.

    In the order of the study: answers, axes, classes. Shares are in percent, numbers unrounded;
    the columns are those of the function that makes each table.
    """
    questionnaire, quality, weight = fitted.questionnaire, fitted.quality, fitted.sample_weight
    items, respondent = fitted.items, fitted.respondent
    axes, classes = fitted.axes, fitted.classes
    supplementary = supplementary_categories(fitted)
    answered = answered_categories(fitted)
    unsure = None
    if offers_no_opinion(questionnaire):
        unsure = no_opinions(fitted.given, questionnaire).sum()
    numbers = [each.id for each in questionnaire.respondent if each.type == "number"]
    quantities = respondent[numbers].astype("Float64").astype(float)
    placed = placed_respondents(axes, classes, weight)
    moves = moves_table(classes)
    smallest = fitted.study.choices.disclosure.smallest_cell
    return {
        "flow": quality.flow,
        "missing_by_item": quality.missing_by_item,
        "completeness": completeness_table(quality.missing_by_respondent),
        "answer_quality": answer_quality_counts(quality.straight_lining, quality.duplicates),
        "missing_by_respondent": quality.missing_by_respondent,
        "straight_lining": quality.straight_lining,
        "duplicates": quality.duplicates,
        "item_distribution": distribution_table(items, questionnaire, weight),
        "item_agreement": agreement_table(items, questionnaire, weight, no_opinion=unsure),
        "reliability": block_reliability(items, questionnaire, weight),
        "axes": axis_rates(axes),
        "categories": categories_table(axes, supplementary),
        **axis_description_tables(axes, supplementary),
        "axis_blocks": axis_block_inertia(axes, fitted.study.active_blocks(questionnaire)),
        "guttman": guttman_table(axes, weight),
        "inertia_gains": inertia_gains_table(classes),
        **coarse_tree_tables(classes, smallest=smallest),
        "linkage": tree_table(classes),
        "classes": classes_table(classes, weight),
        "class_sizes": class_sizes_table(classes.labels, weight),
        "class_moves": moves,
        "consolidation": branch_continuations(moves),
        "class_profiles": profiles_table(items, questionnaire, classes, weight),
        "class_distribution": class_distribution_table(
            items, questionnaire, classes.labels, weight
        ),
        "class_categories": class_categories_table(answered, supplementary, classes, weight),
        "class_variables": class_variables_table(answered, supplementary, classes, weight),
        **class_quantities_tables(quantities, classes, weight),
        **characteristic_tables(
            questionnaire,
            respondent,
            classes.labels,
            sample_weight=weight,
            seed=fitted.study.choices.seed,
        ),
        **characteristics_on_axes(fitted),
        **verbatim_tables(fitted),
        **reported_share_tables(fitted),
        "class_examples": examples_table(classes),
        "class_ellipses": ellipses_table(placed, range(1, axes.mca.row_coordinates_.shape[1] + 1)),
        "map_points": map_points_table(placed, smallest=smallest),
        "question_points": question_points_table(
            placed, question_answers(items, supplementary), smallest=smallest
        ),
        "respondents": placed,
    }


def ellipses_table(placed: pd.DataFrame, axes: Sequence[int]) -> pd.DataFrame:
    """Return the ellipses of the classes: of concentration on every plane, of confidence on one."""
    return pd.concat(
        [plane_ellipses(placed, axes), class_ellipses(placed, kind="confidence")],
        ignore_index=True,
    )


def completeness_table(by_respondent: pd.DataFrame) -> pd.DataFrame:
    """Return how complete the answers to the active items are.

    Columns: ``n`` (respondents), ``complete`` (who answered every one), ``missing_share`` (percent
    of the answers).
    """
    return pd.DataFrame(
        {
            "n": [len(by_respondent)],
            "complete": [int((by_respondent["missing"] == 0).sum())],
            "missing_share": [float(by_respondent["share"].sum() / len(by_respondent))],
        }
    )


def characteristics_on_axes(fitted: FittedTypology) -> dict[str, pd.DataFrame]:
    """Return the tables of the subgroups and of the questions crossed that the study names."""
    choices, weight = fitted.study.choices, fitted.sample_weight
    characteristics = characteristic_categories(fitted.questionnaire, fitted.respondent)
    compared = subgroup_tables(
        fitted.axes,
        fitted.active,
        characteristics,
        choices.subgroups,
        sample_weight=weight,
        seed=choices.seed,
    )
    crossed = crossed_tables(fitted.axes, characteristics, choices.crossed, sample_weight=weight)
    return compared | crossed


def factor_numbers(fitted: FittedTypology, *, n_jobs: int = 1) -> dict[str, pd.DataFrame]:
    """Return the table ``factor_number``; none where no block allows it."""
    seed = fitted.study.choices.seed
    table = suggested_factors(fitted.items, fitted.questionnaire, seed=seed, n_jobs=n_jobs)
    return {"factor_number": table} if len(table) else {}


def verbatim_tables(fitted: FittedTypology) -> dict[str, pd.DataFrame]:
    """Return the table ``verbatims``; none where nobody wrote anything."""
    table = verbatims_by_class(
        fitted.questionnaire,
        fitted.respondent,
        fitted.classes.labels,
        seed=fitted.study.choices.seed,
    )
    return {"verbatims": table} if len(table) else {}


def reported_share_tables(fitted: FittedTypology) -> dict[str, pd.DataFrame]:
    """Return the table ``reported_shares``; none where the study names no reported shares."""
    path = fitted.study.reported_shares_path
    if path is None:
        return {}
    reported = load_reported_shares(path, fitted.questionnaire)
    answers = pd.concat([fitted.given, fitted.respondent], axis=1)
    return {"reported_shares": compare_reported_shares(reported, answers, fitted.sample_weight)}


def answered_categories(fitted: FittedTypology) -> pd.DataFrame:
    """Return the active categories as they were answered: an imputed one is "no answer"."""
    given = fitted.active_answers.notna()
    return pd.DataFrame(
        {
            name: column
            if given[name].all()
            else column.cat.add_categories(
                [] if NO_ANSWER in column.cat.categories else [NO_ANSWER]
            ).where(given[name], NO_ANSWER)
            for name, column in fitted.active.categories.items()
        }
    )


def question_answers(items: pd.DataFrame, supplementary: pd.DataFrame) -> pd.DataFrame:
    """Return the answers by which a map can be coloured: codes of items, characteristics."""
    characteristics = supplementary.drop(columns=items.columns, errors="ignore")
    return pd.concat([items, characteristics.where(characteristics != NO_ANSWER)], axis=1)


def supplementary_categories(fitted: FittedTypology) -> pd.DataFrame:
    """Return what takes no part in the axes, as categories: characteristics and other items.

    Text, "no answer" where there is none. Variables with one category are left out.
    """
    characteristics = characteristic_categories(fitted.questionnaire, fitted.respondent)
    others = fitted.given.drop(columns=fitted.active.categories.columns)
    categories = answer_categories(others, fitted.questionnaire)
    both = pd.concat([characteristics, categories.where(categories.notna(), NO_ANSWER)], axis=1)
    return both[[variable for variable in both.columns if both[variable].nunique() > 1]]


def inertia_gains_table(classes: Classes) -> pd.DataFrame:
    """Return what each number of classes gains.

    Columns: ``classes`` (q, from 2), ``gain`` (inertia won by cutting into q rather than q - 1),
    ``within_share`` (percent of the inertia left within the classes), ``criterion``
    (W(q) / W(q - 1)), ``suggested`` and ``chosen`` (bool), ``suggested_by`` (the criterion). Where
    the tree is not exact: ``micro_clusters``, of which it is made, and ``exact_up_to``.
    """
    table = classes.hcpc.criterion_
    gains = pd.DataFrame(
        {
            "classes": table["classes"],
            "gain": table["gain"],
            "within_share": 100 * table["within_share"],
            "criterion": table["within_ratio"],
            "suggested": table["classes"] == classes.hcpc.suggested_n_classes_,
            "chosen": table["classes"] == classes.number,
            "suggested_by": classes.hcpc.criterion,
        }
    )
    made = classes.hcpc.n_micro_clusters_
    if made is None:
        return gains
    return gains.assign(micro_clusters=made, exact_up_to=classes.hcpc.exact_up_to)
