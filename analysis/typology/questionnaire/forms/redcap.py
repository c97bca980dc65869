"""The field names of a REDCap form, and the columns its answers come back in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from typology.questionnaire.forms.form import Form, FormQuestion, Option, own_words_id
from typology.questionnaire.forms.heading import Heading
from typology.questionnaire.forms.names import platform_names
from typology.words.typography import Language

LONGEST_REDCAP_NAME = 26
RECORD, INSTRUMENT = "record_id", "questionnaire"
_RESERVED_NAMES = (
    RECORD, f"{INSTRUMENT}_complete", f"{INSTRUMENT}_timestamp", "redcap_event_name",
    "redcap_repeat_instrument", "redcap_repeat_instance", "redcap_data_access_group",
    "redcap_survey_identifier",
)  # fmt: skip


def headings(form: Form, _language: Language) -> tuple[Heading, ...]:
    """Return the columns of a CSV export of raw data: names and codes."""
    return (*_grid_headings(form), *_question_headings(form))


def _grid_headings(form: Form) -> Iterator[Heading]:
    names = redcap_field_names(form)
    for grid in form.grids:
        for row in grid.rows:
            yield Heading((names[row.id],), row.id, answers=_meanings(grid.options))


def _question_headings(form: Form) -> Iterator[Heading]:
    names = redcap_field_names(form)
    for question in form.questions:
        if question.kind == "multiple":
            for code, raw in raw_codes(question.options).items():
                name = f"{names[question.id]}___{raw.lower().replace('-', '_')}"
                yield Heading((name,), question.id, choice=code, answers={"1": code})
        elif question.kind == "rank":
            for option in question.options:
                name = names[part_name(question, option)]
                yield Heading((name,), question.id, choice=option.code)
        else:
            answers = _meanings(question.options)
            yield Heading((names[question.id],), question.id, answers=answers)
        if (worded := question.own_words) is not None:
            name = names[own_words_id(question, worded)]
            yield Heading((name,), question.id, choice=worded.code, own_words=True)


def redcap_field_names(form: Form) -> dict[str, str]:
    """Return the name of each field: of items, questions, choices to rank, words of one's own."""
    ids = [row.id for grid in form.grids for row in grid.rows]
    ids += [question.id for question in form.questions]
    ids += [
        part_name(question, option)
        for question in form.questions
        if question.kind == "rank"
        for option in question.options
    ]
    ids += [
        own_words_id(question, question.own_words)
        for question in form.questions
        if question.own_words is not None
    ]
    return platform_names(ids, field_name, longest=LONGEST_REDCAP_NAME, taken=_RESERVED_NAMES)


def part_name(question: FormQuestion, option: Option) -> str:
    """Return the name of the field in which a choice is ranked, before it is made to fit."""
    return f"{question.id}_{option.code}"


def field_name(name: str) -> str:
    """Return a name without what REDCap takes out of it, cut so as not to end in an underscore."""
    plain = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")
    return plain[:LONGEST_REDCAP_NAME].rstrip("_")


def raw_codes(options: tuple[Option, ...]) -> dict[str, str]:
    """Return the code of each choice: letters, digits and underscores, or a whole number."""
    codes = [option.code for option in options]
    return platform_names(codes, _raw_code, longest=max(map(len, codes), default=0))


def _raw_code(code: str) -> str:
    return code if re.fullmatch("-[0-9]+", code) else re.sub("[^A-Za-z0-9_]", "_", code)


def _meanings(options: tuple[Option, ...]) -> dict[str, str]:
    return {raw: code for code, raw in raw_codes(options).items()}
