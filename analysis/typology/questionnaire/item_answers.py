"""Answers to items as the analysis takes them: degrees of agreement, "don't know", categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from typology.questionnaire.answer_scale import NO_OPINION, CountsAs, Scale
from typology.questionnaire.questionnaire import Questionnaire


def degrees(items: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    """Return the codes that are points of the scales; <NA> for "don't know", as for no answer."""
    said = no_opinions(items, questionnaire)
    return items.mask(said) if bool(said.to_numpy().any()) else items


def offers_no_opinion(questionnaire: Questionnaire) -> bool:
    """Return whether some item can be answered "don't know" beside its scale."""
    scales = {block.scale for block in questionnaire.blocks}
    return any(questionnaire.scales[scale].no_opinion is not None for scale in scales)


def no_opinions(
    items: pd.DataFrame, questionnaire: Questionnaire, *, counted_as: Iterable[CountsAs] = ()
) -> pd.DataFrame:
    """Return who gave the answer that a scale offers beside its points: "don't know".

    ``counted_as`` keeps those of the scales that count it so; all of them where it is empty.
    """
    wanted = tuple(counted_as)
    said = {}
    for item in items.columns:
        declared = questionnaire.scale_of(str(item)).no_opinion
        counts = declared is not None and (not wanted or declared.counts_as in wanted)
        same = items[item] == declared.code if declared and counts else None
        said[item] = (
            pd.Series(False, index=items.index) if same is None else same.fillna(False).astype(bool)
        )
    return pd.DataFrame(said, index=items.index, columns=items.columns, dtype=bool)


def answer_categories(items: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    """Return answers as the ids of their categories, merged where the scale says so.

    "Don't know" is the category "no opinion", or nothing where it counts as missing; None where
    there is no answer.
    """
    return pd.DataFrame(
        {
            item: coded(items[item], category_ids(questionnaire.scale_of(str(item))))
            for item in items.columns
        },
        index=items.index,
        columns=items.columns,
        dtype="object",
    )


def category_ids(scale: Scale) -> dict[int, str]:
    """Return the category of each code of a scale; none of those that count as missing."""
    ids = {code: each.id for each in scale.categories for code in each.codes}
    declared = scale.no_opinion
    if declared is not None and declared.counts_as != "missing":
        ids[declared.code] = NO_OPINION
    return ids


def coded(codes: pd.Series[Any], ids: Mapping[int, str]) -> pd.Series[Any]:
    """Return the category of each code; None for a code that has none, and for no answer."""
    told = codes.astype("object").map(lambda code: None if pd.isna(code) else ids.get(int(code)))
    return told.astype("object").where(told.notna(), None)


def passive_opinions(questionnaire: Questionnaire, items: Iterable[str]) -> list[tuple[str, str]]:
    """Return the categories "no opinion" that make no axis, as items and categories."""
    return [
        (item, NO_OPINION)
        for item in items
        if (declared := questionnaire.scale_of(item).no_opinion) is not None
        and declared.counts_as == "passive"
    ]


def category_position(category: str) -> tuple[int, int]:
    """Return where a category stands among those of its item: by its code, then those without."""
    first = category.partition("..")[0]
    return (0, int(first)) if first.lstrip("-").isdigit() else (1, 0)
