"""The two languages of the interface: words, phrases, numbers, spelling."""

from __future__ import annotations

from typology.words.catalogue import word
from typology.words.numbers import MISSING_NUMBER, number, p_value, percent
from typology.words.typography import (
    LANGUAGES,
    NO_BREAK_SPACE,
    curly_apostrophes,
    french_spacing,
)

__all__ = [
    "LANGUAGES",
    "MISSING_NUMBER",
    "NO_BREAK_SPACE",
    "curly_apostrophes",
    "french_spacing",
    "number",
    "p_value",
    "percent",
    "word",
]
