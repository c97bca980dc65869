"""The texts that the cells of a workbook share, and how a workbook writes texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from typology.answers.platforms.excel.parts import DamagedWorkbookError, Workbook, local_name
from typology.answers.platforms.limits import MOST_TEXT
from typology.words.phrases import phrase

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_strings(workbook: Workbook) -> list[str]:
    """Return the texts that the cells of a workbook share."""
    member = workbook.part("sharedStrings")
    if not member:
        return []
    strings: list[str] = []
    parts: list[str] = []
    open_in: list[str] = []
    length = 0

    def start(name: str, _: Mapping[str, str]) -> None:
        open_in.append(local_name(name))
        if open_in[-1] == "si":
            parts.clear()

    def end(_: str) -> None:
        nonlocal length
        if open_in.pop() == "si":
            strings.append(unescaped("".join(parts)))
            length += 50 + len(strings[-1])
            if length > MOST_TEXT:
                raise too_much_text()

    def text(data: str) -> None:
        if open_in and open_in[-1] == "t" and "rPh" not in open_in:
            nonlocal length
            length += len(data)
            parts.append(data)
            if length > MOST_TEXT:
                raise too_much_text()

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    workbook.feed(member, parser)
    return strings


def unescaped(text: str) -> str:
    r"""Return a text of a workbook without the escapes of its XML, such as ``_x000D_``.

    >>> unescaped("one_x000D__x000A_two"), unescaped("_x005F_x0041_")
    ('one\r\ntwo', '_x0041_')
    """
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter in "\t\n\r" else ""


def too_much_text() -> DamagedWorkbookError:
    """Return the refusal of a workbook whose texts would fill the memory."""
    return DamagedWorkbookError(
        phrase("more than {count} MB of different texts", count=MOST_TEXT // 1_000_000)
    )
