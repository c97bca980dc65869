"""The typology under other choices: other axes, classes, missing rules and sets of items."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.base.limits import LimitError
from rfree.missing.imputation_axes import ImputationAxes, choose_imputation_axes
from rfree.missing.multiple_imputation import imputed_membership, multiple_imputation
from rfree.reality.sensitivity import AlternativeTable as Alternative
from rfree.reality.sensitivity import sensitivity_grid
from typology.exhibits.run_tables import ALL_ITEMS
from typology.fit.active_table import ActiveTable, answers_to_impute, build_active_table
from typology.problems import InputError
from typology.study.sections import MISSING_RULES


@dataclass(frozen=True)
class RuledTables:
    """The active table under each missing rule, made once for all that ask for it.

    ``items`` are codes or categories, missing where there is no answer, ``declared`` those that
    make no axis, ``blocks`` the block of each item where blocks weigh the same.
    """

    items: pd.DataFrame
    passive_below: int
    seed: int
    n_classes: int
    declared: tuple[tuple[str, str], ...] = ()
    blocks: Mapping[Hashable, str] | None = None

    @cached_property
    def imputation_axes(self) -> ImputationAxes | None:
        """Return the number of axes that imputes best; None where nobody misses an answer."""
        answers = self.items.dropna(how="all")
        if not bool(answers.isna().to_numpy().any()):
            return None
        return choose_imputation_axes(answers_to_impute(answers), seed=self.seed)

    @cached_property
    def _made(self) -> dict[str, ActiveTable | None]:
        return {}

    def table(self, rule: str) -> ActiveTable | None:
        """Return the table under a rule; None where the answers do not allow it."""
        if rule not in self._made:
            self._made[rule] = self._table_of(self.items, rule)
        return self._made[rule]

    def table_of(self, chosen: list[str], rule: str) -> ActiveTable | None:
        """Return the table of some items under a rule."""
        if chosen == list(self.items.columns):
            return self.table(rule)
        return self._table_of(self.items[chosen], rule)

    def _table_of(self, items: pd.DataFrame, rule: str) -> ActiveTable | None:
        answers = items.dropna() if rule == "complete cases" else items.dropna(how="all")
        if len(answers) <= self.n_classes:
            return None
        whole = rule == "imputation" and items is self.items
        try:
            return build_active_table(
                answers,
                missing_rule=rule,
                passive_below=self.passive_below,
                seed=self.seed,
                declared=self.declared,
                blocks=self.blocks,
                imputation_axes=self.imputation_axes.chosen
                if whole and self.imputation_axes
                else None,
            )
        except InputError:
            return None


def sensitivity_tables(
    ruled: RuledTables,
    blocks: Mapping[str, list[str]],
    labels: pd.Series,
    *,
    n_axes: int,
    n_classes: int,
    sample_weight: FloatArray,
    thorough: bool = True,
    n_jobs: int,
) -> dict[str, pd.DataFrame]:
    """Return how the partition changes with the choices that made it.

    Each block is tried alone, besides all of them; fewer and more axes and classes than the study's
    too. The tables
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
        if (table := ruled.table_of(chosen, rule))
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


def _moves(imputed: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Return the respondents whose class an imputation changes, and to which."""
    long = (
        imputed.rename_axis("respondent")
        .reset_index()
        .melt("respondent", var_name="imputation", value_name="class")
    )
    own = long["respondent"].map(dict(zip(imputed.index, labels.to_numpy(), strict=True)))
    moved = long[long["class"] != own]
    return (
        moved[["imputation", "respondent", "class"]]
        .astype({"imputation": "int64", "class": "int64"})
        .reset_index(drop=True)
    )


def imputation_tables(
    answers: pd.DataFrame,
    labels: pd.Series,
    ruled: RuledTables,
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

    ``answers`` are categories, missing where there is no answer, ``ruled`` the tables of the same
    answers; passive categories other than "no answer" stay passive. ``imputation_axes`` (errors of
    cross-validation by number of axes), ``imputation_classes`` and ``imputation_respondents``, as
    `rfree.missing.multiple_imputation.ImputedMembership`; ``imputation_moves`` (``imputation``,
    ``respondent``, ``class``): who is of another class than the study's in which imputation. No
    table when nothing is missing.
    """
    if not bool(answers.isna().to_numpy().any()):
        return {}
    chosen = ruled.imputation_axes
    if chosen is None or len(ruled.items.dropna(how="all")) != len(answers):
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
        "imputation_moves": _moves(membership.labels, labels),
    }
