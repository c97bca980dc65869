"""The map of respondents by type, with the ellipse and the centre of each type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.leader_lines import SHORTEST_LEADER, leader_line
from typology.exhibits.canvas.placement import place_labels, text_box, wrap
from typology.exhibits.canvas.style import (
    FIRST_PLANE,
    INK,
    MAP_RATE,
    PAGE_WIDTH,
    apart,
    class_colour,
    class_marker,
    draw_origin,
    dress_map,
    halo,
    line_key,
    map_height,
    map_text_size,
    require_columns,
    type_names,
    type_with_share,
)
from typology.exhibits.class_shares import class_share
from typology.exhibits.hidden_counts import told_size
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import respondents_analysed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

_ELLIPSE_COLUMNS = ("class", "axis_x", "axis_y", "center_x", "center_y", "width", "height", "angle")
CENTRE_RADIUS = 6.0  # points
MOST_SHAPES = 2000  # points beyond which the SVG holds them as one picture


def respondent_map(
    points: pd.DataFrame,
    classes: pd.DataFrame,
    ellipses: pd.DataFrame,
    axes: pd.DataFrame,
    labels: Labels,
    *,
    width: float = PAGE_WIDTH,
    simulated: bool = False,
) -> Figure:
    """Draw the respondents on two axes, with their types and the ellipse that holds most of each.

    ``points`` are groups of respondents: as large as the group, which column ``n`` tells. They are
    translucent: the darker, the more of them at one place.
    """
    drawn = _ellipses_of(points, classes, ellipses, axes)
    language = labels.language
    height = map_height(*(points[f"Axis {axis}"] for axis in FIRST_PLANE), width=width)
    with canvas(height, width=width) as figure:
        ax = figure.subplots()
        draw_origin(ax)
        _draw_points(ax, points, finer=width / PAGE_WIDTH)
        placed = drawn[drawn["center_x"].notna()]
        for _, row in placed.iterrows():
            _draw_ellipse(ax, row)
        dress_map(ax, axes, FIRST_PLANE, rate=MAP_RATE, language=language)
        frame_figure(
            figure,
            language,
            legend=[(_key(row), type_with_share(row, labels)) for _, row in classes.iterrows()],
            note=_note(points, labels),
            simulated=simulated,
        )
        if len(placed):
            _label_centres(figure, ax, placed, classes, labels)
    return figure


def respondent_map_alt(
    points: pd.DataFrame,
    classes: pd.DataFrame,
    ellipses: pd.DataFrame,
    axes: pd.DataFrame,
    labels: Labels,
) -> str:
    """Say what :func:`respondent_map` shows, for those who cannot see it."""
    drawn = _ellipses_of(points, classes, ellipses, axes)
    language = labels.language
    centres = drawn.set_index("class")
    listed = [
        labels.word(
            "respondent_map_alt_centre",
            type=labels.type(row["type"], int(row["class"])),
            n=told_size(row["n"]),
            share=class_share(row, language),
            x=labels.number(centres.loc[row["class"], "center_x"], 2),
            y=labels.number(centres.loc[row["class"], "center_y"], 2),
        )
        for _, row in classes.iterrows()
    ]
    return labels.word(
        "respondent_map_alt",
        n=told_size(classes["n"].sum(skipna=False)),
        x=FIRST_PLANE[0],
        y=FIRST_PLANE[1],
        classes=len(classes),
        list=apart(listed, language),
    )


RESPONDENT_MAP = figure_exhibit(
    "respondent_map", respondent_map, respondent_map_alt,
    takes=("map_points", "classes", "class_ellipses", "axes"), values=respondents_analysed,
    label="fig-respondents", narrow=True,
)  # fmt: skip


def _ellipses_of(
    points: pd.DataFrame, classes: pd.DataFrame, ellipses: pd.DataFrame, axes: pd.DataFrame
) -> pd.DataFrame:
    """Check the tables; return the ellipses of this plane and kind."""
    columns = ["class", *(f"Axis {axis}" for axis in FIRST_PLANE)]
    require_columns(points, columns, name="map_points")
    require_columns(classes, ["class", "type", "n", "share"], name="classes")
    require_columns(axes, ["axis", "percent", MAP_RATE], name="axes")
    require_columns(ellipses, ["kind", *_ELLIPSE_COLUMNS], name="ellipses")
    here = (ellipses["axis_x"] == FIRST_PLANE[0]) & (ellipses["axis_y"] == FIRST_PLANE[1])
    drawn = ellipses[here & (ellipses["kind"] == "concentration")]
    absent = sorted(set(classes["class"]) - set(drawn["class"]))
    if absent:
        raise ValueError(
            f"The table 'ellipses' has no ellipse on axes {FIRST_PLANE} for the classes {absent}."
        )
    return drawn


def _note(points: pd.DataFrame, labels: Labels) -> str:
    """Say what a point is: a respondent, or how many of them."""
    sizes = points["n"]
    if sizes.empty or sizes.max() == 1:
        return labels.word("respondent_map_note")
    return labels.word("grouped_map_note", least=int(sizes.min()), most=int(sizes.max()))


def _draw_points(ax: Axes, points: pd.DataFrame, *, finer: float) -> None:
    import seaborn as sns  # noqa: PLC0415 - slow to import

    numbers = sorted(points["class"].unique())
    n = len(points)
    area = finer * (18 if n <= 1000 else 8)
    sns.scatterplot(
        data=points,
        x=f"Axis {FIRST_PLANE[0]}",
        y=f"Axis {FIRST_PLANE[1]}",
        hue="class",
        style="class",
        hue_order=numbers,
        style_order=numbers,
        palette={each: class_colour(each) for each in numbers},
        markers={each: class_marker(each) for each in numbers},
        s=area * points["n"],
        alpha=0.55 if n <= 1000 else 0.3,
        linewidth=0,
        legend=False,
        rasterized=n > MOST_SHAPES,
        ax=ax,
    )


def _draw_ellipse(ax: Axes, row: pd.Series) -> None:
    from matplotlib.patches import Ellipse  # noqa: PLC0415 - slow to import

    colour = class_colour(int(row["class"]))
    centre = (row["center_x"], row["center_y"])
    size = {"width": row["width"], "height": row["height"], "angle": row["angle"]}
    ax.add_patch(Ellipse(centre, **size, facecolor=(*colour, 0.06), edgecolor="none", zorder=2))
    outline = Ellipse(centre, **size, facecolor="none", edgecolor=colour, linewidth=1.4, zorder=3)
    outline.set_path_effects(halo(2.4, INK))
    ax.add_patch(outline)
    ax.plot(
        *centre,
        marker=class_marker(int(row["class"])),
        color=colour,
        markersize=9,
        markeredgecolor=INK,
        markeredgewidth=1.0,
        zorder=5,
    )


def _key(row: pd.Series) -> Line2D:
    number = int(row["class"])
    return line_key(
        linestyle="none", marker=class_marker(number), color=class_colour(number), markersize=6,
        markeredgecolor=INK, markeredgewidth=0.5,
    )  # fmt: skip


def _label_centres(
    figure: Figure, ax: Axes, ellipses: pd.DataFrame, classes: pd.DataFrame, labels: Labels
) -> None:
    """Name the centres beside them, moved apart where they are close."""
    types = type_names(classes, labels)
    size = map_text_size(figure.get_size_inches()[0])
    names = [wrap(types[int(each)], 1.4, size, bold=True) for each in ellipses["class"]]
    boxes = np.array([text_box(name, size, bold=True) for name in names])
    to_points = 72 / figure.dpi
    centres = ax.transData.transform(ellipses[["center_x", "center_y"]].to_numpy()) * to_points
    left, bottom, right, top = (float(each) * to_points for each in ax.get_window_extent().extents)
    radii = np.full(len(names), CENTRE_RADIUS)
    placed = place_labels(
        centres, boxes * 72, centres, bounds=(left, bottom, right, top), radii=radii,
        obstacle_radii=radii,
    )  # fmt: skip
    for each in placed:
        middle = (np.array(each.corner) + boxes[each.index] * 36) / 72
        figure.text(
            float(middle[0]), float(middle[1]), names[each.index], size=size, weight="bold",
            transform=figure.dpi_scale_trans, ha="center", va="center", path_effects=halo(3.0),
            zorder=6,
        ).set_gid("label")  # fmt: skip
        if each.distance > SHORTEST_LEADER:
            figure.add_artist(leader_line(figure, centres[each.index], each.end))
