"""Raking, compared with survey::rake."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from rfree.samples.calibration import kish_effective_n, rake

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
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
    with pytest.raises(ValueError, match="no share for 'm', 'x', which respondents have"):
        rake(X, {"sex": {"f": 1, "d": 0}})
    with pytest.raises(ValueError, match="nobody in the sample is 'd', 'n', so no weight"):
        rake(X, {"sex": {"f": 1, "m": 1, "x": 1, "d": 1, "n": 1}})


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


def test_every_number_of_the_tables_by_hand() -> None:
    # Six f who weigh 1 and two m who weigh 3; the last f weighs nothing.
    X = pd.DataFrame({"sex": ["f"] * 7 + ["m"] * 2})
    base = np.array([1.0] * 6 + [0] + [3.0] * 2)
    result = rake(X, {"sex": {"f": 60, "m": 30}}, sample_weight=base)
    table = result.margins
    assert list(table.columns) == [
        "variable", "category", "n", "sample_share", "target_share", "weighted_share", "gap",
    ]  # fmt: skip
    assert table["variable"].tolist() == ["sex", "sex"]
    assert table["category"].tolist() == ["f", "m"]
    assert table["n"].tolist() == [6, 2]
    assert table["sample_share"].tolist() == [50, 50]
    np.testing.assert_allclose(table["target_share"], [200 / 3, 100 / 3])
    np.testing.assert_allclose(table["weighted_share"], [200 / 3, 100 / 3])
    weights = np.array([16 / 18] * 6 + [0] + [4 / 3] * 2)
    np.testing.assert_allclose(result.weights, weights)
    summary = result.summary.iloc[0]
    effective = 64 / (6 * (16 / 18) ** 2 + 2 * 16 / 9)
    assert summary["n"] == 8
    assert summary["effective_n"] == pytest.approx(effective)
    assert summary["design_effect"] == pytest.approx(8 / effective)
    assert summary["smallest_weight"] == pytest.approx(16 / 18)
    assert summary["largest_weight"] == pytest.approx(4 / 3)
    assert (summary["trimmed"], summary["trim_rounds"]) == (0, 0)
    assert summary["bounds_hold"]
    # One pass sets the only margin, the next finds that it holds.
    assert summary["iterations"] == 1
    variables = result.variables.iloc[0]
    assert (variables["variable"], variables["given_sum"], variables["missing"]) == ("sex", 90, 0)


def test_respondents_at_either_bound_are_counted() -> None:
    X = pd.DataFrame({"sex": ["f"] * 6 + ["m"] * 2, "age": ["y", "o", "o"] * 2 + ["y", "o"]})
    margins = {"sex": {"f": 1, "m": 1}, "age": {"y": 1, "o": 1}}
    free = rake(X, margins).weights
    lowest, highest = (int(np.isclose(free, bound).sum()) for bound in (free.min(), free.max()))
    # Bounds where the weights already are: nothing moves, and those at a bound are counted.
    for bounds, number in (
        ((free.min(), 9.0), lowest), ((0.1, free.max()), highest), ((0.1, 9.0), 0),
        ((free.min(), free.max()), lowest + highest),
    ):  # fmt: skip
        result = rake(X, margins, trim=bounds)
        np.testing.assert_allclose(result.weights, free)
        assert result.summary["trimmed"].item() == number
        assert result.summary["trim_rounds"].item() == 0
        assert result.summary["bounds_hold"].item()


def test_trimming_stops_after_its_rounds_and_says_the_gap_that_is_left() -> None:
    result = rake(SAMPLE, MARGINS, trim=(0.95, 1.05), max_trim_rounds=3).summary.iloc[0]
    assert result["trim_rounds"] == 3
    one = rake(SAMPLE, MARGINS, trim=(0.95, 1.05), max_trim_rounds=1).summary.iloc[0]
    assert one["trim_rounds"] == 1
    assert one["iterations"] < result["iterations"]
    short = rake(SAMPLE, MARGINS, max_iterations=1)
    gap = short.margins["gap"]
    np.testing.assert_allclose(
        gap, short.margins["weighted_share"] - short.margins["target_share"], atol=1e-12
    )
    assert short.summary["largest_gap"].item() == gap.abs().max() > 1e-6
    assert short.summary["iterations"].item() == 1


def test_shares_percentages_and_counts_are_one_population() -> None:
    X = pd.DataFrame({"sex": ["f", "f", "m"]})
    for figures, rescaled in (
        ({"f": 0.4, "m": 0.6}, False), ({"f": 40, "m": 60}, False), ({"f": 4, "m": 6}, True),
        ({"f": 0.4, "m": 0.6 + 1e-6}, True), ({"f": 40, "m": 60 + 1e-5}, True),
    ):  # fmt: skip
        result = rake(X, {"sex": figures})
        np.testing.assert_allclose(result.weights, [0.6, 0.6, 1.8], rtol=1e-5)
        assert bool(result.variables["rescaled"].item()) == rescaled


def test_a_category_without_anybody_in_either_may_be_named() -> None:
    X = pd.DataFrame({"sex": ["f", "m"]})
    result = rake(X, {"sex": {"f": 30, "m": 70, "x": 0}})
    assert result.margins["category"].tolist() == ["f", "m"]
    np.testing.assert_allclose(result.weights, [0.6, 1.4])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"trim": (0.5, 1.0)}, "trim"), ({"trim": (1.0, 2.0)}, "trim"),
        ({"trim": (-0.1, 2.0)}, "trim"), ({"tolerance": 0}, "tolerance"),
        ({"tolerance": 1}, "tolerance"), ({"no_answer": "drop"}, "no_answer"),
    ],
)  # fmt: skip
def test_each_option_has_its_limits(options: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        rake(SAMPLE, MARGINS, **options)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="margins is empty"):
        rake(SAMPLE, {})
    with pytest.raises(TypeError, match="DataFrame"):
        rake(SAMPLE.to_numpy(), MARGINS)  # type: ignore[arg-type]


def test_bounds_may_start_at_zero() -> None:
    result = rake(SAMPLE, MARGINS, trim=(0, 100.0))
    assert result.summary["bounds_hold"].item()
    assert result.summary["trimmed"].item() == 0


@pytest.mark.parametrize("figure", [-1.0, np.nan, np.inf])
def test_figures_that_are_no_shares_are_refused(figure: float) -> None:
    X = pd.DataFrame({"sex": ["f", "m"]})
    with pytest.raises(ValueError, match="'m' must be at least 0"):
        rake(X, {"sex": {"f": 1.0, "m": figure}})
