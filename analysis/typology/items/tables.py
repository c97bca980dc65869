"""Tables of the items: the most unanimous, the reliability of the blocks, every answer."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from typology.exhibits.blocks import ACTIVE_BLOCKS, named_items
from typology.exhibits.hidden_counts import cell, hidden_notes
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import table_exhibit
from typology.exhibits.run_tables import Tables
from typology.words import number


@table_exhibit("unanimous", label="tbl-unanimous-{block}", each=ACTIVE_BLOCKS, values=named_items)
def unanimous_table(tables: Tables, labels: Labels, block: str, *, top: int = 5) -> PaperTable:
    """Return the ``top`` items of a block that gather the most agreement.

    Rank, full wording, share agreeing with its 95 % Wilson interval, consensus. Uses
    ``item_agreement``.
    """
    language = labels.language
    first = most_unanimous(tables, block, top=top)
    rows = [
        (
            labels.number(row["rank"], 0),
            labels.variable(row["item"]),
            labels.percent(row["agree_share"]),
            interval(row["agree_low"], row["agree_high"], language),
            labels.number(row["consensus"], 2),
        )
        for row in first.to_dict("records")
    ]
    columns = (
        Column(labels.word("rank")),
        Column(labels.word("item"), "left"),
        Column(labels.word("agree")),
        Column(labels.word("interval_95")),
        Column(labels.word("consensus")),
    )
    notes = reversed_notes(labels, first["item"])
    return plain_table(columns, rows, labels.word("paper_unanimous_note"), *notes)


def most_unanimous(tables: Tables, block: str, *, top: int) -> pd.DataFrame:
    """Return the first rows of ``item_agreement`` of a block, by rank; ValueError without it."""
    agreement = tables["item_agreement"]
    own = agreement[agreement["block"] == block]
    if own.empty:
        known = ", ".join(dict.fromkeys(agreement["block"]))
        raise ValueError(f"block is {block!r}; expected one of {known}.")
    return own.sort_values("rank", kind="stable").head(top)


def interval(low: float, high: float, language: str) -> str:
    """Return an interval without its unit: ``"73.5–82.6"``."""
    return f"{number(low, language)}–{number(high, language)}"


@table_exhibit("reliability", section="answers", place=3)
def reliability_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return Cronbach's alpha and McDonald's omega of every block. Uses ``reliability``."""
    names = ("alpha", "omega", "mean_polychoric")
    rows = [
        (
            labels.block(row["block"]),
            labels.number(row["items"], 0),
            labels.number(row["n"], 0),
            *(labels.number(row[name], 2) for name in names),
        )
        for row in tables["reliability"].to_dict("records")
    ]
    columns = (
        Column(labels.word("block"), "left"),
        *(Column(labels.word(key)) for key in ("items", "n")),
        *(Column(labels.word("column", name)) for name in names),
    )
    return plain_table(columns, rows, labels.word("paper_reliability_note"))


@table_exhibit("items", section="answers", place=1, scrolling=True)
def all_items_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the answers to every item.

    Share of each answer in percent, mean and consensus; grouped by block. The answers are those of
    the scale when all the items have the same; else disagree, neutral, agree. Where a scale offers
    "don't know", how many gave it. Uses
    ``item_distribution`` and ``item_agreement``.
    """
    agreement = tables["item_agreement"]
    blocks = list(dict.fromkeys(agreement["block"]))
    scales = {labels.questionnaire.block(each).scale for each in blocks}
    if len(scales) == 1:
        answers = labels.scale(blocks[0])
        given = tables["item_distribution"]
        shares = given.set_index(["item", "code"])["share"].unstack()  # noqa: PD010
    else:
        answers = [labels.word(key) for key in ("disagree", "neutral", "agree")]
        shares = agreement.set_index("item")[["disagree_share", "neutral_share", "agree_share"]]
    unsure = "no_opinion" in agreement
    columns = (
        Column(labels.word("column", "item"), "left"),
        Column(labels.word("item"), "left"),
        Column(labels.word("n")),
        *([Column(labels.word("column", "no_opinion"))] if unsure else []),
        *(Column(answer) for answer in answers),
        Column(labels.word("mean")),
        Column(labels.word("consensus")),
    )
    groups = [
        RowGroup(
            labels.block(each) if len(blocks) > 1 else "",
            tuple(
                (
                    row["item"],
                    labels.variable(row["item"]),
                    labels.number(row["n"], 0),
                    *([labels.number(row["no_opinion"], 0)] if unsure else []),
                    *(cell(labels.number(each), each, row) for each in shares.loc[row["item"]]),
                    cell(labels.number(row["mean"], 2), row["mean"], row),
                    cell(labels.number(row["consensus"], 2), row["consensus"], row),
                )
                for row in agreement[agreement["block"] == each].to_dict("records")
            ),
        )
        for each in blocks
    ]
    notes = (
        labels.word("paper_items_note"),
        *reversed_notes(labels, agreement["item"]),
        *hidden_notes(labels, agreement),
    )
    return PaperTable(columns, tuple(groups), notes)


def reversed_notes(labels: Labels, items: Iterable[str]) -> list[str]:
    """Return which of some items are worded against their block, where there are any."""
    turned = [item for item in items if labels.questionnaire.items[item].reversed]
    if not turned:
        return []
    told = ", ".join(labels.short(item) for item in turned)
    return [labels.word("reversed_items_note", plural=len(turned), items=told)]
