"""A spreadsheet of items: a row an item, read with everything wrong in it told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from typology.answers.platforms.reading import read_tables
from typology.answers.platforms.table import AnswerTable
from typology.problems import InputError, Problem
from typology.questionnaire import LANGUAGES
from typology.questionnaire.cross_checks import RESERVED_IDS
from typology.questionnaire.text import LONGEST_SHORT_LABEL
from typology.tools.new.answer_scales import AnswerScale, scale_of
from typology.tools.new.draft import name_of
from typology.tools.new.wished.wishes import DIRECTIONS
from typology.words import word
from typology.words.phrases import Phrase, few, phrase
from typology.words.spelling import did_you_mean, fold
from typology.words.visible_text import one_line

_KINDS = {
    "block": ("block", "bloc", "dimension", "section", "rubrique", "partie"),
    "id": ("item", "id", "code", "identifiant", "identifier", "numero", "n°", "no", "name", "nom"),
    "theme": ("theme",),
    "wording": (
        "wording", "text", "texte", "libelle", "enonce", "statement", "question", "item text",
        "intitule", "formulation",
    ),
    "short": (
        "short", "short label", "court", "libelle court", "abrege", "label", "etiquette",
    ),
    "reversed": (
        "reversed", "reverse", "inverse", "inversee", "enonce inverse", "reverse scored", "r",
    ),
    "direction": ("direction", "sens"),
    "scale": ("scale", "echelle"),
}  # fmt: skip
_COLUMNS = {name: kind for kind, names in _KINDS.items() for name in names}
_LANGUAGE_WORDS = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en",
                   "english": "en"}  # fmt: skip
_IN_LANGUAGES = ("block", "theme", "wording", "short")
_YES = {
    "1", "x", "yes", "oui", "true", "vrai", "r", "reversed", "reverse", "inverse", "inversee", "o",
    "y",
}  # fmt: skip
_NO = {"", "0", "no", "non", "false", "faux", "n", "-"}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class ListedBlock:
    """A block of a list: its titles by language, and its items as a questionnaire says them.

    An item whose id is "" has none in the list.
    """

    titles: Mapping[str, str]
    direction: str
    scale: AnswerScale
    items: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class ItemList:
    """What a spreadsheet of items says."""

    languages: tuple[str, ...]
    blocks: Sequence[ListedBlock]
    themes: Mapping[str, Mapping[str, str]]
    notices: tuple[Phrase, ...]


@dataclass
class _Reading:
    """A list being read: its columns by kind and language, and what is wrong with it."""

    table: AnswerTable
    columns: Mapping[tuple[str, str], int]
    problems: list[Problem] = field(default_factory=list)

    def cell(self, row: int, kind: str, language: str = "") -> str:
        at = self.columns.get((kind, language))
        return "" if at is None else one_line(str(self.table.cells.at[row, at])).strip()

    def title(self, kind: str, language: str = "") -> str:
        at = self.columns.get((kind, language))
        return kind if at is None else self.table.headers[at]

    def tell(self, row: int, column: str, value: str, expected: Phrase, remedy: Phrase) -> None:
        self.problems.append(Problem(str(row), column, value, expected, remedy, self.table.name))


def read_item_list(
    path: Path,
    *,
    languages: Sequence[str] = (),
    language: str = "en",
    usual_scale: AnswerScale | None = None,
) -> ItemList:
    """Read a list of items: CSV or Excel, one row an item, headings in French or in English.

    Parameters
    ----------
    path : Path
        Columns: the wording (``fr``, ``en``), and as one likes ``block``, ``item`` (its id),
        ``theme``, ``short``, ``reversed``, ``direction`` and ``scale``; ``block``, ``theme`` and
        ``short`` may have one for each language ("bloc fr"). An empty cell under ``block`` is that
        of above, as merged cells are.
    languages : sequence of str
        Those asked for; by default those that have a column.
    language : str
        That of a wording whose heading names none.
    usual_scale : AnswerScale or None
        That of blocks for which the list says none.

    Raises
    ------
    InputError
        With everything wrong in the list, each with its row and its column.
    """
    table = _table(path)
    reading = _Reading(table, _columns(table, languages[0] if languages else language))
    has = [each for each in LANGUAGES if ("wording", each) in reading.columns]
    if not has:
        expected = phrase("a column of wordings, with the heading {names}", names="fr, en")
        remedy = phrase("Give the column of the wordings one of these headings.")
        found = ", ".join(filter(None, table.headers))
        raise InputError(Problem("", "", found, expected, remedy, table.name))
    spoken = tuple(languages) or tuple(sorted(has, key=lambda each: each != language))
    absent = [each for each in spoken if each not in has]
    if absent:
        expected = phrase("a column of wordings, with the heading {names}", names=", ".join(absent))
        remedy = phrase("Add it, or leave this language out of the option --languages.")
        raise InputError(Problem("", "", ", ".join(table.headers), expected, remedy, table.name))
    blocks = _blocks(reading, spoken, usual_scale or AnswerScale())
    themes = _themes(reading, spoken)
    if reading.problems:
        raise InputError(reading.problems)
    return ItemList(spoken, blocks, themes, tuple(_notices(reading, blocks)))


def _table(path: Path) -> AnswerTable:
    """Return the first sheet that lists items; why there is none is told of a list of items."""
    expected = phrase("a list of items (CSV or Excel .xlsx), one row an item")
    try:
        tables = read_tables(path, recognise=_recognised)
    except InputError as error:
        remedy = phrase("Save the list as .xlsx or as CSV, with at least two columns.")
        raise InputError(
            replace(each, expected=expected, remedy=remedy) for each in error.problems
        ) from None
    return max(tables, key=lambda each: len(_columns(each, "en")))


def _recognised(text: str) -> set[str]:
    kind, language = _kind_of(text)
    return {f"{kind} {language}"} if kind else set()


def _kind_of(heading: str) -> tuple[str, str]:
    """Return what a heading names and in which language: ("wording", "fr") for "Énoncé (fr)"."""
    words = re.findall(r"[^\W_]+°?", fold(heading))
    spoken = [_LANGUAGE_WORDS[each] for each in words if each in _LANGUAGE_WORDS]
    rest = " ".join(each for each in words if each not in _LANGUAGE_WORDS)
    kind = _COLUMNS.get(rest) or _COLUMNS.get(rest.removesuffix("s"), "")
    if not rest and spoken:
        kind = "wording"
    return kind, spoken[0] if spoken and kind in _IN_LANGUAGES else ""


def _columns(table: AnswerTable, language: str) -> dict[tuple[str, str], int]:
    """Return the columns by what they hold; a wording without a language is in that of its author.

    Where no column is said to hold the wordings, that of the items does.
    """
    columns: dict[tuple[str, str], int] = {}
    for at, heading in enumerate(table.headers):
        kind, spoken = _kind_of(heading)
        if kind == "wording" and not spoken:
            spoken = language
        if kind:
            columns.setdefault((kind, spoken), at)
    if not any(kind == "wording" for kind, _ in columns) and ("id", "") in columns:
        at = columns[("id", "")]
        if any(" " in str(cell).strip() for cell in table.cells[at]):
            columns[("wording", language)] = columns.pop(("id", ""))
    return columns


def _blocks(
    reading: _Reading, languages: Sequence[str], usual_scale: AnswerScale
) -> list[ListedBlock]:
    rows: dict[tuple[str, ...], list[int]] = {}
    titles: tuple[str, ...] = ()
    kinds = [key for key in reading.columns if key[0] == "block"]
    for row in reading.table.cells.index:
        own = _in_each(reading, row, "block", languages)
        titles = own if any(own) else titles
        if not titles and kinds:
            reading.tell(
                row, reading.title(*kinds[0]), "", phrase("the title of a block"),
                phrase("Write it on its first row at least; rows below without one follow it."),
            )  # fmt: skip
        rows.setdefault(titles, []).append(row)
    seen: dict[str, tuple[int, str]] = {}
    blocks = []
    for each, own_rows in rows.items():
        scale = _scale(reading, own_rows, usual_scale)
        direction = _direction(reading, own_rows)
        items = [_item(reading, row, languages, seen) for row in own_rows]
        shown = dict(zip(languages, each, strict=False)) or {
            language: word("usual_block", language, "items") for language in languages
        }
        blocks.append(ListedBlock(shown, direction, scale, items))
    return blocks


def _in_each(reading: _Reading, row: int, kind: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return a text in each language: from its own column, or from the one for all."""
    own = [reading.cell(row, kind, each) or reading.cell(row, kind) for each in languages]
    known = next(filter(None, own), "")
    return tuple(each or known for each in own)


