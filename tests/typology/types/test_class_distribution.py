from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.items.measure import distribution_table
from typology.questionnaire import Questionnaire
from typology.types.class_distribution import class_distribution_table

QUESTIONNAIRE = Questionnaire.model_validate(
    {
        "title": {"en": "Coffee"},
        "languages": ["en"],
        "scales": {
            "three": [{"code": code, "en": f"Point {code}"} for code in (1, 2, 3)],
            "yes": [{"code": 0, "en": "No"}, {"code": 1, "en": "Yes"}],
        },
        "blocks": [
            {
                "id": "hopes",
                "title": {"en": "Hopes"},
                "scale": "three",
                "direction": "favourable",
                "items": [{"id": "H1", "en": "It is hot"}, {"id": "H2", "en": "It is black"}],
            },
            {
                "id": "facts",
                "title": {"en": "Facts"},
                "scale": "yes",
                "direction": "neutral",
                "items": [{"id": "F1", "en": "I drink it"}],
            },
        ],
    }
)


@pytest.fixture
def items() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    answers = pd.DataFrame(
        {
            "H1": rng.integers(1, 4, 60),
            "H2": rng.integers(1, 4, 60),
            "F1": rng.integers(0, 2, 60),
        },
        index=[f"R{i}" for i in range(60)],
        dtype="Int64",
    )
    answers.loc[["R3", "R40"], "H1"] = pd.NA
    return answers


def cell(table: pd.DataFrame, number: int, item: str, code: int) -> tuple[float, float]:
    row = table[(table["class"] == number) & (table["item"] == item) & (table["code"] == code)]
    return float(row["n"].iloc[0]), float(row["share"].iloc[0])


def test_counts_by_hand_with_weights_and_a_missing_answer() -> None:
    answers = pd.DataFrame(
        {"H1": [1, 3, pd.NA, 3], "H2": [2, 2, 2, 1], "F1": [0, 1, 1, pd.NA]}, dtype="Int64"
    )
    # n counts respondents; shares are those of the weights.
    table = class_distribution_table(
        answers, QUESTIONNAIRE, pd.Series([1, 1, 1, 2]), np.array([2.0, 4, 1, 1])
    )
    assert list(table.columns) == ["class", "block", "item", "code", "n", "share"]
    assert len(table) == 2 * (3 + 3 + 2)
    assert cell(table, 1, "H1", 1) == pytest.approx((1, 100 / 3))
    assert cell(table, 1, "H1", 3) == pytest.approx((1, 200 / 3))
    assert cell(table, 1, "H2", 2) == pytest.approx((3, 100))
    assert cell(table, 2, "H1", 3) == pytest.approx((1, 100))
    n, share = cell(table, 2, "F1", 1)
    assert n == 0
    assert np.isnan(share)


def test_classes_add_up_to_the_distribution_of_all(items: pd.DataFrame) -> None:
    rng = np.random.default_rng(5)
    weights = rng.uniform(0.2, 3, 60)
    labels = pd.Series(rng.integers(1, 5, 60), index=items.index)
    table = class_distribution_table(items, QUESTIONNAIRE, labels, weights)
    summed = table.groupby(["block", "item", "code"], sort=False, as_index=False)["n"].sum()
    overall = distribution_table(items, QUESTIONNAIRE, weights)
    pd.testing.assert_frame_equal(summed, overall.drop(columns="share"), check_dtype=False)
    shares = table.groupby(["class", "item"])["share"].sum()
    np.testing.assert_allclose(shares, 100)


def test_a_class_alone_has_the_shares_of_all(items: pd.DataFrame) -> None:
    weights = np.ones(60)
    table = class_distribution_table(items, QUESTIONNAIRE, pd.Series(1, index=items.index), weights)
    overall = distribution_table(items, QUESTIONNAIRE, weights)
    pd.testing.assert_frame_equal(table.drop(columns="class"), overall, check_dtype=False)


def test_order_of_respondents_changes_nothing_and_inputs_are_left_alone(
    items: pd.DataFrame,
) -> None:
    rng = np.random.default_rng(6)
    weights = rng.uniform(1, 2, 60)
    labels = pd.Series(rng.integers(1, 4, 60), index=items.index)
    before = items.copy()
    table = class_distribution_table(items, QUESTIONNAIRE, labels, weights)
    order = rng.permutation(60)
    shuffled = class_distribution_table(
        items.iloc[order], QUESTIONNAIRE, labels.iloc[order], weights[order]
    )
    pd.testing.assert_frame_equal(table, shuffled)
    pd.testing.assert_frame_equal(items, before)


def test_labels_of_other_respondents_are_refused(items: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="indexed by the respondents"):
        class_distribution_table(items, QUESTIONNAIRE, pd.Series([1] * 60), np.ones(60))


def test_too_few_weights_are_refused(items: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"expected \(60,\)"):
        class_distribution_table(items, QUESTIONNAIRE, pd.Series(1, index=items.index), np.ones(59))
