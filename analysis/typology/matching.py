"""Which column of an answer file holds the answers to which question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from typology.known_names import KnownNames, fold_wording
from typology.phrases import joined, phrase
from typology.platforms import AnswerTable
from typology.platforms.administrative import ADMINISTRATIVE_NAMES
from typology.problems import Problem
from typology.questionnaire import Questionnaire
from typology.spelling import did_you_mean, fold

IDENTIFIER_NAMES = (
    *("respondent", "respondent id", "respondentid", "id respondent", "repondant"),
    *("id repondant", "identifiant", "identifiant repondant", "identifier", "participant"),
    *("participant id", "id", "response id", "responseid", "id de la reponse", "record id"),
    *("numero", "n°", "no", "uuid", "sid", "serial"),
)
"""Folded names of the column that identifies respondents, the first found is used."""


@dataclass(frozen=True)
class ColumnMatch:
    """Where each thing asked is in a table.

    Parameters
    ----------
    columns : dict of str to int
        Column number of each item id, question id, or "question:choice".
    identifier : int or None
        Column of the respondents' identifiers.
    weight : int or None
        Column of the respondents' weights, where one is declared.
    ignored : tuple of str
        Headers of the columns that are not read.
    problems : tuple of Problem
        Unknown, missing and ambiguous columns.
    """

    columns: dict[str, int]
    identifier: int | None
    weight: int | None
    ignored: tuple[str, ...]
    problems: tuple[Problem, ...]


def match_columns(
    table: AnswerTable,
    questionnaire: Questionnaire,
    *,
    id_column: str | None = None,
    ignore: Sequence[str] = (),
    absent: Sequence[str] = (),
    weight_column: str | None = None,
) -> ColumnMatch:
    """Match the columns of a table with the questionnaire.

    Parameters
    ----------
    table : AnswerTable
        The file read.
    questionnaire : Questionnaire
        What was asked.
    id_column : str, optional
        Header of the respondents' identifiers; by default one of ``IDENTIFIER_NAMES``.
    ignore : sequence of str
        Headers, or patterns with * and ?, of columns not to read.
    absent : sequence of str
        Questions and blocks that this file does not hold.
    weight_column : str, optional
        Header of the respondents' weights.

    Returns
    -------
    ColumnMatch
        With every problem found.

    Notes
    -----
    A header is tried, in this order, as: an id (or the ``column`` of the questionnaire,
    "question:choice", "question[choice]"); a wording or short label in any language; "Block
    [wording]" or "Question [choice]"; "id. wording", "id - wording" or "12. wording". SPSS and
    Stata variable labels are tried in the same way beside the variable's name.
    """
    names = KnownNames(questionnaire)
    headers = _sort_headers(table, names, id_column, weight_column, ignore)
    found = headers.found
    missing = _missing(questionnaire, names, found.keys() | headers.claimed, absent)
    problems = [_two_questions(table.name, *pair) for pair in headers.ambiguous]
    if id_column and not headers.identifiers:
        problems.append(_no_identifier(table, id_column))
    if len(headers.identifiers) > 1:
        problems.append(_two_columns(table, "", headers.identifiers))
    if weight_column and not headers.weights:
        problems.append(_no_weights(table, weight_column))
    if len(headers.weights) > 1:
        problems.append(_two_columns(table, weight_column or "", headers.weights))
    problems += [_two_columns(table, key, at) for key, at in found.items() if len(at) > 1]
    problems += _whole_and_parts(table, found)
    problems += [_unknown_column(table.name, name, names, missing) for name in headers.unknown]
    problems += [_missing_column(table.name, key, names, headers.unknown) for key in missing]
    problems += _unknown_absent(questionnaire, absent)
    return ColumnMatch(
        columns={key: at[0] for key, at in found.items()},
        identifier=headers.identifiers[0] if headers.identifiers else None,
        weight=headers.weights[0] if headers.weights else None,
        ignored=tuple(headers.ignored),
        problems=tuple(problems),
    )


@dataclass
class _Headers:
    """Headers sorted by what they name."""

    found: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    claimed: set[str] = field(default_factory=set)  # by the ambiguous ones
    ambiguous: list[tuple[str, set[str]]] = field(default_factory=list)
    identifiers: list[int] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def _sort_headers(
    table: AnswerTable,
    names: KnownNames,
    id_column: str | None,
    weight_column: str | None,
    ignore: Sequence[str],
) -> _Headers:
    headers = _Headers()
    unmatched: list[int] = []
    for number, header in enumerate(table.headers):
        if id_column and fold_wording(header) == fold_wording(id_column):
            headers.identifiers.append(number)
            continue
        if weight_column and fold_wording(header) == fold_wording(weight_column):
            headers.weights.append(number)
            continue
        if _is_ignored(header, ignore):
            headers.ignored.append(header)
            continue
        keys = names.find(header) | names.find(table.description(number))
        if len(keys) > 1:
            headers.ambiguous.append((header, keys))
            headers.claimed |= keys
        elif keys:
            headers.found[keys.pop()].append(number)
        else:
            unmatched.append(number)
    usual = _usual_identifiers(table, unmatched)
    if not id_column:
        headers.identifiers = [n for n in usual if _same_header(table, n, usual[0])]
    for number in unmatched:
        header = table.headers[number]
        if number in headers.identifiers:
            continue
        left_out = number in usual or fold_wording(header) in ADMINISTRATIVE_NAMES
        (headers.ignored if left_out else headers.unknown).append(header)
    return headers


def _is_ignored(header: str, patterns: Sequence[str]) -> bool:
    folded = fold_wording(header)
    return any(
        fold_wording(pattern) == folded
        or fnmatchcase(header.casefold(), pattern.strip().casefold())
        or fnmatchcase(folded, fold(pattern))
        for pattern in patterns
    )


def _usual_identifiers(table: AnswerTable, unmatched: list[int]) -> list[int]:
    """Return the columns that have an identifier's usual name, the likeliest first."""
    names = {n: re.sub(r"[_.\s-]+", " ", fold_wording(table.headers[n])) for n in unmatched}
    return [n for name in IDENTIFIER_NAMES for n in unmatched if names[n] == name]


