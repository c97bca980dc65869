"""What was typed and is not in the file yet: kept by the server, for a browser that is killed."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from typology.problems import Problem

SAVE, REMOVE = "save", "remove"


@dataclass(frozen=True)
class KeptForm:
    """A form as it was typed.

    ``asked`` is what was asked and refused ("save", "remove"), "" where nothing was; ``focus`` is
    the field to go on with; ``problems`` are what was wrong, where that is not found again.
    """

    fields: Mapping[str, str]
    asked: str = ""
    focus: str = ""
    problems: Sequence[Problem] = ()


FormKey = tuple[str, str, str]
"""The name of a study, a kind of part, the name of a part."""


@dataclass
class KeptForms:
    """The forms that are kept.

    Each has a turn, which changes when a button is pressed: what was typed before that and arrives
    after it is late.
    """

    _forms: dict[FormKey, KeptForm] = field(default_factory=dict)
    _turns: Counter[FormKey] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: FormKey, *, keep_focus: bool = False) -> KeptForm | None:
        """Return what is kept of a form; the field to go on with is told once, if not kept."""
        with self._lock:
            kept = self._forms.get(key)
            if kept is not None and kept.focus and not keep_focus:
                self._forms[key] = replace(kept, focus="")
            return kept

    def turn(self, key: FormKey) -> str:
        """Return the turn of a form."""
        with self._lock:
            return str(self._turns[key])

    def keep(self, key: FormKey, form: KeptForm) -> None:
        """Keep a form as it was typed when a button was pressed."""
        with self._lock:
            self._forms[key] = form
            self._turns[key] += 1

    def keep_typed(
        self,
        key: FormKey,
        fields: Mapping[str, str],
        *,
        turn: str,
        saved: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what is being typed, unless a button was pressed since that turn.

        Nothing is kept of a form that is as it is ``saved``; what was refused before still is.
        """
        with self._lock:
            if turn != str(self._turns[key]):
                return
            former = self._forms.get(key)
            if former is not None or saved is None or is_unsaved(fields, saved=saved):
                self._forms[key] = replace(former or KeptForm({}), fields=fields, focus="")

    def forget(self, key: FormKey) -> None:
        """Forget a form: it is in the file, or is not wanted."""
        with self._lock:
            self._forms.pop(key, None)
            self._turns[key] += 1

    def names(self, study: str, part: str) -> list[str]:
        """Return the names of the parts of which a form is kept."""
        with self._lock:
            return [name for of, kind, name in self._forms if (of, kind) == (study, part)]


def is_unsaved(fields: Mapping[str, str], *, saved: Mapping[str, str]) -> bool:
    """Return whether something that was typed is not as the file says it.

    >>> is_unsaved({"fr": "Oui", "en": ""}, saved={"fr": "Oui"})
    False
    """
    said, typed = (
        {name: value for name, value in each.items() if value} for each in (saved, fields)
    )
    return said != typed


def mark_of_content(content: object) -> str:
    """Return a mark of what a file says: it changes where that does."""
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
