"""Tables as bytes: separators, workbooks, and cells of their own kind."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from typology.files.written_tables import table_bytes

TABLE = pd.DataFrame(
    {
        "=name": ["=1+1", "http://a.org", None, "12"],
        "number": [1.5, -2.0, np.nan, 0.0],
        "count": pd.array([1, None, 3, 4], dtype="Int64"),
        "yes": [True, False, True, False],
    }
)


@pytest.mark.parametrize(
    ("name", "separator"), [("a.csv", ","), ("a.tsv", "\t"), ("A.TSV", "\t"), ("a.txt", ",")]
)
def test_texts_are_separated_as_their_ending_says(name: str, separator: str) -> None:
    lines = table_bytes(Path(name), TABLE).decode("utf-8").splitlines()
    assert lines[0] == separator.join(["'=name", "number", "count", "yes"])
    assert lines[1] == separator.join(["'=1+1", "1.5", "1", "True"])
    assert lines[3] == separator.join(["", "", "3", "True"])
    assert len(lines) == 5


@pytest.mark.parametrize("name", ["a.xlsx", "A.XLSX"])
def test_cells_of_a_workbook_are_of_their_own_kind(name: str) -> None:
    content = table_bytes(Path(name), TABLE)
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(workbook.active.iter_rows())
    assert [cell.value for cell in rows[0]] == ["=name", "number", "count", "yes"]
    assert [[cell.value for cell in row] for row in rows[1:]] == [
        ["=1+1", 1.5, 1, True], ["http://a.org", -2, None, False], [None, None, 3, True],
        ["12", 0, 4, False],
    ]  # fmt: skip
    # Texts, numbers and yes-or-no: no formula, no link.
    assert [cell.data_type for cell in rows[1]] == ["s", "n", "n", "b"]
    assert [cell.data_type for cell in rows[4]] == ["s", "n", "n", "b"]
    assert rows[0][0].data_type == "s"
    assert not any(cell.hyperlink for row in rows for cell in row)


def test_other_values_are_written_as_they_read() -> None:
    table = pd.DataFrame({3: [date(2024, 1, 2), ("a", 1)]}, dtype=object)
    rows = list(openpyxl.load_workbook(io.BytesIO(table_bytes(Path("a.xlsx"), table))).active)
    assert [row[0].value for row in rows] == ["3", "2024-01-02", "('a', 1)"]


def test_a_workbook_has_the_same_bytes_whenever_it_is_written() -> None:
    one, other = (table_bytes(Path("a.xlsx"), TABLE) for _ in range(2))
    assert one == other
    made = openpyxl.load_workbook(io.BytesIO(one)).properties.created
    assert (made.year, made.month, made.day) == (2000, 1, 1)
