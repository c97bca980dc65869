"""A SWOT workshop: statements sorted into four fields, from its sheet to its tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from rfree.description.coded_statements import count_statements
from typology.problems import Problem
from typology.words.phrases import few, phrase
from typology.words.spelling import fold
from typology.workshops.sheet import (
    WorkshopSheet,
    blank_problems,
    group_problems,
    groups_of,
    one_of,
    raise_problems,
    read_sheet,
    repeated_problems,
    unknown_value,
)

FIELDS = {
    "strengths": ("strengths", "strength", "forces", "force", "S"),
    "weaknesses": ("weaknesses", "weakness", "faiblesses", "faiblesse", "W"),
    "opportunities": ("opportunities", "opportunity", "opportunités", "opportunité", "O"),
    "threats": ("threats", "threat", "menaces", "menace", "T"),
}
_TITLES = {
    "field": ("field", "champ", "rubrique"),
    "statement": ("statement", "énoncé"),
    "group": ("group", "groupe"),
    "common": ("common idea", "idée commune"),
}


@dataclass(frozen=True)
class Swot:
    """The tables of a SWOT workshop, by name.

    "swot_statements" has each thing said, by field, how often and by how many groups;
    "swot_fields" and "swot_groups" how many statements there are in each field, and by group.
    """

    tables: dict[str, pd.DataFrame]
    simulated: bool
    notices: tuple[str, ...]

    @property
    def groups(self) -> list[str]:
        """Return the names of the groups, one without a name where the sheet has none."""
        return list(dict.fromkeys(self.tables["swot_groups"]["group"]))


def read_swot(path: Path) -> Swot:
    """Read the sheet of a SWOT workshop and count its statements.

    Parameters
    ----------
    path : Path
        One row a statement: columns "field" (strengths, weaknesses, opportunities, threats, in
        French or English, or S, W, O, T) and "statement"; if there are several groups "group"; if
        statements were coded, "common idea": what those that say the same are called.

    Raises
    ------
    InputError
        With everything wrong with the sheet.
    """
    sheet = read_sheet(path, titles=_TITLES, needed=["field", "statement"])
    problems = [
        *_field_problems(sheet),
        *blank_problems(sheet, "statement", "statement", phrase("a statement")),
        *group_problems(sheet),
    ]
    groups = groups_of(sheet)
    fields = sheet.known["field"].map(lambda text: one_of(text, FIELDS) or "")
    keys = pd.DataFrame({"group": groups, "field": fields, "said": sheet.known["statement"]})
    problems += repeated_problems(sheet, keys, "statement")
    raise_problems(problems, sheet.notices)
    statements = pd.DataFrame({"field": fields, "group": groups, "statement": _said(sheet)})
    counts = count_statements(statements, fields=list(FIELDS))
    told = []
    if sheet.others.shape[1]:
        names = few(list(sheet.others.columns))
        told.append(phrase("Not read, for they say nothing of the workshop: {names}.", names=names))
    tables = {
        "swot_statements": counts.statements,
        "swot_fields": counts.by_field,
        "swot_groups": counts.by_group,
    }
    return Swot(tables, sheet.simulated, (*sheet.notices, *told))


def _field_problems(sheet: WorkshopSheet) -> Iterator[Problem]:
    kind = phrase("one of the four fields")
    for row, text in sheet.known["field"].items():
        if one_of(text, FIELDS) is None:
            expected, remedy = unknown_value(text, FIELDS, kind)
            yield Problem(str(row), "field", text, expected, remedy, sheet.name)


def _said(sheet: WorkshopSheet) -> pd.Series:
    """Return what each statement says: its common name, or its own words, as first written."""
    said = sheet.known["statement"]
    if "common" in sheet.known:
        said = sheet.known["common"].where(sheet.known["common"].ne(""), said)
    first: dict[str, str] = {}
    return said.map(lambda text: first.setdefault(fold(text), text))
