"""Replicates: the same numbers on any number of cores, in their order."""

from __future__ import annotations

import joblib
import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from rfree.base.replicates import child_seed, run_replicates


def first_number(generator: np.random.Generator) -> float:
    return float(generator.random())


def threads(_: np.random.Generator) -> set[int]:
    return {library["num_threads"] for library in threadpool_info()}


def state(seed: np.random.SeedSequence) -> list[int]:
    return seed.generate_state(4).tolist()


def test_children_are_those_that_numpy_spawns() -> None:
    spawned = np.random.SeedSequence(7).spawn(3)
    for number, child in enumerate(spawned):
        assert state(child_seed(7, number)) == state(child)
    grandchild = np.random.SeedSequence(7).spawn(2)[1].spawn(3)[2]
    assert state(child_seed(7, 1, 2)) == state(grandchild)
    assert state(child_seed(child_seed(7, 1), 2)) == state(grandchild)


def test_a_seed_of_another_size_keeps_it() -> None:
    large = np.random.SeedSequence(7, pool_size=8)
    assert state(child_seed(large, 0)) == state(large.spawn(1)[0])
    # Asking leaves the parent as it is: its first spawn is still number 0.
    fresh = np.random.SeedSequence(7)
    child_seed(fresh, 0)
    assert fresh.n_children_spawned == 0


@pytest.mark.parametrize("number", [1, 7, 8, 9, 17])
def test_replicate_i_draws_from_child_i(number: int) -> None:
    expected = [np.random.default_rng(child_seed(5, i)).random() for i in range(number)]
    assert run_replicates(first_number, number, seed=5) == expected


def test_cores_change_nothing() -> None:
    alone = run_replicates(first_number, 20, seed=np.random.SeedSequence(3))
    with joblib.parallel_config(backend="threading"):
        assert run_replicates(first_number, 20, seed=3, n_jobs=2) == alone


def test_progress_says_how_many_are_done() -> None:
    said: list[int] = []
    run_replicates(first_number, 19, seed=1, progress=said.append)
    assert said == [8, 16, 19]


def test_a_replicate_is_held_to_one_thread() -> None:
    with threadpool_limits(limits=2):
        assert run_replicates(threads, 2, seed=1) == [{1}, {1}]


def test_no_replicate_is_refused() -> None:
    with pytest.raises(ValueError, match="n_replicates is 0; expected at least 1"):
        run_replicates(first_number, 0, seed=1)


def test_one_core_is_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Watched(joblib.Parallel):  # type: ignore[misc]
        def __init__(self, n_jobs: object = None, **others: object) -> None:
            asked.append(n_jobs)
            super().__init__(n_jobs=n_jobs, **others)

    monkeypatch.setattr("rfree.base.replicates.Parallel", Watched)
    run_replicates(first_number, 1, seed=1)
    run_replicates(first_number, 1, seed=1, n_jobs=None)
    assert asked == [1, None]
