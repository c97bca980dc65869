"""One factor by minimum residuals: planted loadings, R's psych, bounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.items.association import polychoric
from rfree.items.factor import items_alike, one_factor

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"


def implied(loadings: np.ndarray) -> pd.DataFrame:
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1)
    return pd.DataFrame(matrix)


def test_planted_loadings_are_found():
    planted = np.linspace(0.2, 0.9, 30)
    result = one_factor(implied(planted))
    assert np.allclose(result.loadings, planted, rtol=0, atol=1e-7)
    assert np.allclose(result.uniquenesses, 1 - planted**2, rtol=0, atol=1e-7)
    assert result.rmsr < 1e-8
    assert result.bounded == ()


def test_sum_of_loadings_is_not_negative():
    planted = np.array([-0.8, -0.7, -0.6, 0.3])
    assert np.allclose(one_factor(implied(planted)).loadings, -planted, rtol=0, atol=1e-7)


def test_triad_by_hand():
    # Three items: the first loading is sqrt(r12 r13 / r23).
    matrix = pd.DataFrame([[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]])
    expected = np.sqrt([0.5 * 0.4 / 0.3, 0.5 * 0.3 / 0.4, 0.4 * 0.3 / 0.5])
    assert np.allclose(one_factor(matrix).loadings, expected, rtol=0, atol=1e-7)


def test_loadings_of_bfi_blocks_are_those_of_psych():
    bfi = pd.read_csv(REFERENCE / "data" / "bfi.csv.gz")
    by_item = pd.read_csv(REFERENCE / "psych" / "bfi_reliability_items.csv")
    turned = ["A1", "C4", "C5", "E1", "E2", "O2", "O5"]
    keyed = bfi.assign(**{item: 7 - bfi[item] for item in turned})
    for _, block in by_item.groupby("block"):
        model = one_factor(polychoric(keyed[block["item"].to_list()]).correlations)
        # psych's polychorics (1e-5) and its optimiser of the uniquenesses both stop early.
        assert np.allclose(model.loadings, block["loading"], rtol=0, atol=1e-4)
        assert np.allclose(model.uniquenesses, block["uniqueness"], rtol=0, atol=2e-4)


def test_minimum_is_stationary_and_below_its_surroundings():
    bfi = pd.read_csv(REFERENCE / "data" / "bfi.csv.gz")
    matrix = polychoric(bfi).correlations
    result = one_factor(matrix)
    # At the minimum each loading is the regression of its correlations on the others.
    for item in bfi.columns:
        others = [other for other in bfi.columns if other != item]
        loadings = result.loadings[others]
        best = (matrix.loc[item, others] @ loadings) / (loadings @ loadings)
        assert result.loadings[item] == pytest.approx(best, abs=1e-6)


def test_a_heywood_case_stops_at_the_bound_and_is_named():
    # Three items whose triad asks for a loading of sqrt(.8 x .8 / .3) = 1.46.
    matrix = pd.DataFrame(
        [[1, 0.8, 0.8], [0.8, 1, 0.3], [0.8, 0.3, 1]], index=list("abc"), columns=list("abc")
    )
    result = one_factor(matrix)
    assert result.bounded == ("a",)
    assert result.uniquenesses["a"] == pytest.approx(0.005)
    assert result.rmsr > 0.01
    assert (result.uniquenesses > 0).all()


def test_matrix_that_is_not_positive_definite_is_no_obstacle():
    matrix = pd.DataFrame([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    result = one_factor(matrix)
    assert np.isfinite(result.loadings).all()
    assert (result.uniquenesses >= 0.005 - 1e-12).all()


@pytest.mark.parametrize(("r", "expected"), [(0.49, [0.7, 0.7]), (-0.49, [0.7, -0.7])])
def test_two_items_share_their_correlation(r, expected):
    result = one_factor(pd.DataFrame([[1, r], [r, 1]]))
    assert np.allclose(result.loadings, expected, rtol=0, atol=1e-12)


def test_uncorrelated_items_have_no_loading():
    assert np.allclose(one_factor(pd.DataFrame(np.eye(4))).loadings ** 2, 0, rtol=0, atol=1e-5)


def test_a_single_item_is_refused():
    with pytest.raises(ValueError, match="at least two items"):
        one_factor(pd.DataFrame([[1.0]]))


def test_residuals_are_what_the_loadings_leave_and_keep_the_names():
    names = list("wxyz")
    rng = np.random.default_rng(3)
    matrix = pd.DataFrame(np.corrcoef(rng.normal(size=(4, 30)) + rng.normal(size=30)), names, names)
    result = one_factor(matrix)
    for one in names:
        for other in names:
            left = matrix.loc[one, other] - result.loadings[one] * result.loadings[other]
            assert result.residuals.loc[one, other] == pytest.approx(0 if one == other else left)
    off = result.residuals.to_numpy()[np.triu_indices(4, k=1)]
    assert result.rmsr == pytest.approx(np.sqrt(np.mean(off**2)))
    assert (result.loadings.name, result.uniquenesses.name) == ("loading", "uniqueness")
    assert result.loadings.index.tolist() == result.uniquenesses.index.tolist() == names
    assert result.bounded == ()


@pytest.mark.parametrize(("r", "size"), [(0.999, 0.995), (-0.999, 0.995), (0.5, 0.5)])
def test_two_items_that_are_nearly_one_stop_at_the_bound(r, size):
    result = one_factor(pd.DataFrame([[1, r], [r, 1]], list("ab"), list("ab")))
    assert (result.loadings**2).tolist() == pytest.approx([size, size])
    assert result.loadings["b"] * r > 0
    assert result.loadings["a"] > 0
    assert result.bounded == (("a", "b") if size == 0.995 else ())


def alike(pairs: dict[tuple[int, int], float], *, n_items: int = 24, common: float = 0.5):
    matrix = np.full((n_items, n_items), common)
    for (one, other), correlation in pairs.items():
        matrix[one, other] = matrix[other, one] = correlation
    np.fill_diagonal(matrix, 1.0)
    names = [f"Q{number}" for number in range(n_items)]
    return items_alike(one_factor(pd.DataFrame(matrix, index=names, columns=names)))


def test_each_set_of_items_alike_begins_with_the_one_most_like_the_others() -> None:
    found = alike({(3, 5): 0.85, (3, 9): 0.85, (5, 9): 0.75, (20, 21): 0.9})
    assert found == (("Q3", "Q5", "Q9"), ("Q20", "Q21"))
    assert alike({}) == ()


def test_partial_correlations_tell_who_is_alike() -> None:
    """With a factor of loadings .7, one of .6 is a correlation of .5 + .6 (1 - .5)."""
    assert alike({(0, 1): 0.83}) == (("Q0", "Q1"),)
    assert alike({(0, 1): 0.77}) == ()
    # One that resembles a third, if less, belongs to a theme.
    assert alike({(0, 1): 0.9, (0, 2): 0.75}) == ()
    assert alike({(0, 1): 0.9, (0, 2): 0.6}) == (("Q0", "Q1"),)


@pytest.mark.parametrize(
    ("size", "n_items", "told"), [(4, 24, True), (5, 40, False), (3, 12, False), (2, 6, True)]
)
def test_larger_sets_are_themes(size: int, n_items: int, told: bool) -> None:
    pairs = {(i, j): 0.9 for i in range(size) for j in range(i)}
    assert bool(alike(pairs, n_items=n_items, common=0.3)) == told


def test_opposite_wordings_are_alike_too_and_few_items_are_none() -> None:
    assert alike({(0, 1): -0.9}, common=0.3) == (("Q0", "Q1"),)
    assert alike({(0, 1): 0.9}, n_items=5, common=0.3) == ()
