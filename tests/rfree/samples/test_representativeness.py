"""A sample against its population, with the two tables of the barometer as examples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, chi2, hypergeom

from rfree.samples.representativeness import compare_with_margins

REFERENCE = Path(__file__).parents[3] / "R-free" / "reference"
# Barometer of the CPTS of Occitanie, 2024: size of the CPTS, region and respondents.
REGION = {"1": 31, "2": 40, "3": 28, "4": 1}
ANSWERED = {"1": 30, "2": 38, "3": 27, "4": 1}


@pytest.mark.parametrize("variable", ["sex", "age", "edu"])
def test_goodness_of_fit_as_in_r(variable: str) -> None:
    answers = pd.read_csv(REFERENCE / "data" / "wg93.csv.gz", dtype=str)[variable]
    margins = pd.read_csv(REFERENCE / "calibration" / "wg93_margins.csv", dtype={"category": str})
    rows = margins[margins["variable"] == variable]
    expected = pd.read_csv(REFERENCE / "calibration" / "wg93_goodness_of_fit.csv")
    row = expected.set_index("variable").loc[variable]
    result = compare_with_margins(
        answers, dict(zip(rows["category"], rows["share"], strict=True)), seed=1
    ).test.iloc[0]
    assert result["chi2"] == pytest.approx(row["chi2"], rel=1e-9)
    assert result["df"] == row["df"]
    assert result["p_value"] == pytest.approx(row["p_value"], rel=1e-9)
    spread = 4 * np.sqrt(row["p_value"] / 9999) + 1e-4 + 0.02 * (result["df"] == 1)
    assert abs(result["p_monte_carlo"] - row["p_value"]) < spread


def test_rounded_percentages_are_scaled_and_said() -> None:
    result = compare_with_margins(ANSWERED, REGION, n=64, seed=1)
    row = result.test.iloc[0]
    assert (row["sample_sum"], row["population_sum"]) == (96, 100)
    assert row["sample_rescaled"]
    assert not row["population_rescaled"]
    assert result.table["sample_share"].sum() == pytest.approx(100)
    assert result.table["sample_share"][0] == pytest.approx(100 * 30 / 96)


def test_interval_by_hand() -> None:
    # Wilson at 8 of 20: centre (8 + z2 / 2) / (20 + z2).
    result = compare_with_margins({"a": 8, "b": 12}, {"a": 0.3, "b": 0.7}, seed=1)
    z2 = 1.959963984540054**2
    centre = (8 + z2 / 2) / (20 + z2)
    half = np.sqrt(z2 * (8 * 12 / 20 + z2 / 4)) / (20 + z2)
    row = result.table.iloc[0]
    assert row["low"] == pytest.approx(100 * (centre - half - 0.3))
    assert row["high"] == pytest.approx(100 * (centre + half - 0.3))
    assert row["difference"] == pytest.approx(10)
    assert row["residual"] == pytest.approx(0.1 / np.sqrt(0.3 * 0.7 / 20))


def test_monte_carlo_of_two_categories_is_the_binomial_test() -> None:
    result = compare_with_margins({"a": 9, "b": 21}, {"a": 50, "b": 50}, replicates=40_000, seed=2)
    exact = 2 * binom.cdf(9, 30, 0.5)
    assert abs(result.test["p_monte_carlo"].item() - exact) < 4 * np.sqrt(exact / 40_000)


def test_a_large_part_of_the_population_narrows_intervals_and_sharpens_the_test() -> None:
    counts, margins = {"a": 20, "b": 44}, {"a": 43, "b": 43}
    large = compare_with_margins(counts, margins, seed=1)
    small = compare_with_margins(counts, margins, population_size=86, seed=1)
    assert (small.table["high"] < large.table["high"]).all()
    assert small.test["chi2"].item() == pytest.approx(large.test["chi2"].item() * 85 / 22)
    assert small.test["p_monte_carlo"].item() <= large.test["p_monte_carlo"].item()
    assert small.test["sampling_fraction"].item() == pytest.approx(100 * 64 / 86)


def test_tests_of_samples_drawn_at_random_keep_their_level() -> None:
    random = np.random.default_rng(3)
    margins = {"a": 0.5, "b": 0.3, "c": 0.2}
    rejected = 0
    for _ in range(300):
        counts = dict(zip(margins, random.multinomial(60, list(margins.values())), strict=True))
        test = compare_with_margins(counts, margins, replicates=199, seed=1).test
        rejected += test["p_monte_carlo"].item() <= 0.05
    # 15 expected; beyond 31 with a probability of about one in ten thousand.
    assert 2 <= rejected <= 31


def test_answers_and_counts_say_the_same() -> None:
    answers = pd.Series(["a"] * 8 + ["b"] * 12 + [None] * 2)
    margins = {"a": 0.3, "b": 0.7}
    from_answers = compare_with_margins(answers, margins, seed=1)
    from_counts = compare_with_margins({"a": 8, "b": 12}, margins, seed=1)
    pd.testing.assert_frame_equal(from_answers.table, from_counts.table)
    assert (from_answers.test["n"].item(), from_answers.test["missing"].item()) == (20, 2)


def test_weights_change_shares_and_lower_the_effective_n() -> None:
    answers = pd.Series(["a", "a", "b", "b"])
    result = compare_with_margins(answers, {"a": 1, "b": 1}, sample_weight=[3, 3, 1, 1], seed=1)
    assert result.table["sample_share"].tolist() == [75, 25]
    assert result.test["effective_n"].item() == pytest.approx(64 / 20)


def test_a_category_that_nobody_has_counts_zero() -> None:
    result = compare_with_margins({"a": 10}, {"a": 0.9, "b": 0.1}, seed=1)
    assert result.table["n"].tolist() == [10, 0]


def test_wrong_figures_are_refused() -> None:
    with pytest.raises(ValueError, match="no category 'c'"):
        compare_with_margins({"a": 1, "c": 2}, {"a": 1, "b": 1}, seed=1)
    with pytest.raises(ValueError, match="share of 0"):
        compare_with_margins({"a": 1, "b": 2}, {"a": 1, "b": 0, "c": 1}, seed=1)
    with pytest.raises(ValueError, match=r"'b' \(-1\.0\)"):
        compare_with_margins({"a": 1, "b": 2}, {"a": 1, "b": -1}, seed=1)
    with pytest.raises(ValueError, match="more than the 3 respondents"):
        compare_with_margins({"a": 1, "b": 2}, {"a": 1, "b": 1}, population_size=3, seed=1)
    with pytest.raises(ValueError, match="replicates is 5"):
        compare_with_margins({"a": 1, "b": 2}, {"a": 1, "b": 1}, replicates=5, seed=1)


def test_every_number_of_three_categories_by_hand() -> None:
    result = compare_with_margins({"a": 10, "b": 20, "c": 20}, {"a": 1, "b": 2, "c": 1}, seed=1)
    table = result.table
    assert table["category"].tolist() == ["a", "b", "c"]
    np.testing.assert_allclose(table["n"], [10, 20, 20])
    np.testing.assert_allclose(table["sample_share"], [20, 40, 40])
    np.testing.assert_allclose(table["population_share"], [25, 50, 25])
    np.testing.assert_allclose(table["difference"], [-5, -10, 15])
    np.testing.assert_allclose(table["ratio"], [0.8, 0.8, 1.6])
    np.testing.assert_allclose(
        table["residual"],
        np.array([-0.05, -0.1, 0.15]) / np.sqrt(np.array([3 / 16, 1 / 4, 3 / 16]) / 50),
    )
    test = result.test.iloc[0]
    statistic = 50 * (0.05**2 / 0.25 + 0.1**2 / 0.5 + 0.15**2 / 0.25)
    assert test["chi2"] == pytest.approx(statistic)
    assert test["df"] == 2
    assert test["p_value"] == pytest.approx(chi2.sf(statistic, 2))
    assert test["smallest_expected"] == 12.5
    assert (test["n"], test["effective_n"], test["missing"]) == (50, 50, 0)
    assert np.isnan(test["sampling_fraction"])
    assert (test["sample_sum"], test["population_sum"]) == (50, 4)
    assert not test["sample_rescaled"]
    assert test["population_rescaled"]


def test_figures_are_rescaled_unless_shares_percentages_or_the_whole_population() -> None:
    for figures, size, rescaled in (
        ({"a": 0.4, "b": 0.6}, None, False), ({"a": 40, "b": 60}, None, False),
        ({"a": 400, "b": 600}, None, True), ({"a": 400, "b": 600}, 1000, False),
        ({"a": 400, "b": 600}, 999, True), ({"a": 40, "b": 60.1}, None, True),
        ({"a": 0.4, "b": 0.601}, None, True),
    ):  # fmt: skip
        test = compare_with_margins(
            {"a": 3, "b": 7}, figures, population_size=size, seed=1, replicates=99
        ).test
        assert bool(test["population_rescaled"].item()) == rescaled, figures


def test_wider_intervals_for_a_higher_level() -> None:
    z2 = 2.5758293035489004**2
    result = compare_with_margins({"a": 8, "b": 12}, {"a": 0.3, "b": 0.7}, seed=1, level=0.99)
    centre, half = (8 + z2 / 2) / (20 + z2), np.sqrt(z2 * (8 * 12 / 20 + z2 / 4)) / (20 + z2)
    assert result.table["low"][0] == pytest.approx(100 * (centre - half - 0.3))
    assert result.table["high"][0] == pytest.approx(100 * (centre + half - 0.3))


def test_monte_carlo_of_a_small_population_is_hypergeometric() -> None:
    # Ten drawn from 12 a and 8 b: 6 a are expected, 3 were found; as far are 3 or less, 9 or more.
    result = compare_with_margins(
        {"a": 3, "b": 7}, {"a": 12, "b": 8}, population_size=20, replicates=20_000, seed=2
    )
    far = [k for k in range(2, 11) if abs(k - 6) >= 3]
    exact = float(hypergeom(20, 12, 10).pmf(far).sum())
    found = result.test["p_monte_carlo"].item()
    assert abs(found - exact) < 4 * np.sqrt(exact / 20_000)
    # Counts of the population that are not whole still sum to it.
    third = compare_with_margins(
        {"a": 3, "b": 3, "c": 3}, {"a": 1, "b": 1, "c": 1}, population_size=20, seed=1
    )
    assert third.test["p_monte_carlo"].item() == 1


def test_the_one_respondent_is_as_far_as_any_other_would_be() -> None:
    for size in (None, 10):
        one = compare_with_margins({"a": 1, "b": 0}, {"a": 5, "b": 5}, population_size=size, seed=1)
        assert one.test["p_monte_carlo"].item() == 1
    # A weighted sample is drawn as often as its effective number, to the nearest whole: three of
    # 0.1 beside one of 1 are as good as 1.6 respondents, so two are drawn: both alike, or not.
    answers, weights = pd.Series(["a", "b", "b", "b"]), [1.0, 0.1, 0.1, 0.1]
    found = compare_with_margins(
        answers, {"a": 1, "b": 1}, sample_weight=weights, replicates=20_000, seed=2
    )
    assert round(found.test["effective_n"].item(), 1) == 1.6
    assert abs(found.test["p_monte_carlo"].item() - 1 / 2) < 4 * np.sqrt(1 / 4 / 20_000)


def test_the_correction_is_that_of_sampling_without_replacement() -> None:
    found = compare_with_margins({"a": 3, "b": 7}, {"a": 1, "b": 1}, population_size=11, seed=1)
    plain = compare_with_margins({"a": 3, "b": 7}, {"a": 1, "b": 1}, seed=1)
    ratio = found.test["chi2"].item() / plain.test["chi2"].item()
    assert ratio == pytest.approx(10 / 1)
    with pytest.raises(ValueError, match="more than the 10 respondents"):
        compare_with_margins({"a": 3, "b": 7}, {"a": 1, "b": 1}, population_size=10, seed=1)


def test_answers_of_who_weighs_nothing_do_not_count() -> None:
    answers = pd.Series(["a", "a", "b", None, None, "b"])
    weights = [1.0, 2.0, 2.0, 1.0, 0.0, 0.0]
    result = compare_with_margins(answers, {"a": 1, "b": 1}, sample_weight=weights, seed=1)
    np.testing.assert_allclose(result.table["sample_share"], [60, 40])
    test = result.test.iloc[0]
    assert (test["n"], test["missing"]) == (3, 1)
    assert test["effective_n"] == pytest.approx(25 / 9)
    np.testing.assert_allclose(result.table["n"], [0.6 * 25 / 9, 0.4 * 25 / 9])


def test_published_shares_take_their_n() -> None:
    result = compare_with_margins({"a": 30, "b": 70}, {"a": 1, "b": 1}, n=40, seed=1)
    assert result.test["n"].item() == result.test["effective_n"].item() == 40
    assert not result.test["sample_rescaled"].item()
    np.testing.assert_allclose(result.table["n"], [12, 28])
    assert result.test["chi2"].item() == pytest.approx(40 * 2 * 0.2**2 / 0.5)


def test_options_have_their_limits() -> None:
    margins = {"a": 1, "b": 1}
    for options, told in (
        ({"n": 0.5}, "n is 0.5"), ({"n": np.nan}, "n is nan"), ({"replicates": 98}, "replicates"),
        ({"level": 0}, "level"), ({"level": 1}, "level"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=told):
            compare_with_margins({"a": 1, "b": 2}, margins, seed=1, **options)  # type: ignore[arg-type]
    compare_with_margins({"a": 1, "b": 2}, margins, seed=1, n=1, replicates=99)
    with pytest.raises(ValueError, match="two categories"):
        compare_with_margins({"a": 1}, {"a": 1}, seed=1)
    with pytest.raises(ValueError, match="two categories"):
        compare_with_margins({"a": 1, "b": 2}, {"a": 0, "b": 0}, seed=1)
    with pytest.raises(ValueError, match="answers are counted"):
        compare_with_margins(pd.Series(["a", "b"]), margins, n=2, seed=1)
    with pytest.raises(ValueError, match="sample_weight goes with answers"):
        compare_with_margins({"a": 1, "b": 2}, margins, sample_weight=[1, 1], seed=1)
    with pytest.raises(ValueError, match="Nobody answered"):
        compare_with_margins(pd.Series([None, None], name="q"), margins, seed=1)


def test_a_population_in_whole_people_gives_the_rest_to_the_largest_remainder() -> None:
    # Seven people, shares 3.5, 2.1 and 1.4: 4, 2 and 1. Six of them leave one out; leaving out the
    # only c or one of two b is as far from the shares as what was found.
    found = compare_with_margins(
        {"a": 4, "b": 1, "c": 1}, {"a": 50, "b": 30, "c": 20}, population_size=7,
        replicates=20_000, seed=1,
    )  # fmt: skip
    chance = found.test["p_monte_carlo"].item()
    assert chance == pytest.approx(3 / 7, abs=4 * np.sqrt(12 / 49 / 20_000))


def test_a_population_of_one_category_cannot_be_compared_with() -> None:
    with pytest.raises(ValueError, match="two categories"):
        compare_with_margins({"a": 6, "b": 0}, {"a": 3, "b": 0}, seed=1)
