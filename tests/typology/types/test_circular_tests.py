"""What made the types is ranked, and has no p-value where somebody reads it."""

from __future__ import annotations

import pandas as pd

from made_up_members import labels
from typology.documents.explorer.type_content import type_portraits
from typology.types.associations import all_tests_table

TESTS = pd.DataFrame(
    {
        "class": [1, 1],
        "variable": ["hopes1", "sex"],
        "role": ["active", "supplementary"],
        "category": ["1", "male"],
        "category_share": [60.0, 70.0],
        "overall_share": [40.0, 50.0],
        "p_value": [1e-4, 1e-4],
        "p_adjusted": [0.001, 0.001],
        "v_test": [9.0, 4.0],
    }
)


def test_the_table_of_tests_gives_p_values_of_the_other_variables_alone() -> None:
    tables = {"class_categories": TESTS, "classes": pd.DataFrame({"class": [1], "type": [""]})}
    rows = all_tests_table(tables, labels("en"), 1).rows
    assert [row[-2:] for row in rows] == [("4.0", "0.001"), ("9.0", "–")]


def test_the_explorer_is_given_no_p_value_of_an_active_category() -> None:
    found = type_portraits(TESTS)["1"]
    assert "p_adjusted" not in found["active"][0]
    assert found["active"][0]["v_test"] == 9.0
    assert found["supplementary"][0]["p_adjusted"] == 0.001
