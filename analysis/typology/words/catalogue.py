"""The words of the interface, in French and in English: what titles, tables and sentences say.

The words of a room are in its ``words.yml``, each under the key that the code asks for. A key
holds an entry, or a family of entries named by the codes of the tables::

    axis: {fr: "Axe {axis}", en: "Axis {axis}"}
    "null":
      independence: {fr: Réponses indépendantes, en: Independent answers}
      one continuum: {fr: Un seul continuum, en: One continuum}
    moved:
      fr: {zero: Personne., one: Un répondant., other: "{moved} répondants."}
      en: {zero: Nobody., one: One respondent., other: "{moved} respondents."}

A family may have members in several rooms, each where it is used. The messages of the command
are in the ``phrases.yml`` of the rooms (`typology.words.phrases`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from typology.words.numbers import value_text
from typology.words.typography import LANGUAGES, check_language, french_spacing
from typology.words.yaml_text import read_yaml

ROOMS = Path(__file__).parents[1]
"""The folder whose rooms hold words."""

FORMS = ("zero", "one", "other")
"""The plural forms; ``zero`` is for texts that say "none" and may be left out."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Entry = Mapping[str, str | Mapping[str, str]]


def word(
    key: str, language: str, /, *members: str, plural: int | None = None, **values: object
) -> str:
    """Return the words filed under a key, with values put in their places.

    ``members`` name one of a family, or one of each of a family of families. ``plural`` is the
    number that chooses between plural forms: 1 is ``one``, in French 0 as well, unless the entry
    says what is told of 0 (``zero``). ``values`` are what the ``{name}`` of the entry stand for:
    strings are put in as they are, whole numbers and other numbers written with
    `typology.words.number`, with no decimal and one decimal. French texts have no-break spaces
    before ``% : ; ! ? »`` and after ``«``.

    Raises
    ------
    KeyError
        If there is no such key or member (the nearest ones are listed), or a value is missing.
    ValueError
        If the language is not one of the two.

    >>> word("class_number", "en", number=3)
    'Class 3'
    >>> word("stage", "en", "read")
    'Reading the questionnaire and the answers'
    """
    check_language(language)
    path = (key, *members)
    text = _form(path, entry(path)[language], language, plural)
    lacking = sorted(set(_PLACEHOLDER.findall(text)) - set(values))
    if lacking:
        raise KeyError(f"The words {_name(path)} need values for: {', '.join(lacking)}.")
    filled = _PLACEHOLDER.sub(lambda match: value_text(values[match[1]], language), text)
    return french_spacing(filled) if language == "fr" else filled


def entry(path: tuple[str, ...]) -> Entry:
    """Return the entry at a key and its members; KeyError, with the nearest names, without one."""
    found: Any = families()
    for depth, name in enumerate(path):
        if is_entry(found) or name not in found:
            among = [] if is_entry(found) else list(found)
            nearest = difflib.get_close_matches(str(name), among, n=5, cutoff=0.4)
            hint = f"Nearest keys: {', '.join(nearest)}." if nearest else "No key resembles it."
            raise KeyError(f"No words under {_name(path[: depth + 1])} in words.yml. {hint}")
        found = found[name]
    if not is_entry(found):
        raise KeyError(f"{_name(path)} is a family: name one of {', '.join(found)}.")
    return found  # type: ignore[no-any-return]


def has_entry(path: tuple[str, ...]) -> bool:
    """Return whether there are words at a key and its members.

    >>> has_entry(("stage", "read")), has_entry(("stage", "sing"))
    (True, False)
    """
    found: Any = families()
    for name in path:
        if is_entry(found) or name not in found:
            return False
        found = found[name]
    return is_entry(found)


def is_entry(node: Mapping[str, Any]) -> bool:
    """Return whether a node of a ``words.yml`` is an entry; otherwise it is a family."""
    return set(node) == set(LANGUAGES) and all(
        isinstance(text, str) or set(text) <= set(FORMS) for text in node.values()
    )


def files(name: str) -> dict[Path, dict[str, Any]]:
    """Return what the YAML files of a name ("words.yml", "phrases.yml") say, room by room."""
    return {path: read_yaml(path) or {} for path in sorted(ROOMS.rglob(name))}


@cache
def families() -> Mapping[str, Any]:
    """Read the words of every room, once; a family has its members of all rooms."""
    known: dict[str, Any] = {}
    for path, read in files("words.yml").items():
        _add(known, read, path)
    return known


def _add(known: dict[str, Any], read: Mapping[str, Any], path: Path) -> None:
    for name, node in read.items():
        if not isinstance(node, dict):
            raise ValueError(f"{path}: {name!r} is neither an entry in fr and en nor a family.")
        if name in known and (is_entry(node) or is_entry(known[name])):
            raise ValueError(f"{path}: {name!r} is in another file as well.")
        if is_entry(node):
            known[name] = node
        else:
            _add(known.setdefault(name, {}), node, path)


def _form(
    path: tuple[str, ...], text: str | Mapping[str, str], language: str, plural: int | None
) -> str:
    """Return a text, or the one of its plural forms that a number asks for."""
    if isinstance(text, str):
        return text
    if plural is None:
        raise KeyError(f"The words {_name(path)} have plural forms: say how many.")
    if plural == 0 and "zero" in text:
        return text["zero"]
    single = plural == 1 or (plural == 0 and language == "fr")
    return text["one" if single else "other"]


def _name(path: tuple[str, ...]) -> str:
    return repr(" > ".join(map(str, path)))
