"""Categories over resamples: axes turned to those of the sample, and ellipses."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.linalg import orthogonal_procrustes
from scipy.stats import chi2

from rfree.base.inputs import FloatArray


def aligned_coordinates(replicate: FloatArray, sample: FloatArray) -> FloatArray:
    """Turn the axes of a replicate so that its categories lie nearest to those of the sample.

    Parameters
    ----------
    replicate : array, categories x axes
        NaN rows for categories to leave out. Fewer axes than the sample's are filled with 0.
    sample : array, categories x axes
        NaN rows likewise.

    Returns
    -------
    array, categories x axes of the sample

    Notes
    -----
    Orthogonal Procrustes rotation (Schönemann 1966; `scipy.linalg.orthogonal_procrustes`), all
    axes together, without change of scale: axes of close eigenvalues that trade places, or
    point the other way, in a resample are no uncertainty of the map.

    Examples
    --------
    >>> sample = np.array([[1.0, 0.0], [0.0, 2.0], [-1.0, -2.0]])
    >>> aligned_coordinates(sample[:, ::-1] * [-1, 1], sample).round(9) + 0.0
    array([[ 1., 0.], [ 0., 2.], [-1., -2.]])
    """
    filled = np.zeros((len(replicate), sample.shape[1]))
    filled[:, : replicate.shape[1]] = replicate
    both = ~(np.isnan(filled) | np.isnan(sample)).any(axis=1)
    rotation, _ = orthogonal_procrustes(filled[both], sample[both])
    turned: FloatArray = filled @ rotation
    return turned


def resampled_ellipses(
    sample: FloatArray, replicates: FloatArray, categories: pd.MultiIndex, *, level: float = 0.95
) -> pd.DataFrame:
    """Ellipses that hold a category's position in a given share of resamples.

    Parameters
    ----------
    sample : array, categories x axes
        NaN rows are left out.
    replicates : array, replicates x categories x axes
        From `aligned_coordinates`; NaN where the category was absent.
    categories : MultiIndex
        (variable, category) of each.
    level : float
        Share, within (0, 1).

    Returns
    -------
    DataFrame
        One row a category and pair of neighbouring axes (1 and 2, 2 and 3...): ``variable``,
        ``category``, ``axis_x``, ``axis_y``, ``x``, ``y`` (of the sample), ``center_x``,
        ``center_y`` (mean of the replicates), ``width``, ``height``, ``angle`` (degrees, counter-
        clockwise, from the horizontal axis to ``width``), ``origin_inside`` (whether the ellipse
        holds the origin, where the average respondent is), ``replicates`` (in which it was
        present).

    Notes
    -----
    That of the bivariate normal distribution with the mean and covariance of the replicates:
    full lengths 2 sqrt(chi2_2(level) eigenvalue). Categories met in fewer than three replicates
    have none (NaN).
    """
    shown = np.flatnonzero(~np.isnan(sample).any(axis=1))
    n_met = (~np.isnan(replicates[:, shown, 0])).sum(axis=0)
    tables = []
    for axis in range(sample.shape[1] - 1):
        plane = replicates[:, shown, axis : axis + 2]
        tables.append(
            _plane_ellipses(sample[shown, axis : axis + 2], plane, n_met, level).assign(
                axis_x=axis + 1, axis_y=axis + 2
            ).set_index(categories[shown])
        )  # fmt: skip
    columns = ["axis_x", "axis_y", "x", "y", "center_x", "center_y", "width", "height", "angle",
               "origin_inside", "replicates"]  # fmt: skip
    if not tables:
        return pd.DataFrame(columns=["variable", "category", *columns])
    return pd.concat(tables)[columns].reset_index()


# What a length of zero is divided as: the square of any ratio to it is still a number.
_NO_LENGTH = 1e-150


def _plane_ellipses(
    sample: FloatArray, plane: FloatArray, n_met: FloatArray, level: float
) -> pd.DataFrame:
    enough = n_met >= 3
    present = ~np.isnan(plane[:, enough, :1])
    filled = np.where(present, plane[:, enough], 0.0)
    counts = n_met[enough][:, np.newaxis]
    centers = np.full((len(sample), 2), np.nan)
    centers[enough] = filled.sum(axis=0) / counts
    away = np.where(present, plane[:, enough] - centers[enough], 0.0)
    covariances = np.einsum("rci,rcj->cij", away, away) / (counts[:, :, np.newaxis] - 1)
    values, vectors = np.linalg.eigh(covariances)
    lengths = np.full((len(sample), 2), np.nan)
    lengths[enough] = 2 * np.sqrt(chi2.ppf(level, 2) * np.maximum(values, 0.0))
    # How far the origin is along each of the ellipse's own axes, its half-lengths being 1.
    along = np.einsum("ci,cij->cj", -centers[enough], vectors)
    lengths_here = np.maximum(lengths[enough], _NO_LENGTH)
    inside = np.zeros(len(sample), dtype=bool)
    inside[enough] = np.square(2 * along / lengths_here).sum(axis=1) <= 1
    angles = np.full(len(sample), np.nan)
    # A line has no direction: from -90 to 90 degrees.
    angles[enough] = (np.degrees(np.arctan2(vectors[:, 1, 1], vectors[:, 0, 1])) + 90) % 180 - 90
    return pd.DataFrame(
        {
            "x": sample[:, 0],
            "y": sample[:, 1],
            "center_x": centers[:, 0],
            "center_y": centers[:, 1],
            "width": lengths[:, 1],
            "height": lengths[:, 0],
            "angle": angles,
            "origin_inside": inside,
            "replicates": n_met,
        }
    )
