"""The figures of the items: what each reads, and what its caption names."""

from __future__ import annotations

from typing import Any

from typology.exhibits.blocks import ACTIVE_BLOCKS, SUPPLEMENTARY_BLOCKS, answers_to_items
from typology.exhibits.registry import FigureExhibit, figure_exhibit


def _answers(name: str, **declared: Any) -> FigureExhibit:
    return figure_exhibit(
        name,
        "typology.items.likert:likert_bars",
        takes=("item_distribution", "item_agreement"),
        file="likert_{block}",
        label="fig-answers-{block}",
        caption_key="answers",
        values=answers_to_items,
        **declared,
    )


answers = _answers("answers", each=ACTIVE_BLOCKS)
supplementary_answers = _answers(
    "supplementary_answers", each=SUPPLEMENTARY_BLOCKS, section="answers", place=2
)
block_means = figure_exhibit(
    "block_means",
    "typology.items.block_means:block_means",
    takes=("classes", "item_distribution"),
    section="consolidation", place=2,
)  # fmt: skip
