"""Description of the axes: which variables and categories make them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.utils.validation import check_is_fitted

from rfree.axes.mca import MCA
from rfree.axes.supplementary import axis_sides, category_cos2
from rfree.base.inputs import FloatArray, IntArray, aligned_to
from rfree.description.weighted_independence import (
    Side,
    category_side,
    indicator_side,
    quantity_side,
)


@dataclass(frozen=True)
class AxisDescription:
    """What is linked to each axis, the most significant first.

    Attributes
    ----------
    variables : DataFrame
        Columns ``axis``, ``variable``, ``role`` (active or supplementary), ``r2`` (share of the
        variance of the axis between the categories, 0 to 1), ``p_value`` (F test).
    categories : DataFrame
        Columns ``axis``, ``variable``, ``category``, ``role`` (active, passive or supplementary),
        ``estimate`` (mean coordinate of the category less the plain mean of the means of its
        variable's categories), ``p_value`` (t test of the category against all others).
    correlations : DataFrame
        Columns ``axis``, ``variable``, ``correlation``, ``p_value`` (t test), for numeric
        supplementary variables.
    """

    variables: pd.DataFrame
    categories: pd.DataFrame
    correlations: pd.DataFrame


def describe_axes(
    mca: MCA, *, supplementary: pd.DataFrame | None = None, proba: float = 0.05
) -> AxisDescription:
    """Describe the axes of an MCA by its variables and by supplementary ones.

    Parameters
    ----------
    mca : MCA
        Fitted. Its weights are those of the tests, which are design-based where survey weights
        differ.
    supplementary : DataFrame, optional
        Supplementary variables, as for `MCA.supplementary`.
    proba : float, above 0 and at most 1
        What is less significant is left out; 1 keeps everything.

    Returns
    -------
    AxisDescription

    Raises
    ------
    ValueError
        If ``proba`` is not in its range.

    Notes
    -----
    The F test is that of the analysis of variance of the coordinates by the variable. The t
    test compares the respondents of a category with all others: the correlation of the axis
    with the category's indicator has the category's cos2 as its square (Husson, Lê & Pagès 2017,
    *Exploratory Multivariate Analysis by Example Using R*). With survey weights that differ, F and
    the squared t are divided by their mean design effect and F has the degrees of freedom of
    `rfree.description.weighted_independence.independence_test`. Active variables made the
    axes: their tests are circular, and rank the variables rather than prove anything. p-values
    are NaN, and left out unless ``proba`` is 1, where no respondent is left for the error.

    Examples
    --------
    >>> X = pd.DataFrame({"fear": list("yyyynn"), "hope": list("nnnyyy"), "age": list("yoyoyo")})
    >>> described = describe_axes(MCA(n_components=1).fit(X), proba=0.1)
    >>> described.variables.round(3)
         axis variable    role     r2  p_value
    0  Axis 1     hope  active  0.891    0.005
    1  Axis 1     fear  active  0.729    0.031
    """
    if not 0 < proba <= 1:
        raise ValueError(f"proba must be above 0 and at most 1, not {proba}.")
    if not isinstance(mca, MCA):
        raise TypeError(f"mca must be a fitted MCA, not {type(mca).__name__}.")
    check_is_fitted(mca, "eigenvalues_")
    scale = np.sqrt(mca.eigenvalues_[: mca.n_components_])
    correlations = pd.DataFrame(index=pd.Index([], name="variable"), columns=mca.eta2_.columns)
    design = _design(mca)
    groups = [
        _Groups(
            mca.column_coordinates_ * scale,
            mca.column_weights_,
            mca.column_squares_,
            mca.column_roles_,
        )
    ]
    numbers = Side(np.zeros((0, 1)), np.zeros((0, 1)))
    if supplementary is not None:
        placed = mca.supplementary(supplementary)
        correlations = placed.correlations
        numbers = _quantity_sides(supplementary[correlations.index], mca)
        if len(placed.eta2):
            roles = pd.Series(["supplementary"] * len(placed.weights), index=placed.weights.index)
            groups.append(
                _Groups(placed.coordinates * scale, placed.weights, placed.squares, roles)
            )
    variables = pd.concat([_variable_tests(each, scale**2, design) for each in groups])
    categories = pd.concat([_category_tests(each, scale**2, design) for each in groups])
    return AxisDescription(
        variables=_ranked(variables, "r2", proba),
        categories=_ranked(categories, "estimate", proba),
        correlations=_ranked(
            _correlation_tests(correlations, numbers, design), "correlation", proba
        ),
    )


@dataclass(frozen=True)
class _Design:
    """The sample as its weights make it.

    ``axes``: sides of the axes, where survey weights differ; ``total``: sum of the squares of the
    respondents' shares of the weight.
    """

    size: float
    total: float
    axes: Side | None

    def effect(self, other: Side, df: FloatArray | float) -> FloatArray | float:
        """Mean design effect of tests of the other sides against the axes."""
        if self.axes is None:
            return 1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(other.trace * self.axes.trace / self.total * self.size / df)


def _design(mca: MCA) -> _Design:
    shares = mca.weights_ / mca.n_respondents_
    axes = axis_sides(mca.row_coordinates_.to_numpy(), shares) if mca.design_based_ else None
    return _Design(mca.n_respondents_, float((shares**2).sum()), axes)


def _quantity_sides(numbers: pd.DataFrame, mca: MCA) -> Side:
    """Sides of numeric variables, one a row."""
    shares = mca.weights_ / mca.n_respondents_
    numbers = aligned_to(numbers, mca.row_coordinates_, name="supplementary", of="mca")
    values = numbers.to_numpy(dtype=float)
    square = np.square(values - shares @ values)
    side = quantity_side(shares @ square, shares**2 @ square)
    return Side(side.trace[:, np.newaxis], side.trace_of_square[:, np.newaxis])


@dataclass(frozen=True)
class _Groups:
    """Mean coordinates of the categories of some variables, category after category."""

    means: pd.DataFrame
    counts: pd.Series[float]
    squares: pd.Series[float]
    roles: pd.Series[str]

    @property
    def variables(self) -> pd.Index:
        return self.means.index.get_level_values("variable").unique()

    @property
    def variable_of(self) -> IntArray:
        of = self.variables.get_indexer(self.means.index.get_level_values("variable"))
        return np.asarray(of, dtype=np.int64)

    def sum_by_variable(self, values: FloatArray) -> FloatArray:
        first = np.flatnonzero(np.diff(self.variable_of, prepend=-1))
        return np.asarray(np.add.reduceat(values, first, axis=0))

    @property
    def n_levels(self) -> FloatArray:
        return np.bincount(self.variable_of).astype(float)[:, np.newaxis]

    @property
    def square_sums(self) -> FloatArray:
        return np.asarray(self.squares, dtype=np.float64)

    def variable_sides(self, size: float) -> Side:
        """Sides of the variables, one a row."""
        first = np.flatnonzero(np.diff(self.variable_of, prepend=-1))[1:]
        shares, squares = self.counts.to_numpy(dtype=float) / size, self.square_sums
        sides = [
            category_side(share, square)
            for share, square in zip(np.split(shares, first), np.split(squares, first), strict=True)
        ]
        return Side(
            np.array([[side.trace] for side in sides]),
            np.array([[side.trace_of_square] for side in sides]),
        )

    def r2(self, variances: FloatArray, size: float) -> FloatArray:
        """Share of the variance between all categories: passive ones differ as well."""
        shares = self.counts.to_numpy(dtype=float)[:, np.newaxis] / size
        between = self.sum_by_variable(shares * self.means.to_numpy(dtype=float) ** 2)
        r2 = np.clip(between / variances, 0, 1)
        # Up to rounding, nothing is left to explain.
        return np.where(1 - r2 < 1e-14, 1.0, r2)


def _variable_tests(groups: _Groups, variances: FloatArray, design: _Design) -> pd.DataFrame:
    """F test of every variable on every axis; no test for a variable of one category."""
    r2 = groups.r2(variances, design.size)
    sides = groups.variable_sides(design.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = design.effect(sides, groups.n_levels - 1)
        df = None if design.axes is None else sides.trace**2 / sides.trace_of_square
    p_values = variable_p_values(r2, groups.n_levels, design.size, effect=effect, df=df)
    like = pd.DataFrame(r2, index=groups.variables, columns=groups.means.columns)
    table = _long(like, {"r2": r2, "p_value": p_values})
    role = "supplementary" if groups.roles.iloc[0] == "supplementary" else "active"
    table.insert(2, "role", role)
    return table


def _category_tests(groups: _Groups, variances: FloatArray, design: _Design) -> pd.DataFrame:
    """Estimate the effect of every category on every axis, and test it against the others."""
    means = groups.means.to_numpy(dtype=float)
    plain_means = groups.sum_by_variable(means) / groups.n_levels
    shares = np.asarray(groups.counts, dtype=np.float64) / design.size
    coordinates = means / np.sqrt(variances)
    sides = indicator_side(shares[:, np.newaxis], groups.square_sums[:, np.newaxis], design.total)
    squared = category_cos2(coordinates, shares)
    values = {
        "estimate": means - plain_means[groups.variable_of],
        "p_value": correlation_p_values(squared, design.size, effect=design.effect(sides, 1.0)),
    }
    table = _long(groups.means, values)
    table.insert(3, "role", np.tile(groups.roles.to_numpy(), groups.means.shape[1]))
    return table


def variable_p_values(
    r2: FloatArray,
    n_levels: FloatArray,
    size: float,
    *,
    effect: FloatArray | float = 1.0,
    df: FloatArray | None = None,
) -> FloatArray:
    """Return the p-values of the F test of variables on axes, from their r2.

    Parameters
    ----------
    r2 : array
        Share of the variance of an axis between the categories of a variable, 0 to 1.
    n_levels : array that broadcasts with it
        Number of categories; a variable of one has nothing to test, and p = 1.
    size : float
        Number of respondents.
    effect : array or float
        Design effect of the test.
    df : array, optional
        Degrees of freedom between categories; ``n_levels`` - 1 by default.

    Returns
    -------
    array
        NaN where no respondent is left for the error.

    Examples
    --------
    >>> variable_p_values(np.array([0.25, 0.0]), np.array([2.0, 1.0]), 14).round(3)
    array([0.069, 1.   ])
    """
    between, within = n_levels - 1, _freedom(size - n_levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (r2 / between) / ((1 - r2) / within) / effect
    tested = stats.f.sf(ratio, between if df is None else df, within)
    return np.asarray(np.where(between == 0, 1.0, tested))


def correlation_p_values(
    squared: FloatArray, size: float, *, effect: FloatArray | float = 1.0
) -> FloatArray:
    """Return the p-values of two-sided t tests of squared correlations, such as cos2.

    Parameters
    ----------
    squared : array
        From 0 to 1.
    size : float
        Number of respondents; two fewer are the degrees of freedom, none of two.
    effect : array or float
        Design effect of the test.

    Returns
    -------
    array

    Examples
    --------
    >>> correlation_p_values(np.array([0.25, 0.0]), 14).round(3)  # t = 2 with 12 degrees of freedom
    array([0.069, 1.   ])
    """
    within = size - 2 if size > 2 else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.sqrt(squared * within / np.clip(1 - squared, 0, None) / effect)
    # What everybody or nobody gave has no design effect, and nothing to test.
    t = np.where(squared == 0, 0.0, t)
    return np.asarray(2 * stats.t.sf(t, within))


def _freedom(degrees: FloatArray) -> FloatArray:
    """Degrees of freedom of the error, NaN where none is left."""
    return np.where(degrees > 0, degrees, np.nan)


def _long(like: pd.DataFrame, values: dict[str, FloatArray]) -> pd.DataFrame:
    """One row an axis and row of ``like``, axis by axis."""
    names = like.index.to_frame(index=False)
    table = pd.concat([names] * like.shape[1], ignore_index=True)
    table.insert(0, "axis", np.repeat(like.columns.to_numpy(), len(like)))
    return table.assign(**{name: each.T.ravel() for name, each in values.items()})


def _correlation_tests(correlations: pd.DataFrame, sides: Side, design: _Design) -> pd.DataFrame:
    values = correlations.to_numpy(dtype=float)
    p_values = correlation_p_values(
        np.square(values), design.size, effect=design.effect(sides, 1.0)
    )
    return _long(correlations, {"correlation": values, "p_value": p_values})


def _ranked(table: pd.DataFrame, size: str, proba: float) -> pd.DataFrame:
    """Keep what is significant, axis by axis, the smallest p-value first."""
    kept = table[table["p_value"] <= proba] if proba < 1 else table
    order = pd.DataFrame(
        {
            "axis": pd.factorize(kept["axis"])[0],
            "p_value": _nine_digits(kept["p_value"].to_numpy(dtype=float)),
            "size": -_nine_digits(kept[size].abs().to_numpy(dtype=float)),
        }
    ).sort_values(["axis", "p_value", "size"], kind="stable")
    return kept.iloc[order.index.to_numpy()].reset_index(drop=True)


def _nine_digits(values: FloatArray) -> FloatArray:
    """Round positive numbers to nine digits: those that differ by rounding alone are ties."""
    known = np.where(np.isfinite(values) & (values > 0), values, 1.0)
    power = 10.0 ** np.clip(np.floor(np.log10(known)), -300, 300)
    return np.round(values / power, 8) * power
