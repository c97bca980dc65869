"""The form of a block: its title, what introduces it, its scale and direction, its items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typology.app.editing.fields import Fields, rows, shown, texts_shown, texts_typed, with_row
from typology.app.editing.part_form import AskedContent, Edited, joined_place, names_used
from typology.questionnaire import LANGUAGES
from typology.questionnaire.cross_checks import RESERVED_IDS
from typology.tools.new.draft import name_of
from typology.tools.new.short_labels import has_short_labels, with_short_labels

_EMPTY = dict.fromkeys(map(str, LANGUAGES), "")
_SHORT = {f"short/{each}": "" for each in LANGUAGES}
_OPENED_WITH = 2


class BlockForm:
    """Blocks; ``was`` is the id of the item that a row was made of."""

    key = "blocks"
    lists: Mapping[str, Mapping[str, str]] = {
        "items": {"was": "", "id": "", **_EMPTY, **_SHORT, "reversed": ""}
    }
    blank_rows = ("items",)

    def names(self, content: AskedContent) -> list[str]:
        """Return the ids of the blocks."""
        return [str(each["id"]) for each in content.get("blocks") or ()]

    def fields(self, content: AskedContent, name: str) -> dict[str, str]:
        """Return the fields of a block."""
        scales = list(content.get("scales") or {})
        block: Mapping[str, Any] = {"scale": scales[0], "direction": "favourable", "items": []}
        if name:
            block = content["blocks"][self.names(content).index(name)]
        fields = {"scale": block["scale"], "direction": block["direction"]}
        fields |= texts_shown("title", block.get("title")) | texts_shown(
            "intro", block.get("intro")
        )
        for at, item in enumerate(block["items"]):
            row = {"was": item["id"], "id": item["id"], "reversed": shown(item.get("reversed"))}
            fields |= {f"items/{at}/{key}": value for key, value in row.items()}
            fields |= texts_shown(f"items/{at}", item)
            fields |= texts_shown(f"items/{at}/short", item.get("short"))
        if not name:
            for _ in range(_OPENED_WITH):
                fields = with_row(fields, "items", self.lists["items"])
        return fields

    def edited(self, content: AskedContent, name: str, fields: Fields) -> Edited:
        """Return the questionnaire with a block as it was typed; a new one is the last."""
        blocks = list(content["blocks"])
        at = self.names(content).index(name) if name else len(blocks)
        former: Mapping[str, Any] = blocks[at] if name else {"items": []}
        title = texts_typed(fields, "title")
        taken = [*names_used(content), *RESERVED_IDS]
        called = name or name_of(next(reversed(title.values()), ""), taken, otherwise="block")
        block = {"id": called, **former, "title": title, "intro": texts_typed(fields, "intro"),
                 "scale": fields.get("scale", ""), "direction": fields.get("direction", ""),
                 "items": _items(fields, former["items"], taken)}  # fmt: skip
        if not block["intro"]:
            del block["intro"]
        blocks[at : at + 1] = [block]
        return Edited({**content, "blocks": blocks}, called, ("blocks", at))

    def without_part(self, content: AskedContent, name: str) -> dict[str, Any]:
        """Return the questionnaire without a block."""
        return {**content, "blocks": [each for each in content["blocks"] if each["id"] != name]}

    def field(self, place: Sequence[str | int]) -> str:
        """Return the field of a place."""
        return joined_place(place)


def _items(
    fields: Fields, former: Sequence[Mapping[str, Any]], taken: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the items as they were typed, short labels made where they are needed."""
    own = {str(each["id"]): each for each in former}
    used = list(taken)
    items = []
    for at in range(rows(fields, "items")):
        row = f"items/{at}"
        was = own.get(fields.get(f"{row}/was", ""), {})
        called = fields.get(f"{row}/id", "") or str(was.get("id", "")) or _next_id(used)
        used.append(called)
        kept = {key: value for key, value in was.items()
                if key not in (*LANGUAGES, "id", "short", "reversed")}  # fmt: skip
        item: dict[str, Any] = {"id": called, **texts_typed(fields, row)}
        short = texts_typed(fields, f"{row}/short")
        item |= {"short": short} if short else {}
        item |= kept
        item |= {"reversed": True} if fields.get(f"{row}/reversed") else {}
        items.append(item)
    return _with_short(items)


def _with_short(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return items with the short labels they need; one without a wording is left as it is."""
    worded = {each for item in items for each in LANGUAGES if item.get(each)}
    whole = [item for item in items if all(map(item.get, worded))]
    made = {str(each["id"]): dict(each) for each in with_short_labels(whole)}
    return [item if has_short_labels(item) else made.get(item["id"], item) for item in items]


def _next_id(taken: Sequence[str]) -> str:
    number = len(taken) + 1
    while f"Q{number}" in taken:
        number += 1
    return f"Q{number}"
