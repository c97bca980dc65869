"""Variables placed on axes that they did not make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype

from rfree.axes.burt import indicator_table
from rfree.base.coding import learn_coding
from rfree.base.inputs import (
    FloatArray,
    IntArray,
    aligned_to,
    check_categories,
    check_numbers_or_categories,
    holds_numbers,
)
from rfree.description.weighted_independence import (
    Side,
    independence_test,
    indicator_side,
    quantity_side,
    signed_v_test,
)


@dataclass(frozen=True)
class SupplementaryVariables:
    """Supplementary variables on the axes of an MCA.

    Attributes
    ----------
    coordinates : DataFrame, (variable, category) x axes
        Principal coordinates of the categories: barycentre of the respondents / sqrt(lambda).
    cos2 : DataFrame, (variable, category) x axes
        Share of the squared distance to the centre that the axis renders, 0 to 1.
    v_tests : DataFrame, (variable, category) x axes
        Distance to the centre in standard deviations under a random draw of respondents.
    eta2 : DataFrame, variable x axes
        Share of the variance of the axis between the categories, 0 to 1.
    correlations : DataFrame, variable x axes
        Of the numeric variables.
    weights : Series, (variable, category)
        Weight of the respondents of each category.
    squares : Series, (variable, category)
        Sum of the squares of their shares of the weight: what design-based tests need.
    counts : Series, (variable, category)
        Number of respondents of each category, whatever they weigh.
    """

    coordinates: pd.DataFrame
    cos2: pd.DataFrame
    v_tests: pd.DataFrame
    eta2: pd.DataFrame
    correlations: pd.DataFrame
    weights: pd.Series[float]
    squares: pd.Series[float]
    counts: pd.Series[float]


def supplementary_variables(
    S: pd.DataFrame,
    rows: pd.DataFrame,
    weights: FloatArray,
    eigenvalues: FloatArray,
    *,
    respondents: FloatArray | None = None,
    design_based: bool = False,
) -> SupplementaryVariables:
    """Place variables on axes.

    Parameters
    ----------
    S : DataFrame
        One row a respondent, with the index of ``rows`` in any order. Numeric columns are
        correlated with the axes; all others (text, categorical, boolean) are categories.
    rows : DataFrame, respondents x axes
        Principal coordinates of the respondents, of weighted mean zero.
    weights : array of respondents
        Summing to the number of respondents.
    eigenvalues : array of axes
        Variances of the coordinates.
    respondents : array of respondents, or None
        How many each row stands for; None: 1 where it weighs something.
    design_based : bool
        Whether v-tests are to take account of the weights (`rfree.base.weighting.Weighting`).

    Returns
    -------
    SupplementaryVariables

    Raises
    ------
    TypeError
        If a column holds dates, durations or complex numbers.
    ValueError
        If the rows are not those of the fit, an answer is missing, or a number is infinite or
        the same for everybody.
    """
    check_categories(S, name="S")
    check_numbers_or_categories(S, name="S")
    S = aligned_to(S, rows, name="S", of="rows")
    weights = np.asarray(aligned_to(weights, rows, name="weights", of="rows"))
    if respondents is None:
        respondents = (weights > 0).astype(float)
    held = np.asarray(aligned_to(respondents, rows, name="respondents", of="rows"))
    numeric = [holds_numbers(S[each]) and not is_bool_dtype(S[each]) for each in S.columns]
    categorical = S.loc[:, [not each for each in numeric]]
    correlations = _correlations(S.loc[:, numeric], rows, weights)
    if categorical.shape[1] == 0:
        nothing = rows.iloc[:0].set_axis(
            pd.MultiIndex.from_arrays([[], []], names=["variable", "category"])
        )
        no_variable = rows.iloc[:0].set_axis(pd.Index([], name="variable"))
        no_weight = pd.Series([], index=nothing.index, dtype=float, name="weight")
        return SupplementaryVariables(
            nothing, nothing, nothing, no_variable, correlations, *[no_weight] * 3
        )

    coding, codes = learn_coding(categorical, name="S")
    indicator = indicator_table(codes, coding.n_categories)
    counts = np.asarray(indicator.T @ weights)
    present = counts > 0
    sums = np.asarray(indicator.T @ (rows.to_numpy() * weights[:, np.newaxis]))
    counts, barycentres = counts[present], sums[present] / counts[present, np.newaxis]
    coordinates = barycentres / np.sqrt(eigenvalues)
    size = float(weights.sum())
    shares = weights / size
    squares = np.asarray(indicator.T @ shares**2)[present]
    if design_based:
        v_tests = weighted_category_v_tests(
            coordinates, counts / size, squares, rows.to_numpy(), shares
        )
    else:
        v_tests = category_v_tests(coordinates, counts, size)
    index = coding.index[present]

    def table(values: FloatArray) -> pd.DataFrame:
        return pd.DataFrame(values, index=index, columns=rows.columns)

    eta2 = correlation_ratios(coordinates, counts / size, coding.variable_of[present])
    return SupplementaryVariables(
        coordinates=table(coordinates),
        cos2=table(category_cos2(coordinates, counts / size)),
        v_tests=table(v_tests),
        eta2=pd.DataFrame(
            eta2, index=pd.Index(categorical.columns, name="variable"), columns=rows.columns
        ),
        correlations=correlations,
        weights=pd.Series(counts, index=index, name="weight"),
        squares=pd.Series(squares, index=index, name="squares"),
        counts=pd.Series(np.asarray(indicator.T @ held)[present], index=index, name="n"),
    )


def category_cos2(coordinates: FloatArray, shares: FloatArray) -> FloatArray:
    """Squared cosines of categories with the axes.

    Parameters
    ----------
    coordinates : array, categories x axes
        Principal coordinates.
    shares : array of categories
        Share of the respondents who gave each, above 0 and at most 1.

    Returns
    -------
    array, categories x axes
        coordinate^2 / (1/share - 1); 0 for a category that everybody gave, which is the centre.

    Examples
    --------
    >>> category_cos2(np.array([[2.0], [0.0]]), np.array([0.1, 1.0])).round(3)
    array([[0.444], [0.   ]])
    """
    odds = _odds(shares)
    return np.asarray(np.square(coordinates) * odds[:, np.newaxis])


def category_v_tests(coordinates: FloatArray, counts: FloatArray, size: float) -> FloatArray:
    """v-tests of categories on the axes.

    Parameters
    ----------
    coordinates : array, categories x axes
        Principal coordinates.
    counts : array of categories
        Number of respondents who gave each (weighted).
    size : float
        Number of respondents n.

    Returns
    -------
    array, categories x axes
        coordinate * sqrt(n_j (n - 1) / (n - n_j)); 0 for a category that everybody gave.

    Examples
    --------
    >>> category_v_tests(np.array([[0.5]]), np.array([10.0]), 91.0).round(3)
    array([[1.667]])
    """
    factor = np.sqrt(_odds(counts / size) * (size - 1))
    return np.asarray(coordinates * factor[:, np.newaxis])


def weighted_category_v_tests(
    coordinates: FloatArray,
    shares: FloatArray,
    squares: FloatArray,
    rows: FloatArray,
    weight_shares: FloatArray,
) -> FloatArray:
    """v-tests of categories on the axes, respondents carrying survey weights that differ.

    Parameters
    ----------
    coordinates : array, categories x axes
        Principal coordinates.
    shares, squares : arrays of categories
        Of the weight of those who gave each: share, and sum of the squares of theirs.
    rows : array, respondents x axes
        Principal coordinates, of weighted mean zero.
    weight_shares : array of respondents
        Of the weight; 0 for those who count for nothing.

    Returns
    -------
    array, categories x axes
        ±Phi^-1(p / 2) of `rfree.description.weighted_independence.independence_test` of the
        category and the coordinate: the design-based form of `category_v_tests`.
    """
    n, total = int((weight_shares > 0).sum()), float((weight_shares**2).sum())
    test = independence_test(
        category_cos2(coordinates, shares) * (n - 1) / n,
        indicator_side(shares[:, np.newaxis], squares[:, np.newaxis], total),
        axis_sides(rows, weight_shares),
        total,
        n - 1,
    )
    return signed_v_test(test, coordinates)


def axis_sides(rows: FloatArray, shares: FloatArray) -> Side:
    """Side of every axis in the tests of weighted respondents.

    Parameters
    ----------
    rows : array, respondents x axes
        Principal coordinates, of weighted mean zero.
    shares : array of respondents
        Of the weight.

    Returns
    -------
    Side
    """
    square = np.square(rows)
    return quantity_side(shares @ square, shares**2 @ square)


def correlation_ratios(
    coordinates: FloatArray, shares: FloatArray, variable_of: IntArray
) -> FloatArray:
    """Squared correlation ratios (eta2) of variables with the axes.

    Parameters
    ----------
    coordinates : array, categories x axes
        Principal coordinates.
    shares : array of categories
        Share of the respondents who gave each.
    variable_of : array of categories
        Number of the variable, ascending.

    Returns
    -------
    array, variables x axes
        Sum over the categories of a variable of share * coordinate^2.

    Examples
    --------
    >>> correlation_ratios(np.array([[1.0], [-1.0]]), np.array([0.5, 0.5]), np.array([0, 0]))
    array([[1.]])
    """
    first = np.flatnonzero(np.diff(variable_of, prepend=-1))
    return np.asarray(np.add.reduceat(shares[:, np.newaxis] * coordinates**2, first, axis=0))


def _odds(shares: FloatArray) -> FloatArray:
    """Share / (1 - share); 0 where nobody else is left to compare with."""
    others = 1 - shares
    # n_j = n up to rounding: the category does not vary.
    varies = others > 1e-12
    return np.where(varies, shares / np.where(varies, others, 1.0), 0.0)


def _correlations(S: pd.DataFrame, rows: pd.DataFrame, weights: FloatArray) -> pd.DataFrame:
    values = S.to_numpy(dtype=float)
    infinite = [
        repr(name)
        for name, column in zip(S.columns, values.T, strict=True)
        if not np.isfinite(column).all()
    ]
    if infinite:
        raise ValueError(f"S has infinite numbers: column {', '.join(infinite)}.")
    shares = weights / weights.sum()
    centred = values - shares @ values
    deviations = np.sqrt(shares @ np.square(centred))
    magnitude = np.sqrt(shares @ np.square(values))
    constant = [
        repr(name)
        for name, deviation, size in zip(S.columns, deviations, magnitude, strict=True)
        if deviation <= 1e-12 * size
    ]
    if constant:
        raise ValueError(f"S has columns that do not vary: {', '.join(constant)}.")
    axes = rows.to_numpy()
    axis_deviations = np.sqrt(shares @ np.square(axes))
    covariances = (centred * shares[:, np.newaxis]).T @ axes
    return pd.DataFrame(
        covariances / np.outer(deviations, axis_deviations),
        index=pd.Index(S.columns, name="variable"),
        columns=rows.columns,
    )
