"""The labels of a map of categories: placed without overlap, with a line to a point far off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.canvas.placement import Placed, place_labels, text_box, wrap
from typology.exhibits.canvas.style import GREY, TEXT_SIZE, halo
from typology.exhibits.labels import Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABEL_SIZE = 6.0
RADII = {"active": 2.6, "supplementary": 2.6, "type": 6.0}  # points
SHORTEST_LEADER = 4.0  # points: a nearer label needs no line
LABEL_WIDTH = 1.4  # inches


@dataclass(frozen=True)
class MapLabel:
    """A label wanted on the map: its text, where its point is, what it is of."""

    text: str
    x: float
    y: float
    kind: str  # active, supplementary or type
    answer: str = ""


def category_label(row: Mapping[Any, Any], kind: str, labels: Labels) -> MapLabel:
    """Return the label of a category, from its row of a map."""
    pair = (row["variable"], row["category"])
    return MapLabel(labels.category(*pair), row["x"], row["y"], kind, labels.answer(*pair))


def write_labels(
    figure: Figure,
    ax: Axes,
    wanted: Sequence[MapLabel],
    *,
    obstacles: pd.DataFrame,
    large_obstacles: pd.DataFrame | None = None,
) -> list[MapLabel]:
    """Write the labels that find room on a map, the most important first; return those written.

    They cover no mark of a category (``obstacles``: columns ``x``, ``y``) nor of a type.
    """
    to_points = 72 / figure.dpi
    sizes = [TEXT_SIZE if label.kind == "type" else LABEL_SIZE for label in wanted]
    texts = [_two_parts(label, size) for label, size in zip(wanted, sizes, strict=True)]
    boxes = [
        text_box(text, size, bold=label.kind == "type")
        for label, text, size in zip(wanted, texts, sizes, strict=True)
    ]
    places = np.array([(label.x, label.y) for label in wanted], dtype=float).reshape(-1, 2)
    large = pd.DataFrame(columns=["x", "y"]) if large_obstacles is None else large_obstacles
    marks = np.vstack([each[["x", "y"]].to_numpy(float) for each in (obstacles, large)])
    bounds = ax.get_window_extent()
    placed = place_labels(
        ax.transData.transform(places) * to_points,
        np.array(boxes).reshape(-1, 2) * 72,
        ax.transData.transform(marks) * to_points,
        bounds=tuple(float(value) * to_points for value in bounds.extents),  # type: ignore[arg-type]
        radii=np.array([RADII[label.kind] for label in wanted]),
        obstacle_radii=np.repeat([RADII["active"], RADII["type"]], [len(obstacles), len(large)]),
    )
    for place in placed:
        _write_label(figure, ax, wanted[place.index], texts[place.index], place)
    return [wanted[place.index] for place in placed]


def _two_parts(label: MapLabel, size: float) -> str:
    """Wrap a label, its answer on a line of its own when both do not fit on one."""
    bold = label.kind == "type"
    if not label.answer or text_box(label.text, size, bold=bold)[0] <= LABEL_WIDTH:
        return wrap(label.text, LABEL_WIDTH, size, bold=bold)
    variable = label.text.removesuffix(label.answer).rstrip(" ")
    return "\n".join(wrap(part, LABEL_WIDTH, size) for part in (variable, label.answer))


def _write_label(figure: Figure, ax: Axes, label: MapLabel, text: str, place: Placed) -> None:
    """Write one label where there is room, with a line to its point when it is far."""
    size = TEXT_SIZE if label.kind == "type" else LABEL_SIZE
    width, height = text_box(text, size, bold=label.kind == "type")
    left, bottom = place.corner[0] / 72, place.corner[1] / 72
    figure.text(
        left + width / 2,
        bottom + height / 2,
        text,
        transform=figure.dpi_scale_trans,
        size=size,
        weight="bold" if label.kind == "type" else "normal",
        style="italic" if label.kind == "supplementary" else "normal",
        ha="center",
        va="center",
        linespacing=1.1,
        path_effects=halo(1.5),
        zorder=6,
    ).set_gid(f"label {label.kind}")
    if place.distance > SHORTEST_LEADER:
        start = figure.dpi_scale_trans.inverted().transform(
            ax.transData.transform((label.x, label.y))
        )
        from matplotlib.lines import Line2D  # noqa: PLC0415 - slow to import

        figure.add_artist(
            Line2D(
                [start[0], place.end[0] / 72],
                [start[1], place.end[1] / 72],
                transform=figure.dpi_scale_trans,
                color=GREY,
                linewidth=0.4,
            )
        )
