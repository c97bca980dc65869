"""Lines of a YAML file written anew where a value changes; all else, comments too, stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from typology.files.yaml_limits import PlainLoader
from typology.tools.new.explained_yaml import named_lines
from typology.words.yaml_text import flow_yaml

_DASH = re.compile(r" *- +")

YamlPlace = Sequence[str]
"""Keys one inside the other; an entry of a list is named by its ``id`` or its ``code``."""


def with_value(text: str, place: YamlPlace, value: Any) -> str:
    r"""Return a file in which a key has a value; one that is not there yet is added.

    Parameters
    ----------
    text : str
        YAML whose top is a mapping.
    place : sequence of str
        The key, those it is within first. What is above the last but one must exist.
    value : object
        What the file is to say: texts, numbers, lists and mappings; None removes the key.

    >>> print(with_value("seed: 1  # any\n# axes\naxes: 2\n", ["seed"], 7))
    seed: 7  # any
    # axes
    axes: 2
    <BLANKLINE>
    """
    ended = text if text.endswith("\n") or not text else f"{text}\n"
    mapping = _within(yaml.compose(ended, Loader=yaml.SafeLoader), place[:-1])
    if mapping is None:
        parent = {} if value is None else {place[-1]: value}
        return with_value(text, place[:-1], parent) if parent and place[:-1] else text
    key = place[-1]
    found = next((pair for pair in mapping.value if pair[0].value == key), None)
    if mapping.flow_style or not mapping.value:
        return _in_flow(ended, place, mapping, value)
    indent = mapping.value[0][0].start_mark.column
    lines = [] if value is None else named_lines(key, value, indent)
    if found is None:
        return ended if value is None else _added(ended, mapping, key, lines)
    start, end = found[0].start_mark.index, _end(ended, found[1])
    if value is None:
        line = ended.rfind("\n", 0, start) + 1
        after = ended.find("\n", end) + 1
        if ended[line:start].strip():  # the dash of an entry that begins with the key
            following = mapping.value.index(found) + 1
            return ended[:start] + ended[mapping.value[following][0].start_mark.index :]
        return ended[:line] + ended[after:]
    return ended[:start] + "\n".join(lines).lstrip() + ended[end:]


def with_content(text: str, content: Mapping[str, Any]) -> str:
    """Return a file that says what ``content`` does: only what differs is written anew.

    Entries of lists that have an ``id`` or a ``code`` are changed, put in and taken out one by one.
    """
    former = _read(text)
    if former == content:
        return text
    new = _changed(text if text.endswith("\n") else f"{text}\n", (), former, content)
    if _read(new) == content:
        return new
    for key in {**former, **content}:
        text = with_value(text, [key], content.get(key))
    return text


def _changed(text: str, place: YamlPlace, former: Any, content: Any) -> str:
    if former == content:
        return text
    if isinstance(former, Mapping) and isinstance(content, Mapping) and former and content:
        for key in former:
            if key not in content:
                text = with_value(text, [*place, str(key)], None)
        for key, value in content.items():
            text = _changed(text, [*place, str(key)], former.get(key), value)
        return text
    names, others = _entry_names(former), _entry_names(content)
    if names and others:
        known = dict(zip(names, former, strict=True))
        return _changed_entries(text, place, known, dict(zip(others, content, strict=True)))
    return with_value(text, place, content)


def _changed_entries(
    text: str, place: YamlPlace, former: Mapping[str, Any], content: Mapping[str, Any]
) -> str:
    """Return a file with the entries of a list as they are to be: moved ones are written anew."""
    begun, names = (
        [(name, "id" in each) for name, each in entries.items()] for entries in (former, content)
    )
    kept = {
        begun[block.a + at][0]
        for block in SequenceMatcher(None, begun, names, autojunk=False).get_matching_blocks()
        for at in range(block.size)
    }
    if not kept:
        return with_value(text, place, list(content.values()))
    for name in former:
        if name not in kept:
            text = _without_entry(text, place, name)
    before = ""
    for name, entry in content.items():
        if name in kept:
            text = _changed(text, [*place, name], former[name], entry)
        else:
            text = _with_entry(text, place, entry, after=before)
        before = name
    return text


def _with_entry(text: str, place: YamlPlace, entry: Any, *, after: str) -> str:
    """Return a file with an entry more in a list, after another one or before all."""
    node = _list(text, place)
    if node.flow_style:
        listed = value_in_yaml(_read(text), place)
        at = 1 + max((i for i, each in enumerate(listed) if after in _names(each)), default=-1)
        return with_value(text, place, [*listed[:at], entry, *listed[at:]])
    indent = node.start_mark.column
    lines = "\n".join(line[2:] for line in named_lines(place[-1], [entry], indent)[1:])
    previous = next((each for each in node.value if after in _node_names(each)), None)
    if previous is None:
        start = text.rfind("\n", 0, node.start_mark.index) + 1
        return f"{text[:start]}{lines}\n{text[start:]}"
    end = text.find("\n", _end(text, previous))
    return f"{text[:end]}\n{lines}{text[end:]}"


def _without_entry(text: str, place: YamlPlace, name: str) -> str:
    """Return a file without an entry of a list that has others."""
    node = _list(text, place)
    entry = next(each for each in node.value if name in _node_names(each))
    start = text.rfind("\n", 0, entry.start_mark.index) + 1
    if node.flow_style or not _DASH.fullmatch(text[start : entry.start_mark.index]):
        kept = [each for each in value_in_yaml(_read(text), place) if name not in _names(each)]
        return with_value(text, place, kept)
    return text[:start] + text[text.find("\n", _end(text, entry)) + 1 :]


def _list(text: str, place: YamlPlace) -> yaml.SequenceNode:
    """Return a list that there is."""
    parent = _within(yaml.compose(text, Loader=yaml.SafeLoader), place[:-1])
    pairs = [] if parent is None else parent.value
    return next(each for key, each in pairs if key.value == place[-1])  # type: ignore[no-any-return]


def _read(text: str) -> Any:
    return yaml.load(text, Loader=PlainLoader) or {}


def _entry_names(entries: Any) -> list[str]:
    """Return the name of each entry of a list, none where some has no name of its own."""
    if not isinstance(entries, list):
        return []
    names = [min(_names(each), default="") for each in entries]
    return names if all(names) and len(set(names)) == len(names) else []


def value_in_yaml(content: Any, place: YamlPlace) -> Any:
    """Return what a file that was read says at a place, None where it says nothing."""
    for step in place:
        if isinstance(content, list):
            content = next((each for each in content if step in _names(each)), None)
        else:
            content = content.get(step) if isinstance(content, Mapping) else None
    return content


def _names(entry: Any) -> set[str]:
    if not isinstance(entry, Mapping):
        return set()
    return {str(entry[name]) for name in ("id", "code") if name in entry}


def _within(node: yaml.Node | None, place: YamlPlace) -> yaml.MappingNode | None:
    """Return the mapping at a place, None where there is none."""
    for step in place:
        if isinstance(node, yaml.MappingNode):
            node = next((each for key, each in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode):
            node = next((each for each in node.value if step in _node_names(each)), None)
        else:
            return None
    return node if isinstance(node, yaml.MappingNode) else None


def _node_names(node: yaml.Node) -> set[str]:
    if not isinstance(node, yaml.MappingNode):
        return set()
    return {each.value for key, each in node.value if key.value in ("id", "code")}


def _end(text: str, node: yaml.Node) -> int:
    """Return where a value ends: a block ends before the comments and blank lines after it."""
    end = node.end_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        lines = text[:end].split("\n")
        while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()
        end = len("\n".join(lines))
    return int(end)


def _added(text: str, mapping: yaml.MappingNode, key: str, lines: Sequence[str]) -> str:
    """Return a file with a key more: in the place of its commented example, or after the others."""
    indent = mapping.value[0][0].start_mark.column
    within = text[mapping.start_mark.index : mapping.end_mark.index]
    example = re.search(rf"^ {{{indent}}}#\s?{re.escape(key)}:.*$", within, re.MULTILINE)
    new = "\n".join(lines)
    if example is None:
        end = _end(text, mapping)
        return f"{text[:end]}\n{new}{text[end:]}"
    start = mapping.start_mark.index + example.start()
    end = mapping.start_mark.index + example.end()
    if example[0].endswith(":"):  # the examples below it stay comments
        return f"{text[:end]}\n{new}{text[end:]}"
    return text[:start] + new + text[end:]


def _in_flow(text: str, place: YamlPlace, mapping: yaml.MappingNode, value: Any) -> str:
    """Return a file whose mapping on one line is written anew."""
    start, end = mapping.start_mark.index, mapping.end_mark.index
    loaded = yaml.load(text[start:end], Loader=PlainLoader) or {}
    content = {**loaded, place[-1]: value}
    if value is None:
        content.pop(place[-1])
    if len(place) == 1:
        return "\n".join(line for key, each in content.items() for line in named_lines(key, each))
    return text[:start] + flow_yaml(content) + text[end:]
