"""The answer scales that a new study may have, with the words of their points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from typology.problems import InputError, Problem
from typology.words.phrases import phrase
from typology.words.spelling import did_you_mean, fold
from typology.words.yaml_text import read_yaml

FEWEST_POINTS, MOST_POINTS = 2, 11
_MOST_IN_WORDS = 7
_TYPED = re.compile(r"([^\W\d]+)[\s:,-]*(\d+)?")


@dataclass(frozen=True)
class AnswerScale:
    """A kind of scale ("agreement", "frequency"...) and its number of points.

    An odd number has a midpoint, an even one has none.
    """

    kind: str = "agreement"
    points: int = 5

    def content(self, languages: Sequence[str]) -> list[dict[str, Any]]:
        """Return the points, as a questionnaire says them.

        >>> AnswerScale("frequency", 4).content(["en"])[0]
        {'code': 1, 'en': 'Never'}
        """
        first = 0 if self.points == MOST_POINTS else 1
        wordings = {language: self._wordings(language, first) for language in languages}
        return [
            {"code": first + at, **{each: wordings[each][at] for each in languages}}
            for at in range(self.points)
        ]

    def _wordings(self, language: str, first: int) -> list[str]:
        words = kinds()[self.kind][language]
        if self.points <= _MOST_IN_WORDS:
            return list(words[self.points])
        numbers = [str(first + at) for at in range(self.points)]
        least, most = words[4][0], words[4][-1]
        return [f"{numbers[0]} ({least})", *numbers[1:-1], f"{numbers[-1]} ({most})"]


@cache
def kinds() -> Mapping[str, Any]:
    """Return the kinds of scales: their names, and their words by language and number."""
    return read_yaml(Path(__file__).with_name("answer_scales.yml"))  # type: ignore[no-any-return]


def kind_names(language: str) -> list[str]:
    """Return what the kinds of scales are called in a language."""
    return [kind["names"][language] for kind in kinds().values()]


def scale_of(text: str, *, where: str, column: str = "", row: str = "") -> AnswerScale:
    """Return the scale that someone asks for: "agreement 5", "accord 7", "frequency".

    `InputError` is raised for one that there is not; ``where`` is the option or the file.

    >>> scale_of("Fréquence : 4", where="--scale")
    AnswerScale(kind='frequency', points=4)
    """
    known = {fold(name): kind for kind, each in kinds().items()
             for name in (kind, *each["names"].values())}  # fmt: skip
    typed = _TYPED.fullmatch(fold(text).replace(" :", ":").strip())
    if typed is None or typed[1] not in known:
        names = list(dict.fromkeys([*kind_names("en"), *kind_names("fr")]))
        remedy = did_you_mean(text, names) or phrase("Choose one of these.")
        expected = phrase(
            "a scale ({names}) and its number of points, like {example}",
            names=", ".join(names), example="agreement 5",
        )  # fmt: skip
        raise InputError(Problem(row, column, text, expected, remedy, where))
    points = int(typed[2] or 5)
    if not FEWEST_POINTS <= points <= MOST_POINTS:
        expected = phrase("from {low} to {high} points", low=FEWEST_POINTS, high=MOST_POINTS)
        remedy = phrase("Choose an odd number for a midpoint, an even one for none.")
        raise InputError(Problem(row, column, text, expected, remedy, where))
    return AnswerScale(known[typed[1]], points)


def scale_names(scales: Sequence[AnswerScale]) -> dict[AnswerScale, str]:
    """Return the names of scales in a questionnaire: the kind, and the number where it is needed.

    >>> scales = [AnswerScale(), AnswerScale("agreement", 7), AnswerScale("truth")]
    >>> list(scale_names(scales).values())
    ['agreement_5', 'agreement_7', 'truth']
    """
    different = list(dict.fromkeys(scales))
    kinds_used = [each.kind for each in different]
    return {
        each: each.kind if kinds_used.count(each.kind) == 1 else f"{each.kind}_{each.points}"
        for each in different
    }
