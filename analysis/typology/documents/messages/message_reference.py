"""Every message that the command may give, as a page lists it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from typology.documents.messages.said_phrases import (
    PASSED_ON,
    Choices,
    PhraseFinder,
    Said,
    agreed,
)
from typology.documents.messages.source_code import SourceCode, argument, own_source
from typology.words import word
from typology.words.catalogue import families, files
from typology.words.markdown import escape_markdown
from typology.words.phrases import Phrase
from typology.words.spelling import fold

HANDED_ON = (
    ("typology.problems.model_problems", "as_problem"),
    ("typology.problems.model_problems", "_faults"),
)
"""Where a message is made of another, listed with that one: modules, and functions in them."""

_OF_ALL = ("problems",)  # says what the checks of other rooms found
_LEFT_OPEN = "…"
_NAMED = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Message:
    """One thing that a message may say: templates, as the code has them in English."""

    room: str
    found: Said
    expected: Said
    remedy: Said


@dataclass(frozen=True)
class SaidAt:
    """What is said at one place of the code."""

    module: str
    function: str
    line: int
    messages: tuple[Message, ...]


@cache
def said_at() -> tuple[SaidAt, ...]:
    """Return each place of the package that makes a message, and what it may say there."""
    source = own_source()
    finder = PhraseFinder(source)
    calls = [call for name in PASSED_ON for call in source.calls[name]]
    found = []
    for call in calls:
        if isinstance(call.func, ast.Name):
            within = getattr(source.function_of(call), "name", "")
            messages = tuple(_messages(finder, source, call))
            found.append(SaidAt(source.module[call], within, call.lineno, messages))
    return tuple(found)


def _messages(finder: PhraseFinder, source: SourceCode, call: ast.Call) -> Iterator[Message]:
    (described,) = source.targets(call)
    assert isinstance(described, ast.ClassDef)
    names = source.fields(described)
    start = source.branches(call)
    parts: dict[str, list[tuple[Said, Choices]]] = {}
    for name in ("expected", "remedy", "value"):
        given = argument(call, names, name)
        parts[name] = [] if given is None else finder.entry(given, start)
    room = source.module[call].split(".")[1]
    parted = _rooms_of_phrases() if room in _OF_ALL else {}
    seen = set()
    for expected, way in parts["expected"] or [((), start)]:
        remedies = _agreeing(parts["remedy"], way) or [((), way)]
        for remedy, further in remedies:
            for value, _ in _agreeing(parts["value"], further) or [((), further)]:
                if expected or remedy:
                    seen.add(Message(_room(expected, parted) or room, value, expected, remedy))
    yield from seen


def _agreeing(ways: Sequence[tuple[Said, Choices]], way: Choices) -> list[tuple[Said, Choices]]:
    taken = [(said, agreed(way, other)) for said, other in ways]
    return [(said, both) for said, both in taken if both is not None]


def _room(said: Said, rooms: Mapping[str, str]) -> str:
    return next((rooms[text] for each in said for text in each if text in rooms), "")


@cache
def _rooms_of_phrases() -> Mapping[str, str]:
    return {
        template: path.parent.name
        for path, read in files("phrases.yml").items()
        for template in read
    }


def message_reference(language: str) -> str:
    """Return every message by its subject, as Markdown: expected, found, what to do.

    >>> "**one of these keys: …**" in message_reference("en")
    True
    """
    by_room: dict[str, set[Message]] = defaultdict(set)
    for each in said_at():
        for message in each.messages:
            by_room[message.room].add(message)
    order = list(families()["message_room"])
    unknown = by_room.keys() - set(order)
    if unknown:
        raise KeyError(f"No title under message_room in words.yml for: {sorted(unknown)}.")
    return "\n".join(
        line
        for room in order
        if room in by_room
        for line in ("", f"## {word('message_room', language, room)}",
                     *_definitions(by_room[room], language))
    )  # fmt: skip


def _definitions(messages: Iterable[Message], language: str) -> Iterator[str]:
    """Yield what is expected in the order of the alphabet, each with what may be found."""
    terms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for message in messages:
        found = _told(message.found, language)
        remedy = _told(message.remedy, language)
        if message.expected:
            terms[_told(message.expected, language)][remedy].add(found)
        else:
            terms[found][remedy].add("")
    for expected in sorted(terms, key=_alphabetical):
        yield from ("", f"**{escape_markdown(expected)}**")
        together: dict[str, list[str]] = defaultdict(list)
        for remedy, all_found in terms[expected].items():
            listed = word("message_or", language).join(
                sorted(filter(None, all_found), key=_alphabetical)
            )
            together[listed].append(remedy)
        for found in sorted(together, key=_alphabetical):
            remedies = " / ".join(sorted(together[found], key=_alphabetical))
            told = word("message_found", language, found=found) if found else ""
            yield f":   {escape_markdown(f'{told} {remedies}'.strip())}"
            yield ""


def _told(said: Said, language: str) -> str:
    """Return what is said, in a language, with … where each message has its own."""
    return " ".join(" / ".join(_open(text, language) for text in each) for each in said)


def _open(template: str, language: str) -> str:
    left = dict.fromkeys(_NAMED.findall(template), _LEFT_OPEN)
    values = {name.strip("{}"): each for name, each in left.items()}
    return Phrase(template.format_map(values), template, values).in_(language)


def _alphabetical(text: str) -> str:
    return re.sub(r"^\W+", "", fold(text))
