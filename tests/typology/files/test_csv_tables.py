"""CSV files: no text that a spreadsheet runs, numbers as they are, and the way back."""

from __future__ import annotations

import csv
import io
import itertools
import re
from pathlib import Path

import pandas as pd
import pytest

from typology.answers.platforms import read_tables
from typology.files.csv_tables import FORMULA_STARTS, as_text, csv_bytes, from_text, read_csv
from typology.results.run_results import write_tables

HOSTILE = (
    "=1+1", "=cmd|' /C calc'!A0", "+33 1", "-5 ans", "-", "@SUM(1)", "\t=1", "\r=1", "＝1", "'=1",
    "a;=1+1", "a\n-b", "a\r+b", "--", "-1,5", "-1e5", "'-5", "=",
)  # fmt: skip
HARMLESS = ("-5", "-1.25", "l'été", "'tis", "a=b", "", "5 ans", "R-1", "001", " =1")


def cells(content: bytes) -> list[str]:
    """Return every cell, as programs cut them that take semicolons or tabs for separators too."""
    text = content.decode("utf-8")
    found = []
    for delimiter in ",;\t":
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        found += [cell.removeprefix('"') for row in rows for cell in row]
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_file_can_be_run(text: str) -> None:
    table = pd.DataFrame({text: ["a"], "b": [text], "n": [-1.5]})
    for cell in cells(csv_bytes(table)):
        number = re.fullmatch(r"-?\d+(\.\d+)?(,.*)?", cell)
        assert not cell.startswith(tuple(FORMULA_STARTS)) or number, cell


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS])
def test_a_text_is_read_back_as_it_was(text: str, tmp_path: Path) -> None:
    written = pd.DataFrame({"t": ["z", text], "n": [1, -2], "x": [-0.5, None]})
    write_tables(tmp_path, {"one": written})
    read = read_csv(tmp_path / "tables" / "one.csv", texts={"t": "string"})
    assert (read["t"].fillna("") == written["t"]).all()
    assert read["n"].tolist() == [1, -2]
    assert read["x"].iloc[0] == -0.5
    assert read["x"].isna().tolist() == [False, True]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_are_written_as_they_are(text: str) -> None:
    assert as_text(text) == text


def test_every_text_of_the_signs_that_matter_comes_back() -> None:
    for length in range(6):
        for signs in itertools.product("=;'\r-1", repeat=length):
            text = "".join(signs)
            assert from_text(as_text(text)) == text


def test_titles_of_columns_come_back_too(tmp_path: Path) -> None:
    table = pd.DataFrame({"=a": [1], "+b": ["c"]})
    (tmp_path / "t.csv").write_bytes(csv_bytes(table))
    assert list(read_csv(tmp_path / "t.csv", texts={}).columns) == ["=a", "+b"]


def test_a_table_is_not_changed_by_being_written() -> None:
    table = pd.DataFrame({"a": ["=1"], "c": pd.Categorical(["-x"])})
    csv_bytes(table)
    assert table["a"].tolist() == ["=1"]
    assert table["c"].tolist() == ["-x"]


def test_answers_written_by_the_project_are_read_as_the_answers_they_are(tmp_path: Path) -> None:
    table = pd.DataFrame({"id": ["=1+1", "-5 ans", "R3"], "region": ["=South", "North", "+"]})
    (tmp_path / "answers.csv").write_bytes(csv_bytes(table))
    (read,) = read_tables(tmp_path / "answers.csv")
    assert read.cells.to_numpy().tolist() == table.to_numpy().tolist()


def test_numbers_that_are_nothing_once_rounded_have_no_sign() -> None:
    table = pd.DataFrame({"x": [-0.04, 0.04, -0.06, float("nan")], "n": [1, 2, 3, 4]}).round(1)
    table["known"] = table["x"].astype("Float64")
    assert csv_bytes(table) == b"x,n,known\n0.0,1,0.0\n0.0,2,0.0\n-0.1,3,-0.1\n,4,\n"
