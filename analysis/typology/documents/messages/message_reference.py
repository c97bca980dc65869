"""Every message that the command may give, as a page lists it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from typology.documents.messages.said_phrases import (
    PASSED_ON,
    PhraseFinder,
    Said,
)
from typology.documents.messages.source_code import Choices, SourceCode, argument, own_source
from typology.words import word
from typology.words.catalogue import files
from typology.words.markdown import escape_markdown
from typology.words.phrases import Phrase
from typology.words.spelling import fold

HANDED_ON = (
    ("typology.problems.model_problems", "as_problem"),
    ("typology.problems.model_problems", "_faults"),
)
"""Where a message is made of another, listed with that one: modules, and functions in them."""

_SUBJECTS = (
    "answers", "questionnaire", "study", "problems", "fit", "results", "files", "tools",
    "workshops", "documents", "app", "cli",
)  # fmt: skip
"""The rooms that say something, in the order of the page."""

_OF_ALL = ("problems",)  # says what the checks of other rooms found
_SAID = {"expected", "remedy"}
_LONG = 300  # letters; what is shorter is told again of each
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
def said_at(source: SourceCode) -> tuple[SaidAt, ...]:
    """Return each place of some sources that makes a message, and what it may say there."""
    finder = PhraseFinder(source)
    found = []
    for name in (*PASSED_ON, "replace"):
        for call in source.calls[name]:
            if not isinstance(call.func, ast.Name) or not _makes(call):
                continue
            within = getattr(source.function_of(call), "name", "")
            messages = tuple(_messages(finder, source, call))
            found.append(SaidAt(source.module[call], within, call.lineno, messages))
    return tuple(found)


def _makes(call: ast.Call) -> bool:
    """Return whether a call makes a message: one of its own, or of another with other words."""
    again = isinstance(call.func, ast.Name) and call.func.id == "replace"
    return not again or bool(_SAID & {keyword.arg for keyword in call.keywords})


def _messages(finder: PhraseFinder, source: SourceCode, call: ast.Call) -> Iterator[Message]:
    names = [name for each in source.targets(call) if isinstance(each, ast.ClassDef)
             for name in source.fields(each)]  # fmt: skip
    start = source.branches(call)
    room = source.module[call].split(".")[1]
    parted = _rooms_of_phrases() if room in _OF_ALL else {}

    def said(name: str, way: Choices) -> list[tuple[Said, Choices]]:
        given = argument(call, names, name)
        return ([] if given is None else finder.entry(given, way)) or [((), way)]

    seen = dict.fromkeys(
        Message(_room(expected, parted) or room, found, expected, remedy)
        for expected, expecting in said("expected", start)
        for remedy, advising in said("remedy", expecting)
        for found, _ in said("value", advising)
        if expected or remedy
    )
    yield from seen


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
    for each in said_at(own_source()):
        for message in each.messages:
            by_room[message.room].add(message)
    unknown = sorted(by_room.keys() - set(_SUBJECTS))
    if unknown:
        raise KeyError(f"Messages of rooms that have no place on the page: {', '.join(unknown)}.")
    return "\n".join(
        line
        for room in _SUBJECTS
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
            terms[found or word("message_any", language)][remedy].add("")
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for expected in sorted(terms, key=_alphabetical):
        described = "\n".join(_described(terms[expected], language))
        alike[described, "" if len(described) > _LONG else expected].append(expected)
    for (described, _), all_expected in alike.items():
        term = " · ".join(f"**{_as_said(each)}**" for each in all_expected)
        yield from ("", term, described)


def _described(remedies: Mapping[str, set[str]], language: str) -> Iterator[str]:
    """Yield what to do about what is found, as definitions."""
    together: dict[str, list[str]] = defaultdict(list)
    for remedy, all_found in remedies.items():
        listed = sorted(filter(None, all_found), key=_alphabetical)
        together[word("message_or", language).join(listed)].append(remedy)
    for found in sorted(together, key=_alphabetical):
        told = word("message_found", language, found=found) if found else ""
        for remedy in sorted(together[found], key=_alphabetical):
            yield f":   {_as_said(f'{told} {remedy}'.strip())}"


def _as_said(text: str) -> str:
    """Return a text for the page, where straight quotes stay so: a command is copied with them."""
    return escape_markdown(text).replace('"', '\\"')


def _told(said: Said, language: str) -> str:
    """Return what is said, in a language, with … where each message has its own."""
    told = " ".join(" / ".join(_open(text, language) for text in each) for each in said)
    return told.removesuffix(".") if told.endswith(f"{_LEFT_OPEN}.") else told


def _open(template: str, language: str) -> str:
    left = dict.fromkeys(_NAMED.findall(template), _LEFT_OPEN)
    values = {name.strip("{}"): each for name, each in left.items()}
    return Phrase(template.format_map(values), template, values).in_(language)


def _alphabetical(text: str) -> str:
    return re.sub(r"^\W+", "", fold(text))
