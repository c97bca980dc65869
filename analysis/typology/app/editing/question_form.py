"""The form of a question on the respondent: of each kind, what that kind has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typology.app.editing.fields import (
    Fields,
    number_typed,
    rows,
    shown,
    texts_shown,
    texts_typed,
    with_row,
)
from typology.app.editing.part_form import AskedContent, Edited, joined_place, names_used
from typology.questionnaire import LANGUAGES
from typology.questionnaire.cross_checks import RESERVED_IDS
from typology.tools.new.draft import name_of
from typology.tools.new.short_labels import has_short_labels, with_short_labels

CHOICE_KINDS = ("single", "multiple", "rank")
QUESTION_KINDS: Mapping[str, tuple[str, ...]] = {
    "single": ("choices", "ordered"),
    "multiple": ("choices", "ordered"),
    "number": ("min", "max", "unit", "bands"),
    "rank": ("choices",),
    "date": ("date_format", "earliest", "latest"),
    "text": ("themes", "themes_column"),
}
"""The kinds of questions, and what each has that not all have."""

FIRST = "-"
"""Stands for the place before all other questions."""

_EMPTY = {**dict.fromkeys(map(str, LANGUAGES), ""), "code": ""}
_PLAIN = ("column", "wording", "date_format", "earliest", "latest", "themes_column")
_NUMBERS = ("min", "max")
_OPENED_WITH = 3


class QuestionForm:
    """Questions on the respondent."""

    key = "respondent"
    lists: Mapping[str, Mapping[str, str]] = {
        "choices": {**_EMPTY, "text": "", "column": ""},
        "bands": {"": ""},
        "themes": {**_EMPTY, "text": "", "column": ""},
    }
    blank_rows = ("choices", "bands", "themes")

    def names(self, content: AskedContent) -> list[str]:
        """Return the ids of the questions."""
        return [str(each["id"]) for each in content.get("respondent") or ()]

    def fields(self, content: AskedContent, name: str) -> dict[str, str]:
        """Return the fields of a question."""
        names = self.names(content)
        asked: Mapping[str, Any] = {"type": "single"}
        after = names[-1] if names else FIRST
        if name:
            at = names.index(name)
            asked = content["respondent"][at]
            after = names[at - 1] if at else FIRST
        fields = {"id": "", "type": shown(asked["type"]), "after": after, **texts_shown("", asked)}
        for key in ("short", "unit", "source"):
            fields |= texts_shown(key, asked.get(key))
        fields |= {key: shown(asked.get(key)) for key in (*_PLAIN, *_NUMBERS, "ordered")}
        for key in ("choices", "themes"):
            for row, choice in enumerate(asked.get(key) or ()):
                fields |= texts_shown(f"{key}/{row}", choice)
                fields |= {f"{key}/{row}/{part}": shown(choice.get(part))
                           for part in ("code", "text", "column")}  # fmt: skip
        fields |= {f"bands/{row}": shown(cut) for row, cut in enumerate(asked.get("bands") or ())}
        if not name:
            for _ in range(_OPENED_WITH):
                fields = with_row(fields, "choices", self.lists["choices"])
        return fields

    def edited(self, content: AskedContent, name: str, fields: Fields) -> Edited:
        """Return the questionnaire with a question as it was typed, at the place chosen."""
        all_asked: Sequence[Mapping[str, Any]] = content.get("respondent") or ()
        former = next((each for each in all_asked if each["id"] == name), {})
        others = [each for each in all_asked if each["id"] != name]
        words = texts_typed(fields, "")
        called = name or fields.get("id", "")
        if not called:
            taken = [*names_used(content), *RESERVED_IDS]
            called = name_of(next(iter(reversed(words.values())), ""), taken, otherwise="question")
        asked = question_typed(fields, called, former)
        ids = [each["id"] for each in others]
        after = fields.get("after", "")
        at = 0 if after == FIRST else ids.index(after) + 1 if after in ids else len(ids)
        questions = [*others[:at], asked, *others[at:]]
        return Edited({**content, "respondent": questions}, called, ("respondent", at))

    def without_part(self, content: AskedContent, name: str) -> dict[str, Any]:
        """Return the questionnaire without a question."""
        kept = [each for each in content["respondent"] if each["id"] != name]
        rest = {key: value for key, value in content.items() if key != "respondent"}
        return {**rest, "respondent": kept} if kept else rest

    def field(self, place: Sequence[str | int]) -> str:
        """Return the field of a place."""
        return joined_place(place)


def question_typed(fields: Fields, name: str, former: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question as it was typed, with what its kind has; its short label is made."""
    kind = fields.get("type", "")
    asked: dict[str, Any] = {"id": name, "type": kind, **texts_typed(fields, "")}
    cuts = rows(fields, "bands")
    given: dict[str, Any] = {
        "choices": _choices(fields, "choices", former),
        "ordered": bool(fields.get("ordered")),
        **{key: number_typed(fields.get(key, "")) for key in _NUMBERS},
        "unit": texts_typed(fields, "unit"),
        "bands": [number_typed(fields.get(f"bands/{at}", "")) for at in range(cuts)],
        **{key: fields.get(key, "") for key in ("date_format", "earliest", "latest")},
        "themes": _choices(fields, "themes", former),
        "themes_column": fields.get("themes_column", ""),
    }
    of_all = {
        "short": texts_typed(fields, "short"), "column": fields.get("column", ""),
        "wording": fields.get("wording", ""), "source": texts_typed(fields, "source"),
    }  # fmt: skip
    whole = of_all | {key: given[key] for key in QUESTION_KINDS.get(kind, ())}
    # 0 is a number like any other; all else that is empty is not written.
    asked |= {
        key: each for key, each in whole.items() if each not in ("", {}, []) and each is not False
    }
    return asked if has_short_labels(asked) else with_short_labels([asked])[0]


def _choices(fields: Fields, key: str, former: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the answers offered; one without a code gets one made of its words."""
    own = {shown(each.get("code")): each["code"] for each in former.get(key) or ()}
    typed = [fields.get(f"{key}/{at}/code", "") for at in range(rows(fields, key))]
    taken = list(filter(None, typed))
    choices = []
    for at, given in enumerate(typed):
        words = texts_typed(fields, f"{key}/{at}")
        code = given
        if not given and words:
            code = name_of(next(reversed(words.values())), taken, otherwise="choice")
            taken.append(code)
        choice: dict[str, Any] = {"code": own.get(code, code), **words}
        if fields.get(f"{key}/{at}/text"):
            choice["text"] = True
            column = fields.get(f"{key}/{at}/column", "")
            choice |= {"column": column} if column else {}
        choices.append(choice)
    return choices
