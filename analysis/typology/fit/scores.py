"""Answers to items as positions on their scales, and the mean agreement with each block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfree.items.short_forms import AnswerCodes
from typology.questionnaire import Questionnaire


def answer_positions(items: pd.DataFrame, questionnaire: Questionnaire) -> AnswerCodes:
    """Return answers as positions on the scales of their items, respondents x items."""
    scales = [questionnaire.scale_of(str(item)).codes for item in items]
    first = np.array([scale[0] for scale in scales])
    values = items.to_numpy(dtype=float, na_value=np.nan) - first
    positions = np.where(np.isnan(values), -1, values).astype(np.int64)
    return AnswerCodes(positions, np.array([len(scale) for scale in scales], dtype=np.int64))


def oriented_codes(items: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    """Return codes turned so that a high one speaks for the direction of its block.

    Those of reversed items become lowest + highest - code. Respondents x items, as floats; NaN
    where there is no answer.
    """
    oriented = items.astype("Float64").astype(float)
    for item in oriented.columns:
        if questionnaire.items[item].reversed:
            codes = questionnaire.scale_of(item).codes
            oriented[item] = codes[0] + codes[-1] - oriented[item]
    return oriented


def block_scores(
    items: pd.DataFrame, questionnaire: Questionnaire, *, blocks: Sequence[str]
) -> pd.DataFrame:
    """Return each respondent's mean agreement with each block, over the items answered.

    Respondents x blocks, in scale codes; NaN for who answered no item of the block.
    """
    oriented = oriented_codes(items, questionnaire)
    return pd.DataFrame(
        {
            block: oriented[[item.id for item in questionnaire.block(block).items]].mean(axis=1)
            for block in blocks
        },
        index=items.index,
    )
