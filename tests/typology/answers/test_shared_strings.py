"""The texts that cells of a workbook share, from their XML."""

from __future__ import annotations

from typing import Any

import pytest

from typology.answers.platforms.excel import shared_strings as module
from typology.answers.platforms.excel.parts import DamagedWorkbookError
from typology.answers.platforms.excel.shared_strings import read_strings, unescaped


def read(xml: str | None) -> list[str]:
    class Book:
        def part(self, name: str) -> str:
            return name if xml is not None else ""

        def feed(self, member: str, parser: Any) -> None:
            assert member == "sharedStrings"
            parser.Parse((xml or "").encode(), True)

    book: Any = Book()
    return read_strings(book)


def test_each_text_is_the_letters_of_its_runs() -> None:
    assert read(
        '<sst xmlns="u"><si><t>one</t></si><si><r><t>two </t></r><r><t>three</t></r></si>'
        "<si><t>four</t><rPh><t>4</t></rPh><phoneticPr/></si><si/><si><t/></si>"
        "<si><t> a_x000D_b </t></si>loose</sst>"
    ) == ["one", "two three", "four", "", "", " a\rb "]
    assert read(
        "<sst>\n <si>\n  <t>one</t>\n </si>\n <si>\n  <r>\n   <t>two </t>\n  </r>\n  <r>\n"
        "   <t>three</t>\n  </r>\n </si>\n <si>\n  <t>four</t>\n  <rPh>\n   <t>4</t>\n  </rPh>\n"
        "  <phoneticPr/>\n </si>\n</sst>"
    ) == ["one", "two three", "four"]
    assert read('<x:sst xmlns:x="u"><x:si><x:t>one</x:t></x:si></x:sst>') == ["one"]
    assert read(None) == read("<sst/>") == []


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # A text counts its letters twice, as they are read and as they are kept, and fifty beside.
    monkeypatch.setattr(module, "MOST_TEXT", 2 * (50 + 2 * 3))
    text = "<si><t>abc</t></si>"
    assert read(f"<sst>{text * 2}</sst>") == ["abc"] * 2
    with pytest.raises(DamagedWorkbookError) as caught:
        read(f"<sst>{text * 2}<si><t>a</t></si></sst>")
    assert caught.value.found == "more than 0 MB of different texts"
    with pytest.raises(DamagedWorkbookError):
        read(f"<sst><t>{'a' * 113}</t></sst>")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("one_x000D__x000A_two", "one\r\ntwo"), ("_x005F_x0041_", "_x0041_"), ("_x0041_", "A"),
        ("_x0000_a", "a"), ("_x0009_", "\t"), ("_X0041_", "_X0041_"), ("_x41_", "_x41_"),
        ("plain", "plain"),
    ],
)  # fmt: skip
def test_escapes_of_xml_are_their_letters(text: str, plain: str) -> None:
    assert unescaped(text) == plain
