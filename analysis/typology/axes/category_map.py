"""The map of categories: those that make the axes named, the others as dots."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from typology.axes.category_marks import (
    Marks,
    centre_handle,
    draw_category_marks,
    draw_centres,
    legend_of,
    on_plane,
    quoted_categories,
)
from typology.axes.map_labels import MapLabel, category_label, write_labels
from typology.exhibits.canvas.frame import canvas, frame_figure, wrap_note
from typology.exhibits.canvas.style import (
    GREY,
    MAP_RATE,
    PAGE_WIDTH,
    SMALL_SIZE,
    Plane,
    draw_origin,
    dress_map,
    map_height,
    mark_scale,
    require_columns,
)
from typology.exhibits.labels import Labels
from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import Tables, block_of_item
from typology.words import word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIGNIFICANT = 2.0  # absolute v-test from which a supplementary category is named
_MOST_NAMED = {"active": 16, "supplementary": 4}
MOST_NAMED_NARROW = {"active": 8}
ROOM_FOR_NAMES = 1.2  # inches: a narrow map is higher, names having no room beside it
_COLUMNS = ("variable", "category", "role", "axis", "coordinate", "contribution", "v_test")


def category_map(
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    guttman: pd.DataFrame,
    labels: Labels,
    *,
    blocks: Mapping[str, str] | None = None,
    classes: pd.DataFrame | None = None,
    ellipses: pd.DataFrame | None = None,
    plane: Plane = (1, 2),
    roles: Collection[str] = ("supplementary",),
    width: float = PAGE_WIDTH,
    simulated: bool = False,
) -> Figure:
    """Draw the categories on two axes, those of some roles beside the active ones.

    Of the categories contributing above average to either axis, the greatest contributions are
    named, as many as ``_MOST_NAMED`` and where there is room; the note says how many of how many. A
    narrow drawing names fewer, and leaves the other roles out. The block of each active
    variable gives it one marker a block, and colours in the order of the scale. Classes and
    ellipses show the types where supplementary categories of their members would be, at
    centre / sqrt(eigenvalue).
    """
    narrow = width < PAGE_WIDTH
    marks = _marks(categories, axes, guttman, plane, roles=() if narrow else roles)
    centres = _centres(classes, ellipses, axes, plane)
    language = labels.language
    known_blocks = blocks or {}
    most = MOST_NAMED_NARROW if narrow else _MOST_NAMED
    wanted = _wanted_labels(marks, centres, labels)
    height = map_height(marks.all["x"], marks.all["y"], width=width)
    height += ROOM_FOR_NAMES if narrow else 0
    with canvas(height, width=width) as figure:
        ax = figure.subplots()
        draw_origin(ax)
        draw_category_marks(ax, marks, known_blocks, labels, finer=mark_scale(width))
        draw_centres(ax, centres)
        ax.margins(0.09)
        dress_map(ax, axes, plane, rate=MAP_RATE, language=language)
        r2 = guttman[(guttman["axis_x"] == plane[0]) & (guttman["axis_y"] == plane[1])]["r2"]
        if not r2.empty:
            text = labels.word("guttman_r2", r2=labels.number(r2.iloc[0], 2))
            ax.set_title(text, loc="right", size=SMALL_SIZE, color=GREY, pad=2)
        legend = legend_of(marks, known_blocks, labels)
        if not centres.empty:
            legend.append((centre_handle(), labels.word("type_centre")))
        note = frame_figure(
            figure,
            language,
            legend=legend,
            note=_note(
                marks, len(marks.qualified), len(marks.significant), language, most=most["active"]
            ),
            simulated=simulated,
        )
        drawn = write_labels(
            figure, ax, wanted, obstacles=marks.all, large_obstacles=centres, most=most
        )
        kinds = [label.kind for label in drawn]
        counts = (kinds.count("active"), kinds.count("supplementary"))
        text = _note(marks, *counts, language, most=most["active"])
        wrap_note(figure, note, text, language=language, simulated=simulated)
    return figure


def category_map_alt(
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    guttman: pd.DataFrame,
    labels: Labels,
    *,
    plane: Plane = (1, 2),
) -> str:
    """Say what :func:`category_map` shows, for those who cannot see it."""
    marks = _marks(categories, axes, guttman, plane, roles=())
    active = marks.active
    ends: dict[str, Any] = {}
    for name in ("x", "y"):
        for side, part in (("low", active[active[name] < 0]), ("high", active[active[name] >= 0])):
            first = part.sort_values(f"contribution_{name}", ascending=False, kind="stable").head(3)
            ends[f"{name}_{side}"] = quoted_categories(first, labels)
    return labels.word("category_map_alt", total=len(active), x=plane[0], y=plane[1], **ends)


def _with_classes(tables: Tables) -> dict[str, Any]:
    return {
        "blocks": block_of_item(tables),
        "classes": tables["classes"],
        "ellipses": tables["class_ellipses"],
    }


CATEGORY_MAP = figure_exhibit(
    "category_map", category_map, category_map_alt, takes=("categories", "axes", "guttman"),
    drawn_with=_with_classes, label="fig-map", narrow=True,
)  # fmt: skip


def _marks(
    categories: pd.DataFrame,
    axes: pd.DataFrame,
    guttman: pd.DataFrame,
    plane: Plane,
    *,
    roles: Collection[str],
) -> Marks:
    """Check the tables; return one row a category with its place on the two axes."""
    require_columns(categories, _COLUMNS, name="categories")
    require_columns(axes, ["axis", "percent", MAP_RATE], name="axes")
    if len(guttman):
        require_columns(guttman, ["axis_x", "axis_y", "r2"], name="guttman")
    table = on_plane(categories, plane)
    return Marks.of(table, roles=roles, significant=SIGNIFICANT)


def _centres(
    classes: pd.DataFrame | None, ellipses: pd.DataFrame | None, axes: pd.DataFrame, plane: Plane
) -> pd.DataFrame:
    """Return class, type, x and y of the centres of the types, none without the tables."""
    if classes is None or ellipses is None:
        return pd.DataFrame(columns=["class", "type", "x", "y"])
    require_columns(classes, ["class", "type"], name="classes")
    columns = ["class", "axis_x", "axis_y", "center_x", "center_y"]
    require_columns(ellipses, columns, name="ellipses")
    here = (ellipses["axis_x"] == plane[0]) & (ellipses["axis_y"] == plane[1])
    places = ellipses[here].drop_duplicates("class")[["class", "center_x", "center_y"]]
    require_columns(axes, ["axis", "eigenvalue"], name="axes")
    scales = np.sqrt(axes.set_index("axis")["eigenvalue"].loc[list(plane)].to_numpy())
    places = places.assign(x=places["center_x"] / scales[0], y=places["center_y"] / scales[1])
    places = places[["class", "x", "y"]]
    return classes[["class", "type"]].merge(places, on="class")


def _wanted_labels(marks: Marks, centres: pd.DataFrame, labels: Labels) -> list[MapLabel]:
    """Return the labels wanted, the most important first."""
    types = [
        MapLabel(labels.type(row["type"], int(row["class"])), row["x"], row["y"], "type")
        for _, row in centres.iterrows()
    ]
    active = [category_label(row, "active", labels) for row in _rows(marks.qualified)]
    others = [category_label(row, "supplementary", labels) for row in _rows(marks.significant)]
    # The first supplementary ones before the last active ones, which would leave them no room.
    half = _MOST_NAMED["active"] // 2
    return [*types, *active[:half], *others, *active[half:]]


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")


def _note(marks: Marks, n_active: int, n_supplementary: int, language: str, *, most: int) -> str:
    named = word(
        "category_map_note", language, labelled=n_active, qualified=len(marks.qualified),
        total=len(marks.active), most=most,
    )  # fmt: skip
    others = word(
        "category_map_supplementary_note", language, labelled=n_supplementary,
        qualified=len(marks.significant),
    )  # fmt: skip
    rate = word("category_map_rate", language, rate=word(MAP_RATE, language))
    scaling = word("category_map_scaling", language)
    return " ".join([named, *([others] if len(marks.significant) else []), rate, scaling])
