"""The themes that verbatims were coded under by hand, in a file of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from typology.answers.responses import Responses, read_responses
from typology.problems.problem import InputError, Problem
from typology.questionnaire.questionnaire import Questionnaire
from typology.words.phrases import few, phrase

TEXT_COLUMNS = ("text", "texte", "verbatim", "verbatims")
"""Columns that whoever codes keeps beside the themes: they are not read."""


def with_themes(
    responses: Responses,
    path: Path,
    *,
    id_column: str | None = None,
    no_answer: Sequence[str] = (),
) -> Responses:
    """Return answers with the themes that a file gives to the texts of some respondents.

    The file has the respondents' identifiers, and for each text with declared themes a column,
    named as the question or as its ``themes_column``, that lists the themes of a text; or a column
    a theme. Who is not in it has no theme known.

    Raises InputError with everything wrong in the file, and with respondents that the answers do
    not have.
    """
    questionnaire = responses.questionnaire
    coded = _coded(questionnaire)
    if not coded.respondent:
        expected = phrase("a question of type text with 'themes' in the questionnaire")
        remedy = phrase("List the themes there, or remove 'themes' from the study file.")
        raise InputError(Problem("", "", "", expected, remedy, path.name))
    read = read_responses(
        path,
        coded,
        id_column=id_column,
        ignore=TEXT_COLUMNS,
        absent=[each.id for each in coded.respondent],
        no_answer=no_answer,
        pseudonyms=responses.pseudonyms,
    )
    named = responses.items.index if responses.row_names is None else responses.row_names
    names = pd.Index(named)
    unknown = read.respondent.index.difference(names)
    if len(unknown):
        expected = phrase("a respondent of {file}", file=responses.source)
        remedy = phrase("Write the names of respondents as the file of answers does.")
        raise InputError(
            Problem("", "respondent", few(list(unknown)), expected, remedy, path.name,
                    count=len(unknown))
        )  # fmt: skip
    given = read.respondent.reindex(names).set_axis(responses.items.index)
    others = responses.respondent.drop(columns=given.columns, errors="ignore")
    return replace(responses, respondent=others.join(given))


def _coded(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questions whose texts have themes, as the choice of several themes."""
    questions = tuple(
        each.model_copy(
            update={
                "type": "multiple",
                "choices": each.themes,
                "themes": (),
                "column": each.themes_column or f"{each.id}_themes",
            }
        )
        for each in questionnaire.respondent
        if each.themes
    )
    return Questionnaire.model_construct(
        **{**dict(questionnaire), "blocks": (), "respondent": questions}
    )
