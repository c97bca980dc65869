"""Supplementary variables: what they accept and refuse (numbers: test_mca*.py)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.mca import MCA

TABLE = pd.DataFrame({"p": list("aabbcc") * 3, "q": list("xyxyxz") * 3})
FITTED = MCA(n_components=2).fit(TABLE)


def test_numbers_are_correlated_and_everything_else_is_a_category():
    S = pd.DataFrame(
        {"age": range(18), "sex": list("fm") * 9, "active": [True, False, False] * 6},
        index=TABLE.index,
    ).assign(level=lambda table: table["sex"].astype("category"))
    placed = FITTED.supplementary(S)
    assert list(placed.correlations.index) == ["age"]
    assert list(placed.eta2.index) == ["sex", "active", "level"]
    expected = np.corrcoef(S["age"], FITTED.row_coordinates_["Axis 1"])[0, 1]
    assert placed.correlations.loc["age", "Axis 1"] == pytest.approx(expected)
    assert placed.weights["sex", "f"] == 9


def test_only_numbers_leave_the_tables_of_categories_empty():
    placed = FITTED.supplementary(pd.DataFrame({"age": range(18)}))
    assert placed.coordinates.shape == (0, 2)
    assert placed.eta2.shape == (0, 2)
    assert list(placed.correlations.columns) == ["Axis 1", "Axis 2"]


def test_only_categories_leave_the_correlations_empty():
    assert FITTED.supplementary(TABLE).correlations.shape == (0, 2)


def test_category_of_everybody_is_the_centre():
    placed = FITTED.supplementary(pd.DataFrame({"same": ["yes"] * 18}))
    for table in (placed.coordinates, placed.cos2, placed.v_tests, placed.eta2):
        np.testing.assert_allclose(table, 0, atol=1e-12)


@pytest.mark.parametrize(
    ("S", "message"),
    [
        (
            pd.DataFrame({"age": range(17)}),
            r"S \(17 rows\) and rows \(18\) are labelled differently",
        ),
        (
            pd.DataFrame({"age": range(18)}, index=range(1, 19)),
            r"S has 1 labels that rows does not have \(18\)",
        ),
        (pd.DataFrame({"age": [np.nan, *range(17)]}), r"missing values: column 'age' \(1\)"),
        (pd.DataFrame({"age": [np.inf, *range(17)]}), "infinite numbers: column 'age'"),
        (pd.DataFrame({"age": [0.1] * 18}), "do not vary: 'age'"),
        (pd.DataFrame({"sex": [None, *"fm" * 8, "f"]}), r"missing values: column 'sex' \(1\)"),
    ],
)
def test_what_cannot_be_placed_is_refused(S, message):
    with pytest.raises(ValueError, match=message):
        FITTED.supplementary(S)
