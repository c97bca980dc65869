"""YAML that people edit: each key with a comment that says what it means."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from typology.questionnaire import LANGUAGES
from typology.study.keys.file_keys import FileKey, keys_of, models_in
from typology.tools.new.draft import in_languages
from typology.words import word
from typology.words.yaml_text import flow_yaml, inline_value, scalar_yaml

_WIDTH = 98


@dataclass(frozen=True)
class Explained:
    """How a file is explained: in ``language``; its texts are in ``languages``."""

    language: str
    languages: Sequence[str]

    def lines(self, model: type[BaseModel], values: Mapping[str, Any]) -> list[str]:
        """Return a file that has some values: each key of its model with what it means.

        A key without a value and without a usual one has a ``#`` right before it, and an example.
        """
        lines: list[str] = []
        for key in keys_of(model):
            lines += ["", *self._key(key, values, indent=0)]
        return lines

    def _key(self, key: FileKey, values: Mapping[str, Any], *, indent: int) -> list[str]:
        told = comment(key.meaning[self.language], indent)
        section = _section(key)
        if section is not None:
            given = values.get(key.name, {})
            inner = [
                line for each in self._keys_of(section)
                for line in self._key(each, given, indent=indent + 2)
            ]  # fmt: skip
            set_ = any(not line.lstrip().startswith("#") for line in inner)
            name = f"{' ' * indent}{'' if set_ else '#'}{key.name}:"
            return [*told, name, *inner]
        for model in key.models:
            told += self._entries(model, (key.name,), indent)
        if key.name in values:
            return [*told, *named_lines(key.name, values[key.name], indent)]
        if key.default not in (None, "", (), {}) and not isinstance(key.default, BaseModel):
            return [*told, *named_lines(key.name, key.default, indent)]
        example = flow_yaml(in_languages(key.example, self.languages))
        return [*told, f"{' ' * indent}#{key.name}: {example}"]

    def _keys_of(self, model: type[BaseModel]) -> list[FileKey]:
        left_out = set(LANGUAGES) - set(self.languages)
        return [key for key in keys_of(model) if key.name not in left_out]

    def _entries(self, model: type[BaseModel], place: tuple[str, ...], indent: int) -> list[str]:
        """Return what the keys of each entry of a list mean, as a comment."""
        heading = word("keys_of_entries", self.language, place=" › ".join(place))
        keys = self._keys_of(model)
        width = max(len(key.name) for key in keys) + 1
        lines = [f"{' ' * indent}#", *comment(heading, indent)]
        for key in keys:
            name = f"{key.name}{'*' if key.required else ''}".ljust(width)
            lines += comment(key.meaning[self.language], indent, first=f"  {name} ")
        for key in keys:
            for inner in key.models:
                lines += self._entries(inner, (*place, key.name), indent)
        return lines


def comment(text: str, indent: int = 0, *, first: str = "") -> list[str]:
    """Return a text as lines of comment; ``first`` stands before it, its lines below each other."""
    before = f"{' ' * indent}# "
    return textwrap.wrap(
        text, _WIDTH, initial_indent=before + first,
        subsequent_indent=before + " " * len(first), break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def named_lines(name: str, value: Any, indent: int = 0) -> list[str]:
    """Return a key and its value, on one line where it fits, as lines below each other otherwise.

    >>> named_lines("types", [{"id": "keen", "en": "the keen"}])
    ['types:', '  - {id: keen, en: "the keen"}']
    """
    start = f"{' ' * indent}{scalar_yaml(name)}:"
    line = f"{start} {inline_value(name, value)}"
    of_entries = isinstance(value, list | tuple) and any(isinstance(e, Mapping) for e in value)
    if not isinstance(value, Mapping | list | tuple) or not value:
        return [line]
    if len(line) <= _WIDTH and not of_entries and not _is_deep(value):
        return [line]
    if isinstance(value, Mapping):
        return [start, *(part for key, each in value.items()
                         for part in named_lines(key, each, indent + 2))]  # fmt: skip
    if not of_entries:
        return [line]
    return [start, *(part for each in value for part in _entry(each, indent + 2))]


def _is_deep(value: Any) -> bool:
    """Return whether a mapping holds lists or mappings: it is clearer below each other."""
    return isinstance(value, Mapping) and any(
        isinstance(each, Mapping | list | tuple) for each in value.values()
    )


def _entry(value: Any, indent: int) -> list[str]:
    line = f"{' ' * indent}- {flow_yaml(value)}"
    if not isinstance(value, Mapping) or (
        len(line) <= _WIDTH and not any(isinstance(e, list | tuple) for e in value.values())
    ):
        return [line]
    lines = [part for key, each in value.items() for part in named_lines(key, each, indent + 2)]
    return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]


def _section(key: FileKey) -> type[BaseModel] | None:
    """Return the model of a key whose value is one thing with keys of its own."""
    if not key.models or len(models_in(key.annotation)) != 1:
        return None
    [model] = key.models
    return model if isinstance(key.default, model) else None
