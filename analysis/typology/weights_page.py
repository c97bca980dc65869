"""What a page shows of representativeness and weights, or why it cannot."""

from __future__ import annotations

from collections.abc import Callable

from typology.document import Document
from typology.facts import Written
from typology.margins_file import load_margins
from typology.published_sample import compare_published
from typology.tables.paper_table import PaperTable
from typology.tables.published import published_table
from typology.tables.representativeness import (
    representativeness_table,
    weighting_table,
    weights_table,
)
from typology.words import word

EXAMPLE = ("margins", "barometer_occitanie.yml")
"""Beside the questionnaire."""

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
    if needed not in document.tables:
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
    if "representativeness" not in document.tables:
        return Written(word("no_representativeness", document.language))
    return document.figure("representativeness", label=label, caption=caption)


def published_example(document: Document, *, label: str, caption: str) -> Written:
    """Return the worked example of published percentages, or that this copy has none.

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
    path = document.study.questionnaire_path.parent.joinpath(*EXAMPLE)
    if not path.is_file():
        return Written(word("no_published_example", document.language))
    margins = load_margins(path)
    found = compare_published(margins, seed=document.study.choices.seed)
    table = published_table(margins, found.shares, found.tests, document.language)
    return document.table(table, label=label, caption=caption)
