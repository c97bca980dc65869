"""Tables of results are those that pandas makes, and share nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.tables import table_of


def test_table_is_that_of_pandas():
    columns = {
        "class": np.array([1, 2]),
        "category": ["yes", "no"],
        "share": np.array([0.25, 0.75]),
        "suggested": np.array([True, False]),
    }
    pd.testing.assert_frame_equal(table_of(columns), pd.DataFrame(columns))


def test_naming_the_columns_of_one_table_names_those_of_no_other():
    one = table_of({"a": [1], "b": [2]})
    one.columns.name = "named"
    assert table_of({"a": [1], "b": [2]}).columns.name is None


def test_a_table_does_not_change_with_what_it_was_made_of():
    values = np.array([1.0, 2.0])
    table = table_of({"a": values, "b": values})
    values[:] = 0
    assert table["a"].tolist() == [1.0, 2.0]
