"""Answers to items as the analysis takes them, for scales of three kinds."""

from __future__ import annotations

import pandas as pd
import pytest

from kinds_study import questionnaire
from typology.questionnaire import Questionnaire
from typology.questionnaire.answer_scale import NO_OPINION
from typology.questionnaire.item_answers import (
    answer_categories,
    category_ids,
    category_position,
    coded,
    degrees,
    no_opinions,
    offers_no_opinion,
    passive_opinions,
)


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return Questionnaire.model_validate(questionnaire())


ITEMS = pd.DataFrame(
    {"H1": [0, 10, 5], "D1": [9, 1, None], "N1": [8, 7, 8]}, index=list("abc"), dtype="Int64"
)


def test_degrees_are_the_points_of_the_scales(asked: Questionnaire) -> None:
    found = degrees(ITEMS, asked)
    assert found.isna().to_numpy().tolist() == [
        [False, True, True], [False, False, False], [False, True, True],
    ]  # fmt: skip
    assert found.loc["b"].tolist() == [10, 1, 7]
    plain = ITEMS[["H1"]]
    assert degrees(plain, asked) is plain


def test_who_said_dont_know_is_told_by_how_it_counts(asked: Questionnaire) -> None:
    every = no_opinions(ITEMS, asked)
    assert every.to_numpy().tolist() == [
        [False, True, True], [False, False, False], [False, False, True],
    ]  # fmt: skip
    assert every.index.tolist() == list("abc")
    assert {str(each) for each in every.dtypes} == {"bool"}
    assert no_opinions(ITEMS, asked, counted_as=["category"])["D1"].tolist() == [True, False, False]
    assert not no_opinions(ITEMS, asked, counted_as=["category"])["N1"].any()
    assert no_opinions(ITEMS, asked, counted_as=["passive"])["N1"].tolist() == [True, False, True]
    assert not no_opinions(ITEMS, asked, counted_as=["missing"]).to_numpy().any()
    assert offers_no_opinion(asked)


def test_a_study_without_dont_know_offers_none() -> None:
    content = questionnaire()
    for scale in ("frequency", "seven"):
        content["scales"][scale].pop("no_opinion")
    assert not offers_no_opinion(Questionnaire.model_validate(content))


def test_categories_are_merged_points_and_dont_know(asked: Questionnaire) -> None:
    found = answer_categories(ITEMS, asked)
    assert found.to_numpy(dtype=object, na_value=None).tolist() == [
        ["0..3", NO_OPINION, NO_OPINION], ["7..10", "1", "7"], ["4..6", None, NO_OPINION],
    ]  # fmt: skip
    assert found.index.tolist() == list("abc")
    assert {str(each) for each in found.dtypes} == {"object"}
    assert found.loc["c", "D1"] is None


def test_each_code_of_a_scale_has_its_category(asked: Questionnaire) -> None:
    assert category_ids(asked.scale_of("D1")) == {
        1: "1", 2: "2", 3: "3", 4: "4", 9: NO_OPINION,
    }  # fmt: skip
    assert category_ids(asked.scale_of("H1"))[3] == "0..3"
    content = questionnaire()
    content["scales"]["frequency"]["no_opinion"]["counts_as"] = "missing"
    missing = Questionnaire.model_validate(content)
    assert 9 not in category_ids(missing.scale_of("D1"))
    assert answer_categories(ITEMS, missing)["D1"].tolist() == [None, "1", None]


def test_codes_without_a_category_have_none() -> None:
    found = coded(pd.Series([1, 2, None, 3.0], dtype="Float64"), {1: "a", 3: "c"})
    assert found.tolist() == ["a", None, None, "c"]
    assert found.dtype == object


def test_opinions_that_make_no_axis(asked: Questionnaire) -> None:
    assert passive_opinions(asked, ["H1", "D1", "N1", "N2"]) == [
        ("N1", NO_OPINION), ("N2", NO_OPINION),
    ]  # fmt: skip


def test_categories_stand_by_their_first_code_then_those_without() -> None:
    names = [NO_OPINION, "10", "4..6", "-1", "0..3", "7..9"]
    assert sorted(names, key=category_position) == ["-1", "0..3", "4..6", "7..9", "10", NO_OPINION]
    assert category_position("4..6") == (0, 4)
    assert category_position("x") == (1, 0)
