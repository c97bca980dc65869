"""Published percentages of a sample: what keeps whole numbers from standing behind them."""

from __future__ import annotations

from typing import Any

import pytest

from typology.study.published_checks import published_problems

WHERE = "cafes.yml"


def told(**changes: Any) -> list[str]:
    content: dict[str, Any] = {
        "population_size": 50,
        "margins": {
            "size": {
                "population": {"small": 60, "large": 40},
                "published": {"percentages": {"small": 70, "large": 30}, "base": 10},
            }
        },
    }
    margin = content["margins"]["size"]
    for name, value in changes.items():
        if name in ("population_size", "margins"):
            content[name] = value
        elif name in ("population", "published"):
            margin[name] = value
        else:
            margin["published"][name] = value
    return [str(each) for each in published_problems(content, where=WHERE)]


PLACE = "cafes.yml › margins › size › published › percentages"


def test_what_whole_numbers_stand_behind_is_right() -> None:
    assert told() == []


def test_a_sample_is_of_one_at_least_and_of_fewer_than_all() -> None:
    """Of 10 people: 9 and 1 are all of them, 8 and 1 are not."""
    all_of_them = (
        f"{PLACE}: found 10 respondents, expected at least 1, and fewer than the 10 of the "
        "population. Correct the percentages, their base or the size of the population."
    )
    assert told(population_size=10, percentages={"small": 90, "large": 10}) == [all_of_them]
    assert told(population_size=10, percentages={"small": 80, "large": 10}) == []
    assert told(percentages={"small": 10, "large": 10}, base=10) == []
    assert told(percentages={"small": 10, "large": 0}, base=10) == []
    assert told(percentages={"small": 4, "large": 4}, base=10) == [
        f"{PLACE}: found 0 respondents, expected at least 1, and fewer than the 50 of the "
        "population. Correct the percentages, their base or the size of the population."
    ]


def test_nobody_of_a_population_cannot_have_answered() -> None:
    assert told(population={"small": 100, "large": 0}) == [
        f"{PLACE}: found large: 0, but 3 respondents, expected a figure above 0 for a category "
        "that respondents have. Correct the percentages, their base or the size of the population."
    ]
    nobody = {"small": 100, "large": 0}
    assert told(population=nobody, percentages=nobody) == []


def test_categories_of_one_of_the_two_are_told() -> None:
    assert told(percentages={"small": 70, "zzz": 30}) == [
        f"{PLACE}: found 'zzz', expected a category of the population (small, large). Name one of "
        "these categories.",
        f"{PLACE}: found nothing, expected a figure for 'large'. Add it; 0 if nobody of the sample "
        "is in it.",
    ]


def test_counts_are_no_percentages_of_a_population() -> None:
    assert told(population={"small": 600, "large": 400}) == [
        "cafes.yml › margins › size › population: found a sum of 1000, expected percentages, which "
        "add up to 100. Write the percentages of the population."
    ]


def test_what_was_not_published_is_asked_for() -> None:
    assert told(published=None) == [
        "cafes.yml › margins › size: found nothing, expected the key 'published'. Write what was "
        "published of the sample, or leave this margin out."
    ]


@pytest.mark.parametrize("size", [0, -5, "many", float("inf")])
def test_a_size_that_is_no_number_is_told_elsewhere(size: object) -> None:
    assert told(population_size=size) == []


def test_a_size_of_one_is_a_size() -> None:
    (one,) = told(population_size=1, population={"small": 100, "large": 0},
                  percentages={"small": 100, "large": 0})  # fmt: skip
    assert "fewer than the 1 of the population" in one


def test_a_missing_size_is_asked_for() -> None:
    assert told(population_size=None) == [
        "cafes.yml: found nothing, expected the key 'population_size'. Write how many people or "
        "units the percentages of the population are of."
    ]
    assert told(margins=["no", "mapping"]) == []
    assert told(margins={"size": "nothing"}) == []
    assert told(population={"small": "many", "large": 40}) == []
