"""How the values of cells become text, and where a format shows something else."""

from __future__ import annotations

import datetime

import pandas as pd
import pyreadstat
import pytest

from typology.answers.platforms import read_tables
from typology.answers.platforms.excel.number_formats import Formats, cell_text
from typology.answers.platforms.excel.shared_strings import unescaped


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (float("nan"), ""), (3.0, "3"), (-2.0, "-2"), (2.5, "2.5"), ("3.0", "3.0"),
        (9e15, "9000000000000000"), (1e16, "1e+16"), (float("inf"), "inf"), (7, "7"),
        (datetime.datetime(2020, 5, 4), "2020-05-04"), (datetime.date(2020, 5, 4), "2020-05-04"),
        (datetime.datetime(2020, 5, 4, 10, 30), "2020-05-04 10:30:00"),
    ],
)  # fmt: skip
def test_a_value_has_one_text(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("stored", "code", "differs"),
    [
        ("0.00125", "0.00E+00", False),  # shown 1.25E-03, the same number
        ("12", "0000", True),
        ("1234", "0000", False),
        ("1234", "#,##0", False),
        ("1234567", "#,##0,", True),
        ("12.345", "0.0", True),
        ("12.5", "0.0##", False),
        ("3", "@", False),
    ],
)
def test_a_format_shows_the_number_or_another(stored, code, differs):
    assert Formats([code], starts_in_1904=False).said(stored, 0)[1] is differs


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("one_x000D__x000A_two", "one\r\ntwo"),
        ("_x005F_x0041_", "_x0041_"),
        ("a_x0001_b", "ab"),  # a sign that no text has
        ("tab_x0009_", "tab\t"),
        ("_x41_ and _y", "_x41_ and _y"),
        ("_xE9__x00e9_", "_xE9_é"),
    ],
)
def test_texts_of_a_workbook_lose_the_escapes_of_its_xml(written, text):
    assert unescaped(written) == text


def test_a_missing_date_of_a_statistics_file_is_an_empty_cell(tmp_path):
    path = tmp_path / "a.sav"
    days = pd.Series([datetime.date(2020, 5, 4), None], dtype=object)
    frame = pd.DataFrame({"ID": ["A", "B"], "day": days})
    pyreadstat.write_sav(frame, str(path))
    (table,) = read_tables(path)
    assert table.name == "a.sav"
    assert table.cells.to_numpy().tolist() == [["A", "2020-05-04"], ["B", ""]]
    assert [table.description(at) for at in range(2)] == ["", ""]  # the columns have no label
