"""The platforms a form is written for, by the names of the option ``--to``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from typology.questionnaire import Language
from typology.tools.forms import (
    google_forms,
    limesurvey,
    qualtrics,
    redcap,
    web_page,
    word_document,
    xlsform,
)
from typology.tools.forms.form import Form
from typology.tools.forms.heading import Heading
from typology.tools.forms.written import Written


@dataclass(frozen=True)
class Platform:
    """How a form is written for a platform, and what its export will look like.

    ``title`` is its own name, ``ending`` that of its files; ``headings`` is None for paper.
    """

    title: str
    ending: str
    write: Callable[[Form], Written]
    headings: Callable[[Form, Language], tuple[Heading, ...]] | None = None


PLATFORMS = {
    "limesurvey": Platform("LimeSurvey", ".txt", limesurvey.write, limesurvey.headings),
    "redcap": Platform("REDCap", ".csv", redcap.write, redcap.headings),
    "xlsform": Platform("Kobo / ODK (XLSForm)", ".xlsx", xlsform.write, xlsform.headings),
    "google-forms": Platform("Google Forms", ".gs", google_forms.write, google_forms.headings),
    "qualtrics": Platform("Qualtrics", ".txt", qualtrics.write, qualtrics.headings),
    "docx": Platform("Word", ".docx", word_document.write),
    "html": Platform("HTML", ".html", web_page.write),
}


def headings(form: Form, platform: str, *, language: Language) -> tuple[Heading, ...]:
    """Return the columns that the answers to a form come back in, in the order of the form.

    ======================  ===========================================================
    platform                heading of the item E01 of the block "hopes", of the choice
                            "mail" of the question "tools", of the question "age"
    ======================  ===========================================================
    ``limesurvey``          ``hopes[E01]`` ``tools[mail]`` ``age``
    ``redcap``              ``e01`` ``tools___mail`` ``age``
    ``xlsform``             ``hopes/E01`` ``about_you/tools/mail`` ``about_you/age``
    ``google-forms``        ``Do you agree? [Wording]`` ``Tools used`` ``How old are you?``
    ``qualtrics``           ``hopes_1`` ``tools_1`` ``age``
    ======================  ===========================================================

    ``language`` is that of the form that was answered. ValueError is raised for paper, and
    KeyError for an unknown platform.

    >>> from typology.questionnaire import Questionnaire
    >>> from typology.tools.forms.form import make_form
    >>> coffee = Questionnaire.model_validate({
    ...     "title": {"en": "Coffee"}, "languages": ["en"],
    ...     "scales": {"s": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]},
    ...     "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "s",
    ...                 "direction": "neutral", "items": [{"id": "H_1", "en": "It is hot"}]}]})
    >>> for platform in ("limesurvey", "redcap", "xlsform", "google-forms", "qualtrics"):
    ...     print(*headings(make_form(coffee), platform, language="en")[0].names)
    hopes[H1] hopes_H1
    h_1
    hopes/H_1 H_1 hopes-H_1
    Hopes [It is hot]
    hopes_1
    """
    told = PLATFORMS[platform].headings
    if told is None:
        raise ValueError(f"{platform} is paper: its answers are typed in.")
    return told(form, language)
