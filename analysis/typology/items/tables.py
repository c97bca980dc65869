"""Tables of the items: the most unanimous, the reliability of the blocks, every answer."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from typology.exhibits.blocks import active_studied
from typology.exhibits.hidden_counts import cell, hidden_notes, is_hidden
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import table_exhibit, told
from typology.exhibits.run_tables import Tables
from typology.words import MISSING_NUMBER, number

NEARLY_UNIFORM = 80.0
"""Percent of the answers of a respondent that are one code, from which they are nearly uniform."""


@table_exhibit("unanimous")
def unanimous_table(tables: Tables, labels: Labels, *, top: int = 5) -> PaperTable:
    """Return the ``top`` items of each active block that gather the most agreement.

    Full wording, share agreeing with its 95 % Wilson interval, consensus. Uses
    ``item_agreement`` and ``classes``.
    """
    language = labels.language
    blocks = active_studied(tables, labels)
    first = {block: most_unanimous(tables, block, top=top) for block in blocks}
    groups = tuple(
        RowGroup(
            labels.block(block) if len(blocks) > 1 else "",
            tuple(
                (
                    labels.variable(row["item"]),
                    labels.percent(row["agree_share"]),
                    interval(row["agree_low"], row["agree_high"], language),
                    cell(labels.number(row["consensus"], 2), row["consensus"], row),
                )
                for row in found.to_dict("records")
            ),
        )
        for block, found in first.items()
    )
    columns = (
        Column(labels.word("item"), "left"),
        Column(labels.word("agree")),
        Column(labels.word("interval_95")),
        Column(labels.word("consensus")),
    )
    notes = [
        labels.word("paper_unanimous_note"),
        *reversed_notes(labels, [item for found in first.values() for item in found["item"]]),
        *hidden_notes(labels, *first.values()),
    ]
    return PaperTable(columns, groups, tuple(notes))


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
    """Return Cronbach's alpha and McDonald's omegas of every block. Uses ``reliability``."""
    names = (
        "alpha", "omega", "omega_hierarchical", "explained_common_variance", "mean_polychoric",
    )  # fmt: skip
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


@table_exhibit("answer_quality", section="answers", place=4)
def answer_quality_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how many respondents gave one answer all along, or the answers of another.

    Among all who answered two active items at least, whether they were left out or not; identical
    answers, among all read. Uses ``answer_quality`` and ``flow``.
    """
    found = tables["answer_quality"].iloc[0]
    read = int(tables["flow"].loc[tables["flow"]["step_id"] == "read", "remaining"].iloc[0])
    several = int(found["compared"])
    counted = (
        ("quality_straight", found["one_answer"], several),
        ("quality_nearly", found["nearly_one"], several),
        ("quality_run", found["long_run"], several),
        ("quality_twins", found["twins"], read),
        ("quality_repeats", found["repeats"], read),
    )
    rows = [
        (
            labels.word(key, share=labels.percent(NEARLY_UNIFORM, 0)),
            labels.number(float(count), 0),
            labels.number(float(of), 0),
            labels.number(100 * float(count) / of) if of else MISSING_NUMBER,
        )
        for key, count, of in counted
    ]
    columns = (
        Column(labels.word("quality_measure"), "left"),
        Column("n"),
        Column(labels.word("quality_of")),
        Column(labels.word("percent_sign")),
    )
    left_out = set(tables["flow"]["step_id"]) & {"straight-liners", "duplicates"}
    notes = [
        labels.word("quality_note"),
        labels.word("quality_kept", "some" if left_out else "none"),
    ]
    if several:
        median = labels.percent(float(found["median_share"]), 0)
        run = labels.number(float(found["median_run"]), 0)
        notes.insert(0, labels.word("quality_medians", share=median, run=run))
    return plain_table(columns, rows, *notes)


@table_exhibit(
    "factor_number",
    needs=("factor_number",),
    absent=told("factor_number_absent"),
    section="answers",
    place=5,
)
def factor_number_table(tables: Tables, labels: Labels, *, extra: int = 2) -> PaperTable:
    """Return the eigenvalues of each block beside those of shuffled answers.

    Those that exceed chance, and ``extra`` more. Uses ``factor_number``.
    """
    groups = []
    for block, own in tables["factor_number"].groupby("block", sort=False):
        kept = {name: int(own[f"{name}_kept"].sum()) for name in ("component", "factor")}
        title = labels.word(
            "paper_dimensions",
            block=labels.block(str(block)),
            components=labels.number(kept["component"], 0),
            factors=labels.number(kept["factor"], 0),
        )
        rows = tuple(
            (
                labels.number(row["number"], 0),
                *(
                    labels.number(row[name], 2)
                    for name in ("component", "component_chance", "factor", "factor_chance")
                ),
            )
            for row in own.head(max(kept.values()) + extra).to_dict("records")
        )
        groups.append(RowGroup(title, rows))
    component, factor = labels.word("paper_components"), labels.word("paper_factors")
    observed, chance = labels.word("paper_observed"), labels.word("paper_chance")
    columns = (
        Column(labels.word("paper_dimension")),
        Column(observed, spanner=component),
        Column(chance, spanner=component),
        Column(observed, spanner=factor),
        Column(chance, spanner=factor),
    )
    return PaperTable(columns, tuple(groups), (labels.word("paper_factor_number_note"),))


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
                    cell(labels.number(row["mean"], 1 if is_hidden(row) else 2), row["mean"], row),
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
        *hidden_notes(labels, agreement, rounded=True),
    )
    return PaperTable(columns, tuple(groups), notes)


def reversed_notes(labels: Labels, items: Iterable[str]) -> list[str]:
    """Return which of some items are worded against their block, where there are any."""
    turned = [item for item in items if labels.questionnaire.items[item].reversed]
    if not turned:
        return []
    told = ", ".join(labels.short(item) for item in turned)
    return [labels.word("reversed_items_note", plural=len(turned), items=told)]