def _item(
    reading: _Reading, row: int, languages: Sequence[str], seen: dict[str, tuple[int, str]]
) -> dict[str, Any]:
    item: dict[str, Any] = {"id": _id(reading, row, seen)}
    for language in languages:
        text = reading.cell(row, "wording", language)
        item[language] = text
        column = reading.title("wording", language)
        if not text:
            remedy = phrase("Write it, or remove the row.")
            reading.tell(row, column, "", phrase("the wording of an item"), remedy)
        else:
            _once(reading, row, column, text, seen)
    short = _in_short(reading, row, languages)
    if short:
        item["short"] = short
    theme = _in_each(reading, row, "theme", languages)
    if any(theme):
        item["theme"] = name_of(theme[0], otherwise="theme")
    if _is_reversed(reading, row):
        item["reversed"] = True
    return item


def _id(reading: _Reading, row: int, seen: dict[str, tuple[int, str]]) -> str:
    name = reading.cell(row, "id")
    if not name:
        return ""
    column = reading.title("id")
    if not _ID.fullmatch(name):
        expected = phrase("letters without accents, digits and _, beginning with a letter")
        remedy = phrase(
            "Rename it, or empty the column: items without an id are numbered by block."
        )
        reading.tell(row, column, name, expected, remedy)
    elif name in RESERVED_IDS:
        remedy = phrase(
            "{names} name other columns: choose another name.", names=", ".join(RESERVED_IDS)
        )
        reading.tell(row, column, name, phrase("a name that is free"), remedy)
    else:
        _once(reading, row, column, name, seen)
    return name


