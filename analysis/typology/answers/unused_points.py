"""Ends of a scale that nobody gives: the file may number the answers otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from typology.answers.platforms import AnswerTable
from typology.questionnaire import Questionnaire
from typology.words.phrases import Phrase, Wording, phrase

ENOUGH_ANSWERS = 200
"""Answers on a scale beyond which hardly any leaves an end of it unused."""

FEWEST_ITEMS = 3


def unused_point_notices(
    items: pd.DataFrame,
    questionnaire: Questionnaire,
    *,
    table: AnswerTable,
    columns: Mapping[str, Sequence[int]],
) -> list[Phrase]:
    """Return which scales have an end that nobody gave, where a file has numbers for answers.

    A file of "strongly agree" as 4, on a scale that the questionnaire counts to 5, is read without
    a fault. ``columns`` are those of the table that are answered on each scale.
    """
    notices = []
    for name, scale in questionnaire.scales.items():
        ids = [item.id for block in questionnaire.blocks if block.scale == name
               for item in block.items if item.id in items]  # fmt: skip
        given = items[ids].melt()["value"].dropna()
        enough = len(given) >= ENOUGH_ANSWERS and len(ids) >= FEWEST_ITEMS
        if not enough or len(scale.points) < FEWEST_ITEMS or _in_words(table, columns[name]):
            continue
        notices += [
            phrase(
                "Nobody gave {code} ({words}), an end of the scale '{scale}', among {count} "
                "answers to {items} items: check that the file numbers the answers as the "
                "questionnaire does.",
                code=point.code,
                words=Wording(point.fr, point.en),
                scale=name,
                count=len(given),
                items=len(ids),
            )
            for point in (scale.points[0], scale.points[-1])
            if not (given == point.code).any()
        ]
    return notices


def _in_words(table: AnswerTable, columns: Sequence[int]) -> bool:
    """Return whether a file says in words what is answered in some columns."""
    labelled = any(table.value_labels.get(at) for at in columns)
    return labelled or any(
        any(map(str.isalpha, str(text))) for at in columns for text in table.cells[at].unique()
    )
