"""k-medoids of many respondents: looked for in random samples, and everyone put around them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rfree.base.inputs import FloatArray, IntArray, aligned_to
from rfree.other_clusterings.k_medoids import (
    GowerAnswers,
    MedoidPartition,
    around_medoids,
    k_medoids,
)

SAMPLE_SIZE = 1000
MEDOID_SAMPLES = 5


def draw_medoid_samples(
    n_respondents: int,
    *,
    seed: int | np.random.SeedSequence,
    sample_size: int = SAMPLE_SIZE,
    samples: int = MEDOID_SAMPLES,
) -> list[IntArray]:
    """Draw respondents among whom medoids are looked for.

    Parameters
    ----------
    n_respondents : int
    seed : int or SeedSequence
    sample_size : int
        Not more than there are respondents.
    samples : int

    Returns
    -------
    list of arrays of ints
        Rows, ascending, without repetition within a sample.

    Examples
    --------
    >>> [len(rows) for rows in draw_medoid_samples(50, seed=1, sample_size=10, samples=2)]
    [10, 10]
    """
    rng = np.random.default_rng(seed)
    return [np.sort(rng.permutation(n_respondents)[:sample_size]) for _ in range(samples)]


def sampled_medoids(
    answers: GowerAnswers,
    samples: Iterable[IntArray],
    numbers_of_classes: Iterable[int],
    weights: FloatArray,
) -> dict[int, MedoidPartition]:
    """Partition many respondents around medoids found among samples of them (CLARA).

    Parameters
    ----------
    answers : GowerAnswers
        Of all respondents.
    samples : iterable of arrays of ints
        From `draw_medoid_samples`.
    numbers_of_classes : iterable of ints
    weights : array of respondents

    Returns
    -------
    dict of number of classes to MedoidPartition
        Of all respondents.

    Notes
    -----
    Kaufman & Rousseeuw (1990), *Finding Groups in Data*, ch. 3: the medoids of each sample are
    found as in `rfree.other_clusterings.k_medoids.k_medoids`, everyone joins the nearest, and the
    sample with the lowest mean distance of all respondents is kept, for each number of classes.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfree.other_clusterings.k_medoids import gower_answers
    >>> X = pd.DataFrame({"a": list("1121255455"), "b": list("1211255545")})
    >>> rows = draw_medoid_samples(10, seed=1, sample_size=6)
    >>> found = sampled_medoids(gower_answers(X, ordered=True), rows, [2], np.ones(10))
    >>> found[2].labels
    array([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    """
    weights = np.asarray(aligned_to(weights, answers.respondents, name="weights", of="answers"))
    everyone = np.arange(len(answers.answered))
    numbers = sorted(set(numbers_of_classes))
    best: dict[int, MedoidPartition] = {}
    for rows in samples:
        distances = answers.between(rows, rows)
        for number in numbers:
            inside = k_medoids(distances, number, sample_weight=weights[rows])
            medoids = np.sort(rows[inside.medoids])
            found = around_medoids(answers.between(everyone, medoids), medoids, weights)
            if number not in best or found.mean_distance < best[number].mean_distance:
                best[number] = found
    return best
