"""Tests of each characteristic of the respondents against their classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import chi2, kruskal

from rfree.base.class_labels import check_labels
from rfree.base.inputs import FloatArray, IntArray, check_weights, holds_numbers
from rfree.base.multiple_tests import adjusted_p_values
from rfree.base.weighting import repeated_rows, scaled_weights
from rfree.description.contingency import chi_squared, cramers_v, fisher_freeman_halton, used_part
from rfree.description.weighted_tests import (
    DesignBasedTest,
    independence,
    rank_independence,
    rao_scott,
)

MANY_REPLICATES = 9999
# Kish's, up to which Rao and Scott's test as R has it keeps its level in samples of a few hundred.
MILD_DESIGN_EFFECT = 1.2


def compare_categories(
    X: pd.DataFrame,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    replicates: int = MANY_REPLICATES,
    seed: int,
) -> pd.DataFrame:
    """Test the independence of every categorical characteristic and the classes.

    Parameters
    ----------
    X : DataFrame, respondents x characteristics
        Categories; missing answers are left out of their own characteristic, and counted.
    labels : array of respondents
        Class of each, at least two classes.
    sample_weight : array of respondents, or None
        Survey weights: where they differ, the test is Rao and Scott's.
    frequencies : bool
        Whether weights are whole numbers of respondents, who are then counted and tested.
    replicates : int
        Tables drawn for each Fisher-Freeman-Halton test larger than 2 x 2, at least 99.
    seed : int
        Of these draws; each characteristic has a generator of its own.

    Returns
    -------
    DataFrame
        A row for every characteristic: ``variable``; ``n`` (respondents who answered, weight
        above zero) and ``missing``; ``categories`` (in use); ``chi2``, ``df``, ``p_chi2`` (Pearson,
        no continuity correction; of the weighted counts when there are weights);
        ``smallest_expected``, ``share_expected_below_5`` (percent of cells); ``p_fisher``,
        ``fisher_method`` ("exact", "monte carlo", "none"), ``p_fisher_error`` (Monte Carlo standard
        error); ``f``, ``f_df``, ``f_df_denominator`` (Rao-Scott, NaN without weights); ``test``
        retained ("chi-squared", "Fisher-Freeman-Halton", "Rao-Scott", "none") and ``reason``;
        its ``p_value``, with ``p_holm`` and ``p_bh`` over the table; ``cramers_v`` and
        ``cramers_v_corrected``. What cannot be computed is NaN.

    Raises
    ------
    TypeError, ValueError
        If the table, the labels, the weights or ``replicates`` are not as described.

    Notes
    -----
    Chi-squared is retained when no expected count is below 1 and at most 20 % are below 5 (Cochran
    1954), Fisher-Freeman-Halton otherwise. With weights, chi-squared of the weighted counts ignores
    what the weights cost in precision, and Fisher's test is not defined. Rao and Scott's takes its
    place: R's (`rfree.description.weighted_tests.rao_scott`) when the weights cost at most a sixth
    of the respondents (Kish's design effect is up to 1.2) and Cochran's conditions hold for the
    effective numbers, otherwise with the design effect of independence
    (`rfree.description.weighted_tests.independence`): where weights differ more, R's rejects up to
    three times too often.

    Examples
    --------
    >>> X = pd.DataFrame({"practice": ["solo", "solo", "group", "group", None] * 8})
    >>> table = compare_categories(X, [1, 1, 2, 2, 2] * 8, seed=1)
    >>> table[["variable", "n", "missing", "test", "chi2", "cramers_v"]]
       variable   n  missing         test  chi2  cramers_v
    0  practice  32        8  chi-squared  32.0        1.0
    """
    check_characteristics(X, name="X")
    if replicates < 99:
        raise ValueError(f"replicates is {replicates}; expected at least 99.")
    weights = check_weights(sample_weight, X)
    _, classes = check_labels(labels, weights, X)
    if frequencies:
        rows_of = repeated_rows(weights)
        X, classes, weights = X.iloc[rows_of], classes[rows_of], np.ones(len(rows_of))
    weighting = scaled_weights(weights)
    weights, weighted = weighting.weights, weighting.design_based
    seeds = np.random.SeedSequence(seed).spawn(X.shape[1])
    rows = []
    for position, variable in enumerate(X.columns):
        codes, _ = pd.factorize(X.iloc[:, position])
        random = np.random.default_rng(seeds[position])
        row = _category_tests(
            codes, classes, weights, weighted=weighted, replicates=replicates, random=random
        )
        counted = weights > 0
        missing = int((codes[counted] < 0).sum())
        rows.append(
            {"variable": variable, "n": int(counted.sum()) - missing, "missing": missing} | row
        )
    return _with_corrections(pd.DataFrame(rows), before="cramers_v")


def compare_quantities(
    Q: pd.DataFrame,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> pd.DataFrame:
    """Test whether every quantity is distributed alike in the classes.

    Parameters
    ----------
    Q : DataFrame, respondents x quantities
        Numbers; missing ones are left out of their own quantity, and counted.
    labels : array of respondents
        Class of each, at least two classes.
    sample_weight : array of respondents, or None
        Survey weights: where they differ, the test is Lumley and Scott's.
    frequencies : bool
        Whether weights are whole numbers of respondents, who are then counted and tested.

    Returns
    -------
    DataFrame
        A row for every quantity: ``variable``; ``n`` (respondents who have it, weight above
        zero) and ``missing``; ``h``, ``df``, ``p_h`` (Kruskal-Wallis, corrected for ties, weights
        left out); ``f``, ``f_df``, ``f_df_denominator`` (Lumley-Scott, NaN without weights);
        ``test`` retained ("Kruskal-Wallis", "Lumley-Scott", "none") and its ``p_value``, with
        ``p_holm`` and ``p_bh`` over the table; ``epsilon_squared``. What cannot be computed is NaN.

    Raises
    ------
    TypeError, ValueError
        If the table, the labels or the weights are not as described.

    Notes
    -----
    With weights, the estimated ranks of Lumley & Scott (2013) are compared as
    `rfree.description.weighted_tests.rank_independence` says.

    epsilon squared = H / (n - 1), the share of the variance of the ranks that lies between the
    classes, in [0, 1] (Kelley 1935; Tomczak & Tomczak 2014).

    Examples
    --------
    >>> Q = pd.DataFrame({"age": [30.0, 35.0, 40.0, 50.0, 55.0, None]})
    >>> table = compare_quantities(Q, [1, 1, 1, 2, 2, 2])
    >>> table[["variable", "n", "missing", "h", "df", "epsilon_squared"]].round(3)
      variable  n  missing    h  df  epsilon_squared
    0      age  5        1  3.0   1             0.75
    """
    check_characteristics(Q, name="Q")
    words = [str(name) for name in Q.columns if not holds_numbers(Q[name])]
    if words:
        raise TypeError(f"Q must hold numbers; these columns do not: {', '.join(words)}.")
    weights = check_weights(sample_weight, Q, of="Q")
    _, classes = check_labels(labels, weights, Q, of="Q")
    if frequencies:
        rows_of = repeated_rows(weights)
        Q, classes, weights = Q.iloc[rows_of], classes[rows_of], np.ones(len(rows_of))
    weighting = scaled_weights(weights)
    weights, weighted = weighting.weights, weighting.design_based
    rows = []
    for variable in Q.columns:
        values = Q[variable].to_numpy(dtype=float, na_value=np.nan)
        kept = ~np.isnan(values) & (weights > 0)
        row = _quantity_tests(values[kept], classes[kept], weights[kept], weighted)
        missing = int((weights > 0).sum() - kept.sum())
        rows.append({"variable": variable, "n": int(kept.sum()), "missing": missing} | row)
    return _with_corrections(pd.DataFrame(rows), before="epsilon_squared")


def check_characteristics(table: pd.DataFrame, *, name: str) -> None:
    """Raise unless ``table`` is a DataFrame with columns of distinct names."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name} must be a pandas DataFrame, not {type(table).__name__}.")
    if 0 in table.shape:
        raise ValueError(f"{name} is empty: {len(table)} rows and {table.shape[1]} columns.")
    repeated = sorted({str(column) for column in table.columns[table.columns.duplicated()]})
    if repeated:
        raise ValueError(f"{name} has several columns of one name: {', '.join(repeated)}.")


