"""The cells of a worksheet: only those that hold something, with what Excel says of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

import numpy as np
import numpy.typing as npt

from typology.answers.platforms.excel.number_formats import Formats
from typology.answers.platforms.excel.parts import DamagedWorkbookError, Workbook, local_name
from typology.answers.platforms.excel.shared_strings import too_much_text, unescaped
from typology.answers.platforms.limits import MOST_COLUMNS, MOST_TEXT, MOST_WRITTEN_CELLS
from typology.words.phrases import phrase

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_LAST_ROW = 1_048_576


@dataclass
class SheetCells:
    """What a worksheet holds, most of it by number of column.

    ``rows`` are those that hold something, ascending; ``places`` says which of them each cell of
    a column is in, ``texts`` what it says, ``numbers`` which of them hold numbers with decimals.
    Of formulas, ``uncomputed`` are the rows whose value was never stored, ``zeros`` those stored
    as 0, ``formulas`` all. ``errors`` are rows with what they show, such as #N/A; ``shown`` is a
    cell whose number is shown otherwise than it is stored; ``merged`` are ranges of cells.
    """

    rows: list[int] = field(default_factory=list)
    places: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    zeros: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    formulas: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    shown: dict[int, str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    numbers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def top(self, count: int) -> list[list[str]]:
        """Return the first rows that hold something, as lists of texts."""
        rows: list[list[str]] = [[] for _ in self.rows[:count]]
        for column in sorted(self.places):
            for place, text in zip(self.places[column], self.texts[column], strict=True):
                if place >= len(rows):
                    break
                rows[place] += [""] * (column + 1 - len(rows[place]))
                rows[place][column] = text
        return rows

    def column(self, number: int, first: int) -> npt.NDArray[np.object_]:
        """Return the texts of a column, one for each of ``rows`` from the ``first``."""
        cells = np.full(len(self.rows), "", dtype=object)
        cells[self.places[number]] = self.texts[number]
        return cells[first:]

    def stored_numbers(self, number: int, first: int) -> npt.NDArray[np.bool_]:
        """Return which cells of a column hold numbers with decimals, of ``rows`` from ``first``."""
        stored = np.zeros(len(self.rows), dtype=bool)
        stored[self.numbers[number]] = True
        return stored[first:]


def read_cells(
    workbook: Workbook, member: str, strings: Sequence[str], formats: Formats
) -> SheetCells:
    """Return the cells of a worksheet, given the texts that they share and their formats."""
    reader = _SheetReader(strings, formats)
    workbook.feed(member, reader.parser())
    return reader.cells


def _no_such_cell(reference: str) -> DamagedWorkbookError:
    return DamagedWorkbookError(phrase("a cell named '{name}'", name=reference[:20]))


class _SheetReader:
    """Handlers of the XML of a worksheet."""

    def __init__(self, strings: Sequence[str], formats: Formats) -> None:
        self.cells = SheetCells()
        self._strings = strings
        self._formats = formats
        self._known: dict[str, str] = {}  # every different text once
        self._columns: dict[str, int] = {}
        self._row = 0
        self._column = -1
        self._elements = 0
        self._hidden = False
        self._row_is_noted = False
        self._kind = "n"
        self._style = 0
        self._formula = False
        self._is_decimal = False
        self._wanted = False
        self._in_phonetic = False
        self._length = 0
        self._text: list[str] = []
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_text,
            "t": self._start_text,
            "f": self._start_formula,
            "rPh": self._start_phonetic,
            "col": self._hide_columns,
            "mergeCell": self._merge,
        }

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        return parser

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > 3 * MOST_WRITTEN_CELLS:
            raise DamagedWorkbookError(phrase("more than {count} cells", count=MOST_WRITTEN_CELLS))
        self._wanted = False
        handler = self._starts.get(name) or self._starts.get(local_name(name))
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        self._wanted = False
        name = local_name(name)
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._in_phonetic = False

    def _add_text(self, data: str) -> None:
        if self._wanted:
            self._length += len(data)
            if self._length > MOST_TEXT:
                raise too_much_text()
            self._text.append(data)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes["r"]) if "r" in attributes else self._row + 1
        if not self._row < number <= _LAST_ROW:
            raise DamagedWorkbookError(
                phrase("a row numbered {number}", number=attributes.get("r", number))
            )
        self._row, self._column = number, -1
        self._hidden = attributes.get("hidden") in ("1", "true")
        self._row_is_noted = False

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else self._column_of(reference)
        if self._column >= MOST_COLUMNS:
            raise _no_such_cell(reference or str(self._column + 1))
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._formula = False
        self._text = []

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters in self._columns:
            return self._columns[letters]
        if not _REFERENCE.fullmatch(reference):
            raise _no_such_cell(reference)
        number = 0
        for letter in letters.replace("$", ""):
            number = number * 26 + ord(letter) - 64
        self._columns[letters] = number - 1
        return number - 1

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._wanted = not self._in_phonetic

    def _start_formula(self, _: Mapping[str, str]) -> None:
        self._formula = True

    def _start_phonetic(self, _: Mapping[str, str]) -> None:
        self._in_phonetic = True

    def _hide_columns(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first = max(int(attributes.get("min", 1)), 1)
            last = min(int(attributes.get("max", first)), MOST_COLUMNS)
            self.cells.hidden_columns.update(range(first - 1, last))

    def _merge(self, attributes: Mapping[str, str]) -> None:
        if len(self.cells.merged) < 1000:
            self.cells.merged.append(attributes.get("ref", "")[:20])

    def _end_cell(self) -> None:
        stored = "".join(self._text) if self._text else ""
        if self._formula:
            self._note_formula(stored)
        if not stored:
            return
        if self._kind == "e":
            self.cells.errors[self._column].append((self._row, stored[:20]))
            return
        text = self._said(stored)
        if not text.strip():
            return
        cells = self.cells
        if not self._row_is_noted:
            self._row_is_noted = True
            cells.rows.append(self._row)
            if self._hidden:
                cells.hidden_rows.append(self._row)
        cells.places[self._column].append(len(cells.rows) - 1)
        cells.texts[self._column].append(self._known.setdefault(text, text))
        if self._is_decimal:
            cells.numbers[self._column].append(len(cells.rows) - 1)

    def _note_formula(self, stored: str) -> None:
        self.cells.formulas[self._column].append(self._row)
        if not stored and self._kind != "str":  # Excel stores "" as a text without letters
            self.cells.uncomputed[self._column].append(self._row)
        if stored == "0" and self._kind == "n":
            self.cells.zeros[self._column].append(self._row)

    def _said(self, stored: str) -> str:
        self._is_decimal = False
        if self._kind == "s":
            return self._strings[int(stored)]
        if self._kind == "b":
            return "True" if stored.strip() in ("1", "true") else "False"
        if self._kind in ("str", "inlineStr", "d"):
            return unescaped(stored)
        text, differs = self._formats.said(stored, self._style)
        self._is_decimal = "." in text
        if differs and self._column not in self.cells.shown:
            self.cells.shown[self._column] = text
        return text
