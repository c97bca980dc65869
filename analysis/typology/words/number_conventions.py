"""How a file of answers writes what was asked, as the study file declares it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typology.words.written_numbers import Mark

AnswerWords = Mapping[str, str | Mapping[str, str]]

_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_NOT_PLAIN = frozenset({"true", "false", "null"})


@dataclass(frozen=True)
class Conventions:
    """What a study file says of the words and the numbers in its file of answers.

    ``answer_words`` are words of the file to what they mean, a code or words of the questionnaire:
    for every question, or under the id of a scale, a block, an item or a question. ``decimal_mark``
    stands before decimals, where a number could be read with either.

    >>> words = {"Yep": "Yes", "mood": {"So so": "3"}, "M1": {"Bof": "2"}}
    >>> Conventions(answer_words=words).words_of("mood", "M1")
    {'Yep': 'Yes', 'So so': '3', 'Bof': '2'}
    """

    no_answer: tuple[str, ...] = ()
    answer_words: AnswerWords = field(default_factory=dict)
    decimal_mark: Mark | None = None
    signs: bool = False  # "-" is an answer, as "+" is

    def words_of(self, *names: str) -> dict[str, str]:
        """Return the words declared for everything, then for each of these ids, widest first."""
        words = {word: means for word, means in self.answer_words.items() if isinstance(means, str)}
        for name in names:
            declared = self.answer_words.get(name, "")
            words |= {} if isinstance(declared, str) else declared
        return words

    def declared_words(self) -> Iterator[tuple[str, str, str]]:
        """Yield each word declared: the id it stands under or "", the word, what it means."""
        for name, means in self.answer_words.items():
            if isinstance(means, str):
                yield "", name, means
            else:
                yield from ((name, word, meaning) for word, meaning in means.items())


def study_line(key: str, value: object) -> str:
    """Return a line of a study file.

    >>> print(study_line("no_answer", ["Don't know"]))
    no_answer: ["Don't know"]
    >>> print(study_line("answer_words", {"agreement": {"So: so": "Neutral"}}))
    answer_words: {agreement: {"So: so": "Neutral"}}
    """
    return f"{key}: {_flow(value)}"


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(key: object) -> str:
    """Return an id as it is, and any other text between quotes."""
    text = str(key)
    plain = _PLAIN_KEY.fullmatch(text) and text.casefold() not in _NOT_PLAIN
    return text if plain else json.dumps(text, ensure_ascii=False)
