"""Whole counts behind published percentages."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

_ROUNDING = 1e-9


def counts_from_percentages(
    percentages: Mapping[str, float], *, base: int, decimals: int
) -> pd.DataFrame:
    """Find the whole counts behind published percentages of a supposed base.

    Parameters
    ----------
    percentages : mapping of category to percent
    base : int
        What 100 % is supposed to be.
    decimals : int
        That the percentages were published with.

    Returns
    -------
    DataFrame
        ``category``, ``percent``, ``count`` (nearest whole number), ``recomputed`` (percent of the
        count, unrounded) and ``agrees`` (whether it could be published as ``percent``, rounded or
        cut).

    Examples
    --------
    >>> counts_from_percentages({"a": 3.5, "b": 8.1, "c": 50.0}, base=86, decimals=1)
      category  percent  count  recomputed  agrees
    0        a      3.5      3    3.488372    True
    1        b      8.1      7    8.139535    True
    2        c     50.0     43   50.000000    True
    """
    if base < 1:
        raise ValueError(f"base is {base}; expected at least 1.")
    percent = np.array([float(value) for value in percentages.values()])
    count = np.rint(percent * base / 100).astype(np.int64)
    recomputed = 100 * count / base
    # Half a last digit when rounded, up to a whole one when cut.
    digit = 10.0**-decimals
    above = recomputed - percent
    agrees = (above >= -digit / 2 - _ROUNDING) & (above < digit - _ROUNDING)
    return pd.DataFrame(
        {
            "category": [str(name) for name in percentages],
            "percent": percent,
            "count": count,
            "recomputed": recomputed,
            "agrees": agrees,
        }
    )
