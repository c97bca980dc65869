"""A part of the questionnaire that somebody looks at: as its file says it, as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from typology.app.editing.block_form import BlockForm
from typology.app.editing.fields import Fields, without_blank_rows
from typology.app.editing.kept_forms import KeptForm, is_unsaved
from typology.app.editing.part_form import Edited, PartForm, mark_of
from typology.app.editing.question_form import QuestionForm
from typology.app.editing.scale_form import ScaleForm
from typology.app.visits import Visit
from typology.files.yaml_files import load_mapping
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import questionnaire_from_mapping

EDITED_PARTS: Mapping[str, PartForm] = {
    "block": BlockForm(), "scale": ScaleForm(), "question": QuestionForm(),
}  # fmt: skip
"""The parts of a questionnaire that have a form, by kind."""


@dataclass(frozen=True)
class EditedPart:
    """A part of the questionnaire of a study, looked at by somebody; "" is one to be made."""

    visit: Visit
    kind: str
    name: str

    @property
    def form(self) -> PartForm:
        """Return its form."""
        return EDITED_PARTS[self.kind]

    @property
    def address(self) -> str:
        """Return the end of its address."""
        return f"{self.kind}/{self.name}".rstrip("/")

    @cached_property
    def content(self) -> dict[str, Any]:
        """Return the questionnaire as its file says it."""
        return load_mapping(self.visit.opened.load().questionnaire_path)

    @cached_property
    def asked(self) -> Questionnaire:
        """Return the questionnaire; `InputError` where it cannot be read."""
        path = self.visit.opened.load().questionnaire_path
        return questionnaire_from_mapping(self.content, where=path.name)

    @cached_property
    def mark(self) -> str:
        """Return a mark of the part as the file says it."""
        return mark_of(self.form, self.content, self.name)

    @cached_property
    def saved(self) -> dict[str, str]:
        """Return the fields as the file says them."""
        return self.form.fields(self.content, self.name)

    def counted(self, fields: Fields) -> dict[str, str]:
        """Return the fields without the rows that were left empty."""
        kept = dict(fields)
        for each in self.form.blank_rows:
            kept = without_blank_rows(kept, each)
        return kept

    def edited(self, fields: Fields) -> Edited:
        """Return the questionnaire with the part as it was typed."""
        return self.form.edited(self.content, self.name, self.counted(fields))

    def is_unsaved(self, fields: Fields) -> bool:
        """Return whether something in a form is not as the file says it."""
        return is_unsaved(fields, saved=self.saved)

    def kept(self, *, keep_focus: bool = False) -> KeptForm | None:
        """Return what was typed and is not in the file."""
        return self.visit.site.kept.get(self._own, keep_focus=keep_focus)

    @property
    def turn(self) -> str:
        """Return the turn of its form: another one once a button was pressed."""
        return self.visit.site.kept.turn(self._own)

    def keep(self, fields: Fields, *, asked: str = "", focus: str = "") -> None:
        """Keep what was typed when a button was pressed."""
        self.visit.site.kept.keep(self._own, KeptForm(fields, asked, focus))

    def keep_typed(self, fields: Fields) -> None:
        """Keep what is being typed; what was asked before is still asked."""
        turn = self.visit.text("turn")
        self.visit.site.kept.keep_typed(self._own, fields, turn=turn, saved=self.saved)

    def forget(self) -> None:
        """Forget what was typed."""
        self.visit.site.kept.forget(self._own)

    def here(self, *told: str) -> Response:
        """Return the way to its form, which says something first."""
        return self.visit.go(f"edit/{self.address}", *told)

    @property
    def _own(self) -> tuple[str, str, str]:
        return self.visit.opened.name, self.kind, self.name


def looked_at_part(visit: Visit) -> EditedPart:
    """Return the part of an address; `InputError` where the questionnaire cannot be read."""
    kind = visit.request.path_params["part"]
    if kind not in EDITED_PARTS:
        raise HTTPException(404)
    part = EditedPart(visit, kind, visit.request.path_params.get("name", ""))
    if part.asked and part.name and part.name not in part.form.names(part.content):
        raise HTTPException(404)
    return part
