"""Every message that the command may give, as a page lists it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from typology.documents.messages.belonging import brought_together
from typology.documents.messages.printed import alphabetical, as_printed, template_told
from typology.documents.messages.told_messages import Message, told_messages
from typology.documents.messages.told_notes import MISUSES, note_definitions
from typology.words import word

_SUBJECTS = (
    "answers", "questionnaire", "study", "problems", "fit", "results", "files", "tools",
    "workshops", "documents", "app", "cli",
)  # fmt: skip
"""The rooms that say something, in the order of the page."""


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

    What is said whatever was expected comes last.
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
        remedies[tuple(told)] |= {template_told(each, language) for each in message.remedies}
    for expected in sorted(remedies, key=lambda told: (not told, [*map(alphabetical, told)])):
        terms = expected or (word("message_any", language),)
        yield from ("", " · ".join(f"**{as_printed(each)}**" for each in terms))
        advice = sorted(remedies[expected], key=alphabetical)
        advice = advice or [word("message_depends", language)]
        yield from (f":   {as_printed(each)}" for each in advice)
