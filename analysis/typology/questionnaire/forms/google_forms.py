"""The columns that the answers to a form of Google Forms come back in."""

from __future__ import annotations

from collections.abc import Iterator

from typology.questionnaire.forms.form import Form, Option
from typology.questionnaire.forms.heading import Heading
from typology.words.typography import Language

SEPARATOR = ", "


def headings(form: Form, language: Language) -> tuple[Heading, ...]:
    """Return the columns of the sheet of answers of the form in a language."""
    return (*_grid_headings(form, language), *_question_headings(form, language))


def _grid_headings(form: Form, language: Language) -> Iterator[Heading]:
    for grid in form.grids:
        title, answers = grid.asked.in_(language), _meanings(grid.options, language)
        for row in grid.rows:
            yield Heading((f"{title} [{row.text.in_(language)}]",), row.id, answers=answers)


def _question_headings(form: Form, language: Language) -> Iterator[Heading]:
    for question in form.questions:
        title = question.text.in_(language)
        if question.kind == "rank":
            for option in question.options:
                name = f"{title} [{option.text.in_(language)}]"
                yield Heading((name,), question.id, choice=option.code)
        else:
            listed = SEPARATOR if question.kind == "multiple" else ""
            yield Heading(
                (title,),
                question.id,
                answers=_meanings(question.options, language),
                separator=listed,
                otherwise="" if question.own_words is None else question.own_words.code,
            )


def _meanings(options: tuple[Option, ...], language: Language) -> dict[str, str]:
    return {each.text.in_(language): each.code for each in options if not each.worded}
