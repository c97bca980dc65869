"""How surely the map places its categories: their ellipses over the resamples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, Patch
from matplotlib.ticker import FuncFormatter

from typology.axes.category_marks import (
    Marks,
    draw_categories,
    legend_of,
    looks_of,
    on_plane,
)
from typology.axes.map_labels import MapLabel, write_labels
from typology.exhibits.canvas.frame import frame_figure, wrap_note
from typology.exhibits.canvas.style import (
    GREY,
    INK,
    FigureLabels,
    axis_title,
    check_columns,
    draw_origin,
    figure_style,
    map_height,
    new_figure,
    tick_text,
)
from typology.words import number, word

PLANE = (1, 2)
MOST_ELLIPSES = 16
RATE = "benzecri"
ELLIPSE_COLUMNS = (
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
    labels: FigureLabels,
    *,
    blocks: Mapping[str, str] | None = None,
    most_ellipses: int = MOST_ELLIPSES,
    simulated: bool = False,
) -> Figure:
    """Draw the 95 % ellipses of the categories that contribute most to the first plane.

    Parameters
    ----------
    ellipses : DataFrame
        Columns variable, category, axis_x, axis_y, center_x, center_y, width, height, angle,
        origin_inside, replicates.
    categories : DataFrame
        Columns variable, category, role, axis, coordinate, contribution, v_test.
    axes : DataFrame
        Columns axis, percent, benzecri.
    labels : FigureLabels
    blocks : mapping of variable to block, optional
        Gives the categories one marker a block, and colours in the order of the scale.
    most_ellipses : int
        At most how many are drawn: those whose label finds room.
    simulated : bool

    Returns
    -------
    Figure
        Every active category has a mark: an empty circle when its ellipse holds the origin.
    """
    cloud = _cloud(ellipses, categories, axes)
    known_blocks, language = blocks or {}, labels.language
    with figure_style():
        figure = new_figure(map_height(cloud.all["x"], cloud.all["y"]))
        ax = figure.subplots()
        draw_origin(ax)
        drawn = cloud.first.head(most_ellipses)
        patches = _draw_ellipses(ax, drawn, _colours(cloud, drawn, known_blocks, labels))
        draw_categories(ax, cloud.off_origin, known_blocks, labels)
        ax.scatter(
            cloud.at_origin["x"], cloud.at_origin["y"], s=9, marker="o", color="white",
            edgecolor=GREY, linewidth=0.6, zorder=3,
        )  # fmt: skip
        _draw_axes(ax, axes, language)
        note = frame_figure(
            figure,
            language,
            legend=_legend(cloud, known_blocks, labels),
            note=_note(cloud, len(drawn), language),
            simulated=simulated,
        )
        wanted = _wanted(drawn, labels)
        written = write_labels(figure, ax, wanted, obstacles=cloud.all)
        for label, patch in zip(wanted, patches, strict=True):
            if label not in written:
                patch.remove()
        text = _note(cloud, len(written), language)
        wrap_note(figure, note, text, language=language, simulated=simulated)
    return figure


def category_ellipses_alt(
    ellipses: pd.DataFrame,
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    labels: FigureLabels,
) -> str:
    """Say what :func:`category_ellipses` shows, for those who cannot see it."""
    cloud = _cloud(ellipses, categories, axes)
    language = labels.language
    by_length = cloud.first.head(MOST_ELLIPSES).sort_values("width", kind="stable")
    told: dict[str, Any] = {
        name: ", ".join(_quoted(labels.category(*pair), language) for pair in pairs)
        for name, pairs in (("surest", _pairs(by_length.head(3))),
                            ("least_sure", _pairs(by_length.tail(3))))
    }  # fmt: skip
    return labels.word(
        "category_ellipses_alt",
        total=len(cloud.all),
        replicates=int(cloud.all["replicates"].max()),
        off_origin=len(cloud.all) - len(cloud.at_origin),
        **told,
    )


def _cloud(ellipses: pd.DataFrame, categories: pd.DataFrame, axes: pd.DataFrame) -> _Cloud:
    """Check the tables; join each active category with its ellipse on the first plane."""
    check_columns(ellipses, ELLIPSE_COLUMNS, name="category_ellipses")
    check_columns(categories, CATEGORY_COLUMNS, name="categories")
    check_columns(axes, ["axis", "percent", RATE], name="axes")
    here = (ellipses["axis_x"] == PLANE[0]) & (ellipses["axis_y"] == PLANE[1])
    chosen = ellipses.loc[here, [name for name in ELLIPSE_COLUMNS if not name.startswith("axis")]]
    places = on_plane(categories, PLANE)
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
    cloud: _Cloud, drawn: pd.DataFrame, blocks: Mapping[str, str], labels: FigureLabels
) -> list[tuple[float, float, float]]:
    looks = dict(zip(_pairs(cloud.all), looks_of(cloud.all, blocks, labels), strict=True))
    return [looks[pair][1] for pair in _pairs(drawn)]


def _draw_ellipses(
    ax: Axes, drawn: pd.DataFrame, colours: Sequence[tuple[float, float, float]]
) -> list[Ellipse]:
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


def _darker(colour: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return a colour that is seen as a thin line on white."""
    red, green, blue = (0.6 * part for part in colour)
    return red, green, blue


def _wanted(drawn: pd.DataFrame, labels: FigureLabels) -> list[MapLabel]:
    return [
        MapLabel(
            labels.category(row["variable"], row["category"]),
            row["x"],
            row["y"],
            "active",
            labels.answer(row["variable"], row["category"]),
        )
        for row in drawn.to_dict("records")
    ]


def _legend(
    cloud: _Cloud, blocks: Mapping[str, str], labels: FigureLabels
) -> list[tuple[Artist, str]]:
    everything = Marks.of(cloud.all, roles=(), significant=np.inf)
    ellipse = Patch(facecolor=(0.5, 0.5, 0.5, 0.16), edgecolor=INK, linewidth=0.6)
    circle = Line2D(
        [], [], linestyle="none", marker="o", color="white", markersize=4,
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
    rate = word("category_map_rate", language, rate=word(RATE, language))
    return f"{drawn_told} {holding} {rate}"


def _draw_axes(ax: Axes, axes: pd.DataFrame, language: str) -> None:
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.06)
    ax.set_xlabel(axis_title(axes, PLANE[0], rate=RATE, language=language))
    ax.set_ylabel(axis_title(axes, PLANE[1], rate=RATE, language=language))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value, language)))
    sns.despine(ax=ax)


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["variable"], table["category"], strict=True))


def _quoted(text: str, language: str) -> str:
    return f"« {text} »" if language == "fr" else f"“{text}”"
