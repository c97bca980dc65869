"""What a page on validity shows: figures and tables, or why they could not be computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from typology.document import Document
from typology.facts import Written
from typology.narrative_verdict import not_computed
from typology.tables.choices import (
    criteria_table,
    latent_class_table,
    other_methods_table,
    sensitivity_table,
    sensitivity_types_table,
)
from typology.tables.error_rates import error_rates_table
from typology.tables.paper_table import PaperTable
from typology.tables.validity import (
    imputation_table,
    null_descriptions_table,
    stability_table,
    verdict_table,
)
from typology.validity_figure_tables import FIGURE_TABLES
from typology.words import word

ERROR_RATES = Path("R-free", "benchmarks", "verdict_errors.csv")
"""Below the folder that holds the documents."""

FIGURE_PARTS = {
    "stability": "stability",
    "confidence": "stability",
    "category_ellipses": "stability",
    "nulls": "nulls",
    "null_by_classes": "nulls",
    "axes_criteria": "axes criteria",
    "classes_criteria": "classes criteria",
    "sensitivity": "sensitivity",
    "other_methods": "other methods",
}
"""Part of `typology.validity` that each figure shows."""

TABLE_PARTS: dict[str, tuple[Callable[..., PaperTable], str, tuple[str, ...]]] = {
    "stability": (stability_table, "stability", ("stability", "class_shares")),
    "verdict": (verdict_table, "nulls", ("verdict", "verdict_steps")),
    "null_descriptions": (null_descriptions_table, "nulls", ("null_descriptions",)),
    "criteria": (criteria_table, "axes criteria", ("axes_criteria",)),
    "sensitivity": (sensitivity_table, "sensitivity", ("sensitivity_cases",)),
    "sensitivity_types": (sensitivity_types_table, "sensitivity", ("sensitivity_classes",)),
    "imputation": (imputation_table, "imputation", ("imputation_classes",)),
    "latent_classes": (latent_class_table, "latent classes", ("latent_classes",)),
    "other_methods": (other_methods_table, "other methods", ("other_methods",)),
}
"""How each table is made, the part of `typology.validity` it shows, the tables it needs."""


def validity_figure(document: Document, name: str, *, label: str, caption: str) -> Written:
    """Return a figure on validity, or why there is none.

    Parameters
    ----------
    document : Document
    name : str
        One of ``FIGURE_PARTS``.
    label, caption : str
        As in `typology.document.Document.figure`.

    Returns
    -------
    Written
        Markdown.
    """
    if not document.holds(*FIGURE_TABLES[name]):
        return _why_absent(document, FIGURE_PARTS[name])
    return document.figure(name, label=label, caption=caption)


def validity_table(document: Document, name: str, *, label: str, caption: str) -> Written:
    """Return a table on validity, or why there is none.

    Parameters
    ----------
    document : Document
    name : str
        One of ``TABLE_PARTS``.
    label, caption : str
        As in `typology.document.Document.table`.

    Returns
    -------
    Written
        Markdown.
    """
    make, part, needed = TABLE_PARTS[name]
    if not document.holds(*needed):
        return _why_absent(document, part)
    table = make(document.tables, document.labels)
    return document.table(table, label=label, caption=caption)


def error_rates(document: Document, *, label: str, caption: str) -> Written:
    """Return the error rates of the verdict, or that this copy has none.

    Parameters
    ----------
    document : Document
    label, caption : str

    Returns
    -------
    Written
        Markdown.
    """
    rates = read_error_rates(document.folder.parent)
    if rates is None:
        return Written(word("no_error_rates", document.language))
    table = error_rates_table(rates, document.language)
    return document.table(table, label=label, caption=caption)


def read_error_rates(project: Path) -> pd.DataFrame | None:
    """Read the benchmark of the verdict.

    Parameters
    ----------
    project : Path
        The folder of the project.

    Returns
    -------
    DataFrame or None
        None where the benchmark is not there.
    """
    path = project / ERROR_RATES
    return pd.read_csv(path) if path.is_file() else None


def _why_absent(document: Document, part: str) -> Written:
    return Written(not_computed(document.tables, document.labels, part))
