"""What a platform is given: the contents of its files, and what had to be written otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from typology.questionnaire import Language
from typology.words.phrases import Phrase


@dataclass(frozen=True)
class WrittenForm:
    """The files of a form for a platform, before they are on disk.

    ``files`` are their contents by language, or under None where one file has every language.
    ``notes`` say what the platform cannot hold, and what was done about it.
    """

    files: Mapping[Language | None, bytes]
    notes: tuple[Phrase, ...] = ()
