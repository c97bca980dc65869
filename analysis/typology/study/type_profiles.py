"""Names of the types: classes matched to the profiles a study declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

LEVELS: Mapping[str, float] = {
    "very low": -1.5,
    "low": -0.5,
    "middle": 0.0,
    "high": 0.5,
    "very high": 1.5,
}
"""What each level of a declared profile stands for, in standard deviations between respondents."""

NEUTRAL_ZONE = 0.25
"""Nearer to the mean than this a class is neither low nor high."""

MIDDLE_ZONE = 0.75
"""Farther from the mean than this a class is not in the middle."""

OFF_BLOCKS = " + "
"""Between the blocks on which a class does not fit a type."""

_SAME_PLACE = 1e-9


@dataclass(frozen=True)
class TypeProfile:
    """A declared type: its id and the level of each block it stands for, one of ``LEVELS``."""

    id: str
    levels: Mapping[str, str]


def standardise_means(
    class_means: pd.DataFrame, scores: pd.DataFrame, weights: np.ndarray
) -> pd.DataFrame:
    """Return class means as standard deviations from the mean respondent, classes x blocks.

    (class mean - mean) / population standard deviation of the ``scores`` (respondents x blocks,
    which may miss values); 0 where they do not vary.

    >>> scores = pd.DataFrame({"fears": [1.0, 3.0]})
    >>> standardise_means(pd.DataFrame({"fears": [3.0]}, index=[1]), scores, np.ones(2))
       fears
    1    1.0
    """
    values = scores.to_numpy(dtype=float)
    known = ~np.isnan(values)
    block_weights = np.where(known, np.asarray(weights, dtype=float)[:, None], 0.0)
    totals = block_weights.sum(axis=0)
    filled = np.where(known, values, 0.0)
    mean = (block_weights * filled).sum(axis=0) / totals
    deviation = np.sqrt((block_weights * (filled - mean) ** 2).sum(axis=0) / totals)
    spread = np.where(deviation > 0, deviation, np.inf)
    standardised: pd.DataFrame = (class_means[scores.columns] - mean) / spread
    return standardised


def name_classes(positions: pd.DataFrame, profiles: Sequence[TypeProfile]) -> pd.DataFrame:
    """Match classes to declared types, one to one, in the order of the types.

    ``positions`` are those of `standardise_means`; the types may be none, fewer or more than the
    classes. One row a class:

    - ``class``; ``type``, "" when none fits; ``candidate``, the type it was matched to, or "";
      ``fits`` (bool); ``distance`` to the declared profile: root mean square over its blocks, in
      standard deviations;
    - ``nearest``, the type whose profile is at the least distance, "" when none is declared;
    - of a class without a type, ``unnamed_reason``: "side" (not on the declared side of the mean
      on ``off_blocks``, joined by " + "), "taken" (the nearest type is that of the class
      ``taken_by``) or "order" (it would be against the order of the types).

    The levels stand for -1.5, -0.5, 0, 0.5 and 1.5 standard deviations between respondents. The
    matching has as many pairs as can be, then the least sum of distances (at equal distances, the
    most that fit), among those that keep the order of the types: of two classes, the one that is
    given the type with more of a block is the one that lies further that way, summed over the
    blocks that all types declare (both of them, where there is none). So where the types are steps
    along one attitude, the classes are named along it. A matched class fits its type when it lies
    on the declared side of the mean on every declared block: at -0.25 or below for *low* and *very
    low*, at 0.25 or above for *high* and *very high*, within 0.75 for *middle*.

    >>> positions = pd.DataFrame({"fears": [1.2, -0.7]}, index=[1, 2])
    >>> named = name_classes(positions, [TypeProfile("calm", {"fears": "low"})])
    >>> named[["class", "type", "distance", "nearest", "unnamed_reason"]]
       class  type  distance nearest unnamed_reason
    0      1             NaN    calm           side
    1      2  calm       0.2    calm
    """
    named = pd.DataFrame({"class": positions.index})
    for column in ("type", "candidate"):
        named[column] = ""
    named["distance"] = np.nan
    named["fits"] = False
    for column in ("nearest", "unnamed_reason", "off_blocks"):
        named[column] = ""
    named["taken_by"] = pd.array([pd.NA] * len(named), dtype="Int64")
    if not profiles:
        return named
    distances = np.column_stack([_distances(positions, profile) for profile in profiles])
    fits = np.array([[not _off_blocks(place, profile) for profile in profiles]
                     for _, place in positions.iterrows()])  # fmt: skip
    for row, at in _matched(positions, profiles, distances, fits):
        named.loc[row, "candidate"] = profiles[at].id
        named.loc[row, "type"] = profiles[at].id if fits[row, at] else ""
        named.loc[row, "distance"] = distances[row, at]
        named.loc[row, "fits"] = fits[row, at]
    bearers = dict(zip(named["type"], named["class"], strict=True))
    for row, at in enumerate(distances.argmin(axis=1)):
        nearest = profiles[at]
        named.loc[row, "nearest"] = nearest.id
        if named.loc[row, "type"]:
            continue
        off = _off_blocks(positions.iloc[row], nearest)
        named.loc[row, "off_blocks"] = OFF_BLOCKS.join(off)
        taken = bearers.get(nearest.id)
        named.loc[row, "unnamed_reason"] = "side" if off else "taken" if taken else "order"
        if taken and not off:
            named.loc[row, "taken_by"] = taken
    return named


def _matched(
    positions: pd.DataFrame,
    profiles: Sequence[TypeProfile],
    distances: np.ndarray,
    fits: np.ndarray,
) -> list[tuple[int, int]]:
    """Return the pairs (row, profile) of the best matching that keeps the order of the types."""
    # Slow to import, and the study file only needs the types above.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    n_classes, n_types = distances.shape
    each = np.arange(n_classes * n_types).reshape(n_classes, n_types)
    exclusive = [*each, *each.T, *_reversed_pairs(positions, profiles, each)]
    rows = np.repeat(np.arange(len(exclusive)), [len(cells) for cells in exclusive])
    cells = np.concatenate(exclusive)
    at_most_once = LinearConstraint(csr_array((np.ones(len(cells)), (rows, cells))), ub=1)
    # A pair is worth more than all distances together: as many classes as can be get a type.
    worth = 1 + distances.max() * min(n_classes, n_types)
    # At equal distances, a class that fits the type goes before one that does not.
    cost = distances - worth - 1e-6 * fits
    found = milp(cost.ravel(), integrality=1, bounds=Bounds(0, 1), constraints=at_most_once)
    chosen = np.flatnonzero(found.x.round())
    return [(int(cell) // n_types, int(cell) % n_types) for cell in chosen]


def _reversed_pairs(
    positions: pd.DataFrame, profiles: Sequence[TypeProfile], each: np.ndarray
) -> list[tuple[int, int]]:
    """Return the pairs of namings that would turn the order of two types round."""
    pairs: list[tuple[int, int]] = []
    common = set.intersection(*(set(profile.levels) for profile in profiles))
    for (first, one), (second, other) in combinations(enumerate(profiles), 2):
        blocks = [b for b in one.levels if b in (common or other.levels)]
        apart = np.array([LEVELS[one.levels[b]] - LEVELS[other.levels[b]] for b in blocks])
        along = positions[blocks].to_numpy(dtype=float) @ apart
        less, more = np.nonzero(along[:, None] < along - _SAME_PLACE)
        pairs += zip(each[less, first].tolist(), each[more, second].tolist(), strict=True)
    return pairs


def _distances(positions: pd.DataFrame, profile: TypeProfile) -> np.ndarray:
    blocks = list(profile.levels)
    target = np.array([LEVELS[profile.levels[block]] for block in blocks])
    gaps = positions[blocks].to_numpy(dtype=float) - target
    return np.asarray(np.sqrt((gaps**2).mean(axis=1)))


def _off_blocks(position: pd.Series, profile: TypeProfile) -> list[str]:
    """Return the blocks on which a class is not on the side of the mean a type declares."""
    return [
        block for block, level in profile.levels.items() if not _on_side(position[block], level)
    ]


def _on_side(value: float, level: str) -> bool:
    target = LEVELS[level]
    if target == 0:
        return abs(value) <= MIDDLE_ZONE
    return value >= NEUTRAL_ZONE if target > 0 else value <= -NEUTRAL_ZONE
