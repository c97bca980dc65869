"""Names of the types: classes matched to the profiles a study declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class TypeProfile:
    """A declared type: its id and the level of each block it stands for.

    Parameters
    ----------
    id : str
        Identifier of the type.
    levels : mapping of block id to one of ``LEVELS``
    """

    id: str
    levels: Mapping[str, str]


def standardise_means(
    class_means: pd.DataFrame, scores: pd.DataFrame, weights: np.ndarray
) -> pd.DataFrame:
    """Return class means as standard deviations from the mean respondent.

    Parameters
    ----------
    class_means : DataFrame, classes x blocks
        Mean agreement of each class with each block.
    scores : DataFrame, respondents x blocks
        Mean agreement of each respondent with each block; may miss values.
    weights : array of n respondents

    Returns
    -------
    DataFrame, classes x blocks
        (class mean - mean) / population standard deviation; 0 where scores do not vary.

    Examples
    --------
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
    """Match classes to declared types, one to one, at the least total distance.

    Parameters
    ----------
    positions : DataFrame, classes x blocks
        Standardised mean agreement, from `standardise_means`.
    profiles : sequence of TypeProfile
        The declared types; may be empty, fewer or more than the classes.

    Returns
    -------
    DataFrame
        One row a class: ``class``, ``type`` (id, or "" when no type fits), ``candidate`` (the type
        it was matched to, or ""), ``distance`` to the declared profile (root mean square over its
        blocks, in standard deviations), ``fits`` (bool).

    Notes
    -----
    The levels stand for -1.5, -0.5, 0, 0.5 and 1.5 standard deviations between respondents. The
    matching minimises the sum of distances (Hungarian algorithm). A matched class fits its type
    when it lies on the declared side of the mean on every declared block: below -0.25 for *low*,
    above 0.25 for *high*, within 0.75 for *middle*.

    Examples
    --------
    >>> positions = pd.DataFrame({"fears": [1.2, -0.7]}, index=[1, 2])
    >>> name_classes(positions, [TypeProfile("calm", {"fears": "low"})])
       class  type candidate  distance   fits
    0      1                       NaN  False
    1      2  calm      calm       0.2   True
    """
    named = pd.DataFrame({"class": positions.index})
    named["type"] = ""
    named["candidate"] = ""
    named["distance"] = np.nan
    named["fits"] = False
    if not profiles:
        return named
    distances = np.column_stack([_distances(positions, profile) for profile in profiles])
    # Slow to import, and the study file only needs the types above.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    for row, column in zip(*linear_sum_assignment(distances), strict=True):
        profile = profiles[column]
        fits = _fits(positions.iloc[row], profile)
        named.loc[row, "candidate"] = profile.id
        named.loc[row, "type"] = profile.id if fits else ""
        named.loc[row, "distance"] = distances[row, column]
        named.loc[row, "fits"] = fits
    return named


def _distances(positions: pd.DataFrame, profile: TypeProfile) -> np.ndarray:
    blocks = list(profile.levels)
    target = np.array([LEVELS[profile.levels[block]] for block in blocks])
    gaps = positions[blocks].to_numpy(dtype=float) - target
    return np.asarray(np.sqrt((gaps**2).mean(axis=1)))


def _fits(position: pd.Series, profile: TypeProfile) -> bool:
    return all(_on_side(float(position[block]), level) for block, level in profile.levels.items())


def _on_side(value: float, level: str) -> bool:
    target = LEVELS[level]
    if target == 0:
        return abs(value) <= NEUTRAL_ZONE + 0.5
    return value >= NEUTRAL_ZONE if target > 0 else value <= -NEUTRAL_ZONE
