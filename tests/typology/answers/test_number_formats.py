"""What a number of a workbook says, by the format of its cell."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from typology.answers.platforms.excel.number_formats import Formats, cell_text, read_formats
from typology.answers.platforms.excel.parts import DamagedWorkbookError


@pytest.mark.parametrize(
    ("stored", "code", "text", "otherwise"),
    [
        ("3", "General", "3", False), ("3.0", "General", "3", False),
        ("-4", "General", "-4", False),
        ("2.50", "General", "2.5", False), ("1e3", "General", "1000", False),
        ("007", "General", "7", False), ("0.1", "General", "0.1", False),
        ("123456789012345", "General", "123456789012345", False),
        ("0.25", "0%", "25%", False), ("0.255", "0.0%", "25.5%", False),
        ("0.07", "0%", "7%", False),
        ("0.5", '0"%"', "0.5", True), ("2.5", "0.0", "2.5", False), ("2.54", "0.0", "2.54", True),
        ("2.5", "0", "2.5", True), ("3", "0.00", "3", False), ("3", "000", "3", True),
        ("1234", "#,##0", "1234", False), ("12", "00", "12", False), ("-7", "00", "-7", True),
        ("1234567", "#,##0,", "1234567", True), ("2.5", "0.00E+00", "2.5", False),
        ("3", "@", "3", False), ("3", '0" ans"', "3", True), ("3", '0" "', "3", False),
        ("3", "[Red]0", "3", False), ("3", "[<2]0;0", "3", True), ("3", "[>=2]0;0", "3", True),
        ("-3", "0;(0)", "-3", False), ("3", "0_)", "3", False), ("3", "?", "3", False),
        ("43753", "dd/mm/yyyy", "2019-10-15", False),
        ("43753.5", "yyyy", "2019-10-15 12:00:00", False),
        ("0.5", "[h]:mm:ss", "12:00:00", False), ("1.25", "[h]:mm", "30:00:00", False),
        ("0.0006944444", "[mm]:ss", "0:01:00", False), ("1e300", "dd/mm/yyyy", "1e+300", False),
        ("inf", "0", "inf", False),
    ],
)  # fmt: skip
def test_a_number_says_what_is_stored_and_whether_another_is_shown(
    stored: str, code: str, text: str, otherwise: bool
) -> None:
    assert Formats([code]).said(stored, 0) == (text, otherwise)


def test_a_style_that_is_not_declared_is_general() -> None:
    formats = Formats(["0%"])
    assert formats.said("0.5", 0) == ("50%", False)
    assert formats.said("0.5", 1) == ("0.5", False)


def test_days_are_counted_from_1900_or_1904() -> None:
    assert Formats(["yyyy-mm-dd"]).said("1", 0)[0] == "1900-01-01"
    assert Formats(["yyyy-mm-dd"], starts_in_1904=True).said("1", 0)[0] == "1904-01-02"


def test_a_text_that_is_no_number_is_damage() -> None:
    with pytest.raises(DamagedWorkbookError) as caught:
        Formats([]).said("x" * 30, 0)
    assert caught.value.found == f"a number written '{'x' * 20}'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (float("nan"), ""), (3.0, "3"), (-2.0, "-2"), (2.5, "2.5"), (0.1, "0.1"),
        (1e15, "1000000000000000"), (1e16, "1e+16"), (3, "3"), ("x", "x"), (True, "True"),
        (datetime.datetime(2024, 1, 2), "2024-01-02"), (datetime.date(2024, 1, 2), "2024-01-02"),
        (datetime.datetime(2024, 1, 2, 3, 4), "2024-01-02 03:04:00"),
        (datetime.time(3, 4), "03:04:00"),
    ],
)  # fmt: skip
def test_a_value_has_a_text(value: object, text: str) -> None:
    assert cell_text(value) == text


STYLES = """<styleSheet xmlns="u"><numFmts><numFmt numFmtId="164" formatCode="0&quot; ans&quot;"/>
<numFmt numFmtId="165"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="165"/>
<xf numFmtId="777"/></cellXfs></styleSheet>"""


@pytest.mark.parametrize("in_1904", [False, True])
def test_formats_are_those_of_the_cells(in_1904: bool) -> None:
    class Book:
        starts_in_1904 = in_1904

        def part(self, name: str) -> str:
            return name

        def feed(self, member: str, parser: Any) -> None:
            assert member == "styles"
            parser.Parse(STYLES.encode(), True)

    book: Any = Book()
    formats = read_formats(book)
    assert [formats.said("0.25", style)[0] for style in (0, 1, 2, 4, 5, 6)] == [
        "0.25", "0.25", "25%", "0.25", "0.25", "0.25",
    ]  # fmt: skip
    assert formats.said("3", 1) == ("3", True)
    assert formats.said("1", 3)[0] == ("1904-01-02" if in_1904 else "1900-01-01")


def test_a_workbook_without_styles_has_none() -> None:
    class Book:
        starts_in_1904 = False

        def part(self, _: str) -> str:
            return ""

    book: Any = Book()
    assert read_formats(book).said("0.25", 2) == ("0.25", False)
