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


COLUMNS = ["variable", "kind", "category", "class", "n", "share", "mean", "sd", "median", "q1",
           "q3", "missing"]  # fmt: skip


def test_every_number_of_weighted_characteristics_by_hand() -> None:
    X = pd.DataFrame({"sex": ["f", "m", None, "f", "m"]}, index=list("abcde"))
    Q = pd.DataFrame({"age": [30.0, 50, 40, np.nan, 60]}, index=list("abcde"))
    weights = [1.0, 3, 2, 2, 0]
    table = characteristics_table(X, Q.iloc[::-1], [1, 1, 2, 2, 2], sample_weight=weights)
    assert list(table.columns) == COLUMNS
    assert table["variable"].tolist() == ["sex"] * 6 + ["age"] * 3
    assert table["kind"].tolist() == ["category"] * 6 + ["quantity"] * 3
    assert table["category"].tolist() == ["f"] * 3 + ["m"] * 3 + [""] * 3
    assert table["class"].tolist() == [0, 1, 2] * 3
    # Who weighs nothing is not counted; the shares are of those who answered.
    assert table["n"].tolist() == [2, 1, 1, 1, 1, 0, 3, 2, 1]
    assert table["missing"].tolist() == [1, 0, 1] * 2 + [1, 0, 1]
    assert table[["n", "missing"]].dtypes.tolist() == [np.int64, np.int64]
    np.testing.assert_allclose(table["share"][:6], [50, 25, 100, 50, 75, 0])
    assert table["share"][6:].isna().all()
    # Weights of mean 1: .5, 1.5 and 1 on 30, 50 and 40.
    mean = (0.5 * 30 + 1.5 * 50 + 40) / 3
    squares = 0.5 * (30 - mean) ** 2 + 1.5 * (50 - mean) ** 2 + (40 - mean) ** 2
    np.testing.assert_allclose(table["mean"][6:], [mean, 45, 40])
    sd = [np.sqrt(squares / 2), np.sqrt((0.5 * 15**2 + 1.5 * 5**2) / 1)]
    np.testing.assert_allclose(table["sd"][6:], [*sd, np.nan])
    assert table.loc[:5, ["mean", "sd", "median", "q1", "q3"]].isna().all(axis=None)
    assert (table["q1"][6:] <= table["median"][6:]).all()
    assert (table["median"][6:] <= table["q3"][6:]).all()


def test_a_class_that_answered_nothing_has_no_shares() -> None:
    X = pd.DataFrame({"sex": ["f", "m", None]})
    table = characteristics_table(X, None, [1, 1, 2]).set_index(["category", "class"])
    assert table.loc[[("f", 2), ("m", 2)], "share"].isna().all()
    assert table.loc[("f", 2), ["n", "missing"]].tolist() == [0, 1]


def test_quartiles_are_of_numbers_of_respondents() -> None:
    Q = pd.DataFrame({"age": [10.0, 20, 30, 40]})
    weights = [1, 1, 1, 5]
    table = characteristics_table(None, Q, [1, 1, 2, 2], sample_weight=weights, frequencies=True)
    # Eight respondents: the second, fourth and sixth, each between two of them.
    row = table.iloc[0]
    assert (row["q1"], row["median"], row["q3"]) == (25, 40, 40)
    assert (row["n"], row["missing"]) == (8, 0)
    halves = characteristics_table(
        None, Q, [1, 1, 2, 2], sample_weight=[0.5, 1, 1, 1], frequencies=True
    )
    assert halves["n"].tolist() == [3.5, 1.5, 2.0]


@pytest.mark.parametrize(
    ("X", "Q", "labels", "told"),
    [
        (pd.DataFrame({"a": ["x", "y"]}), None, ["u", "v"], "whole numbers from 1"),
        (pd.DataFrame({"a": ["x", "y"]}), None, [1.5, 2.5], "whole numbers from 1"),
        (None, pd.DataFrame({"a": ["x", "y"]}), [1, 2], "Q must hold numbers; column 'a' does not"),
        (["x"], None, [1, 2], "X must be"),
        (None, ["x"], [1, 2], "Q must be"),
        (pd.DataFrame({"a": ["x", "y"]}), None, [1, 2, 3], r"labels has 3 values; .* of 2 rows"),
    ],
)
def test_tables_that_cannot_be_described_are_told(X, Q, labels, told) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises((ValueError, TypeError), match=told):
        characteristics_table(X, Q, labels)


@pytest.mark.parametrize("one", ["X", "Q"])
def test_labels_and_weights_are_of_the_table_that_is_there(one: str) -> None:
    table = pd.DataFrame({"a": [1.0, 2.0]}, index=["p", "q"])
    both = {"X": None, "Q": None} | {one: table}
    with pytest.raises(ValueError, match=rf"labels \(2 rows\) and {one} \(2\) are labelled"):
        characteristics_table(**both, labels=pd.Series([1, 2]))
    with pytest.raises(ValueError, match=rf"sample_weight \(2 rows\) and {one} \(2\) are"):
        characteristics_table(**both, labels=[1, 2], sample_weight=pd.Series([1.0, 2]))
