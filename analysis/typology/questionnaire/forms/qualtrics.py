"""The numbers of the answers of a Qualtrics form, and the columns they come back in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from typology.questionnaire.forms.form import Form, Option, own_words_id
from typology.questionnaire.forms.heading import Heading
from typology.words.typography import Language


def headings(form: Form, _language: Language) -> tuple[Heading, ...]:
    """Return the columns of an export of numeric values, after the two rows below the headings."""
    return (*_grid_headings(form), *_question_headings(form))


def _grid_headings(form: Form) -> Iterator[Heading]:
    for grid in form.grids:
        for place, row in enumerate(grid.rows, start=1):
            yield Heading((f"{grid.id}_{place}",), row.id, answers=_meanings(grid.options))


def _question_headings(form: Form) -> Iterator[Heading]:
    for question in form.questions:
        values = values_of(question.options)
        if question.kind == "multiple":
            answers = _meanings(question.options)
            yield Heading((question.id,), question.id, answers=answers, separator=",")
        if question.kind in ("multiple", "rank"):
            for code, value in values.items():
                answers = {"1": code} if question.kind == "multiple" else {}
                name = f"{question.id}_{value}"
                yield Heading((name,), question.id, choice=code, answers=answers)
        else:
            yield Heading((question.id,), question.id, answers=_meanings(question.options))
        if (worded := question.own_words) is not None:
            name = own_words_id(question, worded)
            yield Heading((name,), question.id, choice=worded.code, own_words=True)


def values_of(options: tuple[Option, ...]) -> dict[str, str]:
    """Return the number of each answer: its code where all codes are numbers, or else its place."""
    codes = [option.code for option in options]
    if all(re.fullmatch("-?[0-9]+", code) for code in codes):
        return {code: code for code in codes}
    return {code: str(place) for place, code in enumerate(codes, start=1)}


def _meanings(options: tuple[Option, ...]) -> dict[str, str]:
    return {value: code for code, value in values_of(options).items()}
