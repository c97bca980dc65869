"""A table as the bytes of a file: what its ending says."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from typology.files.csv_tables import csv_bytes

# A text is a text, whatever it begins with: no formula, no link, no number. All is made in memory,
# then written at once: nothing lies in the system's temporary files, and a disk that is full
# refuses it as it refuses any file.
WORKBOOK_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
LONG_AGO = datetime(2000, 1, 1)


def table_bytes(path: Path, table: pd.DataFrame) -> bytes:
    """Return a table as the file that a name asks for: .tsv, .xlsx, or CSV.

    The index is left out; missing values are empty cells.
    """
    ending = path.suffix.casefold()
    if ending == ".xlsx":
        return _workbook(table)
    return csv_bytes(table, separator="\t" if ending == ".tsv" else ",")


def _workbook(table: pd.DataFrame) -> bytes:
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, WORKBOOK_OPTIONS)
    workbook.set_properties({"created": LONG_AGO})
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, [str(name) for name in table.columns])
    for place in range(table.shape[1]):
        for row, value in enumerate(table.iloc[:, place].tolist(), start=1):
            _write(sheet, row, place, value)
    workbook.close()
    return content.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, place: int, value: Any) -> None:
    if pd.isna(value):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))
