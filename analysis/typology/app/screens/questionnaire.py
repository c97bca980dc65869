"""Questionnaire: its blocks, items, scales, questions and types, edited; its form beside."""

from __future__ import annotations

import tempfile
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

from typology.app.editing.drafts import FILES, ScreenForm
from typology.app.editing.study_forms import STUDY_FORMS
from typology.app.received import has_made_up_answers, make_up_answers
from typology.app.screens.edited_part import EDITED_PARTS
from typology.app.screens.part_page import scale_labels
from typology.app.screens.study_form import form_of_study, shown_forms
from typology.app.visits import SELF_CONTAINED, Visit, alone, sent, sent_together
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.questionnaire.forms.form import make_form
from typology.tools.forms.files import write_form
from typology.tools.forms.platforms import PLATFORMS


def questionnaire(visit: Visit) -> Response:
    """Show the questionnaire to be edited; write what was edited, if it can be read again."""
    study = visit.opened
    if visit.asks and visit.text("part") in STUDY_FORMS:
        return form_of_study(visit)
    if visit.asks:
        saved = _SAVERS[visit.text("part")](visit) if visit.text("part") in _SAVERS else ""
        to = visit.text("screen") or "questionnaire"
        return visit.go(to, saved or visit.say("nothing_chosen"))
    try:
        loaded = study.load()
        path = loaded.questionnaire_path
        content = load_mapping(path)
        asked = load_questionnaire(path)
    except InputError as error:
        return _as_text(visit, error)
    return visit.page(
        "questionnaire.html", screen="questionnaire", asked=asked, content=content,
        languages=asked.languages, parts=_parts(visit, asked),
        platforms=PLATFORMS, active=loaded.choices.active, made_up=has_made_up_answers(loaded),
        problems=(), files=_files(visit, path), forms=shown_forms(visit),
    )  # fmt: skip


def _parts(visit: Visit, asked: Questionnaire) -> dict[str, list[tuple[str, str, bool]]]:
    """Return what has a form of its own, by kind: its name, its words, whether some are unsaved."""
    language = visit.language
    named: dict[str, dict[str, str]] = {
        "block": {
            each.id: f"{each.title.in_(language)} – "
            + visit.say("items_count", plural=len(each.items), count=len(each.items))
            for each in asked.blocks
        },
        "scale": scale_labels(visit, asked),
        "question": {
            each.id: f"{each.in_(language)} – {visit.say(f'kind_{each.type}')}"
            for each in asked.respondent
        },
    }
    kept = {part: visit.site.kept.names(visit.opened.name, part) for part in EDITED_PARTS}
    return {
        part: [(name, text, name in kept[part]) for name, text in (named[part] | {"": ""}).items()]
        for part in EDITED_PARTS
    }


def blank(visit: Visit) -> Response:
    """Show the form as it is printed."""
    asked = visit.opened.questionnaire()
    if asked is None:
        return visit.page("sentence.html", sentence=visit.say("no_form_yet"))
    written = PLATFORMS["html"].write(make_form(asked)).files
    spoken = next((each for each in written if each == visit.language), asked.languages[0])
    return alone(written[spoken].decode(), SELF_CONTAINED)


def form(visit: Visit) -> Response:
    """Send the form for a platform: one file, or a zip of those of its languages."""
    platform = visit.request.path_params["platform"]
    if platform not in PLATFORMS:
        raise HTTPException(404)
    with tempfile.TemporaryDirectory(prefix="typology-app-") as folder:
        write_form(visit.opened.path, platform=platform, output=Path(folder))
        paths = sorted(Path(folder).iterdir())
        if len(paths) == 1:
            return sent(paths[0].name, paths[0].read_bytes())
        return sent_together(f"questionnaire_{platform}.zip", ((path, path.name) for path in paths))


def _as_text(visit: Visit, error: InputError) -> Response:
    """Show both files as they are, where they cannot be shown otherwise."""
    try:
        path = visit.opened.load().questionnaire_path
    except InputError:
        path = visit.opened.path
    return visit.page(
        "questionnaire.html", screen="questionnaire", asked=None, problems=error.problems,
        files=_files(visit, path), platforms=PLATFORMS,
    )  # fmt: skip


def _files(visit: Visit, questionnaire_path: Path) -> dict[str, ScreenForm]:
    """Return both files as they are written or were typed, by name."""
    return {
        path.name: _file_draft(visit, path)
        for path in dict.fromkeys((questionnaire_path, visit.opened.path))
        if path.is_file()
    }


def _file_draft(visit: Visit, path: Path) -> ScreenForm:
    text = path.read_text(encoding="utf-8-sig").strip()
    return visit.draft(f"{FILES}/{path.name}", {"text": text, "file": path.name})


def _made_up(visit: Visit) -> str:
    """Make up answers to the questionnaire as it is."""
    respondents = make_up_answers(visit.opened)
    return visit.say("made_up_again", respondents=respondents) if respondents else ""


def _save_file(visit: Visit) -> str:
    """Write one of the two files as it was typed, whatever is wrong in it: the check tells."""
    study = visit.opened
    try:
        paths = [study.path, study.load().questionnaire_path]
    except InputError:
        paths = [study.path]
    named = next((path for path in paths if path.name == visit.text("file")), None)
    if named is None:
        return ""
    draft, text = _file_draft(visit, named), visit.text("text")
    if visit.text("act") == "discard":
        draft.forget()
        return visit.say("discarded")
    if visit.text("former") not in ("", draft.mark):
        draft.refuse(visit.sent)
        return visit.say("changed_elsewhere")
    draft.forget()
    if not text:
        return ""
    study.write(named, f"{text}\n".encode())
    return visit.say("saved", file=named.name)


_SAVERS = {
    "file": _save_file,
    "made_up": _made_up,
}
