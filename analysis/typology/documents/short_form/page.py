"""The short form as a fragment of a page, and as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

from typology.documents.short_form.content import short_form_page_content
from typology.exhibits.html_data import json_in_html
from typology.questionnaire import Questionnaire
from typology.words import curly_apostrophes, word
from typology.words.visible_text import visible

SCRIPTS = (
    ("typology.documents.explorer", "writing.js"),
    ("typology.documents.short_form", "short_form.js"),
)
"""The parts of the script, in order: the first is shared with the explorer."""


def short_form_html(
    model: Mapping[str, Any], questionnaire: Questionnaire, *, language: str
) -> str:
    """Return the short form as a fragment to put into a page.

    Parameters
    ----------
    model : mapping
        The model of a run, with its short form.
    questionnaire : Questionnaire
        That of the run.
    language : {"fr", "en"}
        The one shown first; readers may switch to the others of the questionnaire.

    Returns
    -------
    str
        A ``div``, its style, its data and its script: nothing comes from elsewhere, and nothing
        is sent or kept.

    Raises
    ------
    ValueError
        If the model has no short form, or the questionnaire not this language.
    """
    content = short_form_page_content(model, questionnaire, language=language)
    notice = escape(curly_apostrophes(word("short_form_needs_javascript", language)))
    banner = (
        f'<p class="sf-simulated">{escape(word("simulated_warning", language))}</p>'
        if content["simulated"]
        else ""
    )
    style = _packaged("typology.documents.short_form", "short_form.css")
    script = "\n".join(_packaged(*part) for part in SCRIPTS)
    return "\n".join(
        [
            f'<div class="typology-short-form" lang="{escape(language)}">',
            f"<style>\n{style}</style>",
            f'{banner}<div class="sf-body"><noscript>{notice}</noscript></div>',
            f'<script type="application/json">{json_in_html(content)}</script>',
            f'<script>\n(() => {{\n"use strict";\n{script}\n}})();\n</script>',
            "</div>\n",
        ]
    )


def short_form_document(
    model: Mapping[str, Any], questionnaire: Questionnaire, *, language: str
) -> str:
    """Return the short form as a page of its own, to open from a disk.

    Parameters
    ----------
    model, questionnaire, language
        As for :func:`short_form_html`.

    Returns
    -------
    str
        A complete HTML document.
    """
    fragment = short_form_html(model, questionnaire, language=language)
    title = escape(visible(questionnaire.title.in_(language)))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>{title}</title>",
            "<style>body { margin: 0 auto; max-width: 60rem; padding: 1rem; }</style>",
            "</head>",
            "<body>",
            f"<main><h1>{title}</h1>",
            f"{fragment}</main>",
            "</body>",
            "</html>\n",
        ]
    )


def _packaged(package: str, name: str) -> str:
    top, *folders = package.split(".")  # the folder of a package is read without importing it
    return files(top).joinpath(*folders, name).read_text(encoding="utf-8")
