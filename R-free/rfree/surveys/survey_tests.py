"""Shares of a sample by strata, clusters or replicate weights, and tests of independence."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg import lstsq
from scipy.special import expit, logit
from scipy.stats import f
from scipy.stats import t as student

from rfree.base.class_labels import read_classes
from rfree.base.inputs import FloatArray, IntArray, aligned_to
from rfree.description.weighted_tests import DesignBasedTest
from rfree.surveys.survey_design import SurveyDesign

_LEAST_SHARE = 1e-9
"""A replicate may leave a category with nobody."""

_NOT_TESTED = DesignBasedTest(np.nan, 0.0, 0.0, 1.0)


def survey_shares(
    categories: npt.ArrayLike, design: SurveyDesign, *, level: float = 0.95
) -> pd.DataFrame:
    """Estimate the share of every category, with the precision that the design leaves.

    Parameters
    ----------
    categories : array of n
        Answer or class of each respondent of the design; missing: outside.
    design : SurveyDesign
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        ``category``, ``n`` (respondents), ``share`` (weighted percent of those who have a
        category), ``std_error``, ``low``, ``high``.

    Raises
    ------
    ValueError
        If nobody has a category.

    Notes
    -----
    A ratio of two totals, linearised, or taken again under each replicate. Intervals are those of
    its log odds, with Student's t of the design's degrees of freedom, as R's
    ``survey::svyciprop(method = "logit")``.

    Examples
    --------
    >>> from rfree.surveys.survey_design import survey_design
    >>> design = survey_design(np.ones(8), clusters=[1, 1, 2, 2, 3, 3, 4, 4])
    >>> survey_shares(list("aabbabab"), design)[["category", "share", "std_error"]].round(2)
      category  share  std_error
    0        a   50.0      20.41
    1        b   50.0      20.41
    """
    names, codes, counted = _read(_aligned(categories, design, "categories"), design)
    member = np.eye(len(names))[codes] * counted[:, None]

    def shares(weights: FloatArray) -> FloatArray:
        return np.asarray(weights @ member / (weights @ counted))

    found = shares(design.weights)
    total = float(design.weights @ counted)
    contributions = design.weights[:, None] * (member - counted[:, None] * found) / total
    error = np.sqrt(np.clip(np.diag(design.covariance(shares, contributions)), 0, None))
    inside = (found > 0) & (found < 1)
    spread = np.where(inside, found * (1 - found), 1.0)

    def log_odds(weights: FloatArray) -> FloatArray:
        return np.asarray(logit(np.clip(shares(weights), _LEAST_SHARE, 1 - _LEAST_SHARE)))

    middle = log_odds(design.weights)
    variance = np.diag(design.covariance(log_odds, contributions / spread))
    margin = student.isf((1 - level) / 2, design.df) * np.sqrt(np.clip(variance, 0, None))
    return pd.DataFrame(
        {
            "category": names,
            "n": ((member > 0) & (design.weights > 0)[:, None]).sum(axis=0),
            "share": 100 * found,
            "std_error": 100 * error,
            "low": 100 * np.where(inside, expit(middle - margin), found),
            "high": 100 * np.where(inside, expit(middle + margin), found),
        }
    )


def survey_independence(
    rows: npt.ArrayLike, columns: npt.ArrayLike, design: SurveyDesign
) -> DesignBasedTest:
    """Test the independence of two characteristics.

    Parameters
    ----------
    rows, columns : arrays of n
        Categories of each respondent of the design; whoever lacks one is outside.
    design : SurveyDesign

    Returns
    -------
    DesignBasedTest
        ``statistic`` NaN and ``p_value`` 1 where a side does not vary.

    Raises
    ------
    ValueError
        If nobody has both.

    Notes
    -----
    Rao & Scott (1984), second-order correction, as in
    `rfree.description.weighted_tests.rao_scott`, with the covariance of the cells that the design
    gives: R's ``survey::svychisq``. Where few clusters carry a cell it rejects too often.

    Examples
    --------
    >>> from rfree.surveys.survey_design import survey_design
    >>> design = survey_design(np.ones(60))
    >>> rows, columns = np.repeat([0, 0, 1, 1], [10, 20, 20, 10]), np.tile([0, 1], 30)
    >>> survey_independence(rows, columns, design).df
    1.0
    """
    sides = [_aligned(rows, design, "rows"), _aligned(columns, design, "columns")]
    both = sides[0].notna() & sides[1].notna()
    row_names, row_codes, _ = _read(sides[0].where(both), design)
    column_names, column_codes, counted = _read(sides[1].where(both), design)
    shape = (len(row_names), len(column_names))
    if min(shape) < 2:
        return _NOT_TESTED
    cell = row_codes * shape[1] + column_codes
    member = np.eye(shape[0] * shape[1])[cell] * counted[:, None]

    def shares(weights: FloatArray) -> FloatArray:
        return np.asarray(weights @ member / (weights @ counted))

    found = shares(design.weights)
    total = float(design.weights @ counted)
    n = float(((design.weights > 0) & (counted > 0)).sum())
    table = found.reshape(shape)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = n * float(((table - expected) ** 2 / expected).sum())
    first, second = (np.eye(side)[:, 1:] - 1 / side for side in shape)
    contrasts = np.kron(first, second)
    # An empty cell has no covariance: what divides it does not matter.
    scaled = contrasts / np.where(found > 0, found, np.inf)[:, None]
    contributions = design.weights[:, None] * (member - counted[:, None] * found) / total
    covariance = scaled.T @ design.covariance(shares, contributions) @ scaled
    delta = lstsq(scaled.T @ contrasts / n, covariance)[0]
    trace = float(np.trace(delta))
    if trace <= 0:
        return _NOT_TESTED
    df = trace**2 / float(np.trace(delta @ delta))
    statistic, denominator = pearson / trace, df * design.df
    return DesignBasedTest(statistic, df, denominator, float(f.sf(statistic, df, denominator)))


def _aligned(values: npt.ArrayLike, design: SurveyDesign, name: str) -> pd.Series:
    """Return values in the order of the respondents of the design, by their position."""
    given = aligned_to(values, design.respondents, name=name, of="design")
    series = pd.Series(np.asarray(given, dtype=object))
    if len(series) != len(design.weights):
        raise ValueError(f"{name} has {len(series)} values; expected {len(design.weights)}.")
    return series


def _read(
    given: pd.Series, design: SurveyDesign
) -> tuple[npt.NDArray[np.generic], IntArray, FloatArray]:
    """Return the categories in use, the code of each respondent, and whether they have one."""
    known = given.notna().to_numpy() & (design.weights > 0)
    if not known.any():
        raise ValueError("Nobody with a weight has a category.")
    names, own = read_classes(given[known])
    codes = np.zeros(len(given), dtype=np.int64)
    codes[known] = own
    return names, codes, known.astype(float)
