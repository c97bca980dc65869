"""Whether one sample shows its types to be groups: the verdict with few replicates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from rfree.classes.chain import ChainSettings, CodedTable, code_table, run_chain
from rfree.evidence.groups_shown import (
    beats,
    gaps_everywhere,
    groups_shown,
    resampled_jaccard,
    with_and_without_straight_liners,
)
from rfree.reality.findings import findings
from rfree.reality.null_populations import fit_nulls
from rfree.reality.ordered_answers import ordinal_answers
from rfree.reality.stability import bootstrap_stability

SETTINGS = ChainSettings(n_axes=2, n_classes=3)


def answers(apart: float, n: int = 150, seed: int = 1) -> CodedTable:
    """Return the answers of three groups in a triangle; one cloud where nothing sets them apart."""
    generator = np.random.default_rng(seed)
    corners = apart * np.array([[0.0, 1.0], [0.87, -0.5], [-0.87, -0.5]])
    place = corners[generator.integers(0, 3, n)] + 0.5 * generator.standard_normal((n, 2))
    towards = np.tile(np.eye(2), (6, 1))
    noisy = place @ towards.T + 0.6 * generator.standard_normal((n, 12))
    codes = 3 + np.clip(np.rint(noisy), -2, 2).astype(int)
    return code_table(pd.DataFrame(codes.astype(str), columns=[f"Q{i}" for i in range(12)]))


def test_groups_far_apart_are_shown() -> None:
    shown = groups_shown(answers(2.5), SETTINGS, np.random.default_rng(5), least_jaccard=1.0)
    assert shown == "groups"


def test_one_cloud_shows_none() -> None:
    drawn = [
        groups_shown(answers(0.0, 100, seed), SETTINGS, np.random.default_rng(seed),
                     least_jaccard=1.0)
        for seed in range(4)
    ]  # fmt: skip
    assert drawn == [None] * 4


def test_types_that_do_not_come_back_are_no_groups() -> None:
    found = groups_shown(answers(2.5), SETTINGS, np.random.default_rng(5), least_jaccard=0.59)
    assert found is None


def test_answers_that_allow_no_test_show_nothing() -> None:
    same = pd.DataFrame({"a": list("12" * 10), "b": list("11" * 10)})
    table = code_table(same)
    settings = ChainSettings(1, 2)
    assert groups_shown(table, settings, np.random.default_rng(1), least_jaccard=1.0) is None


def test_ending_at_the_first_replicate_as_far_changes_no_answer() -> None:
    """The sample beats a population if and only if none of the same replicates goes as far."""
    table = answers(1.2)
    code_of = ordinal_answers(table).code_of
    own = findings(table, code_of, SETTINGS, 0, np.random.default_rng(0))
    population = fit_nulls(table)[0]["ring"]
    whole = table, code_of, SETTINGS
    generator = np.random.default_rng(3)
    passed = [beats(own, population, "weakest_gap", whole, generator, n_replicates=1)
              for _ in range(6)]  # fmt: skip
    together = beats(
        own, population, "weakest_gap", whole, np.random.default_rng(3), n_replicates=6
    )
    assert together == all(passed)


def test_every_population_without_gaps_has_to_be_beaten() -> None:
    table = answers(2.5)
    code_of = ordinal_answers(table).code_of
    own = findings(table, code_of, SETTINGS, 0, np.random.default_rng(0))
    populations = fit_nulls(table)[0]
    whole = table, code_of, SETTINGS
    assert gaps_everywhere(own, populations, whole, np.random.default_rng(1), n_replicates=3)

    class Itself:
        def draw(self, generator: np.random.Generator) -> np.ndarray:
            del generator
            return table.codes

    for name in ("heavy tails", "flat attitudes"):
        some = populations | {name: Itself()}
        assert not gaps_everywhere(own, some, whole, np.random.default_rng(1), n_replicates=3)


@pytest.mark.parametrize("statistic", ["within_share", "weakest_gap"])
def test_a_population_that_goes_as_far_is_not_beaten(statistic: str) -> None:
    table = answers(1.2)
    code_of = ordinal_answers(table).code_of
    whole = table, code_of, SETTINGS

    class Itself:
        def draw(self, generator: np.random.Generator) -> np.ndarray:
            del generator
            return table.codes

    # Low is good of a share within the types, high of a gap; the same value is beaten by neither.
    own = findings(table, code_of, SETTINGS, 0, np.random.default_rng(0))
    generator = np.random.default_rng(1)
    assert not beats(own, Itself(), statistic, whole, generator, n_replicates=1)


def worded_both_ways(lined: int) -> CodedTable:
    """Return the answers of two groups, half of the items turned, and of some who say one thing."""
    generator = np.random.default_rng(8)
    side, turned = np.resize([-1.2, 1.2], 90)[:, None], np.resize([1, -1], 12)
    latent = side * turned + 0.8 * generator.standard_normal((90, 12))
    codes = 3 + np.clip(np.rint(latent), -2, 2).astype(int)
    codes[:lined] = np.resize([1, 5], lined)[:, None]
    return code_table(pd.DataFrame(codes.astype(str), columns=[f"Q{i}" for i in range(12)]))


@pytest.mark.parametrize("lined", [0, 12])
def test_straight_liners_lend_no_gap_and_no_direction(lined: int) -> None:
    """Of the sample and of the others alone, the lesser of each counts; nothing else changes."""
    table = worded_both_ways(lined)
    code_of = ordinal_answers(table).code_of
    second = fit_nulls(table)[1]
    assert second.worded_both_ways
    own = findings(table, code_of, SETTINGS, 0, np.random.default_rng(0))
    tested = with_and_without_straight_liners(own, table, code_of, SETTINGS, second)
    others = replace(table, codes=table.codes[lined:], index=table.index[lined:])
    alone = findings(others, code_of, SETTINGS, 0, np.random.default_rng(0))
    assert tested.weakest_gap == min(own.weakest_gap, alone.weakest_gap)
    assert tested.second_eigenvalue == min(own.second_eigenvalue, alone.second_eigenvalue)
    assert (tested.within_share, tested.one_score) == (own.within_share, own.one_score)
    assert (tested.second_eigenvalue < own.second_eigenvalue) == (lined > 0)


def test_similarity_in_resamples_is_that_of_the_bootstrap() -> None:
    table = answers(0.8)
    X = pd.DataFrame(table.codes, columns=list(table.coding.variables)).astype(str)
    many = bootstrap_stability(X, n_axes=2, n_classes=3, n_replicates=200, seed=4)
    found = run_chain(table, SETTINGS, thorough=True)
    few = resampled_jaccard(table, SETTINGS, np.random.default_rng(6), found=found, n_resamples=200)
    assert few == pytest.approx(many.classes["mean_jaccard"].to_numpy(), abs=0.04)
