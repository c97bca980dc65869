"""Text on consoles that lack some of its letters."""

from __future__ import annotations

import codecs
import io
import unicodedata
from collections.abc import Iterable

READABLE = "typology.readable"
"""Name of the way in which letters that a console lacks are written."""

_PLAIN = {
    "−": "-", "–": "-", "—": "-", "‑": "-", "×": "x", "✓": "v", "✗": "x", "≥": ">=", "≤": "<=",
    "≠": "!=", "≈": "~", "→": "->", "←": "<-", "·": ".", "•": "-", "…": "...", "›": ">", "‹": "<",
    "«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "‘": "'", "œ": "oe", "Œ": "OE", "æ": "ae",
    "Æ": "AE", "€": "EUR",
}  # fmt: skip


def make_readable(streams: Iterable[object]) -> None:
    """Let streams write what their encoding lacks in letters that it has.

    Those that are no texts on a console or in a file are left as they are.
    """
    codecs.register_error(READABLE, _readable)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=READABLE)


def _readable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plain, error.object[error.start : error.end])), error.end


def plain(letter: str) -> str:
    """Return a letter in those that every console has.

    Examples
    --------
    >>> [plain(letter) for letter in ("é", "−", "\N{NARROW NO-BREAK SPACE}", "│", "χ", "字")]
    ['e', '-', ' ', '|', 'chi', '?']
    """
    if letter in _PLAIN:
        return _PLAIN[letter]
    decomposed = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    if decomposed:
        return decomposed
    name = unicodedata.name(letter, "")
    if name.startswith("GREEK SMALL LETTER "):
        return name.removeprefix("GREEK SMALL LETTER ").lower()
    if name.startswith("BOX DRAWINGS "):
        return {"HORIZONTAL": "-", "VERTICAL": "|"}.get(name.split()[-1], "+")
    return "*" if name.startswith("BRAILLE PATTERN ") else "?"
