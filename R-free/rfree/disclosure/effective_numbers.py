"""What the effective number of a weighted sample tells of how few respondents weigh the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rfree.base.inputs import FloatArray, IntArray

_TRIES = 60
_PASSES = 40


def weights_are_open(weights: FloatArray, *, smallest: int, seed: int = 0) -> bool:
    """Return whether the effective number, whole, leaves open how many weigh the same.

    Parameters
    ----------
    weights : array of respondents
        As they were given, in any unit.
    smallest : int
    seed : int

    Returns
    -------
    bool
        True is a proof: for each weight of fewer than ``smallest`` respondents there is another
        sample of as many, with the same weights and the same whole effective number, in which
        nobody has it, or ``smallest`` have.

    Examples
    --------
    >>> weights_are_open(np.repeat([1.0, 2.0], [77, 3]), smallest=5)
    False
    >>> weights_are_open(np.random.default_rng(1).uniform(0.5, 2, 80), smallest=5)
    True
    """
    random = np.random.default_rng(seed)
    values, counts = np.unique(np.asarray(weights, dtype=float), return_counts=True)
    told = np.rint(_effective(values, counts))

    def another(place: int) -> bool:
        for attempt in range(_TRIES):
            other, of = counts.copy(), int(counts[place])
            move = of if attempt % 2 == 0 else of - smallest
            for _one in range(abs(move)):
                others = np.flatnonzero((np.arange(len(values)) != place) & (move > 0 or other > 0))
                if not len(others):
                    break
                at = random.choice(others)
                other[place] -= np.sign(move)
                other[at] += np.sign(move)
            gone = other[place] == 0 or other[place] >= smallest
            if gone and np.rint(_effective(values, other)) == told:
                return True
        return False

    return all(another(place) for place in np.flatnonzero(counts < smallest).tolist())


def raking_is_open(
    answers: IntArray, margins: Sequence[Mapping[int, float]], *, smallest: int, seed: int = 0
) -> bool:
    """Return whether the effective number of a raked sample leaves its crossed answers open.

    Parameters
    ----------
    answers : array of respondents x margins
        Number of the answer of each to each question of the margins, from 0.
    margins : sequence of mapping of answer to share
        The shares that the weighted sample has, all of them.
    smallest : int
    seed : int

    Returns
    -------
    bool
        True is a proof: for each combination of answers of fewer than ``smallest`` respondents
        there is another sample with the same answers to each question, and the same whole effective
        number, in which nobody gave it, or ``smallest`` did.

    Examples
    --------
    Of two questions with two answers each, the effective number tells how they cross:

    >>> answers = np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [40, 22, 2, 16], axis=0)
    >>> raking_is_open(answers, [{0: 0.4, 1: 0.6}, {0: 0.5, 1: 0.5}], smallest=5)
    False
    """
    random = np.random.default_rng(seed)
    shape = tuple(max(margin) + 1 for margin in margins)
    targets = [np.array([own.get(at, 0.0) for at in range(max(own) + 1)]) for own in margins]
    told = np.rint(_raked_effective(_crossed(answers, shape), targets))

    def another(cell: IntArray) -> bool:
        for _attempt in range(_TRIES):
            other = answers.copy()
            for member in np.flatnonzero((answers == cell).all(axis=1)):
                margin = random.integers(len(shape))
                _exchange(other, int(member), int(margin), random)
            for _more in range(random.integers(3)):
                _exchange(other, int(random.integers(len(other))), 0, random)
            of = int((other == cell).all(axis=1).sum())
            crossed = _crossed(other, shape)
            if (of == 0 or of >= smallest) and np.rint(_raked_effective(crossed, targets)) == told:
                return True
        return False

    cells, counts = np.unique(answers, axis=0, return_counts=True)
    return all(another(cell) for cell in cells[counts < smallest])


def _exchange(answers: IntArray, member: int, margin: int, random: np.random.Generator) -> None:
    """Exchange the answer of a respondent to one question with that of another."""
    others = np.flatnonzero(answers[:, margin] != answers[member, margin])
    if len(others):
        pair = [member, int(random.choice(others))]
        answers[pair, margin] = answers[pair[::-1], margin]


def _crossed(answers: IntArray, shape: tuple[int, ...]) -> FloatArray:
    places = np.ravel_multi_index(tuple(answers.T), shape)
    return np.bincount(places, minlength=int(np.prod(shape))).reshape(shape).astype(float)


def _effective(values: FloatArray, counts: IntArray) -> float:
    return float((values @ counts) ** 2 / (values**2 @ counts))


def _raked_effective(crossed: FloatArray, targets: Sequence[FloatArray]) -> float:
    total = crossed.sum()
    weighted = crossed.copy()
    for _pass in range(_PASSES):
        for margin, target in enumerate(targets):
            others = tuple(axis for axis in range(crossed.ndim) if axis != margin)
            sums = weighted.sum(axis=others)
            factor = np.divide(target * total, sums, out=np.zeros_like(sums), where=sums > 0)
            weighted *= factor.reshape(
                [-1 if axis == margin else 1 for axis in range(crossed.ndim)]
            )
    squared = np.divide(weighted**2, crossed, out=np.zeros_like(crossed), where=crossed > 0)
    return float(weighted.sum() ** 2 / squared.sum())
