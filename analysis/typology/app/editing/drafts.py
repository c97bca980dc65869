"""What a screen was told and has not written: a draft, kept for a browser that is killed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from typology.app.editing.fields import Fields
from typology.app.editing.kept_forms import (
    SAVE,
    FormKey,
    KeptForm,
    KeptForms,
    is_unsaved,
    mark_of_content,
)
from typology.problems import Problem

CHOOSE, MEND, HOW_TO_RUN, FILES, NEW_STUDY, BRING = "choose", "mend", "run", "file", "new", "bring"
"""The forms of which a draft is kept; "mend/column" is one of several of a screen."""

DRAFTED = (CHOOSE, MEND, HOW_TO_RUN, FILES, NEW_STUDY, BRING)
_OF_THE_FORM = ("act", "action", "form", "former", "turn", "screen", "part")
_BETWEEN = "\n"


def draft_key(study: str, form: str) -> FormKey:
    """Return under which key the draft of a form is kept.

    >>> draft_key("a1", "mend/column")
    ('a1', 'mend', 'column')
    """
    kind, _, name = form.partition("/")
    return study, kind, name


def fields_sent(sent: Iterable[tuple[str, object]]) -> dict[str, str]:
    r"""Return the fields of a form that was sent; those of one name stand together.

    >>> fields_sent([("act", "keep"), ("active", "a"), ("active", "b"), ("seed", " 1 ")])
    {'active': 'a\nb', 'seed': '1'}
    """
    fields: dict[str, list[str]] = {}
    for name, value in sent:
        if isinstance(value, str) and name not in _OF_THE_FORM:
            fields.setdefault(name, []).append(value.strip().replace("\r\n", "\n"))
    return {name: _BETWEEN.join(values) for name, values in fields.items()}


def together(values: Iterable[object]) -> str:
    """Return what is ticked of several, as one field."""
    return _BETWEEN.join(map(str, values))


@dataclass(frozen=True)
class ScreenForm:
    """A form of a screen: what the file says of it (``saved``), what was typed since."""

    form: str
    key: FormKey
    saved: Fields
    forms: KeptForms

    @property
    def kept(self) -> KeptForm | None:
        """Return what was typed and is not in the file."""
        return self.forms.get(self.key)

    @property
    def fields(self) -> Mapping[str, str]:
        """Return the fields to show: those typed, or those of the file."""
        kept = self.kept
        return self.saved if kept is None else kept.fields

    def has(self, name: str, value: object) -> bool:
        """Return whether a value is among those ticked under a name."""
        return str(value) in self.fields.get(name, "").split(_BETWEEN)

    @property
    def unsaved(self) -> bool:
        """Return whether something that was typed is not as the file says it."""
        typed = {name: self.fields.get(name, "") for name in self.saved}
        return is_unsaved(typed, saved=self.saved)

    @property
    def problems(self) -> Sequence[Problem]:
        """Return why what was typed was refused, nothing where it was not."""
        kept = self.kept
        return () if kept is None else kept.problems

    @property
    def mark(self) -> str:
        """Return a mark of what the file says."""
        return mark_of_content(dict(self.saved))

    @property
    def turn(self) -> str:
        """Return the turn of the form: another one once a button was pressed."""
        return self.forms.turn(self.key)

    def keep_typed(self, fields: Fields, *, turn: str) -> None:
        """Keep what is being typed, if no button was pressed since that turn."""
        self.forms.keep_typed(self.key, fields, turn=turn, saved=self.saved)

    def refuse(self, fields: Fields, problems: Sequence[Problem] = ()) -> None:
        """Keep what was typed and cannot be written, and why."""
        self.forms.keep(self.key, KeptForm(fields, SAVE, problems=problems))

    def forget(self) -> None:
        """Forget what was typed: it is in the file, or is not wanted."""
        self.forms.forget(self.key)
