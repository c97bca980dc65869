"""Class description: which categories and which variables set the classes apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtrc

from rfree.base.class_labels import check_labels
from rfree.base.coded_answers import coded_answers
from rfree.base.coding import CategoryCoding
from rfree.base.inputs import FloatArray, IntArray, check_weights
from rfree.base.multiple_tests import Adjustment, adjusted_p_values
from rfree.base.tables import table_of
from rfree.base.weighting import scaled_weights
from rfree.description.hypergeometric import hypergeometric_v_test
from rfree.description.quantities import describe_quantities, describe_quantity_links
from rfree.description.weighted_independence import (
    Side,
    category_side,
    independence_test,
    indicator_side,
    signed_v_test,
)

__all__ = [
    "describe_categories",
    "describe_quantities",
    "describe_quantity_links",
    "describe_variables",
]


def describe_categories(
    X: Any,
    labels: npt.ArrayLike,
    sample_weight: Sequence[float] | FloatArray | None = None,
    *,
    frequencies: bool = False,
    adjust: Adjustment = "holm",
) -> pd.DataFrame:
    """Compare the share of every category in every class with its share in the sample.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        Complete, one categorical column a variable. Or a table in parts, as in `rfree.MCA.fit`.
    labels : array of respondents
        Class of each, at least two classes. A Series is read in its order.
    sample_weight : array of respondents, or None
        Survey weights: where they differ, tests are design-based.
    frequencies : bool
        Whether weights are numbers of respondents: a weight of 2 is then the row twice.
    adjust : {"holm", "bh"}
        Correction for the number of tests in the table: Holm's, or Benjamini and Hochberg's.

    Returns
    -------
    DataFrame
        A row for every class and category: ``class``, ``variable``, ``category``; in percent,
        ``class_share`` (of those who gave the category, how many are in the class;
        FactoMineR's Cla/Mod), ``category_share`` (of the class, how many gave the category;
        Mod/Cla), ``overall_share`` (of all, how many gave the category; Global);
        ``p_value``, ``p_adjusted``, ``v_test`` (positive when the class gives it more than all).

    Raises
    ------
    TypeError, ValueError
        If the table, the labels or the weights are not as described.

    Notes
    -----
    Lebart, Morineau & Piron (1995). Were the class drawn at random, the number X of its members
    who gave the category would be hypergeometric; with k of them,
    p = min(2 P(X < k) + P(X = k), 2 P(X > k) + P(X = k)) and v = ±Φ⁻¹(p / 2). With survey weights
    that differ, p is that of `rfree.description.weighted_independence.independence_test`, class
    against category. The tests of variables that made the classes are circular: they rank, they
    prove nothing.

    Examples
    --------
    >>> X = pd.DataFrame({"office": ["alone", "alone", "group", "group"]})
    >>> table = describe_categories(X, [1, 1, 2, 2])
    >>> table[["class", "category", "class_share", "overall_share", "p_value"]].round(3)
       class category  class_share  overall_share  p_value
    0      1    alone        100.0           50.0    0.167
    1      1    group          0.0           50.0    0.167
    2      2    alone          0.0           50.0    0.167
    3      2    group        100.0           50.0    0.167
    """
    crossed = _cross(X, labels, sample_weight, frequencies=frequencies)
    counts, in_class, in_category = crossed.counts, crossed.in_class, crossed.in_category
    total = crossed.total
    if crossed.squares is None:
        p_value, v_test = hypergeometric_v_test(counts, in_class[:, np.newaxis], in_category, total)
    else:
        p_value, v_test = _weighted_v_tests(crossed, crossed.squares)
    with np.errstate(invalid="ignore"):
        class_share = 100 * counts / in_category
    n_classes, n_categories = counts.shape
    coding = crossed.coding
    variables = [coding.variables[number] for number in coding.variable_of]
    categories = coding.names.tolist()
    return table_of(
        {
            "class": np.repeat(crossed.names, n_categories),
            "variable": variables * n_classes,
            "category": categories * n_classes,
            "class_share": class_share.ravel(),
            "category_share": (100 * counts / in_class[:, np.newaxis]).ravel(),
            "overall_share": np.tile(100 * in_category / total, n_classes),
            "p_value": p_value.ravel(),
            "p_adjusted": adjusted_p_values(p_value.ravel(), adjust),
            "v_test": v_test.ravel(),
        }
    )


def describe_variables(
    X: Any,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    adjust: Adjustment = "holm",
) -> pd.DataFrame:
    """Test every categorical variable for its link with the classes.

    Parameters
    ----------
    X, labels, sample_weight, frequencies, adjust
        As in `describe_categories`.

    Returns
    -------
    DataFrame
        A row for every variable: ``variable``, ``chi2`` (Pearson's, no continuity correction),
        ``df``, ``p_value``, ``p_adjusted``, ``cramers_v`` (NaN for a variable of one category).
        With survey weights that differ, ``chi2`` and ``df`` are those of Rao & Scott's second-order
        correction, and the p-value is that of chi2 / df as an F; V is that of the weighted shares.

    Raises
    ------
    TypeError, ValueError
        If the table, the labels or the weights are not as described.

    Notes
    -----
    V = sqrt(chi2 / (n min(classes - 1, categories - 1))) (Cramér 1946), chi2 being Pearson's. For
    the test with weights, see `rfree.description.weighted_independence.independence_test`.

    Examples
    --------
    >>> X = pd.DataFrame({"office": ["alone", "alone", "group", "group"]})
    >>> describe_variables(X, [1, 1, 2, 2])[["variable", "chi2", "df", "cramers_v"]]
      variable  chi2  df  cramers_v
    0   office   4.0   1        1.0
    """
    crossed = _cross(X, labels, sample_weight, frequencies=frequencies)
    expected = crossed.in_class[:, np.newaxis] * crossed.in_category / crossed.total
    given = crossed.in_category > 0
    parts = np.zeros(len(given))
    parts[given] = ((crossed.counts - expected)[:, given] ** 2 / expected[:, given]).sum(axis=0)
    variable_of = crossed.coding.variable_of
    n_variables = len(crossed.coding.variables)
    statistic: FloatArray = np.bincount(variable_of, parts, n_variables).astype(float)
    others = np.bincount(variable_of, given, n_variables).astype(np.int64) - 1
    degrees: FloatArray | IntArray = others * (len(crossed.names) - 1)
    smallest = np.minimum(others, len(crossed.names) - 1)
    cramers_v = np.full(n_variables, np.nan)
    some = smallest > 0
    cramers_v[some] = np.sqrt(statistic[some] / (crossed.total * smallest[some]))
    if crossed.squares is not None:
        statistic, degrees, p_value = _rao_scott_tests(crossed, crossed.squares, statistic)
    else:
        p_value = np.where(degrees > 0, chdtrc(np.maximum(degrees, 1), statistic), 1.0)
    return table_of(
        {
            "variable": crossed.coding.variables,
            "chi2": statistic,
            "df": degrees,
            "p_value": p_value,
            "p_adjusted": adjusted_p_values(p_value, adjust),
            "cramers_v": cramers_v,
        }
    )


@dataclass(frozen=True)
class _Squares:
    """Sums of the squares of the respondents' shares of the weight."""

    in_class: FloatArray
    in_category: FloatArray
    total: float


@dataclass(frozen=True)
class _CrossedTable:
    """Weighted counts of every class by every category; squares where tests need them."""

    names: npt.NDArray[np.generic]
    coding: CategoryCoding
    counts: FloatArray
    in_class: FloatArray
    in_category: FloatArray
    total: float
    squares: _Squares | None


def _cross(
    X: Any,
    labels: npt.ArrayLike,
    sample_weight: Sequence[float] | FloatArray | None,
    *,
    frequencies: bool,
) -> _CrossedTable:
    answers = coded_answers(X)
    weights = check_weights(sample_weight, answers.index)
    names, classes = check_labels(labels, weights, answers.index)
    weighting = scaled_weights(weights, frequencies=frequencies)

    def crossed(values: FloatArray) -> FloatArray:
        shape = (len(names), answers.coding.n_categories)
        return answers.total(partial(_cells, shape=shape), classes, values)[0]

    counts, size = crossed(weighting.weights), weighting.size
    squares = None
    if weighting.design_based:
        square = (weighting.weights / size) ** 2
        in_class = np.asarray(np.bincount(classes, square), dtype=float)
        squares = _Squares(in_class, crossed(square).sum(axis=0), float(square.sum()))
    return _CrossedTable(
        names=names,
        coding=answers.coding,
        counts=counts,
        in_class=np.asarray(np.bincount(classes, weighting.weights), dtype=float),
        in_category=counts.sum(axis=0),
        total=size,
        squares=squares,
    )


def _cells(
    codes: IntArray, classes: IntArray, values: FloatArray, *, shape: tuple[int, int]
) -> tuple[FloatArray]:
    """Return the sums of values of every class by every category."""
    cells = (codes + shape[1] * classes[:, np.newaxis]).ravel()
    sums = np.bincount(cells, np.repeat(values, codes.shape[1]), shape[0] * shape[1])
    return (np.asarray(sums, dtype=float).reshape(shape),)


def _weighted_v_tests(crossed: _CrossedTable, squares: _Squares) -> tuple[FloatArray, FloatArray]:
    """p-values and v-tests of every class by every category."""
    n = crossed.total
    shares = crossed.counts / n
    of_class, of_category = crossed.in_class[:, np.newaxis] / n, crossed.in_category / n
    away = shares - of_class * of_category
    spread = of_class * (1 - of_class) * of_category * (1 - of_category)
    phi2 = np.divide(away**2, spread, out=np.zeros_like(away), where=spread > 0)
    test = independence_test(
        phi2 * (n - 1) / n,
        indicator_side(of_class, squares.in_class[:, np.newaxis], squares.total),
        indicator_side(of_category, squares.in_category, squares.total),
        squares.total,
        n - 1,
    )
    return test.p_value, signed_v_test(test, away)


def _rao_scott_tests(
    crossed: _CrossedTable, squares: _Squares, pearson: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Second-order chi-squared, its degrees of freedom and p-value, for every variable."""
    n = crossed.total
    classes = category_side(crossed.in_class / n, squares.in_class)
    first = np.flatnonzero(np.diff(crossed.coding.variable_of, prepend=-1))
    sides = [
        category_side(shares, square)
        for shares, square in zip(
            np.split(crossed.in_category / n, first[1:]),
            np.split(squares.in_category, first[1:]),
            strict=True,
        )
    ]
    every = Side(
        np.array([side.trace for side in sides]), np.array([side.trace_of_square for side in sides])
    )
    test = independence_test(pearson / n, classes, every, squares.total, n - 1)
    degrees = np.nan_to_num(test.df, nan=0.0)
    return np.nan_to_num(test.statistic, nan=0.0) * degrees, degrees, test.p_value
