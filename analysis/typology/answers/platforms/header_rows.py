"""Where the header of a table is: under titles, on two rows, above rows that are no answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from typology.words.phrases import Phrase, joined, phrase
from typology.words.spelling import fold
from typology.words.visible_text import shorten

Recognise = Callable[[str], Set[str]]
"""Returns what a text names: items, questions, choices; nothing when it is no name."""

TOP_ROWS = 25
"""Rows that are not blank among which the header is looked for."""

_COLUMNS_LOOKED_AT = 300
_LONGEST_NAME = 2000
_COLUMN_NAME = re.compile(r"[A-Za-z_][\w.$]{0,39}")
_IMPORT_ID = '{"importid":'
_ANSWER_WORDS = {
    *("response", "open-ended response", "reponse", "reponse ouverte", "reponse libre"),
    *("answer", "champ ouvert", "antwort", "offene antwort", "respuesta", "respuesta abierta"),
    *("risposta", "risposta aperta", "resposta", "resposta aberta", "antwoord", "open antwoord"),
}
"""What SurveyMonkey writes under the question that has a single column, folded."""


@dataclass(frozen=True)
class Header:
    """The header of a table."""

    names: tuple[str, ...]  # one a column
    descriptions: tuple[str, ...]  # of the questions, where a second row has them
    first_row: int  # which of the rows looked at is the first respondent's
    notices: tuple[Phrase, ...]


def find_header(
    rows: Sequence[Sequence[str]], numbers: Sequence[int], recognise: Recognise | None = None
) -> Header:
    """Return the header among the first rows of a table that are not blank.

    The header is the row that names most questions, or the two rows that together do: a question on
    the first, its parts on the second. Rows above it are titles. A row of import ids right below
    (Qualtrics) is left out with the texts of the questions above it, and so is a second row of
    names; those texts become descriptions. Without ``recognise``, it is the first row that is no
    title.

    >>> rows = [["Survey 12", ""], ["id", "E01"], ["A", "4"]]
    >>> found = find_header(rows, [1, 3, 4])
    >>> found.names, found.first_row
    (('id', 'E01'), 2)
    >>> print(found.notices[0])
    The header is on row 3; not read above it: row 1 ('Survey 12').
    """
    at, parts = _above_import_ids(rows), False
    if at is None and recognise is not None:
        at, parts = _most_names(rows, recognise)
    if at is None:
        at = _after_titles(rows)
        parts = _has_parts(rows, at)
    if at and not parts and recognise is not None and _names_columns(rows[at - 1], rows[at]):
        at -= 1
    names = _joined_parts(rows[at], rows[at + 1], recognise) if parts else list(rows[at])
    notices = []
    if at:
        listed = joined(
            [
                phrase("row {row} ('{text}')", row=number, text=_shown(row))
                for number, row in zip(numbers[:at], rows[:at], strict=True)
            ],
            ", ",
        )
        notices.append(
            phrase(
                "The header is on row {row}; not read above it: {rows}.",
                row=numbers[at],
                rows=listed,
            )
        )
    first = at + 1
    if parts:
        first = at + 2
        notices.append(
            phrase(
                "The header is on two rows: row {row} continues it, and is no respondent.",
                row=numbers[at + 1],
            )
        )
    descriptions, below = _described(rows, at, first, recognise)
    if below > first:
        notices.append(
            phrase(
                "Texts of the questions below the header, no respondents: row {rows}.",
                rows=", ".join(str(number) for number in numbers[first:below]),
            )
        )
    return Header(tuple(names), descriptions, below, tuple(notices))


def _above_import_ids(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the row of names over the texts and the import ids of Qualtrics, if there are any."""
    for at, row in enumerate(rows):
        if at and _are_import_ids(row):
            return max(at - 2, 0)
    return None


