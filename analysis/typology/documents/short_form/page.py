"""The short form as a fragment of a page, and as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from typology.documents.short_form.content import short_form_page_content
from typology.documents.standalone_page import live_fragment, standalone_page
from typology.questionnaire import Questionnaire
from typology.words import curly_apostrophes, word
from typology.words.visible_text import visible

SCRIPTS = ("explorer/writing.js", "short_form/short_form.js")
"""The parts of the script, in order: the first is shared with the explorer."""


def short_form_html(
    model: Mapping[str, Any], questionnaire: Questionnaire, *, language: str
) -> str:
    """Return the short form of a model as a fragment to put into a page: nothing is sent or kept.

    ``language`` is the one shown first; readers may switch to the others of the questionnaire,
    which is that of the run. Raises ValueError if the model has no short form, or the questionnaire
    not this language.
    """
    content = short_form_page_content(model, questionnaire, language=language)
    notice = escape(curly_apostrophes(word("short_form_needs_javascript", language)))
    banner = (
        f'<p class="sf-simulated">{escape(word("simulated_warning", language))}</p>'
        if content["simulated"]
        else ""
    )
    return live_fragment(
        "typology-short-form",
        language,
        content,
        body=f'{banner}<div class="sf-body"><noscript>{notice}</noscript></div>',
        style="short_form/short_form.css",
        scripts=SCRIPTS,
    )


def short_form_document(
    model: Mapping[str, Any], questionnaire: Questionnaire, *, language: str
) -> str:
    """Return the short form as a page of its own, to open from a disk."""
    fragment = short_form_html(model, questionnaire, language=language)
    title = escape(visible(questionnaire.title.in_(language)))
    return standalone_page(fragment, language, title=title, widest="60rem")
