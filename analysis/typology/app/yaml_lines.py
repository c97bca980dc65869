"""Lines of a YAML file written anew where a value changes; all else, comments too, stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from typology.tools.new.explained_yaml import named_lines
from typology.words.yaml_text import flow_yaml

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
        start = ended.rfind("\n", 0, start) + 1
        return ended[:start] + ended[ended.find("\n", end) + 1 :]
    return ended[:start] + "\n".join(lines).lstrip() + ended[end:]


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
    loaded = yaml.load(text[start:end], Loader=yaml.SafeLoader) or {}
    content = {**loaded, place[-1]: value}
    if value is None:
        content.pop(place[-1])
    if len(place) == 1:
        return "\n".join(line for key, each in content.items() for line in named_lines(key, each))
    return text[:start] + flow_yaml(content) + text[end:]
