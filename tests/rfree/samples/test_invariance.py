"""Invariance of items between two samples: against R, by its properties, on planted changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from scipy.stats import chi2

from rfree.samples.invariance import (
    INVARIANCE_COLUMNS,
    _item_tests,
    _Sheets,
    attitude_score,
    item_invariance,
)

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
SECOND = np.repeat([False, True], 150)


def answers(n: int, items: int = 6, *, shift: float = 0.0, seed: int = 1) -> pd.DataFrame:
    """Graded answers of n respondents of each sample, of which the second is ``shift`` higher."""
    rng = np.random.default_rng(seed)
    attitude = np.append(rng.normal(size=n), rng.normal(shift, size=n))[:, None]
    slopes = np.linspace(0.9, 2.4, items)
    codes = np.ones((2 * n, items))
    noise = rng.logistic(size=(2 * n, items))
    for limit in (-1.2, -0.3, 0.5, 1.4):
        codes += slopes * (attitude - limit) + noise > 0
    return pd.DataFrame(codes, columns=[f"q{number + 1}" for number in range(items)])


@pytest.fixture(scope="module")
def bfi() -> pd.DataFrame:
    whole = pd.read_csv(REFERENCE / "data" / "bfi.csv.gz").iloc[:300]
    items = whole[[f"A{number}" for number in range(1, 6)]].astype(float)
    items.loc[SECOND, "A2"] = np.minimum(items.loc[SECOND, "A2"] + 1, 6)
    return items


@pytest.mark.parametrize("design", ["independent", "panel", "weighted"])
def test_statistics_are_those_of_polr_and_svyolr(bfi: pd.DataFrame, design: str) -> None:
    of_r = pd.read_csv(REFERENCE / "waves" / "invariance.csv").query("design == @design")
    weights = 0.5 + (np.arange(1, 301) * 7) % 11 / 10 if design == "weighted" else np.ones(300)
    person = np.tile(np.arange(150), 2) if design == "panel" else None
    everyone = np.ones(5, dtype=bool)
    for position, row in enumerate(of_r.to_dict("records")):
        sheets = _Sheets(bfi.to_numpy(), SECOND, weights, person)
        found = _item_tests(sheets, position, everyone)
        # polr's own limit: it climbs by differences, and survey's slopes are polr's.
        assert found["chi2"] == pytest.approx(row["both"], rel=2e-4, abs=2e-5)
        for name in ("uniform", "nonuniform"):
            expected = chi2.sf(row[name], 1)
            assert found[f"p_{name}"] == pytest.approx(expected, rel=2e-3), (row["item"], name)
        assert found["p_value"] == pytest.approx(chi2.sf(found["chi2"], 2))


def test_the_item_that_was_changed_is_found_and_no_other() -> None:
    codes = answers(200, shift=0.6)
    second = np.repeat([False, True], 200)
    plain = item_invariance(codes, second)
    assert list(plain.columns) == list(INVARIANCE_COLUMNS)
    assert plain["anchor"].all()
    assert (plain["p_value"] > 0.01).all()
    codes.loc[second, "q3"] = np.minimum(codes.loc[second, "q3"] + 1, 5)
    moved = item_invariance(codes, second)
    assert moved["anchor"].tolist() == [True, True, False, True, True, True]
    assert 0.5 < moved.loc["q3", "shift"] < 1
    assert moved.loc["q3", "p_uniform"] < 1e-10
    assert moved["shift"].drop("q3").abs().max() < 0.25


def test_an_item_that_tells_attitudes_apart_in_one_sample_only_is_not_uniform() -> None:
    codes = answers(300, seed=2)
    second = np.repeat([False, True], 300)
    codes.loc[second, "q6"] = np.random.default_rng(3).permutation(codes.loc[second, "q6"])
    row = item_invariance(codes, second).loc["q6"]
    assert row["p_nonuniform"] < 1e-6
    assert row["p_uniform"] > 0.01
    assert not row["anchor"]


def test_items_of_two_answers_are_tested_whatever_their_codes() -> None:
    agreed = (answers(150, shift=0.6) > 3).astype(float)
    second = np.repeat([False, True], 150)
    narrow, wide = item_invariance(agreed, second), item_invariance(2 + 4 * agreed, second)
    assert narrow.notna().all(axis=None)
    names = ["chi2", "p_value", "p_uniform", "p_nonuniform"]
    np.testing.assert_allclose(wide[names], narrow[names], rtol=1e-6)
    # The shift is told in codes.
    np.testing.assert_allclose(wide["shift"], 4 * narrow["shift"], atol=1e-8)


def test_samples_changed_over_turn_the_shift_round() -> None:
    codes = answers(80, shift=0.4, seed=4)
    second = np.repeat([False, True], 80)
    one, other = item_invariance(codes, second), item_invariance(codes, ~second)
    np.testing.assert_allclose(one["p_value"], other["p_value"], rtol=1e-6)
    np.testing.assert_allclose(one["shift"], -other["shift"], rtol=1e-5, atol=1e-9)


def test_turning_an_item_turns_its_shift_and_nothing_else() -> None:
    codes = answers(80, shift=0.4, seed=5)
    second = np.repeat([False, True], 80)
    turned = item_invariance(codes.assign(q2=6 - codes["q2"]), second)
    plain = item_invariance(codes, second)
    np.testing.assert_allclose(turned["p_value"], plain["p_value"], rtol=1e-6)
    np.testing.assert_allclose(turned.loc["q2", "shift"], -plain.loc["q2", "shift"], rtol=1e-5)


def test_the_level_is_kept_though_the_attitude_moved() -> None:
    second = np.repeat([False, True], 120)
    p_values = np.concatenate(
        [item_invariance(answers(120, 5, shift=0.6, seed=seed), second)["p_value"]
         for seed in range(12)]
    )  # fmt: skip
    # 60 tests, 3 expected; 10 or more have a chance of one in a thousand.
    assert (p_values < 0.05).sum() <= 9


def test_equal_weights_and_weights_of_zero() -> None:
    codes = answers(60, seed=6)
    second = np.repeat([False, True], 60)
    plain = item_invariance(codes, second)
    pd.testing.assert_frame_equal(item_invariance(codes, second, sample_weight=[7.0] * 120), plain)
    more = pd.concat([codes, codes.iloc[:5] * 0 + 1], ignore_index=True)
    weights = np.append(np.ones(120), np.zeros(5))
    none = item_invariance(more, np.append(second, [True] * 5), sample_weight=weights)
    assert none["n_second"].tolist() == [60] * 6
    np.testing.assert_allclose(none["chi2"], plain["chi2"])


def test_what_cannot_be_tested_has_no_number() -> None:
    second = np.repeat([False, True], 60)
    codes = answers(60, seed=7)
    few = item_invariance(codes.iloc[45:75], second[45:75])
    assert few["p_value"].isna().all()
    assert not few["anchor"].any()
    codes["same"] = 3.0
    codes["nobody"] = np.where(second, np.nan, codes["q1"])
    table = item_invariance(codes, second)
    assert table.loc[["same", "nobody"], "p_value"].isna().all()
    assert not table.loc[["same", "nobody"], "anchor"].any()
    assert table["p_value"].iloc[:6].notna().all()
    two = item_invariance(codes[["q1", "q2"]], second)
    assert two["p_value"].isna().all()
    with pytest.raises(ValueError, match="expected one of 120 sheets"):
        item_invariance(codes, second[:7])


def test_an_answer_that_one_sample_never_gives_is_no_obstacle() -> None:
    codes = answers(80, seed=8)
    second = np.repeat([False, True], 80)
    codes["q4"] = np.where(second, 5.0, np.minimum(codes["q4"], 4))
    row = item_invariance(codes, second).loc["q4"]
    assert row["p_value"] < 1e-10
    assert not row["anchor"]


def test_those_who_answered_less_than_half_have_no_attitude() -> None:
    codes = np.array([[1.0, 2, 1, 2], [2, 3, 3, 3], [4, 4, 5, 4], [np.nan, np.nan, np.nan, 5]])
    score = attitude_score(codes, np.zeros(4, dtype=bool))
    assert np.isnan(score).tolist() == [False, False, False, True]
    assert np.nanmean(score) == pytest.approx(0)
    assert np.nanstd(score) == pytest.approx(1)
    assert np.diff(score[:3]).min() > 0


def test_the_attitude_given_its_sum_is_that_of_the_partial_credit_model() -> None:
    # Slopes of a two-valued model: weights are l / (1 - l^2) over the standard deviation.
    rng = np.random.default_rng(9)
    attitude = rng.normal(size=(4000, 1))
    slopes = np.array([0.6, 1.2, 1.2, 2.0])
    codes = (rng.uniform(size=(4000, 4)) < expit(slopes * attitude)).astype(float)
    score = attitude_score(codes, np.zeros(4000, dtype=bool))
    patterns = np.linalg.lstsq(np.column_stack([np.ones(4000), codes]), score, rcond=None)[0][1:]
    assert (np.argsort(patterns) == [0, 1, 2, 3]).all() or (
        np.argsort(patterns) == [0, 2, 1, 3]
    ).all()
