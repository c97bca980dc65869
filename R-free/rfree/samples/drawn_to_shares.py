"""Drawing a sample from many candidates so that it has given shares."""

from __future__ import annotations

import numpy as np

from rfree.base.inputs import FloatArray, IntArray

MOST_ROUNDS = 30


def draw_to_shares(
    members: FloatArray,
    bases: FloatArray,
    shares: FloatArray,
    *,
    n: int,
    rng: np.random.Generator,
) -> IntArray:
    """Return which of many candidates make a sample whose shares are nearest to given ones.

    Parameters
    ----------
    members, bases : arrays, candidates x shares
        1 for whoever is counted in a share, and in what it is a share of; 0 for the others. Who is
        counted in a share is counted in its base.
    shares : array
        Percent of the base that the members are to be.
    n : int
        How many are drawn.
    rng : Generator
        Draws the first sample, and the order in which its places are looked at.

    Returns
    -------
    array of n positions, ascending

    Raises
    ------
    ValueError
        If there are fewer candidates than ``n``, or nobody is in the base of a share.

    Notes
    -----
    The error of share s is sum_i (member_is - p_s base_is) over the sample, divided by the square
    root of the base expected, as the sampling error of a count is. From a sample at random, each of
    its candidates in turn is exchanged for the one that makes the sum of the squared errors least,
    until no exchange makes it less.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> candidates = rng.random((500, 1)) < 0.2
    >>> drawn = draw_to_shares(candidates.astype(float), np.ones((500, 1)), np.array([60.0]),
    ...                        n=50, rng=rng)
    >>> float(candidates[drawn].mean())
    0.6
    """
    if n > len(members):
        raise ValueError(f"{len(members)} candidates; expected at least {n}.")
    expected = n * bases.mean(axis=0)
    if (expected == 0).any():
        raise ValueError(f"Nobody is in the base of share {int(np.argmin(expected))}.")
    errors = (members - shares / 100 * bases) / np.sqrt(expected)
    drawn = rng.choice(len(members), size=n, replace=False)
    free = np.ones(len(members), dtype=bool)
    free[drawn] = False
    total = errors[drawn].sum(axis=0)
    for _ in range(MOST_ROUNDS):
        exchanged = False
        for place in rng.permutation(n):
            others = np.flatnonzero(free)
            without = total - errors[drawn[place]]
            costs = ((without + errors[others]) ** 2).sum(axis=1)
            best = int(costs.argmin()) if len(others) else 0
            if len(others) and costs[best] < (total**2).sum() - 1e-12:
                free[drawn[place]], free[others[best]] = True, False
                drawn[place] = others[best]
                total = without + errors[others[best]]
                exchanged = True
        if not exchanged:
            break
    positions: IntArray = np.sort(drawn).astype(np.int64)
    return positions
