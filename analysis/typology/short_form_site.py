"""What the site shows of the short form: the page to answer, and the scoring on paper."""

from __future__ import annotations

from typing import Any

from typology.assignment_files import read_model
from typology.document import Document
from typology.facts import Written
from typology.results import MODEL
from typology.short_form_files import scoring_sheet
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
    """
    model = _model(document)
    if not model.get("short_form"):
        return _none(document)
    return document.html(short_form_html(model, document.questionnaire, language=document.language))


def short_form_on_paper(document: Document) -> Written:
    """Return the scoring of the short form on paper, or why there is none.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
    """
    model = _model(document)
    if not model.get("short_form"):
        return _none(document)
    return document.show(scoring_sheet(model, document.questionnaire, document.language))


def _model(document: Document) -> dict[str, Any]:
    return read_model(document.study.results_path / MODEL)


def _none(document: Document) -> Written:
    return document.show(word("short_form_none", document.language))
