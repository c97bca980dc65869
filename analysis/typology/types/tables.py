"""Tables of the types: their sizes and means, their portraits, what consolidation moved."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.clauses import type_name
from typology.exhibits.hidden_counts import HIDDEN_COUNT, mean_decimals, told_count
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import Each, table_exhibit
from typology.exhibits.run_tables import (
    Tables,
    active_blocks,
    class_row,
    consolidation_moves,
    is_weighted,
    marking_categories,
    overall_block_means,
    text_of,
)
from typology.words.markdown import escape_markdown

_SIDES = (("more", 1), ("less", -1))
_ALL = 100.0  # percent: shares that are rounded may add up to a little more or less
CLASSES = Each("class_number", lambda tables, _: list(tables["classes"]["class"]))


def name_of_type(tables: Tables, labels: Labels, class_number: int) -> dict[str, str]:
    """Return ``{type}`` of a caption."""
    return {"type": escape_markdown(type_name(tables, labels, class_number))}


@table_exhibit("types")
def types_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the types: size, share, mean agreement with each active block. Uses ``classes``."""
    blocks = active_blocks(tables)
    decimals = {block: mean_decimals(tables["classes"][f"mean_{block}"]) for block in blocks}
    rows = [
        (
            labels.number(row["class"], 0),
            labels.type(text_of(row["type"]), int(row["class"])) if text_of(row["type"]) else "–",
            labels.number(row["n"], 0),
            labels.number(row["share"]),
            *(labels.number(row[f"mean_{block}"], decimals[block]) for block in blocks),
        )
        for row in tables["classes"].to_dict("records")
    ]
    means = overall_block_means(tables)
    weighted = is_weighted(tables)
    rows.append(
        (
            "",
            labels.word("overall"),
            labels.number(tables["classes"]["n"].sum(), 0),
            labels.number(_ALL),
            *(labels.number(means[block], decimals[block]) for block in blocks),
        )
    )
    agreement = labels.word("mean_agreement")
    columns = (
        Column(labels.word("class")),
        Column(labels.word("type"), "left"),
        Column(labels.word("n")),
        Column(labels.word("weighted_percent_sign") if weighted else "%"),
        *(Column(labels.block(block), spanner=agreement) for block in blocks),
    )
    told = labels.word("paper_types_weighted_note") if weighted else ""
    return plain_table(columns, rows, told, _types_note(tables, labels))


def _types_note(tables: Tables, labels: Labels) -> str:
    questionnaire = labels.questionnaire
    ranges = {
        (scale.codes[0], scale.codes[-1])
        for scale in (
            questionnaire.scales[questionnaire.block(block).scale]
            for block in active_blocks(tables)
        )
    }
    if len(ranges) > 1:
        return labels.word("paper_types_note_scales")
    low, high = ranges.pop()
    return labels.word("paper_types_note", low=low, high=high)


@table_exhibit("portrait", label="tbl-portrait-{class_number}", each=CLASSES, values=name_of_type)
def portrait_table(
    tables: Tables, labels: Labels, class_number: int, *, top: int = 10
) -> PaperTable:
    """Return what marks a type: categories over- and under-represented in it.

    Supplementary categories first, then the active ones, on which the test is circular: they made
    the classes, so no p-value is printed for them. ``top`` rows a group at most, the greatest
    absolute v-test first. Uses ``class_categories`` and ``classes``.
    """
    class_row(tables, class_number)
    groups = []
    for role in ("supplementary", "active"):
        found = marking_categories(tables, class_number, role)
        for side, sign in _SIDES:
            chosen = found[found["v_test"] * sign > 0].head(top)
            if len(chosen):
                title = labels.word("paper_portrait", role, side)
                groups.append(RowGroup(title, _portrait_rows(chosen, labels)))
    columns = (
        Column(labels.word("category"), "left"),
        *(
            Column(labels.word(key))
            for key in ("paper_share_in_type", "paper_share_overall", "v_test", "p_adjusted")
        ),
    )
    note = labels.word("paper_portrait_note", top=top)
    return PaperTable(columns, tuple(groups), (note,))


def _portrait_rows(chosen: pd.DataFrame, labels: Labels) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            labels.category(row["variable"], row["category"]),
            labels.number(row["category_share"]),
            labels.number(row["overall_share"]),
            labels.number(row["v_test"]),
            labels.p(row["p_adjusted"]) if row["role"] == "supplementary" else "–",
        )
        for row in chosen.to_dict("records")
    )


def _moves_told(tables: Tables) -> bool:
    return bool(tables["class_moves"]["n"].notna().any())


def _moves_hidden(_: Tables, labels: Labels) -> str:
    return labels.word("moves_hidden")


@table_exhibit(
    "consolidation", section="consolidation", place=1, needs=("class_moves",), given=_moves_told,
    absent=_moves_hidden,
)  # fmt: skip
def consolidation_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the classes of the tree against the final ones.

    Numbers of respondents, with totals; the note says how many moved. Uses ``class_moves`` and
    ``classes``.
    """
    counts = tables["class_moves"].set_index(["tree_class", "class"])["n"].unstack()  # noqa: PD010
    moves = consolidation_moves(tables)
    rows = [
        (
            labels.word("paper_branch", number=branch),
            *(_count(count, labels) for count in row),
            _count(row.sum(), labels),
        )
        for branch, row in zip(map(int, counts.index), counts.to_numpy(), strict=True)
    ]
    sizes = tables["classes"].set_index("class")["n"]
    totals = (*(_count(sizes[each], labels) for each in counts.columns),)
    rows.append((labels.word("total"), *totals, labels.number(moves.total, 0)))
    final = labels.word("paper_final_class")
    columns = (
        Column(labels.word("paper_tree_class"), "left"),
        *(
            Column(type_name(tables, labels, each), spanner=final)
            for each in map(int, counts.columns)
        ),
        Column(labels.word("total")),
    )
    note = labels.word(
        "paper_consolidation_note",
        moved=told_count(moves.moved, labels.language),
        total=labels.number(moves.total, 0),
    )
    return plain_table(columns, rows, note)


def _count(count: float, labels: Labels) -> str:
    return HIDDEN_COUNT if pd.isna(count) else labels.number(count, 0)
