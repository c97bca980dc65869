"""Tables of the axes: rates of inertia, and the categories that make each side."""

from __future__ import annotations

import pandas as pd

from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import Each, table_exhibit
from typology.exhibits.run_tables import Tables, axis_illustrations, axis_makers


def _axes_kept(tables: Tables, _: Labels) -> list[int]:
    axes = tables["axes"]
    return list(axes.loc[axes["kept"], "axis"])


AXES_KEPT = Each("axis", _axes_kept)


@table_exhibit("axes")
def axes_table(tables: Tables, labels: Labels, *, extra: int = 3) -> PaperTable:
    """Return the axes kept and ``extra`` more, with their rates of inertia. Uses ``axes``."""
    axes = tables["axes"]
    return _inertia(axes.head(int(axes["kept"].sum()) + extra), len(axes), labels)


@table_exhibit("all_axes", label="tbl-axes", section="axes", place=1, scrolling=True)
def all_axes_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return every axis with its rates of inertia. Uses ``axes``."""
    return _inertia(tables["axes"], len(tables["axes"]), labels)


def _inertia(axes: pd.DataFrame, total: int, labels: Labels) -> PaperTable:
    rows = [
        (
            labels.number(row["axis"], 0),
            labels.number(row["eigenvalue"], 4),
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
    note = labels.word("paper_axes_note", shown=len(axes), total=total)
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
