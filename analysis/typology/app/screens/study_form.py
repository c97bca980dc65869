"""What is asked of the forms of the title and of the types: keep what is typed, write it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.responses import JSONResponse, Response

from typology.app.editing.drafts import ScreenForm
from typology.app.editing.fields import Fields, rows, texts_typed
from typology.app.editing.kept_forms import is_unsaved, mark_of_content
from typology.app.editing.study_forms import (
    STUDY_FORMS,
    TITLE,
    title_fields,
    types_fields,
    types_typed,
)
from typology.app.editing.writing import write_questionnaire
from typology.app.visits import HEADERS, Visit
from typology.files.yaml_files import load_mapping
from typology.problems import InputError
from typology.questionnaire.file import load_questionnaire
from typology.study import check_study
from typology.study.type_profiles import LEVELS
from typology.words.visible_text import one_line


@dataclass(frozen=True)
class _StudyForm:
    """One of the two forms, looked at by somebody."""

    visit: Visit
    name: str

    @cached_property
    def said(self) -> Any:
        """Return what the file says."""
        study = self.visit.opened
        if self.name == TITLE:
            return load_mapping(study.load().questionnaire_path).get(TITLE)
        return load_mapping(study.path).get(self.name) or []

    @property
    def saved(self) -> dict[str, str]:
        """Return the fields as the file says them."""
        return title_fields(self.said) if self.name == TITLE else types_fields(self.said)

    @property
    def draft(self) -> ScreenForm:
        """Return the form as it is kept."""
        return self.visit.draft(self.name, self.saved)

    @property
    def mark(self) -> str:
        """Return a mark of what the file says."""
        return mark_of_content(self.said)

    def write(self, fields: Fields) -> str:
        """Write what was typed, or raise `InputError`; return the name of the file."""
        study = self.visit.opened
        path = study.load().questionnaire_path
        if self.name == TITLE:
            title = texts_typed(fields, TITLE)
            return write_questionnaire(study, {**load_mapping(path), TITLE: title})
        with study.alone():
            types = types_typed(fields, self.said, study.load().choices.active)
            if types == list(self.said):
                return study.path.name
            study.change(study.path, {self.name: types or None})
            try:
                check_study(study.load(), load_questionnaire(path))
            except InputError:
                study.undo()
                raise
        return study.path.name


def form_of_study(visit: Visit) -> Response:
    """Keep what is typed into a form, forget it, or write it into its file."""
    with visit.opened.alone():
        form = _StudyForm(visit, visit.text("part"))
        fields = {
            name: one_line(visit.text(name))
            for name in visit.form
            if name.partition("/")[0] == form.name
        }
        # What is not shown stays: another language, a block that makes no types.
        shown = {_row(name) for name in fields}
        fields |= {
            name: each
            for name, each in form.saved.items()
            if name not in fields and _row(name) in shown
        }
        if visit.text("act") == "keep":
            if visit.text("former") == form.mark:
                form.draft.keep_typed(fields, turn=visit.text("turn"))
            return JSONResponse({"reads": False}, headers=HEADERS)
        return visit.go("questionnaire", *_done(form, fields))


def _row(field: str) -> str:
    """Return what a field is part of: the title, or one of the types."""
    part, _, rest = field.partition("/")
    return part if part == TITLE else rest.partition("/")[0]


def _done(form: _StudyForm, fields: Fields) -> tuple[str, ...]:
    """Do what a button asks; return what the page then says first."""
    visit = form.visit
    if visit.text("act") == "discard":
        form.draft.forget()
        return (visit.say("discarded"),)
    if visit.text("former") not in ("", form.mark):
        form.draft.refuse(fields)
        return (visit.say("changed_elsewhere"),)
    try:
        file = form.write(fields)
    except InputError as error:
        form.draft.refuse(fields, error.problems)
        return ()
    form.draft.forget()
    return (visit.say("saved", file=file),)


def shown_forms(visit: Visit) -> dict[str, dict[str, Any]]:
    """Return what the page shows of both forms: what was typed, or the file; what was refused."""
    shown = {}
    for name in STUDY_FORMS:
        form = _StudyForm(visit, name)
        draft = form.draft
        fields = draft.fields
        shown[name] = {
            "fields": fields, "count": rows(fields, name), "former": form.mark,
            "turn": draft.turn, "unsaved": is_unsaved(fields, saved=draft.saved),
            "refused": [each.text(visit.language) for each in draft.problems],
            "levels": tuple(LEVELS),
        }  # fmt: skip
    return shown
