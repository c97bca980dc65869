"""Other answers of weighted respondents that give the same sums: found by exchanging answers."""

from __future__ import annotations

import numpy as np

from rfree.base.inputs import FloatArray, IntArray
from rfree.disclosure.given_back import KnownSums

_STARTS, _STEPS, _PAIRS = 8, 60, 200
_ROUNDING = 1e-7


def counts_with_sums(
    cells: FloatArray, counts: FloatArray, known: KnownSums, *, seed: int = 0
) -> bool:
    """Return whether respondents can have other answers, so many of each, with the same sums.

    Parameters
    ----------
    cells : array of categories x classes x weights
        How many respondents there are. Each keeps their class and their weight.
    counts : array of categories x classes
        How many are to give each answer instead; of each class as many as there are.
    known : KnownSums
        Of the numbers of respondents by category, class and weight, in the order of ``cells``.
    seed : int

    Returns
    -------
    bool
        True is a proof: such answers were found. False says that they were not in a few trials,
        in which two respondents of a class exchange their answers, again and again, wherever it
        brings the sums nearer to what is known of them; or that there are none, where the counts
        of a class are not as many, in whole numbers, as its respondents.

    Examples
    --------
    Two answers, one class; the weighted number of those who gave the first is known to a tenth:

    >>> cells = np.array([[[2, 0, 1]], [[0, 1, 2]]])
    >>> sums = np.array([[1.0, 2, 3, 0, 0, 0]])
    >>> near = KnownSums(sums, np.array([4.9]), np.array([5.1]))
    >>> counts_with_sums(cells, np.array([[2], [4]]), near)
    True
    >>> counts_with_sums(cells, np.array([[1], [5]]), near)
    False
    """
    random = np.random.default_rng(seed)
    numbers, wanted = (np.rint(each).astype(np.int64) for each in (cells, counts))
    if (wanted < 0).any() or (wanted.sum(axis=0) != numbers.sum(axis=(0, 2))).any():
        return False
    answers, classes, weights = (
        np.repeat(each, numbers.ravel()) for each in np.indices(numbers.shape).reshape(3, -1)
    )
    places = classes * numbers.shape[2] + weights
    told = known.matrix.reshape(len(known.matrix), len(numbers), numbers[0].size)
    for _start in range(_STARTS):
        given = _changed(answers, classes, wanted, random)
        if _exchanged(given, (classes, places), told, known, random):
            return True
    return False


def _changed(
    answers: IntArray, classes: IntArray, counts: IntArray, random: np.random.Generator
) -> IntArray:
    """Return the answers after as few respondents as can changed theirs, for some counts."""
    given = answers.copy()
    for number in range(counts.shape[1]):
        members = random.permutation(np.flatnonzero(classes == number))
        leaving, missing = [], []
        for answer, count in enumerate(counts[:, number].tolist()):
            own = members[answers[members] == answer]
            leaving += own[count:].tolist()
            missing += [answer] * (count - len(own))
        given[leaving] = missing
    return given


def _exchanged(
    given: IntArray, of: tuple[IntArray, IntArray], told: FloatArray, known: KnownSums,
    random: np.random.Generator,
) -> bool:  # fmt: skip
    """Exchange answers until all sums are as they are known; return whether they became so.

    ``of`` has the class of each respondent, and the place of it with their weight.
    """
    classes, places = of
    low, high = known.low[:, np.newaxis] - _ROUNDING, known.high[:, np.newaxis] + _ROUNDING
    units = np.maximum(np.abs(known.matrix).max(axis=1, initial=0.0), _ROUNDING)[:, np.newaxis]

    def distance(sums: FloatArray) -> FloatArray:
        beyond = np.maximum(np.maximum(low - sums, sums - high), 0.0)
        return np.asarray((beyond / units).sum(axis=0))

    sums = told[:, given, places].sum(axis=1)[:, np.newaxis]
    for _step in range(_STEPS):
        here = float(distance(sums)[0])
        if here == 0:
            return True
        one, other = random.integers(len(given), size=(2, 8 * _PAIRS))
        useful = (classes[one] == classes[other]) & (given[one] != given[other])
        one, other = one[useful][:_PAIRS], other[useful][:_PAIRS]
        if not len(one):
            return False
        moved = sums + (
            told[:, given[other], places[one]] - told[:, given[one], places[one]]
            + told[:, given[one], places[other]] - told[:, given[other], places[other]]
        )  # fmt: skip
        best = int(np.argmin(distance(moved)))
        if float(distance(moved)[best]) < here:
            given[[one[best], other[best]]] = given[[other[best], one[best]]]
            sums = moved[:, [best]]
    return False
