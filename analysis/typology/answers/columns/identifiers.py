"""The respondents' identifiers: texts as they stand in their column, or numbers given."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.answers.personal_data import IdentifierKind, kind_phrase, personal_kind
from typology.answers.platforms import AnswerTable
from typology.answers.pseudonyms import Pseudonyms
from typology.problems import Problem
from typology.questionnaire.header_names import fold_wording
from typology.words.phrases import Phrase, few, joined, phrase
from typology.words.visible_text import shorten

ROWS_LISTED = 10

_SUMMARIES = frozenset(
    {
        *("total", "totaux", "somme", "moyenne", "mediane", "ecart-type", "ecart type"),
        *("sum", "mean", "average", "median", "standard deviation", "std", "min", "max"),
    }
)


_SUMMARY = re.compile(
    r"(?:grand |sous-?)?(?:tota(?:l|ux)|sommes?|moy(?:ennes?)?|medianes?|ecarts?[- ]types?|sum|mean"
    r"|averages?|avg|median|sd|std|standard deviation|counts?|effectifs?|nb|nbre|nombre|n|min"
    r"(?:imum)?|max(?:imum)?|mini|maxi|pourcentages?|percent(?:age)?|%)(?![\w-]).*",
    re.DOTALL,
)
"""What may head such a row at the end of a table, where it has no answer in words."""

_FIRST_NAMES = frozenset({"max", "min"})
"""Of these words, those that may well be how one respondent is called."""


@dataclass(frozen=True)
class Identifiers:
    """How the respondents of a file are called."""

    names: list[str]  # one a row
    rows: pd.Series[Any]  # how each row is called in a problem, numbered from 0
    by_column: bool  # whether a column names them; if not, they are numbered
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    personal: bool = False  # whether they are pseudonyms of what names somebody


def read_identifiers(
    table: AnswerTable, column: int | None, pseudonyms: Pseudonyms | None = None
) -> Identifiers:
    """Return how the respondents of a file are called, and what is wrong with it.

    Texts as they stand, without the spaces around them: 001 is not 1. What names somebody (e-mail
    addresses, national and telephone numbers, names) goes into no table: those respondents have
    pseudonyms; without any to give, they are numbered where there are e-mail addresses.
    """
    if column is None:
        notice = phrase(
            "No column identifies the respondents; they are numbered R1, R2, ... as in the file."
        )
        return _numbered(table, tuple(_summaries_below(table)), (notice,))
    header = table.headers[column]
    identifiers = table.cells[column].str.strip().str.normalize("NFC")
    problems = (
        *_empty(table, header, identifiers),
        *_repeated(table, header, identifiers),
        *_summaries(table, column, identifiers),
    )
    kind = personal_kind(identifiers)
    if kind is not None and pseudonyms is not None:
        found = Identifiers(identifiers.tolist(), identifiers, True, problems)
        return _with_pseudonyms(table, header, kind, pseudonyms, found)
    if kind == "email":
        notice = phrase(
            "'{header}' holds e-mail addresses, which are personal data: no result names them; the "
            "respondents are numbered R1, R2, ... as in the file. To know them from one file to "
            "the next, give each a code of their own.",
            header=header,
        )
        return _numbered(table, problems, (notice,))
    names = identifiers.tolist()
    return Identifiers(names, _rows(table, names), True, problems, _alike(header, identifiers))


def _with_pseudonyms(
    table: AnswerTable,
    header: str,
    kind: IdentifierKind,
    pseudonyms: Pseudonyms,
    found: Identifiers,
) -> Identifiers:
    """Return identifiers with a pseudonym in the place of each; no message tells what they were."""
    notice = phrase(
        "'{header}' holds {kind}, which are personal data: respondents have pseudonyms instead, "
        "the same from one file to the next. Their key is {key}, which a run writes: keep it, and "
        "give it to nobody.",
        header=header,
        kind=kind_phrase(kind),
        key=f"{pseudonyms.path.parent.name}/{pseudonyms.path.name}",
    )
    names = [pseudonyms.pseudonym(each) if each else "" for each in found.names]
    problems = tuple(replace(each, value="") for each in found.problems)
    return Identifiers(names, _rows(table, names), True, problems, (notice,), personal=True)


def _rows(table: AnswerTable, names: list[str]) -> pd.Series[Any]:
    return pd.Series(
        [
            phrase("{row} (respondent {name})", row=row, name=shorten(name, 40))
            if name
            else str(row)
            for row, name in zip(table.cells.index, names, strict=True)
        ],
        dtype="object",
    )


def _numbered(
    table: AnswerTable, problems: tuple[Problem, ...], notices: tuple[str, ...]
) -> Identifiers:
    names = [f"R{number}" for number in range(1, len(table.cells) + 1)]
    return Identifiers(names, _rows(table, names), False, problems, notices)


def _empty(table: AnswerTable, header: str, identifiers: pd.Series[Any]) -> list[Problem]:
    empty = identifiers.index[identifiers == ""]
    if not len(empty):
        return []
    return [
        Problem(
            row=few(list(empty.astype(str)), ROWS_LISTED),
            column=header,
            value="",
            expected=phrase("an identifier on every row"),
            remedy=phrase("Fill it in, or take the column out: respondents are then numbered."),
            where=table.name,
            count=len(empty),
        )
    ]


def _repeated(table: AnswerTable, header: str, identifiers: pd.Series[Any]) -> list[Problem]:
    repeated = identifiers[identifiers.duplicated(keep=False) & (identifiers != "")]
    remedy = phrase("Keep one of these rows, or give each respondent their own identifier.")
    events = _events(table)
    if len(repeated) and len(events) > 1:
        remedy = phrase(
            "The file has several events of REDCap ({names}): export one of them, or keep the rows "
            "of one.",
            names=few(events),
        )
    return _no_respondents(table, header, repeated, remedy)


def _events(table: AnswerTable) -> list[str]:
    """Return the events of a longitudinal project of REDCap."""
    return [
        str(event)
        for number, header in enumerate(table.headers)
        if fold_wording(header) in ("redcap_event_name", "event name")
        for event in table.cells[number].unique()
    ]


def _summaries(table: AnswerTable, column: int, identifiers: pd.Series[Any]) -> list[Problem]:
    """Return the rows that sum up the others, as reports have them below their tables."""
    folded = identifiers.map(fold_wording)
    summaries = identifiers[folded.isin(_SUMMARIES) | _sums_up_at_the_end(table, column, folded)]
    if len(summaries) == 1 and fold_wording(summaries.iloc[0]) in _FIRST_NAMES:
        return []
    remedy = phrase("Remove the rows that sum up the others.")
    return _no_respondents(table, table.headers[column], summaries, remedy)


def _sums_up_at_the_end(
    table: AnswerTable, column: int, folded: pd.Series[Any]
) -> npt.NDArray[np.bool_]:
    """Return which of the last rows seem to sum up the others: no words, where others have some."""
    ending = np.array([_SUMMARY.fullmatch(name) is not None for name in folded], dtype=bool)
    ending = np.logical_and.accumulate(ending[::-1])[::-1]
    if ending.all() or not ending.any():
        return np.zeros(len(folded), dtype=bool)
    others = [
        np.array([any(map(str.isalpha, text)) for text in table.cells[each]])
        for each in table.cells if each != column
    ]  # fmt: skip
    worded = [each for each in others if each[~ending].mean() > 1 / 2]
    return ending & ~np.any(worded, axis=0) if worded else ending & False


def _summaries_below(table: AnswerTable) -> list[Problem]:
    """Return the last rows where their first cells say that they sum up the others."""
    if not table.headers:
        return []
    first = table.cells[0].str.strip()
    problems = _summaries(table, 0, first)
    count = sum(problem.count for problem in problems)
    below = first.iloc[len(first) - count :].map(fold_wording)
    sum_up = all(name in _SUMMARIES or _SUMMARY.fullmatch(name) for name in below)
    return problems if sum_up and count < len(first) else []


def _no_respondents(
    table: AnswerTable, header: str, found: pd.Series[Any], remedy: Phrase
) -> list[Problem]:
    if not len(found):
        return []
    return [
        Problem(
            row=few(list(found.index.astype(str)), ROWS_LISTED),
            column=header,
            value=few([shorten(name, 40) for name in found.unique()]),
            expected=phrase("one row a respondent"),
            remedy=remedy,
            where=table.name,
            count=len(found),
        )
    ]


def _alike(header: str, identifiers: pd.Series[Any]) -> tuple[str, ...]:
    """Return which identifiers differ only by what keyboards and spreadsheets change."""
    written = identifiers[identifiers != ""].drop_duplicates()
    folded = written.str.casefold().str.replace(r"\s+", "", regex=True)
    folded = folded.str.replace(r"(?<![0-9.,])0+(?=[0-9])", "", regex=True)
    groups = [group.tolist() for _, group in written.groupby(folded, sort=False)]
    alike = [joined([shorten(name, 40) for name in names], " = ")
             for names in groups if len(names) > 1]  # fmt: skip
    if not alike:
        return ()
    return (
        phrase(
            "'{header}': {names} differ only by case, spaces or leading zeros; they are taken for "
            "different respondents.",
            header=header,
            names=few(alike),
        ),
    )