def _category_tests(
    codes: IntArray,
    classes: IntArray,
    weights: FloatArray,
    *,
    weighted: bool,
    replicates: int,
    random: np.random.Generator,
) -> dict[str, Any]:
    """Test one characteristic; a negative code is a missing answer."""
    kept = (codes >= 0) & (weights > 0)
    row = np.unique(codes[kept], return_inverse=True)[1]
    column = np.unique(classes[kept], return_inverse=True)[1]
    if not kept.any():
        row = column = np.zeros(0, dtype=np.int64)
    shape = (int(row.max(initial=-1)) + 1, int(column.max(initial=-1)) + 1)
    cell = row * shape[1] + column
    size = shape[0] * shape[1]
    mass = weights[kept] / weights[kept].mean() if kept.any() else weights[kept]
    table: FloatArray = np.bincount(cell, mass, minlength=size).reshape(shape).astype(float)
    pearson = chi_squared(table)
    plain, corrected = cramers_v(pearson.statistic, float(table.sum()), shape)
    result: dict[str, Any] = {
        "categories": shape[0],
        "chi2": pearson.statistic,
        "df": pearson.df,
        "p_chi2": pearson.p_value,
        "smallest_expected": pearson.smallest_expected,
        "share_expected_below_5": pearson.share_expected_below_5,
        "p_fisher": np.nan,
        "fisher_method": "none",
        "p_fisher_error": np.nan,
        "f": np.nan,
        "f_df": np.nan,
        "f_df_denominator": np.nan,
        "test": "none",
        "reason": "fewer than two categories or two classes",
        "p_value": np.nan,
        "cramers_v": plain,
        "cramers_v_corrected": corrected,
    }
    if pearson.df < 1:
        return result
    if weighted:
        design, reason = _design_based(row, column, mass)
        return result | {
            "f": design.statistic,
            "f_df": design.df,
            "f_df_denominator": design.df_denominator,
            "test": "Rao-Scott",
            "reason": reason,
            "p_value": design.p_value,
        }
    counts = np.asarray(np.rint(used_part(table)), dtype=np.int64)
    fisher = fisher_freeman_halton(counts, replicates=replicates, random=random)
    below = pearson.share_expected_below_5
    words = f"{below:.0f} % of expected counts below 5, smallest {pearson.smallest_expected:.1f}"
    return result | {
        "p_fisher": fisher.p_value,
        "fisher_method": fisher.method,
        "p_fisher_error": fisher.standard_error,
        "test": "chi-squared" if pearson.trusted else "Fisher-Freeman-Halton",
        "reason": words,
        "p_value": pearson.p_value if pearson.trusted else fisher.p_value,
    }


