"""Short labels made from long wordings: what figures print beside their bars."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from typology.questionnaire import LANGUAGES
from typology.questionnaire.text import LONGEST_SHORT_LABEL
from typology.words.spelling import fold

_CUT = "…"
_LEAST_SHARED = 2  # words at the beginning of all items that none needs
# Words that no label ends with.
_OPEN = frozenset(
    {
        *(
            "a",
            "all",
            "an",
            "and",
            "as",
            "at",
            "be",
            "between",
            "by",
            "for",
            "from",
            "if",
            "in",
            "into",
        ),
        *("is", "it", "its", "less", "more", "my", "not", "of", "on", "or", "our", "so", "than"),
        *("that", "the", "their", "this", "to", "very", "we", "what", "when", "which", "who"),
        *("will", "with", "your"),
        *("à", "au", "aux", "avec", "ce", "ces", "cette", "dans", "de", "des", "du", "elle", "en"),
        *("est", "et", "il", "la", "le", "les", "leur", "leurs", "lors", "ma", "mes", "moins"),
        *("mon", "ne", "nos", "notre", "ou", "où", "par", "pas", "plus", "pour", "que", "qu"),
        *("qui", "sa", "sans", "se", "ses", "si", "son", "sont", "sur", "très", "un", "une"),
        *("vers", "vos", "votre"),
    }
)


def with_short_labels(asked: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return items or questions with a short label in each language that needs one.

    Those given are kept. The others are the wording without the words that all begin with, cut
    between two words; two that would be the same are told apart by their ids.

    >>> with_short_labels([{"id": "H1", "en": "Working together more closely with all the others"}])
    [{'id': 'H1', 'en': 'Working together more closely with all the others', 'short': {'en': 'Working together more closely…'}}]
    """  # noqa: E501
    shorts: list[dict[str, str]] = [{} for _ in asked]
    for language in LANGUAGES:
        wordings = [str(each.get(language, "")) for each in asked]
        given = [str((each.get("short") or {}).get(language, "")) for each in asked]
        if any(wordings):
            made = _short(wordings, given, [str(each["id"]) for each in asked])
            for short, label in zip(shorts, made, strict=True):
                short[language] = label
    return [_with_short(each, short) for each, short in zip(asked, shorts, strict=True)]


def has_short_labels(asked: Mapping[str, Any]) -> bool:
    """Return whether an item or a question has a short label in each of its languages.

    >>> has_short_labels({"en": "It is", "short": {"en": "Is"}}), has_short_labels({"en": "It"})
    (True, False)
    """
    short = asked.get("short") or {}
    return all(short.get(language) for language in LANGUAGES if asked.get(language))


def _with_short(each: Mapping[str, Any], short: Mapping[str, str]) -> dict[str, Any]:
    """Return an item with its short label, left out where the wording itself is short."""
    content = {key: value for key, value in each.items() if key != "short"}
    needed = any(label != each[language] for language, label in short.items())
    if not needed:
        return content
    texts = {key: value for key, value in content.items() if key in ("id", *LANGUAGES)}
    return {**texts, "short": dict(short), **content}


def _short(wordings: Sequence[str], given: Sequence[str], ids: Sequence[str]) -> list[str]:
    begun = _shared_beginning(wordings)
    labels: list[str] = []
    for wording, own, name in zip(wordings, given, ids, strict=True):
        label = own or _label(wording, begun)
        if not own and fold(label) in map(fold, [*labels, *filter(None, given)]):
            label = f"{name} {_label(wording, begun, most=LONGEST_SHORT_LABEL - len(name) - 1)}"
        labels.append(label)
    return labels


def _label(wording: str, begun: int, *, most: int = LONGEST_SHORT_LABEL) -> str:
    whole = " ".join(wording.split()).rstrip(" .")
    if len(wording) <= most:
        return wording
    words = whole.split(" ")[begun:]
    words[0] = words[0][:1].upper() + words[0][1:]
    if len(" ".join(words)) <= most:
        return " ".join(words)
    kept = words
    while len(kept) > 1 and (len(" ".join(kept)) + len(_CUT) > most or _is_open(kept[-1])):
        kept = kept[:-1]
    text = " ".join(kept)[: most - len(_CUT)]
    return text.rstrip(" ,;:.!?'’(«-\u00a0\u202f") + _CUT


def _is_open(word: str) -> bool:
    return word.casefold().strip(",;:.!?()«»") in _OPEN or not re.search(r"\w", word)


def _shared_beginning(wordings: Sequence[str]) -> int:
    """Return how many words all begin with, at least two, each having others after them."""
    split = [wording.split() for wording in wordings]
    if len(split) < 3:
        return 0
    shared = 0
    for words in zip(*split, strict=False):
        if len({fold(word) for word in words}) > 1:
            break
        shared += 1
    longer = min(len(words) for words in split) > shared + 1
    return shared if shared >= _LEAST_SHARED and longer else 0