def _same_header(table: AnswerTable, one: int, other: int) -> bool:
    return fold_wording(table.headers[one]) == fold_wording(table.headers[other])


def _missing(
    questionnaire: Questionnaire,
    names: KnownNames,
    found: Set[str],
    absent: Sequence[str],
) -> list[str]:
    """Return the keys that should have a column and have none."""
    missing = [
        item.id
        for block in questionnaire.blocks
        if block.id not in absent
        for item in block.items
        if item.id not in found
    ]
    for question in questionnaire.respondent:
        if question.id in found or question.id in absent:
            continue
        parts = [key for key in names.wordings if key.startswith(f"{question.id}:")]
        lacking = [key for key in parts if key not in found]
        missing += lacking if len(lacking) < len(parts) else [question.id]
    return missing


def _two_questions(where: str, header: str, keys: set[str]) -> Problem:
    return Problem(
        row="",
        column=header,
        value=phrase("a name of several questions: {names}", names=", ".join(sorted(keys))),
        expected=phrase("a column that names one question"),
        remedy=phrase("Name the column by the id of its question."),
        where=where,
    )


def _two_columns(table: AnswerTable, key: str, numbers: list[int]) -> Problem:
    listed = joined(
        [
            phrase("'{header}' (column {number})", header=table.headers[n], number=n + 1)
            for n in numbers
        ],
        ", ",
    )
    return Problem(
        row="",
        column=key or table.headers[numbers[0]],
        value=phrase("{count} columns: {names}", count=len(numbers), names=listed),
        expected=phrase("one column for {key}", key=key)
        if key
        else phrase("one column of respondents' identifiers"),
        remedy=phrase(
            "Remove or rename all but one, "
            "or list the others under 'ignored_columns' of the study file."
        ),
        where=table.name,
    )


def _whole_and_parts(table: AnswerTable, found: dict[str, list[int]]) -> list[Problem]:
    """Return a problem a question that has a column and columns for its choices as well."""
    parts: dict[str, list[int]] = defaultdict(list)
    for key, numbers in found.items():
        if ":" in key:
            parts[key.partition(":")[0]] += numbers
    return [
        _two_columns(table, question, found[question] + numbers)
        for question, numbers in parts.items()
        if question in found
    ]


def _unknown_column(where: str, header: str, names: KnownNames, missing: Sequence[str]) -> Problem:
    known = {key: key for key in missing} | {names.wordings[key]: key for key in missing}
    guess = did_you_mean(header, known) if header else ""
    remedy = phrase("Rename it, or list it under 'ignored_columns' of the study file.")
    return Problem(
        row="",
        column=header or phrase("(no header)"),
        value=phrase("a column that the questionnaire does not have"),
        expected=phrase("the id or the wording of a question"),
        remedy=joined([guess, remedy]),
        where=where,
    )


def _missing_column(where: str, key: str, names: KnownNames, unknown: Sequence[str]) -> Problem:
    guess = did_you_mean(key, unknown) or did_you_mean(names.wordings[key], unknown)
    remedy = phrase(
        "Add it, or take it out of the questionnaire, "
        "or list its question or block under 'absent_columns' of the study file."
    )
    return Problem(
        row="",
        column=key,
        value="",
        expected=phrase(
            "a column named '{key}' or '{wording}'", key=key, wording=names.wordings[key]
        ),
        remedy=joined([guess, remedy]),
        where=where,
    )


def _no_identifier(table: AnswerTable, name: str) -> Problem:
    return Problem(
        row="",
        column=name,
        value="",
        expected=phrase("the column of respondents' identifiers that was declared"),
        remedy=joined(
            [
                did_you_mean(name, table.headers),
                phrase("Correct 'respondent_column' in the study file."),
            ]
        ),
        where=table.name,
    )


def _no_weights(table: AnswerTable, name: str) -> Problem:
    return Problem(
        row="",
        column=name,
        value="",
        expected=phrase("the column of weights that was declared"),
        remedy=joined(
            [
                did_you_mean(name, table.headers),
                phrase("Correct 'weights' in the study file."),
            ]
        ),
        where=table.name,
    )


def _unknown_absent(questionnaire: Questionnaire, absent: Sequence[str]) -> list[Problem]:
    known = [block.id for block in questionnaire.blocks] + list(questionnaire.questions)
    return [
        Problem(
            row="",
            column="",
            value=name,
            expected=phrase("the id of a block or of a question on the respondent"),
            remedy=joined([did_you_mean(name, known), phrase("Correct the list.")]),
            where="absent_columns",
        )
        for name in absent
        if name not in known
    ]
