"""The variables of a study: what each asks, its codes, its role, and how often each is given."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from typology.answers.responses import Responses
from typology.questionnaire import Asked, Block, Question, Questionnaire, Text

CHOSEN = (("0", Text(fr="Non", en="No")), ("1", Text(fr="Oui", en="Yes")))
"""The codes of a choice that may be ticked."""

Categories = tuple[tuple[str, Text], ...]
"""Codes, each with its words."""


@dataclass(frozen=True)
class AnswerSummary:
    """How a variable was answered: by how many, how often each code, and numbers in short.

    ``counts`` are by code; ``numbers`` has mean, sd, min and max of a number.
    """

    valid: int
    missing: int
    counts: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)

    @property
    def missing_share(self) -> float:
        """Return the percent of respondents without an answer."""
        total = self.valid + self.missing
        return 100 * self.missing / total if total else 0.0


@dataclass(frozen=True)
class Variable:
    """One column of the answers.

    ``kind`` is "item" or "question"; ``block`` that of an item; ``of`` the question of which it is
    one of the choices, "" otherwise; ``type`` that of the question, "scale" of an item; ``role``
    "active", "supplementary", or "" where there is no study; ``asked`` what was asked.
    """

    name: str
    kind: str
    asked: Asked
    type: str
    text: Text
    short: Text
    categories: Categories
    block: Block | None = None
    scale: str = ""
    of: str = ""
    role: str = ""
    answers: AnswerSummary | None = None

    @property
    def is_number(self) -> bool:
        """Return whether its values are numbers to compute with."""
        return self.type == "number"

    @property
    def is_text(self) -> bool:
        """Return whether its values are words of respondents."""
        return not self.categories and self.type not in ("number", "rank")


def codebook_variables(
    questionnaire: Questionnaire,
    *,
    active: Collection[str] | None = None,
    responses: Responses | None = None,
) -> tuple[Variable, ...]:
    """Return the variables of a questionnaire in its order: items, then questions.

    ``active`` are the blocks that make the types, None where there is no study. A question with
    several answers has a variable a choice, named as in the answers.
    """
    return (
        *_items(questionnaire, active, responses),
        *_questions(questionnaire, active is not None, responses),
    )


def _items(
    questionnaire: Questionnaire, active: Collection[str] | None, responses: Responses | None
) -> Iterator[Variable]:
    for block in questionnaire.blocks:
        role = ""
        if active is not None:
            role = "active" if block.id in active else "supplementary"
        for item in block.items:
            points = questionnaire.scale_of(item.id).points
            categories = tuple((str(point.code), _words(point)) for point in points)
            yield Variable(
                name=item.id,
                kind="item",
                asked=item,
                type="scale",
                text=_words(item),
                short=_words(item.short),
                categories=categories,
                block=block,
                scale=block.scale,
                role=role,
                answers=_answers(responses, item.id, categories),
            )


def _questions(
    questionnaire: Questionnaire, in_study: bool, responses: Responses | None
) -> Iterator[Variable]:
    role = "supplementary" if in_study else ""
    for question in questionnaire.respondent:
        words = tuple((choice.code, _words(choice)) for choice in question.choices)
        if question.type not in ("multiple", "rank"):
            yield Variable(
                name=question.id,
                kind="question",
                asked=question,
                type=question.type,
                text=_words(question),
                short=_words(question.short),
                categories=words,
                role=role,
                answers=_answers(responses, question.id, words),
            )
            continue
        categories = CHOSEN if question.type == "multiple" else ()
        for code, choice in words:
            name = f"{question.id}:{code}"
            yield Variable(
                name=name,
                kind="question",
                asked=question,
                type=question.type,
                text=_both(question, choice),
                short=choice,
                categories=categories,
                of=question.id,
                role=role,
                answers=_answers(responses, name, categories),
            )


def _words(text: Text) -> Text:
    return Text(fr=text.fr, en=text.en)


def _both(question: Question, choice: Text) -> Text:
    """Return the wording of a question with that of one of its choices."""
    return Text(
        **{
            language: f"{asked} [{chosen}]"
            for language in ("fr", "en")
            if (asked := getattr(question, language)) and (chosen := getattr(choice, language))
        }
    )


def _answers(
    responses: Responses | None, name: str, categories: Categories
) -> AnswerSummary | None:
    """Return how a variable was answered; None where there are no answers to it."""
    if responses is None:
        return None
    if name in responses.items:
        values = responses.items[name]
    elif name in responses.respondent:
        values = responses.respondent[name]
    else:
        return None
    given = values.dropna()
    missing = len(values) - len(given)
    if categories:
        told = given.astype("Int64") if pd.api.types.is_bool_dtype(given) else given
        counted = told.astype("string").value_counts()
        counts = {code: int(counted.get(code, 0)) for code, _ in categories}
        return AnswerSummary(len(given), missing, counts)
    if pd.api.types.is_numeric_dtype(given) and len(given):
        numbers = given.astype(float)
        return AnswerSummary(
            len(given),
            missing,
            numbers={
                "mean": float(numbers.mean()),
                "sd": float(numbers.std()),
                "min": float(numbers.min()),
                "max": float(numbers.max()),
            },
        )
    return AnswerSummary(len(given), missing)
