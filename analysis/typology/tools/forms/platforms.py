"""The platforms a form is written for, by the names of the option ``--to``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from typology.questionnaire.forms.form import Form
from typology.tools.forms import (
    google_forms,
    limesurvey,
    qualtrics,
    redcap,
    web_page,
    word_document,
    xlsform,
)
from typology.tools.forms.written import WrittenForm


@dataclass(frozen=True)
class Platform:
    """How a form is written for a platform.

    ``title`` is its own name, ``ending`` that of its files.
    """

    title: str
    ending: str
    write: Callable[[Form], WrittenForm]
    on_paper: bool = False


PLATFORMS = {
    "limesurvey": Platform("LimeSurvey", ".txt", limesurvey.write),
    "redcap": Platform("REDCap", ".csv", redcap.write),
    "xlsform": Platform("Kobo / ODK (XLSForm)", ".xlsx", xlsform.write),
    "google-forms": Platform("Google Forms", ".gs", google_forms.write),
    "qualtrics": Platform("Qualtrics", ".txt", qualtrics.write),
    "docx": Platform("Word", ".docx", word_document.write, on_paper=True),
    "html": Platform("HTML", ".html", web_page.write, on_paper=True),
}
