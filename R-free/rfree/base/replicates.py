"""Running many replicates: one seed each, on any number of cores, with the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from joblib import Parallel, delayed

from rfree.base.inputs import IntArray
from rfree.base.threads import single_thread

_Result = TypeVar("_Result")

# Replicates handed to a core at once: enough to make up for the handing.
REPLICATES_AT_ONCE = 8
# Replicates between two looks at whether enough went as far.
REPLICATES_A_LOOK = 32


def child_seed(seed: int | np.random.SeedSequence, *key: int) -> np.random.SeedSequence:
    """Derive a seed from another by a path of whole numbers.

    Parameters
    ----------
    seed : int or SeedSequence
        Left as it is: asking twice gives the same child.
    *key : ints
        What tells this child from the others.

    Returns
    -------
    SeedSequence
        That which ``SeedSequence.spawn`` gives for its child number ``key[0]``, and so on.

    Examples
    --------
    >>> np.random.SeedSequence(1).spawn(3)[2].generate_state(1) == child_seed(
    ...     1, 2).generate_state(1)
    array([ True])
    """
    parent = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    return np.random.SeedSequence(
        parent.entropy, spawn_key=(*parent.spawn_key, *key), pool_size=parent.pool_size
    )


def counts_drawn(n_rows: int, generator: np.random.Generator) -> IntArray:
    """Draw as many rows as there are, with replacement, and count how often each was drawn.

    Parameters
    ----------
    n_rows : int
    generator : numpy Generator

    Returns
    -------
    array of rows

    Examples
    --------
    >>> int(counts_drawn(5, np.random.default_rng(0)).sum())
    5
    """
    return np.bincount(generator.integers(0, n_rows, n_rows), minlength=n_rows)


def run_replicates(
    replicate: Callable[[np.random.Generator], _Result],
    n_replicates: int,
    *,
    seed: int | np.random.SeedSequence,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
) -> list[_Result]:
    """Call a function once for each replicate, each with a generator of its own.

    Parameters
    ----------
    replicate : function of a numpy Generator
        What a replicate does.
    n_replicates : int
        At least 1.
    seed : int or SeedSequence
        Replicate i draws from `child_seed` (seed, i), whatever core it runs on.
    n_jobs : int or None
        Cores, as joblib means it. Any joblib backend serves (``joblib.parallel_config``).
    progress : function of an int, optional
        Called with the number of replicates done, as they are.

    Returns
    -------
    list
        In the order of the replicates.

    Notes
    -----
    A replicate is small: linear algebra on several threads would slow it down, and could
    change its last digits with the number of cores. It is held to one.

    Examples
    --------
    >>> drawn = run_replicates(lambda generator: float(generator.random()), 3, seed=5)
    >>> drawn[2] == np.random.default_rng(child_seed(5, 2)).random()
    True
    """
    if n_replicates < 1:
        raise ValueError(f"n_replicates is {n_replicates}; expected at least 1.")
    starts = range(0, n_replicates, REPLICATES_AT_ONCE)
    tasks = (
        delayed(_run_some)(replicate, seed, start, min(start + REPLICATES_AT_ONCE, n_replicates))
        for start in starts
    )
    parallel = Parallel(n_jobs=n_jobs, return_as="generator")
    results: list[_Result] = []
    finished: Iterator[list[_Result]] = parallel(tasks)
    for some in finished:
        results.extend(some)
        if progress is not None:
            progress(len(results))
    return results


def _run_some(
    replicate: Callable[[np.random.Generator], _Result],
    seed: int | np.random.SeedSequence,
    start: int,
    stop: int,
) -> list[_Result]:
    with single_thread():
        return [
            replicate(np.random.default_rng(child_seed(seed, number)))
            for number in range(start, stop)
        ]


def run_until_decided(
    replicate: Callable[[np.random.Generator], _Result],
    as_far: Callable[[_Result], bool],
    n_replicates: int,
    *,
    enough: int,
    seed: int | np.random.SeedSequence,
    n_jobs: int | None = 1,
    progress: Callable[[int], None] | None = None,
    at_least: int = 0,
) -> list[_Result]:
    """Run replicates until enough of them went as far as the sample, or all are done.

    Parameters
    ----------
    replicate, n_replicates, seed, n_jobs, progress
        As in `run_replicates`; ``progress`` ends at ``n_replicates`` whatever was left out.
    as_far : function of a replicate
        Whether it speaks for structure as much as the sample does.
    enough : int
        How many such replicates end the run.
    at_least : int
        Replicates that are run in any case.

    Returns
    -------
    list
        All up to the one that ended the run: the same on any number of cores.

    Notes
    -----
    Besag & Clifford (1991), *Sequential Monte Carlo p-values*: with h replicates as far after L,
    h = ``enough``, p = h / L is as valid as p = (b + 1) / (B + 1) after all B of them. What is not
    significant is known after a few dozen. (With ``at_least`` replicates run before, L is theirs:
    p = (b + 1) / (L + 1), as for a number fixed beforehand.)

    Examples
    --------
    >>> len(run_until_decided(lambda generator: 1.0, lambda one: one >= 0, 499, enough=20, seed=1))
    20
    """
    if n_replicates < 1 or enough < 1:
        raise ValueError(
            f"n_replicates is {n_replicates} and enough {enough}; expected at least 1 of each."
        )
    results: list[_Result] = []
    met = 0
    for start in range(0, n_replicates, REPLICATES_A_LOOK):
        stop = min(start + REPLICATES_A_LOOK, n_replicates)
        tasks = (
            delayed(_run_some)(replicate, seed, first, min(first + REPLICATES_AT_ONCE, stop))
            for first in range(start, stop, REPLICATES_AT_ONCE)
        )
        for some in Parallel(n_jobs=n_jobs)(tasks):
            for one in some:
                if len(results) >= at_least and met >= enough:
                    break
                results.append(one)
                met += as_far(one)
        if progress is not None:
            progress(stop)
        if len(results) >= at_least and met >= enough:
            break
    if progress is not None and stop < n_replicates:
        progress(n_replicates)
    return results
