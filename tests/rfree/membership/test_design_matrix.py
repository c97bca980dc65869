"""Terms of a regression from a table of characteristics."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.membership.design_matrix import design_matrix


def _table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "practice": ["solo", "group", "group", None, "msp", "solo", "group"],
            "teaches": [True, False, True, False, False, False, True],
            "age": [31.0, 40, np.nan, 60, 52, 45, 38],
        },
        index=list("abcdefg"),
    )


def test_terms_are_named_and_compared_with_the_most_frequent_category() -> None:
    design = design_matrix(_table(), units={"age": 10})
    assert design.terms["term"].tolist() == [
        "practice: msp",
        "practice: solo",
        "teaches: True",
        "age (per 10)",
    ]
    # Of the five complete rows, two are solo and two are in a group: the first in order.
    assert design.terms["reference"].tolist() == ["group", "group", "False", ""]
    assert design.matrix.index.tolist() == ["a", "b", "e", "f", "g"]


def test_the_reference_is_by_choice() -> None:
    design = design_matrix(_table(), references={"practice": "msp"})
    assert design.terms["reference"].tolist()[:2] == ["msp", "msp"]
    assert design.matrix["practice: solo"].tolist() == [1, 0, 0, 1, 0]


def test_missing_answers_are_counted_and_left_out_or_a_category() -> None:
    left_out = design_matrix(_table())
    assert left_out.missing["missing"].tolist() == [1, 0, 1]
    assert left_out.n_left_out == 2
    category = design_matrix(_table(), no_answer="category")
    assert "practice: no answer" in category.matrix
    assert category.kept.tolist() == [True, True, False, True, True, True, True]


def test_the_table_is_not_modified() -> None:
    table = _table()
    design_matrix(table, units={"age": 10}, no_answer="category")
    pd.testing.assert_frame_equal(table, _table())


def test_all_wrong_options_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"'sex'.*'practice'"):
        design_matrix(_table(), references={"sex": "f"}, units={"practice": 2.0})


def test_a_reference_that_nobody_has_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'centre'.*group, msp, solo"):
        design_matrix(_table(), references={"practice": "centre"})


def test_a_characteristic_that_does_not_vary_is_refused() -> None:
    with pytest.raises(ValueError, match=r"do not vary.*same"):
        design_matrix(_table().assign(same="x"))


def test_combined_terms_are_refused() -> None:
    table = _table().assign(older=_table()["age"] + 10)
    with pytest.raises(ValueError, match="combinations of others"):
        design_matrix(table)


def test_nobody_complete_is_refused() -> None:
    with pytest.raises(ValueError, match="every characteristic"):
        design_matrix(pd.DataFrame({"a": ["x", None], "b": [None, "y"]}))
