"""How many axes a study keeps: what its rule may say, and where it ends."""

from __future__ import annotations

import re

import pytest

from typology.study.axis_rules import AxisRule, parse_axis_rule

RULE = "a number from 1, or a rule like 'greenacre >= 0.8' (benzecri, greenacre, percent)"
RATE = "a rate above 0 and up to 1 (or 100 %)"


@pytest.mark.parametrize(("rule", "number"), [(1, 1), ("1", 1), (" 12 ", 12), ("05", 5)])
def test_a_number_from_one_is_a_number_of_axes(rule: int | str, number: int) -> None:
    assert parse_axis_rule(rule) == AxisRule(number=number)
    assert str(parse_axis_rule(rule)) == str(number)


@pytest.mark.parametrize(
    ("rule", "rate", "threshold"),
    [
        ("greenacre >= 1", "greenacre", 100),  # a share, all of it
        ("greenacre >= 1.5", "greenacre", 1.5),  # above 1: a percentage
        ("greenacre >= 1 %", "greenacre", 1),
        ("percent>=100", "percent", 100),
        ("percent >= 100%", "percent", 100),
        ("benzecri  >=  0.05", "benzecri", 5),
        ("benzecri >= 0.5 %", "benzecri", 0.5),
    ],
)
def test_a_rate_is_a_share_up_to_one_and_a_percentage_above(
    rule: str, rate: str, threshold: float
) -> None:
    read = parse_axis_rule(rule)
    assert (read.number, read.rate, read.threshold) == (None, rate, threshold)
    assert str(read) == f"{rate} >= {threshold:g} %"


@pytest.mark.parametrize("rule", [0, "0", "-1", "1.5", "", "greenacre", "greenacre > 0.8",
                                  "kaiser >= 0.8", "greenacre >= .8", "greenacre >= 0,8",
                                  "greenacre >= 80 % of all"])  # fmt: skip
def test_what_is_no_rule_is_refused(rule: int | str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(RULE)}$"):
        parse_axis_rule(rule)


@pytest.mark.parametrize("rule", ["greenacre >= 0", "percent >= 0 %", "percent >= 100.1"])
def test_a_rate_of_nothing_or_of_more_than_all_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(RATE)}$"):
        parse_axis_rule(rule)
