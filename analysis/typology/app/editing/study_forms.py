"""The forms of the title of a study and of the types that it expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typology.app.editing.fields import Fields, rows, texts_shown, texts_typed
from typology.tools.new.draft import name_of

TITLE, TYPES = "title", "types"
STUDY_FORMS = (TITLE, TYPES)
"""The forms of a study that stand on the page of its questionnaire itself."""

DeclaredTypes = Sequence[Mapping[str, Any]]


def title_fields(title: object) -> dict[str, str]:
    """Return the fields of a title."""
    return texts_shown(TITLE, title)


def types_fields(types: DeclaredTypes) -> dict[str, str]:
    """Return the fields of declared types, with those of one to be made."""
    fields: dict[str, str] = {}
    for at, each in enumerate([*types, {}]):
        fields |= texts_shown(f"{TYPES}/{at}", each)
        for block, level in (each.get("profile") or {}).items():
            fields[f"{TYPES}/{at}/profile/{block}"] = str(level)
    return fields


def types_typed(
    fields: Fields, former: DeclaredTypes, active: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the types as they were typed; one of which nothing is left is taken out.

    One without a level is returned as it is, to be refused.
    """
    taken = [str(each["id"]) for each in former]
    types = []
    for at in range(rows(fields, TYPES)):
        names = texts_typed(fields, f"{TYPES}/{at}")
        before = f"{TYPES}/{at}/profile/"
        said = [name.removeprefix(before) for name in fields if name.startswith(before)]
        profile = {
            block: level
            for block in dict.fromkeys((*active, *said))
            if (level := fields.get(f"{before}{block}", ""))
        }
        if not (names or profile):
            continue
        own = taken[at] if at < len(former) else ""
        wanted = names.get("en") or next(iter(names.values()), "")
        called = own or name_of(wanted, taken, otherwise="type")
        types.append({"id": called, **names, "profile": profile})
    return types
