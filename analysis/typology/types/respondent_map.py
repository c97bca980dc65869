"""The map of respondents by type, with the ellipse and the centre of each type."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter

from typology.exhibits.canvas.frame import frame_figure, freeze_layout
from typology.exhibits.canvas.placement import spread, text_box, wrap
from typology.exhibits.canvas.style import (
    INK,
    TEXT_SIZE,
    FigureLabels,
    axis_title,
    check_columns,
    class_colour,
    class_marker,
    draw_origin,
    figure_style,
    map_height,
    new_figure,
    tick_text,
    type_with_share,
)
from typology.exhibits.class_shares import class_share

ELLIPSE_COLUMNS = ("class", "axis_x", "axis_y", "center_x", "center_y", "width", "height", "angle")
MOST_SHAPES = 2000  # points beyond which the SVG holds them as one picture


def respondent_map(
    respondents: pd.DataFrame,
    classes: pd.DataFrame,
    ellipses: pd.DataFrame,
    axes: pd.DataFrame,
    labels: FigureLabels,
    *,
    plane: tuple[int, int] = (1, 2),
    kind: str = "concentration",
    rate: str = "benzecri",
    simulated: bool = False,
) -> Figure:
    """Draw the respondents on two axes, with their types.

    Parameters
    ----------
    respondents : DataFrame
        Columns class, "Axis 1", "Axis 2", ...
    classes : DataFrame
        Columns class, type, n, share.
    ellipses : DataFrame
        Columns kind, class, axis_x, axis_y, center_x, center_y, width, height, angle.
    axes : DataFrame
        Columns axis, percent and the rate.
    labels : FigureLabels
    plane : (int, int)
        The axes drawn.
    kind : {"concentration", "confidence"}
        Which ellipses.
    rate : {"benzecri", "greenacre"}
        The corrected rate in the titles of the axes.
    simulated : bool

    Returns
    -------
    Figure
        Points are translucent: the darker, the more respondents at one place.
    """
    drawn = _ellipses_of(respondents, classes, ellipses, axes, plane=plane, kind=kind, rate=rate)
    language = labels.language
    with figure_style():
        figure = new_figure(map_height(*(respondents[f"Axis {axis}"] for axis in plane)))
        ax = figure.subplots()
        draw_origin(ax)
        _draw_points(ax, respondents, plane)
        for _, row in drawn.iterrows():
            _draw_ellipse(ax, row)
        ax.set_aspect("equal", adjustable="datalim")
        ax.set_xlabel(axis_title(axes, plane[0], rate=rate, language=language))
        ax.set_ylabel(axis_title(axes, plane[1], rate=rate, language=language))
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value, language)))
        sns.despine(ax=ax)
        note = "respondent_map_note" if kind == "concentration" else "respondent_map_note_centre"
        frame_figure(
            figure,
            language,
            legend=[(_handle(row), type_with_share(row, labels)) for _, row in classes.iterrows()],
            note=labels.word(note),
            simulated=simulated,
        )
        _label_centres(figure, ax, drawn, classes, labels)
    return figure


def respondent_map_alt(
    respondents: pd.DataFrame,
    classes: pd.DataFrame,
    ellipses: pd.DataFrame,
    axes: pd.DataFrame,
    labels: FigureLabels,
    *,
    plane: tuple[int, int] = (1, 2),
    kind: str = "concentration",
) -> str:
    """Say what :func:`respondent_map` shows, for those who cannot see it."""
    drawn = _ellipses_of(
        respondents, classes, ellipses, axes, plane=plane, kind=kind, rate="benzecri"
    )
    language = labels.language
    centres = drawn.set_index("class")
    listed = [
        labels.word(
            "respondent_map_alt_centre",
            type=labels.type(row["type"], int(row["class"])),
            n=round(row["n"]),
            share=class_share(row, language),
            x=labels.number(centres.loc[row["class"], "center_x"], 2),
            y=labels.number(centres.loc[row["class"], "center_y"], 2),
        )
        for _, row in classes.iterrows()
    ]
    return labels.word(
        "respondent_map_alt",
        n=len(respondents),
        x=plane[0],
        y=plane[1],
        classes=len(classes),
        list=" ; ".join(listed) if language == "fr" else "; ".join(listed),
    )


def _ellipses_of(
    respondents: pd.DataFrame,
    classes: pd.DataFrame,
    ellipses: pd.DataFrame,
    axes: pd.DataFrame,
    *,
    plane: tuple[int, int],
    kind: str,
    rate: str,
) -> pd.DataFrame:
    """Check the tables; return the ellipses of this plane and kind."""
    columns = ["class", *(f"Axis {axis}" for axis in plane)]
    check_columns(respondents, columns, name="respondents")
    check_columns(classes, ["class", "type", "n", "share"], name="classes")
    check_columns(axes, ["axis", "percent", rate], name="axes")
    check_columns(ellipses, ["kind", *ELLIPSE_COLUMNS], name="ellipses")
    here = (ellipses["axis_x"] == plane[0]) & (ellipses["axis_y"] == plane[1])
    drawn = ellipses[here & (ellipses["kind"] == kind)]
    absent = sorted(set(classes["class"]) - set(drawn["class"]))
    if absent:
        raise ValueError(
            f"The table 'ellipses' has no {kind} ellipse on axes {plane} for the classes {absent}."
        )
    return drawn


def _draw_points(ax: Axes, respondents: pd.DataFrame, plane: tuple[int, int]) -> None:
    numbers = sorted(respondents["class"].unique())
    n = len(respondents)
    sns.scatterplot(
        data=respondents,
        x=f"Axis {plane[0]}",
        y=f"Axis {plane[1]}",
        hue="class",
        style="class",
        hue_order=numbers,
        style_order=numbers,
        palette={each: class_colour(each) for each in numbers},
        markers={each: class_marker(each) for each in numbers},
        s=18 if n <= 1000 else 8,
        alpha=0.55 if n <= 1000 else 0.3,
        linewidth=0,
        legend=False,
        rasterized=n > MOST_SHAPES,
        ax=ax,
    )


def _draw_ellipse(ax: Axes, row: pd.Series) -> None:
    colour = class_colour(int(row["class"]))
    centre = (row["center_x"], row["center_y"])
    size = {"width": row["width"], "height": row["height"], "angle": row["angle"]}
    ax.add_patch(Ellipse(centre, **size, facecolor=(*colour, 0.06), edgecolor="none", zorder=2))
    outline = Ellipse(centre, **size, facecolor="none", edgecolor=colour, linewidth=1.4, zorder=3)
    outline.set_path_effects([withStroke(linewidth=2.4, foreground=INK)])
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


def _handle(row: pd.Series) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=class_marker(int(row["class"])),
        color=class_colour(int(row["class"])),
        markersize=6,
        markeredgecolor=INK,
        markeredgewidth=0.5,
    )


def _label_centres(
    figure: Figure, ax: Axes, ellipses: pd.DataFrame, classes: pd.DataFrame, labels: FigureLabels
) -> None:
    """Name the centres beside them, moved apart where they are close."""
    freeze_layout(figure)
    types = classes.set_index("class")["type"]
    names = [
        wrap(labels.type(types[each], int(each)), 1.4, TEXT_SIZE, bold=True)
        for each in ellipses["class"]
    ]
    to_inches = ax.transData.transform(ellipses[["center_x", "center_y"]].to_numpy()) / figure.dpi
    box = ax.get_window_extent()
    sizes = [text_box(name, TEXT_SIZE, bold=True) for name in names]
    low, high = box.y0 / figure.dpi, box.y1 / figure.dpi
    heights = spread(to_inches[:, 1] + 0.17, [size[1] for size in sizes], low, high)
    right = box.x1 / figure.dpi
    for name, (width, _), (x, _), y in zip(names, sizes, to_inches, heights, strict=True):
        on_left = x + 0.1 + width > right
        ax.annotate(
            name,
            (x + (-0.1 if on_left else 0.1), y),
            xycoords=figure.dpi_scale_trans,
            size=TEXT_SIZE,
            weight="bold",
            ha="right" if on_left else "left",
            va="center",
            bbox={
                "boxstyle": "square,pad=0.1",
                "facecolor": "white",
                "alpha": 0.85,
                "linewidth": 0,
            },
            zorder=6,
        ).set_gid("label")
