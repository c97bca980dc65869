"""Figures of margins: what can be a figure, percentages, shares or counts, and what cannot."""

from __future__ import annotations

from typing import Any

import pytest

from typology.questionnaire import Questionnaire
from typology.study.margin_checks import (
    are_percentages,
    are_shares_or_counts,
    figure_problems,
    is_figure,
    margin_categories,
    name_problems,
)
from weighted_study import questionnaire


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return Questionnaire.model_validate(questionnaire())


@pytest.mark.parametrize(
    ("value", "figure"),
    [(0, True), (0.0, True), (-0.1, False), (-1, False), (1e15, False), (999_999_999_999_999, True),
     (True, False), (False, False), ("12", False), (None, False),
     (float("nan"), False), (float("inf"), False)],
)  # fmt: skip
def test_a_figure_is_a_number_from_nothing_that_counts_people(value: object, figure: bool) -> None:
    assert is_figure(value) is figure


@pytest.mark.parametrize(
    ("values", "percentages"),
    [
        ([49.5, 50.6], True),  # 100.1: half of a tenth for each of two
        ([49.5, 50.7], False),
        ([49.9, 50.0], True),  # 99.9
        ([49.8, 50.0], False),
        ([49, 50], True),  # 99: half of one for each of two
        ([49, 49], False),
        ([51, 51], False),
        ([33, 33, 33], True),  # 99
        ([33, 33, 32], False),
        ([40.0, 60.0], True),  # written with a zero that tells nothing
        ([12.25, 87.75], True),
        ([12.25, 87.77], False),
    ],
)
def test_percentages_are_wrong_by_half_their_last_digit_at_most(
    values: list[float], percentages: bool
) -> None:
    assert are_percentages(values) is percentages
    assert are_shares_or_counts(values) is (percentages or sum(values) > 100 + len(values) / 2)


@pytest.mark.parametrize(
    ("values", "known"),
    [
        ([0.4, 0.6], True),
        ([0.4, 0.7], True),  # 1.1: half of a tenth for each of two
        ([0.4, 0.5], True),
        ([0.4, 0.8], False),
        ([0.4, 0.4], False),
        ([0.25, 0.76], True),
        ([0.25, 0.77], False),
        ([1, 0], False),  # whole: shares or two people?
        ([51, 51], True),  # 102 people
        ([50, 51], True),  # 101: percentages as well
        ([1, 1, 1], False),
        ([60.5, 60.5], False),  # no whole counts
        ([1200, 1300], True),
    ],
)  # fmt: skip
def test_other_figures_are_shares_of_one_or_whole_counts_of_more_than_a_hundred(
    values: list[float], known: bool
) -> None:
    assert are_shares_or_counts(values) is known


@pytest.mark.parametrize(
    ("values", "known"), [([51, 52], True), ([34, 34, 33], True), ([34, 34, 34], True)]
)
def test_whole_counts_begin_where_percentages_end(values: list[float], known: bool) -> None:
    """101.5 is the most that three percentages add up to; 102 are people."""
    assert are_shares_or_counts(values) is known


def test_a_sum_that_is_nothing_is_told_with_its_margin() -> None:
    told = figure_problems(
        {
            "sex": {"population": {"f": 49, "m": 41}},
            "age": {"population": {"<40": 30, ">=40": 70}},
            "role": {"population": {"a": 90}},  # of one category: told elsewhere
            "place": {"population": {"town": "many", "country": 3}},  # likewise
            "other": "nothing",
            "size": {"population": {"small": 0.2, "large": 0.6}},
        },
        where="margins.yml",
    )
    assert [str(each) for each in told] == [
        "margins.yml › margins › sex › population: found a sum of 90, expected figures that add up "
        "to 100 (percentages), to 1 (shares), or whole counts. Correct them, or write the numbers "
        "of people.",
        "margins.yml › margins › size › population: found a sum of 0.8, expected figures that add "
        "up to 100 (percentages), to 1 (shares), or whole counts. Correct them, or write the "
        "numbers of people.",
    ]


def test_margins_are_single_choices_and_numbers_in_bands(asked: Questionnaire) -> None:
    categories = margin_categories(asked)
    for question in asked.respondent:
        assert (question.id in categories) == (
            question.type == "single" or bool(question.type == "number" and question.bands)
        )
    assert categories["sex"] == ["f", "m"]
    assert categories["age"] == ["<40", ">=40"]


def names_told(asked: Questionnaire, margins: dict[str, Any]) -> list[str]:
    return [str(each) for each in name_problems(margins, asked, where="margins.yml")]


def test_a_category_named_twice_is_told_once(asked: Questionnaire) -> None:
    assert names_told(asked, {"sex": {"population": {"f": 40, "m": 30, "f + m": 30}}}) == [
        "margins.yml › margins › sex › population: found 'f', expected each category once. Keep "
        "one of the two.",
        "margins.yml › margins › sex › population: found 'm', expected each category once. Keep "
        "one of the two.",
    ]
    assert names_told(asked, {"sex": {"population": {"f + m": 100}}}) == []


def test_an_unknown_category_is_told_with_those_there_are(asked: Questionnaire) -> None:
    told = names_told(asked, {"sex": {"population": {"f": 40, "zzz": 60}}})
    assert told == [
        "margins.yml › margins › sex › population: found 'zzz', expected an answer to sex (f, m). "
        "Name one of these answers.",
        "margins.yml › margins › sex › population: found nothing, expected a figure for 'm'. Add "
        'it, or merge it with another: "one + other".',
    ]


def test_an_unknown_question_is_told_with_those_there_are(asked: Questionnaire) -> None:
    (told,) = names_told(asked, {"zzzzzz": {"population": {"f": 40}}})
    assert told.startswith(
        "margins.yml › margins: found 'zzzzzz', expected a question with choices, or a number in "
        "bands ("
    )
    assert told.endswith(". Name one of these questions.")
    content = questionnaire()
    nothing = Questionnaire.model_validate(content | {"respondent": []})
    (told,) = [str(each) for each in name_problems({"sex": {}}, nothing, where="margins.yml")]
    assert told.endswith("Remove it.")
