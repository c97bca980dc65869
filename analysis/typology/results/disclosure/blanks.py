"""Missing values in place of hidden numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

HIDDEN = "hidden"
"""Column that says in which rows of a table something is hidden; none where nothing is."""

BoolArray = npt.NDArray[np.bool_]


def blanked(column: pd.Series[Any], rows: BoolArray) -> pd.Series[Any]:
    """Return a column with missing values in some rows, its other values as they are."""
    if pd.api.types.is_integer_dtype(column) or pd.api.types.is_float_dtype(column):
        return column.astype(float).mask(rows)
    return column.mask(rows)


def small(values: npt.ArrayLike, smallest: int) -> BoolArray:
    """Return which numbers of respondents are those of a few."""
    numbers = np.asarray(values, dtype=float)
    return np.asarray((numbers > 0) & (numbers < smallest))
