"""Replicates that end once enough of them went as far as the sample."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace

import joblib
import numpy as np
import pytest

from rfree.base import threads
from rfree.base.replicates import child_seed, run_replicates, run_until_decided


def uniform(generator: np.random.Generator) -> float:
    return float(generator.random())


def at_least_half(value: float) -> bool:
    return value >= 0.5


def every(n: int, seed: int) -> list[float]:
    """The replicates, each from a generator of its own."""
    return [np.random.default_rng(child_seed(seed, number)).random() for number in range(n)]


def test_the_run_ends_with_the_replicate_that_makes_enough() -> None:
    drawn = every(400, 7)
    as_far = np.flatnonzero(np.array(drawn) >= 0.5)
    for enough in (1, 5, 20, 40):
        run = run_until_decided(uniform, at_least_half, 400, enough=enough, seed=7)
        assert run == drawn[: as_far[enough - 1] + 1]


@pytest.mark.parametrize("at_least", [0, 8, 31, 32, 33, 99, 100])
def test_replicates_that_are_run_in_any_case(at_least: int) -> None:
    run = run_until_decided(
        uniform, lambda _: True, 100, enough=3, seed=1, at_least=at_least
    )  # fmt: skip
    assert run == every(max(3, at_least), 1)


def test_all_are_run_when_too_few_go_as_far() -> None:
    assert run_until_decided(uniform, lambda _: False, 70, enough=1, seed=2) == every(70, 2)
    assert run_until_decided(uniform, lambda _: True, 5, enough=20, seed=2) == every(5, 2)
    # More replicates in any case than there are: all of them.
    assert len(run_until_decided(uniform, lambda _: True, 5, enough=1, seed=2, at_least=9)) == 5


def test_replicates_are_the_same_on_one_and_two_cores() -> None:
    for enough in (4, 60):
        one = run_until_decided(uniform, at_least_half, 150, enough=enough, seed=3)
        with joblib.parallel_config("threading"):
            two = run_until_decided(uniform, at_least_half, 150, enough=enough, seed=3, n_jobs=2)
        assert one == two
    assert run_replicates(uniform, len(one), seed=3) == one


@pytest.mark.parametrize(
    ("n_replicates", "enough", "told"),
    [(70, 99, [32, 64, 70]), (64, 99, [32, 64]), (70, 1, [32, 70]), (20, 1, [20])],
)
def test_progress_ends_at_all_replicates(n_replicates: int, enough: int, told: list[int]) -> None:
    done: list[int] = []
    run_until_decided(
        uniform, lambda _: True, n_replicates, enough=enough, seed=0, progress=done.append
    )
    assert done == told


@pytest.mark.parametrize(("n_replicates", "enough"), [(0, 1), (1, 0), (-1, 5)])
def test_no_replicates_or_none_enough_is_an_error(n_replicates: int, enough: int) -> None:
    with pytest.raises(ValueError, match=f"n_replicates is {n_replicates} and enough {enough}"):
        run_until_decided(uniform, at_least_half, n_replicates, enough=enough, seed=0)


def _as_far(sample: float, value: float) -> bool:
    return value >= sample


@pytest.mark.parametrize("at_least", [0, 9])
def test_p_values_of_a_run_that_ends_early_are_valid(
    monkeypatch: pytest.MonkeyPatch, at_least: int
) -> None:
    # Nothing here computes on several threads: asking how many there are takes most of the time.
    held = SimpleNamespace(limit=lambda **_: nullcontext())
    monkeypatch.setattr(threads, "_controller", lambda _: held)
    samples = np.random.default_rng(at_least).random(2000)
    p_values = []
    for number, sample in enumerate(samples):
        as_far = partial(_as_far, sample)
        run = run_until_decided(uniform, as_far, 19, enough=2, seed=number, at_least=at_least)
        p_values.append((sum(map(as_far, run)) + 1) / (len(run) + 1))
    for level in (0.05, 0.1, 0.25):
        share = np.mean(np.array(p_values) <= level + 1e-9)
        error = np.sqrt(level * (1 - level) / len(samples))
        assert share <= level + 3 * error
    # 19 replicates make the test exact at 5 %: as far as it, no power is lost by ending early.
    assert np.mean(np.array(p_values) <= 0.05 + 1e-9) >= 0.05 - 3 * np.sqrt(0.05 * 0.95 / 2000)
