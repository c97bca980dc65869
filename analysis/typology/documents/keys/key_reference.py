"""The reference of every key of the files people edit, as a page shows it."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from typology.questionnaire import LANGUAGES, Text
from typology.study.keys.file_keys import EDITED_FILES, FileKey, KeyGroup, key_groups
from typology.words import french_spacing, word
from typology.words.markdown import escape_markdown
from typology.words.yaml_text import flow_yaml, inline_value

_PLAIN_KINDS = {
    str: "text", int: "whole", float: "number", bool: "truth", date: "date", Text: "wording",
}  # fmt: skip
_CONTAINERS = {tuple: "list", dict: "named"}


def key_reference(language: str) -> str:
    """Return the keys of each file, as Markdown: what each means, may be, is by default.

    >>> "### `exclusions`" in key_reference("en")
    True
    """
    return "\n".join(
        line
        for file in EDITED_FILES
        for line in ("", f"## {word('key_file', language, file)}", *_file_lines(file, language))
    )


def _file_lines(file: str, language: str) -> Iterator[str]:
    for group in key_groups(file):
        if group.place:
            yield from ("", f"### `{' › '.join(group.place)}`")
        yield from ("", *_table(group, language))


def _table(group: KeyGroup, language: str) -> Iterator[str]:
    titles = [word("key_column", language, each) for each in ("key", "meaning", "value", "example")]
    yield f"| {' | '.join(titles)} |"
    yield "|:--|:--|:--|:--|"
    for key in group.keys:
        cells = (
            f"`{key.name}`",
            _in_cell(escape_markdown(_typeset(key.meaning[language], language))),
            _in_cell(_value(key, language)),
            _in_cell(_example(key, language)),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield ': {tbl-colwidths="[14,40,20,26]"}'


def _example(key: FileKey, language: str) -> str:
    """Return an example; none of a key that holds words of the other language."""
    if key.name in LANGUAGES and key.name != language:
        return ""
    return f"`{key.name}: {inline_value(key.name, in_one_language(key.example, language))}`"


def in_one_language(example: Any, language: str) -> Any:
    """Return an example without what it says in the other language.

    >>> in_one_language([{"id": "H01", "fr": "Il est chaud", "en": "It is hot"}], "en")
    [{'id': 'H01', 'en': 'It is hot'}]
    """
    if isinstance(example, Mapping):
        other = LANGUAGES[language == LANGUAGES[0]]
        kept = {name: each for name, each in example.items()
                if name != other or language not in example}  # fmt: skip
        return {name: in_one_language(each, language) for name, each in kept.items()}
    if isinstance(example, list | tuple):
        return [in_one_language(each, language) for each in example]
    return example


def _value(key: FileKey, language: str) -> str:
    """Return what the value of a key may be, then what it is where the file does not say."""
    kind = kind_of(key.annotation, language)
    if key.required:
        return f"{kind} (**{word('key_required', language)}**)"
    if key.default in (None, "", (), {}) or isinstance(key.default, BaseModel):
        return kind
    default = word("key_default", language, value=f"`{flow_yaml(key.default)}`")
    return f"{kind} ({default})"


def kind_of(annotation: Any, language: str) -> str:
    """Return what a value may be, in words.

    >>> kind_of(tuple[float, ...], "en"), kind_of(Literal["a", "b"] | None, "en")
    ('list of: number', '`a`, `b`')
    """
    origin, within = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return kind_of(within[0], language)
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in within)
    if origin in (Union, types.UnionType):
        kinds = [kind_of(each, language) for each in within if each is not type(None)]
        return f" {word('key_or', language)} ".join(dict.fromkeys(kinds))
    if origin in _CONTAINERS:
        inner = kind_of(within[0 if origin is tuple else 1], language)
        return word("key_kind", language, _CONTAINERS[origin], kind=inner)
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return kind_of(annotation.model_fields["root"].annotation, language)
    return word("key_kind", language, _PLAIN_KINDS.get(annotation, "keys"))


def _typeset(text: str, language: str) -> str:
    return french_spacing(text) if language == "fr" else text


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")
