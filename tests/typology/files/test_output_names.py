"""What is written has a name that every system takes, and is the file that its ending says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from typology.answers.platforms import read_tables
from typology.files.output_files import refuse_places
from typology.files.output_places import file_problems, folder_problems
from typology.files.written_tables import table_bytes
from typology.problems.problem import InputError

WRONG = [
    *("CON.csv", "nul", "Aux.tsv", "lpt1.csv", "com¹.csv", "a:b.csv", "a?.csv", "a*.csv"),
    *('a"b.csv', "a<b.csv", "a>b.csv", "a|b.csv", "a\\b.csv", "a.csv.", "a.csv ", "a\tb.csv"),
]


@pytest.mark.parametrize("name", WRONG)
def test_names_that_windows_does_not_take_are_refused_everywhere(tmp_path: Path, name: str) -> None:
    (problem,) = file_problems(tmp_path / name, [])
    assert problem.where == "--output"
    for folder in (tmp_path / name, tmp_path / name / "results"):
        assert len(folder_problems(folder, [])) == 1


@pytest.mark.parametrize("name", ["console.csv", "nulle.csv", "..csv", "a.b.csv", "été (2).csv"])
def test_other_names_are_taken(tmp_path: Path, name: str) -> None:
    assert file_problems(tmp_path / name, []) == []
    assert folder_problems(tmp_path / name, []) == []


@pytest.mark.parametrize("ending", [".ods", ".xls", ".txt", ".sav", ".json"])
def test_an_ending_that_is_not_written_is_refused_with_those_that_are(
    tmp_path: Path, ending: str
) -> None:
    with pytest.raises(InputError, match=r"\.csv, \.tsv, \.xlsx"):
        refuse_places([tmp_path / f"answers{ending}"], inputs=[])


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx", ".XLSX", ""])
def test_a_file_is_what_its_ending_says_and_reads_as_the_table(tmp_path: Path, ending: str) -> None:
    table = pd.DataFrame({"id": ["R1", "=1+1"], "G1": pd.array([4, pd.NA], dtype="Int64")})
    path = tmp_path / f"answers{ending}"
    content = table_bytes(path, table)
    path.write_bytes(content)
    signs = {".tsv": b"id\tG1", ".csv": b"id,G1", "": b"id,G1"}
    assert content.startswith(signs.get(ending, b"PK"))
    assert content == table_bytes(path, table)
    (read,) = read_tables(path)
    assert read.headers == ("id", "G1")
    assert read.cells.to_numpy().tolist() == [["R1", "4"], ["=1+1", ""]]
