"""Kendall's coefficient of concordance: how far judges rank the same objects alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from math import factorial, prod
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray

_EXACT_UP_TO = 200_000
"""Sums of ranks that the exact test may go through at a time; beyond, orders are drawn."""


_MOST_ORDERED = 8  # objects whose orders are listed, ties or not


@dataclass(frozen=True)
class Concordance:
    """Kendall's W and its tests.

    ``w`` goes from 0 (no agreement) to 1 (one order). ``p_value`` is that of the ``method``:
    "exact" goes through all the orders that the judges could have given, "permutation" through
    ``draws`` of them, "chi-squared" takes that of Friedman's statistic. ``chi2``, with ``df``
    degrees of freedom, is that statistic, corrected for ties: an approximation for many judges or
    for seven objects or more; ``p_chi2`` is its p-value.
    """

    w: float
    judges: int
    objects: int
    chi2: float
    df: int
    p_chi2: float
    p_value: float
    method: Literal["exact", "permutation", "chi-squared"]
    draws: int


def kendall_w(
    ranks: pd.DataFrame,
    *,
    rng: np.random.Generator,
    draws: int = 9_999,
    most_judges: int | None = None,
) -> Concordance:
    """Return how far judges agree on the order of objects, corrected for ties.

    Parameters
    ----------
    ranks : DataFrame, judges x objects
        Any numbers, the smaller the better; only their order counts. Equal ones are ties; the
        objects that a judge did not rank (NaN) share the last places.
    rng : Generator
        Draws the orders, where there are too many to go through all of them.
    draws : int
        How many orders are drawn.
    most_judges : int or None
        With more judges than this the p-value is that of Friedman's chi-squared, which many judges
        make exact enough, and no order is gone through; None: orders whatever their number.

    Returns
    -------
    Concordance

    Raises
    ------
    ValueError
        If there are fewer than two judges or objects, no judge prefers any object, or no order is
        to be drawn.

    Notes
    -----
    With R_j the sum of the midranks of object j over m judges, S the sum of the squared
    deviations of the R_j from their mean, and T = sum (t^3 - t) over the groups of t ties of all
    judges (Kendall 1948, Rank Correlation Methods, ch. 6):

        W = 12 S / (m^2 (n^3 - n) - m T),    chi2 = m (n - 1) W,    df = n - 1.

    Under the null hypothesis each judge orders their own midranks at random. Their orders are all
    gone through by adding one judge after the other to the distribution of the sums, sums that
    differ by a permutation of the objects being one: W is the same for them.

    Examples
    --------
    >>> ranks = pd.DataFrame([[1, 2, 3], [1, 3, 2], [1, 2, 3]], columns=list("abc"))
    >>> found = kendall_w(ranks, rng=np.random.default_rng(1))
    >>> round(found.w, 3), round(found.p_value, 3), found.method
    (0.778, 0.194, 'exact')
    """
    if draws < 1:
        raise ValueError(f"draws is {draws}; expected at least 1.")
    doubled = doubled_midranks(ranks)
    n_judges, n_objects = doubled.shape
    if n_judges < 2 or n_objects < 2:
        raise ValueError(
            f"{n_judges} judges and {n_objects} objects; expected at least two of each."
        )
    ties = sum(int((counts**3 - counts).sum()) for counts in map(_tie_sizes, doubled))
    greatest = n_judges**2 * (n_objects**3 - n_objects) - n_judges * ties
    if greatest == 0:
        raise ValueError("No judge prefers any object to another.")
    spread = _spread(doubled.sum(axis=0)[None, :])[0]
    # n times S, and four times for the midranks are doubled.
    w = 12 * spread / (4 * n_objects) / greatest
    chi2, df = n_judges * (n_objects - 1) * w, n_objects - 1
    from scipy.stats import chi2 as chi2_distribution  # noqa: PLC0415 - slow to import

    p_chi2 = float(chi2_distribution.sf(chi2, df))
    many = most_judges is not None and n_judges > most_judges
    sums = None if many else _every_sum(doubled)
    if many:
        p_value = p_chi2
    elif sums is None:
        drawn = sum(
            rng.permuted(np.broadcast_to(own, (draws, n_objects)), axis=1) for own in doubled
        )
        p_value = (1 + int((_spread(np.asarray(drawn)) >= spread).sum())) / (draws + 1)
    else:
        values, chances = sums
        p_value = min(1.0, float(chances[_spread(values) >= spread].sum()))
    drawn_orders = sums is None and not many
    return Concordance(
        w=float(w), judges=n_judges, objects=n_objects, chi2=float(chi2), df=df,
        p_chi2=p_chi2, p_value=p_value,
        method="chi-squared" if many else "permutation" if drawn_orders else "exact",
        draws=draws if drawn_orders else 0,
    )  # fmt: skip


def doubled_midranks(ranks: pd.DataFrame) -> IntArray:
    """Return twice the midrank of each object for each judge: whole numbers, exact in sums.

    >>> doubled_midranks(pd.DataFrame([[1.0, None, None]], columns=list("abc")))
    array([[2, 5, 5]])
    """
    if not isinstance(ranks, pd.DataFrame):
        raise TypeError(f"ranks must be a pandas DataFrame, not {type(ranks).__name__}.")
    midranks = ranks.astype("float64").rank(axis=1, method="average", na_option="bottom")
    doubled: IntArray = np.rint(2 * midranks.to_numpy()).astype(np.int64)
    return doubled


def _tie_sizes(ranks: IntArray) -> IntArray:
    counts: IntArray = np.unique(ranks, return_counts=True)[1].astype(np.int64)
    return counts


def _spread(sums: IntArray) -> IntArray:
    """Return n times the sum of the squared deviations of each row from its mean: whole, exact."""
    spread: IntArray = sums.shape[1] * (sums**2).sum(axis=1) - sums.sum(axis=1) ** 2
    return spread


def _every_sum(doubled: IntArray) -> tuple[IntArray, FloatArray] | None:
    """Return the sums of ranks of all orders of the judges, and the chance of each.

    None where there are too many.
    """
    values: IntArray = np.sort(doubled[:1], axis=1)
    chances: FloatArray = np.ones(1)
    for own in doubled[1:]:
        orders = _orders(own, _EXACT_UP_TO // len(values))
        if orders is None:
            return None
        added = np.sort((values[:, None, :] + orders[None, :, :]).reshape(-1, len(own)), axis=1)
        distinct, which = np.unique(added, axis=0, return_inverse=True)
        values = distinct.astype(np.int64)
        each = np.repeat(chances / len(orders), len(orders))
        chances = np.bincount(which.ravel(), weights=each).astype(np.float64)
    return values, chances


def _orders(own: IntArray, most: int) -> npt.NDArray[np.int64] | None:
    """Return the different orders of the ranks of a judge; None if there are more than ``most``."""
    number = factorial(len(own)) // prod(factorial(int(size)) for size in _tie_sizes(own))
    if number > most or len(own) > _MOST_ORDERED:
        return None
    return np.array(sorted(set(permutations(own.tolist()))), dtype=np.int64)
