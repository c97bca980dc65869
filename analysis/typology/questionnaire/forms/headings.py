"""The columns that the answers to a form come back in, on each platform."""

from __future__ import annotations

from collections.abc import Callable

from typology.questionnaire.forms import google_forms, limesurvey, qualtrics, redcap, xlsform
from typology.questionnaire.forms.form import Form
from typology.questionnaire.forms.heading import Heading
from typology.words.typography import Language

_HEADINGS: dict[str, Callable[[Form, Language], tuple[Heading, ...]]] = {
    "limesurvey": limesurvey.headings,
    "redcap": redcap.headings,
    "xlsform": xlsform.headings,
    "google-forms": google_forms.headings,
    "qualtrics": qualtrics.headings,
}
PLATFORMS_ANSWERED = tuple(_HEADINGS)
"""The platforms whose answers come back as a file."""


def answer_headings(form: Form, platform: str, *, language: Language) -> tuple[Heading, ...]:
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

    ``language`` is that of the form that was answered. KeyError is raised for paper and for an
    unknown platform.

    >>> from typology.questionnaire import Questionnaire
    >>> from typology.questionnaire.forms.form import make_form
    >>> coffee = Questionnaire.model_validate({
    ...     "title": {"en": "Coffee"}, "languages": ["en"],
    ...     "scales": {"s": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}]},
    ...     "blocks": [{"id": "hopes", "title": {"en": "Hopes"}, "scale": "s",
    ...                 "direction": "neutral", "items": [{"id": "H_1", "en": "It is hot"}]}]})
    >>> for platform in ("limesurvey", "redcap", "xlsform", "google-forms", "qualtrics"):
    ...     print(*answer_headings(make_form(coffee), platform, language="en")[0].names)
    hopes[H1] hopes_H1
    h_1
    hopes/H_1 H_1 hopes-H_1
    Hopes [It is hot]
    hopes_1
    """
    return _HEADINGS[platform](form, language)
