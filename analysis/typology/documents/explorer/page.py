"""The explorer as a fragment of a page, and as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from typology.documents.explorer.content import explorer_content
from typology.documents.standalone_page import live_fragment, standalone_page
from typology.exhibits.labels import Labels
from typology.exhibits.run_tables import Tables
from typology.words import curly_apostrophes, word
from typology.words.visible_text import visible

EXPLORER_SCRIPTS = (
    "writing.js", "shapes.js", "plane.js", "map.js", "colouring.js", "naming.js", "pointing.js",
    "selecting.js", "saving.js", "panels.js", "explorer.js",
)  # fmt: skip
"""The parts of the script, in the order in which they follow each other."""


def explorer_html(
    tables: Tables, labels_by_language: Mapping[str, Labels], *, language: str, simulated: bool
) -> str:
    """Return the explorer as a fragment to put into a page, from the tables of a run.

    ``language`` is the one shown first; with labels in more than one, readers may switch. A banner
    says whether the answers are simulated. Raises ValueError if a table or a column is missing, or
    ``language`` has no labels.
    """
    content = explorer_content(tables, labels_by_language, language=language, simulated=simulated)
    notice = escape(curly_apostrophes(word("explorer_needs_javascript", language)))
    simulated_notice = escape(curly_apostrophes(word("explorer_simulated", language)))
    banner = f'<p class="te-simulated">{simulated_notice}</p>' if simulated else ""
    return live_fragment(
        "typology-explorer",
        language,
        content,
        body=f'{banner}<div class="te-body"><svg hidden></svg><noscript>{notice}</noscript></div>',
        style="explorer/explorer.css",
        scripts=[f"explorer/{name}" for name in EXPLORER_SCRIPTS],
    )


def explorer_document(
    tables: Tables, labels_by_language: Mapping[str, Labels], *, language: str, simulated: bool
) -> str:
    """Return the explorer as a page of its own, to open from a disk."""
    fragment = explorer_html(tables, labels_by_language, language=language, simulated=simulated)
    named = labels_by_language[language].questionnaire.title.in_(language)
    title = escape(visible(named or word("explorer_title", language)))
    heading = '<h1 class="te-title">'
    return standalone_page(fragment, language, title=title, widest="90rem", heading=heading)
