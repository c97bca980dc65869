from __future__ import annotations

import math

import pytest

from typology.words.statistic_values import replicated_p, statistic_text


def test_shares_are_in_percent_and_other_statistics_are_not() -> None:
    assert statistic_text("within_share", 0.1432, "fr") == "14,3\u00a0%"
    assert statistic_text("second_direction", 2.6653, "fr") == "2,67"


def test_p_values_have_the_decimals_that_the_replicates_give() -> None:
    assert replicated_p(7 / 100, "en").endswith("0.07")
    assert replicated_p(1 / 200, "en").endswith("0.005")
    assert replicated_p(3 / 20, "fr").endswith("0,15")
    assert replicated_p(math.nan, "fr") == "–"


@pytest.mark.parametrize(
    ("value", "replicates", "named", "written"),
    [
        (1 / 500, 499, True, "p ≤ 0.002"), (1 / 500, 499, False, "≤ 0.002"),
        (1 / 100, 99, True, "p ≤ 0.01"), (2 / 500, 499, True, "p = 0.004"),
        (2 / 500, 499, False, "0.004"), (1 / 500, None, True, "p = 0.002"),
        (1 / 500, None, False, "0.002"), (1 / 5000, 4999, True, "p < 0.001"),
        (1 / 5000, 4999, False, "< 0.001"), (0.05, 99, True, "p = 0.05"),
        (0.125, 7, False, "≤ 0.125"), (0.1251, None, False, "0.125"),
    ],
)  # fmt: skip
def test_where_no_replicate_comes_as_far_the_p_value_is_no_more_than_that(
    value: float, replicates: float | None, named: bool, written: str
) -> None:
    found = replicated_p(value, "en", replicates, named=named)
    assert found.replace("\u00a0", " ") == written
    assert replicated_p(value, "fr", replicates, named=named).replace("\u00a0", " ") == (
        written.replace(".", ",")
    )
    if named:
        assert replicated_p(value, "en", replicates) == found


@pytest.mark.parametrize("name", ["within_share", "one_score"])
def test_statistics_that_are_shares(name: str) -> None:
    assert statistic_text(name, 0.5, "en") == "50.0%"
    assert statistic_text(f"{name}s", 0.5, "en") == "0.50"
