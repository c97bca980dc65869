"""What stands out in the tables of a run: what the paper's tables and sentences tell."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Tables = Mapping[str, pd.DataFrame]
MadeTables = dict[str, pd.DataFrame]
"""Tables of a run as they are made, by name."""
TableRow = Mapping[Hashable, Any]
LEVEL = 0.05
"""p-values below this are told, adjusted where there are several."""

ALL_ITEMS = "all"
"""The active set of every active block, among those that are tried instead."""

NOTABLE_V_TEST = 2.0
"""Supplementary categories this many standard deviations off the centre of an axis are told."""


@dataclass(frozen=True)
class Moves:
    """Who changed class at consolidation.

    Of ``total`` respondents those ``moved`` (NaN where that is not published) whose class is not
    the one that continues their branch; ``continues`` maps each branch of the tree to that class.
    """

    total: float
    moved: float
    continues: Mapping[int, int]


def active_blocks(tables: Tables) -> list[str]:
    """Return the blocks that made the axes, in their order."""
    names = map(str, tables["classes"].columns)
    return [name.removeprefix("mean_") for name in names if name.startswith("mean_")]


def block_of_item(tables: Tables) -> dict[str, str]:
    """Return the block of each item."""
    items = tables["item_agreement"]
    return dict(zip(items["item"], items["block"], strict=True))


def axes_kept(tables: Tables) -> int:
    """Return how many axes are kept."""
    return int(tables["axes"]["kept"].sum())


def blocks_weigh_the_same(tables: Tables) -> bool:
    """Return whether blocks weigh the same in the axes, rather than items."""
    blocks = tables.get("axis_blocks")
    return blocks is not None and bool((blocks["weight"] != 1).any())


def respondents_analysed(tables: Tables, _: object) -> dict[str, int]:
    """Return ``{n}`` of a caption: the number of respondents analysed."""
    remaining = tables["flow"].set_index("step_id")["remaining"]
    return {"n": int(remaining["analysed"])}


def answers_read(flow: pd.DataFrame) -> int:
    """Return how many answers were read, of the flow of respondents."""
    return int(flow.loc[flow["step_id"] == "read", "remaining"].iloc[0])


def overall_block_means(tables: Tables) -> dict[str, float]:
    """Return the mean agreement of all respondents with each active block.

    The means of the classes, each with the weight of its respondents.
    """
    classes = tables["classes"]
    return {
        block: float(np.average(classes[f"mean_{block}"], weights=classes["share"]))
        for block in active_blocks(tables)
    }


def is_weighted(tables: Tables) -> bool:
    """Return whether the main results are weighted."""
    classes = tables["classes"]
    return "share_weighted" in classes and bool(classes["share_weighted"].any())


def type_id(tables: Tables, class_number: int) -> str:
    """Return the id of the type a class was matched to, "" where none fits."""
    return text_of(class_row(tables, class_number)["type"])


def class_row(tables: Tables, class_number: int) -> dict[str, Any]:
    """Return the row of a class by column; raise ValueError if there is no such class."""
    classes = tables["classes"].set_index("class")
    if class_number not in classes.index:
        known = ", ".join(map(str, classes.index))
        raise ValueError(f"class_number is {class_number}; expected one of {known}.")
    return {str(name): value for name, value in classes.loc[class_number].items()}


def has_rows(tables: Tables, *names: str) -> bool:
    """Return whether a run has these tables, each with a row at least."""
    return all(name in tables and len(tables[name]) for name in names)


def text_of(value: object) -> str:
    """Return a cell of text, "" where it is empty."""
    return value if isinstance(value, str) else ""


def marking_categories(tables: Tables, class_number: int, role: str) -> pd.DataFrame:
    """Return the categories a class has significantly more or less often than all.

    Rows of ``class_categories`` of that role with an adjusted p-value below 0.05, the greatest
    absolute v-test first.
    """
    tests = tables["class_categories"]
    chosen = tests[
        (tests["class"] == class_number) & (tests["role"] == role) & (tests["p_adjusted"] < LEVEL)
    ]
    order = chosen["v_test"].abs().sort_values(ascending=False, kind="stable").index
    return chosen.loc[order]


def axis_makers(tables: Tables, axis: int) -> pd.DataFrame:
    """Return the active categories that make an axis: contribution above average.

    Rows of ``categories``, the greatest contribution first. Raises ValueError if the axis has no
    coordinates.
    """
    placed = _on_axis(tables, axis)
    active = placed[placed["role"] == "active"]
    makers = active[active["contribution"] > 100 / len(active)]
    return makers.sort_values("contribution", ascending=False, kind="stable")


def axis_illustrations(tables: Tables, axis: int) -> pd.DataFrame:
    """Return the supplementary categories far from the centre of an axis (absolute v-test >= 2).

    Rows of ``categories``, the greatest absolute v-test first.
    """
    placed = _on_axis(tables, axis)
    far = placed[(placed["role"] == "supplementary") & (placed["v_test"].abs() >= NOTABLE_V_TEST)]
    return far.loc[far["v_test"].abs().sort_values(ascending=False, kind="stable").index]


def consolidation_moves(tables: Tables) -> Moves:
    """Return who changed class at consolidation."""
    moves = tables["class_moves"]
    own = moves[moves["continues"]]
    whole = tables["consolidation"].iloc[0]
    continues = {
        int(branch): int(label)
        for branch, label in zip(own["tree_class"], own["class"], strict=True)
    }
    return Moves(float(whole["n"]), float(whole["moved"]), continues)


def _on_axis(tables: Tables, axis: int) -> pd.DataFrame:
    categories = tables["categories"]
    known = sorted(categories["axis"].unique())
    if axis not in known:
        raise ValueError(f"axis is {axis}; expected one of {', '.join(map(str, known))}.")
    return categories[categories["axis"] == axis]
