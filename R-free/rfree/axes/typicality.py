"""Typicality: whether the mean point of a subgroup is one that any respondents could make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from rfree.base.inputs import FloatArray, aligned_to, check_weights

# Cells of the table of drawn subgroups held at once.
_CELLS_AT_ONCE = 2**22
# Statistics as close as this, relative to the one observed, are equal but for rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Typicality:
    """How far a subgroup lies from the mean point of all, and by what chance.

    Attributes
    ----------
    axes : DataFrame
        ``axis``, ``mean`` (coordinate of the subgroup's mean point), ``deviation`` (the same from
        the mean of all, in standard deviations of the axis), ``z`` and ``p_normal`` (approximate
        test; NaN with weights that differ), ``p_value`` (share of the subgroups at least as far
        out).
    distance : float
        Mahalanobis distance of the mean point to that of all, on these axes together.
    chi2, df, p_normal
        Approximate test of the distance; NaN with weights that differ.
    p_value : float
        Share of the subgroups whose mean point is at least as far out.
    subgroups : int
        How many were compared, the observed one included.
    exact : bool
        Whether these are all subgroups of that size.
    n_members, n_respondents : int
        Of positive weight.
    """

    axes: pd.DataFrame
    distance: float
    chi2: float
    df: int
    p_normal: float
    p_value: float
    subgroups: int
    exact: bool
    n_members: int
    n_respondents: int


def typicality_test(
    coordinates: pd.DataFrame,
    members: npt.ArrayLike | pd.Series[bool],
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    draws: int = 9999,
    exact_up_to: int = 20_000,
    seed: int | np.random.SeedSequence = 0,
) -> Typicality:
    """Compare a subgroup's mean point with those of all subgroups of its size.

    Parameters
    ----------
    coordinates : DataFrame, respondents x axes
        Of all respondents (principal coordinates, or any numbers).
    members : boolean array of respondents
        Who belongs to the subgroup.
    sample_weight : array of respondents, optional
        Not negative. A respondent drawn brings their weight.
    draws : int, at least 99
        Subgroups drawn where they are too many to be gone through.
    exact_up_to : int
        Number of subgroups that are all gone through.
    seed : int or SeedSequence
        Of the draws.

    Returns
    -------
    Typicality

    Raises
    ------
    TypeError
        If ``members`` does not hold booleans.
    ValueError
        If coordinates are missing or do not vary, everybody or nobody is a member, or ``draws`` is
        out of range.

    Notes
    -----
    Combinatorial typicality test (Le Roux & Rouanet 2010, ch. 5; Le Roux, Bienaise & Durand 2019,
    *Combinatorial Inference in Geometric Data Analysis*): the sample space is that of the
    subgroups of n among the N respondents, and nothing else is supposed. On an axis the statistic
    is the deviation |d| of the mean point, d = (mean - mean of all) / standard deviation of all;
    together it is the Mahalanobis distance D. p is the share of subgroups at least as far out, the
    observed one counted; where they are drawn, (b + 1) / (draws + 1). Approximations:
    z = d sqrt(n (N - 1) / (N - n)), normal, and D^2 n (N - 1) / (N - n), chi-squared with as many
    degrees of freedom as axes. The z of a category is its v-test. |d| of .4 and more is notable,
    whatever its p; an axis that the members' own answers made is tested in a circle.

    Examples
    --------
    >>> points = pd.DataFrame({"Axis 1": [-3.0, -2, 1, 1, 1, 2]})
    >>> found = typicality_test(points, [True, True, False, False, False, False])
    >>> found.exact, found.subgroups, round(found.p_value, 4)
    (True, 15, 0.0667)
    """
    if draws < 99:
        raise ValueError(f"draws is {draws}; expected at least 99.")
    weights = check_weights(sample_weight, coordinates, of="coordinates")
    own = np.asarray(aligned_to(members, coordinates, name="members", of="coordinates"))
    if own.dtype != bool:
        raise TypeError(f"members must hold True or False, not {own.dtype}.")
    points = coordinates.to_numpy(dtype=float)[weights > 0]
    own, mass = own[weights > 0], weights[weights > 0]
    n, total = int(own.sum()), len(own)
    if not 0 < n < total:
        raise ValueError(f"members are {n} of {total} respondents; expected some, but not all.")
    cloud = _Cloud.of(points, mass, coordinates.columns)
    seen = cloud.deviations(own[np.newaxis].astype(float))[0]
    exact = comb(total, n) <= exact_up_to
    subgroups = _every(total, n) if exact else _drawn(total, n, draws, np.random.default_rng(seed))
    observed = np.append(np.abs(seen), cloud.distance(seen[np.newaxis])[0])
    as_far, compared = np.zeros(len(observed)), 0
    for some in subgroups:
        found = cloud.deviations(some)
        far = np.column_stack([np.abs(found), cloud.distance(found)])
        as_far += (far >= observed * (1 - _ROUNDING)).sum(axis=0)
        compared += len(some)
    p_values = as_far / compared if exact else (as_far + 1) / (compared + 1)
    equal = bool((mass == mass[0]).all())
    stretch = n * (total - 1) / (total - n) if equal else np.nan
    z, chi2 = seen * np.sqrt(stretch), observed[-1] ** 2 * stretch
    return Typicality(
        axes=pd.DataFrame(
            {
                "axis": coordinates.columns,
                "mean": np.average(points[own], axis=0, weights=mass[own]),
                "deviation": seen,
                "z": z,
                "p_normal": 2 * stats.norm.sf(np.abs(z)),
                "p_value": p_values[:-1],
            }
        ),
        distance=float(observed[-1]),
        chi2=float(chi2),
        df=points.shape[1],
        p_normal=float(stats.chi2.sf(chi2, points.shape[1])),
        p_value=float(p_values[-1]),
        subgroups=compared + (0 if exact else 1),
        exact=exact,
        n_members=n,
        n_respondents=total,
    )


@dataclass(frozen=True)
class _Cloud:
    """The points of all respondents, centred, each axis of variance one."""

    points: FloatArray
    mass: FloatArray
    precision: FloatArray  # inverse of their correlations

    @classmethod
    def of(cls, points: FloatArray, mass: FloatArray, names: pd.Index) -> _Cloud:
        if not np.isfinite(points).all():
            raise ValueError("coordinates are missing or infinite.")
        centred = points - np.average(points, axis=0, weights=mass)
        spread = np.sqrt(np.average(np.square(centred), axis=0, weights=mass))
        constant = names[spread <= _ROUNDING * np.abs(points).max(initial=0)]
        if len(constant):
            raise ValueError(f"coordinates do not vary on {', '.join(map(str, constant))}.")
        scaled = centred / spread
        correlations = (scaled * mass[:, np.newaxis]).T @ scaled / mass.sum()
        return cls(scaled, mass, np.linalg.pinv(correlations))

    def deviations(self, subgroups: FloatArray) -> FloatArray:
        """Mean points of subgroups (subgroups x respondents, 0 or 1)."""
        weighed = subgroups * self.mass
        return np.asarray(weighed @ self.points / weighed.sum(axis=1, keepdims=True))

    def distance(self, deviations: FloatArray) -> FloatArray:
        squares = np.einsum("ij,jk,ik->i", deviations, self.precision, deviations)
        return np.asarray(np.sqrt(squares))


def _every(total: int, n: int) -> Iterator[FloatArray]:
    """Go through all subgroups of n, some at a time."""
    remaining = combinations(range(total), n)
    while some := list(islice(remaining, max(1, _CELLS_AT_ONCE // total))):
        table = np.zeros((len(some), total))
        np.put_along_axis(table, np.array(some), 1.0, axis=1)
        yield table


def _drawn(total: int, n: int, draws: int, generator: np.random.Generator) -> Iterator[FloatArray]:
    at_once = max(1, _CELLS_AT_ONCE // total)
    for start in range(0, draws, at_once):
        keys = generator.random((min(at_once, draws - start), total))
        yield (keys <= np.partition(keys, n - 1, axis=1)[:, n - 1 : n]).astype(float)
