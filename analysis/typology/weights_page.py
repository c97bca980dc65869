"""What a page shows of representativeness and weights, or why it cannot."""

from __future__ import annotations

from collections.abc import Callable

from typology.document import Document
from typology.facts import Written
from typology.margins_file import load_margins
from typology.tables.paper_table import PaperTable
from typology.tables.published import published_table
from typology.tables.representativeness import (
    representativeness_table,
    weighting_table,
    weights_table,
)
from typology.words import word

TABLES: dict[str, tuple[Callable[..., PaperTable], str]] = {
    "representativeness": (representativeness_table, "representativeness"),
    "weights": (weights_table, "weights_summary"),
    "weighting": (weighting_table, "weighting_comparison"),
}
"""How each table is made, and the table of results it needs."""


def weights_table_or_reason(document: Document, name: str, *, label: str, caption: str) -> Written:
    """Return a table on representativeness or weights, or why there is none.

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
    make, needed = TABLES[name]
    if not document.holds(needed):
        return Written(word(f"no_{name}", document.language))
    return document.table(make(document.tables, document.labels), label=label, caption=caption)


def margins_figure_or_reason(document: Document, *, label: str, caption: str) -> Written:
    """Return the figure of sample and population, or that there are no margins.

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
    if not document.holds("representativeness"):
        return Written(word("no_representativeness", document.language))
    return document.figure("representativeness", label=label, caption=caption)


def published_example(document: Document, *, label: str, caption: str) -> Written:
    """Return the published sample against its population, or that the study names none.

    Parameters
    ----------
    document : Document
    label, caption : str
        As in `typology.document.Document.table`.

    Returns
    -------
    Written
        Markdown.
    """
    path, tables = document.study.published_sample_path, document.tables
    if path is None or not document.holds("published_shares"):
        return Written(word("no_published_example", document.language))
    table = published_table(
        load_margins(path), tables["published_shares"], tables["published_tests"], document.language
    )
    return document.table(table, label=label, caption=caption)
