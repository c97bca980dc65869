from __future__ import annotations

import pandas as pd
import pytest

from typology.questionnaire import Questionnaire
from typology.questionnaire.characteristics import band_codes, characteristic_categories
from typology.questionnaire.file import questionnaire_from_mapping


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return questionnaire_from_mapping(
        {
            "title": {"en": "Coffee"},
            "languages": ["en"],
            "scales": {"s": [{"code": 1, "en": "No"}, {"code": 2, "en": "Yes"}]},
            "blocks": [
                {"id": "hopes", "title": {"en": "Hopes"}, "scale": "s", "direction": "favourable",
                 "items": [{"id": "H1", "en": "It is hot"}]}
            ],
            "respondent": [
                {"id": "age", "type": "number", "en": "Age", "bands": [40, 50]},
                {"id": "place", "type": "single", "en": "Place",
                 "choices": [{"code": "town", "en": "Town"}, {"code": "land", "en": "Land"}]},
                {"id": "drinks", "type": "multiple", "en": "Drinks",
                 "choices": [{"code": "tea", "en": "Tea"}, {"code": "milk", "en": "Milk"}]},
                {"id": "words", "type": "text", "en": "Words"},
            ],
        }
    )  # fmt: skip


def test_numbers_fall_into_the_band_that_their_cut_point_opens(
    questionnaire: Questionnaire,
) -> None:
    ages = pd.DataFrame({"age": pd.array([39.9, 40, 49, 50, None], dtype="Float64")})
    table = characteristic_categories(questionnaire, ages)
    assert list(table["age"]) == ["<40", "40-49", "40-49", ">=50", "no answer"]
    assert list(table["age"].cat.categories) == ["<40", "40-49", ">=50", "no answer"]


def test_choices_keep_the_order_of_the_questionnaire(questionnaire: Questionnaire) -> None:
    places = pd.DataFrame({"place": pd.array(["land", "town"], dtype="string")})
    table = characteristic_categories(questionnaire, places)
    assert list(table["place"].cat.categories) == ["town", "land"]


def test_each_choice_of_a_multiple_question_is_yes_or_no(questionnaire: Questionnaire) -> None:
    drinks = pd.DataFrame(
        {"drinks:tea": pd.array([True, None], dtype="boolean"),
         "drinks:milk": pd.array([False, True], dtype="boolean")}
    )  # fmt: skip
    table = characteristic_categories(questionnaire, drinks)
    assert list(table["drinks:tea"]) == ["yes", "no answer"]
    assert list(table["drinks:milk"]) == ["no", "yes"]


def test_texts_are_no_categories(questionnaire: Questionnaire) -> None:
    words = pd.DataFrame({"words": pd.array(["hm"], dtype="string")})
    assert characteristic_categories(questionnaire, words).shape == (1, 0)


def test_bands_that_are_no_whole_numbers_have_codes_too() -> None:
    assert band_codes([1.5, 2.5]) == ["<1.5", "1.5-<2.5", ">=2.5"]
