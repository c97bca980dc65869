"""What is wished of a new study: by the options of the command, or answer by answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from typology.problems import InputError, Problem
from typology.questionnaire import LANGUAGES
from typology.tools.new.answer_scales import AnswerScale, kind_names, scale_of
from typology.words.phrases import joined, phrase
from typology.words.spelling import did_you_mean, fold

BETWEEN_LANGUAGES = "|"
_NUMBER = re.compile(r"[-+]?[\d.,]+")
_FEWEST_ITEMS, MOST_ITEMS, USUAL_ITEMS = 2, 60, 8

DIRECTIONS: Mapping[str, str] = {
    "favourable": "favourable", "favorable": "favourable", "pour": "favourable",
    "for": "favourable", "positive": "favourable", "positif": "favourable", "+": "favourable",
    "unfavourable": "unfavourable", "unfavorable": "unfavourable", "defavorable": "unfavourable",
    "contre": "unfavourable", "against": "unfavourable", "negative": "unfavourable",
    "negatif": "unfavourable", "-": "unfavourable",
    "neutral": "neutral", "neutre": "neutral", "neither": "neutral", "=": "neutral",
}  # fmt: skip
"""What may be typed for the direction of a block, folded."""


@dataclass(frozen=True)
class BlockWish:
    """A block to make; ``titles`` in the order of the languages, one for all otherwise."""

    titles: tuple[str, ...]
    direction: str = "favourable"
    items: int = USUAL_ITEMS
    scale: AnswerScale | None = None


@dataclass(frozen=True)
class Wishes:
    """A study to make. What is empty or None was not asked for.

    ``titles`` and the names of each type are in the order of the languages. At most one of
    ``blocks``, ``template``, ``items`` and ``example`` says what the study is made from.
    """

    languages: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    blocks: tuple[BlockWish, ...] = ()
    scale: AnswerScale | None = None
    types: tuple[tuple[str, ...], ...] | None = None
    template: str | None = None
    items: Path | None = None
    example: str | None = None


def read_wishes(
    *,
    titles: Sequence[str] = (),
    languages: str | None = None,
    blocks: Sequence[str] = (),
    scale: str | None = None,
    types: str | None = None,
    template: str | None = None,
    items: Path | None = None,
    example: str | None = None,
) -> Wishes:
    """Return what the options of the command ask for; `InputError` with everything wrong in them.

    >>> wishes = read_wishes(languages="en", blocks=["Hopes:favourable:12"], types="the wary, the keen")
    >>> wishes.blocks[0].items, wishes.types
    (12, (('the wary',), ('the keen',)))
    """  # noqa: E501
    problems = _several_sources(
        {"--block": bool(blocks), "--template": template is not None,
         "--items": items is not None, "--from": example is not None},
        {"--title": bool(titles), "--languages": languages is not None,
         "--scale": scale is not None, "--types": types is not None},
    )  # fmt: skip
    made: list[BlockWish] = []
    wished_scale: AnswerScale | None = None
    spoken: tuple[str, ...] = ()
    for read in (
        lambda: made.extend(map(read_block, blocks)),
        lambda: scale and scale_of(scale, where="--scale"),
        lambda: languages and read_languages(languages),
    ):
        try:
            found = read()
        except InputError as error:
            problems += error.problems
        else:
            if isinstance(found, AnswerScale):
                wished_scale = found
            elif isinstance(found, tuple):
                spoken = found
    if problems:
        raise InputError(problems)
    return Wishes(
        languages=spoken,
        titles=tuple(part for title in titles for part in by_language(title)),
        blocks=tuple(made),
        scale=wished_scale,
        types=None if types is None else read_types(types),
        template=template,
        items=items,
        example=example,
    )


def read_languages(text: str) -> tuple[str, ...]:
    """Return the languages of "fr,en", "français et anglais", "English"."""
    known = {"fr": "fr", "en": "en", "francais": "fr", "french": "fr", "anglais": "en",
             "english": "en"}  # fmt: skip
    words = [word for word in re.split(r"[\s,;+/]+", fold(text)) if word not in ("", "et", "and")]
    unknown = [word for word in words if word not in known]
    if unknown or not words:
        expected = phrase("languages among {names}", names=", ".join(LANGUAGES))
        remedy = phrase("Write {first}, {second} or {both}.", first="fr", second="en", both="fr,en")
        raise InputError(Problem("", "", ", ".join(unknown), expected, remedy, "--languages"))
    return tuple(dict.fromkeys(known[word] for word in words))


def read_block(text: str) -> BlockWish:
    """Return a block of "Hopes:favourable:12:frequency 5"; what is not written is as usual.

    A colon after a space is one of the title, as French writes it.

    >>> read_block("Espoirs | Hopes:pour")
    BlockWish(titles=('Espoirs', 'Hopes'), direction='favourable', items=8, scale=None)
    """
    title, *rest = (part.strip() for part in re.split(r"(?<!\s):", text))
    if not title:
        expected = phrase("a block, like {example}", example="Hopes:favourable:12")
        remedy = phrase("Begin with its title.")
        raise InputError(Problem("", "", text, expected, remedy, "--block"))
    wish = BlockWish(by_language(title))
    direction, items, scale = wish.direction, wish.items, wish.scale
    for part in filter(None, rest):
        if part.isdecimal():
            items = number_of_items(part, where="--block")
        elif fold(part) in DIRECTIONS:
            direction = DIRECTIONS[fold(part)]
        else:
            scale = _scale_or_direction(part)
    return BlockWish(wish.titles, direction, items, scale)


def _scale_or_direction(text: str) -> AnswerScale:
    """Return the scale that a part of a block asks for, or tell all that the part may be."""
    try:
        return scale_of(text, where="--block")
    except InputError as error:
        [problem] = error.problems
        if _begins_with_a_scale(text):
            raise
        near = "" if _NUMBER.fullmatch(text) else did_you_mean(text, [*DIRECTIONS, *_scales()])
        expected = phrase(
            "a direction ({directions}), a number of items ({low} to {high}) or a scale ({scales}; "
            "its number of points after it)",
            directions="favourable, unfavourable, neutral",
            low=_FEWEST_ITEMS,
            high=MOST_ITEMS,
            scales=", ".join(_scales()),
        )
        remedy = joined(
            [
                near,
                phrase(
                    "Write the parts between colons, as in {example}.",
                    example='--block "Hopes:favourable:12:agreement 5"',
                ),
            ]
        )
        raise InputError(Problem("", "", text, expected, remedy, problem.where)) from error


def _scales() -> list[str]:
    return list(dict.fromkeys([*kind_names("en"), *kind_names("fr")]))


def _begins_with_a_scale(text: str) -> bool:
    first = fold(text).split(" ")[0].rstrip(":")
    return first in map(fold, _scales())


def number_of_items(text: str, *, where: str) -> int:
    """Return the number of items of a block; `InputError` for one that no block can have."""
    number = int(text) if text.strip().isdecimal() else 0
    if not _FEWEST_ITEMS <= number <= MOST_ITEMS:
        expected = phrase("from {low} to {high} items", low=_FEWEST_ITEMS, high=MOST_ITEMS)
        raise InputError(Problem("", "", text, expected, phrase("Correct it."), where))
    return number


def read_types(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the types of "les prudents | the wary, les partants | the keen"."""
    return tuple(names for part in re.split(r"[,;]", text) if (names := by_language(part)) != ("",))


def by_language(text: str) -> tuple[str, ...]:
    """Return a text in each language: "Espoirs | Hopes"."""
    return tuple(" ".join(part.split()) for part in text.split(BETWEEN_LANGUAGES))


def _several_sources(sources: Mapping[str, bool], own: Mapping[str, bool]) -> list[Problem]:
    """Return which options cannot stand together."""
    given = [name for name, asked in sources.items() if asked]
    others = [name for name, asked in own.items() if asked]
    refused: list[str] = []
    if len(given) > 1:
        refused = given
    elif given == ["--from"]:
        refused = given + others if others else []
    elif given == ["--template"] and "--scale" in others:
        refused = ["--template", "--scale"]
    if not refused:
        return []
    expected = phrase("options that go together")
    remedy = phrase("Leave one of the options out.")
    return [Problem("", "", ", ".join(refused), expected, remedy, "new")]
