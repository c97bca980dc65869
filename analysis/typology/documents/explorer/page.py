"""The explorer as a fragment of a page, and as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib.resources import files

import pandas as pd

from typology.documents.explorer.content import explorer_content
from typology.exhibits.html_data import json_in_html
from typology.exhibits.labels import Labels
from typology.words import curly_apostrophes, word
from typology.words.visible_text import visible

SCRIPTS = (
    "writing.js", "shapes.js", "plane.js", "map.js", "naming.js", "pointing.js", "panels.js",
    "explorer.js",
)  # fmt: skip
"""The parts of the script, in the order in which they follow each other."""

STYLE = "explorer.css"


def explorer_html(
    tables: Mapping[str, pd.DataFrame],
    labels_by_language: Mapping[str, Labels],
    *,
    language: str,
    simulated: bool,
) -> str:
    """Return the explorer as a fragment to put into a page.

    Parameters
    ----------
    tables : mapping of table name to DataFrame
        The tables of a run: axes, categories, respondents, classes, class_categories,
        item_distribution, class_distribution and, if there is one, guttman.
    labels_by_language : mapping of language to Labels
        With more than one, readers may switch.
    language : {"fr", "en"}
        The one shown first; one of ``labels_by_language``.
    simulated : bool
        Whether a banner says that the answers are simulated.

    Returns
    -------
    str
        A ``div``, its style, its data and its script: nothing comes from elsewhere.

    Raises
    ------
    ValueError
        If a table or a column is missing, or ``language`` has no labels.
    """
    content = explorer_content(tables, labels_by_language, language=language, simulated=simulated)
    notice = escape(curly_apostrophes(word("explorer_needs_javascript", language)))
    simulated_notice = escape(curly_apostrophes(word("explorer_simulated", language)))
    banner = f'<p class="te-simulated">{simulated_notice}</p>' if simulated else ""
    script = "\n".join(_packaged(name) for name in SCRIPTS)
    return "\n".join(
        [
            f'<div class="typology-explorer" lang="{escape(language)}">',
            f"<style>\n{_packaged(STYLE)}</style>",
            f'{banner}<div class="te-body"><svg hidden></svg><noscript>{notice}</noscript></div>',
            f'<script type="application/json">{json_in_html(content)}</script>',
            f'<script>\n(() => {{\n"use strict";\n{script}\n}})();\n</script>',
            "</div>\n",
        ]
    )


def explorer_document(
    tables: Mapping[str, pd.DataFrame],
    labels_by_language: Mapping[str, Labels],
    *,
    language: str,
    simulated: bool,
) -> str:
    """Return the explorer as a page of its own, to open from a disk.

    Parameters
    ----------
    tables, labels_by_language, language, simulated
        As for :func:`explorer_html`.

    Returns
    -------
    str
        A complete HTML document.
    """
    fragment = explorer_html(tables, labels_by_language, language=language, simulated=simulated)
    labels = labels_by_language[language]
    named = labels.questionnaire.title.in_(language) or word("explorer_title", language)
    title = escape(visible(named))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>{title}</title>",
            "<style>body { margin: 0 auto; max-width: 90rem; padding: 1rem; }</style>",
            "</head>",
            "<body>",
            f'<main><h1 class="te-title">{title}</h1>',
            f"{fragment}</main>",
            "</body>",
            "</html>\n",
        ]
    )


def _packaged(name: str) -> str:
    return (files("typology.documents.explorer") / name).read_text(encoding="utf-8")
