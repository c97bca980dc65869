from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from typology.fit.active_table import ActiveTable, build_active_table
from typology.fit.axes import fit_axes
from typology.problems import InputError
from typology.study.axis_rules import AxisRule, parse_axis_rule


@pytest.fixture(scope="module")
def active() -> ActiveTable:
    rng = np.random.default_rng(3)
    attitude = rng.normal(size=200)
    items = {
        f"E{item}": np.digitize(attitude + rng.normal(size=200), [-1, 0, 1]) + 1
        for item in range(6)
    }
    return build_active_table(pd.DataFrame(items).astype("Int64"), missing_rule="own category")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (5, AxisRule(number=5)),
        ("5", AxisRule(number=5)),
        ("greenacre >= 0.8", AxisRule(rate="greenacre", threshold=80)),
        ("benzecri>=90 %", AxisRule(rate="benzecri", threshold=90)),
        ("percent >= 50", AxisRule(rate="percent", threshold=50)),
        ("percent >= 1", AxisRule(rate="percent", threshold=100)),
        ("percent >= 1 %", AxisRule(rate="percent", threshold=1)),
        ("percent >= 100", AxisRule(rate="percent", threshold=100)),
    ],
)
def test_rules_are_read(rule: int | str, expected: AxisRule) -> None:
    assert parse_axis_rule(rule) == expected


@pytest.mark.parametrize(
    "rule", [0, "-1", "greenacre > 0.8", "husson >= 1", "benzecri >= 0", "percent >= 100.5", ""]
)
def test_other_rules_are_refused(rule: int | str) -> None:
    with pytest.raises(ValueError, match=r"a number from 1|a rate above 0"):
        parse_axis_rule(rule)


def test_a_rate_keeps_the_fewest_axes_that_reach_it(active: ActiveTable) -> None:
    axes = fit_axes(active, AxisRule(rate="benzecri", threshold=95))
    cumulated = axes.mca.inertia_["benzecri"].fillna(0).cumsum()
    assert cumulated.iloc[axes.number - 1] >= 95
    assert axes.number == 1 or cumulated.iloc[axes.number - 2] < 95


def test_one_axis_is_kept_and_two_are_there_for_the_map(active: ActiveTable) -> None:
    axes = fit_axes(active, AxisRule(number=1))
    assert axes.number == 1
    assert axes.mca.row_coordinates_.shape[1] == 2


def test_more_axes_than_there_are_is_told_with_their_number(active: ActiveTable) -> None:
    with pytest.raises(InputError, match="at most 18 axes"):
        fit_axes(active, AxisRule(number=19))


def test_a_rate_never_reached_is_told_with_what_is(active: ActiveTable) -> None:
    with pytest.raises(InputError, match="a rate that is reached"):
        fit_axes(active, AxisRule(rate="greenacre", threshold=100))
