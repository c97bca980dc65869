"""What the forms of a scale, of a question and of a block have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from typology.app.editing.fields import Fields, rows
from typology.app.editing.kept_forms import mark_of_content
from typology.problems import Problem

AskedContent = Mapping[str, Any]
"""A questionnaire as its file says it."""

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Edited:
    """A questionnaire with a part as it was typed; ``place`` is where the part called so stands."""

    content: dict[str, Any]
    name: str
    place: Place


class PartForm(Protocol):
    """The form of one part of a questionnaire; "" is the name of a part that is to be made."""

    @property
    def key(self) -> str:
        """Return the key of the questionnaire under which the parts stand."""

    @property
    def lists(self) -> Mapping[str, Mapping[str, str]]:
        """Return the lists that have rows, and the fields of an empty row."""

    @property
    def blank_rows(self) -> Sequence[str]:
        """Return the lists whose rows count for nothing where nothing is typed."""

    def names(self, content: AskedContent) -> list[str]:
        """Return the names of the parts that there are, in the order of the file."""

    def fields(self, content: AskedContent, name: str) -> dict[str, str]:
        """Return the fields of a part as its file says it."""

    def edited(self, content: AskedContent, name: str, fields: Fields) -> Edited:
        """Return the questionnaire with a part as it was typed."""

    def without_part(self, content: AskedContent, name: str) -> dict[str, Any]:
        """Return the questionnaire without a part."""

    def field(self, place: Sequence[str | int]) -> str:
        """Return the field of a place within the part."""


@dataclass(frozen=True)
class Faults:
    """What is wrong: by the field that it stands next to, and what belongs to none of them."""

    by_field: Mapping[str, Sequence[Problem]]
    others: Sequence[Problem]


def sorted_faults(
    problems: Sequence[Problem], form: PartForm, place: Place, fields: Fields
) -> Faults:
    """Return problems of a questionnaire, next to the fields of the part at a place."""
    slots = {*fields, *form.lists}
    slots |= {f"{each}/{at}" for each in form.lists for at in range(rows(fields, each))}
    by_field: dict[str, list[Problem]] = {}
    others = []
    for each in problems:
        within = bool(each.keys) and each.keys[: len(place)] == place
        field = form.field(each.keys[len(place) :]) if within else ""
        while field and field not in slots:
            field = field.rpartition("/")[0]
        if field:
            by_field.setdefault(field, []).append(each)
        else:
            others.append(each)
    return Faults(by_field, others)


def mark_of(form: PartForm, content: AskedContent, name: str) -> str:
    """Return a mark of a part as it is in the file: it changes where the part does."""
    names = form.names(content)
    shown: Any = names
    if name in names:
        parts = content[form.key]
        shown = parts[name] if isinstance(parts, Mapping) else parts[names.index(name)]
    return mark_of_content(shown)


def names_used(content: AskedContent) -> list[str]:
    """Return the ids that a questionnaire has given: of its blocks, items and questions."""
    blocks, questions = content.get("blocks") or (), content.get("respondent") or ()
    items = [item for block in blocks for item in block["items"]]
    return [str(each["id"]) for each in (*blocks, *items, *questions)]


def joined_place(place: Sequence[str | int]) -> str:
    """Return the name of the field of a place.

    >>> joined_place(("choices", 1, "fr"))
    'choices/1/fr'
    """
    return "/".join(map(str, place))
