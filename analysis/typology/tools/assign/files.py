"""Assigning the respondents of a file: the model read, the answers found, the types written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from typology.answers.headings.matching import match_columns
from typology.answers.platforms import read_tables
from typology.answers.responses import Responses, read_responses
from typology.files.output_files import refuse_places, write_files
from typology.files.output_places import PRIVATE_FOLDER
from typology.files.written_tables import table_bytes
from typology.problems.problem import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.questionnaire.header_names import KnownNames
from typology.questionnaire.parts import only_items
from typology.results.saved_model import ModelReading, model_reading, read_model
from typology.tools.assign.assignment import (
    assign_by_short_form,
    assign_types,
    check_same_questionnaire,
)
from typology.tools.assign.exclusions import left_out_as_in_study, without_type
from typology.words.phrases import phrase
from typology.words.spelling import did_you_mean, fold

_AS_IT_STANDS = ModelReading()


@dataclass(frozen=True)
class Assigned:
    """Respondents of a file with their types, and the file written.

    ``notices`` tell what was decided while reading.
    """

    table: pd.DataFrame
    model: Mapping[str, Any]
    notices: tuple[str, ...]
    output: Path


def assign_file(
    answers: Path,
    *,
    model_path: Path,
    questionnaire_path: Path,
    output: Path,
    language: str,
    short_form: bool = False,
    force: bool = False,
) -> Assigned:
    """Give the respondents of a file the types of a model, and write them.

    Parameters
    ----------
    answers : Path
        CSV, Excel, SPSS or Stata.
    model_path : Path
        The ``model.json`` of a run.
    questionnaire_path : Path
        The questionnaire of that run.
    output : Path
        CSV to write; never a file that is read.
    language : {"fr", "en"}
        Of the names of the types.
    short_form : bool
        Whether only the items of the short form were asked.
    force : bool
        Whether a file that exists with other contents is replaced.

    Returns
    -------
    Assigned

    Raises
    ------
    InputError
        With everything wrong with the files, or if the output exists already.
    """
    read = (answers, model_path, questionnaire_path)
    refuse_places([output], inputs=read)
    model = read_model(_whole_model(model_path))
    if any(each["centre"] is None for each in model["classes"]):
        expected = phrase("the whole model, which stays in the private folder of the results")
        remedy = phrase("Ask those who ran the study: a type of it has too few respondents.")
        raise InputError(Problem("", "", "", expected, remedy, model_path.name))
    if short_form and not model["short_form"]:
        expected = phrase("a model with a short form")
        remedy = phrase("Run `typology run` again.")
        raise InputError(Problem("", "", "", expected, remedy, model_path.name))
    questionnaire = load_questionnaire(questionnaire_path)
    asked = model
    if short_form:
        wanted = {each["item"] for each in model["short_form"]["items"]}
        asked = {**model, "items": [each for each in model["items"] if each["item"] in wanted]}
    notices = check_same_questionnaire(asked, questionnaire, where=questionnaire_path.name)
    wanted_items = [each["item"] for each in asked["items"]]
    try:
        responses, absent = read_item_answers(
            answers, questionnaire, wanted_items, reading=model_reading(model)
        )
    except InputError as error:
        raise InputError(
            error.problems, notices=[*error.notices, *_unknown_reading(model)]
        ) from None
    assign = assign_by_short_form if short_form else assign_types
    table = assign(model, responses.items, language=language)
    left_out, told = left_out_as_in_study(model, responses)
    table = without_type(table, left_out, language=language)
    write_files({output: table_bytes(output, table)}, inputs=read, force=force)
    return Assigned(table, model, (*notices, *responses.notices, *absent, *told), output)


def _whole_model(path: Path) -> Path:
    """Return the whole model of a run where it lies beside the one that may leave."""
    whole = path.parent / PRIVATE_FOLDER / path.name
    return whole if whole.is_file() else path


def _unknown_reading(model: Mapping[str, Any]) -> list[str]:
    """Return that a model is too old to know which words of its study mean "no answer"."""
    if "reading" in model:
        return []
    return [
        phrase(
            "This model does not know how the answers of its study are read (no_answer, "
            "ignored_columns). Run `typology run` again: the new model does."
        )
    ]


def read_item_answers(
    path: Path,
    questionnaire: Questionnaire,
    wanted: Sequence[str],
    *,
    reading: ModelReading = _AS_IT_STANDS,
) -> tuple[Responses, tuple[str, ...]]:
    """Read the answers to some items, whatever else a file holds.

    Returns the answers to the items that have a column, and notices on those that have none. The
    header of the respondents' identifiers counts where the file has it.

    Raises InputError with everything wrong with these answers; a column that looks like a missing
    item is.
    """
    questionnaire = questionnaire.without(reading.absent_columns)
    tables = read_tables(path, recognise=KnownNames(questionnaire).find)
    headed = {fold(header) for table in tables for header in table.headers}
    consent = (reading.exclusions.get("consent") or {}).get("column")
    consent = consent if consent and fold(consent) in headed else None
    id_column = reading.respondent_column
    id_column = id_column if id_column and fold(id_column) in headed else None
    matches = [
        match_columns(
            table,
            questionnaire,
            id_column=id_column,
            ignore=reading.ignored_columns,
            consent_column=consent,
            declared=reading.columns,
        )
        for table in tables
    ]
    best = max(range(len(tables)), key=lambda i: len(set(matches[i].columns) & set(wanted)))
    headers, match = tables[best].headers, matches[best]
    absent = [item for item in wanted if item not in match.columns]

    def read_items(items: Sequence[str], ignored: Sequence[str]) -> Responses:
        return read_responses(
            path,
            only_items(questionnaire, items),
            id_column=id_column,
            ignore=ignored,
            no_answer=reading.no_answer,
            answer_words=reading.answer_words,
            decimal_mark=reading.decimal_mark,
            consent_column=consent,
            columns={item: title for item, title in reading.columns.items() if item in items},
        )

    if len(absent) == len(wanted):
        return read_items(wanted, reading.ignored_columns), ()
    read = {match.columns[item] for item in wanted if item in match.columns}
    used = set(match.columns.values()) - read
    claimed = [header for at, header in enumerate(headers) if at in used]
    others = [
        header
        for at, header in enumerate(headers)
        if at not in used | read | {match.identifier} and header not in match.ignored
    ]
    names = [*absent, *(questionnaire.items[item].in_("fr") for item in absent),
             *(questionnaire.items[item].in_("en") for item in absent)]  # fmt: skip
    alike = [header for header in others if _looks_like(header, names)]
    found = wanted if alike else [item for item in wanted if item not in absent]
    ignored = [*match.ignored, *claimed, *(header for header in others if header not in alike)]
    responses = read_items(found, ignored)
    if not absent:
        return responses, ()
    listed = ", ".join(absent)
    return responses, (phrase("Without a column, hence not answered: {items}.", items=listed),)


def _looks_like(header: str, names: Sequence[str]) -> bool:
    known = {fold(name): name for name in names if name}
    return bool(did_you_mean(fold(header), list(known)))
