"""Ellipses of classes on a plane: where their respondents are, where their centres are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from rfree.base.inputs import FloatArray

EllipseKind = Literal["concentration", "confidence"]

_COLUMNS = ("kind", "class", "axis_x", "axis_y", "center_x", "center_y", "width", "height", "angle")


def class_ellipses(
    respondents: pd.DataFrame,
    *,
    axes: tuple[int, int] = (1, 2),
    kind: EllipseKind = "concentration",
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the ellipse of each class on a plane of two axes.

    ``respondents`` has the columns class, "Axis x", "Axis y" and, if they differ, weight. The
    ellipse is of the respondents ("concentration"), or of the position of their centre
    ("confidence", at ``level``). Columns: ``kind``, ``class``, ``axis_x``, ``axis_y``,
    ``center_x``, ``center_y``, ``width`` and ``height`` (whole axes of the ellipse, the longer
    first), ``angle`` (of the longer one to the axis x, in degrees, above -90 and up to 90).

    Notes
    -----
    With V the covariance matrix of a class (divided by its n), both are the points x such that
    (x - centre)' V^-1 (x - centre) = k^2. Concentration: k = 2, which holds 1 - exp(-2) =
    86.47 % of a Gaussian class. Confidence of the centre: k^2 = chi-square quantile (2 degrees
    of freedom) / n, where n is Kish's (sum w)^2 / sum w^2 when there are weights
    (Le Roux & Rouanet 2010, sections 4.3 and 5.3).

    Examples
    --------
    >>> cloud = pd.DataFrame({"class": 1, "Axis 1": [-1.0, 1, 0, 0], "Axis 2": [0.0, 0, -0.5, 0.5]})
    >>> class_ellipses(cloud)[["width", "height", "angle"]].round(3).to_numpy().tolist()
    [[2.828, 1.414, 0.0]]
    """
    name_x, name_y = (f"Axis {axis}" for axis in axes)
    lacking = [name for name in ("class", name_x, name_y) if name not in respondents.columns]
    if lacking:
        raise ValueError(f"The table 'respondents' lacks the columns {', '.join(lacking)}.")
    if kind not in ("concentration", "confidence"):
        raise ValueError(f"kind is {kind!r}: expected 'concentration' or 'confidence'.")
    rows = []
    for class_number, members in respondents.groupby("class", sort=True):
        points = members[[name_x, name_y]].to_numpy(dtype=float)
        weights = (
            members["weight"].to_numpy(dtype=float) if "weight" in members else np.ones(len(points))
        )
        if kind == "concentration":
            radius = 2.0
        else:
            quantile = -2 * np.log1p(-level)  # of chi-squared with two degrees of freedom
            radius = float(np.sqrt(quantile / (weights.sum() ** 2 / (weights**2).sum())))
        rows.append((kind, class_number, *axes, *_ellipse(points, weights, radius)))
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def plane_ellipses(respondents: pd.DataFrame, axes: Sequence[int]) -> pd.DataFrame:
    """Return the concentration ellipses of the classes on the plane of every two of these axes.

    Columns: as :func:`class_ellipses`.
    """
    planes = [class_ellipses(respondents, axes=pair) for pair in combinations(axes, 2)]
    return pd.concat(planes, ignore_index=True)


def _ellipse(points: FloatArray, weights: FloatArray, radius: float) -> Iterable[float]:
    """Return centre, whole axes and angle of the ellipse of one cloud."""
    centre = np.average(points, axis=0, weights=weights)
    deviations = points - centre
    covariance = (weights[:, None] * deviations).T @ deviations / weights.sum()
    variances, directions = np.linalg.eigh(covariance)
    smaller, larger = 2 * radius * np.sqrt(np.clip(variances, 0, None))
    angle = float(np.degrees(np.arctan2(directions[1, 1], directions[0, 1])))
    angle = (angle + 90) % 180 - 90  # a direction has no sign
    return (*centre, larger, smaller, 90.0 if angle == -90 else angle)
