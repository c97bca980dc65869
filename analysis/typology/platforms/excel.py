"""Excel workbooks (.xlsx), every sheet of them."""

from __future__ import annotations

import datetime
import io
import math
import warnings
import zipfile
from xml.etree.ElementTree import ParseError

import openpyxl

from typology.phrases import phrase
from typology.platforms.table import AnswerTable, table_from_rows
from typology.problems import InputError, Problem

_UNREADABLE = (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, ParseError, EOFError)


def read_excel(content: bytes, name: str) -> list[AnswerTable]:
    """Return the sheets of a workbook that hold something, in their order.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.

    Returns
    -------
    list of AnswerTable
        One a sheet; its header is its first row that is not blank, rows are numbered as Excel
        shows them. Formulas give the value Excel last computed.

    Raises
    ------
    InputError
        If the workbook cannot be opened or all its sheets are blank.
    """
    try:
        sheets = _sheets(content)
    except _UNREADABLE as error:
        raise InputError(
            Problem(
                row="",
                column="",
                value=phrase("a damaged workbook ({reason})", reason=type(error).__name__),
                expected=phrase("an Excel workbook (.xlsx) that opens"),
                remedy=phrase("Open it in Excel or LibreOffice and save it again as .xlsx."),
                where=name,
            )
        ) from None
    tables = []
    for title, (rows, decimals) in sheets.items():
        position = next((i for i, row in enumerate(rows) if any(c.strip() for c in row)), None)
        if position is None:
            continue
        width = max(map(len, rows))
        filled = [row + [""] * (width - len(row)) for row in rows[position:]]
        place = f"{name} [{title}]"
        numbers = range(position + 2, position + 1 + len(filled))
        tables.append(table_from_rows(place, filled[0], filled[1:], numbers, numbers=decimals))
    if not tables:
        raise InputError(
            Problem(
                row="",
                column="",
                value=phrase("only blank sheets"),
                expected=phrase("a sheet with one row a respondent and a header"),
                remedy=phrase("Check that the answers were saved in this workbook."),
                where=name,
            )
        )
    return tables


def _sheets(content: bytes) -> dict[str, tuple[list[list[str]], frozenset[str]]]:
    """Return the text of the cells of every worksheet, and which stand for decimal numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles it does not know
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = {}
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()  # some exporters declare a range that is too small
            rows = list(sheet.iter_rows(values_only=True))
            sheets[sheet.title] = (
                [[cell_text(value) for value in row] for row in rows],
                frozenset(cell_text(value) for row in rows for value in row
                          if isinstance(value, float)),
            )  # fmt: skip
        workbook.close()
    return sheets


def cell_text(value: object) -> str:
    """Return the text of a cell's value.

    Parameters
    ----------
    value : object
        What a spreadsheet or a statistics file holds.

    Returns
    -------
    str
        "" for nothing; whole numbers without decimals; dates as year-month-day.

    Examples
    --------
    >>> cell_text(3.0), cell_text(2.5), cell_text(None)
    ('3', '2.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(float(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
