"""Class description: which categories and which variables set the classes apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtrc

from rfree.class_labels import check_labels
from rfree.coding import CategoryCoding, learn_coding
from rfree.hypergeometric import hypergeometric_v_test
from rfree.inputs import FloatArray, check_weights
from rfree.multiple_tests import Adjustment, adjusted_p_values
from rfree.quantities import describe_quantities, describe_quantity_links
from rfree.weighting import normalised_weights

__all__ = [
    "describe_categories",
    "describe_quantities",
    "describe_quantity_links",
    "describe_variables",
]


def describe_categories(
    X: pd.DataFrame,
    labels: npt.ArrayLike,
    sample_weight: Sequence[float] | FloatArray | None = None,
    *,
    adjust: Adjustment = "holm",
) -> pd.DataFrame:
    """Compare the share of every category in every class with its share in the sample.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        Complete, one categorical column a variable.
    labels : array of respondents
        Class of each, at least two classes. A Series is read in its order.
    sample_weight : array of respondents, or None
        Weights; see `rfree.weighting.normalised_weights` for the sample size they make.
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
    p = min(2 P(X < k) + P(X = k), 2 P(X > k) + P(X = k)) and v = ±Φ⁻¹(p / 2). The tests of
    variables that made the classes are circular: they rank, they prove nothing.

    Examples
    --------
    >>> X = pd.DataFrame({"doctor": ["alone", "alone", "group", "group"]})
    >>> table = describe_categories(X, [1, 1, 2, 2])
    >>> table[["class", "category", "class_share", "overall_share", "p_value"]].round(3)
       class category  class_share  overall_share  p_value
    0      1    alone        100.0           50.0    0.167
    1      1    group          0.0           50.0    0.167
    2      2    alone          0.0           50.0    0.167
    3      2    group        100.0           50.0    0.167
    """
    crossed = _cross(X, labels, sample_weight)
    counts, in_class, in_category = crossed.counts, crossed.in_class, crossed.in_category
    total = crossed.total
    p_value, v_test = hypergeometric_v_test(counts, in_class[:, np.newaxis], in_category, total)
    with np.errstate(invalid="ignore"):
        class_share = 100 * counts / in_category
    n_classes, n_categories = counts.shape
    coding = crossed.coding
    variables = [coding.variables[number] for number in coding.variable_of]
    categories = coding.names.tolist()
    return pd.DataFrame(
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
    X: pd.DataFrame,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    adjust: Adjustment = "holm",
) -> pd.DataFrame:
    """Test every categorical variable for its link with the classes.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        Complete, one categorical column a variable.
    labels : array of respondents
        Class of each, at least two classes.
    sample_weight : array of respondents, or None
        Weights.
    adjust : {"holm", "bh"}
        Correction for the number of variables.

    Returns
    -------
    DataFrame
        A row for every variable: ``variable``, ``chi2`` (Pearson's, no continuity correction),
        ``df``, ``p_value``, ``p_adjusted``, ``cramers_v`` (NaN for a variable of one category).

    Raises
    ------
    TypeError, ValueError
        If the table, the labels or the weights are not as described.

    Notes
    -----
    V = sqrt(chi2 / (n min(classes - 1, categories - 1))) (Cramér 1946).

    Examples
    --------
    >>> X = pd.DataFrame({"doctor": ["alone", "alone", "group", "group"]})
    >>> describe_variables(X, [1, 1, 2, 2])[["variable", "chi2", "df", "cramers_v"]]
      variable  chi2  df  cramers_v
    0   doctor   4.0   1        1.0
    """
    crossed = _cross(X, labels, sample_weight)
    expected = crossed.in_class[:, np.newaxis] * crossed.in_category / crossed.total
    given = crossed.in_category > 0
    parts = np.zeros(len(given))
    parts[given] = ((crossed.counts - expected)[:, given] ** 2 / expected[:, given]).sum(axis=0)
    variable_of = crossed.coding.variable_of
    n_variables = len(crossed.coding.variables)
    statistic = np.bincount(variable_of, parts, n_variables)
    others = np.bincount(variable_of, given, n_variables).astype(np.int64) - 1
    degrees = others * (len(crossed.names) - 1)
    p_value = np.where(degrees > 0, chdtrc(np.maximum(degrees, 1), statistic), 1.0)
    smallest = np.minimum(others, len(crossed.names) - 1)
    cramers_v = np.full(n_variables, np.nan)
    some = smallest > 0
    cramers_v[some] = np.sqrt(statistic[some] / (crossed.total * smallest[some]))
    return pd.DataFrame(
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
class _CrossedTable:
    """Weighted counts of every class by every category."""

    names: npt.NDArray[np.generic]
    coding: CategoryCoding
    counts: FloatArray
    in_class: FloatArray
    in_category: FloatArray
    total: float


def _cross(
    X: pd.DataFrame,
    labels: npt.ArrayLike,
    sample_weight: Sequence[float] | FloatArray | None,
) -> _CrossedTable:
    coding, codes = learn_coding(X)
    weights = normalised_weights(check_weights(sample_weight, X))
    names, classes = check_labels(labels, weights, X)
    n_categories = coding.n_categories
    cells = codes + n_categories * classes[:, np.newaxis]
    weight_of_cell = np.repeat(weights, codes.shape[1])
    counted = np.bincount(cells.ravel(), weight_of_cell, len(names) * n_categories)
    counts = np.asarray(counted, dtype=float).reshape(len(names), n_categories)
    return _CrossedTable(
        names=names,
        coding=coding,
        counts=counts,
        in_class=np.asarray(np.bincount(classes, weights), dtype=float),
        in_category=counts.sum(axis=0),
        total=float(weights.sum()),
    )
