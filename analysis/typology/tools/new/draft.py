"""A study to be: its questionnaire as its file will say it, and the types it expects."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typology.words.spelling import fold
from typology.words.typography import LANGUAGES

_LONGEST_NAME = 30
_ARTICLES = re.compile(r"^(?:les|le|la|des|un|une|the|those|of)\s+|^[ld]['’]")


@dataclass(frozen=True)
class Draft:
    """A study to be. ``types`` are mappings with the keys ``id``, ``fr`` and ``en``.

    They go from the least to the most favourable. ``notices`` are what its author is to know.
    """

    questionnaire: Mapping[str, Any]
    types: tuple[Mapping[str, str], ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the questionnaire, the main one first."""
        return tuple(self.questionnaire["languages"])

    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]:
        """Return the blocks of items."""
        return self.questionnaire["blocks"]  # type: ignore[no-any-return]


def in_languages(content: Any, languages: Collection[str]) -> Any:
    """Return what a file says without its texts in other languages.

    >>> in_languages({"id": "H1", "fr": "Chaud", "en": "Hot", "short": {"fr": "Chaud"}}, ["en"])
    {'id': 'H1', 'en': 'Hot', 'short': {}}
    """
    if isinstance(content, Mapping):
        return {
            key: in_languages(each, languages)
            for key, each in content.items()
            if key not in LANGUAGES or key in languages
        }
    if isinstance(content, list | tuple):
        return [in_languages(each, languages) for each in content]
    return content


def name_of(text: str, taken: Collection[str] = (), *, otherwise: str = "part") -> str:
    """Return a short name made of a text: letters without accents, digits and ``_``.

    It has whole words, as many as there is room for, and is none of those ``taken``;
    ``otherwise`` is the name of a text without such letters.

    >>> name_of("Les énoncés d'accès"), name_of("The wary", ["wary"]), name_of("3 %")
    ('enonces_d_acces', 'wary_2', 'part_3')
    >>> name_of("Gains from the electronic record")
    'gains_from_the_electronic'
    """
    plain = _ARTICLES.sub("", fold(text))
    name = "_".join(re.findall(r"[a-z0-9]+", plain))
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME + 1].rpartition("_")[0] or name[:_LONGEST_NAME]
    if not name[:1].isalpha():
        name = f"{otherwise}_{name}" if name else otherwise
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found
