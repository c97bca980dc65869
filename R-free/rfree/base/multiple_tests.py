"""P-values corrected for the number of tests in a table."""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.stats import false_discovery_control

from rfree.base.inputs import FloatArray

Adjustment = Literal["holm", "bh"]
ADJUSTMENTS = ("holm", "bh")


def adjusted_p_values(p_values: FloatArray, adjust: Adjustment) -> FloatArray:
    """Correct p-values for their number.

    Parameters
    ----------
    p_values : array
        Of all the tests of a table.
    adjust : {"holm", "bh"}
        Holm, or Benjamini and Hochberg.

    Returns
    -------
    array

    Raises
    ------
    ValueError
        If the correction is another.

    Examples
    --------
    >>> adjusted_p_values(np.array([0.01, 0.04, 0.5]), "holm")
    array([0.03, 0.08, 0.5 ])
    """
    if adjust not in ADJUSTMENTS:
        raise ValueError(f"adjust is {adjust!r}; expected one of: {', '.join(ADJUSTMENTS)}.")
    if adjust == "bh":
        return np.asarray(false_discovery_control(p_values), dtype=float)
    order = np.argsort(p_values, kind="stable")
    stepwise = p_values[order] * np.arange(len(p_values), 0, -1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.maximum.accumulate(stepwise), 1.0)
    return adjusted
