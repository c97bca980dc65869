"""The numbers of Table 1."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.description.characteristics import characteristics_table

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"


@pytest.mark.parametrize("case", ["bfi", "simulated"])
def test_quantities_as_in_r(case: str) -> None:
    sample = pd.read_csv(REFERENCE / f"{case}_sample.csv.gz")
    expected = pd.read_csv(REFERENCE / "summaries.csv")
    expected = expected[expected["case"] == case].reset_index(drop=True)
    result = characteristics_table(None, sample[["age"]], sample["class"])
    for column in ("class", "n", "missing", "mean", "sd", "q1", "median", "q3"):
        np.testing.assert_allclose(result[column], expected[column], rtol=1e-12)


def test_categories_by_hand() -> None:
    X = pd.DataFrame({"practice": ["solo", "group", "group", None, "solo"]})
    table = characteristics_table(X, None, [1, 1, 2, 2, 2]).set_index(["category", "class"])
    assert table.loc[("group", 0), "n"] == 2
    assert table.loc[("group", 0), "share"] == pytest.approx(50.0)
    assert table.loc[("solo", 2), "share"] == pytest.approx(50.0)
    assert table["missing"].groupby("class").first().to_dict() == {0: 1, 1: 0, 2: 1}


def test_counts_and_missing_add_up_to_the_classes() -> None:
    sample = pd.read_csv(REFERENCE / "simulated_sample.csv.gz")
    names = ["practice", "territory", "knowledge"]
    table = characteristics_table(sample[names], None, sample["class"])
    for (_, number), rows in table.groupby(["variable", "class"]):
        size = len(sample) if number == 0 else (sample["class"] == number).sum()
        assert rows["n"].sum() + rows["missing"].iloc[0] == size
        assert rows["share"].sum() == pytest.approx(100)


def test_whole_weights_are_worth_repeated_rows() -> None:
    random = np.random.default_rng(3)
    X = pd.DataFrame({"sex": random.choice(["f", "m"], 40)})
    Q = pd.DataFrame({"age": random.integers(25, 80, 40).astype(float)})
    classes, weights = np.tile([1, 2], 20), np.tile([1, 1, 2, 3], 10)
    weighted = characteristics_table(X, Q, classes, sample_weight=weights, frequencies=True)
    rows = np.repeat(np.arange(40), weights)
    repeated = characteristics_table(X.iloc[rows], Q.iloc[rows], classes[rows])
    pd.testing.assert_frame_equal(weighted, repeated, check_dtype=False)


def test_declared_categories_keep_order_and_empty_ones() -> None:
    levels = pd.Categorical(["b", "a", "b"], categories=["b", "z", "a"], ordered=True)
    table = characteristics_table(pd.DataFrame({"v": levels}), None, [1, 2, 1])
    assert table["category"].unique().tolist() == ["b", "z", "a"]
    assert table.loc[table["category"] == "z", "n"].tolist() == [0, 0, 0]


def test_a_class_without_any_answer_has_no_statistics() -> None:
    table = characteristics_table(None, pd.DataFrame({"age": [30.0, 40.0, np.nan]}), [1, 1, 2])
    row = table[table["class"] == 2].iloc[0]
    assert (row["n"], row["missing"]) == (0, 1)
    assert np.isnan(row["mean"])


def test_classes_start_at_one() -> None:
    with pytest.raises(ValueError, match="whole numbers from 1"):
        characteristics_table(pd.DataFrame({"a": ["x", "y"]}), None, [0, 1])


def test_one_table_is_needed_and_both_of_one_length() -> None:
    with pytest.raises(ValueError, match="both None"):
        characteristics_table(None, None, [1, 2])
    with pytest.raises(ValueError, match=r"Q \(3 rows\) and X \(2\) are labelled"):
        characteristics_table(
            pd.DataFrame({"a": ["x", "y"]}), pd.DataFrame({"b": [1.0, 2.0, 3.0]}), [1, 2]
        )
