"""Taxometric curves and their comparison data: by hand, by property, on clear-cut populations."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import trapezoid

from rfree.evidence.comparison_data import (
    comparison_population,
    correlations,
    factor_loadings,
    grouped_population,
)
from rfree.evidence.taxometrics import (
    CUTS,
    GRID,
    PROCEDURES,
    _index_ranges,
    ccfi_reading,
    comparison_curve_fit,
    taxometric_curves,
)

LIMITS = [-1.5, -0.5, 0.5, 1.5]


def likert(latent: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(1.0 + (latent[:, :, np.newaxis] > LIMITS).sum(axis=2))


def population(kind: str, seed: int = 1, n: int = 312) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(n, 10))
    if kind == "two groups":
        return likert(1.25 * np.where(np.arange(n) % 2, 1.0, -1.0)[:, np.newaxis] + noise)
    return likert(1.2 * rng.normal(size=(n, 1)) + noise)


@pytest.mark.parametrize("seed", [1, 2])
def test_two_far_groups_are_categorical_and_one_attitude_is_dimensional(seed: int) -> None:
    settings = {"n_factors": 1, "seed": 1}
    two = comparison_curve_fit(population("two groups", seed), **settings)
    one = comparison_curve_fit(population("one attitude", seed), **settings)
    assert (two.table["ccfi"] > 0.55).all()
    assert (one.table["ccfi"] < 0.45).all()
    assert (two.reading, one.reading) == ("categorical", "dimensional")
    np.testing.assert_allclose(two.group_shares, [0.5, 0.5], atol=0.06)


def test_the_index_is_the_share_of_the_distances() -> None:
    found = comparison_curve_fit(
        population("two groups", n=80), n_samples=6, population=400, seed=1
    )
    for procedure in PROCEDURES:
        own = found.curves[found.curves["procedure"] == procedure]
        far = [np.sqrt(((own[kind] - own["sample"]) ** 2).mean())
               for kind in ("dimensional", "categorical")]  # fmt: skip
        row = found.table.set_index("procedure").loc[procedure]
        assert row["ccfi"] == pytest.approx(far[0] / (far[0] + far[1]))
    assert found.ccfi == pytest.approx(found.table["ccfi"].iloc[:2].mean())
    assert [ccfi_reading(each) for each in (0.449, 0.45, 0.55, 0.551)] == [
        "dimensional", "ambiguous", "ambiguous", "categorical"
    ]  # fmt: skip


def test_the_range_of_a_kind_is_that_of_its_samples_each_against_the_others() -> None:
    """Three samples of each kind, whose curves are constant: distances by hand."""
    flat = {"dimensional": (0.0, 1.0, 2.0), "categorical": (10.0, 11.0, 12.0)}
    drawn = {kind: np.repeat(np.array(heights)[:, np.newaxis], CUTS + len(GRID), axis=1)
             for kind, heights in flat.items()}  # fmt: skip
    ranges = _index_ranges(drawn)
    # Of 0, 1, 2 against the mean of the other two (1.5, 1, 0.5) and against 11.
    own = np.array([1.5 / (1.5 + 11), 0.0, 1.5 / (1.5 + 9)])
    for procedure in range(3):
        row = ranges.loc[procedure]
        assert row["dimensional_low"] == pytest.approx(np.quantile(own, 0.05))
        assert row["dimensional_high"] == pytest.approx(np.quantile(own, 0.95))
        assert row["categorical_low"] == pytest.approx(1 - np.quantile(own, 0.95))
        assert row["categorical_high"] == pytest.approx(1 - np.quantile(own, 0.05))


def test_one_sample_of_each_kind_has_no_range() -> None:
    found = comparison_curve_fit(
        population("two groups", n=80), n_samples=1, population=400, seed=1
    )
    assert found.table.filter(regex="_(low|high)$").isna().all(axis=None)


def test_samples_of_both_kinds_lie_on_their_own_sides_where_groups_are_far() -> None:
    found = comparison_curve_fit(
        population("two groups"), n_factors=1, n_samples=30, population=1500, seed=1
    )
    mean = found.table.iloc[-1]
    assert mean["dimensional_high"] < 0.45
    assert mean["categorical_low"] > 0.55


def test_mambac_by_hand() -> None:
    """Of ten respondents one stays on each side: cuts after 1, ..., 9 of them."""
    rng = np.random.default_rng(3)
    values = rng.normal(size=(10, 3))
    standardised = (values - values.mean(axis=0)) / values.std(axis=0)
    curve = taxometric_curves(values, np.ones(3))[:CUTS]
    for place, cut in ((0, 1), (-1, 9)):
        differences = []
        for item in range(3):
            others = np.delete(standardised, item, axis=1).sum(axis=1)
            ordered = standardised[others.argsort(), item]
            differences.append(ordered[cut:].mean() - ordered[:cut].mean())
        assert curve[place] == pytest.approx(np.mean(differences))


def test_curves_do_not_depend_on_the_order_of_rows_though_respondents_tie() -> None:
    values = np.random.default_rng(4).integers(1, 3, (60, 4)).astype(float)
    values[::7, 1] = np.nan
    shuffled = values[np.random.default_rng(5).permutation(60)]
    signs = np.ones(4)
    np.testing.assert_allclose(
        taxometric_curves(values, signs), taxometric_curves(shuffled, signs), atol=1e-9
    )


def test_l_mode_is_a_density_and_has_two_modes_for_two_groups() -> None:
    for kind, modes in (("two groups", 2), ("one attitude", 1)):
        values = population(kind).to_numpy()
        density = taxometric_curves(values, np.ones(10))[CUTS:]
        assert trapezoid(density, GRID) == pytest.approx(1, abs=0.02)
        # A hill: higher than whatever lies within .5 on both sides.
        hills = [
            place for place in range(5, len(GRID) - 5)
            if density[place] == density[place - 5 : place + 6].max() and density[place] > 0.1
        ]  # fmt: skip
        assert len(hills) == modes


def test_items_turned_round_change_nothing() -> None:
    items = population("one attitude", n=100)
    turned = items.copy()
    turned.iloc[:, ::2] = 6 - turned.iloc[:, ::2]
    signs = np.where(np.arange(10) % 2 == 0, -1.0, 1.0)
    np.testing.assert_allclose(
        taxometric_curves(items.to_numpy(), np.ones(10)),
        taxometric_curves(turned.to_numpy(), signs),
        atol=1e-9,
    )


def test_comparison_data_have_the_distributions_and_correlations_of_the_answers() -> None:
    values = population("one attitude").to_numpy()
    drawn = comparison_population(values, 4000, n_factors=1, generator=np.random.default_rng(1))
    for item in range(10):
        own = (values[:, item, np.newaxis] == np.arange(1, 6)).mean(axis=0)
        theirs = (drawn[:, item, np.newaxis] == np.arange(1, 6)).mean(axis=0)
        # Sampling error of a share of 4,000 is below .008.
        np.testing.assert_allclose(theirs, own, atol=0.03)
    off = ~np.eye(10, dtype=bool)
    short = (correlations(values) - correlations(drawn))[off]
    # What sampling 312 respondents adds to a one-factor matrix is not reproduced.
    assert np.sqrt((short**2).mean()) < 0.05
    assert abs(short.mean()) < 0.01


def test_grouped_data_have_the_distributions_of_each_group() -> None:
    values = population("two groups").to_numpy()
    groups = np.arange(312) % 2
    drawn = grouped_population(
        values, groups, 2000, n_factors=1, generator=np.random.default_rng(1)
    )
    np.testing.assert_allclose(drawn[:1000].mean(axis=0), values[::2].mean(axis=0), atol=0.1)
    np.testing.assert_allclose(drawn[1000:].mean(axis=0), values[1::2].mean(axis=0), atol=0.1)
    unanswered = values.copy()
    unanswered[::2, 0] = np.nan
    assert not np.isnan(
        grouped_population(unanswered, groups, 200, n_factors=1, generator=np.random.default_rng(1))
    ).any()


def test_correlations_have_no_unit_and_an_item_that_does_not_vary_has_none() -> None:
    values = np.random.default_rng(3).normal(size=(12, 3)) * [1e-3, 1.0, 1e3]
    np.testing.assert_allclose(correlations(values), np.corrcoef(values, rowvar=False))
    values[:, 1] = 4.0
    expected = np.corrcoef(values[:, [0, 2]], rowvar=False)[0, 1]
    by_hand = [[1, 0, expected], [0, 1, 0], [expected, 0, 1]]
    np.testing.assert_allclose(correlations(values), by_hand, atol=1e-12)
    values[0, 2] = np.nan  # left out of the pairs with the third
    expected = np.corrcoef(values[1:, [0, 2]], rowvar=False)[0, 1]
    by_hand = [[1, 0, expected], [0, 1, 0], [expected, 0, 1]]
    np.testing.assert_allclose(correlations(values), by_hand, atol=1e-12)


def test_loadings_of_two_factors_give_their_correlations_back() -> None:
    true = np.random.default_rng(2).uniform(-0.6, 0.6, (8, 2))
    matrix = true @ true.T
    np.fill_diagonal(matrix, 1)
    found = factor_loadings(matrix, 2)
    off = ~np.eye(8, dtype=bool)
    np.testing.assert_allclose((found @ found.T)[off], matrix[off], atol=0.05)


def test_missing_answers_given_groups_and_cores() -> None:
    items = population("two groups", n=90)
    items = items.mask(np.random.default_rng(1).random(items.shape) < 0.1).assign(same=3.0)
    groups = pd.Series(np.where(np.arange(90) % 2, "b", "a"), index=items.index)
    settings = {"groups": groups, "n_samples": 9, "population": 300, "seed": 2}
    once = comparison_curve_fit(items, **settings)
    twice = comparison_curve_fit(items, n_jobs=2, **settings)
    pd.testing.assert_frame_equal(once.curves, twice.curves)
    assert once.group_shares == (0.5, 0.5)
    assert once.curves.notna().all(axis=None)


def test_what_cannot_be_compared_is_said() -> None:
    items = population("one attitude", n=30)
    with pytest.raises(ValueError, match="at least three items"):
        comparison_curve_fit(items.iloc[:, :2])
    with pytest.raises(ValueError, match=r"respondents \(30\)"):
        comparison_curve_fit(items, population=20)
    with pytest.raises(ValueError, match="one for each respondent"):
        comparison_curve_fit(items, groups=[1, 2])
