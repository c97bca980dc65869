"""The figures on how real a typology is: those that the answers allowed to compute."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from typology.figures.category_ellipses import category_ellipses, category_ellipses_alt
from typology.figures.criteria import (
    axes_criteria_marks,
    axes_criteria_marks_alt,
    classes_criteria_panels,
    classes_criteria_panels_alt,
)
from typology.figures.nulls import (
    null_inertia,
    null_inertia_alt,
    null_statistics,
    null_statistics_alt,
)
from typology.figures.sensitivity import (
    other_methods_marks,
    other_methods_marks_alt,
    sensitivity_map,
    sensitivity_map_alt,
)
from typology.figures.stability import (
    membership_confidence,
    membership_confidence_alt,
    stability_marks,
    stability_marks_alt,
)
from typology.labels import Labels
from typology.study_figure import StudyFigure
from typology.validity_figure_tables import FIGURE_TABLES

Tables = Mapping[str, pd.DataFrame]
Drawer = Callable[..., Figure]
Teller = Callable[..., str]

_FUNCTIONS: Mapping[str, tuple[Drawer, Teller]] = {
    "stability": (stability_marks, stability_marks_alt),
    "confidence": (membership_confidence, membership_confidence_alt),
    "category_ellipses": (category_ellipses, category_ellipses_alt),
    "nulls": (null_statistics, null_statistics_alt),
    "null_by_classes": (null_inertia, null_inertia_alt),
    "axes_criteria": (axes_criteria_marks, axes_criteria_marks_alt),
    "classes_criteria": (classes_criteria_panels, classes_criteria_panels_alt),
    "sensitivity": (sensitivity_map, sensitivity_map_alt),
    "other_methods": (other_methods_marks, other_methods_marks_alt),
}


def validity_figures(tables: Tables, labels: Labels) -> list[StudyFigure]:
    """Return the figures on how real the typology is.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        The tables of a run; any on validity may be absent.
    labels : Labels

    Returns
    -------
    list of StudyFigure
        Those of ``FIGURE_TABLES`` whose tables are there and have rows.
    """
    return [
        _figure(name, tables, labels)
        for name, needed in FIGURE_TABLES.items()
        if all(each in tables and len(tables[each]) for each in needed)
    ]


def _figure(name: str, tables: Tables, labels: Labels) -> StudyFigure:
    drawer, teller = _FUNCTIONS[name]
    inputs = [tables[each] for each in FIGURE_TABLES[name]]
    options = _options(name, tables)
    draw = partial(drawer, *inputs, labels, **options)
    return StudyFigure(
        name,
        lambda title, simulated: draw(title=title, simulated=simulated),
        partial(teller, *inputs, labels, **options),
    )


def _options(name: str, tables: Tables) -> dict[str, Any]:
    """Return what the study chose, where a figure shows it."""
    if name in ("null_by_classes", "classes_criteria"):
        return {"n_classes": len(tables["classes"])}
    if name == "category_ellipses" and "item_agreement" in tables:
        items = tables["item_agreement"]
        return {"blocks": dict(zip(items["item"], items["block"], strict=True))}
    if name == "axes_criteria":
        return {"n_kept": int(tables["axes"]["kept"].sum())}
    return {}
