"""The characteristics of the respondents, overall and by class: the numbers of Table 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.class_labels import check_labels
from rfree.base.coding import as_categorical
from rfree.base.inputs import FloatArray, IntArray, aligned_to, check_weights, holds_numbers
from rfree.base.weighting import Weighting, scaled_weights
from rfree.description.group_tests import check_characteristics

STATISTICS = ["n", "share", "mean", "sd", "median", "q1", "q3", "missing"]
_QUARTILES = [0.25, 0.5, 0.75]


def characteristics_table(
    X: pd.DataFrame | None,
    Q: pd.DataFrame | None,
    labels: npt.ArrayLike,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> pd.DataFrame:
    """Describe the respondents, overall and class by class.

    Parameters
    ----------
    X : DataFrame, respondents x characteristics, or None
        Categories. A Categorical column keeps its order of categories and its unused ones.
    Q : DataFrame, respondents x quantities, or None
        Numbers.
    labels : array of respondents
        Class of each: whole numbers from 1.
    sample_weight : array of respondents, or None
        Survey weights.
    frequencies : bool
        Whether weights are numbers of respondents.

    Returns
    -------
    DataFrame
        Rows by characteristic (those of ``X``, then ``Q``), category and class: ``variable``,
        ``kind`` ("category", "quantity"), ``category`` ("" for a quantity), ``class`` (0 is the
        whole sample); ``n`` (respondents in the category, or who have the quantity, whatever they
        weigh), ``share`` (weighted percent of those of the class who answered; NaN for a
        quantity), ``mean``, ``sd``, ``median``, ``q1``, ``q3`` (weighted; NaN for a category) and
        ``missing`` (respondents of the class without answer).

    Raises
    ------
    TypeError, ValueError
        If the tables, the labels or the weights are not as described.

    Notes
    -----
    Survey weights are scaled to a mean of 1. ``sd`` divides by n - 1. A quartile
    is the smallest value with that share of weight at or below it, or the mean of the two values
    when the share falls exactly between them (type 2 of Hyndman & Fan 1996), so that weighted and
    unweighted tables follow one definition.

    Examples
    --------
    >>> X = pd.DataFrame({"practice": ["solo", "group", "group", None]})
    >>> Q = pd.DataFrame({"age": [30, 40, 50, 60]})
    >>> table = characteristics_table(X, Q, [1, 1, 2, 2])
    >>> table[table["class"] == 0].drop(columns=["kind", "class", "sd"])
       variable category  n      share  mean  median    q1    q3  missing
    0  practice    group  2  66.666667   NaN     NaN   NaN   NaN        1
    3  practice     solo  1  33.333333   NaN     NaN   NaN   NaN        1
    6       age           4        NaN  45.0    45.0  35.0  55.0        0
    """
    tables = {name: table for name, table in (("X", X), ("Q", Q)) if table is not None}
    if not tables:
        raise ValueError("X and Q are both None: give at least one table of characteristics.")
    for name, table in tables.items():
        check_characteristics(table, name=name)
    if X is not None:
        Q = aligned_to(Q, X, name="Q")
    of, rows = next(iter(tables.items()))
    weights = check_weights(sample_weight, rows, of=of)
    names, classes = check_labels(labels, weights, rows, of=of)
    if not np.issubdtype(names.dtype, np.integer) or names.min() < 1:
        raise ValueError("labels must be whole numbers from 1: 0 stands for the whole sample.")
    weighting = scaled_weights(weights, frequencies=frequencies)
    numbers = np.concatenate([[0], names.astype(np.int64)])
    parts: list[pd.DataFrame] = []
    if X is not None:
        parts += [_category_rows(X[name], classes, weighting, numbers) for name in X.columns]
    if Q is not None:
        parts += [_quantity_rows(Q[name], classes, weighting, numbers) for name in Q.columns]
    table = pd.concat(parts, ignore_index=True)
    whole = bool((weighting.respondents == np.rint(weighting.respondents)).all())
    return table.astype({"n": np.int64, "missing": np.int64}) if whole else table


def _category_rows(
    answers: pd.Series, classes: IntArray, weighting: Weighting, numbers: IntArray
) -> pd.DataFrame:
    categorical = as_categorical(answers)
    names = [str(name) for name in categorical.categories]
    codes = np.where(categorical.codes < 0, len(names), categorical.codes)

    def crossed(values: FloatArray) -> FloatArray:
        sums = np.zeros((len(names) + 1, len(numbers)))
        np.add.at(sums, (codes, classes + 1), values)
        sums[:, 0] = sums[:, 1:].sum(axis=1)
        return sums

    counts, weighted = crossed(weighting.respondents), crossed(weighting.weights)[:-1]
    answered = weighted.sum(axis=0)
    share = np.full_like(weighted, np.nan)
    np.divide(100 * weighted, answered, out=share, where=answered > 0)
    return pd.DataFrame(
        {
            "variable": answers.name,
            "kind": "category",
            "category": np.repeat(np.asarray(names, dtype=object), len(numbers)),
            "class": np.tile(numbers, len(names)),
            "n": counts[:-1].ravel(),
            "share": share.ravel(),
            **dict.fromkeys(STATISTICS[2:7], np.nan),
            "missing": np.tile(counts[-1], len(names)),
        }
    )


def _quantity_rows(
    quantity: pd.Series, classes: IntArray, weighting: Weighting, numbers: IntArray
) -> pd.DataFrame:
    if not holds_numbers(quantity):
        raise TypeError(f"Q must hold numbers; column {quantity.name!r} does not.")
    values = quantity.to_numpy(dtype=float, na_value=np.nan)
    mass = weighting.weights
    rows = [
        _moments(values[member], mass[member], weighting.respondents[member])
        for member in (classes == number if number >= 0 else mass > 0
                       for number in range(-1, len(numbers) - 1))
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=pd.Index(STATISTICS))
    heading: dict[str, Any] = {
        "variable": quantity.name,
        "kind": "quantity",
        "category": "",
        "class": numbers,
    }
    for position, (name, value) in enumerate(heading.items()):
        table.insert(position, name, value)
    return table


def _moments(values: FloatArray, mass: FloatArray, respondents: FloatArray) -> list[float]:
    """Statistics of one quantity in one class, in the order of `_STATISTICS`."""
    from statsmodels.stats.weightstats import DescrStatsW  # noqa: PLC0415 - slow to import

    known = ~np.isnan(values) & (mass > 0)
    n, missing = float(respondents[known].sum()), float(respondents[np.isnan(values)].sum())
    if not known.any():
        return [0.0, *[np.nan] * 6, missing]
    described = DescrStatsW(values[known], weights=mass[known], ddof=1)
    q1, median, q3 = (float(value) for value in described.quantile(_QUARTILES, return_pandas=False))
    sd = float(described.std) if mass[known].sum() > 1 else np.nan
    return [n, np.nan, float(described.mean), sd, median, q1, q3, missing]
