"""What a page says of where the questionnaire comes from, and of what was published."""

from __future__ import annotations

from typology.document import REPORTED, Document
from typology.facts import Written
from typology.narrative_choices import wording_origin
from typology.words import word


def sources_paragraph(document: Document) -> Written:
    """Return where the wordings come from, and where what was published is compared.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        Markdown: nothing on wordings where no item was reconstructed, nothing on what was
        published where there is no ``reported.yml`` beside the questionnaire.
    """
    language = document.language
    told = []
    if wording := wording_origin(document.facts):
        told.append(word("sources_wording", language, wording=wording))
    if document.study.questionnaire_path.with_name(REPORTED).is_file():
        told.append(word("sources_reported", language))
    return Written(" ".join(told))
