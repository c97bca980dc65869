"""What is larger than the limits is refused by name, never read in part."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from typology.answers.platforms import read_tables
from typology.answers.platforms.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    check_size,
    too_much,
)
from typology.problems.problem import InputError
from typology.words.phrases import phrase

CHECK = "Check that it is the right file; leave out what is no answer."


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_tables(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("rows", "columns", "words"),
    [
        (0, MOST_COLUMNS + 1, "found 16385 columns, expected at most 16384 columns."),
        (MOST_ROWS + 1, 1, "found more than 2000000 rows, expected at most 2000000 rows."),
        (2_000_000, 9, "found 2000000 rows of 9 columns, expected at most 16000000 cells."),
    ],
)
def test_a_table_that_passes_a_limit_says_which(rows, columns, words):
    with pytest.raises(InputError) as caught:
        check_size("a.csv", rows, columns)
    assert str(caught.value) == f"a.csv: {words} {CHECK}"


def test_a_table_at_the_limits_is_read():
    check_size("a.csv", 1, MOST_COLUMNS)
    check_size("a.csv", MOST_ROWS, MOST_CELLS // MOST_ROWS)


def test_what_is_too_large_is_told_with_what_to_do():
    error = too_much("a.csv", phrase("an empty file"), phrase("an answer"))
    assert str(error) == f"a.csv: found an empty file, expected an answer. {CHECK}"


@pytest.mark.parametrize(("most", "refused"), [(9_000, True), (30_000, False)])
def test_the_texts_that_cells_share_are_counted(tmp_path, monkeypatch, most, refused):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "text"])
    for number in range(10):
        sheet.write_row(number + 1, 0, [f"R{number}", "abcdefghij"[number] * 1000])
    book.close()
    monkeypatch.setattr("typology.answers.platforms.excel.shared_strings.MOST_TEXT", most)
    if refused:
        assert "found more than 0 MB of different texts" in refusal(path)
    else:
        assert len(read_tables(path)[0].cells) == 10


@pytest.mark.parametrize("extension", ["sav", "dta"])
def test_a_statistics_file_that_passes_a_limit_is_named(tmp_path, monkeypatch, extension):
    path = tmp_path / f"a.{extension}"
    write = pyreadstat.write_sav if extension == "sav" else pyreadstat.write_dta
    write(pd.DataFrame({"id": ["A", "B", "C"], "E01": [1.0, 2.0, 3.0]}), str(path))
    monkeypatch.setattr("typology.answers.platforms.statistical.guarded.MOST_READ_AT_ONCE", 100)
    assert refusal(path).startswith(f"a.{extension}: found more than 1 rows")
    monkeypatch.setattr("typology.answers.platforms.limits.MOST_COLUMNS", 1)
    assert refusal(path).startswith(f"a.{extension}: found 2 columns")


def test_different_texts_of_a_text_file_are_counted_once_a_column(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    stream = io.StringIO()
    stream.write("id,E01\n")
    stream.writelines(f"{number},agree\n" for number in range(100))
    path.write_text(stream.getvalue(), encoding="utf-8")
    # 100 identifiers of 50 bytes and 1 or 2 letters; one answer of 50 bytes and 5 letters
    texts = 100 * 50 + 10 + 90 * 2 + 55
    monkeypatch.setattr("typology.answers.platforms.delimited_rows.MOST_TEXT", texts)
    assert len(read_tables(path)[0].cells) == 100
    monkeypatch.setattr("typology.answers.platforms.delimited_rows.MOST_TEXT", texts - 1)
    assert refusal(path).startswith("a.csv: found more than 0 MB of different texts")
