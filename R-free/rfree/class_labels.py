"""The classes of respondents, as a description of them needs them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.inputs import FloatArray, IntArray, aligned_to


def check_labels(
    labels: npt.ArrayLike, weights: FloatArray, rows: object, *, of: str = "X"
) -> tuple[npt.NDArray[np.generic], IntArray]:
    """Read the classes of the respondents.

    Parameters
    ----------
    labels : array or Series
        One class a respondent; at least two classes. A Series is put in the order of ``rows``.
    weights : array of respondents
        Every class must have some.
    rows : DataFrame, Index, array, or int
        The respondents (see `rfree.inputs.aligned_to`).
    of : str
        What to call ``rows`` in messages.

    Returns
    -------
    names : array
        The classes in ascending order.
    classes : array of respondents
        Position of each one's class in ``names``.

    Raises
    ------
    ValueError
        If a class is missing, there is only one, one has no weight, or the length or the
        labels of the rows are wrong.

    Examples
    --------
    >>> check_labels(["b", "a", "b"], np.ones(3), 3)
    (array(['a', 'b'], dtype=object), array([1, 0, 1]))
    """
    given = pd.Index(np.asarray(aligned_to(labels, rows, name="labels", of=of)).ravel())
    if len(given) != len(weights):
        raise ValueError(
            f"labels has {len(given)} values; expected one class for each of {len(weights)} rows."
        )
    if missing := int(given.isna().sum()):
        raise ValueError(f"labels has {missing} missing values: every respondent needs a class.")
    names, classes = np.unique(np.asarray(given), return_inverse=True)
    if len(names) < 2:
        raise ValueError("labels holds one class only: a description compares at least two.")
    empty = names[np.bincount(classes, weights) == 0]
    if len(empty):
        listed = ", ".join(str(name) for name in empty)
        raise ValueError(f"No respondent of class {listed} has a weight above zero.")
    return names, np.asarray(classes, dtype=np.int64)
