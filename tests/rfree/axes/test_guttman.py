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
        ([1, 2], [1, 2, 3], "of one length"),
        ([1, 2, 3], [1, np.nan, 3], "no missing or infinite"),
        ([1, 2, 3], [4, 4, 4], "does not vary"),
        ([1, 2, 3], [0, 0, 0], "does not vary"),
    ],
)
def test_what_has_no_r2_is_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        guttman_r2(x, y)
