"""Which heading may be that of which question: by the words that tell the titles apart."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from typology.words.spelling import fold

_LIKELY = 0.6
"""Share of the weight of the words of the shorter title, from which two may be of one question."""

_SAME_WORD = 0.8
_SAME_BEGINNING = 5
_SAY_NOTHING = frozenset(
    [
        *("a", "au", "aux", "avec", "avez", "avons", "ce", "ces", "cet", "cette", "chez", "comme"),
        *("d", "dans", "de", "des", "du", "elle", "elles", "en", "est", "et", "etes", "etre"),
        *("faire", "fait", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "leurs", "lui"),
        *("m", "ma", "mais", "me", "mes", "moi", "mon", "n", "ne", "nos", "notre", "nous", "on"),
        *("ont", "ou", "par", "pas", "plus", "pour", "qu", "quand", "que", "quel", "quelle"),
        *("quelles", "quels", "qui", "quoi", "s", "sa", "se", "ses", "si", "son", "sont", "sur"),
        *("t", "un", "une", "vos", "votre", "vous", "y"),
        *("about", "am", "an", "and", "any", "are", "as", "at", "be", "by", "can", "could", "do"),
        *("does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "is", "it", "its"),
        *("my", "no", "not", "of", "or", "our", "should", "so", "that", "the", "their", "there"),
        *("they", "this", "to", "was", "we", "were", "what", "when", "where", "which", "who"),
        *("why", "will", "with", "would", "you", "your"),
    ]
)
"""Words that stand in titles of any question, without accents."""


class TitleWords:
    """The words of titles, each of which weighs less the more titles have it.

    >>> words = TitleWords(["Âge du médecin", "Sexe du médecin", "Quel est votre âge ?"])
    >>> words.likeness("Âge du médecin", "Quel est votre âge ?") > 0.6
    True
    >>> words.likeness("Âge du médecin", "Sexe du médecin") > 0.6
    False
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = Counter(word for title in set(titles) for word in _words(title))

    def likeness(self, one: str, other: str) -> float:
        """Return the share of the words of the shorter title that the other one has, by weight."""
        first, second = self._weights(one), self._weights(other)
        least = min(sum(first.values()), sum(second.values()))
        shared = sum(
            max((min(first[word], second[each]) for each in second if _same(word, each)), default=0)
            for word in first
        )
        return shared / least if least else 0.0

    def _weights(self, title: str) -> dict[str, float]:
        return {word: 1 / max(self._titles[word], 1) ** 2 for word in _words(title)}


def likely_columns(headers: Sequence[str], wordings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the heading that each thing asked may stand under, where one is likely.

    ``wordings`` are the texts of each; no heading is that of two things.

    >>> likely_columns(["Âge du médecin"], {"F03": ["Le manque de compétences"], "age": ["Âge"]})
    {'age': 'Âge du médecin'}
    """
    texts = {key: list(each) for key, each in wordings.items()}
    words = TitleWords([*headers, *(text for each in texts.values() for text in each)])
    scored = sorted(
        (
            (max((words.likeness(header, text) for text in each), default=0.0), header, key)
            for header in headers
            for key, each in texts.items()
        ),
        key=lambda scored: -scored[0],
    )
    found: dict[str, str] = {}
    for score, header, key in scored:
        if score >= _LIKELY and key not in found and header not in found.values():
            found[key] = header
    return found


def _words(title: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", fold(title))) - _SAY_NOTHING


def _same(one: str, other: str) -> bool:
    """Return whether two words are one, in the singular or the plural, or misspelt."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter >= _SAME_BEGINNING and one[:shorter] == other[:shorter]:
        return True
    return shorter > 3 and difflib.SequenceMatcher(None, one, other).ratio() >= _SAME_WORD
