"""The cells of a worksheet, from its XML: what they say, and what Excel says of them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from typology.answers.platforms.excel import sheet_cells as module
from typology.answers.platforms.excel.number_formats import Formats
from typology.answers.platforms.excel.parts import DamagedWorkbookError
from typology.answers.platforms.excel.sheet_cells import SheetCells, read_cells

STRINGS = ["id", "Noël", " "]
FORMATS = Formats(["General", "0.00", "0%", '0" ans"'])


class OnePart:
    """A workbook of one part, whose XML is given."""

    def __init__(self, xml: str) -> None:
        self.xml = xml

    def feed(self, member: str, parser: Any) -> None:
        assert member == "sheet1"
        parser.Parse(self.xml.encode(), True)


def read(rows: str, before: str = "", after: str = "") -> SheetCells:
    xml = f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    workbook: Any = OnePart(xml)
    return read_cells(workbook, "sheet1", STRINGS, FORMATS)


def refused(rows: str) -> str:
    with pytest.raises(DamagedWorkbookError) as caught:
        read(rows)
    return str(caught.value.found)


def row(cells: str, number: int = 1, more: str = "") -> str:
    return f'<row r="{number}" {more}>{cells}</row>'


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="s"><v>1</v></c>', "Noël"),
        ('<c r="A1"><v>3</v></c>', "3"),
        ('<c r="A1" t="n"><v>3.0</v></c>', "3"),
        ('<c r="A1" s="1"><v>2.5</v></c>', "2.5"),
        ('<c r="A1" s="2"><v>0.25</v></c>', "25%"),
        ('<c r="A1" s="9"><v>2.5</v></c>', "2.5"),
        ('<c r="A1" t="b"><v>1</v></c>', "True"),
        ('<c r="A1" t="b"><v> true </v></c>', "True"),
        ('<c r="A1" t="b"><v>0</v></c>', "False"),
        ('<c r="A1" t="str"><v>said</v></c>', "said"),
        ('<c r="A1" t="d"><v>2024-01-02</v></c>', "2024-01-02"),
        ('<c r="A1" t="inlineStr"><is><t>one</t></is></c>', "one"),
        ('<c r="A1" t="inlineStr"><is><r><t>one </t></r><r><t>two</t></r></is></c>', "one two"),
        ('<c r="A1" t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh><t>c</t></is></c>', "ac"),
        ('<c r="A1" t="str"><v>a_x000D_b</v></c>', "a\rb"),
        ('<c r="A1" t="str"><f>A2</f><v>x</v></c>', "x"),
        ('<x:c xmlns:x="u" r="A1"><x:v>7</x:v></x:c>', "7"),
    ],
)
def test_a_cell_says_what_is_stored(cell: str, text: str) -> None:
    found = read(row(cell))
    assert (found.rows, found.places, found.texts) == ([1], {0: [0]}, {0: [text]})
    assert found.hidden_rows == []
    # Some programs set out the XML in lines: what is between two elements is no part of a text.
    spaced = read(re.sub(r"(</[^>]+>|<(?:is|r|rPh|x:c|c)(?: [^>]*)?>)", "\\1\n  ", row(cell)))
    assert spaced == found


def test_cells_are_placed_by_their_names_or_one_after_the_other() -> None:
    found = read(
        row('<c r="B1"><v>1</v></c><c><v>2</v></c><c r="AA1"><v>3</v></c><c r="$D$1"><v>9</v></c>')
        + "<row><c><v>4</v></c></row>"
        + row('<c r="B9"><v>5</v></c><c r="C9"></c><c t="s"><v>2</v></c>', 9)
        + row("", 12)
        + "<row><c><v>6</v></c></row>"
    )
    assert found.rows == [1, 2, 9, 13]
    assert {at: (found.places[at], found.texts[at]) for at in found.places} == {
        1: ([0, 2], ["1", "5"]), 2: ([0], ["2"]), 26: ([0], ["3"]), 3: ([0], ["9"]),
        0: ([1, 3], ["4", "6"]),
    }  # fmt: skip
    assert found.column(1, 0).tolist() == ["1", "", "5", ""]
    assert found.column(1, 2).tolist() == ["5", ""]
    assert found.column(1, 0).dtype == object
    assert found.top(2) == [["", "1", "2", "9", *[""] * 22, "3"], ["4"]]
    assert found.top(9)[2:] == [["", "5"], ["6"]]
    assert found.top(0) == []


def test_equal_texts_are_held_once() -> None:
    found = read(row('<c t="str"><v>a b</v></c><c t="str"><v>a b</v></c>'))
    assert found.texts[0][0] is found.texts[1][0]


def test_decimal_numbers_are_noted() -> None:
    found = read(
        row('<c><v>1.5</v></c><c><v>2</v></c><c t="str"><v>1.5</v></c>')
        + row('<c><v>1</v></c><c><v>0.5</v></c>', 2) + row("<c><v>2.25</v></c>", 5)
    )  # fmt: skip
    assert dict(found.numbers) == {0: [0, 2], 1: [1]}
    assert found.stored_numbers(0, 0).tolist() == [True, False, True]
    assert found.stored_numbers(0, 1).tolist() == [False, True]
    assert found.stored_numbers(7, 0).tolist() == [False] * 3
    assert found.stored_numbers(0, 0).dtype == np.bool_


def test_formulas_errors_and_numbers_shown_otherwise_are_noted() -> None:
    found = read(
        row('<c><f>1</f></c><c t="str"><f>1</f></c><c t="e"><v>#N/A</v></c><c s="3"><v>4</v></c>')
        + row('<c><f>1</f><v>0</v></c><c><f>1</f><v>2</v></c><c t="e"><f>1</f><v>#REF!</v></c>'
              '<c s="3"><v>5</v></c>', 2)
        + row('<c t="str"><f>1</f><v>0</v></c><c><v>0</v></c>', 3)
    )  # fmt: skip
    assert dict(found.uncomputed) == {0: [1]}
    assert dict(found.formulas) == {0: [1, 2, 3], 1: [1, 2], 2: [2]}
    assert dict(found.zeros) == {0: [2]}
    assert dict(found.errors) == {2: [(1, "#N/A"), (2, "#REF!")]}
    assert found.shown == {3: "4"}
    long = read(row(f'<c t="e"><v>{"#" * 30}</v></c>'))
    assert long.errors[0] == [(1, "#" * 20)]


@pytest.mark.parametrize(("said", "hidden"), [("1", True), ("true", True), ("0", False)])
def test_hidden_rows_and_columns_are_noted(said: str, hidden: bool) -> None:
    found = read(
        row("<c><v>1</v></c><c><v>2</v></c>", 3, f'hidden="{said}"') + row("<c><v>1</v></c>", 4)
        + row("", 5, 'hidden="1"'),
        f'<cols><col min="2" max="4" hidden="{said}"/><col min="6" max="7"/></cols>',
    )  # fmt: skip
    assert found.hidden_rows == ([3] if hidden else [])
    assert found.hidden_columns == ({1, 2, 3} if hidden else set())


def test_hidden_columns_are_those_of_a_worksheet() -> None:
    cols = (
        '<cols><col hidden="1"/><col min="0" max="2" hidden="1"/><col min="9" hidden="1"/></cols>'
    )
    assert read("", cols).hidden_columns == {0, 1, 8}
    wide = f'<cols><col min="16380" max="{10**9}" hidden="1"/></cols>'
    assert read("", wide).hidden_columns == set(range(16379, 16384))


def test_merged_cells_are_noted_up_to_a_thousand() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1:C9"/></mergeCells>'
    assert read("", after=merged).merged == ["A1:B2", "C1:C9"]
    many = "<m>" + '<mergeCell ref="A1:B2"/>' * 1005 + "</m>"
    assert len(read("", after=many).merged) == 1000
    assert read("", after=f'<mergeCell ref="{"A" * 30}"/><mergeCell/>').merged == ["A" * 20, ""]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (row("", 2) + row("", 2), "a row numbered 2"),
        (row("", 5) + row("", 4), "a row numbered 4"),
        (row("", 1_048_577), "a row numbered 1048577"),
        (row("", 1_048_576) + "<row></row>", "a row numbered 1048577"),
        (row('<c r="1A"><v>1</v></c>'), "a cell named '1A'"),
        (row('<c r="A0"><v>1</v></c>'), "a cell named 'A0'"),
        (row('<c r="ABCD1"><v>1</v></c>'), "a cell named 'ABCD1'"),
        (row(f'<c r="{"A" * 30}1"/>'), f"a cell named '{'A' * 20}'"),
        (row('<c r="XFE1"><v>1</v></c>'), "a cell named 'XFE1'"),
        (row('<c r="XFD1"/><c/>'), "a cell named '16385'"),
        (row("<c><v>one</v></c>"), "a number written 'one'"),
    ],
)
def test_what_no_worksheet_has_is_told(rows: str, found: str) -> None:
    assert refused(rows) == found


def test_the_last_row_and_column_are_read() -> None:
    found = read(row('<c r="XFD1048576"><v>1</v></c>', 1_048_576))
    assert (found.rows, dict(found.places)) == ([1_048_576], {16_383: [0]})


def test_more_cells_or_text_than_may_be_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    # The worksheet, its data, a row, two cells with a value each: seven of three times three.
    cells = "<c><v>1</v></c>" * 2
    monkeypatch.setattr(module, "MOST_WRITTEN_CELLS", 3)
    assert read(row(cells)).rows == [1]
    assert read(row(cells + "<c><v>1</v></c>")).rows == [1]
    assert refused(row(cells * 2)) == "more than 3 cells"
    monkeypatch.setattr(module, "MOST_WRITTEN_CELLS", 100)
    monkeypatch.setattr(module, "MOST_TEXT", 4)
    assert read(row('<c t="str"><v>ab</v></c><c t="str"><v>cd</v></c>')).rows == [1]
    assert refused(row('<c t="str"><v>ab</v></c><c t="str"><v>cde</v></c>'))
