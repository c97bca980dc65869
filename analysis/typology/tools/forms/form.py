"""A form to fill in, whatever shows it: grids of items, then questions, in several languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from typology.questionnaire import Block, Language, Question, Questionnaire, Text
from typology.words import number, word

Kind = Literal["single", "multiple", "number", "rank", "text"]


@dataclass(frozen=True)
class Option:
    """One of the answers that can be given, under its code in the questionnaire."""

    code: str
    text: Text


@dataclass(frozen=True)
class Row:
    """One line of a grid: an item."""

    id: str
    text: Text


@dataclass(frozen=True)
class Grid:
    """Items that share their answers; ``scale`` is the name of these answers.

    ``asked`` is what is asked of every item: what introduces the block, or else its title.
    """

    id: str
    title: Text
    asked: Text
    scale: str
    rows: tuple[Row, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True)
class FormQuestion:
    """A question on its own. ``low`` and ``high`` are the bounds of a number, None if it has none.

    Single, multiple and rank questions have options; the others have none.
    """

    id: str
    kind: Kind
    text: Text
    options: tuple[Option, ...] = ()
    unit: Text | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Form:
    """A whole form; the first of its languages is the one it is shown in first."""

    title: Text
    about: Text | None
    languages: tuple[Language, ...]
    grids: tuple[Grid, ...]
    questions: tuple[FormQuestion, ...]


def make_form(questionnaire: Questionnaire, languages: Sequence[Language] = ()) -> Form:
    """Return the form of a questionnaire, in some of its languages: all of them if none is named.

    Codes are those of the questionnaire, as texts. ValueError is raised for a language that the
    questionnaire has not.
    """
    strangers = set(languages) - set(questionnaire.languages)
    if strangers:
        raise ValueError(f"The questionnaire is not worded in {', '.join(sorted(strangers))}.")
    return Form(
        title=questionnaire.title,
        about=questionnaire.about,
        languages=tuple(languages) or questionnaire.languages,
        grids=tuple(_grid(questionnaire, block) for block in questionnaire.blocks),
        questions=tuple(map(_question, questionnaire.respondent)),
    )


def _grid(questionnaire: Questionnaire, block: Block) -> Grid:
    points = questionnaire.scales[block.scale].points
    return Grid(
        id=block.id,
        title=block.title,
        asked=block.intro or block.title,
        scale=block.scale,
        rows=tuple(Row(item.id, item) for item in block.items),
        options=tuple(Option(str(point.code), point) for point in points),
    )


def _question(question: Question) -> FormQuestion:
    return FormQuestion(
        id=question.id,
        kind=question.type,
        text=question,
        options=tuple(Option(choice.code, choice) for choice in question.choices),
        unit=question.unit,
        low=question.min,
        high=question.max,
    )


def digits(value: float) -> str:
    """Return a number as every platform reads it: without exponent, a point before decimals.

    >>> digits(25.0), digits(0.5), digits(1_000_000)
    ('25', '0.5', '1000000')
    """
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def bounds_in_words(question: FormQuestion, language: str) -> str:
    """Return what the bounds of a number ask for; "" if it has none."""
    low, high = (
        "" if bound is None else digits(bound).replace(".", "," if language == "fr" else ".")
        for bound in (question.low, question.high)
    )
    if low and high:
        return word("form_number", language, "between", low=low, high=high)
    if low:
        return word("form_number", language, "from", low=low)
    return word("form_number", language, "to", high=high) if high else ""


def instruction(question: FormQuestion, language: str) -> str:
    """Return how to answer a question that takes several choices; "" for any other."""
    if question.kind == "multiple":
        return word("tick_several", language)
    if question.kind == "rank":
        return word("rank_all", language, last=number(len(question.options), language, 0))
    return ""
