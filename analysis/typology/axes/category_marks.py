"""The marks of the map of categories: what is drawn of each role, and its legend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from typology.exhibits.canvas.style import (
    GREY,
    INK,
    MARKERS,
    Colour,
    Plane,
    area_key,
    class_colour,
    class_marker,
    line_key,
    scale_colours,
)
from typology.exhibits.labels import Labels

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

ROLE_MARKERS = {"passive": "x", "supplementary": "+"}


@dataclass(frozen=True)
class Marks:
    """The categories on a plane, by what is drawn of them.

    Each table has the columns variable, category, role, x, y, contribution_x, contribution_y,
    v_test_x, v_test_y; ``qualified`` (active, contributing above average to either axis) and
    ``significant`` (supplementary) are sorted, the most important first.
    """

    active: pd.DataFrame
    passive: pd.DataFrame
    supplementary: pd.DataFrame
    qualified: pd.DataFrame
    significant: pd.DataFrame

    @classmethod
    def of(cls, table: pd.DataFrame, *, roles: Collection[str], significant: float) -> Marks:
        """Sort the categories of a plane by role and importance, keeping those of these roles."""
        active = table[table["role"] == "active"]
        contributions = active[["contribution_x", "contribution_y"]]
        above = (contributions > 100 / max(len(active), 1)).any(axis=1)
        order = contributions.max(axis=1)[above].sort_values(ascending=False, kind="stable").index
        others = table[(table["role"] == "supplementary") & ("supplementary" in roles)]
        tests = others[["v_test_x", "v_test_y"]].abs().max(axis=1)
        tests = tests[tests >= significant].sort_values(ascending=False, kind="stable")
        return cls(
            active=active,
            passive=table[(table["role"] == "passive") & ("passive" in roles)],
            supplementary=others,
            qualified=active.loc[order],
            significant=others.loc[tests.index],
        )

    @property
    def all(self) -> pd.DataFrame:
        """Return every category drawn."""
        return pd.concat([self.active, self.passive, self.supplementary])


def on_plane(categories: pd.DataFrame, plane: Plane) -> pd.DataFrame:
    """Return one row a category with its place on two axes, as `Marks` has them.

    Categories whose place is not published are left out.

    Raises ValueError where the table has no such axis.
    """
    key = ["variable", "category", "role"]
    values = ["coordinate", "contribution", "v_test"]
    sides = []
    for name, axis in zip("xy", plane, strict=True):
        part = categories.loc[categories["axis"] == axis, key + values]
        if part.empty:
            raise ValueError(f"The table 'categories' has no axis {axis}.")
        renamed = {value: f"{value}_{name}" for value in values} | {"coordinate": name}
        sides.append(part.rename(columns=renamed))
    table = sides[0].merge(sides[1], on=key, how="inner", validate="one_to_one")
    table["category"] = table["category"].astype(str)
    return table.dropna(subset=["x", "y"]).reset_index(drop=True)


def draw_category_marks(
    ax: Axes, marks: Marks, blocks: Mapping[str, str], labels: Labels, *, finer: float = 1.0
) -> None:
    """Draw the active categories by block and answer, the others by role; ``finer`` is below 1."""
    import seaborn as sns  # noqa: PLC0415 - slow to import
    from matplotlib.colors import to_hex  # noqa: PLC0415

    looks = looks_of(marks.active, blocks, labels)
    named = marks.active.index.isin(marks.qualified.index)
    active = marks.active.assign(
        marker=[marker for marker, _ in looks],
        colour=[to_hex(colour) for _, colour in looks],
        named=named,
    )
    for (marker, is_named), part in active.groupby(["marker", "named"], sort=True):
        sns.scatterplot(
            x=part["x"],
            y=part["y"],
            c=list(part["colour"]),
            marker=marker,
            s=finer**2 * (20 if is_named else 10),
            edgecolor=INK if is_named else GREY,
            linewidth=0.4,
            zorder=4,
            legend=False,
            ax=ax,
        )
    for role, table in (("passive", marks.passive), ("supplementary", marks.supplementary)):
        ax.scatter(
            table["x"],
            table["y"],
            marker=ROLE_MARKERS[role],
            s=16 * finer**2,
            color=INK,
            linewidth=0.7,
            zorder=4,
        )


def draw_centres(ax: Axes, centres: pd.DataFrame) -> None:
    """Draw the centres of the types, larger than anything else."""
    for _, row in centres.iterrows():
        ax.plot(
            row["x"],
            row["y"],
            marker=class_marker(int(row["class"])),
            color=class_colour(int(row["class"])),
            markersize=9,
            markeredgecolor=INK,
            markeredgewidth=1.2,
            zorder=5,
        )


def centre_handle() -> Artist:
    """Return the mark that stands for the centres of types in a legend."""
    return _handle("o", "white", size=8, edge_width=1.2)


def legend_of(marks: Marks, blocks: Mapping[str, str], labels: Labels) -> list[tuple[Artist, str]]:
    """Return handles and words: markers of the blocks, colours of the answers, other roles."""
    legend: list[tuple[Artist, str]] = []
    markers = _block_markers(marks.active, blocks)
    scales: dict[tuple[str, ...], None] = {}
    for block, marker in markers.items():
        legend.append((_handle(marker, "white"), labels.block(block)))
        scales[tuple(labels.categories(block))] = None
    for scale in scales:
        colours = scale_colours(len(scale), len(scale) % 2)
        legend += [
            (area_key(facecolor=colour, edgecolor=GREY, linewidth=0.4), text)
            for colour, text in zip(colours, scale, strict=True)
        ]
    if not markers:
        legend.append((_handle("o", GREY), labels.word("active_category")))
    for role, table, key in (
        ("passive", marks.passive, "passive_category"),
        ("supplementary", marks.supplementary, "supplementary_category"),
    ):
        if not table.empty:
            legend.append((_handle(ROLE_MARKERS[role], INK), labels.word(key)))
    return legend


def looks_of(
    active: pd.DataFrame, blocks: Mapping[str, str], labels: Labels
) -> list[tuple[str, Colour]]:
    """Return the marker and the colour of each active category, in the order of the table."""
    markers = _block_markers(active, blocks)
    return [
        _look(variable, category, blocks, markers, labels)
        for variable, category in pairs_of(active)
    ]


def _block_markers(active: pd.DataFrame, blocks: Mapping[str, str]) -> dict[str, str]:
    """Return the marker of each block that has active categories, in their order."""
    present = dict.fromkeys(blocks[each] for each in active["variable"] if each in blocks)
    return {block: MARKERS[index % 5] for index, block in enumerate(present)}


def _look(
    variable: str,
    category: str,
    blocks: Mapping[str, str],
    markers: Mapping[str, str],
    labels: Labels,
) -> tuple[str, Colour]:
    """Return the marker of the block and the colour of the answer; grey where it has none."""
    grey: Colour = (0.42, 0.42, 0.42)
    if variable not in blocks:
        return "o", grey
    scale = labels.categories(blocks[variable])
    answer = labels.answer(variable, category)
    colours = scale_colours(len(scale), len(scale) % 2)
    colour = colours[scale.index(answer)] if answer in scale else grey
    return markers[blocks[variable]], colour


def _handle(marker: str, colour: str, *, size: float = 5.5, edge_width: float = 0.6) -> Line2D:
    return line_key(
        linestyle="none", marker=marker, color=colour, markersize=size, markeredgecolor=INK,
        markeredgewidth=edge_width,
    )  # fmt: skip


def pairs_of(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the variable and the category of each row."""
    return list(zip(table["variable"], table["category"], strict=True))


def quoted_categories(table: pd.DataFrame, labels: Labels) -> str:
    """Return categories in quotation marks, for an alternative text."""
    texts = [labels.category(*pair) for pair in pairs_of(table)]
    french = labels.language == "fr"
    return ", ".join(f"« {text} »" if french else f"“{text}”" for text in texts)
