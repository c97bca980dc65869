"""The active table: answers to the active items as categories, under the study's missing rule."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.missing.imputation_axes import choose_imputation_axes
from rfree.missing.missing import impute_mca
from typology.problems import InputError, Problem
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.characteristics import NO_ANSWER
from typology.questionnaire.item_answers import category_position
from typology.study.sections import MISSING_RULES
from typology.words.phrases import phrase


@dataclass(frozen=True)
class ActiveTable:
    """Active categories of the respondents analysed.

    ``categories`` is respondents x active items: scale codes as text (or ids of merged points, "no
    opinion"), or "no answer", as ordered categoricals. ``passive`` are the pairs of item and
    category that keep their mass but make no axis, ``declared`` those that the questionnaire says
    so of. ``blocks`` says the block of each item where blocks are to weigh the same.
    """

    categories: pd.DataFrame
    passive: tuple[tuple[str, str], ...]
    declared: tuple[tuple[str, str], ...] = ()
    blocks: Mapping[Hashable, str] | None = None

    @property
    def answers(self) -> pd.DataFrame:
        """Return degrees of agreement, with gaps where there is none, for methods that take them.

        Merged points are called by the first of them, so that their order shows.
        """
        categories = self.numbered.astype("object")
        return categories.where(~categories.isin([NO_ANSWER, NO_OPINION]))

    @property
    def with_gaps(self) -> pd.DataFrame:
        """Return the categories with gaps where there is no answer: what imputation may fill."""
        categories = self.categories.astype("object")
        return categories.where(categories != NO_ANSWER)

    @property
    def numbered(self) -> pd.DataFrame:
        """Return the categories with merged points called by the first of them."""
        return pd.DataFrame(
            {
                item: column.cat.rename_categories(
                    {category: _number(category) for category in column.cat.categories}
                )
                for item, column in self.categories.items()
            }
        )

    @property
    def numbered_passive(self) -> tuple[tuple[str, str], ...]:
        """Return the passive categories as `numbered` calls them."""
        return tuple((item, _number(category)) for item, category in self.passive)


def build_active_table(
    items: pd.DataFrame,
    *,
    missing_rule: str,
    passive_below: int = 0,
    seed: int = 0,
    declared: Iterable[tuple[str, str]] = (),
    imputation_axes: int | None = None,
    blocks: Mapping[Hashable, str] | None = None,
) -> ActiveTable:
    """Return the active table of a MCA from answers coded on their scales.

    ``items`` is respondents x active items, codes or their categories, missing where there is no
    answer; ``declared`` are categories that make no axis, whoever gives them. ``missing_rule``, one
    of ``MISSING_RULES``, tells whether "no answer" is a category like the others, a passive one, or
    is replaced by the most likely answer (regularised iterative MCA on ``imputation_axes``; by
    default as many as cross-validation chooses, whose folds start from ``seed``); under "complete
    cases" none may be missing. Categories chosen by fewer respondents than ``passive_below`` are
    passive. ``blocks`` says the block of each item, of further ones too, where blocks are to weigh
    the same.

    Raises InputError if an item has fewer than two categories that may make an axis: every such
    item is named.
    """
    if missing_rule not in MISSING_RULES:
        raise ValueError(f"missing_rule is {missing_rule!r}; choose among {MISSING_RULES}.")
    if missing_rule == "complete cases" and bool(items.isna().to_numpy().any()):
        raise ValueError("items has missing answers under the rule 'complete cases'.")
    if missing_rule == "imputation":
        items = _imputed(items, seed, imputation_axes)
    categories = pd.DataFrame({item: _as_categories(items[item]) for item in items.columns})
    counts = {item: categories[item].value_counts() for item in categories.columns}
    declared = tuple(
        (item, category)
        for item, category in declared
        if item in counts and category in counts[item].index
    )
    passive = tuple(
        (item, str(category))
        for item, sizes in counts.items()
        for category, size in sizes.sort_index().items()
        if (category == NO_ANSWER and missing_rule == "passive category")
        or (item, category) in declared
        or size < passive_below
    )
    _require_two_categories(categories, passive)
    return ActiveTable(categories, passive, declared, blocks)


def answers_to_impute(items: pd.DataFrame) -> pd.DataFrame:
    """Return the answers as texts, None where there is none."""
    return items.astype("string").astype("object").where(items.notna(), None)


def _imputed(items: pd.DataFrame, seed: int, n_axes: int | None) -> pd.DataFrame:
    """Return the codes with the most likely answer in each gap."""
    if not bool(items.isna().to_numpy().any()):
        return items
    answers = answers_to_impute(items)
    if n_axes is None:
        n_axes = choose_imputation_axes(answers, seed=seed).chosen
    return impute_mca(answers, n_components=n_axes).completed.astype("object")


def _number(category: str) -> str:
    return category.partition("..")[0]


def _as_categories(codes: pd.Series) -> pd.Series:
    places, given = pd.factorize(codes)
    order = sorted(range(len(given)), key=lambda place: category_position(str(given[place])))
    names = [str(given[place]) for place in order]
    rank = np.empty(len(given) + 1, dtype=np.intp)
    rank[order] = np.arange(len(given))
    rank[-1] = len(given)  # a missing answer has the place -1
    if bool((places < 0).any()):
        names.append(NO_ANSWER)
    categories = pd.Categorical.from_codes(
        np.asarray(rank[places], dtype=np.intp), pd.Index(names), ordered=True
    )
    return pd.Series(categories, index=codes.index)


def _require_two_categories(categories: pd.DataFrame, passive: tuple[tuple[str, str], ...]) -> None:
    problems = []
    for item in categories.columns:
        active = [c for c in categories[item].cat.categories if (item, c) not in passive]
        if len(active) < 2:
            problems.append(
                Problem(
                    row="",
                    column=item,
                    value=phrase("only the answer {answers}", answers=", ".join(active))
                    if active
                    else phrase("no answer given often enough"),
                    expected=phrase("at least two answers that enough respondents gave"),
                    remedy=phrase(
                        "Take the item out of the questionnaire, "
                        "or lower 'passive_below' in the study file."
                    ),
                )
            )
    if problems:
        raise InputError(problems)
