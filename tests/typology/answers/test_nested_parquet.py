"""Lists in the cells of a Parquet file are texts, whether there are any rows or not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from typology.answers.platforms.parquet import read_parquet


@pytest.mark.parametrize("rows", [[], [["a", "b"], None, [], ["c"]]])
def test_lists_are_texts_separated_by_semicolons(
    tmp_path: Path, rows: list[list[str] | None]
) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"several": pa.array(rows, pa.list_(pa.string())),
                      "one": pa.array(["x"] * len(rows), pa.string())})  # fmt: skip
    pq.write_table(table, path)
    read = read_parquet([path], "a.parquet")
    assert read.cells[0].tolist() == ["a;b", "", "", "c"][: len(rows)]
    assert [read.cells[at].dtype for at in (0, 1)] == [pd.StringDtype()] * 2
    assert read.filled(0).tolist() == [True, False, False, True][: len(rows)]
    assert read.cells.index.tolist() == list(range(1, len(rows) + 1))
    assert read.headers == ("several", "one")
    assert read.numbers == {}


def test_numbers_and_dates_of_a_file_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({
        "whole": pa.array([1, None], pa.int64()),
        "real": pa.array([1.5, 2.0], pa.float64()),
        "logical": pa.array([True, None], pa.bool_()),
        "bytes": pa.array([b"x", None], pa.binary()),
        "kind": pa.array(["u", "v"]).dictionary_encode(),
        "__index_level_0__": pa.array(["p", "q"]),
    })  # fmt: skip
    pq.write_table(table, path)
    read = read_parquet([path], "a.parquet")
    assert [read.cells[at].tolist() for at in range(6)] == [
        ["1", ""], ["1.5", "2"], ["True", ""], ["x", ""], ["u", "v"], ["p", "q"],
    ]  # fmt: skip
    assert read.headers[5] == ""
    assert sorted(read.numbers) == [0, 1]
    assert all(each.tolist() == [True, True] for each in read.numbers.values())
