"""What to do, brought beside what was expected, where the code says the two at different places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from typology.documents.messages.told_messages import Message

ROOM_OF_ANSWERS = "answers/columns/"
"""What is expected of a cell stands where it is read; what to do, where all such cells are told."""

_OF_ONE_KIND = (
    (re.compile(r"\bdates as|\bthe date\b|\bwhole date|\bthe years\b"), re.compile(r"\bdate")),
    (re.compile(r"\branks\b"), re.compile(r"\brank\b")),
)
"""What is to be done about answers of one kind alone, and what is expected of them."""
_FOUND_KINDS = (
    ("no_answer", re.compile(r"there is no answer")),
    ("label", re.compile(r"\blabels?\b|what they mean, each")),
    ("code", re.compile(r"\bcodes?\b|count the answers|The number says|is the unit")),
)
"""What is found in a cell whose answer is not understood, by what is to be done about it."""
ANY_ANSWER = "answer"
"""What is found where none of these is."""

_OF_ANY_KIND = re.compile(r"means that there is no answer")
_SEVERAL = re.compile(r"\bthese items\b")


def brought_together(messages: Sequence[Message]) -> list[Message]:
    """Return the messages, what to do standing with what was expected wherever that is known.

    Of answers that are not understood, every place that says what was expected gets what is to be
    done about such answers. What is told of an item is told of several in other words. What a
    function says for its callers is not repeated apart from them.
    """
    apart = [each for each in messages if each.remedies and not each.expected and not each.found]
    of_answers = dict.fromkeys(
        remedy for each in apart if each.module.startswith(ROOM_OF_ANSWERS)
        for remedy in each.remedies
    )  # fmt: skip
    by_callers = {(each.module, text) for each in messages if each.remedies
                  for text in each.expected}  # fmt: skip
    together = [
        replace(each, remedies=tuple(
            remedy for remedy in of_answers if _belong(remedy, each.expected)))
        if each.expected and not each.remedies and each.module.startswith(ROOM_OF_ANSWERS)
        and not by_callers.issuperset((each.module, text) for text in each.expected)
        else each
        for each in messages
    ]  # fmt: skip
    together = [_of_several(each, apart) for each in together]
    told = {remedy for each in together if each.expected for remedy in each.remedies}
    return [
        replace(each, remedies=tuple(remedy for remedy in each.remedies if remedy not in told))
        if not each.expected and not each.found
        else each
        for each in together
    ]


def found_kind(remedy: str) -> str:
    """Return what is found in a cell where this is to be done about it.

    >>> found_kind("The labels of the file are not those of the questionnaire.")
    'label'
    >>> found_kind("Did you mean '{guess}'?")
    'answer'
    """
    return next((kind for kind, told in _FOUND_KINDS if told.search(remedy)), ANY_ANSWER)


def found_kinds() -> tuple[str, ...]:
    """Return what may be found in a cell, from the most common on."""
    return (ANY_ANSWER, *(kind for kind, _ in _FOUND_KINDS))


def _belong(remedy: str, expected: Sequence[str]) -> bool:
    """Return whether what to do is of the kind of what was expected."""
    for done, asked in _OF_ONE_KIND:
        of_kind = any(map(asked.search, expected))
        if of_kind != bool(done.search(remedy)):
            return of_kind and bool(_OF_ANY_KIND.search(remedy))
        if of_kind:
            return True
    return True


def _of_several(message: Message, apart: Sequence[Message]) -> Message:
    """Return a message about one item with what is said of several that share its cause."""
    if not message.expected:
        return message
    ends = {_end(each) for each in message.remedies}
    more = [
        remedy
        for each in apart
        for remedy in each.remedies
        if _SEVERAL.search(remedy) and _end(remedy) in ends and remedy not in message.remedies
    ]
    return replace(message, remedies=(*message.remedies, *dict.fromkeys(more)))


def _end(remedy: str) -> str:
    """Return a sentence in the singular: "these items" and "their columns" are those of one.

    >>> _end("Take these items out, or check their columns.")
    'Take the item out, or check its column.'
    """
    one = remedy.replace("these items", "the item").replace("their columns", "its column")
    return one