def _are_import_ids(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    return bool(filled) and all(
        fold(cell).replace(" ", "").startswith(_IMPORT_ID) for cell in filled
    )


def _most_names(rows: Sequence[Sequence[str]], recognise: Recognise) -> tuple[int | None, bool]:
    """Return the row that names most, and whether the next one continues it."""
    found: list[tuple[int, int, bool, int]] = []
    for at, row in enumerate(rows):
        alone = _count_names(row, recognise)
        found.append((alone, _filled(row), True, -at))
        if at + 1 < len(rows) and _leaves_gaps(row, rows[at + 1]):
            names = _joined_parts(row, rows[at + 1], recognise)
            together = _count_names(names, recognise)
            if together > alone:
                found.append((together, _filled(names), False, -at))
    count, _, alone_names, at = max(found)
    return (-at, not alone_names or _has_parts(rows, -at)) if count > 1 else (None, False)


def _names_columns(row: Sequence[str], texts: Sequence[str]) -> bool:
    """Return whether a row gives each column that has a text below a name of its own.

    >>> _names_columns(["A101", "A102"], ["I walk", "I run"])
    True
    >>> _names_columns(["Part 1", "Part 2"], ["I walk", "I run"])
    False
    """
    named = [cell.strip() for cell in row if cell.strip()]
    below = sum(1 for at, text in enumerate(texts) if text.strip() and row[at : at + 1] != [""])
    return (
        len(named) > 1
        and len(named) == len(set(map(str.casefold, named)))
        and below == _filled(texts)
        and len(named) >= below
        and all(_COLUMN_NAME.fullmatch(name) for name in named)
    )


def _filled(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if text.strip())


def _count_names(texts: Sequence[str], recognise: Recognise) -> int:
    named: set[str] = set()
    for text in texts[:_COLUMNS_LOOKED_AT]:
        if 0 < len(text.strip()) <= _LONGEST_NAME:
            named |= recognise(text)
    return len(named)


def _after_titles(rows: Sequence[Sequence[str]]) -> int:
    """Return the first row that fills more than a cell, if a title is all that stands above."""
    for at, row in enumerate(rows):
        if _filled(row) > 1:
            return at
    return 0


def _leaves_gaps(row: Sequence[str], below: Sequence[str]) -> bool:
    """Return whether the row below has texts where a row, once begun, has none."""
    begun = False
    for at, text in enumerate(below):
        above = row[at].strip() if at < len(row) else ""
        begun = begun or bool(above)
        if begun and not above and text.strip():
            return True
    return False


def _has_parts(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Return whether the row below the header says "Response", or what the answers are parts of."""
    if at + 1 >= len(rows):
        return False
    header, below = rows[at], rows[at + 1]
    answers = 0
    for number, text in enumerate(below):
        if not text.strip():
            continue
        if fold(text) in _ANSWER_WORDS:
            answers += 1
        elif _is_alone(header, number):
            return False
    return answers > 0


def _is_alone(header: Sequence[str], number: int) -> bool:
    """Return whether a column has a question of its own, none of its neighbours sharing it."""
    here = header[number].strip() if number < len(header) else ""
    after = header[number + 1].strip() if number + 1 < len(header) else ""
    return bool(here) and (bool(after) or number + 1 >= len(header))


def _joined_parts(
    header: Sequence[str], below: Sequence[str], recognise: Recognise | None
) -> list[str]:
    """Return "Question [part]" where a row continues the header, the question alone elsewhere.

    So it stands above its first column whatever is written below ("Date", "Respuesta abierta"),
    when the question is known, that part of it is not, and no other is a choice of it.
    """
    width = max(len(header), len(below))
    names: list[str] = []
    first: dict[int, str] = {}
    question, begun = "", 0
    parted: set[int] = set()  # where a question begins that has choices, each with a column
    for number in range(width):
        above = header[number].strip() if number < len(header) else ""
        part = below[number].strip() if number < len(below) else ""
        begun = number if above or not part else begun
        question = above or (question if part else "")
        alone = not part or fold(part) in _ANSWER_WORDS
        names.append(question if alone else f"{question} [{part}]" if question else part)
        if recognise is None or alone or not question:
            continue
        if above:
            first[number] = question
        if any(":" in key and not key.endswith(":text") for key in recognise(names[-1])):
            parted.add(begun)
    if recognise is not None:
        for number, asked in first.items():
            if number not in parted and recognise(asked) and not recognise(names[number]):
                names[number] = asked
    return names


def _described(
    rows: Sequence[Sequence[str]], at: int, first: int, recognise: Recognise | None
) -> tuple[tuple[str, ...], int]:
    """Return the texts of the questions below the header, and the row of the first respondent."""
    for number in range(first, min(first + 2, len(rows))):
        if _are_import_ids(rows[number]):
            return (tuple(rows[first]) if number > first else ()), number + 1
    if recognise is not None and first < len(rows):
        named = _count_names(rows[first], recognise)
        if named > 1 and named * 2 > _count_names(rows[at], recognise):
            return tuple(rows[first]), first + 1
    return (), first


def _shown(row: Sequence[str]) -> str:
    return shorten(" ".join(" ".join(cell.split()) for cell in row if cell.strip()), 40)
