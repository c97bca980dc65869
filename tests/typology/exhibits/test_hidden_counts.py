"""Numbers that would tell of a few: shown as coarsely as the tables have them."""

from __future__ import annotations

import math

import pytest

from typology.exhibits.hidden_counts import least_effect, told_effect, told_p

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("effect", "hidden", "sign", "told"),
    [
        (0.379, False, "", "0.38"),
        (0.379, False, "=", f"={NBSP}0.38"),
        (0.4, True, "=", f"={NBSP}0.4"),
        (0.1, True, "", "0.1"),
        (0.0, True, "=", f"<{NBSP}0.05"),
        (0.0, False, "=", f"={NBSP}0.00"),
        (math.nan, True, "=", "·"),
        (math.nan, False, "=", "–"),
    ],
)
def test_an_effect_has_the_decimals_that_are_told_of_it(
    effect: float, hidden: bool, sign: str, told: str
) -> None:
    row = {"effect": effect, "hidden": hidden}
    assert told_effect(row, "effect", "en", sign=sign) == told


@pytest.mark.parametrize(
    ("p", "hidden", "told"),
    [
        (0.0123, False, "0.012"),
        (0.01, True, "0.01"),
        (0.6, True, "0.6"),
        (0.004, True, "0.004"),
        (0.0005, True, f"<{NBSP}0.001"),
        (1.0, True, "1.0"),
        (math.nan, True, "·"),
        (math.nan, False, "–"),
    ],
)
def test_a_p_value_has_the_digit_that_is_told_of_it(p: float, hidden: bool, told: str) -> None:
    assert told_p({"p": p, "hidden": hidden}, "p", "en") == told


def test_a_coarse_effect_is_at_least_what_rounds_to_it() -> None:
    assert least_effect({"v": 0.3, "hidden": True}, "v") == pytest.approx(0.25)
    assert least_effect({"v": 0.3}, "v") == 0.3
