"""Tables of the subgroups and of two questions crossed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from typology.exhibits.labels import Labels
from typology.exhibits.paper_table import Column, PaperTable, RowGroup, plain_table
from typology.exhibits.registry import Each, table_exhibit, unasked
from typology.exhibits.run_tables import Tables, axes_kept

TOP = 5  # categories told of each side of a subgroup's own axis
FEWEST_TOLD = 5  # members who gave an answer that is told
MAPPED = 2  # of a subgroup's own axes, those told in full


def _compared(tables: Tables, _: Labels) -> list[int]:
    return list(tables["subgroup_inertia"]["subgroup"].unique())


def _named(tables: Tables, labels: Labels, subgroup: int) -> Mapping[str, object]:
    return {"subgroup": subgroup_name(tables, labels, subgroup)}


def _with_answers(tables: Tables, _: Labels) -> list[int]:
    return list(_told_answers(tables)["subgroup"].unique())


def _told_answers(tables: Tables) -> pd.DataFrame:
    """Return the answers that enough members gave and that are published, of the axes told."""
    placed = tables["subgroup_categories"]
    told = placed["contribution"].notna() & (placed["n"] >= FEWEST_TOLD)
    return placed[told & (placed["axis"] <= MAPPED)]


EACH_SUBGROUP = Each("subgroup", _compared)
WITH_ANSWERS = Each("subgroup", _with_answers)


def subgroup_name(tables: Tables, labels: Labels, subgroup: int) -> str:
    """Return the question and the answer that make a subgroup: "Type of practice: solo"."""
    row = tables["subgroups"].set_index("subgroup").loc[subgroup]
    return labels.category(str(row["variable"]), str(row["category"]))


@table_exhibit(
    "typicality", needs=("subgroups", "subgroup_axes"), absent=unasked, section="axes", place=5
)
def typicality_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return where the mean point of each subgroup lies, and whether by chance.

    Axis by axis, then on all axes kept. Uses ``subgroups`` and ``subgroup_axes``.
    """
    axes = tables["subgroup_axes"]
    compared = tables["subgroups"].set_index("subgroup")
    groups = []
    for number, own in axes.groupby("subgroup", sort=False):
        row: Mapping[Any, Any] = compared.loc[int(str(number))].to_dict()
        title = labels.word(
            "paper_subgroup", name=subgroup_name(tables, labels, int(str(number))),
            n=labels.number(row["n"], 0),
        )  # fmt: skip
        rows = [_axis_row(each, labels) for each in own.to_dict("records")]
        together = (
            labels.word("paper_axes_together", plural=len(own), count=len(own)),
            "",
            labels.number(row["distance"], 2),
            labels.number(row["chi2"], 1),
            labels.p(row["p_value"]),
        )
        groups.append(RowGroup(title, (*rows, together)))
    columns = (
        Column(labels.word("axis"), "left"),
        Column(labels.word("paper_mean_point")),
        Column(labels.word("paper_deviation")),
        Column(labels.word("paper_z_or_chi2")),
        Column(labels.word("paper_p")),
    )
    most = int(compared["same_size"].max())
    note = labels.word("paper_typicality_note", compared=labels.number(most, 0))
    return PaperTable(columns, tuple(groups), (note,))


def _axis_row(row: Mapping[Any, Any], labels: Labels) -> tuple[str, ...]:
    return (
        f"{labels.word('axis')} {row['axis']}",
        labels.number(row["mean"], 2),
        labels.number(row["deviation"], 2),
        labels.number(row["z"], 1),
        labels.p(row["p_value"]),
    )


