"""The order of classes, and what is no class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree.base.class_labels import check_labels, check_numbers, read_classes
from rfree.classes.partition_agreement import adjusted_rand, overlap_table
from rfree.description.catdes import describe_categories, describe_variables
from rfree.description.characteristics import characteristics_table
from rfree.description.quantities import describe_quantities
from rfree.membership.design_matrix import design_matrix
from rfree.membership.marginal_effects import average_marginal_effects
from rfree.membership.multinomial import multinomial_logit
from rfree.membership.ordered import ordered_logit

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"
LEVELS = ["low", "mid", "high"]


def names(labels: Any) -> list[object]:
    return list(read_classes(labels)[0].tolist())


@pytest.mark.parametrize("ordered", [True, False])
def test_a_factor_keeps_its_order_without_unused_levels(ordered: bool) -> None:
    factor = pd.Categorical(["high", "low", "high"], [*LEVELS, "none"], ordered=ordered)
    for labels in (factor, pd.Series(factor), pd.DataFrame({"class": factor})):
        assert names(labels) == ["low", "high"]
        assert read_classes(labels)[1].tolist() == [1, 0, 1]


def test_numbers_come_in_numerical_order_then_texts() -> None:
    assert names(["10", "2", "1"]) == ["1", "2", "10"]
    assert names([10, 2, 1]) == [1, 2, 10]
    assert names([2.5, 10.0, -1.0]) == [-1.0, 2.5, 10.0]
    assert names(np.array([1, "c", "c", 1, "10", "b"], dtype=object)) == [1, "10", "b", "c"]
    assert names([True, False]) == [False, True]


def test_numbers_stay_numbers() -> None:
    for labels in (np.array([3, 1]), pd.Series([3, 1]), pd.Series([3, 1], dtype="Int64"), [3, 1]):
        found, classes = read_classes(labels)
        assert np.issubdtype(found.dtype, np.integer)
        assert classes.tolist() == [1, 0]


@pytest.mark.parametrize(
    "labels",
    [["a", None, "b"], [1.0, np.nan, 2.0], pd.Series([1, pd.NA, 2], dtype="Int64"),
     pd.Categorical(["a", None, "b"])],
)  # fmt: skip
def test_missing_classes_are_counted(labels: Any) -> None:
    with pytest.raises(ValueError, match="labels has 1 missing values: every respondent"):
        read_classes(labels)


def test_classes_that_read_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="labels has classes that read the same: 1, '1'"):
        read_classes(np.array([1, "1", 2], dtype=object))


def test_a_description_needs_two_classes_that_weigh_something() -> None:
    with pytest.raises(ValueError, match="one class only"):
        check_labels(["a", "a"], np.ones(2), 2)
    with pytest.raises(ValueError, match="No respondent of class b has a weight"):
        check_labels(["a", "b"], np.array([1.0, 0.0]), 2)
    with pytest.raises(ValueError, match=r"labels has 3 values; .* each of 2 rows"):
        check_labels(["a", "b", "a"], np.ones(2), 2)


def test_classes_that_must_be_numbers() -> None:
    assert check_numbers(pd.Series(["2", "1"]), 2, name="x").tolist() == [2, 1]
    for given in ([2.0, 1.0], ["2", "1"], np.array([2, 1], dtype=np.int8), [2, 1]):
        found = check_numbers(given, 2, name="x")
        assert found.tolist() == [2, 1]
        assert found.dtype == np.int64
    with pytest.raises(ValueError, match=r"x must be whole numbers; these are not: 1.5, 'b'"):
        check_numbers(np.array([1.5, "b", 2], dtype=object), 3, name="x")
    with pytest.raises(ValueError, match="x has 2 values; expected one class for each of 3"):
        check_numbers([1, 2], 3, name="x")


def test_classes_are_put_in_the_order_of_the_rows() -> None:
    rows = pd.DataFrame({"q": [1, 2, 3]}, index=list("abc"))
    turned = pd.Series([3, 2, 1], index=list("cba"))
    assert check_numbers(turned, rows, name="x").tolist() == [1, 2, 3]
    found, classes = check_labels(turned, np.ones(3), rows)
    assert (found.tolist(), classes.tolist()) == ([1, 2, 3], [0, 1, 2])
    other = turned.set_axis(list("xyz"))
    with pytest.raises(ValueError, match=r"labels \(3 rows\) and design \(3\) are labelled"):
        check_labels(other, np.ones(3), rows, of="design")
    with pytest.raises(ValueError, match=r"x \(3 rows\) and design \(3\) are labelled"):
        check_numbers(other, rows, name="x", of="design")
    with pytest.raises(ValueError, match=r"x \(3 rows\) and X \(3\) are labelled"):
        check_numbers(other, rows, name="x")
    with pytest.raises(ValueError, match="x has 1 missing values"):
        check_numbers(pd.Series([1, None, 2]), 3, name="x")
    with pytest.raises(ValueError, match=r"x has 2 values; expected one class for each of 3 rows"):
        check_numbers([1, 2], rows, name="x")


def test_positions_of_classes_are_whole_numbers() -> None:
    for labels in (["b", "a"], [2, 1], pd.Categorical(["b", "a"]), np.array([[2], [1]])):
        assert read_classes(labels)[1].dtype == np.int64
        assert read_classes(labels)[1].tolist() == [1, 0]


def test_a_class_of_little_weight_is_a_class() -> None:
    found, classes = check_labels(["b", "a", "b"], np.array([1e-9, 2.0, 0.0]), 3)
    assert (found.tolist(), classes.tolist()) == (["a", "b"], [1, 0, 1])


def test_an_ordered_factor_gives_the_model_of_polr() -> None:
    sample = pd.read_csv(REFERENCE / "ordered_sample.csv")
    factor = pd.Categorical(sample["y"], LEVELS, ordered=True)
    design = design_matrix(sample[["sex", "age"]], references={"sex": "f"})
    expected = pd.read_csv(REFERENCE / "ordered_factor.csv")
    for labels in (factor, pd.Series(factor, index=sample.index)):
        ours = ordered_logit(design, labels).coefficients
        assert ours["term"].tolist() == ["sex: m", "age", "low|mid", "mid|high"]
        # R's optim stops about 1e-6 of a standard error away.
        np.testing.assert_allclose(ours["estimate"], expected["estimate"], rtol=2e-5)


def test_marginal_effects_come_in_the_order_of_the_factor() -> None:
    sample = pd.read_csv(REFERENCE / "ordered_sample.csv")
    design = design_matrix(sample[["sex"]], references={"sex": "f"})
    factor = pd.Categorical(sample["y"], LEVELS)
    model = multinomial_logit(design, factor, reference="mid")
    assert model.coefficients["outcome"].unique().tolist() == ["low", "high"]
    assert average_marginal_effects(model)["class"].tolist() == LEVELS
    turned = ordered_logit(design, factor, order=LEVELS[::-1])
    assert average_marginal_effects(turned)["class"].tolist() == LEVELS[::-1]


def test_descriptions_follow_the_order_of_the_classes() -> None:
    X = pd.DataFrame({"q": list("ababab")})
    mixed = np.array([1, "c", "c", 1, "c", 1], dtype=object)
    assert describe_categories(X, mixed)["class"].unique().tolist() == [1, "c"]
    factor = pd.Categorical(["low", "high", "low", "high", "mid", "mid"], LEVELS)
    assert describe_categories(X, factor)["class"].unique().tolist() == LEVELS
    Q = pd.DataFrame({"age": np.arange(6.0)})
    assert describe_quantities(Q, factor)["class"].unique().tolist() == LEVELS
    assert describe_variables(X, factor)["df"].item() == 2


def test_categories_of_characteristics_are_in_numerical_order() -> None:
    X = pd.DataFrame({"patients": ["10", "2", "2", "10"]})
    table = characteristics_table(X, None, [1, 1, 2, 2])
    assert table["category"].unique().tolist() == ["2", "10"]
    design = design_matrix(pd.DataFrame({"patients": ["10", "2", "2", "30", "10", "30"]}))
    # As many of each: the first in order is the reference.
    assert design.terms["category"].tolist() == ["10", "30"]
    assert design.terms["reference"].unique().tolist() == ["2"]


def test_partitions_of_any_names_are_crossed() -> None:
    overlap = overlap_table(np.array([1, "c", 1, "c"], dtype=object), ["10", "2", "10", "2"])
    assert overlap.index.tolist() == [1, "c"]
    assert overlap.columns.tolist() == ["2", "10"]
    assert adjusted_rand(overlap) == 1.0


def test_a_table_of_labels_is_not_read_as_one_column() -> None:
    table = np.array([[1, 1, 2], [2, 1, 2]])
    with pytest.raises(ValueError, match=r"labels has shape \(2, 3\); expected one class"):
        read_classes(table)
    names, classes = read_classes(table.reshape(6, 1))
    assert names.tolist() == [1, 2]
    assert classes.tolist() == [0, 0, 1, 1, 0, 1]


def test_a_masked_label_is_missing() -> None:
    labels = np.ma.masked_array([1, 2, 1], [False, True, False])
    with pytest.raises(ValueError, match="labels has 1 missing values"):
        read_classes(labels)
    assert read_classes(np.ma.masked_array([1, 2, 1], False))[1].tolist() == [0, 1, 0]
