"""Tables of the classes that are more than what `rfree` gives."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from rfree import describe_categories
from typology.fit.classes import weighted_means
from typology.questionnaire import Questionnaire
from typology.types.measure import (
    class_categories_table,
    class_quantities_tables,
    class_variables_table,
    classes_table,
    examples_table,
    moves_table,
    placed_respondents,
    profiles_table,
    tree_table,
)


def classes(before: list[int], after: list[int]) -> Any:
    """Stand for the classes of a study, before and after consolidation."""
    return SimpleNamespace(hcpc=SimpleNamespace(tree_labels_=np.array(before)),
                           labels=pd.Series(after))  # fmt: skip


def test_a_branch_goes_on_in_the_class_that_keeps_the_most_of_it_whatever_its_number() -> None:
    moves = moves_table(classes([1, 1, 1, 2, 2, 3], [2, 2, 3, 1, 1, 3]))
    assert int(moves["n"].sum()) == 6
    own = moves[moves["continues"]]
    assert dict(zip(own["tree_class"], own["class"], strict=True)) == {1: 2, 2: 1, 3: 3}
    assert int(own["n"].sum()) == 5


def test_a_branch_can_lose_a_class_to_one_that_needs_it_more() -> None:
    # Branch 2 would rather be class 1 too (3 of 5), but branch 1 has nobody elsewhere.
    moves = moves_table(classes([1] * 4 + [2] * 5, [1] * 4 + [1] * 3 + [2] * 2))
    own = moves[moves["continues"]]
    assert dict(zip(own["tree_class"], own["class"], strict=True)) == {1: 1, 2: 2}


LABELS = pd.Series([1, 1, 2, 2, 2], index=list("vwxyz"), name="class")
WEIGHTS = np.array([1.0, 3.0, 1.0, 1.0, 2.0])


def described(**more: Any) -> Any:
    """Stand for two classes of five respondents."""
    names = pd.DataFrame(
        {"class": [1, 2], "type": ["calm", ""], "candidate": ["calm", "wary"],
         "distance": [0.1, 2.5], "fits": [True, False]}
    )  # fmt: skip
    means = pd.DataFrame({"hopes": [1.5, 3.0]}, index=pd.Index([1, 2], name="class"))
    return SimpleNamespace(labels=LABELS, names=names, means=means, types={1: "calm", 2: ""},
                           **more)  # fmt: skip


def test_a_class_counts_its_respondents_and_weighs_its_share() -> None:
    table = classes_table(described(), WEIGHTS)
    assert table["class"].tolist() == [1, 2]
    assert table["type"].tolist() == ["calm", ""]
    assert table["n"].tolist() == [2, 3]
    assert table["share"].tolist() == [50, 50]
    assert table["share_weighted"].tolist() == [True, True]
    assert table["mean_hopes"].tolist() == [1.5, 3.0]
    assert table["candidate"].tolist() == ["calm", "wary"]
    assert table["distance"].tolist() == [0.1, 2.5]
    assert table["fits"].tolist() == [True, False]
    plain = classes_table(described(), np.ones(5))
    assert plain["share"].tolist() == [40, 60]
    assert not plain["share_weighted"].any()


def test_a_respondent_has_a_row_with_class_branch_type_weight_and_place() -> None:
    coordinates = pd.DataFrame(
        np.arange(10.0).reshape(5, 2), index=list("vwxyz"), columns=["Axis 1", "Axis 2"]
    )
    axes: Any = SimpleNamespace(mca=SimpleNamespace(row_coordinates_=coordinates))
    hcpc = SimpleNamespace(tree_labels_=np.array([1, 2, 2, 2, 1]))
    table = placed_respondents(axes, described(hcpc=hcpc), WEIGHTS)
    expected = pd.DataFrame(
        {
            "respondent": pd.Series(list("vwxyz"), dtype="string"),
            "class": [1, 1, 2, 2, 2],
            "tree_class": [1, 2, 2, 2, 1],
            "type": ["calm", "calm", "", "", ""],
            "weight": WEIGHTS,
            "Axis 1": [0.0, 2, 4, 6, 8],
            "Axis 2": [1.0, 3, 5, 7, 9],
        }
    )
    pd.testing.assert_frame_equal(table, expected, check_dtype=False)
    assert table["respondent"].dtype == "string"


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    points = [{"code": at, "en": f"l{at}"} for at in (1, 2, 3)]
    return Questionnaire.model_validate(
        {
            "title": {"en": "t"},
            "languages": ["en"],
            "scales": {"s": points},
            "blocks": [
                {"id": name, "title": {"en": name}, "scale": "s", "direction": "favourable",
                 "items": [{"id": f"{name}1", "en": name}]}
                for name in ("hopes", "fears")
            ],
        }
    )  # fmt: skip


def test_profiles_are_weighted_means_and_shares_of_who_answered(asked: Questionnaire) -> None:
    items = pd.DataFrame(
        {"fears1": [3, 1, 3, 2, None], "hopes1": [1, 2, 3, 3, 3]}, index=LABELS.index, dtype="Int64"
    )
    table = profiles_table(items, asked, described(), WEIGHTS)
    assert table["class"].tolist() == [1, 1, 2, 2]
    assert table["item"].tolist() == ["fears1", "hopes1"] * 2
    assert table["block"].tolist() == ["fears", "hopes"] * 2
    assert table["n"].tolist() == [2, 2, 2, 3]
    np.testing.assert_allclose(table["mean"], [6 / 4, 7 / 4, 5 / 2, 3])
    np.testing.assert_allclose(table["agree_share"], [25, 0, 50, 100])
    np.testing.assert_allclose(table["overall_mean"], [11 / 6, 19 / 8] * 2)
    np.testing.assert_allclose(table["overall_agree_share"], [100 / 3, 50] * 2)


def test_a_mean_of_nobody_is_missing() -> None:
    values = pd.DataFrame({"a": [1.0, 2.0, np.nan, np.nan, np.nan]}, index=LABELS.index)
    means = weighted_means(values, LABELS, WEIGHTS)
    assert means.index.name == "class"
    assert means.loc[1, "a"] == pytest.approx(7 / 4)
    assert np.isnan(means.loc[2, "a"])


def test_active_and_supplementary_variables_are_told_apart() -> None:
    active = pd.DataFrame({"q": list("aabba")}, index=LABELS.index)
    other = pd.DataFrame({"s": list("cddcc"), "t": list("eefff")}, index=LABELS.index)
    table = class_categories_table(active, other, described(), np.ones(5))
    assert table.groupby("variable")["role"].unique().map(list).to_dict() == {
        "q": ["active"], "s": ["supplementary"], "t": ["supplementary"],
    }  # fmt: skip
    assert table["class"].is_monotonic_increasing
    # Adjusted p-values count the tests of their own role.
    alone = describe_categories(other, LABELS, sample_weight=np.ones(5))
    found = table[table["role"] == "supplementary"].drop(columns="role")
    pd.testing.assert_frame_equal(
        found.sort_values(list(found.columns[:3])).reset_index(drop=True),
        alone.sort_values(list(found.columns[:3])).reset_index(drop=True),
    )
    variables = class_variables_table(active, other, described(), np.ones(5))
    assert variables.set_index("variable")["role"].to_dict() == {
        "q": "active", "s": "supplementary", "t": "supplementary",
    }  # fmt: skip
    none = class_variables_table(active, other[[]], described(), np.ones(5))
    assert none["variable"].tolist() == ["q"]


def test_the_weights_reach_the_tests() -> None:
    active = pd.DataFrame({"q": list("aabba")}, index=LABELS.index)
    weighted, plain = (
        class_categories_table(active, active[[]], described(), weights)
        for weights in (WEIGHTS, np.ones(5))
    )
    shares = weighted.set_index(["class", "category"])["category_share"]
    assert shares.loc[1, "a"] == pytest.approx(100 * 4 / 4)
    assert not np.allclose(weighted.select_dtypes(float), plain.select_dtypes(float))
    two = [
        class_variables_table(active, active[[]], described(), weights)["p_value"].item()
        for weights in (WEIGHTS, np.ones(5))
    ]
    assert two[0] != pytest.approx(two[1])


def test_numbers_are_described_if_somebody_gave_one() -> None:
    numbers = pd.DataFrame(
        {"age": [30.0, 50, 40, 60, 40], "none": [np.nan] * 5}, index=LABELS.index
    )
    table = class_quantities_tables(numbers, described(), WEIGHTS)["class_quantities"]
    assert set(table["variable"]) == {"age"}
    means = table.set_index("class")["class_mean"]
    assert means.loc[1] == pytest.approx(45)
    assert means.loc[2] == pytest.approx(45)
    assert class_quantities_tables(numbers[["none"]], described(), WEIGHTS) == {}
    assert class_quantities_tables(numbers[[]], described(), WEIGHTS) == {}


def test_the_tree_is_in_scipys_form() -> None:
    linkage = np.array([[0, 1, 0.5, 2], [2, 3, 0.75, 3.0]])
    table = tree_table(described(hcpc=SimpleNamespace(linkage_=linkage)))
    assert list(table.columns) == ["left", "right", "height", "size"]
    assert table.to_numpy().tolist() == linkage.tolist()
    assert [table[name].dtype.kind for name in table] == ["i", "i", "f", "i"]


def test_examples_are_paragons_then_specific_respondents() -> None:
    def row(name: str) -> pd.DataFrame:
        return pd.DataFrame({"class": [1], "rank": [1], "respondent": [name], "distance": [0.5]})

    found = described(hcpc=SimpleNamespace(paragons_=row("v"), specifics_=row("z")))
    table = examples_table(found)
    assert list(table.columns) == ["kind", "class", "rank", "respondent", "distance"]
    assert table[["kind", "respondent"]].to_numpy().tolist() == [["paragon", "v"],
                                                                 ["specific", "z"]]  # fmt: skip
    assert table.index.tolist() == [0, 1]
