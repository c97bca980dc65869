"""Two characteristics crossed: what each says of an axis, and what only both together say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfree.base.coding import learn_coding
from rfree.base.inputs import FloatArray, IntArray, aligned_to, check_weights

# A variance that is this part of the mean square is rounding.
_ROUNDING = 1e-24


def crossed_variances(
    coordinates: pd.DataFrame,
    answers: pd.DataFrame,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
) -> pd.DataFrame:
    """Split the variance of each axis between two characteristics and their interaction.

    Parameters
    ----------
    coordinates : DataFrame, respondents x axes
        Principal coordinates, or any numbers.
    answers : DataFrame, respondents x 2
        The categories of both characteristics; no missing value.
    sample_weight : array of respondents, optional
        Not negative; only their proportions count.

    Returns
    -------
    DataFrame
        One row an axis: ``axis``; shares of its variance (0 to 1): ``first`` and ``second`` (eta2
        of each alone), ``additive`` (of both, their effects added up), ``crossed`` (between all
        crossed categories), ``interaction`` (crossed less additive). NaN on an axis that does not
        vary.

    Raises
    ------
    ValueError
        If ``answers`` has not two columns, misses answers, or its rows are not those of
        ``coordinates``.

    Notes
    -----
    Structured data analysis (Le Roux & Rouanet 2010, *Multiple Correspondence Analysis*, ch. 4).
    Crossed categories lie at the mean points of their respondents; without interaction, they would
    lie where the effects of both, found together by weighted least squares, put them. With
    categories of unequal sizes first and second do not add up to additive.

    Examples
    --------
    >>> answers = pd.DataFrame({"sex": list("ffmm"), "age": list("yoyo")})
    >>> crossed_variances(pd.DataFrame({"Axis 1": [1.0, 0, 0, 1]}), answers).round(12)
         axis  first  second  additive  crossed  interaction
    0  Axis 1    0.0     0.0       0.0      1.0          1.0
    """
    if answers.shape[1] != 2:
        raise ValueError(f"answers has {answers.shape[1]} columns; expected two to be crossed.")
    answers = aligned_to(answers, coordinates, name="answers", of="coordinates")
    weights = check_weights(sample_weight, coordinates, of="coordinates")
    kept = weights > 0
    coding, codes = learn_coding(answers.loc[kept], name="answers")
    mass = weights[kept] / weights[kept].sum()
    points = coordinates.to_numpy(dtype=float)[kept]
    size = mass @ np.square(points)
    points = points - mass @ points
    total = mass @ np.square(points)
    pairs = np.unique(codes, axis=0, return_inverse=True)[1].ravel()
    sides = [
        _indicator(codes[:, place] - coding.offsets[place], int(coding.counts[place]))
        for place in (0, 1)
    ]
    known = total > _ROUNDING * size
    shares = {
        "first": _explained(sides[0], points, mass),
        "second": _explained(sides[1], points, mass),
        "additive": _explained(np.hstack(sides), points, mass),
        "crossed": _explained(_indicator(pairs, int(pairs.max()) + 1), points, mass),
    }
    table = pd.DataFrame({"axis": coordinates.columns})
    for name, explained in shares.items():
        table[name] = np.where(known, explained / np.where(known, total, 1.0), np.nan)
    return table.assign(interaction=(table["crossed"] - table["additive"]).clip(lower=0))


def _indicator(codes: FloatArray | IntArray, number: int) -> FloatArray:
    table = np.zeros((len(codes), number))
    table[np.arange(len(codes)), np.asarray(codes, dtype=np.int64)] = 1
    return table


def _explained(table: FloatArray, points: FloatArray, mass: FloatArray) -> FloatArray:
    """Variance of what weighted least squares fit."""
    root = np.sqrt(mass)[:, np.newaxis]
    effects, *_ = np.linalg.lstsq(root * table, root * points, rcond=None)
    return np.asarray(mass @ np.square(table @ effects))
