"""Sentences on the items: the most unanimous, the reliability of the blocks."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.clauses import block_phrase, items_of_block, listed, quoted
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.items.tables import interval, most_unanimous

# Cronbach's alpha from which a block is told very high, high, acceptable; low below.
_ALPHA = (("very_high", 0.9), ("high", 0.8), ("acceptable", 0.7), ("low", float("-inf")))
_REDUNDANT = 0.95
_HALF = 50.0


def unanimous_sentence(tables: Tables, labels: Labels, block: str, *, top: int = 5) -> str:
    """Return the ``top`` items of a block that gather the most agreement.

    Where no item has the agreement of half of the respondents, that is what is said. Uses
    ``item_agreement``.
    """
    language = labels.language
    found = _agreed_with(tables, block, top)
    if found.empty or found["agree_share"].iloc[0] < _HALF:
        return _little_agreement(tables, labels, block)
    told = [
        labels.word(
            "narrative_unanimous_item" if place else "narrative_unanimous_first",
            item=quoted(labels.variable(row["item"]), language),
            share=labels.percent(row["agree_share"]),
            interval=interval(row["agree_low"], row["agree_high"], language),
        )
        for place, row in enumerate(found.to_dict("records"))
    ]
    return labels.word(
        "narrative_unanimous",
        plural=len(told),
        items=items_of_block(labels, block),
        list=listed(told, language),
    )


def _agreed_with(tables: Tables, block: str, top: int) -> pd.DataFrame:
    """Return the items of a block most agreed with, those that somebody agrees with."""
    found = most_unanimous(tables, block, top=top)
    return found[found["agree_share"].round(1) > 0]


def _little_agreement(tables: Tables, labels: Labels, block: str) -> str:
    """Return that no item of a block has the agreement of half of the respondents."""
    language, found = labels.language, _agreed_with(tables, block, 1)
    if found.empty:
        answered = most_unanimous(tables, block, top=1)["agree_share"].notna().any()
        key = "narrative_agree_nobody" if answered else "narrative_answered_nobody"
        return labels.word(key, items=items_of_block(labels, block))
    row = found.iloc[0]
    return labels.word(
        "narrative_agree_minority",
        items=items_of_block(labels, block),
        item=quoted(labels.variable(row["item"]), language),
        share=labels.percent(row["agree_share"]),
    )


def reliability_sentence(tables: Tables, labels: Labels) -> str:
    """Return how consistent the blocks are (Cronbach's alpha, McDonald's omega).

    Empty when no block has two items. Marks of alpha, as it is printed: 0.7 acceptable, 0.8 high,
    0.9 very high; above 0.95 a warning that items may repeat each other. Uses ``reliability``.
    """
    language = labels.language
    levels: dict[str, list[str]] = {}
    redundant = []
    first = True
    for row in tables["reliability"].dropna(subset=["alpha"]).to_dict("records"):
        level = next(name for name, least in _ALPHA if round(row["alpha"], 2) >= least)
        phrase = block_phrase(labels, row["block"])
        levels.setdefault(level, []).append(
            labels.word(
                "narrative_alpha_first" if first else "narrative_alpha",
                block=phrase,
                alpha=labels.number(row["alpha"], 2),
                omega=labels.number(row["omega"], 2),
                items=int(row["items"]),
            )
        )
        first = False
        if row["alpha"] > _REDUNDANT:
            redundant.append(phrase)
    if not levels:
        return ""
    clauses = [
        labels.word("narrative_reliability_level",
             level=labels.word("narrative_consistency", level), list=listed(told, language))
        for level, told in levels.items()
    ]  # fmt: skip
    joined = labels.word("narrative_then").join(clauses)
    sentence = labels.word("narrative_reliability", list=joined)
    if not redundant:
        return sentence
    warning = labels.word("narrative_redundant", blocks=listed(redundant, language))
    return f"{sentence} {warning}"


def item_in_brief(tables: Tables, labels: Labels, block: str) -> str:
    """Return the item of a block that is most agreed with."""
    language, found = labels.language, _agreed_with(tables, block, 1)
    if found.empty or found["agree_share"].iloc[0] < _HALF:
        return _little_agreement(tables, labels, block)
    row = found.iloc[0]
    return labels.word(
        "narrative_summary_item",
        items=items_of_block(labels, block),
        item=quoted(labels.variable(row["item"]), language),
        share=labels.percent(row["agree_share"]),
    )
