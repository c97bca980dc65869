"""The short form on the site, to be answered and scored by its reader."""

from __future__ import annotations

from typology.document import Document
from typology.facts import Written
from typology.results import MODEL
from typology.saved_model import read_model
from typology.short_form_page import short_form_html
from typology.words import word


def short_form_to_answer(document: Document) -> Written:
    """Return the short form as a reader answers it, or why there is none.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        In the language of the page, or in that of a questionnaire that does not have it.
    """
    model = read_model(document.study.results_path / MODEL)
    if not model.get("short_form"):
        return document.show(word("short_form_none", document.language))
    languages = document.questionnaire.languages
    language = document.language if document.language in languages else languages[0]
    return document.html(short_form_html(model, document.questionnaire, language=language))
