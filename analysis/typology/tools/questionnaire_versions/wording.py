"""Two wordings of one question: how far apart they are, and which words changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from typology.words.spelling import denies, fold

Size = Literal["", "typography", "small", "large"]
Segment = tuple[Literal["same", "out", "in"], str]
"""Words that stay, are taken out, or are put in."""

NEAR = 0.75
"""At least this share of the words is the same: a small change."""

_TOKEN = re.compile(r"\w+['’]?|[^\w\s]")
_WORD = re.compile(r"\w")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def wording_change(old: str, new: str) -> Size:
    """Return how far a wording is from another.

    "" where they are the same but for spaces; "typography" where the words are (accents, capitals,
    punctuation); "large" where fewer than three words in four are the same, where one says no and
    the other does not, or where numbers differ; "small" otherwise.

    >>> wording_change("Less paperwork for me", "Less paper work for me")
    'small'
    >>> wording_change("I fear a loss of time", "I do not fear a loss of time")
    'large'
    >>> wording_change("At least 3 days", "At least 5 days")
    'large'
    """
    if " ".join(old.split()) == " ".join(new.split()):
        return ""
    words = [_words(text) for text in (old, new)]
    if words[0] == words[1]:
        return "typography"
    if contradict(old, new):
        return "large"
    return "small" if similarity(old, new) >= NEAR else "large"


def contradict(old: str, new: str) -> bool:
    """Return whether one wording says no and the other does not, or their numbers differ."""
    return denies(old) != denies(new) or _NUMBER.findall(old) != _NUMBER.findall(new)


def similarity(old: str, new: str) -> float:
    """Return how alike two wordings are, 0 to 1: by their words, or by their letters if more.

    The share of the words, or of the letters, that follow each other in both (Ratcliff & Obershelp
    1988). Letters count only where as many words as not are the same: other words are often
    spelt with the same letters.

    >>> similarity("une perte de temps", "une perte de temps")
    1.0
    """
    one, other = _words(old), _words(new)
    by_words = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if by_words < 0.5:
        return by_words
    letters = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()
    return max(by_words, letters)


def word_by_word(old: str, new: str) -> list[Segment]:
    """Return what stays, what goes and what comes, in the order of reading.

    >>> word_by_word("more time for care", "more money for care")
    [('same', 'more'), ('out', 'time'), ('in', 'money'), ('same', 'for care')]
    """
    before, after = old.split(), new.split()
    matched = SequenceMatcher(None, before, after, autojunk=False)
    return list(_segments(matched, before, after))


def _segments(
    matched: SequenceMatcher[str], before: list[str], after: list[str]
) -> Iterator[Segment]:
    for kind, start, stop, first, last in matched.get_opcodes():
        if kind == "equal":
            yield "same", " ".join(before[start:stop])
            continue
        if stop > start:
            yield "out", " ".join(before[start:stop])
        if last > first:
            yield "in", " ".join(after[first:last])


def marked(segments: list[Segment]) -> str:
    """Return changed words between marks, for a cell of a table.

    >>> marked(word_by_word("more time for care", "more money for care"))
    'more [-time-] {+money+} for care'
    """
    signs = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    return " ".join(signs[kind].format(text) for kind, text in segments)


def _words(text: str) -> list[str]:
    return [fold(token) for token in _TOKEN.findall(fold(text)) if _WORD.search(token)]
