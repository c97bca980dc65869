"""The typology under other choices: other axes, classes, missing rules and sets of items."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.base.limits import LimitError
from rfree.missing.imputation_axes import choose_imputation_axes
from rfree.missing.multiple_imputation import imputed_membership, multiple_imputation
from rfree.reality.sensitivity import ActiveTable as Alternative
from rfree.reality.sensitivity import sensitivity_grid
from typology.exhibits.run_tables import ALL_ITEMS
from typology.fit.active_table import ActiveTable, build_active_table
from typology.problems import InputError
from typology.study.missing_rules import MISSING_RULES


def sensitivity_tables(
    items: pd.DataFrame,
    blocks: Mapping[str, list[str]],
    labels: pd.Series,
    *,
    n_axes: int,
    n_classes: int,
    passive_below: int,
    sample_weight: FloatArray,
    seed: int,
    declared: Sequence[tuple[str, str]] = (),
    weighed: Mapping[Hashable, str] | None = None,
    thorough: bool = True,
    n_jobs: int,
) -> dict[str, pd.DataFrame]:
    """Return how the partition changes with the choices that made it.

    ``items`` are codes or categories, missing where there is no answer, ``declared`` those that
    make no axis, ``weighed`` the block of each item where blocks weigh the same. Each block is
    tried alone, besides all of them; fewer and more axes and classes than the study's too. Tables
    ``sensitivity_cases``, ``sensitivity_classes`` and ``sensitivity_respondents`` are as
    `rfree.reality.sensitivity.SensitivityGrid`, with the settings ``missing`` and ``active_set``.
    """
    sets = {ALL_ITEMS: [item for each in blocks.values() for item in each]}
    if len(blocks) > 1:
        sets |= dict(blocks)
    alternatives = [
        Alternative(
            {"missing": rule, "active_set": name}, table.categories, table.passive, table.blocks
        )
        for name, chosen in sets.items()
        for rule in MISSING_RULES
        if (
            table := table_under(
                rule,
                items[chosen],
                passive_below=passive_below,
                seed=seed,
                n_classes=n_classes,
                declared=declared,
                blocks=weighed,
            )
        )
    ]
    if not alternatives:
        raise LimitError("no_other_choice", "No other choice leaves more respondents than classes.")
    available = min(each.categories.shape[1] for each in alternatives)
    grid = sensitivity_grid(
        alternatives,
        labels,
        n_axes=sorted({n for n in (2, 3, 5, n_axes) if n <= max(available, n_axes)}),
        n_classes=sorted({max(2, n_classes - 1), n_classes, n_classes + 1}),
        sample_weight=pd.Series(sample_weight, index=labels.index),
        thorough=thorough,
        n_jobs=n_jobs,
    )
    return {
        "sensitivity_cases": grid.cases,
        "sensitivity_classes": grid.classes,
        "sensitivity_respondents": grid.respondents,
    }


def table_under(
    rule: str,
    items: pd.DataFrame,
    *,
    passive_below: int,
    seed: int,
    n_classes: int,
    declared: Sequence[tuple[str, str]] = (),
    blocks: Mapping[Hashable, str] | None = None,
) -> ActiveTable | None:
    """Return the active table under a missing rule, or None where the answers do not allow it."""
    answers = items.dropna() if rule == "complete cases" else items.dropna(how="all")
    if len(answers) <= n_classes:
        return None
    try:
        return build_active_table(
            answers,
            missing_rule=rule,
            passive_below=passive_below,
            seed=seed,
            declared=declared,
            blocks=blocks,
        )
    except InputError:
        return None


def imputation_tables(
    answers: pd.DataFrame,
    labels: pd.Series,
    *,
    n_axes: int,
    passive: Iterable[tuple[Hashable, Hashable]],
    blocks: Mapping[Hashable, str] | None = None,
    consolidate: bool,
    n_imputations: int,
    sample_weight: FloatArray,
    seed: int,
    n_jobs: int,
) -> dict[str, pd.DataFrame]:
    """Return the types when missing answers are imputed several times.

    ``answers`` are categories, missing where there is no answer; passive ones other than "no
    answer" stay passive; ``blocks`` are those that weigh the same.
    ``imputation_axes`` (errors of cross-validation by number of axes),
    ``imputation_classes`` and ``imputation_respondents``, as
    `rfree.missing.multiple_imputation.ImputedMembership`; no table when nothing is missing.
    """
    if not bool(answers.isna().to_numpy().any()):
        return {}
    chosen = choose_imputation_axes(answers, seed=seed)
    imputed = multiple_imputation(
        answers,
        n_components=chosen.chosen,
        n_imputations=n_imputations,
        seed=seed,
        sample_weight=sample_weight,
        n_jobs=n_jobs,
    )
    known = {(item, level) for item in answers for level in answers[item].dropna().unique()}
    membership = imputed_membership(
        imputed,
        labels.to_numpy(),
        n_axes=n_axes,
        passive=[pair for pair in passive if pair in known],
        blocks=blocks,
        consolidate=consolidate,
        sample_weight=sample_weight,
        n_jobs=n_jobs,
    )
    return {
        "imputation_axes": chosen.table,
        "imputation_classes": membership.classes,
        "imputation_respondents": membership.respondents,
    }
