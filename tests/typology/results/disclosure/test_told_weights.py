"""What a rounded number tells of the sum behind it."""

from __future__ import annotations

import numpy as np
import pytest

from typology.results.disclosure.told_weights import _rounded


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_a_number_told_to_some_decimals_lies_within_half_of_the_last(decimals: int) -> None:
    sums, units = np.array([12.34, 0.0, 7.0]), np.array([0.5, 3.0, 1.0])
    low, high = _rounded(sums, units, decimals)
    told = np.round(sums / units, decimals)
    np.testing.assert_allclose(high - low, units * 10.0**-decimals)
    np.testing.assert_allclose((low + high) / 2, told * units)
    assert (low <= sums + 1e-12).all()
    assert (sums <= high + 1e-12).all()


def test_the_bounds_of_a_share_by_hand() -> None:
    # 12.34 of 50 is 24.68 %, told as 24.7: between 24.65 and 24.75 %, that is 12.325 and 12.375.
    low, high = _rounded(np.array([12.34]), np.array([50 / 100]), 1)
    np.testing.assert_allclose([low[0], high[0]], [12.325, 12.375])
