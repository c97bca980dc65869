"""The Burt table and the weights in it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.axes import burt
from rfree.axes.burt import burt_table, indicator_table, standardised_residuals
from rfree.base.coding import learn_coding


def codes_and_weights(n: int = 50) -> tuple[np.ndarray, int, np.ndarray]:
    rng = np.random.default_rng(31)
    table = pd.DataFrame({name: rng.choice(list("abcd"), n) for name in "pqr"})
    coding, codes = learn_coding(table)
    return codes, coding.n_categories, rng.uniform(0, 2, n)


def test_blocks_are_the_weighted_crosstabs():
    table = pd.DataFrame({"p": list("aabb"), "q": list("xyyy")})
    coding, codes = learn_coding(table)
    weights = np.array([1.0, 2.0, 4.0, 8.0])
    crossed = burt_table(codes, weights, coding.n_categories)
    expected = [[3, 0, 1, 2], [0, 12, 0, 12], [1, 0, 1, 0], [2, 12, 0, 14]]
    np.testing.assert_array_equal(crossed, expected)


def test_pieces_add_up_to_the_whole(monkeypatch):
    codes, n_categories, weights = codes_and_weights()
    whole = burt_table(codes, weights, n_categories)
    counts = burt_table(codes, np.ones(50), n_categories)
    monkeypatch.setattr(burt, "_CELLS_AT_ONCE", 7 * n_categories)
    np.testing.assert_allclose(burt_table(codes, weights, n_categories), whole, rtol=1e-14)
    np.testing.assert_array_equal(burt_table(codes, np.ones(50), n_categories), counts)


def test_residuals_have_the_margins_in_their_null_space():
    codes, n_categories, weights = codes_and_weights()
    crossed = burt_table(codes, weights, n_categories)
    residuals = standardised_residuals(crossed)
    margins = np.sqrt(crossed.sum(axis=0))
    np.testing.assert_allclose(residuals @ margins, 0, atol=1e-14)
    indicator = indicator_table(codes, n_categories).toarray()
    np.testing.assert_allclose(np.diag(crossed), (weights[:, np.newaxis] * indicator).sum(axis=0))


def test_a_category_that_nobody_gave_has_its_row_and_column():
    codes = np.array([[0, 2], [1, 2]])
    indicator = indicator_table(codes, 4)
    np.testing.assert_array_equal(indicator.toarray(), [[1, 0, 1, 0], [0, 1, 1, 0]])
    crossed = burt_table(codes, np.array([1.0, 3.0]), 4)
    np.testing.assert_array_equal(crossed, [[1, 0, 1, 0], [0, 3, 3, 0], [1, 3, 4, 0], [0, 0, 0, 0]])
