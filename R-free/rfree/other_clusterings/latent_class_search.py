"""The best latent class model that can be found, and whether it was found again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rfree.base.inputs import BoolArray, FloatArray
from rfree.other_clusterings.latent_class_em import (
    ClassData,
    ClassFit,
    ClassParameters,
    expectation,
    followed_to_the_end,
    maximisation,
    random_starts,
    settled,
)
from rfree.other_clusterings.latent_class_transfers import transferred

# Ends this close to the best log-likelihood found are the same solution.
SAME_SOLUTION = 0.01
# Searches that have to end at the best solution.
AGREEING = 2
# Iterations of the cooling, and the lowest power that it starts from.
COOLING, COLDEST = 35, 0.1
# Of the starts, the share whose lines go on.
BRED_SHARE = 0.5
# Rounds of breeding: two crossings, then one shake, and so on; none after the lines agree.
_ROUNDS, SHAKE_EVERY, LINES_AGREEING = 30, 3, 12
# Rounds in a row that raise nothing and end the breeding.
ROUNDS_IN_VAIN = 6
# Largest share of respondents that a shake puts into a class drawn at random.
SHAKEN = 0.35
# What is gained later by a line this far below the best one does not matter.
OUT_OF_REACH = 1.0
# A class brought into another model keeps this part of its own probabilities.
_OWN_PART = 0.9
# While breeding, a rise of the log-likelihood that is left alone, and the most iterations.
_ROUGH, _BRIEF = 1e-2, 100


@dataclass(frozen=True)
class SearchResult:
    """The best model found and how often.

    Attributes
    ----------
    fit : ClassFit
    starts : int
        Random starts of all searches.
    starts_agreeing : int
        Lines, each from a start of its own, that ended at the best solution.
    searches, searches_agreeing : int
        Independent searches, and those that ended at the best solution.
    """

    fit: ClassFit
    starts: int
    starts_agreeing: int
    searches: int
    searches_agreeing: int

    @property
    def replicated(self) -> bool:
        """Whether independent searches found the same solution."""
        return self.searches_agreeing >= AGREEING


def search(
    data: ClassData,
    n_classes: int,
    rng: np.random.Generator,
    *,
    starts: int,
    max_searches: int,
    thorough: bool,
    max_iterations: int,
    tolerance: float,
) -> SearchResult:
    """Search from random starts until the best solution was found twice.

    Parameters
    ----------
    data : ClassData
    n_classes : int
    rng : Generator
    starts : int
        Random starts of each search.
    max_searches : int
        Searches after which the best is kept, found again or not.
    thorough : bool
        Whether lines are bred.
    max_iterations, tolerance
        As in `rfree.other_clusterings.latent_classes.fit_latent_classes`.

    Returns
    -------
    SearchResult

    Notes
    -----
    A search follows all its starts at once. They are cooled (deterministic annealing, Ueda &
    Nakano 1998, *Neural Networks* 11, 271-282: posteriors are raised to a power that rises to 1
    from one drawn for each start), the best half go on as lines, respondents moved one at a time
    (`rfree.other_clusterings.latent_class_transfers`). Lines are then bred: each takes over a class
    of another line, or has some respondents moved at random, and is followed again; what is better
    replaces it. All this is done in single precision, roughly; lines that may end at the best
    solution are then followed to the end in double. Searches share nothing, so that two that end
    at one solution are evidence that there is none better.
    """
    single = data.in_single()
    ends: list[ClassFit] = []
    starts = 1 if n_classes == 1 else starts
    for _ in range(max_searches):
        drawn = random_starts(data, n_classes, starts, rng)
        lines = (
            drawn
            if n_classes == 1
            else _bred(single, drawn, rng, rounds=_ROUNDS if thorough else 0)
        )
        ends.append(
            followed_to_the_end(data, lines, max_iterations=max_iterations, tolerance=tolerance)
        )
        best = max(end.log_likelihoods[0] for end in ends)
        agreeing = sum(end.log_likelihoods[0] > best - SAME_SOLUTION for end in ends)
        if agreeing >= AGREEING:
            break
    return SearchResult(
        fit=max(ends, key=lambda end: end.log_likelihoods[0]),
        starts=starts * len(ends),
        starts_agreeing=sum(
            int((end.log_likelihoods > best - SAME_SOLUTION).sum()) for end in ends
        ),
        searches=len(ends),
        searches_agreeing=int(agreeing),
    )


def _bred(
    data: ClassData, drawn: ClassParameters, rng: np.random.Generator, *, rounds: int
) -> ClassParameters:
    """Cool the starts, keep the best, and let them take over each other's classes."""
    n_lines = max(1, round(len(drawn.sizes) * BRED_SHARE))
    lines, heights, _ = settled(
        data, _cooled(data, drawn, rng), tolerance=_ROUGH, max_iterations=_BRIEF
    )
    best = np.argsort(-heights, kind="stable")[:n_lines]
    lines, heights = lines.only(best), heights[best]
    if rounds:
        lines, heights = _refined(data, lines, heights)
    highest, since = heights.max(), 0
    for number in range(1, rounds + 1):
        agreeing = int((heights > highest - 10 * SAME_SOLUTION).sum())
        if agreeing >= LINES_AGREEING or since >= ROUNDS_IN_VAIN:
            break
        shakes = n_lines == 1 or number % SHAKE_EVERY == 0
        others = _shaken(data, lines, rng) if shakes else _crossed(lines, rng)
        others, reached, _ = settled(data, others, tolerance=_ROUGH, max_iterations=_BRIEF)
        lines, heights = _better(*_refined(data, others, reached), lines, heights)
        risen = heights.max() > highest + SAME_SOLUTION
        highest, since = heights.max(), 0 if risen else since + 1
    return lines.only(heights > highest - OUT_OF_REACH)


