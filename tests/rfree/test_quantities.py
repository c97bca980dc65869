"""Means of numbers by class: nothing is found where nothing varies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f_oneway

from rfree import describe_quantities
from rfree.quantities import describe_quantity_links


@pytest.mark.parametrize("value", [0.1, 0.3, 1 / 3, 1e-9, 45.7, 1e12 + 0.1])
@pytest.mark.parametrize("seed", range(4))
def test_a_number_that_does_not_vary_says_nothing_whatever_its_rounding(
    value: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    n = 157
    Q = pd.DataFrame({"same": np.full(n, value), "age": rng.normal(45, 10, n)})
    Q.loc[rng.random(n) < 0.1, "same"] = np.nan
    labels, weights = rng.integers(1, 4, n), rng.uniform(0.3, 3.0, n)
    for weight in (None, weights):
        table = describe_quantities(Q, labels, sample_weight=weight)
        same = table[table["variable"] == "same"]
        assert (same["v_test"] == 0).all()
        assert (same["p_value"] == 1).all()
        assert (same["overall_sd"] == 0).all()
        assert (table.loc[table["variable"] == "age", "v_test"] != 0).all()
        links = describe_quantity_links(Q, labels, sample_weight=weight).set_index("variable")
        assert np.isnan(links.loc["same", "eta2"])
        assert links.loc["same", "p_value"] == 1
        assert links.loc["age", "p_value"] < 1


@pytest.mark.parametrize("other", [-7.0, 7.0])
def test_respondents_who_weigh_nothing_do_not_make_a_number_vary(other: float) -> None:
    rng = np.random.default_rng(5)
    Q = pd.DataFrame({f"q{at}": np.full(41, value) for at, value in enumerate(rng.random(30))})
    Q.iloc[40] = other
    weights = np.append(rng.uniform(0.3, 3, 40), 0.0)
    table = describe_quantities(Q, rng.integers(1, 3, 41), sample_weight=weights)
    assert (table["v_test"] == 0).all()
    assert (table["overall_sd"] == 0).all()


def test_a_number_that_hardly_varies_is_still_tested() -> None:
    Q = pd.DataFrame({"length": 1e6 + np.array([0.0, 0.0, 1e-3, 1e-3])})
    table = describe_quantities(Q, [1, 1, 2, 2])
    # By hand: the means are half a standard deviation's double away, sqrt(2 * 3 / 2).
    assert table["v_test"].tolist() == pytest.approx([-np.sqrt(3), np.sqrt(3)], rel=1e-5)


def test_links_are_those_of_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(2)
    labels = rng.integers(1, 4, 60)
    values = rng.normal(0, 1, 60) + 0.3 * labels
    row = describe_quantity_links(pd.DataFrame({"q": values}), labels).iloc[0]
    expected = f_oneway(*(values[labels == number] for number in (1, 2, 3)))
    assert (row["f"], row["p_value"]) == pytest.approx((expected.statistic, expected.pvalue))
