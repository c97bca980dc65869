"""Tables of the axes: rates of inertia, and the categories that make each side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from typology.exhibits.hidden_counts import decimals_told
from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import Each, table_exhibit, told
from typology.exhibits.run_tables import (
    Tables,
    active_blocks,
    axes_kept,
    axis_illustrations,
    axis_makers,
    block_of_item,
    blocks_weigh_the_same,
)

_EIGENVALUE_DECIMALS = 3  # as many as are told of the axes that are not kept
_ETA2_DECIMALS = 2


def _axes_kept(tables: Tables, _: Labels) -> list[int]:
    axes = tables["axes"]
    return list(axes.loc[axes["kept"], "axis"])


AXES_KEPT = Each("axis", _axes_kept)


@table_exhibit("axes")
def axes_table(tables: Tables, labels: Labels, *, extra: int = 3) -> PaperTable:
    """Return the axes kept and ``extra`` more, with their rates of inertia. Uses ``axes``."""
    axes = tables["axes"]
    return _inertia(axes.head(int(axes["kept"].sum()) + extra), tables, labels)


@table_exhibit("all_axes", label="tbl-axes", section="axes", place=1, scrolling=True)
def all_axes_table(tables: Tables, labels: Labels, *, extra: int = 3) -> PaperTable:
    """Return the axes that have a corrected rate, with their rates of inertia.

    The others say of the items no more than each says of itself; the axes kept and ``extra`` more
    are shown in any case. Uses ``axes``.
    """
    axes = tables["axes"]
    shown = max(int(axes["benzecri"].notna().sum()), int(axes["kept"].sum()) + extra)
    return _inertia(axes.head(shown), tables, labels)


def _inertia(axes: pd.DataFrame, tables: Tables, labels: Labels) -> PaperTable:
    rows = [
        (
            labels.number(row["axis"], 0),
            labels.number(row["eigenvalue"], _EIGENVALUE_DECIMALS),
            *(labels.number(row[name]) for name in ("percent", "cumulative")),
            *(labels.number(row[name]) for name in ("benzecri", "greenacre")),
            labels.word("yes" if row["kept"] else "no"),
        )
        for row in axes.to_dict("records")
    ]
    columns = (
        Column(labels.word("axis")),
        Column(labels.word("eigenvalue")),
        *(
            Column(labels.word(key))
            for key in ("paper_raw_rate", "paper_cumulative", "paper_benzecri", "paper_greenacre")
        ),
        Column(labels.word("column", "kept"), "center"),
    )
    own = "blocks" if blocks_weigh_the_same(tables) else "items"
    note = labels.word("paper_axes_note", own, shown=len(axes), total=len(tables["axes"]))
    return plain_table(columns, rows, note)


@table_exhibit("axis_description", label="tbl-axis-{axis}", each=AXES_KEPT, section="axes", place=2)
def axis_description_table(
    tables: Tables, labels: Labels, axis: int, *, top: int = 10
) -> PaperTable:
    """Return the categories that make each side of an axis, and those that illustrate it.

    ``top`` rows a side at most: active categories of contribution above average, the greatest
    first; supplementary ones of absolute v-test 2 or more. Uses ``categories``.
    """
    makers, others = axis_makers(tables, axis), axis_illustrations(tables, axis)
    groups = []
    for key, found in (("active", makers), ("supplementary", others)):
        for side in ("negative", "positive"):
            sign = -1 if side == "negative" else 1
            chosen = found[found["coordinate"] * sign > 0].head(top)
            if len(chosen):
                title = labels.word("paper_axis", key, side)
                groups.append(RowGroup(title, _placed(chosen, labels)))
    columns = (
        Column(labels.word("category"), "left"),
        Column(labels.word("coordinate")),
        Column(labels.word("contribution_percent")),
        Column(labels.word("cos2")),
        Column(labels.word("v_test")),
    )
    note = labels.word("paper_axis_note", top=top, makers=len(makers), others=len(others))
    return PaperTable(columns, tuple(groups), (note,))


def _has_several_blocks(tables: Tables) -> bool:
    return tables["axis_blocks"]["block"].nunique() > 1


@table_exhibit(
    "axis_blocks",
    needs=("axis_blocks",),
    given=_has_several_blocks,
    absent=told("axis_blocks_one"),
    section="axes",
    place=3,
)
def axis_blocks_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how much each active block makes of each axis kept. Uses ``axis_blocks``."""
    made = tables["axis_blocks"]
    shown = made[made["axis"] <= axes_kept(tables)]
    rows = [
        (
            labels.block(str(block)),
            labels.number(own["items"].iloc[0], 0),
            labels.number(own["weight"].iloc[0], 2),
            *(labels.number(share) for share in own["contribution"]),
        )
        for block, own in shown.groupby("block", sort=False)
    ]
    columns = (
        Column(labels.word("block"), "left"),
        Column(labels.word("items")),
        Column(labels.word("paper_item_weight")),
        *_axis_columns(tables, labels, labels.word("contribution_percent")),
    )
    own = "equal" if blocks_weigh_the_same(tables) else "none"
    return plain_table(columns, rows, labels.word("paper_axis_blocks_note", own))


@table_exhibit("axis_questions", section="axes", place=4, scrolling=True)
def axis_questions_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return eta2 of each question on each axis kept.

    Active items by block, then what takes no part in the axes. Uses ``axis_variables``.
    """
    links = tables["axis_variables"]
    links = links[links["axis"] <= axes_kept(tables)]
    eta2 = links.pivot_table(index="variable", columns="axis", values="r2", sort=False)
    active = set(links.loc[links["role"] == "active", "variable"])
    blocks = block_of_item(tables)
    others = [str(each) for each in eta2.index if each not in active]
    alone = len(active_blocks(tables)) == 1 and not others
    groups = [
        RowGroup(
            "" if alone else labels.block(block),
            _linked([item for item in blocks if blocks[item] == block], eta2, labels),
        )
        for block in active_blocks(tables)
    ]
    if others:
        groups.append(RowGroup(labels.word("paper_supplementary_questions"),
                               _linked(others, eta2, labels)))  # fmt: skip
    columns = (Column(labels.word("paper_question"), "left"), *_axis_columns(tables, labels))
    told = links["r2"].to_numpy(dtype=float)
    coarse = any(decimals_told(each, _ETA2_DECIMALS) < _ETA2_DECIMALS for each in told)
    notes = [labels.word("paper_axis_questions_note")]
    if coarse:
        notes.append(labels.word("rounded_note"))
    return PaperTable(columns, tuple(groups), tuple(notes))


def _axis_columns(tables: Tables, labels: Labels, spanner: str = "") -> list[Column]:
    return [
        Column(f"{labels.word('axis')} {axis}", spanner=spanner)
        for axis in range(1, axes_kept(tables) + 1)
    ]


def _linked(
    variables: list[str], eta2: pd.DataFrame, labels: Labels
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            labels.with_question(str(variable)),
            *(
                labels.number(each, decimals_told(each, _ETA2_DECIMALS))
                for each in np.asarray(eta2.loc[variable], dtype=float)
            ),
        )
        for variable in variables
        if variable in eta2.index
    )


def _placed(chosen: pd.DataFrame, labels: Labels) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            labels.category(row["variable"], row["category"]),
            labels.number(row["coordinate"], 2),
            labels.number(row["contribution"]),
            labels.number(row["cos2"], 2),
            labels.number(row["v_test"]),
        )
        for row in chosen.to_dict("records")
    )
