"""The languages of the interface, and the signs that their typography asks for."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
NO_BREAK_SPACE = "\u00a0"

_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#x27;|&#39;)(?=\w)")


def french_spacing(text: str) -> str:
    r"""Replace the spaces that French typography does not break.

    No-break spaces stand before ``% : ; ! ? »``, after ``«``, and around ``=`` and ``<``.

    >>> french_spacing("« oui » : 3 %") == "«\u00a0oui\u00a0»\u00a0: 3\u00a0%"
    True
    """
    text = re.sub(r" (?=[%:;!?»])", NO_BREAK_SPACE, text)
    text = re.sub(r"(?<=«) ", NO_BREAK_SPACE, text)
    return re.sub(r"(?<=[np²]) ([=<≥]) ", NO_BREAK_SPACE + r"\1" + NO_BREAK_SPACE, text)


def curly_apostrophes(text: str) -> str:
    """Replace the typewriter apostrophes within words, for what Pandoc does not typeset.

    >>> curly_apostrophes("l'axe 1 d'un 'plan'")
    "l’axe 1 d’un 'plan'"
    """
    return _APOSTROPHE.sub("’", text)


def check_language(language: str) -> None:
    """Refuse a language that is not one of the two."""
    if language not in LANGUAGES:
        raise ValueError(f"Language {language!r} is not known: expected 'fr' or 'en'.")
