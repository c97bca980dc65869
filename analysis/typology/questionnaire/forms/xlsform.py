"""The names of an XLSForm, and the columns its answers come back in."""

from __future__ import annotations

from collections.abc import Iterator

from typology.questionnaire.forms.form import Form, Option, own_words_id
from typology.questionnaire.forms.heading import Heading
from typology.questionnaire.forms.names import platform_names
from typology.words.typography import Language

LONGEST_XLSFORM_NAME = 64
_RESERVED_NAMES = ("meta", "instanceid", "instancename", "start", "end")
GROUP = "about_you"


def headings(form: Form, _language: Language) -> tuple[Heading, ...]:
    """Return the columns of an export of names: in Kobo's CSV and Excel, then in ODK's."""
    return (*_grid_headings(form), *_question_headings(form))


def _grid_headings(form: Form) -> Iterator[Heading]:
    names = xlsform_field_names(form)
    for grid in form.grids:
        for row in grid.rows:
            paths = _paths(names[grid.id], names[row.id])
            yield Heading(paths, row.id, answers=_own(grid.options))


def _question_headings(form: Form) -> Iterator[Heading]:
    names, group = xlsform_field_names(form), free_name(form, GROUP)
    for question in form.questions:
        listed = " " if question.kind in ("multiple", "rank") else ""
        paths = _paths(group, names[question.id])
        yield Heading(paths, question.id, answers=_own(question.options), separator=listed)
        if question.kind == "multiple":
            for option in question.options:
                parts = tuple(f"{path}/{option.code}" for path in paths)
                chosen = {"1": option.code}
                yield Heading(parts, question.id, choice=option.code, answers=chosen)
        if (worded := question.own_words) is not None:
            parts = _paths(group, names[own_words_id(question, worded)])
            yield Heading(parts, question.id, choice=worded.code, own_words=True)


def _paths(group: str, name: str) -> tuple[str, ...]:
    return f"{group}/{name}", name, f"{group}-{name}"


def _own(options: tuple[Option, ...]) -> dict[str, str]:
    return {option.code: option.code for option in options}


def xlsform_field_names(form: Form) -> dict[str, str]:
    """Return the name of each item, block, question and of the words that follow a choice.

    It is its own, unless the form has it already.
    """
    ids = [row.id for grid in form.grids for row in grid.rows]
    ids += [grid.id for grid in form.grids] + [question.id for question in form.questions]
    ids += [
        own_words_id(question, question.own_words)
        for question in form.questions
        if question.own_words is not None
    ]
    return platform_names(ids, str, longest=LONGEST_XLSFORM_NAME, taken=_RESERVED_NAMES)


def free_name(form: Form, name: str) -> str:
    """Return a name that no item, block or question has."""
    used = [*_RESERVED_NAMES, *xlsform_field_names(form).values()]
    return platform_names([name], str, longest=LONGEST_XLSFORM_NAME, taken=used)[name]
