"""Raking, compared with survey::rake."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.calibration import kish_effective_n, rake

REFERENCE = Path(__file__).parents[2] / "R-free" / "reference"
MARGINS = {
    str(name): dict(zip(rows["category"], rows["share"], strict=True))
    for name, rows in pd.read_csv(
        REFERENCE / "calibration" / "wg93_margins.csv", dtype={"category": str}
    ).groupby("variable", sort=False)
}
SAMPLE = pd.read_csv(REFERENCE / "data" / "wg93.csv.gz", dtype=str)
N = len(SAMPLE)


def test_weights_as_in_survey() -> None:
    expected = pd.read_csv(REFERENCE / "calibration" / "wg93_weights.csv")
    base = 0.5 + (5 * np.arange(1, N + 1) % 11) / 7
    np.testing.assert_allclose(rake(SAMPLE, MARGINS).weights, expected["raked"], atol=1e-8)
    np.testing.assert_allclose(
        rake(SAMPLE, MARGINS, sample_weight=base).weights, expected["raked_from_base"], atol=1e-8
    )


def test_margins_hold_and_weights_sum_to_n() -> None:
    result = rake(SAMPLE, MARGINS)
    for name, shares in MARGINS.items():
        found = pd.Series(result.weights).groupby(SAMPLE[name]).sum() / N
        np.testing.assert_allclose(found[list(shares)], list(shares.values()), atol=1e-9)
    assert result.weights.sum() == pytest.approx(N)
    assert result.summary["converged"].item()
    assert result.margins["gap"].abs().max() < 1e-7


def test_one_margin_by_hand() -> None:
    X = pd.DataFrame({"sex": ["f"] * 6 + ["m"] * 2})
    result = rake(X, {"sex": {"f": 0.5, "m": 0.5}})
    np.testing.assert_allclose(result.weights, [4 / 6] * 6 + [2.0] * 2)
    assert result.summary["effective_n"].item() == pytest.approx(64 / (6 * 16 / 36 + 8))


def test_order_of_margins_changes_nothing() -> None:
    turned = dict(reversed(MARGINS.items()))
    np.testing.assert_allclose(
        rake(SAMPLE, MARGINS).weights, rake(SAMPLE, turned).weights, atol=1e-8
    )


def test_trimmed_weights_keep_bounds_and_margins() -> None:
    result = rake(SAMPLE, MARGINS, trim=(0.62, 2.0))
    assert result.summary["bounds_hold"].item()
    assert result.weights.max() <= 2.0 * (1 + 1e-6)
    assert result.weights.min() >= 0.62 * (1 - 1e-6)
    assert result.summary["largest_gap"].item() < 1e-7
    assert 0 < result.summary["trimmed"].item() < N


def test_bounds_too_narrow_are_reported() -> None:
    result = rake(SAMPLE, MARGINS, trim=(0.95, 1.05), max_trim_rounds=20)
    assert not result.summary["bounds_hold"].item()
    assert result.summary["largest_gap"].item() < 1e-7


def test_margins_that_do_not_sum_to_one_are_scaled_and_said() -> None:
    X = pd.DataFrame({"sex": ["f", "f", "m"]})
    result = rake(X, {"sex": {"f": 48, "m": 48}})
    np.testing.assert_allclose(result.weights, [0.75, 0.75, 1.5])
    row = result.variables.iloc[0]
    assert (row["given_sum"], row["rescaled"]) == (96, True)
    assert not rake(X, {"sex": {"f": 50, "m": 50}}).variables["rescaled"].item()


def test_no_answer_is_refused_or_kept_at_its_share() -> None:
    X = pd.DataFrame({"sex": ["f", "f", "m", None]})
    with pytest.raises(ValueError, match="1 respondents have no answer"):
        rake(X, {"sex": {"f": 50, "m": 50}})
    result = rake(X, {"sex": {"f": 50, "m": 50}}, no_answer="keep")
    np.testing.assert_allclose(result.weights, [0.75, 0.75, 1.5, 1.0])
    assert result.margins.set_index("category").loc["no answer", "target_share"] == 25
    assert result.variables["missing"].item() == 1


def test_every_problem_of_the_margins_is_named_at_once() -> None:
    X = pd.DataFrame({"sex": ["f", "m", "x"], "age": ["young", "young", "old"]})
    with pytest.raises(ValueError, match=r"no share for 'x'.*nobody.*'middle'.*'old' has"):
        rake(X, {"sex": {"f": 1, "m": 1}, "age": {"young": 1, "middle": 1, "old": 0}})


def test_wrong_options_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"'height'.*trim is \(2, 3\)"):
        rake(SAMPLE, {"height": {"a": 1}}, trim=(2, 3))


def test_too_few_iterations_are_said() -> None:
    assert not rake(SAMPLE, MARGINS, max_iterations=2).summary["converged"].item()


def test_respondents_without_weight_keep_none() -> None:
    base = np.ones(N)
    base[:10] = 0
    result = rake(SAMPLE, MARGINS, sample_weight=base)
    assert (result.weights[:10] == 0).all()
    assert result.weights.sum() == pytest.approx(N - 10)


def test_effective_n_is_n_over_one_plus_cv_squared() -> None:
    weights = np.random.default_rng(1).uniform(0.2, 3, 50)
    cv2 = weights.var() / weights.mean() ** 2
    assert kish_effective_n(weights) == pytest.approx(50 / (1 + cv2))


def test_the_table_is_not_modified() -> None:
    X = pd.DataFrame({"sex": ["f", "f", "m", None]})
    before = X.copy(deep=True)
    rake(X, {"sex": {"f": 50, "m": 50}}, no_answer="keep")
    pd.testing.assert_frame_equal(X, before)
