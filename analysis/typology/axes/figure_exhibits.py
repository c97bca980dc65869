"""The figures of the axes: what each reads."""

from __future__ import annotations

from typing import Any

from typology.exhibits.registry import figure_exhibit
from typology.exhibits.run_tables import Tables, axes_kept, block_of_item


def _with_classes(tables: Tables) -> dict[str, Any]:
    return {
        "blocks": block_of_item(tables),
        "classes": tables["classes"],
        "ellipses": tables["class_ellipses"],
    }


inertia = figure_exhibit(
    "inertia",
    "typology.axes.inertia:inertia_bars",
    takes=("axes",),
    options=lambda tables: {"n_kept": axes_kept(tables)},
)
category_map = figure_exhibit(
    "category_map",
    "typology.axes.category_map:category_map",
    takes=("categories", "axes", "guttman"),
    drawn_with=_with_classes,
    label="fig-map",
)
