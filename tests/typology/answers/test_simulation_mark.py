"""A file says that its answers were simulated, on one row at least."""

from __future__ import annotations

import pandas as pd
import pytest

from typology.answers.platforms.delimited import read_delimited
from typology.answers.simulation_mark import is_mark, says_simulated, with_mark


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("simulated", ["1", "1"], True), ("Simulated", ["0", "1"], True),
        (" SIMULATED ", ["oui", ""], True), ("simulated", ["0", ""], False),
        ("simulated", ["No", "NON"], False), ("simulated", ["Faux", "false"], False),
        ("simulation", ["1", "1"], False), ("E02", ["1", "1"], False),
    ],
)  # fmt: skip
def test_the_mark_is_a_column_that_says_something_else_than_no(
    header: str, cells: list[str], said: bool
) -> None:
    rows = "\n".join(f"4,{cell},x" for cell in cells)
    table = read_delimited(f"E01,{header},other\n{rows}\n".encode(), "a.csv")
    assert says_simulated(table) is said
    assert is_mark(table.headers) is (header.strip().casefold() == "simulated")


def test_the_mark_is_the_last_column_and_is_1() -> None:
    answers = pd.DataFrame({"E01": [4, 5]})
    marked = with_mark(answers)
    assert marked.to_dict("list") == {"E01": [4, 5], "simulated": [1, 1]}
    assert answers.columns.tolist() == ["E01"]
    assert not is_mark([])
