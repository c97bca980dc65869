"""The labels of a map of categories: placed without overlap, with a line to a point far off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.exhibits.canvas.leader_lines import SHORTEST_LEADER, leader_line
from typology.exhibits.canvas.placement import Placed, place_labels, text_box, wrap
from typology.exhibits.canvas.style import halo, map_text_size, mark_scale
from typology.exhibits.labels import Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RADII = {"active": 2.6, "supplementary": 2.6, "type": 6.0}  # points
NO_LIMIT: Mapping[str, int] = MappingProxyType({})
_WIDEST = 0.3  # of the figure: wider labels are broken


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
    most: Mapping[str, int] = NO_LIMIT,
) -> list[MapLabel]:
    """Write the labels that find room on a map, the most important first; return those written.

    At most ``most`` of a kind are written. They cover no mark of a category (``obstacles``: columns
    ``x``, ``y``) nor of a type.
    """
    to_points = 72 / figure.dpi
    width = figure.get_size_inches()[0]
    size = map_text_size(width)
    radii = {**RADII, "active": RADII["active"] * mark_scale(width)}
    texts = [_two_parts(label, size, widest=_WIDEST * width) for label in wanted]
    boxes = [
        text_box(text, size, bold=label.kind == "type")
        for label, text in zip(wanted, texts, strict=True)
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
        radii=np.array([radii[label.kind] for label in wanted]),
        obstacle_radii=np.repeat([radii["active"], radii["type"]], [len(obstacles), len(large)]),
        kinds=[label.kind for label in wanted],
        most=most,
    )
    for place in placed:
        _write_label(figure, ax, wanted[place.index], texts[place.index], place, size=size)
    return [wanted[place.index] for place in placed]


def _two_parts(label: MapLabel, size: float, *, widest: float) -> str:
    """Wrap a label, its answer on a line of its own when both do not fit on one."""
    bold = label.kind == "type"
    if not label.answer or text_box(label.text, size, bold=bold)[0] <= widest:
        return wrap(label.text, widest, size, bold=bold)
    variable = label.text.removesuffix(label.answer).rstrip(" ")
    return "\n".join(wrap(part, widest, size) for part in (variable, label.answer))


def _write_label(
    figure: Figure, ax: Axes, label: MapLabel, text: str, place: Placed, *, size: float
) -> None:
    """Write one label where there is room, with a line to its point when it is far."""
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
        start = ax.transData.transform((label.x, label.y)) * 72 / figure.dpi
        figure.add_artist(leader_line(figure, start, place.end))
