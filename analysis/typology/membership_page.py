"""What a page shows of the models of membership: a figure, tables, or why there are none."""

from __future__ import annotations

from collections.abc import Callable

from typology.document import Document
from typology.facts import Written
from typology.narrative_membership import no_models
from typology.tables.membership import (
    effects_table,
    higher_odds_table,
    membership_fit_table,
    membership_tests_table,
    ratios_table,
    sparse_cells_table,
)
from typology.tables.paper_table import PaperTable
from typology.words import word

FIGURE = "membership_ratios"

TABLES: dict[str, tuple[Callable[..., PaperTable], str, str]] = {
    "ratios": (ratios_table, "membership_coefficients", "multinomial"),
    "higher_odds": (higher_odds_table, "membership_coefficients", "ordered"),
    "effects": (effects_table, "membership_effects", "multinomial"),
    "tests": (membership_tests_table, "membership_tests", ""),
    "fit": (membership_fit_table, "membership_fit", ""),
    "sparse": (sparse_cells_table, "membership_sparse", ""),
}
"""How each table is made, from which table of the run, for which model ("" for any)."""


def membership_figure(document: Document, *, label: str, caption: str) -> Written:
    """Return the forest plot, or why there is none.

    Parameters
    ----------
    document : Document
    label, caption : str
        As in `typology.document.Document.figure`.

    Returns
    -------
    Written
        Markdown.
    """
    if _absent(document, "membership_coefficients", "multinomial"):
        return Written(no_models(document.tables, document.labels))
    return document.figure(FIGURE, label=label, caption=caption)


def membership_table(document: Document, name: str, *, label: str, caption: str) -> Written:
    """Return a table on the models of membership, or why there is none.

    Parameters
    ----------
    document : Document
    name : str
        One of ``TABLES``.
    label, caption : str
        As in `typology.document.Document.table`.

    Returns
    -------
    Written
        Markdown.
    """
    make, needed, model = TABLES[name]
    if name == "sparse" and needed in document.tables and document.tables[needed].empty:
        return Written(word("membership_sparse_none", document.language))
    if _absent(document, needed, model):
        return Written(no_models(document.tables, document.labels))
    table = make(document.tables, document.labels)
    return document.table(table, label=label, caption=caption)


def _absent(document: Document, needed: str, model: str) -> bool:
    if not document.holds(needed):
        return True
    return bool(model) and not (document.tables[needed]["model"] == model).any()
