"""A YAML reader for files that people edit: small ones, of plain texts, numbers and lists."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Hashable
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from typology.words.phrases import Phrase, phrase

MOST_YAML_BYTES = 2_000_000
"""Bytes of a YAML file: a questionnaire of 50 questions in two languages has 20,000."""

MOST_NODES = 50_000
"""Keys, values and lists of a YAML file, each counted as often as an alias (*name) repeats it."""

MOST_LEVELS = 50
"""Lists and mappings inside one another."""

MOST_DIGITS = 18
"""Digits of a whole number: those that fit the 64 bits of a table's column."""

_TAG = "tag:yaml.org,2002:"
_MERGE = f"{_TAG}merge"
_PLAIN_TAGS = {f"{_TAG}{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")}
_LINE_ENDS = "\t\n\r\x85"
_WORDINGS = ("fr", "en")
_LOST = re.compile(r"[ \t]+#[^\s#].*")
"""What YAML takes for a remark after a text without quotes, though it begins as no remark does."""


class UnusableYamlError(yaml.MarkedYAMLError):
    """What is YAML and still cannot be used, said by phrases."""

    def __init__(self, found: Phrase, expected: Phrase, remedy: Phrase, mark: Any) -> None:
        super().__init__(problem=str(found), problem_mark=mark)
        self.row = str(mark.line + 1)
        self.found = found
        self.expected = expected
        self.remedy = remedy


class PlainLoader(yaml.SafeLoader):
    """A safe loader that reads as people mean it, and stops at what no study needs.

    Keys are text as written; yes, no, on, off, dates, 12:30, 010 and 1_000 are text as well.
    ``repeated`` lists the keys written twice: the key, its first line, its second line; ``cut``
    the wordings in French or English of which YAML leaves the end out: the line, the text.
    """

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[str, int, int]] = []
        self.cut: list[tuple[int, str]] = []
        self._nodes = 0
        self._levels = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        """Compose a node, counting nodes and levels."""
        self._nodes += 1
        self._levels += 1
        if self._nodes > MOST_NODES:
            raise _too_many(self._mark())
        if self._levels > MOST_LEVELS:
            raise UnusableYamlError(
                phrase("too many levels"),
                phrase("a few nested levels"),
                phrase("Write it with fewer levels."),
                self._mark(),
            )
        node = super().compose_node(parent, index)
        self._levels -= 1
        if isinstance(index, ScalarNode) and index.value in _WORDINGS:
            self._note_cut(node)
        return node

    def _note_cut(self, node: Node | None) -> None:
        """Note a wording whose end is left out, for it has " #" and no quotes."""
        if not isinstance(node, ScalarNode) or node.style is not None or not node.value:
            return
        end = node.end_mark
        if lost := _LOST.match(end.buffer or "", end.pointer):
            self.cut.append((end.line + 1, f"{node.value}{lost[0].rstrip()}"))

    def get_single_data(self) -> Any:
        """Return what the document says."""
        node = self.get_single_node()
        if node is None:
            return None
        _count(node, {})
        return self.construct_document(node)

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        """Return the value of a node, or say in words why it has none."""
        if node.tag not in _PLAIN_TAGS:
            tag = node.tag.replace(_TAG, "!!")
            raise UnusableYamlError(
                phrase("the tag {tag}", tag=tag),
                phrase("a value without a tag"),
                phrase("Remove what begins with '!', or put the whole value in quotes."),
                node.start_mark,
            )
        try:
            value = super().construct_object(node, deep=deep)
        except (ValueError, LookupError, AttributeError, TypeError):  # PyYAML checks no tagged text
            value = None if _is_long_number(node) else node
        if value is node:
            raise _unreadable_tag(node)
        if isinstance(node, ScalarNode):
            _check_scalar(node, value)
        return value

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Return a mapping whose keys are texts as written."""
        if not isinstance(node, MappingNode):  # a tag may call anything a mapping
            raise _unreadable_tag(node)
        first_line: dict[str, int] = {}
        for key, _ in node.value:
            if key.tag == _MERGE:
                continue
            if not isinstance(key, ScalarNode) or key.tag == f"{_TAG}null":
                raise UnusableYamlError(
                    phrase("a key that is no text"),
                    phrase("lines 'name: value'"),
                    phrase("Write a name before the colon, in quotes if it is '~' or 'null'."),
                    key.start_mark,
                )
            key.tag = f"{_TAG}str"
            line = key.start_mark.line + 1
            if key.value in first_line:
                self.repeated.append((key.value, first_line[key.value], line))
            first_line.setdefault(key.value, line)
        return super().construct_mapping(node, deep=deep)

    def _mark(self) -> Any:
        return self.get_mark()


PlainLoader.yaml_implicit_resolvers = {}
for _name, _rule, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("merge", r"<<", "<"),
):
    PlainLoader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(f"^(?:{_rule})$"), list(_first))


def _count(node: Node, counted: dict[int, int]) -> int:
    """Return how many nodes there are under one, aliases followed each time."""
    key = id(node)
    if key in counted:
        if counted[key] == 0:
            raise UnusableYamlError(
                phrase("a value that contains itself"),
                phrase("a value that ends"),
                phrase("Write the value instead of the name after *."),
                node.start_mark,
            )
        return counted[key]
    counted[key] = 0
    total = 1
    if isinstance(node, CollectionNode):
        for part in node.value:
            for each in part if isinstance(part, tuple) else (part,):
                total += _count(each, counted)
    if total > MOST_NODES:
        raise _too_many(node.start_mark)
    counted[key] = total
    return total


def _unreadable_tag(node: Node) -> UnusableYamlError:
    return UnusableYamlError(
        phrase("the tag {tag}", tag=node.tag.replace(_TAG, "!!")),
        phrase("a value that this tag can read"),
        phrase("Remove the tag."),
        node.start_mark,
    )


def _too_many(mark: Any) -> UnusableYamlError:
    return UnusableYamlError(
        phrase("more than {most} keys and values", most=MOST_NODES),
        phrase("a file that a person can edit"),
        phrase("Check that it is the right file."),
        mark,
    )


def _is_long_number(node: Node) -> bool:
    return node.tag == f"{_TAG}int" and bool(re.fullmatch(r"[-+]?[0-9]+", str(node.value)))


def _check_scalar(node: ScalarNode, value: object) -> None:
    """Refuse the numbers and the characters that nothing after the reader could use."""
    digits = len(str(node.value).lstrip("+-"))
    if node.tag == f"{_TAG}int" and digits > MOST_DIGITS:
        raise UnusableYamlError(
            phrase("a number of {count} digits", count=digits),
            phrase("a number of at most {most} digits", most=MOST_DIGITS),
            phrase("Shorten it, or put it in quotes if it is meant as text."),
            node.start_mark,
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise UnusableYamlError(
            phrase("a number without end: {text}", text=str(node.value)[:MOST_DIGITS]),
            phrase("a number"),
            phrase("Correct it, or put it in quotes if it is meant as text."),
            node.start_mark,
        )
    if isinstance(value, str) and not value.isprintable():
        for letter in value:
            if unicodedata.category(letter) in ("Cc", "Cs") and letter not in _LINE_ENDS:
                raise UnusableYamlError(
                    phrase("the character U+{code}", code=f"{ord(letter):04X}"),
                    phrase("characters that can be printed"),
                    phrase("Remove it."),
                    node.start_mark,
                )
