"""Tables of the axes: rates of inertia, and the categories that make each side."""

from __future__ import annotations

import pandas as pd

from typology.findings import Tables, axis_illustrations, axis_makers
from typology.labels import Labels
from typology.tables.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.words import number, word


def axes_table(tables: Tables, labels: Labels, *, extra: int = 3) -> PaperTable:
    """Return the axes kept and a few more, with their rates of inertia.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``axes``.
    labels : Labels
    extra : int
        Axes shown after those kept.

    Returns
    -------
    PaperTable
    """
    axes = tables["axes"]
    return _inertia(axes.head(int(axes["kept"].sum()) + extra), len(axes), labels)


def all_axes_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return every axis with its rates of inertia.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``axes``.
    labels : Labels

    Returns
    -------
    PaperTable
    """
    return _inertia(tables["axes"], len(tables["axes"]), labels)


def _inertia(axes: pd.DataFrame, total: int, labels: Labels) -> PaperTable:
    language = labels.language
    rows = [
        (
            number(row["axis"], language, 0),
            number(row["eigenvalue"], language, 4),
            *(number(row[name], language) for name in ("percent", "cumulative")),
            *(number(row[name], language) for name in ("benzecri", "greenacre")),
            word("yes" if row["kept"] else "no", language),
        )
        for row in axes.to_dict("records")
    ]
    columns = (
        Column(word("axis", language)),
        Column(word("eigenvalue", language)),
        *(
            Column(word(f"paper_{key}", language))
            for key in ("raw_rate", "cumulative", "benzecri", "greenacre")
        ),
        Column(word("column_kept", language), "center"),
    )
    note = word("paper_axes_note", language, shown=len(axes), total=total)
    return plain_table(columns, rows, note)


def axis_description_table(
    tables: Tables, labels: Labels, axis: int, *, top: int = 10
) -> PaperTable:
    """Return the categories that make each side of an axis, and those that illustrate it.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        Uses ``categories``.
    labels : Labels
    axis : int
    top : int
        Rows a side at most: active categories of contribution above average, the greatest first;
        supplementary ones of absolute v-test 2 or more.

    Returns
    -------
    PaperTable
    """
    language = labels.language
    makers, others = axis_makers(tables, axis), axis_illustrations(tables, axis)
    groups = []
    for key, found in (("active", makers), ("supplementary", others)):
        for side in ("negative", "positive"):
            sign = -1 if side == "negative" else 1
            chosen = found[found["coordinate"] * sign > 0].head(top)
            if len(chosen):
                title = word(f"paper_axis_{key}_{side}", language)
                groups.append(RowGroup(title, _placed(chosen, labels)))
    columns = (
        Column(word("category", language), "left"),
        Column(word("coordinate", language)),
        Column(word("contribution_percent", language)),
        Column(word("cos2", language)),
        Column(word("v_test", language)),
    )
    note = word("paper_axis_note", language, top=top, makers=len(makers), others=len(others))
    return PaperTable(columns, tuple(groups), (note,))


def _placed(chosen: pd.DataFrame, labels: Labels) -> tuple[tuple[str, ...], ...]:
    language = labels.language
    return tuple(
        (
            labels.category(row["variable"], row["category"]),
            number(row["coordinate"], language, 2),
            number(row["contribution"], language),
            number(row["cos2"], language, 2),
            number(row["v_test"], language),
        )
        for row in chosen.to_dict("records")
    )
