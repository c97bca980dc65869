"""Whom a new file leaves out, as the study of its model does: they are told, and have no type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from typology.answers.left_out import EXCLUSIONS, collection_rules
from typology.answers.quality import assess_quality
from typology.answers.responses import Responses
from typology.results.saved_model import model_reading
from typology.study.sections import Exclusions
from typology.words import word
from typology.words.phrases import Phrase, joined, phrase

LEFT_OUT = "left out"
"""The remark of whoever the study would leave out; the reason follows, after a colon."""


def left_out_as_in_study(
    model: Mapping[str, Any], responses: Responses
) -> tuple[pd.Series, tuple[Phrase, ...]]:
    """Return which rule of the study leaves out each respondent, "" for the others, and notices.

    The rules are those that ``exclusions`` of the study asks for, but the share of answers missing,
    which the types have a remark for. Models written before they kept these leave nobody out.
    """
    rows = responses.items.index
    none = pd.Series("", index=rows, dtype="object")
    said = model_reading(model).exclusions
    if not said or responses.items.shape[1] == 0:
        return none, ()
    chosen = Exclusions.model_validate(said)
    quality = assess_quality(
        responses,
        active_items=list(responses.items.columns),
        excluded_respondents=chosen.respondents,
        excluded_in_collection=collection_rules(chosen, responses.collected),
        exclude_straight_liners=chosen.straight_liners,
        exclude_duplicates=chosen.duplicates,
    )
    steps = quality.excluded_by[quality.excluded_by.isin(EXCLUSIONS)]
    return none.where(~rows.isin(steps.index), steps.reindex(rows)), (
        *_untold(chosen, responses),
        *_counted(steps),
    )


def without_type(table: pd.DataFrame, left_out: pd.Series, *, language: str) -> pd.DataFrame:
    """Return the types without those of the respondents who are left out, whose remark says why."""
    out = left_out.to_numpy() != ""
    if not out.any():
        return table
    table = table.copy()
    table.loc[out, ["class", "confidence"]] = [pd.NA, np.nan]
    table.loc[out, "type"] = ""
    table.loc[out, "name"] = word("left_out", language)
    table.loc[out, "remark"] = [f"{LEFT_OUT}: {step}" for step in left_out[out]]
    return table


def _counted(steps: pd.Series) -> tuple[Phrase, ...]:
    if steps.empty:
        return ()
    counts = steps.value_counts()
    listed = joined(
        [phrase("{step} ({count})", step=_STEPS[str(step)], count=int(counts[step]))
         for step in EXCLUSIONS if step in counts], ", ",
    )  # fmt: skip
    return (
        phrase(
            "Left out, as the study does, and without a type: {count} of the respondents: {steps}.",
            count=len(steps), steps=listed,
        ),
    )  # fmt: skip


def _untold(chosen: Exclusions, responses: Responses) -> tuple[Phrase, ...]:
    """Return the rules of the study that nothing in this file tells."""
    told = responses.collected
    asked = {
        "consent": chosen.consent is not None and told.consents is None,
        "partial": chosen.partial == "leave out" and told.finished is None,
        "fastest": chosen.fastest is not None and told.minutes is None,
        "languages": bool(chosen.languages) and told.languages is None,
    }
    keys = [key for key, lacking in asked.items() if lacking]
    if not keys:
        return ()
    return (
        phrase(
            "The study leaves respondents out by {keys}, under 'exclusions'; this file has no "
            "column that tells it: nobody is left out for that.",
            keys=joined(keys, ", "),
        ),
    )


_STEPS = {
    "named": phrase("named in the study file"),
    "tests": phrase("tests, as the platform marks them"),
    "refused": phrase("without consent"),
    "partial": phrase("not finished"),
    "too fast": phrase("too fast"),
    "other languages": phrase("in another language"),
    "straight-liners": phrase("one same answer throughout"),
    "duplicates": phrase("answers of another respondent repeated"),
    "too many missing": phrase("too many answers missing"),
}
