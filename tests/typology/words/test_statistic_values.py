from __future__ import annotations

import math

from typology.words.statistic_values import replicated_p, statistic_text


def test_shares_are_in_percent_and_other_statistics_are_not() -> None:
    assert statistic_text("within_share", 0.1432, "fr") == "14,3\u00a0%"
    assert statistic_text("second_direction", 2.6653, "fr") == "2,67"


def test_p_values_have_the_decimals_that_the_replicates_give() -> None:
    assert replicated_p(7 / 100, "en").endswith("0.07")
    assert replicated_p(1 / 200, "en").endswith("0.005")
    assert replicated_p(3 / 20, "fr").endswith("0,15")
    assert replicated_p(math.nan, "fr") == "–"