@table_exhibit(
    "subgroup_axes",
    label="tbl-subgroup-axes",
    needs=("subgroup_inertia",),
    absent=unasked,
    section="axes",
    place=6,
)
def subgroup_axes_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the own axes of each subgroup. Uses ``subgroup_inertia`` and ``subgroups``."""
    groups = []
    for number, own in tables["subgroup_inertia"].groupby("subgroup", sort=False):
        rows = tuple(
            (
                labels.number(row["axis"], 0),
                labels.number(row["eigenvalue"], 4),
                labels.number(row["percent"]),
                labels.number(row["cumulative"]),
                labels.number(row["closest_axis"], 0),
                labels.number(row["cosine"], 2),
            )
            for row in own.to_dict("records")
        )
        groups.append(RowGroup(subgroup_name(tables, labels, int(str(number))), rows))
    columns = (
        Column(labels.word("paper_own_axis")),
        Column(labels.word("eigenvalue")),
        Column(labels.word("paper_raw_rate")),
        Column(labels.word("paper_cumulative")),
        Column(labels.word("column", "closest_axis")),
        Column(labels.word("column", "cosine")),
    )
    return PaperTable(columns, tuple(groups), (labels.word("paper_subgroup_axes_note"),))


@table_exhibit(
    "subgroup_categories",
    label="tbl-subgroup-categories-{subgroup}",
    needs=("subgroup_categories",),
    absent=unasked,
    each=WITH_ANSWERS,
    values=_named,
    section="axes",
    place=7,
)
def subgroup_categories_table(tables: Tables, labels: Labels, subgroup: int) -> PaperTable:
    """Return the answers that make the first own axes of a subgroup.

    The greatest contributions of each side, of answers that five members gave. Uses
    ``subgroup_categories``.
    """
    placed = _told_answers(tables)
    groups = []
    for axis, own in placed[placed["subgroup"] == subgroup].groupby("axis"):
        for side, sign in (("negative", -1), ("positive", 1)):
            chosen = own[own["coordinate"] * sign > 0]
            chosen = chosen.sort_values("contribution", ascending=False, kind="stable").head(TOP)
            if len(chosen):
                title = labels.word("paper_own_axis_side", side, axis=axis)
                groups.append(RowGroup(title, _answers(chosen, labels)))
    columns = (
        Column(labels.word("category"), "left"),
        Column(labels.word("n")),
        Column(labels.word("coordinate")),
        Column(labels.word("contribution_percent")),
        Column(labels.word("cos2")),
    )
    return PaperTable(columns, tuple(groups), (labels.word("paper_own_answers_note", top=TOP),))


def _answers(chosen: pd.DataFrame, labels: Labels) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            labels.category(row["variable"], row["category"]),
            labels.number(row["n"], 0),
            labels.number(row["coordinate"], 2),
            labels.number(row["contribution"]),
            labels.number(row["cos2"], 2),
        )
        for row in chosen.to_dict("records")
    )


@table_exhibit(
    "crossed_table",
    label="tbl-crossed",
    needs=("crossed_categories",),
    absent=unasked,
    section="axes",
    place=9,
)
def crossed_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return the crossed categories of two questions, on the axes kept.

    Uses ``crossed_categories``.
    """
    crossed = tables["crossed_categories"]
    shown = crossed[crossed["axis"] <= axes_kept(tables)]
    groups = []
    for first, own in shown.groupby("category", sort=False):
        variable, other = (str(own[name].iloc[0]) for name in ("variable", "other_variable"))
        rows = tuple(
            (
                labels.answer(other, str(second)),
                labels.number(places["n"].iloc[0], 0),
                *(labels.number(value, 2) for value in places["coordinate"]),
            )
            for second, places in own.groupby("other_category", sort=False)
        )
        groups.append(RowGroup(labels.category(variable, str(first)), rows))
    axes = [Column(f"{labels.word('axis')} {axis}") for axis in shown["axis"].unique()]
    head = labels.short(str(crossed["other_variable"].iloc[0]))
    columns = (Column(head, "left"), Column(labels.word("n")), *axes)
    return PaperTable(columns, tuple(groups), (labels.word("paper_crossed_note"),))


@table_exhibit(
    "crossed_effects",
    label="tbl-crossed-effects",
    needs=("crossed_effects",),
    absent=unasked,
    section="axes",
    place=10,
)
def crossed_effects_table(tables: Tables, labels: Labels) -> PaperTable:
    """Return how much of each axis kept two questions say, apart and together.

    Uses ``crossed_effects`` and ``crossed_categories``.
    """
    effects = tables["crossed_effects"]
    names = tables["crossed_categories"].iloc[0]
    rows = [
        (
            labels.number(row["axis"], 0),
            *(
                labels.number(row[name])
                for name in ("first_alone", "second_alone", "additive", "crossed", "interaction")
            ),
        )
        for row in effects[effects["axis"] <= axes_kept(tables)].to_dict("records")
    ]
    columns = (
        Column(labels.word("axis")),
        Column(labels.short(str(names["variable"]))),
        Column(labels.short(str(names["other_variable"]))),
        *(Column(labels.word("column", name)) for name in ("additive", "crossed", "interaction")),
    )
    return plain_table(columns, rows, labels.word("paper_crossed_effects_note"))
