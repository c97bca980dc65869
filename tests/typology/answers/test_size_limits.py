"""A file that is too large is refused as soon as it is seen; texts are not taken for rows."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from typology.answers.platforms import limits, read_tables
from typology.answers.platforms.delimited import read_delimited
from typology.problems.problem import InputError


def test_a_large_text_is_refused_before_its_rows_are_read(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 1000)
    rows = b"id,G1\n" + b"a,1\n" * 600 + b'"a quote that is not closed,1\n'
    with pytest.raises(InputError, match=r"60\d rows of 2 columns.*at most 1000 cells"):
        read_delimited(rows, "a.csv")


def test_line_ends_within_texts_are_no_rows(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 1000)
    table = read_delimited(b'id,G1\na,"' + b"line\n" * 2000 + b'"\nb,2\n', "a.csv")
    assert len(table.cells) == 2


def test_a_million_respondents_of_sixty_items_are_refused_and_a_quarter_is_read():
    limits.check_size("a.csv", 250_000, 61)
    with pytest.raises(InputError, match="at most 16000000 cells"):
        limits.check_size("a.csv", 1_000_000, 60)


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_a_statistics_file_is_read_column_by_column(tmp_path, kind):
    frame = pd.DataFrame({"G1": [1.0, 2.5, None], "note": ["é", "", "b"], "n": [1, 2, 3]})
    path = tmp_path / f"a.{kind}"
    getattr(pyreadstat, f"write_{kind}")(frame, str(path))
    (table,) = read_tables(path)
    assert table.cells.to_numpy().tolist() == [["1", "é", "1"], ["2.5", "", "2"], ["", "b", "3"]]
    assert {at: cells.tolist() for at, cells in table.numbers.items()} == {
        0: [True] * 3,
        2: [True] * 3,
    }


@pytest.mark.parametrize("kind", ["sav", "dta"])
def test_a_statistics_file_with_too_many_rows_is_refused(tmp_path, kind, monkeypatch):
    monkeypatch.setattr("typology.answers.platforms.statistical.guarded.MOST_READ_AT_ONCE", 1000)
    path = tmp_path / f"a.{kind}"
    getattr(pyreadstat, f"write_{kind}")(pd.DataFrame({"G1": [1.0] * 100}), str(path))
    with pytest.raises(InputError, match="more than 25 rows"):
        read_tables(path)


def test_a_large_text_is_not_copied_many_times(tmp_path):
    path = tmp_path / "a.csv"
    rows, columns = 24_000, 5
    cells = np.random.default_rng(0).integers(1, 6, (rows, columns)).astype(str)
    header = ",".join(f"I{number}" for number in range(columns))
    path.write_text("\n".join([header, *map(",".join, cells)]), encoding="utf-8")
    read_tables(path)  # what is loaded once is no copy
    tracemalloc.start()
    read_tables(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # Eight bytes a cell in the table; those of the file, and of the rows at hand.
    assert peak < 60 * rows * columns
