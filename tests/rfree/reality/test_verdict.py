"""The ladder: no structure, slices, regions, groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rfree.reality.nulls import NULLS, STATISTICS, NullResult, null_distributions
from rfree.reality.verdict import reach_verdict


def result_with(p_values: dict[tuple[str, str], float], n_replicates: int = 99) -> NullResult:
    """A result whose p-values are those given, and 1 elsewhere."""
    tests = pd.DataFrame(
        [
            {"null": null, "statistic": statistic, "direction": direction, "sample": 0.3,
             "null_mean": 0.4, "null_low": 0.35, "null_high": 0.45,
             "p_value": p_values.get((null, statistic), 1.0)}
            for null in NULLS
            for statistic, direction in STATISTICS.items()
        ]
    )  # fmt: skip
    empty = pd.DataFrame()
    return NullResult(tests, empty, empty, empty, 4, n_replicates)


SHARE = "within_share"
SLICES = {("independence", SHARE): 0.01}
REGIONS = SLICES | {("one continuum", "second_direction"): 0.05}
SEPARATED = {(null, "separation"): 0.05 for null in NULLS}


@pytest.mark.parametrize(
    ("p_values", "rung", "stopped_by"),
    [
        ({}, "no_structure", ("independence",)),
        (SLICES, "slices", ("one continuum",)),
        ({("one continuum", "second_direction"): 0.01}, "no_structure", ("independence",)),
        (REGIONS, "regions", tuple(NULLS)),
        (REGIONS | SEPARATED, "groups", ()),
        (SEPARATED, "groups", ()),
        (REGIONS | SEPARATED | {("flat attitudes", "separation"): 0.06}, "regions",
         ("flat attitudes",)),
        (REGIONS | SEPARATED | {("continuous attitudes", "separation"): 0.06}, "regions",
         ("continuous attitudes",)),
    ],
)  # fmt: skip
def test_the_ladder_stops_where_the_sample_no_longer_beats_the_null(
    p_values: dict[tuple[str, str], float], rung: str, stopped_by: tuple[str, ...]
) -> None:
    verdict = reach_verdict(result_with(p_values))
    assert verdict.rung == rung
    assert verdict.stopped_by == stopped_by
    assert verdict.within_share == 0.3


def test_steps_hold_what_a_sentence_needs() -> None:
    steps = reach_verdict(result_with(REGIONS)).steps
    assert list(steps["rung"]) == ["slices", "regions", "regions"] + ["groups"] * 4
    assert list(steps.columns) == ["rung", "null", "statistic", "sample", "null_mean", "null_low",
                                   "null_high", "p_value", "beaten"]  # fmt: skip
    assert list(steps["beaten"]) == [True, True, True] + [False] * 4


def test_a_level_out_of_reach_is_an_error() -> None:
    with pytest.raises(ValueError, match="ask for more replicates"):
        reach_verdict(result_with({}, n_replicates=9))
    with pytest.raises(ValueError, match="level is 1"):
        reach_verdict(result_with({}), level=1.0)


def test_a_null_left_out_is_an_error() -> None:
    result = result_with({})
    fewer = result.tests[result.tests["null"] != "one continuum"]
    partial = NullResult(fewer, fewer, fewer, fewer, 4, 99)
    with pytest.raises(ValueError, match="absent: one continuum"):
        reach_verdict(partial)


def answers(latent: np.ndarray) -> pd.DataFrame:
    codes = 1 + (latent[:, :, np.newaxis] > [-1.5, -0.5, 0.5, 1.5]).sum(axis=2)
    X = pd.DataFrame(codes).astype(str)
    X.columns = [f"q{column}" for column in X]
    return X


def verdict_on(latent: np.ndarray) -> str:
    result = null_distributions(
        answers(latent), n_axes=3, n_classes=4, n_replicates=19, n_resamples=0, seed=1
    )
    return reach_verdict(result).rung


def test_planted_groups_are_groups() -> None:
    generator = np.random.default_rng(1)
    group = generator.integers(0, 4, 300)
    latent = 1.4 * (group[:, np.newaxis] - 1.5) + generator.standard_normal((300, 16))
    assert verdict_on(latent) == "groups"


def test_one_trait_is_sliced() -> None:
    generator = np.random.default_rng(2)
    latent = 0.8 * generator.standard_normal((300, 1)) + 0.6 * generator.standard_normal((300, 16))
    assert verdict_on(latent) == "slices"


def test_two_traits_are_regions() -> None:
    generator = np.random.default_rng(6)
    traits = np.repeat(generator.standard_normal((300, 2)), 8, axis=1)
    assert verdict_on(0.8 * traits + 0.6 * generator.standard_normal((300, 16))) == "regions"


def test_independent_answers_have_no_structure() -> None:
    assert verdict_on(np.random.default_rng(4).standard_normal((300, 16))) == "no_structure"
