"""The Guttman effect."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.axes.guttman import guttman_r2
from rfree.axes.mca import MCA


def test_parabola_is_entirely_explained():
    x = np.random.default_rng(41).normal(size=60)
    assert guttman_r2(x, 2 - 3 * x + 5 * x**2) == pytest.approx(1)


def test_r2_is_that_of_the_regression():
    rng = np.random.default_rng(42)
    x, noise = rng.normal(size=60), rng.normal(size=60)
    y = x**2 + noise
    residuals = y - np.polyval(np.polyfit(x, y, 2), x)
    assert guttman_r2(x, y) == pytest.approx(1 - residuals.var() / y.var())


def test_weights_are_repetitions_and_units_do_not_matter():
    rng = np.random.default_rng(43)
    x, y, counts = rng.normal(size=40), rng.normal(size=40), rng.integers(0, 4, 40)
    weighted = guttman_r2(x, y, weights=counts)
    assert weighted == pytest.approx(guttman_r2(np.repeat(x, counts), np.repeat(y, counts)))
    assert weighted == pytest.approx(guttman_r2(1e9 * x, 1e-9 * y, weights=10 * counts))


def test_one_scale_bends_its_second_axis():
    # Respondents ordered along one scale, each item cutting it elsewhere.
    position = np.linspace(0, 1, 200)
    cuts = np.linspace(0.1, 0.9, 9)
    table = pd.DataFrame({f"Q{number}": position > cut for number, cut in enumerate(cuts)})
    rows = MCA(n_components=2).fit(table).row_coordinates_
    assert guttman_r2(rows["Axis 1"], rows["Axis 2"]) > 0.9


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1, 2], [1, 2, 3], r"above 0, not \(2,\) and \(3,\)"),
        ([], [], r"of one length above 0, not \(0,\) and \(0,\)"),
        ([[1], [2]], [[1], [2]], r"not \(2, 1\) and \(2, 1\)"),
        ([1, np.inf, 3], [1, 2, 3], "no missing or infinite"),
        ([1, np.nan, 3], [1, 2, np.nan], "no missing or infinite"),
        ([1, 2, 3], [1, np.nan, 3], "no missing or infinite"),
        ([1, 2, 3], [4, 4, 4], "does not vary"),
        ([1, 2, 3], [0, 0, 0], "does not vary"),
    ],
)
def test_what_has_no_r2_is_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        guttman_r2(x, y)


def test_few_points_lie_on_their_parabola():
    for x, y in (([1, 2, 5], [4, 0, 9]), ([1, 2], [4, 0])):
        assert guttman_r2(x, y) == pytest.approx(1)
    # All on one abscissa: nothing is explained, and no less than nothing.
    assert guttman_r2([3, 3, 3, 3], [1, 2, 3, 9]) == pytest.approx(0, abs=1e-12)
    assert guttman_r2([0, 0, 0], [1, 2, 9]) == pytest.approx(0, abs=1e-12)
    assert guttman_r2([0.1] * 7, np.arange(7.0) ** 3) >= 0


def test_a_variation_that_is_rounding_is_none():
    # The limit is the rounding of the squares: 2.2e-16 of their sum.
    for spread, varies in ((0.5e-8, False), (4e-8, True)):
        y = 1 + spread * np.array([1, -1, 1, -1.0])
        if varies:
            assert 0 <= guttman_r2([1, 2, 3, 4], y) <= 1
        else:
            with pytest.raises(ValueError, match="does not vary"):
                guttman_r2([1, 2, 3, 4], y)


def test_columns_of_the_same_labels_are_put_in_order():
    index = list("abcde")
    x, y = pd.Series([1.0, 2, 3, 5, 8], index), pd.Series([1.0, 0, 2, 1, 4], index)
    weights = pd.Series([1.0, 2, 1, 3, 1], index)
    expected = guttman_r2(x.to_numpy(), y.to_numpy(), weights=weights.to_numpy())
    assert guttman_r2(x, y[::-1], weights=weights[::-1]) == pytest.approx(expected)
    with pytest.raises(ValueError, match=r"sample_weight has shape \(2,\); expected .* \(5\)"):
        guttman_r2(x.to_numpy(), y.to_numpy(), weights=[1.0, 2.0])


@pytest.mark.parametrize("wrong", [pd.date_range("2020", periods=3), np.array([1j, 2, 3])])
def test_coordinates_are_real_numbers(wrong):
    for x, y in ((wrong, [1, 2, 4]), ([1, 2, 4], wrong)):
        with pytest.raises(TypeError, match="must hold numbers; it holds"):
            guttman_r2(x, y)
