"""A fault in one part of a questionnaire, before its whole place is known."""

from __future__ import annotations

from typing import NamedTuple

from typology.words.phrases import Phrase


class Fault(NamedTuple):
    """One thing wrong: the rest of its place inside the part, and what to say about it."""

    place: tuple[str | int, ...]
    value: str
    expected: Phrase
    remedy: Phrase
