"""The codes of a LimeSurvey form, and the columns its answers come back in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from typology.questionnaire.forms.form import Form, FormQuestion, ItemGrid, Option
from typology.questionnaire.forms.heading import Heading
from typology.questionnaire.forms.names import platform_names
from typology.words.typography import Language

LONGEST_CODE, LONGEST_ANSWER_CODE = 20, 5
RESERVED_CODES = ("LANG", "SID", "SAVEDID", "TOKEN", "QID", "GID", "SGQ", "self", "that", "this")
RESERVED_SUBQUESTIONS = ("time", "other", "comment")
OTHER, OTHER_ANSWER = "other", "-oth-"
"""The part of a question that holds other words, and the answer that says that there are some."""


def headings(form: Form, _language: Language) -> tuple[Heading, ...]:
    """Return the columns of an export whose headings are question codes, answers being codes."""
    return (*_grid_headings(form), *_question_headings(form))


def _grid_headings(form: Form) -> Iterator[Heading]:
    codes = question_codes(form)
    for grid in form.grids:
        rows, answers = row_codes(grid), limesurvey_meanings(grid.options)
        for row in grid.rows:
            yield Heading(_names(codes[grid.id], rows[row.id]), row.id, answers=answers)


def _question_headings(form: Form) -> Iterator[Heading]:
    codes = question_codes(form)
    for question in form.questions:
        code = codes[question.id]
        if question.kind == "multiple":
            for choice, part in part_codes(question).items():
                names, chosen = _names(code, part), {"Y": choice}
                yield Heading(names, question.id, choice=choice, answers=chosen)
        elif question.kind == "rank":
            for rank in range(1, len(question.options) + 1):
                answers = limesurvey_meanings(question.options)
                yield Heading(_names(code, str(rank)), question.id, rank=rank, answers=answers)
        else:
            answers = limesurvey_meanings(question.options)
            if question.own_words is not None:
                answers[OTHER_ANSWER] = question.own_words.code
            yield Heading((code,), question.id, answers=answers)
        if question.own_words is not None:
            names, choice = _names(code, OTHER), question.own_words.code
            yield Heading(names, question.id, choice=choice, own_words=True)


def _names(code: str, part: str) -> tuple[str, ...]:
    """Return how a part of a question is headed in CSV and Excel, then in R and SPSS."""
    return f"{code}[{part}]", f"{code}_{part}"


def question_codes(form: Form) -> dict[str, str]:
    """Return the code of each block and question."""
    names = [grid.id for grid in form.grids] + [question.id for question in form.questions]
    return platform_names(names, _alphanumeric, longest=LONGEST_CODE, taken=RESERVED_CODES)


def row_codes(grid: ItemGrid) -> dict[str, str]:
    """Return the code of each item of a block."""
    rows = [row.id for row in grid.rows]
    return platform_names(rows, _alphanumeric, longest=LONGEST_CODE, taken=RESERVED_SUBQUESTIONS)


def part_codes(question: FormQuestion) -> dict[str, str]:
    """Return the code of each choice that is ticked on its own."""
    codes = [option.code for option in question.options if not option.worded]
    return platform_names(codes, _alphanumeric, longest=LONGEST_CODE, taken=RESERVED_SUBQUESTIONS)


def _alphanumeric(name: str) -> str:
    return re.sub("[^A-Za-z0-9]", "", name)


def limesurvey_codes(options: tuple[Option, ...]) -> dict[str, str]:
    """Return a code for each answer: its own where all are taken, or else A1, A2, ..."""
    codes = codes_offered(options)
    fits = all(re.fullmatch("[A-Za-z0-9]{1,5}", code) for code in codes)
    if fits and len({code.casefold() for code in codes}) == len(codes):
        return {code: code for code in codes}
    return {code: f"A{place}" for place, code in enumerate(codes, start=1)}


def limesurvey_meanings(options: tuple[Option, ...]) -> dict[str, str]:
    """Return the code of the questionnaire for each answer code."""
    return {answer: code for code, answer in limesurvey_codes(options).items()}


def codes_offered(options: tuple[Option, ...]) -> list[str]:
    """Return the codes of the answers but of the one that LimeSurvey calls "other"."""
    return [option.code for option in options if not option.worded]
