"""The active table of a study, or why its answers make none, told once for each cause."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from typology.fit.active_table import ActiveTable, build_active_table
from typology.problems import InputError, Problem
from typology.problems.causes import one_a_cause
from typology.study.sections import StudyFile
from typology.words.phrases import phrase


def active_table_of(
    items: pd.DataFrame,
    choices: StudyFile,
    declared: Sequence[tuple[str, str]] = (),
    blocks: Mapping[Hashable, str] | None = None,
) -> ActiveTable:
    """Return the active table of the respondents kept, as a study makes it.

    ``items`` holds codes or categories, missing where there is no answer; ``declared`` are those
    that make no axis, ``blocks`` the block of each item where they weigh the same. Raises
    InputError with a problem for each cause that leaves items without two categories; one alone
    where ``passive_below`` leaves none of the items with two.
    """
    try:
        return build_active_table(
            items,
            missing_rule=choices.missing,
            passive_below=choices.passive_below,
            seed=choices.seed,
            declared=declared,
            blocks=blocks,
        )
    except InputError as error:
        if choices.passive_below > 1 and len(error.problems) == items.shape[1] > 1:
            raise InputError(_all_passive(items, choices.passive_below)) from None
        raise InputError(one_a_cause(error.problems)) from None


def _all_passive(items: pd.DataFrame, passive_below: int) -> Problem:
    """Return that a study makes nearly every answer passive."""
    alike = int(items.value_counts(dropna=False).iloc[0])
    remedy = phrase("Lower it, or collect more answers.")
    if 2 * alike > len(items) and alike > 1:
        remedy = phrase(
            "Check the answers: {alike} of {count} respondents gave the very same ones.",
            alike=alike,
            count=len(items),
        )
    return Problem(
        row="",
        column="",
        value=phrase(
            "{threshold}, with {count} respondents", threshold=passive_below, count=len(items)
        ),
        expected=phrase(
            "a number that leaves two answers to an item: "
            "this one leaves fewer to each of the {items} active items",
            items=items.shape[1],
        ),
        remedy=remedy,
        where=phrase("study file › {key}", key="passive_below"),
    )
