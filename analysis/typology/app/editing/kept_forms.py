"""What was typed and is not in the file yet: kept by the server, for a browser that is killed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

SAVE, REMOVE = "save", "remove"


@dataclass(frozen=True)
class KeptForm:
    """A form as it was typed.

    ``asked`` is what was asked and refused ("save", "remove"), "" where nothing was; ``focus`` is
    the field to go on with.
    """

    fields: Mapping[str, str]
    asked: str = ""
    focus: str = ""


@dataclass
class KeptForms:
    """The forms that are kept: by study, kind of part and name of the part."""

    _forms: dict[tuple[str, str, str], KeptForm] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(
        self, study: str, part: str, name: str, *, keep_focus: bool = False
    ) -> KeptForm | None:
        """Return what is kept of a form; the field to go on with is told once, unless it is kept."""
        with self._lock:
            kept = self._forms.get((study, part, name))
            if kept is not None and kept.focus and not keep_focus:
                self._forms[study, part, name] = replace(kept, focus="")
            return kept

    def keep(self, study: str, part: str, name: str, form: KeptForm) -> None:
        """Keep a form as it was typed."""
        with self._lock:
            self._forms[study, part, name] = form

    def forget(self, study: str, part: str, name: str) -> None:
        """Forget a form: it is in the file, or is not wanted."""
        with self._lock:
            self._forms.pop((study, part, name), None)

    def names(self, study: str, part: str) -> list[str]:
        """Return the names of the parts of which a form is kept."""
        with self._lock:
            return [name for of, kind, name in self._forms if (of, kind) == (study, part)]
