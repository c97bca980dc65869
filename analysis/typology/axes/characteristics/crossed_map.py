"""The map of two questions crossed: a point for each pair of answers, joined along the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from typology.axes.map_labels import MapLabel, write_labels
from typology.exhibits.canvas.frame import canvas, frame_figure
from typology.exhibits.canvas.style import (
    FIRST_PLANE,
    INK,
    MAP_RATE,
    MARKERS,
    draw_origin,
    dress_map,
    line_key,
    map_height,
    require_columns,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit, unasked
from typology.exhibits.run_tables import Tables
from typology.words import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SMALLEST, LARGEST = 2.5, 5.5  # radii of the points, in points
_COLUMNS = (
    "variable", "category", "other_variable", "other_category", "n", "axis", "coordinate",
)  # fmt: skip


def crossed_map(
    crossed: pd.DataFrame, axes: pd.DataFrame, labels: Labels, *, simulated: bool = False
) -> Figure:
    """Draw the pairs of answers that enough respondents gave, as large as these are many.

    A colour and a marker an answer to the first question, whose points are joined in the order of
    the second; each point has the answer to the second as its label.
    """
    points = _points(crossed, axes)
    drawn = points.dropna(subset=["x", "y"])
    language = labels.language
    looks = _looks(points)
    with canvas(map_height(drawn["x"], drawn["y"])) as figure:
        ax = figure.subplots()
        draw_origin(ax)
        for answer, own in drawn.groupby("category", sort=False):
            _draw(ax, own, *looks[str(answer)], largest=float(drawn["n"].max()))
        ax.margins(0.12)
        dress_map(ax, axes, FIRST_PLANE, rate=MAP_RATE, language=language)
        variable = str(crossed["variable"].iloc[0])
        legend = [
            (
                line_key(marker=marker, color=colour, markersize=6, linewidth=0.8),
                labels.category(variable, answer),
            )
            for answer, (marker, colour) in looks.items()
            if answer in set(drawn["category"])
        ]
        frame_figure(
            figure, language, legend=legend, note=_note(points, drawn, labels), simulated=simulated
        )
        wanted = [
            MapLabel(
                f"{labels.answer(str(row['other_variable']), str(row['other_category']))}"
                f" ({labels.number(row['n'], 0)})",
                row["x"],
                row["y"],
                "supplementary",
            )
            for row in drawn.sort_values("n", ascending=False, kind="stable").to_dict("records")
        ]
        none = drawn.head(0)[["x", "y"]]
        write_labels(figure, ax, wanted, obstacles=none, large_obstacles=drawn[["x", "y"]])
    return figure


def crossed_map_alt(crossed: pd.DataFrame, axes: pd.DataFrame, labels: Labels) -> str:
    """Say what :func:`crossed_map` shows, for those who cannot see it."""
    points = _points(crossed, axes)
    listed = ("\u00a0; " if labels.language == "fr" else "; ").join(
        labels.word(
            "crossed_map_point",
            first=labels.answer(str(row["variable"]), str(row["category"])),
            second=labels.answer(str(row["other_variable"]), str(row["other_category"])),
            n=labels.number(row["n"], 0),
            x=labels.number(row["x"], 2),
            y=labels.number(row["y"], 2),
        )
        for row in points.dropna(subset=["x", "y"]).to_dict("records")
    )
    first, second = (labels.short(str(crossed[name].iloc[0])) for name in
                     ("variable", "other_variable"))  # fmt: skip
    return labels.word("crossed_map_alt", first=first, second=second, list=listed)


def _drawable(tables: Tables) -> bool:
    return bool(tables["crossed_categories"]["coordinate"].notna().any())


CROSSED_MAP = figure_exhibit(
    "crossed_map", crossed_map, crossed_map_alt, takes=("crossed_categories", "axes"),
    needs=("crossed_categories",), given=_drawable, absent=unasked,
    label="fig-crossed", section="axes", place=8,
)  # fmt: skip


def _points(crossed: pd.DataFrame, axes: pd.DataFrame) -> pd.DataFrame:
    """Check the tables; return one row a pair of answers, with its place on the plane."""
    require_columns(crossed, _COLUMNS, name="crossed_categories")
    require_columns(axes, ["axis", "percent", MAP_RATE], name="axes")
    sides = [
        crossed[crossed["axis"] == axis].rename(columns={"coordinate": name})
        for name, axis in zip("xy", FIRST_PLANE, strict=True)
    ]
    return sides[0].assign(y=sides[1]["y"].to_numpy()).reset_index(drop=True)


def _looks(points: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return the marker and the colour of each answer to the first question."""
    import seaborn as sns  # noqa: PLC0415 - slow to import

    answers = list(dict.fromkeys(points["category"].astype(str)))
    colours = sns.color_palette("colorblind", len(answers)).as_hex()
    return {
        answer: (MARKERS[number % len(MARKERS)], colours[number])
        for number, answer in enumerate(answers)
    }


def _draw(ax: Axes, own: pd.DataFrame, marker: str, colour: str, *, largest: float) -> None:
    ax.plot(own["x"], own["y"], color=colour, linewidth=0.8, zorder=3)
    radii = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(own["n"] / largest)
    ax.scatter(
        own["x"], own["y"], s=np.pi * radii**2, marker=marker, color=colour, edgecolor=INK,
        linewidth=0.5, zorder=4,
    )  # fmt: skip


def _note(points: pd.DataFrame, drawn: pd.DataFrame, labels: Labels) -> str:
    left = len(points) - len(drawn)
    second = labels.short(str(points["other_variable"].iloc[0]))
    told = [labels.word("crossed_map_note", second=second)]
    if left:
        told.append(labels.word("crossed_map_left", plural=left, count=left))
    rate = word("category_map_rate", labels.language, rate=word(MAP_RATE, labels.language))
    return " ".join([*told, rate])
