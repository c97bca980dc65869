"""The verdict: every rung, and everything that keeps types from being groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from made_up_answers import far_groups
from rfree.reality.findings import NOTHING_FOUND, Findings
from rfree.reality.nulls import (
    ASKED,
    NULL_STATISTICS,
    NULLS,
    WITHOUT_GAPS,
    NullResult,
    null_distributions,
)
from rfree.reality.one_attitude import SecondDirection
from rfree.reality.verdict import QUESTIONS, RUNGS, reach_verdict

STRUCTURE = {("independence", "within_share"): 0.01}
DIRECTIONS = {("one attitude", "second_eigenvalue"): 0.05}
GAPS = {(null, "weakest_gap"): 0.05 for null in WITHOUT_GAPS}
ONE_SCORE = ("one attitude", "one_score")
SECOND = SecondDirection("nothing", 1.0, 1.2, 0.0, 0.5, 0.1, pd.DataFrame(), True, 0.0)


def boundary_table(p_values: dict[tuple[int, int], float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"class": first, "neighbour": second, "p_holm": p_value}
            for (first, second), p_value in p_values.items()
        ]
    )


def found_without(*, gap: float = 9.0, second: float = 9.0) -> Findings:
    return replace(NOTHING_FOUND, weakest_gap=gap, second_eigenvalue=second)


def result_with(
    *p_values: dict[tuple[str, str], float], one_score: float = 0.8, **given: Any
) -> NullResult:
    """A result whose p-values are those given, and 1 elsewhere."""
    known = {pair: value for each in p_values for pair, value in each.items()}
    tests = pd.DataFrame(
        [
            {"null": null, "statistic": statistic, "direction": NULL_STATISTICS[statistic],
             "sample": one_score if statistic == "one_score" else 0.3, "null_mean": 0.4,
             "null_low": 0.35, "null_high": 0.45,
             "p_value": known.get((null, statistic), 1.0), "replicates": 99}
            for null in NULLS
            for statistic in ASKED[null]
        ]
    )  # fmt: skip
    empty = pd.DataFrame()
    made = NullResult(
        tests=tests,
        boundaries=boundary_table({(1, 2): 0.01, (2, 3): 0.2, (3, 4): 0.2}),
        profiles=empty,
        descriptions=empty,
        by_classes=empty,
        replicates=empty,
        second=SECOND,
        without_straight_liners=None,
        n_straight_liners=0,
        n_classes=4,
        n_replicates=99,
    )
    return replace(made, **given)


@pytest.mark.parametrize(
    ("p_values", "one_score", "rung"),
    [
        ((), 0.8, "no structure"),
        ((DIRECTIONS, GAPS), 0.8, "no structure"),
        ((STRUCTURE,), 0.8, "slices"),
        ((STRUCTURE, {ONE_SCORE: 0.01}), 0.8, "slices"),
        ((STRUCTURE, DIRECTIONS), 0.8, "regions"),
        ((STRUCTURE, DIRECTIONS), 0.89, "regions"),
        ((STRUCTURE, DIRECTIONS), 0.9, "slices"),
        ((STRUCTURE, DIRECTIONS, {ONE_SCORE: 0.05}), 0.95, "slices"),
        ((STRUCTURE, DIRECTIONS, {ONE_SCORE: 0.06}), 0.95, "slices"),
        ((STRUCTURE, GAPS), 0.89, "groups"),
        ((STRUCTURE, DIRECTIONS, GAPS), 0.8, "groups"),
        ((STRUCTURE, GAPS), 0.9, "ordered groups"),
        ((STRUCTURE, DIRECTIONS, GAPS), 1.0, "ordered groups"),
    ],
)
def test_the_rung_is_that_of_the_questions_answered_yes(
    p_values: tuple[dict[tuple[str, str], float], ...], one_score: float, rung: str
) -> None:
    verdict = reach_verdict(result_with(*p_values, one_score=one_score))
    assert verdict.rung == rung
    assert rung in RUNGS
    assert verdict.gaps_everywhere == (GAPS in p_values)
    assert verdict.stopped_by == (() if GAPS in p_values else WITHOUT_GAPS)
    assert verdict.several_directions == (DIRECTIONS in p_values and one_score < 0.9)
    assert (verdict.within_share, verdict.one_score) == (0.3, one_score)
    assert (verdict.level, verdict.n_classes, verdict.n_replicates) == (0.05, 4, 99)


@pytest.mark.parametrize(("p_value", "rung"), [(0.05, "regions"), (0.06, "slices")])
def test_in_a_bend_one_score_has_to_give_back_fewer_types_too(p_value: float, rung: str) -> None:
    bend = replace(SECOND, kind="bend")
    given = (STRUCTURE, DIRECTIONS, {ONE_SCORE: p_value})
    verdict = reach_verdict(result_with(*given, second=bend))
    assert verdict.rung == rung
    asked = verdict.steps.query("question == 'directions'")
    assert asked["statistic"].tolist() == ["second_eigenvalue", "one_score"]
    assert asked["beaten"].tolist() == [True, rung == "regions"]
    # Elsewhere it is not asked.
    verdict = reach_verdict(result_with(*given))
    assert verdict.rung == "regions"
    assert "one_score" not in verdict.steps["statistic"].tolist()


@pytest.mark.parametrize("null", WITHOUT_GAPS)
def test_each_population_without_gaps_alone_keeps_types_from_being_groups(null: str) -> None:
    result = result_with(STRUCTURE, DIRECTIONS, GAPS, {(null, "weakest_gap"): 0.06})
    verdict = reach_verdict(result)
    assert (verdict.rung, verdict.stopped_by) == ("regions", (null,))
    assert not verdict.gaps_everywhere
    # At a higher level the same sample has gaps.
    assert reach_verdict(result, level=0.06).rung == "groups"


@pytest.mark.parametrize(
    ("jaccard", "stopped_by"), [(0.6, ()), (0.5999, ("recovery",)), (np.nan, ())]
)
def test_a_type_that_does_not_come_back_is_no_group(
    jaccard: float, stopped_by: tuple[str, ...]
) -> None:
    similar = pd.Series([0.9, 0.9, jaccard, 0.7], index=[1, 2, 3, 4])
    verdict = reach_verdict(result_with(STRUCTURE, GAPS), type_jaccard=similar)
    assert verdict.stopped_by == stopped_by
    assert verdict.rung == ("slices" if stopped_by else "groups")
    assert verdict.types["recovered"].tolist() == [True, True, not stopped_by, True]
    np.testing.assert_array_equal(verdict.types["mean_jaccard"], similar)


def test_types_whose_similarity_is_unknown_count_as_recovered() -> None:
    types = reach_verdict(result_with(STRUCTURE, GAPS)).types
    assert types["recovered"].all()
    assert types["mean_jaccard"].isna().all()


@pytest.mark.parametrize(
    ("n_lined", "without", "survives"),
    [(0, np.nan, True), (0, 0.1, True), (3, 0.46, True), (3, 0.45, False), (3, 0.0, False)],
)
def test_a_gap_that_goes_with_the_straight_liners_is_none(
    n_lined: int, without: float, survives: bool
) -> None:
    result = result_with(
        STRUCTURE,
        GAPS,
        n_straight_liners=n_lined,
        without_straight_liners=found_without(gap=without) if n_lined else None,
    )
    verdict = reach_verdict(result)
    assert verdict.stopped_by == (() if survives else ("straight liners",))
    assert verdict.gaps_everywhere == survives
    assert verdict.rung == ("groups" if survives else "slices")


def test_the_highest_population_is_what_the_others_must_be_above() -> None:
    result = result_with(
        STRUCTURE, GAPS, n_straight_liners=2, without_straight_liners=found_without(gap=0.5)
    )
    for null, high in (("ring", 0.6), ("independence", 9.0)):
        tests = result.tests.copy()
        tests.loc[tests["null"] == null, "null_high"] = high
        verdict = reach_verdict(replace(result, tests=tests))
        assert verdict.stopped_by == (("straight liners",) if null == "ring" else ())


def test_all_that_stops_is_named() -> None:
    result = result_with(
        STRUCTURE, GAPS, {("ring", "weakest_gap"): 0.5}, {("heavy tails", "weakest_gap"): 0.5},
        n_straight_liners=1, without_straight_liners=NOTHING_FOUND,
    )  # fmt: skip
    similar = pd.Series(0.1, index=[1, 2, 3, 4])
    verdict = reach_verdict(result, type_jaccard=similar)
    assert verdict.stopped_by == ("ring", "heavy tails", "recovery", "straight liners")


@pytest.mark.parametrize(("second", "rung"), [(0.46, "regions"), (0.45, "slices")])
def test_straight_liners_make_no_direction(second: float, rung: str) -> None:
    without = found_without(second=second)
    result = result_with(
        STRUCTURE, DIRECTIONS, n_straight_liners=3, without_straight_liners=without
    )
    assert reach_verdict(result).rung == rung


@pytest.mark.parametrize(
    ("p_values", "n_groups", "rung"),
    [
        ((STRUCTURE,), None, "slices"),
        ((STRUCTURE,), 0, "slices"),
        ((STRUCTURE,), 1, "slices"),
        ((STRUCTURE,), 2, "other groups"),
        ((STRUCTURE, DIRECTIONS), 5, "other groups"),
        ((STRUCTURE, GAPS), 2, "groups"),
        ((DIRECTIONS,), 2, "no structure"),
    ],
)
def test_splits_show_other_groups_where_the_types_are_none(
    p_values: tuple[dict[tuple[str, str], float], ...], n_groups: int | None, rung: str
) -> None:
    verdict = reach_verdict(result_with(*p_values), n_groups=n_groups)
    assert (verdict.rung, verdict.n_groups) == (rung, n_groups)


def test_steps_hold_what_a_sentence_needs() -> None:
    steps = reach_verdict(result_with(STRUCTURE, DIRECTIONS)).steps
    asked = [
        (question, null, statistic) for question, pairs in QUESTIONS for null, statistic in pairs
    ]
    assert [tuple(row) for row in steps[["question", "null", "statistic"]].to_numpy()] == asked
    assert list(steps["question"]) == ["structure", "directions", *["gaps"] * len(WITHOUT_GAPS)]
    assert list(steps.columns) == [
        "question", "null", "statistic", "sample", "null_mean", "null_low", "null_high", "p_value",
        "replicates", "beaten",
    ]  # fmt: skip
    assert list(steps["beaten"]) == [True, True] + [False] * len(WITHOUT_GAPS)


@pytest.mark.parametrize(
    ("p_values", "set_apart", "gaps", "neighbours"),
    [
        ({(1, 2): 0.01, (2, 3): 0.2}, ["every side", "some sides", "no side"], [1, 1, 0],
         [1, 2, 1]),
        ({(1, 2): 0.05, (1, 3): 0.05, (2, 3): 0.051}, ["every side", "some sides", "some sides"],
         [2, 1, 1], [2, 2, 2]),
        ({(1, 3): 0.6, (2, 3): 0.01}, ["no side", "every side", "some sides"], [0, 1, 1],
         [1, 1, 2]),
        ({(1, 2): 0.6}, ["no side", "no side", "no side"], [0, 0, 0], [1, 1, 0]),
        ({(1, 2): np.nan, (2, 3): 0.01}, ["no side", "some sides", "every side"], [0, 1, 1],
         [1, 2, 1]),
    ],
)  # fmt: skip
def test_types_are_set_apart_where_their_boundaries_have_a_gap(
    p_values: dict[tuple[int, int], float],
    set_apart: list[str],
    gaps: list[int],
    neighbours: list[int],
) -> None:
    result = result_with(STRUCTURE, boundaries=boundary_table(p_values), n_classes=3)
    verdict = reach_verdict(result)
    assert verdict.types["class"].tolist() == [1, 2, 3]
    assert verdict.types["set_apart"].tolist() == set_apart
    assert verdict.types["gaps"].tolist() == gaps
    assert verdict.types["neighbours"].tolist() == neighbours
    assert verdict.boundaries["gap"].tolist() == [value <= 0.05 for value in p_values.values()]
    # The result given is left alone.
    assert "gap" not in result.boundaries


def test_a_level_out_of_reach_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"no p-value below 0\.1000: ask for more replicates"):
        reach_verdict(result_with(n_replicates=9))
    assert reach_verdict(result_with(n_replicates=19)).rung == "no structure"
    for level in (1.0, 0.009, 0.0, -1.0):
        with pytest.raises(ValueError, match=f"level is {level}"):
            reach_verdict(result_with(), level=level)
    assert reach_verdict(result_with(), level=0.01).level == 0.01


@pytest.mark.parametrize("null", NULLS)
def test_a_null_left_out_is_an_error(null: str) -> None:
    result = result_with()
    fewer = replace(result, tests=result.tests[result.tests["null"] != null])
    with pytest.raises(ValueError, match=f"absent: {null}\\."):
        reach_verdict(fewer)


def verdict_on(X: pd.DataFrame, n_classes: int = 2, *, n_axes: int = 2) -> str:
    result = null_distributions(
        X, n_axes=n_axes, n_classes=n_classes, n_replicates=19, n_resamples=0, seed=1
    )
    return reach_verdict(result).rung


def as_answers(latent: np.ndarray) -> pd.DataFrame:
    codes = 1 + (latent[:, :, np.newaxis] > [-1.5, -0.5, 0.5, 1.5]).sum(axis=2)
    return pd.DataFrame(codes).astype(str).rename(columns="q{}".format)


def test_planted_groups_are_groups() -> None:
    # Two far groups lie along one line; three around a triangle do not.
    assert verdict_on(far_groups((30, 30))) == "ordered groups"
    assert verdict_on(far_groups((25, 25, 25), 9), 3) == "groups"


def test_one_trait_is_sliced() -> None:
    generator = np.random.default_rng(2)
    signs = np.resize([1.0, -1.0], 10)
    latent = generator.standard_normal((90, 1)) * signs
    assert verdict_on(as_answers(latent + 0.7 * generator.standard_normal((90, 10))), 3) == (
        "slices"
    )


def test_two_traits_are_regions() -> None:
    generator = np.random.default_rng(6)
    traits = np.repeat(generator.standard_normal((150, 2)), 6, axis=1)
    signs = np.tile([1.0, 1, 1, -1, -1, -1], 2)
    latent = traits * signs + 0.7 * generator.standard_normal((150, 12))
    # On two axes alone, two traits are as round a cloud as noise: more of them tell.
    assert verdict_on(as_answers(latent), 4, n_axes=5) == "regions"


def test_independent_answers_have_no_structure() -> None:
    latent = np.random.default_rng(4).standard_normal((60, 8))
    assert verdict_on(as_answers(latent), 3) == "no structure"
