"""Ordered answers drawn from a latent normal."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr

from rfree.items.association import polychoric
from rfree.items.ordinal import answer_codes, sample_ordinal

LIMITS = pd.DataFrame(
    {1: [-1.0, -0.5, 0.0], 2: [0.0, 0.5, 0.0], 3: [1.0, np.inf, 1.5]}, index=list("abc")
)
CORRELATIONS = pd.DataFrame(
    [[1, 0.6, -0.3], [0.6, 1, 0.2], [-0.3, 0.2, 1]], index=LIMITS.index, columns=LIMITS.index
)


def draw(structure: pd.DataFrame | pd.Series, n: int, seed: int = 3) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    return sample_ordinal(structure, LIMITS, codes=[1, 2, 3, 4], n=n, generator=generator)


def test_shares_and_correlations_are_those_asked_for():
    n = 40_000
    sample = draw(CORRELATIONS, n)
    for item, limits in LIMITS.iterrows():
        shares = np.array([(sample[item] <= code).mean() for code in (1, 2, 3)])
        # Four standard errors of a share.
        assert np.abs(shares - ndtr(limits.to_numpy())).max() < 4 * 0.5 / np.sqrt(n)
    found = polychoric(sample).correlations
    assert np.abs(found - CORRELATIONS).to_numpy().max() < 4 / np.sqrt(n) * 1.5


def test_one_factor_loadings_multiply_into_correlations():
    loadings = pd.Series([0.9, 0.7, -0.5], index=LIMITS.index)
    found = polychoric(draw(loadings, 40_000)).correlations.to_numpy()
    expected = np.outer(loadings, loadings)
    off_diagonal = ~np.eye(3, dtype=bool)
    assert np.abs(found - expected)[off_diagonal].max() < 0.03


def test_codes_nobody_chose_are_never_drawn():
    sample = draw(CORRELATIONS, 2000)
    assert set(sample["b"]) == {1, 2, 3}
    assert set(sample["c"]) == {1, 3, 4}


def test_the_same_seed_gives_the_same_answers():
    pd.testing.assert_frame_equal(draw(CORRELATIONS, 50), draw(CORRELATIONS, 50))
    assert not draw(CORRELATIONS, 50).equals(draw(CORRELATIONS, 50, seed=4))


def test_what_does_not_go_together_is_refused():
    generator = np.random.default_rng(0)
    other = CORRELATIONS.rename(index={"a": "z"})
    with pytest.raises(ValueError, match="same items"):
        sample_ordinal(other, LIMITS, codes=[1, 2, 3, 4], n=2, generator=generator)
    with pytest.raises(ValueError, match="one more than the 3 thresholds"):
        sample_ordinal(CORRELATIONS, LIMITS, codes=[1, 2, 3], n=2, generator=generator)
    with pytest.raises(ValueError, match="ascending"):
        sample_ordinal(
            CORRELATIONS, LIMITS[[3, 2, 1]], codes=[1, 2, 3, 4], n=2, generator=generator
        )
    with pytest.raises(ValueError, match="loading"):
        draw(pd.Series([0.5, 1.2, 0.1], index=LIMITS.index), 2)
    impossible = CORRELATIONS.copy()
    impossible.loc["b", "c"] = impossible.loc["c", "b"] = -0.99
    impossible.loc["a", "c"] = impossible.loc["c", "a"] = 0.9
    with pytest.raises(ValueError, match="not positive definite"):
        draw(impossible, 2)


def test_codes_are_read_from_every_numeric_type():
    table = pd.DataFrame(
        {
            "nullable": pd.array([1, None], dtype="Int64"),
            "float": [np.nan, 2.0],
            "integer": [3, 4],
        }
    )
    assert np.array_equal(answer_codes(table), [[1, np.nan, 3], [np.nan, 2, 4]], equal_nan=True)


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        ([[1, 2]], TypeError, "^items must be a pandas DataFrame, not list"),
        (
            pd.DataFrame({"q": ["a"], "r": [1], "s": [True]}),
            TypeError,
            r"^items must hold numeric codes; columns that do not: 'q' \((str|object)\)\.$",
        ),
        (pd.DataFrame(), ValueError, "^items is empty: 0 rows and 0 columns"),
        (pd.DataFrame({"q": []}), ValueError, "^items is empty: 0 rows and 1 columns"),
        (pd.DataFrame(index=[1, 2]), ValueError, "^items is empty: 2 rows and 0 columns"),
        (
            pd.DataFrame([[1, 2]], columns=["q", "q"]),
            ValueError,
            "^items has several columns of one name: q",
        ),
        (pd.DataFrame({"q": [1.0, np.inf]}), ValueError, "^items has infinite codes in: q"),
    ],
)
def test_tables_that_hold_no_codes_are_refused(table, error, message):
    with pytest.raises(error, match=message):
        answer_codes(table)
