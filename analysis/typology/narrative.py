"""Sentences written from the tables of a run: respondents, items, blocks, and the whole in brief.

Sentences on the axes are in `typology.narrative_axes`, on the types in `typology.narrative_types`;
they can be imported from here too.
"""

from __future__ import annotations

import pandas as pd

from typology.findings import Tables, active_blocks
from typology.labels import Labels
from typology.narrative_axes import axis_sentences, guttman_degree, guttman_r2, guttman_sentence
from typology.narrative_phrases import block_phrase, counted, items_of_block, listed, quoted
from typology.narrative_types import (
    classes_sentence,
    consolidation_sentence,
    named_with_size,
    type_sentences,
    type_title,
)
from typology.tables.items import interval, most_unanimous
from typology.words import number, percent, word

__all__ = [
    "axis_sentences",
    "classes_sentence",
    "consolidation_sentence",
    "flow_sentence",
    "guttman_sentence",
    "reliability_sentence",
    "summary",
    "type_sentences",
    "type_title",
    "unanimous_sentence",
]

# Cronbach's alpha from which a block is told very high, high, acceptable; low below.
_ALPHA = (("very_high", 0.9), ("high", 0.8), ("acceptable", 0.7), ("low", float("-inf")))
_REDUNDANT = 0.95
_HALF = 50.0


def flow_sentence(tables: Tables, labels: Labels) -> str:
    """Return how many answers were read, left out and why, and analysed.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``flow``.
    labels : Labels

    Returns
    -------
    str
    """
    language = labels.language
    flow = tables["flow"]
    remaining = dict(zip(flow["step_id"], flow["remaining"], strict=True))
    read, analysed = int(remaining["read"]), int(remaining["analysed"])
    reasons = flow[flow["excluded"] > 0].set_index("step_id")["excluded"]
    if reasons.empty:
        key = "narrative_flow_all_one" if read == 1 else "narrative_flow_all"
        return word(key, language, n=read)
    told = [word(f"narrative_flow_{step}", language) for step in reasons.index]
    if len(told) > 1:
        counts = [number(count, language, 0) for count in reasons]
        told = [f"{count} {reason}" for count, reason in zip(counts, told, strict=True)]
    total = int(reasons.sum())
    key = "narrative_flow_one_out" if total == 1 else "narrative_flow"
    return word(key, language, n=read, out=total, analysed=analysed, reasons=listed(told, language))


def unanimous_sentence(tables: Tables, labels: Labels, block: str, *, top: int = 5) -> str:
    """Return the items of a block that gather the most agreement.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``item_agreement``.
    labels : Labels
    block : str
    top : int
        How many.

    Returns
    -------
    str
        Where no item has the agreement of half of the respondents, that is what is said.
    """
    language = labels.language
    found = _agreed_with(tables, block, top)
    if found.empty or found["agree_share"].iloc[0] < _HALF:
        return _little_agreement(tables, labels, block)
    told = [
        word(
            "narrative_unanimous_item" if place else "narrative_unanimous_first",
            language,
            item=quoted(labels.variable(row["item"]), language),
            share=percent(row["agree_share"], language),
            interval=interval(row["agree_low"], row["agree_high"], language),
        )
        for place, row in enumerate(found.to_dict("records"))
    ]
    return word(
        "narrative_unanimous_one" if len(told) == 1 else "narrative_unanimous",
        language,
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
        return word(key, language, items=items_of_block(labels, block))
    row = found.iloc[0]
    return word(
        "narrative_agree_minority",
        language,
        items=items_of_block(labels, block),
        item=quoted(labels.variable(row["item"]), language),
        share=percent(row["agree_share"], language),
    )


def reliability_sentence(tables: Tables, labels: Labels) -> str:
    """Return how consistent the blocks are (Cronbach's alpha, McDonald's omega).

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``reliability``.
    labels : Labels

    Returns
    -------
    str
        Empty when no block has two items. Marks of alpha: 0.7 acceptable, 0.8 high, 0.9 very high;
        above 0.95 a warning that items may repeat each other.
    """
    language = labels.language
    levels: dict[str, list[str]] = {}
    redundant = []
    first = True
    for row in tables["reliability"].dropna(subset=["alpha"]).to_dict("records"):
        level = next(name for name, least in _ALPHA if row["alpha"] >= least)
        phrase = block_phrase(labels, row["block"])
        levels.setdefault(level, []).append(
            word(
                "narrative_alpha_first" if first else "narrative_alpha",
                language,
                block=phrase,
                alpha=number(row["alpha"], language, 2),
                omega=number(row["omega"], language, 2),
                items=int(row["items"]),
            )
        )
        first = False
        if row["alpha"] > _REDUNDANT:
            redundant.append(phrase)
    if not levels:
        return ""
    clauses = [
        word("narrative_reliability_level", language,
             level=word(f"narrative_reliability_{level}", language), list=listed(told, language))
        for level, told in levels.items()
    ]  # fmt: skip
    joined = word("narrative_then", language).join(clauses)
    sentence = word("narrative_reliability", language, list=joined)
    if not redundant:
        return sentence
    warning = word("narrative_redundant", language, blocks=listed(redundant, language))
    return f"{sentence} {warning}"


def summary(tables: Tables, labels: Labels, *, simulated: bool = False) -> str:
    """Return the results in one paragraph, as an abstract has them.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
    labels : Labels
    simulated : bool
        Whether to begin by saying that the answers are simulated.

    Returns
    -------
    str
    """
    language = labels.language
    sentences = [word("narrative_simulated", language)] if simulated else []
    sentences.append(flow_sentence(tables, labels))
    sentences += [_item_in_brief(tables, labels, block) for block in active_blocks(tables)]
    sentences.append(_axes_in_brief(tables, labels))
    sentences.append(_guttman_in_brief(tables, labels))
    sentences.append(_classes_in_brief(tables, labels))
    return " ".join(filter(None, sentences))


def _item_in_brief(tables: Tables, labels: Labels, block: str) -> str:
    """Return the item of a block that is most agreed with."""
    language, found = labels.language, _agreed_with(tables, block, 1)
    if found.empty or found["agree_share"].iloc[0] < _HALF:
        return _little_agreement(tables, labels, block)
    row = found.iloc[0]
    return word(
        "narrative_summary_item",
        language,
        items=items_of_block(labels, block),
        item=quoted(labels.variable(row["item"]), language),
        share=percent(row["agree_share"], language),
    )


def _axes_in_brief(tables: Tables, labels: Labels) -> str:
    language = labels.language
    kept = tables["axes"][tables["axes"]["kept"].astype(bool)]
    return word(
        "narrative_axes_kept_one" if len(kept) == 1 else "narrative_axes_kept",
        language,
        count=counted(len(kept), language),
        raw=percent(kept["percent"].sum(), language),
        corrected=percent(kept["benzecri"].sum(), language),
    )


def _guttman_in_brief(tables: Tables, labels: Labels) -> str:
    language, r2 = labels.language, guttman_r2(tables)
    if r2 is None:
        return ""
    degree = word(f"summary_guttman_{guttman_degree(r2)}", language)
    return word("summary_guttman", language, degree=degree, r2=number(r2, language, 2))


def _classes_in_brief(tables: Tables, labels: Labels) -> str:
    language = labels.language
    numbers = [int(each) for each in tables["classes"]["class"]]
    return word(
        "summary_classes",
        language,
        count=counted(len(numbers), language),
        list=listed([named_with_size(tables, labels, each) for each in numbers], language),
    )