def _design_based(row: IntArray, column: IntArray, mass: FloatArray) -> tuple[DesignBasedTest, str]:
    """Rao and Scott's test as R has it where it can be trusted, and the reason of the choice."""
    effective = mass * mass.sum() / float(mass @ mass)
    shape = (int(row.max()) + 1, int(column.max()) + 1)
    cell = row * shape[1] + column
    table = np.bincount(cell, effective, minlength=shape[0] * shape[1]).reshape(shape)
    pearson = chi_squared(np.asarray(table, dtype=float))
    design_effect = len(mass) / float(effective.sum())
    if pearson.trusted and design_effect <= MILD_DESIGN_EFFECT:
        return rao_scott(row, column, mass), "respondents are weighted"
    words = (
        f"respondents are weighted; smallest effective count {pearson.smallest_expected:.1f}, "
        f"design effect {design_effect:.2f}"
    )
    return independence(row, column, mass), words


def _quantity_tests(
    values: FloatArray, classes: IntArray, weights: FloatArray, weighted: bool
) -> dict[str, Any]:
    """Test one quantity, complete."""
    present = np.unique(classes)
    result: dict[str, Any] = dict.fromkeys(
        ("h", "df", "p_h", "f", "f_df", "f_df_denominator"), np.nan
    )
    result |= {"df": max(len(present) - 1, 0)}
    result |= {"test": "none", "p_value": np.nan, "epsilon_squared": np.nan}
    if len(present) < 2 or np.ptp(values) == 0:
        return result
    statistic = float(kruskal(*(values[classes == name] for name in present)).statistic)
    p_value = float(chi2.sf(statistic, len(present) - 1))
    result |= {"h": statistic, "p_h": p_value, "test": "Kruskal-Wallis", "p_value": p_value}
    result["epsilon_squared"] = statistic / (len(values) - 1)
    if weighted:
        design = rank_independence(values, np.searchsorted(present, classes), weights)
        result |= {
            "f": design.statistic,
            "f_df": design.df,
            "f_df_denominator": design.df_denominator,
            "test": "Lumley-Scott",
            "p_value": design.p_value,
        }
    return result


def _with_corrections(table: pd.DataFrame, *, before: str) -> pd.DataFrame:
    """Put the corrected p-values of the tests made in front of a column."""
    tested = table["p_value"].notna().to_numpy()
    for name in ("holm", "bh"):
        corrected = np.full(len(table), np.nan)
        if tested.any():
            corrected[tested] = adjusted_p_values(
                table["p_value"].to_numpy(dtype=float)[tested], "holm" if name == "holm" else "bh"
            )
        table.insert(list(table.columns).index(before), f"p_{name}", corrected)
    return table
