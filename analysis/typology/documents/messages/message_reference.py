"""Every message that the command may give, as a page lists it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from typology.documents.messages.belonging import brought_together, found_kind, found_kinds
from typology.documents.messages.printed import alphabetical, as_printed, template_told
from typology.documents.messages.told_messages import Message, told_messages
from typology.documents.messages.told_notes import MISUSES, note_definitions
from typology.words import word

_SUBJECTS = (
    "answers", "questionnaire", "study", "problems", "fit", "results", "files", "tools",
    "workshops", "documents", "app", "cli",
)  # fmt: skip
"""The rooms that say something, in the order of the page."""
_LONG = 12
"""More things to do than this are told by what was found, and once."""
_NAMES_WHAT_IS_FOUND = re.compile(r"\W*[a-z].*[^.?]$")
"""What the code gives beside what to do, where one depends on the other."""


def message_reference(language: str) -> str:
    """Return every message by its subject, as Markdown: what is expected, then what to do.

    >>> "**one of these keys: …**" in message_reference("en")
    True
    """
    by_room: dict[str, list[Message]] = defaultdict(list)
    for message in brought_together(told_messages()):
        if (message.expected or message.remedies) and message.module != MISUSES:
            by_room[message.room].append(message)
    unknown = sorted(by_room.keys() - set(_SUBJECTS))
    if unknown:
        raise KeyError(f"Messages of rooms that have no place on the page: {', '.join(unknown)}.")
    return "\n".join(
        line
        for room in _SUBJECTS
        if room in by_room
        for line in ("", f"## {word('message_room', language, room)}",
                     *_definitions(by_room[room], language), *note_definitions(room, language))
    )  # fmt: skip


def _definitions(messages: Iterable[Message], language: str) -> Iterator[str]:
    """Yield what is expected in the order of the alphabet, each with what to do.

    Where there is much to do, all that is expected of it is told together. What is said whatever
    was expected comes last.
    """
    remedies: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for message in messages:
        told = sorted(
            {template_told(each, language) for each in message.expected}, key=alphabetical
        )
        if not told and message.found:
            found = sorted(
                {template_told(each, language) for each in message.found}, key=alphabetical
            )
            told = [word("message_found", language, found=" · ".join(found))]
        remedies[tuple(told)] |= set(message.remedies) - set(message.expected)
    together = _of_same_advice(remedies)
    for expected in sorted(together, key=lambda told: (not told, [*map(alphabetical, told)])):
        terms = expected or (word("message_any", language),)
        yield from ("", " · ".join(f"**{as_printed(each)}**" for each in terms))
        yield from (f":   {each}" for each in _advice(together[expected], language))


def _of_same_advice(
    remedies: Mapping[tuple[str, ...], Collection[str]],
) -> dict[tuple[str, ...], frozenset[str]]:
    """Return what to do by what was expected; a long advice that is the same, once."""
    by_advice: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
    together: dict[tuple[str, ...], frozenset[str]] = {}
    for expected, each in remedies.items():
        advice = frozenset(each)
        if expected and len(advice) > _LONG:
            by_advice[advice].update(dict.fromkeys(expected))
        else:
            together[expected] = advice
    for advice, terms in by_advice.items():
        together[tuple(sorted(terms, key=alphabetical))] = advice
    return together


def _advice(remedies: Collection[str], language: str) -> Iterator[str]:
    """Yield what to do: a long list by what was found, which is said before."""
    found = [each for each in remedies if _NAMES_WHAT_IS_FOUND.match(each)]
    advice = [each for each in remedies if each not in found]
    if found:
        told = " · ".join(_in_order(found, language))
        yield word("message_found", language, found=told)
    if not advice:
        yield word("message_depends", language)
    kinds = [found_kind(each) for each in advice]
    if len(advice) <= _LONG or len(set(kinds)) < len(found_kinds()):
        yield from _in_order(advice, language)
        return
    for kind in found_kinds():
        yield f"*{word('message_found_kind', language, kind)}*"
        own = [each for each, of in zip(advice, kinds, strict=True) if of == kind]
        yield from _in_order(own, language)


def _in_order(templates: Collection[str], language: str) -> list[str]:
    told = {template_told(each, language) for each in templates}
    return [as_printed(each) for each in sorted(told, key=alphabetical)]
