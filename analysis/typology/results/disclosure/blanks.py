"""Missing values in place of hidden numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import BoolArray

HIDDEN_COLUMN = "hidden"
"""Column that says in which rows of a table something is hidden; none where nothing is."""

SIDE, LEAST_P = 0.05, 0.001


def blanked(column: pd.Series[Any], rows: BoolArray) -> pd.Series[Any]:
    """Return a column with missing values in some rows, its other values as they are."""
    if pd.api.types.is_integer_dtype(column) or pd.api.types.is_float_dtype(column):
        return column.astype(float).mask(rows)
    return column.mask(rows)


def without(table: pd.DataFrame, columns: Iterable[str], rows: BoolArray) -> pd.DataFrame:
    """Return a table without the numbers of some columns in some rows.

    It then says so of these rows, and of those in which something was hidden before.
    """
    if not rows.any():
        return table
    before = table[HIDDEN_COLUMN].to_numpy(dtype=bool) if HIDDEN_COLUMN in table else False
    told = {name: blanked(table[name], rows) for name in columns}
    return table.assign(**told, **{HIDDEN_COLUMN: rows | before})


def small(values: npt.ArrayLike, smallest: int) -> BoolArray:
    """Return which numbers of respondents are those of a few."""
    numbers = np.asarray(values, dtype=float)
    return np.asarray((numbers > 0) & (numbers < smallest))


def one_digit(p_values: pd.Series[Any]) -> pd.Series[float]:
    """Return p-values to one digit, on their side of 0.05; below 0.001 no more is told.

    >>> one_digit(pd.Series([0.615, 0.047, 0.0312, 2e-7])).tolist()
    [0.6, 0.04, 0.03, 0.0005]
    """
    values = p_values.astype(float)
    scale = 10.0 ** np.floor(np.log10(values.clip(lower=1e-300)))
    rounded = (values / scale).round() * scale
    rounded = rounded.mask((values < SIDE) & (rounded >= SIDE), 0.04)
    return rounded.mask(values < LEAST_P, LEAST_P / 2).round(4)
