"""A part of the questionnaire as it will be answered, as far as it was typed."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from starlette.responses import Response

from typology.app.screens.edited_part import EditedPart, looked_at_part
from typology.app.visits import SELF_CONTAINED, Visit, alone
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import questionnaire_from_mapping
from typology.questionnaire.forms.form import Form, make_form
from typology.tools.forms.platforms import PLATFORMS

_NOTHING = """<!DOCTYPE html>
<html lang="{language}"><meta charset="utf-8"><title>{told}</title>
<body style="font: 1rem/1.5 system-ui, sans-serif; color: #4a5563"><p>{told}</p></body></html>
"""


def seen(visit: Visit) -> Response:
    """Show a part as the form that is answered shows it: what was typed, or the file."""
    part = looked_at_part(visit)
    asked, name = _as_typed(part)
    form = _of_part(make_form(asked), part.kind, name)
    if not (form.grids or form.questions):
        told = "scale_unseen" if part.kind == "scale" and name else "unseen"
        nothing = _NOTHING.format(language=visit.language, told=escape(visit.say(told)))
        return alone(nothing, SELF_CONTAINED)
    written = PLATFORMS["html"].write(form).files
    spoken = next((each for each in written if each == visit.language), asked.languages[0])
    return alone(written[spoken].decode(), SELF_CONTAINED)


def _as_typed(part: EditedPart) -> tuple[Questionnaire, str]:
    """Return the questionnaire with what was typed, where it reads, and the name of the part."""
    kept = part.kept(keep_focus=True)
    if kept is None:
        return part.asked, part.name
    edited = part.edited(kept.fields)
    try:
        return questionnaire_from_mapping(edited.content), edited.name
    except InputError:
        return part.asked, part.name


def _of_part(form: Form, kind: str, name: str) -> Form:
    """Return a form with what shows one part alone."""
    grids = [
        each for each in form.grids if (kind, name) in (("block", each.id), ("scale", each.scale))
    ]
    questions = [each for each in form.questions if (kind, name) == ("question", each.id)]
    return replace(form, about=None, grids=tuple(grids), questions=tuple(questions))
