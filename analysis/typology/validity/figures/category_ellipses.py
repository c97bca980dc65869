"""How surely the map places its categories: their ellipses over the resamples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.axes.category_marks import (
    Marks,
    draw_category_marks,
    legend_of,
    looks_of,
    on_plane,
    pairs_of,
    quoted_categories,
)
from typology.axes.map_labels import category_label, write_labels
from typology.exhibits.canvas.frame import Legend, canvas, frame_figure, wrap_note
from typology.exhibits.canvas.style import (
    FIRST_PLANE,
    GREY,
    INK,
    MAP_RATE,
    Colour,
    area_key,
    draw_origin,
    dress_map,
    line_key,
    map_height,
    require_columns,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import Tables, block_of_item, has_rows
from typology.validity.verdict_sentences import not_computed
from typology.words import number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Ellipse

MOST_ELLIPSES = 16
_ELLIPSE_COLUMNS = (
    "variable", "category", "axis_x", "axis_y", "center_x", "center_y", "width", "height", "angle",
    "origin_inside", "replicates",
)  # fmt: skip
CATEGORY_COLUMNS = (
    "variable", "category", "role", "axis", "coordinate", "contribution", "v_test",
)  # fmt: skip


@dataclass(frozen=True)
class _Cloud:
    """The active categories with an ellipse: all of them, and the marks of those off the origin."""

    all: pd.DataFrame  # as `on_plane`, with the columns of the ellipse
    off_origin: Marks
    first: pd.DataFrame  # those that contribute most, the most important first

    @property
    def at_origin(self) -> pd.DataFrame:
        """Return the categories whose ellipse holds the origin."""
        return self.all[self.all["origin_inside"]]


def category_ellipses(
    ellipses: pd.DataFrame,
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    labels: Labels,
    *,
    blocks: Mapping[str, str] | None = None,
    simulated: bool = False,
) -> Figure:
    """Draw the 95 % ellipses of the categories that contribute most to the first plane.

    At most so many, those whose label finds room. Every active category has a mark: an empty circle
    when its ellipse holds the origin. The block of each variable gives the categories one marker a
    block, and colours in the order of the scale.
    """
    cloud = _cloud(ellipses, categories, axes)
    known_blocks, language = blocks or {}, labels.language
    with canvas(map_height(cloud.all["x"], cloud.all["y"])) as figure:
        ax = figure.subplots()
        draw_origin(ax)
        drawn = cloud.first.head(MOST_ELLIPSES)
        patches = _draw_ellipses(ax, drawn, _colours(cloud, drawn, known_blocks, labels))
        draw_category_marks(ax, cloud.off_origin, known_blocks, labels)
        ax.scatter(
            cloud.at_origin["x"], cloud.at_origin["y"], s=9, marker="o", color="white",
            edgecolor=GREY, linewidth=0.6, zorder=3,
        )  # fmt: skip
        ax.margins(0.06)
        dress_map(ax, axes, FIRST_PLANE, rate=MAP_RATE, language=language)
        note = frame_figure(
            figure,
            language,
            legend=_legend(cloud, known_blocks, labels),
            note=_note(cloud, len(drawn), language),
            simulated=simulated,
        )
        wanted = [category_label(row, "active", labels) for row in drawn.to_dict("records")]
        written = write_labels(figure, ax, wanted, obstacles=cloud.all)
        for label, patch in zip(wanted, patches, strict=True):
            if label not in written:
                patch.remove()
        text = _note(cloud, len(written), language)
        wrap_note(figure, note, text, language=language, simulated=simulated)
    return figure


def category_ellipses_alt(
    ellipses: pd.DataFrame, categories: pd.DataFrame, axes: pd.DataFrame, labels: Labels
) -> str:
    """Say what :func:`category_ellipses` shows, for those who cannot see it."""
    cloud = _cloud(ellipses, categories, axes)
    by_length = cloud.first.head(MOST_ELLIPSES).sort_values("width", kind="stable")
    return labels.word(
        "category_ellipses_alt",
        total=len(cloud.all),
        replicates=int(cloud.all["replicates"].max()),
        off_origin=len(cloud.all) - len(cloud.at_origin),
        surest=quoted_categories(by_length.head(3), labels),
        least_sure=quoted_categories(by_length.tail(3), labels),
    )


def _has_ellipses(tables: Tables) -> bool:
    """Return whether a category of the first plane was in resamples enough for an ellipse."""
    ellipses = tables["category_ellipses"]
    require_columns(ellipses, _ELLIPSE_COLUMNS, name="category_ellipses")
    return bool(ellipses.loc[_on_first_plane(ellipses), "width"].notna().any())


def _without_ellipses(tables: Tables, labels: Labels) -> str:
    if has_rows(tables, "stability"):
        return labels.word("category_ellipses_none")
    return not_computed(tables, labels, part="stability")


CATEGORY_ELLIPSES = figure_exhibit(
    "category_ellipses", category_ellipses, category_ellipses_alt,
    takes=("category_ellipses", "categories", "axes"),
    needs=("category_ellipses", "categories", "axes"),
    given=_has_ellipses, absent=_without_ellipses,
    drawn_with=lambda tables: {"blocks": block_of_item(tables)}, section="reality", place=1,
)  # fmt: skip


def _on_first_plane(ellipses: pd.DataFrame) -> pd.Series[bool]:
    return (ellipses["axis_x"] == FIRST_PLANE[0]) & (ellipses["axis_y"] == FIRST_PLANE[1])


def _cloud(ellipses: pd.DataFrame, categories: pd.DataFrame, axes: pd.DataFrame) -> _Cloud:
    """Check the tables; join each active category with its ellipse on the first plane."""
    require_columns(ellipses, _ELLIPSE_COLUMNS, name="category_ellipses")
    require_columns(categories, CATEGORY_COLUMNS, name="categories")
    require_columns(axes, ["axis", "percent", MAP_RATE], name="axes")
    here = _on_first_plane(ellipses)
    chosen = ellipses.loc[here, [name for name in _ELLIPSE_COLUMNS if not name.startswith("axis")]]
    places = on_plane(categories, FIRST_PLANE)
    places = places[places["role"] == "active"]
    joint = places.merge(
        chosen.assign(category=chosen["category"].astype(str)).dropna(subset=["width"]),
        on=["variable", "category"],
        validate="one_to_one",
    )
    off_origin = joint[~joint["origin_inside"].astype(bool)]
    # The first of one axis, the first of the other, and so on: axis 1 alone would take them all.
    ranks = joint[["contribution_x", "contribution_y"]].rank(ascending=False, method="first")
    order = ranks.min(axis=1).sort_values(kind="stable").index
    return _Cloud(
        all=joint.assign(origin_inside=joint["origin_inside"].astype(bool)),
        off_origin=Marks.of(off_origin, roles=(), significant=np.inf),
        first=joint.loc[order],
    )


def _colours(
    cloud: _Cloud, drawn: pd.DataFrame, blocks: Mapping[str, str], labels: Labels
) -> list[Colour]:
    looks = dict(zip(pairs_of(cloud.all), looks_of(cloud.all, blocks, labels), strict=True))
    return [looks[pair][1] for pair in pairs_of(drawn)]


def _draw_ellipses(ax: Axes, drawn: pd.DataFrame, colours: Sequence[Colour]) -> list[Ellipse]:
    from matplotlib.patches import Ellipse  # noqa: PLC0415 - slow to import

    patches = []
    for row, colour in zip(drawn.to_dict("records"), colours, strict=True):
        patch = Ellipse(
            (row["center_x"], row["center_y"]),
            row["width"],
            row["height"],
            angle=row["angle"],
            facecolor=(*colour, 0.16),
            edgecolor=(*_darker(colour), 0.75),
            linewidth=0.6,
            zorder=2,
        )
        ax.add_patch(patch)
        patches.append(patch)
    return patches


def _darker(colour: Colour) -> Colour:
    """Return a colour that is seen as a thin line on white."""
    red, green, blue = (0.6 * part for part in colour)
    return red, green, blue


def _legend(cloud: _Cloud, blocks: Mapping[str, str], labels: Labels) -> Legend:
    everything = Marks.of(cloud.all, roles=(), significant=np.inf)
    ellipse = area_key(facecolor=(0.5, 0.5, 0.5, 0.16), edgecolor=INK, linewidth=0.6)
    circle = line_key(linestyle="none", marker="o", color="white", markersize=4,
        markeredgecolor=GREY, markeredgewidth=0.6,
    )  # fmt: skip
    return [
        *legend_of(everything, blocks, labels),
        (ellipse, labels.word("category_ellipses_ellipse")),
        (circle, labels.word("category_ellipses_at_origin")),
    ]


def _note(cloud: _Cloud, drawn: int, language: str) -> str:
    count = len(cloud.at_origin)
    holding = word("category_ellipses_count", language, plural=count, count=count)
    drawn_told = word(
        "category_ellipses_note",
        language,
        drawn=drawn,
        total=len(cloud.all),
        replicates=number(cloud.all["replicates"].max(), language, 0),
    )
    rate = word("category_map_rate", language, rate=word(MAP_RATE, language))
    return f"{drawn_told} {holding} {rate}"