def _refined(
    data: ClassData, models: ClassParameters, heights: FloatArray
) -> tuple[ClassParameters, FloatArray]:
    """Move respondents between the classes, and keep each model that is better for it."""
    others, reached, _ = settled(
        data, _softened(transferred(data, models)), tolerance=_ROUGH, max_iterations=_BRIEF
    )
    return _better(others, reached, models, heights)


def _cooled(data: ClassData, models: ClassParameters, rng: np.random.Generator) -> ClassParameters:
    first = rng.uniform(COLDEST, 1, len(models.sizes)).astype("float32")
    models = models.in_precision_of(data)
    for step in range(COOLING):
        power = first + (1 - first) * step / COOLING
        posterior = expectation(data, models)[1] ** power[:, np.newaxis]
        posterior /= posterior.sum(axis=2, keepdims=True)
        models = maximisation(data, posterior, models)
    return models


def _shaken(data: ClassData, models: ClassParameters, rng: np.random.Generator) -> ClassParameters:
    posterior = expectation(data, models)[1]
    n_rows, n_models, n_classes = posterior.shape
    moved = rng.random((n_rows, n_models)) < rng.uniform(0, SHAKEN, n_models)
    drawn = rng.integers(0, n_classes, (n_rows, n_models))[:, :, np.newaxis]
    posterior = np.where(moved[:, :, np.newaxis], drawn == np.arange(n_classes), posterior)
    return maximisation(data, posterior, models)


def _crossed(models: ClassParameters, rng: np.random.Generator) -> ClassParameters:
    """Replace a class of each model by one of another model, both drawn."""
    n_models, n_classes = models.sizes.shape
    here = np.arange(n_models)
    other = (here + rng.integers(1, n_models, n_models)) % n_models
    lost, taken = rng.integers(0, n_classes, (2, n_models))
    sizes, probabilities = models.sizes.copy(), models.probabilities.copy()
    sizes[here, lost] = models.sizes[other, taken]
    probabilities[:, here, lost] = models.probabilities[:, other, taken]
    sizes /= sizes.sum(axis=1, keepdims=True)
    return _softened(ClassParameters(sizes, probabilities))


def _softened(models: ClassParameters) -> ClassParameters:
    """Make no answer impossible to begin with: expectation-maximisation never leaves a zero."""
    mean = models.probabilities.mean(axis=(1, 2))[:, np.newaxis, np.newaxis]
    return ClassParameters(models.sizes, _OWN_PART * models.probabilities + (1 - _OWN_PART) * mean)


def _better(
    others: ClassParameters, reached: FloatArray, models: ClassParameters, heights: FloatArray
) -> tuple[ClassParameters, FloatArray]:
    """Of each pair of models, keep the one of the higher likelihood."""
    better: BoolArray = reached > heights
    kept = ClassParameters(
        np.where(better[:, np.newaxis], others.sizes, models.sizes),
        np.where(better[:, np.newaxis], others.probabilities, models.probabilities),
    )
    return kept, np.maximum(reached, heights)
