"""Tests of weighted respondents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f

from rfree.description.weighted_tests import rao_scott, weighted_rank_test

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference" / "models"


@pytest.mark.parametrize("case", ["bfi", "simulated"])
def test_rank_test_as_in_survey(case: str) -> None:
    sample = pd.read_csv(REFERENCE / f"{case}_sample.csv.gz").dropna(subset="age")
    expected = pd.read_csv(REFERENCE / "quantities.csv").set_index("case").loc[case]
    # R averages tied ranks without weights; its reference breaks ties by the order of the rows.
    distinct = sample["age"].to_numpy() + np.arange(1, len(sample) + 1) / 1e6
    classes = sample["class"].to_numpy() - 1
    result = weighted_rank_test(distinct, classes, sample["weight"].to_numpy())
    assert result.statistic * result.df == pytest.approx(expected["weighted_chi2"], rel=1e-9)
    assert result.df == expected["weighted_df"]
    assert result.df_denominator == len(sample) - 4
    assert result.p_value == pytest.approx(expected["p_weighted"], rel=1e-7)


def test_rank_test_does_not_depend_on_the_order_of_ties() -> None:
    random = np.random.default_rng(5)
    values, classes = random.integers(0, 4, 60).astype(float), np.repeat([0, 1, 2], 20)
    weights = random.uniform(0.5, 2, 60)
    order = random.permutation(60)
    straight = weighted_rank_test(values, classes, weights)
    turned = weighted_rank_test(values[order], classes[order], weights[order])
    assert straight.p_value == pytest.approx(turned.p_value, rel=1e-12)


def test_scale_of_the_weights_changes_nothing() -> None:
    random = np.random.default_rng(6)
    rows, columns = random.integers(0, 3, 90), random.integers(0, 2, 90)
    weights = random.uniform(0.5, 2, 90)
    assert rao_scott(rows, columns, weights).p_value == pytest.approx(
        rao_scott(rows, columns, 7 * weights).p_value, rel=1e-12
    )


def test_equal_weights_give_about_chi_squared() -> None:
    random = np.random.default_rng(8)
    rows, columns = random.integers(0, 3, 5000), random.integers(0, 3, 5000)
    result = rao_scott(rows, columns, np.ones(5000))
    assert result.df == pytest.approx(4, abs=0.05)
    assert result.p_value == pytest.approx(f.sf(result.statistic, 4, 1e9), abs=0.01)


def test_weights_unrelated_to_anything_keep_the_level_of_the_test() -> None:
    random = np.random.default_rng(9)
    rejected = 0
    for _ in range(300):
        rows, columns = random.integers(0, 2, 150), random.integers(0, 3, 150)
        weights = random.lognormal(0, 0.8, 150)
        rejected += rao_scott(rows, columns, weights).p_value < 0.05
    # 15 expected; beyond 31 with a probability of about one in ten thousand.
    assert 2 <= rejected <= 31


def test_one_category_is_not_tested() -> None:
    assert np.isnan(rao_scott(np.zeros(5, int), np.array([0, 1, 0, 1, 1]), np.ones(5)).p_value)
    assert np.isnan(weighted_rank_test(np.ones(4), np.array([0, 0, 1, 1]), np.ones(4)).p_value)
