"""Schmid and Leiman's general factor: against psych::omega, by hand and by property."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.items.factor import one_factor
from rfree.items.general_factor import minimum_residual_factors, schmid_leiman

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
REVERSED = ["A1", "C4", "C5", "E1", "E2", "O2", "O5"]
# psych's optimisers stop at a change of 1e-5 or so.
TOLERANCE = 2e-3


def matrix(case: str) -> pd.DataFrame:
    poly = pd.read_csv(REFERENCE / "factors" / "poly_correlations.csv")
    poly.index = poly.columns
    if case == "poly":
        return poly
    bfi = pd.read_csv(REFERENCE / "data" / "bfi.csv.gz")[list(poly.columns)]
    for item in REVERSED:
        if item in bfi:
            bfi[item] = 7 - bfi[item]
    return bfi.corr()


@pytest.mark.parametrize("case", ["pearson", "poly", "two"])
def test_omegas_are_those_of_psych(case: str):
    theirs = pd.read_csv(REFERENCE / "factors" / "omega.csv").set_index("case").loc[case]
    ours = schmid_leiman(matrix(case), n_factors=int(theirs["factors"]))
    for name in ("omega_hierarchical", "omega_total", "explained_common_variance"):
        assert getattr(ours, name) == pytest.approx(theirs[name], abs=TOLERANCE), name
    general = pd.read_csv(REFERENCE / "factors" / f"{case}_general.csv").set_index("item")
    np.testing.assert_allclose(ours.loadings["general"], general["general"], atol=5e-3)


def bifactor(general: float, group: float) -> pd.DataFrame:
    """Nine items in three groups, all loading alike."""
    table = np.full((9, 9), general**2) + group**2 * np.kron(np.eye(3), np.ones((3, 3)))
    np.fill_diagonal(table, 1)
    return pd.DataFrame(table)


def test_a_known_structure_is_found_by_hand():
    # Sum of the correlations: 9 + 18 (.36 + .25) + 54 .36 = 39.42; general part (9 x .6)^2.
    found = schmid_leiman(bifactor(0.6, 0.5))
    np.testing.assert_allclose(found.loadings["general"], 0.6, atol=1e-5)
    assert found.omega_hierarchical == pytest.approx(5.4**2 / 39.42, abs=1e-5)
    assert found.omega_total == pytest.approx(1 - 9 * 0.39 / 39.42, abs=1e-5)
    assert found.explained_common_variance == pytest.approx(0.36 / 0.61, abs=1e-5)


def test_the_model_reproduces_what_its_factors_reproduce():
    correlations = matrix("poly")
    found = schmid_leiman(correlations)
    common = found.loadings.drop(columns="uniqueness").to_numpy()
    factors = minimum_residual_factors(correlations.to_numpy(), 3)
    np.testing.assert_allclose(common @ common.T, factors @ factors.T, atol=1e-6)
    np.testing.assert_allclose(
        np.square(common).sum(axis=1) + found.loadings["uniqueness"], 1, atol=1e-6
    )
    assert found.omega_hierarchical <= found.omega_total


def test_one_factor_by_minimum_residuals_is_the_same_either_way():
    correlations = matrix("poly")
    alone = np.abs(minimum_residual_factors(correlations.to_numpy(), 1).ravel())
    np.testing.assert_allclose(alone, one_factor(correlations).loadings, atol=1e-5)


def test_items_turned_round_together_change_nothing():
    correlations = matrix("poly")
    assert schmid_leiman(correlations.iloc[::-1, ::-1]).omega_hierarchical == pytest.approx(
        schmid_leiman(correlations).omega_hierarchical, abs=1e-5
    )


def test_too_few_items_are_told():
    with pytest.raises(ValueError, match="3 group factors were asked for of 5 items"):
        schmid_leiman(bifactor(0.6, 0.5).iloc[:5, :5])
    with pytest.raises(ValueError, match="at least 2"):
        schmid_leiman(bifactor(0.6, 0.5), n_factors=1)


def test_an_item_is_at_the_bound_where_nearly_nothing_is_left_of_it():
    # Two groups of three items with loadings 1 - u: what is left of an item is u.
    def left(u: float) -> tuple[str, ...]:
        loadings = np.array([np.sqrt(1 - u), 0.7, 0.6])
        group = np.outer(loadings, loadings)
        table = np.block([[group, 0.3 * group], [0.3 * group, group]])
        np.fill_diagonal(table, 1)
        names = [f"{letter}{at}" for letter in "ab" for at in range(3)]
        found = schmid_leiman(pd.DataFrame(table, names, names), n_factors=2)
        assert found.loadings["uniqueness"].iloc[0] == pytest.approx(max(u, 0.005), abs=5e-4)
        return found.bounded

    assert left(0.007) == left(0.3) == ()
    assert left(0.002) == ("a0", "b0")