def _once(
    reading: _Reading, row: int, column: str, text: str, seen: dict[str, tuple[int, str]]
) -> None:
    """Tell of a text that stands in a row above as well, in the same column."""
    first, _ = seen.setdefault(f"{column}\n{fold(text)}", (row, column))
    if first != row:
        expected = phrase("each item once; row {row} has the same", row=first)
        reading.tell(row, column, text, expected, phrase("Word one of the two otherwise."))


def _in_short(reading: _Reading, row: int, languages: Sequence[str]) -> dict[str, str]:
    short = {}
    for language in languages:
        own = ("short", language) if ("short", language) in reading.columns else ("short", "")
        text = reading.cell(row, *own)
        if len(text) > LONGEST_SHORT_LABEL:
            expected = phrase(
                "at most {most} characters, not {found}",
                most=LONGEST_SHORT_LABEL, found=len(text),
            )  # fmt: skip
            remedy = phrase("Shorten it, or empty the cell: a label is then made of the wording.")
            reading.tell(row, reading.title(*own), text, expected, remedy)
        elif text:
            short[language] = text
    return short


def _is_reversed(reading: _Reading, row: int) -> bool:
    text = reading.cell(row, "reversed")
    if fold(text) not in _YES | _NO:
        expected = phrase("yes or no (or an empty cell)")
        reading.tell(row, reading.title("reversed"), text, expected, phrase("Correct it."))
    return fold(text) in _YES


def _direction(reading: _Reading, rows: Sequence[int]) -> str:
    found: dict[str, int] = {}
    for row in rows:
        text = reading.cell(row, "direction")
        if not text:
            continue
        if fold(text) not in DIRECTIONS:
            expected = phrase("a direction ({names})", names="favourable, unfavourable, neutral")
            remedy = did_you_mean(text, DIRECTIONS) or phrase("Choose one of these.")
            reading.tell(row, reading.title("direction"), text, expected, remedy)
            continue
        found.setdefault(DIRECTIONS[fold(text)], row)
    _one_a_block(reading, "direction", found)
    return next(iter(found), "favourable")


def _scale(reading: _Reading, rows: Sequence[int], usual: AnswerScale) -> AnswerScale:
    found: dict[AnswerScale, int] = {}
    for row in rows:
        text = reading.cell(row, "scale")
        if not text:
            continue
        try:
            scale = scale_of(
                text, where=reading.table.name, column=reading.title("scale"), row=str(row)
            )
        except InputError as error:
            reading.problems += error.problems
        else:
            found.setdefault(scale, row)
    _one_a_block(reading, "scale", found)
    return next(iter(found), usual)


def _one_a_block(reading: _Reading, kind: str, found: Mapping[Any, int]) -> None:
    first, *others = [*found.values()] or [0]
    for row in others:
        expected = phrase("what row {row} of the same block says", row=first)
        remedy = phrase("Give these items a block of their own, or correct one of the two.")
        reading.tell(row, reading.title(kind), reading.cell(row, kind), expected, remedy)


def _themes(reading: _Reading, languages: Sequence[str]) -> dict[str, dict[str, str]]:
    themes: dict[str, dict[str, str]] = {}
    for row in reading.table.cells.index:
        texts = _in_each(reading, row, "theme", languages)
        if any(texts):
            name = name_of(texts[0], otherwise="theme")
            themes.setdefault(name, dict(zip(languages, texts, strict=True)))
    return themes


def _notices(reading: _Reading, blocks: Sequence[ListedBlock]) -> list[Phrase]:
    told = [each for each in reading.table.notices if isinstance(each, Phrase)]
    used = set(reading.columns.values())
    unread = [name for at, name in enumerate(reading.table.headers) if name and at not in used]
    if unread:
        told.append(phrase("Columns that are not read: {names}.", names=few(unread)))
    if ("direction", "") not in reading.columns and len(blocks) > 1:
        told.append(
            phrase(
                "No column says the direction of the blocks: all are taken as favourable. Correct "
                "'direction' in questionnaire.yml, or add the column 'direction'."
            )
        )
    return told
