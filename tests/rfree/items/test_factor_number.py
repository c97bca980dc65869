"""Parallel analysis of polychoric correlations: against psych::fa.parallel and by property."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.items.factor_number import polychoric_parallel_analysis

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"


def items() -> pd.DataFrame:
    bfi = pd.read_csv(REFERENCE / "data" / "bfi.csv.gz").iloc[:200]
    own = bfi[["A1", "A2", "A3", "A4", "A5", "E1"]]
    return own.assign(A1=7 - own["A1"], E1=7 - own["E1"])


def test_eigenvalues_and_numbers_are_those_of_psych():
    theirs = pd.read_csv(REFERENCE / "factors" / "parallel.csv")
    numbers = pd.read_csv(REFERENCE / "factors" / "parallel_numbers.csv").iloc[0]
    ours = polychoric_parallel_analysis(items(), replicates=20, seed=4)
    # psych's polychoric correlations stop at about four decimals.
    np.testing.assert_allclose(ours.table["component"], theirs["component"], atol=2e-3)
    np.testing.assert_allclose(ours.table["factor"], theirs["factor"], atol=5e-3)
    # Quantiles of 20 draws on either side: their spread is about .05.
    np.testing.assert_allclose(ours.table["component_chance"], theirs["component_chance"], atol=0.2)
    assert ours.n_components == numbers["components"]
    assert (ours.n_respondents, ours.replicates) == (200, 20)
    assert list(ours.table) == [
        "number", "component", "component_chance", "factor", "factor_chance",
    ]  # fmt: skip
    assert ours.table["number"].tolist() == [1, 2, 3, 4, 5, 6]


def attitudes(n_factors: int) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    factors = np.repeat(rng.normal(size=(250, n_factors)), 4, axis=1)
    latent = 1.3 * factors + rng.normal(size=factors.shape)
    return pd.DataFrame(np.digitize(latent, [-1, 0, 1]) + 1)


@pytest.mark.parametrize("n_factors", [1, 2])
def test_as_many_components_as_attitudes_are_found(n_factors: int):
    found = polychoric_parallel_analysis(attitudes(n_factors), replicates=6, seed=1)
    assert found.n_components == n_factors
    assert found.n_factors >= n_factors
    table = found.table
    assert table["component"].sum() == pytest.approx(4 * n_factors)
    again = polychoric_parallel_analysis(attitudes(n_factors), replicates=6, seed=1)
    pd.testing.assert_frame_equal(again.table, table)


def test_who_misses_an_answer_is_left_out():
    answers = attitudes(1).astype(float)
    gaps = answers.copy()
    gaps.iloc[:10, 0] = np.nan
    found = polychoric_parallel_analysis(gaps, replicates=3, seed=1)
    assert found.n_respondents == 240
    without = polychoric_parallel_analysis(answers.iloc[10:], replicates=3, seed=1)
    np.testing.assert_allclose(found.table["component"], without.table["component"])


def test_settings_out_of_range_are_told():
    with pytest.raises(ValueError, match="replicates is 1"):
        polychoric_parallel_analysis(attitudes(1), replicates=1)
    with pytest.raises(ValueError, match="quantile"):
        polychoric_parallel_analysis(attitudes(1), quantile=1.0)
