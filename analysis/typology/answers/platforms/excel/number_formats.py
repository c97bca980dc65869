"""What a number in a workbook says: a number, a date, a time, a percentage."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from typology.answers.platforms.excel.parts import DamagedWorkbookError, Workbook, local_name
from typology.words.phrases import phrase

_GENERAL = "General"
_WORDS = re.compile(r'"([^"]*)"|\\.|_.|\*.|\[[^\]]*\]')
_CONDITION = re.compile(r"\[[<>=]")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")


class Formats:
    """The number formats of a workbook, such as "0.00%", by style of cell."""

    def __init__(self, codes: list[str], *, starts_in_1904: bool = False) -> None:
        self._codes = codes
        self._epoch = CALENDAR_MAC_1904 if starts_in_1904 else CALENDAR_WINDOWS_1900
        self._known: dict[tuple[str, int], tuple[str, bool]] = {}

    def said(self, stored: str, style: int) -> tuple[str, bool]:
        """Return the text of a stored number, and whether Excel shows another number.

        A text that is no number raises `DamagedWorkbookError`.
        """
        key = (stored, style)
        if key not in self._known:
            code = self._codes[style] if style < len(self._codes) else _GENERAL
            self._known[key] = self._read(stored, code)
        return self._known[key]

    def _read(self, stored: str, code: str) -> tuple[str, bool]:
        try:
            value = float(stored)
        except ValueError:
            raise DamagedWorkbookError(
                phrase("a number written '{text}'", text=stored[:20])
            ) from None
        if code == _GENERAL:
            return (stored if _WHOLE.fullmatch(stored) else cell_text(value)), False
        if is_date_format(code):
            return self._date(value, code), False
        if "%" in _WORDS.sub("", code):
            return f"{cell_text(round(value * 100, 9))}%", False
        return cell_text(value), _shows_otherwise(value, code)

    def _date(self, value: float, code: str) -> str:
        if is_timedelta_format(code) and math.isfinite(value):
            minutes, seconds = divmod(round(value * 86_400), 60)
            hours, minutes = divmod(minutes, 60)
            return f"{hours}:{minutes:02}:{seconds:02}"
        try:
            return cell_text(from_excel(value, self._epoch))
        except (ValueError, OverflowError):  # Excel shows #### for what is no date
            return cell_text(value)


def read_formats(workbook: Workbook) -> Formats:
    """Return the number formats of a workbook."""
    declared: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        inside.append(local_name(name))
        if inside[-1] == "numFmt":
            declared[attributes.get("numFmtId", "")] = attributes.get("formatCode", _GENERAL)
        elif inside[-2:] == ["cellXfs", "xf"]:
            styles.append(attributes.get("numFmtId", "0"))

    def end(_: str) -> None:
        inside.pop()

    member = workbook.part("styles")
    if member:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = start, end
        workbook.feed(member, parser)
    builtin = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    codes = [declared.get(style) or builtin.get(style) or _GENERAL for style in styles]
    return Formats(codes, starts_in_1904=workbook.starts_in_1904)


def cell_text(value: object) -> str:
    """Return the text of a value of a spreadsheet or a statistics file.

    "" for nothing; whole numbers without decimals; dates as year-month-day.

    >>> cell_text(3.0), cell_text(2.5), cell_text(None), cell_text(1e300)
    ('3', '2.5', '', '1e+300')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(float(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _shows_otherwise(value: float, code: str) -> bool:
    """Return whether a format shows another number, or words, in the place of a number."""
    if not math.isfinite(value):
        return False
    section = code.split(";", maxsplit=1)[0]
    shape = _WORDS.sub("", section)
    if _CONDITION.search(code) or any(word.strip() for word in _WORDS.findall(section) if word):
        return True
    digits = re.search(r"[0#?][0#?,]*(?:\.([0#?]*))?(,*)", shape)
    if digits is None or "E" in shape.upper() or "@" in shape:
        return False
    decimals = len(digits[1] or "")
    whole = digits[0].split(".")[0]
    padded = len(str(abs(int(value)))) < whole.replace(",", "").count("0")
    scaled = digits[0].endswith(",")
    return padded or scaled or abs(round(value, decimals) - value) > 1e-9 * max(1, abs(value))
