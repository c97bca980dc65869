"""The fields of a form as they were typed, each under the place that it has in the questionnaire.

"choices/1/fr" is the French wording of the second choice; what is ticked holds "1".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from typology.questionnaire import LANGUAGES

Fields = Mapping[str, str]
TICKED = "1"
_NUMBER = re.compile(r"[-\u2212]?\d{1,15}(?:[.,]\d{1,15})?", re.ASCII)


def texts_typed(fields: Fields, name: str) -> dict[str, str]:
    """Return a text in each language in which it was typed."""
    before = f"{name}/" if name else ""
    return {each: said for each in LANGUAGES if (said := fields.get(f"{before}{each}", ""))}


def texts_shown(name: str, content: Any) -> dict[str, str]:
    """Return the fields of a text that a file says."""
    before = f"{name}/" if name else ""
    said = content if isinstance(content, Mapping) else {}
    return {f"{before}{each}": str(said.get(each, "")) for each in LANGUAGES}


def number_typed(text: str) -> int | float | str:
    """Return the number that was typed, with a point or a comma; what is none stays a text.

    >>> number_typed("40"), number_typed("1,5"), number_typed("forty")
    (40, 1.5, 'forty')
    """
    if not _NUMBER.fullmatch(text):
        return text
    plain = text.replace(",", ".").replace("\u2212", "-")
    return float(plain) if "." in plain else int(plain)


def shown(value: object) -> str:
    """Return a value as a field shows it: nothing for None, a tick for what is true."""
    if value is None or value is False:
        return ""
    if value is True:
        return TICKED
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def rows(fields: Fields, name: str) -> int:
    """Return how many rows of a list were typed or shown."""
    return 1 + max((number for number, _ in _places(fields, name)), default=-1)


def with_row(fields: Fields, name: str, row: Mapping[str, str]) -> dict[str, str]:
    """Return the fields with a row more; ``row`` names its own, "" being the row itself."""
    at = rows(fields, name)
    return {**fields, **{f"{name}/{at}/{key}".rstrip("/"): value for key, value in row.items()}}


def without_row(fields: Fields, name: str, at: int) -> dict[str, str]:
    """Return the fields without a row; those below it move up."""
    order = [number for number in range(rows(fields, name)) if number != at]
    return _ordered(fields, name, order)


def row_up(fields: Fields, name: str, at: int) -> dict[str, str]:
    """Return the fields with a row before the one above it."""
    order = list(range(rows(fields, name)))
    if 0 < at < len(order):
        order[at - 1], order[at] = order[at], order[at - 1]
    return _ordered(fields, name, order)


def without_blank_rows(fields: Fields, name: str) -> dict[str, str]:
    """Return the fields without the rows of a list into which nothing was typed."""
    said = {number for key, (number, _) in _places_by_key(fields, name) if fields[key]}
    return _ordered(fields, name, sorted(said))


def _ordered(fields: Fields, name: str, order: Iterable[int]) -> dict[str, str]:
    at = {former: now for now, former in enumerate(order)}
    within = dict(_places_by_key(fields, name))
    kept = {key: value for key, value in fields.items() if key not in within}
    moved = {
        f"{name}/{at[number]}{rest}": fields[key]
        for key, (number, rest) in within.items()
        if number in at
    }
    return kept | moved


def _places(fields: Fields, name: str) -> Iterable[tuple[int, str]]:
    return (place for _, place in _places_by_key(fields, name))


def _places_by_key(fields: Fields, name: str) -> Iterable[tuple[str, tuple[int, str]]]:
    """Yield each field within the rows of a list, with the number of its row and what follows."""
    inner = re.compile(rf"{re.escape(name)}/(\d{{1,4}})((?:/.*)?)", re.DOTALL)
    for key in fields:
        found = inner.fullmatch(key)
        if found is not None:
            yield key, (int(found[1]), found[2])
