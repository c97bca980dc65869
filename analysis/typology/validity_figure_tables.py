"""Which tables each figure on validity reads, in the order of the figures."""

from __future__ import annotations

from collections.abc import Mapping

FIGURE_TABLES: Mapping[str, tuple[str, ...]] = {
    "stability": ("stability", "classes"),
    "confidence": ("stability_respondents", "classes"),
    "category_ellipses": ("category_ellipses", "categories", "axes"),
    "nulls": ("null_replicates", "null_tests", "verdict_steps"),
    "null_by_classes": ("null_by_classes",),
    "axes_criteria": ("parallel_analysis", "axes_criteria"),
    "classes_criteria": ("classes_criteria", "classes_criteria_summary"),
    "sensitivity": ("sensitivity_cases",),
    "other_methods": ("other_methods",),
}
"""Tables of a run."""
