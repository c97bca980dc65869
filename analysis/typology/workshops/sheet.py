"""The sheet of a workshop: columns known by their titles, every cell in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from typology.answers.platforms import read_tables
from typology.answers.simulation_mark import is_mark, says_simulated
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, all_of, phrase
from typology.words.spelling import did_you_mean, fold

Titles = Mapping[str, Sequence[str]]
"""What each column of a sheet can be called, by what it holds."""

ONE_GROUP = ""
"""The group of a sheet that has none."""


@dataclass(frozen=True)
class WorkshopSheet:
    """A sheet: its texts, trimmed, indexed by the rows of the file.

    ``known`` are the columns that have a meaning, by what they hold; ``others`` have none of the
    titles, by their title.
    """

    name: str
    known: pd.DataFrame
    others: pd.DataFrame
    simulated: bool
    notices: tuple[str, ...]


def read_sheet(path: Path, *, titles: Titles, needed: Iterable[str]) -> WorkshopSheet:
    """Read the sheet of a workshop: CSV or Excel.

    InputError is raised if it is no table, has no row, lacks a column that is ``needed``, or has
    two of one title.
    """
    names = {fold(title): key for key, each in titles.items() for title in each}
    tables = read_tables(path, recognise=lambda text: {names.get(fold(text), "")} - {""})
    if len(tables) > 1:
        holding = [each for each in tables if any(fold(title) in names for title in each.headers)]
        if len(holding) != 1:
            found = phrase("{count} sheets", count=len(holding) or len(tables))
            remedy = phrase("Keep one sheet in the file.")
            raise InputError(
                Problem("", "", found, phrase("the sheet of the workshop"), remedy, path.name)
            )
        tables = holding
    table = tables[0]
    asked = [at for at, title in enumerate(table.headers) if title and not is_mark([title])]
    keys = {at: names.get(fold(table.headers[at]), "") for at in asked}
    raise_problems(_column_problems(table.headers, keys, titles, needed, path.name))
    raise_problems(table.problems_of(asked))
    texts = table.cells.fillna("").apply(lambda cells: cells.str.strip())
    known = pd.DataFrame({key: texts[at] for at, key in keys.items() if key}, dtype="object")
    others = pd.DataFrame(
        {table.headers[at]: texts[at] for at, key in keys.items() if not key}, index=texts.index
    )
    filled = (known != "").any(axis=1) | (others != "").any(axis=1)
    return WorkshopSheet(
        path.name, known[filled], others[filled], says_simulated(table), tuple(table.notices)
    )


def _column_problems(
    headers: Sequence[str],
    keys: Mapping[int, str],
    titles: Titles,
    needed: Iterable[str],
    where: str,
) -> Iterator[Problem]:
    held = list(keys.values())
    for key in needed:
        if key not in held:
            expected = phrase("a column '{title}'", title=titles[key][0])
            others = [headers[at] for at, own in keys.items() if not own]
            near = [title for title in others if did_you_mean(title, titles[key])]
            remedy = phrase("Name it so in the first row of the sheet.")
            yield Problem("", near[0] if near else "", "", expected, remedy, where)
    seen: set[str] = set()
    for at, key in keys.items():
        title = key or fold(headers[at])
        if title in seen:
            remedy = phrase("Rename one of the two, or remove it.")
            yield Problem("", headers[at], "", phrase("each column once"), remedy, where)
        seen.add(title)


def groups_of(sheet: WorkshopSheet) -> pd.Series:
    """Return the group of each row, `ONE_GROUP` where the sheet has no groups.

    InputError is raised with every row without a group where others have one.
    """
    if "group" not in sheet.known or sheet.known["group"].eq("").all():
        return pd.Series(ONE_GROUP, index=sheet.known.index, dtype="object")
    return sheet.known["group"]


def blank_problems(
    sheet: WorkshopSheet, column: str, title: str, expected: Phrase
) -> Iterator[Problem]:
    """Yield the rows whose cell in a column is empty."""
    remedy = phrase("Fill it in, or remove the row.")
    for row in sheet.known.index[sheet.known[column].eq("")]:
        yield Problem(str(row), title, "", expected, remedy, sheet.name)


def group_problems(sheet: WorkshopSheet) -> Iterator[Problem]:
    """Yield the rows without a group, where others have one."""
    groups = groups_of(sheet)
    if groups.ne(ONE_GROUP).any():
        yield from blank_problems(sheet, "group", "group", phrase("the group"))


def repeated_problems(sheet: WorkshopSheet, keys: pd.DataFrame, column: str) -> Iterator[Problem]:
    """Yield the rows that say again what a row above says, accents and capitals aside."""
    folded = keys.apply(lambda cells: cells.map(fold))
    first: dict[tuple[str, ...], object] = {}
    for row, said in zip(folded.index, folded.itertuples(index=False, name=None), strict=True):
        if not said[-1]:
            continue
        above = first.setdefault(said, row)
        if above is not row:
            expected = phrase("each of them once; row {row} has it already", row=above)
            remedy = phrase("Remove one of the two rows.")
            value = str(keys.loc[row].iloc[-1])
            yield Problem(str(row), column, value, expected, remedy, sheet.name)


def one_of(value: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """Return which of several things a text names, by any of their names; None if none."""
    named = {fold(name): key for key, names in known.items() for name in names}
    return named.get(fold(value))


def raise_problems(problems: Iterable[Problem], notices: Iterable[str] = ()) -> None:
    """Raise InputError with problems, if there are any."""
    found = list(problems)
    if found:
        raise InputError(found, notices=notices)


def unknown_value(
    value: str, known: Mapping[str, Sequence[str]], kind: Phrase
) -> tuple[Phrase, Phrase]:
    """Return what was expected instead of a text that names none, and what to do."""
    first = [names[0] for names in known.values()]
    expected = phrase("{kind} ({names})", kind=kind, names=all_of(first))
    near = did_you_mean(value, [name for names in known.values() for name in names])
    return expected, near or phrase("Write one of these.")
