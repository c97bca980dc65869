"""What was typed and is not in the file yet: kept by the server, for a browser that is killed."""

from __future__ import annotations

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

    def keep(self, key: FormKey, form: KeptForm, *, same_turn: bool = False) -> None:
        """Keep a form as it was typed."""
        with self._lock:
            self._forms[key] = form
            self._turns[key] += not same_turn

    def forget(self, key: FormKey) -> None:
        """Forget a form: it is in the file, or is not wanted."""
        with self._lock:
            self._forms.pop(key, None)
            self._turns[key] += 1

    def names(self, study: str, part: str) -> list[str]:
        """Return the names of the parts of which a form is kept."""
        with self._lock:
            return [name for of, kind, name in self._forms if (of, kind) == (study, part)]
