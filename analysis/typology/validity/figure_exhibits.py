"""The figures on how real a typology is: what each reads, and the part of the run it shows."""

from __future__ import annotations

from functools import partial
from typing import Any

from typology.exhibits.registry import FigureExhibit, figure_exhibit
from typology.exhibits.run_tables import Tables, axes_kept, block_of_item
from typology.validity.verdict_sentences import not_computed


def _figure(
    name: str, drawn_by: str, tables: tuple[str, ...], *, part: str, **declared: Any
) -> FigureExhibit:
    """Return a figure that takes all the tables it needs, those of a part of the run."""
    return figure_exhibit(
        name,
        f"typology.validity.figures.{drawn_by}",
        takes=tables,
        needs=tables,
        absent=partial(not_computed, part=part),
        **declared,
    )


def _n_classes(tables: Tables) -> dict[str, int]:
    return {"n_classes": len(tables["classes"])}


stability = _figure(
    "stability",
    "stability:stability_marks",
    ("stability", "classes"),
    part="stability",
)
confidence = _figure(
    "confidence",
    "stability:membership_confidence",
    ("stability_respondents", "classes"),
    part="stability",
    section="stability",
    place=2,
)
category_ellipses = _figure(
    "category_ellipses",
    "category_ellipses:category_ellipses",
    ("category_ellipses", "categories", "axes"),
    part="stability",
    drawn_with=lambda tables: {"blocks": block_of_item(tables)},
    section="reality",
    place=1,
)
nulls = _figure(
    "nulls",
    "nulls:null_statistics",
    ("null_replicates", "null_tests", "verdict_steps"),
    part="nulls",
)
null_by_classes = _figure(
    "null_by_classes",
    "nulls:null_inertia",
    ("null_by_classes",),
    part="nulls",
    options=_n_classes,
)
axes_criteria = _figure(
    "axes_criteria",
    "criteria:axes_criteria_marks",
    ("parallel_analysis", "axes_criteria"),
    part="axes criteria",
    options=lambda tables: {"n_kept": axes_kept(tables)},
)
classes_criteria = _figure(
    "classes_criteria",
    "criteria:classes_criteria_panels",
    ("classes_criteria", "classes_criteria_summary"),
    part="classes criteria",
    options=_n_classes,
)
sensitivity = _figure(
    "sensitivity",
    "sensitivity:sensitivity_map",
    ("sensitivity_cases",),
    part="sensitivity",
    section="reality",
    place=5,
)
other_methods = _figure(
    "other_methods",
    "sensitivity:other_methods_marks",
    ("other_methods",),
    part="other methods",
)
