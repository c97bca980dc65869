"""Resamples are raked as the sample is."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from rfree.samples.calibration import rake
from rfree.samples.resample_raking import resample_raking

MARGINS = {
    "sex": {"f": 49, "m": 51},
    "age": {"young": 0.2, "middle": 0.3, "old": 0.5},
    "place": {"town": 400, "country": 600, "sea": 0},
}


def sample(n: int = 120) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    X = pd.DataFrame(
        {
            "sex": rng.choice(["f", "m"], n, p=[0.6, 0.4]),
            "age": rng.choice(["young", "middle", "old"], n),
            "place": rng.choice(["town", "country"], n),
        }
    )
    X.loc[rng.random(n) < 0.08, "age"] = None
    return X


def drawn(n: int, seed: int) -> np.ndarray:
    return np.bincount(np.random.default_rng(seed).integers(0, n, n), minlength=n)


def test_two_margins_by_hand() -> None:
    X = pd.DataFrame({"sex": list("ffmmf"), "age": list("yoyoy")})
    raking = resample_raking(X, {"sex": {"f": 3, "m": 1}, "age": {"y": 1, "o": 1}})
    # Each of the four cells once: sex and age are independent, so their shares multiply.
    np.testing.assert_allclose(raking(np.array([1, 1, 1, 1, 0])), [1.5, 1.5, 0.5, 0.5, 0])
    # Young women drawn twice: fitting keeps the odds ratio of 2, so their share a satisfies
    # a (a - 1/4) = 2 (3/4 - a) (1/2 - a), or a^2 - 9/4 a + 3/4 = 0.
    a = (9 / 4 - np.sqrt(81 / 16 - 3)) / 2
    np.testing.assert_allclose(
        raking(np.array([0, 1, 1, 1, 2])), 5 * np.array([0, 3 / 4 - a, 1 / 2 - a, a - 1 / 4, a / 2])
    )
    assert raking(np.array([2, 1, 0, 0, 2])) is None


@pytest.mark.parametrize("trim", [None, (0.5, 2.5)])
@pytest.mark.parametrize("seed", range(4))
def test_weights_are_those_of_the_table_of_the_rows_drawn(
    seed: int, trim: tuple[float, float] | None
) -> None:
    X = sample()
    counts = drawn(len(X), seed)
    weights = resample_raking(X, MARGINS, trim=trim)(counts)
    assert weights is not None
    rows = np.repeat(np.arange(len(X)), counts)
    table = X.iloc[rows].reset_index(drop=True)
    expected = rake(table, MARGINS, trim=trim, no_answer="keep")
    np.testing.assert_allclose(weights[rows], expected.weights, rtol=1e-9)
    assert (weights[counts == 0] == 0).all()


@pytest.mark.parametrize("seed", range(10))
def test_every_resample_has_the_shares_of_the_population(seed: int) -> None:
    X = sample()
    counts = drawn(len(X), 100 + seed)
    weights = resample_raking(X, MARGINS, trim=(0.3, 4.0))(counts)
    assert weights is not None
    mass = pd.Series(weights * counts)
    assert mass.sum() == pytest.approx(counts.sum())
    for name, figures in MARGINS.items():
        found = mass.groupby(X[name]).sum()
        for category, figure in figures.items():
            share = found.get(category, 0.0) / found.sum()
            assert share == pytest.approx(figure / sum(figures.values()), abs=1e-8)
    silent = X["age"].isna().to_numpy()
    assert mass[silent].sum() == pytest.approx(counts[silent].sum(), abs=1e-6)


def test_margins_that_cannot_hold_together_give_no_weights() -> None:
    X = pd.DataFrame({"sex": list("ffmm"), "age": list("yoyo")})
    raking = resample_raking(X, {"sex": {"f": 1, "m": 1}, "age": {"y": 1, "o": 3}})
    assert raking(np.ones(4, dtype=int)) is not None
    # Women are the young and men the old.
    assert raking(np.array([2, 0, 0, 2])) is None


def test_it_goes_to_another_core_and_changes_nothing() -> None:
    X = sample()
    before = X.copy(deep=True)
    raking = resample_raking(X, MARGINS)
    counts = drawn(len(X), 7)
    again = pickle.loads(pickle.dumps(raking))
    np.testing.assert_array_equal(raking(counts), again(counts))
    pd.testing.assert_frame_equal(X, before)


def test_a_sample_that_cannot_be_raked_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody in the sample is 'x'"):
        resample_raking(pd.DataFrame({"sex": list("fm")}), {"sex": {"f": 1, "m": 1, "x": 1}})
    with pytest.raises(ValueError, match="trim is"):
        resample_raking(sample(), MARGINS, trim=(2, 3))
