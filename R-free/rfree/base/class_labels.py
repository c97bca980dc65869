"""The classes of respondents, as a description of them needs them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.coding import ordered_levels
from rfree.base.inputs import FloatArray, IntArray, aligned_to


def read_classes(
    labels: npt.ArrayLike, *, name: str = "labels"
) -> tuple[npt.NDArray[np.generic], IntArray]:
    """Give numbers to the classes of the respondents, in the order of the classes.

    Parameters
    ----------
    labels : array, Series or Categorical
        One class a respondent, in the order of the respondents.
    name : str
        What to call it in messages.

    Returns
    -------
    names : array
        The classes that somebody is of: those of a Categorical in its order; otherwise numbers
        (and texts that spell one) in numerical order, then other texts in alphabetical order.
    classes : array of respondents
        Position of each one's class in ``names``.

    Raises
    ------
    ValueError
        If a respondent has no class, two classes read the same (1 and "1"), or the labels are a
        table of several columns.

    Examples
    --------
    >>> read_classes(pd.Categorical(["low", "high", "low"], categories=["low", "mid", "high"]))
    (array(['low', 'high'], dtype=object), array([0, 1, 0]))
    >>> read_classes(["10", "2", "10"])
    (array(['2', '10'], dtype=object), array([1, 0, 1]))
    """
    if isinstance(labels, np.ma.MaskedArray):
        labels = np.ma.filled(labels.astype(object), np.nan)
    if isinstance(labels, pd.DataFrame) and labels.shape[1] == 1:
        labels = labels.iloc[:, 0]
    if not isinstance(labels, pd.Series | pd.Categorical):
        labels = _one_column(np.asarray(labels), name)
        if labels.dtype.kind in "iu":
            return np.unique(labels, return_inverse=True)
    given = pd.Series(labels)
    if missing := int(given.isna().sum()):
        raise ValueError(
            f"{name} has {missing} missing values: every respondent needs a class. Leave those "
            "without one out, or give them a class of their own."
        )
    positions, levels = ordered_levels(given)
    used = np.bincount(positions, minlength=len(levels)) > 0
    names = np.asarray(pd.Index(levels[used].tolist()))
    texts = pd.Index([str(each) for each in names])
    if not texts.is_unique:
        alike = ", ".join(repr(each) for each in names[texts.duplicated(keep=False)].tolist())
        raise ValueError(f"{name} has classes that read the same: {alike}. Make them one.")
    return names, np.asarray((np.cumsum(used) - 1)[positions], dtype=np.int64)


def check_labels(
    labels: npt.ArrayLike, weights: FloatArray, rows: object, *, of: str = "X"
) -> tuple[npt.NDArray[np.generic], IntArray]:
    """Read the classes that a description compares.

    Parameters
    ----------
    labels : array, Series or Categorical
        One class a respondent; at least two classes. A Series is put in the order of ``rows``.
    weights : array of respondents
        Every class must have some.
    rows : DataFrame, Index, array, or int
        The respondents (see `rfree.base.inputs.aligned_to`).
    of : str
        What to call ``rows`` in messages.

    Returns
    -------
    names : array
        The classes, in the order of `read_classes`.
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
    names, classes = read_classes(aligned_to(labels, rows, name="labels", of=of))
    _check_length(classes, rows, "labels")
    if len(names) < 2:
        raise ValueError("labels holds one class only: a description compares at least two.")
    empty = names[np.bincount(classes, weights) == 0]
    if len(empty):
        listed = ", ".join(str(name) for name in empty)
        raise ValueError(f"No respondent of class {listed} has a weight above zero.")
    return names, classes


def check_numbers(labels: npt.ArrayLike, rows: object, *, name: str, of: str = "X") -> IntArray:
    """Read classes that are whole numbers.

    Parameters
    ----------
    labels : array, Series or Categorical
        One class a respondent: whole numbers, or texts that spell them.
    rows, name, of
        As in `rfree.base.inputs.aligned_to`.

    Returns
    -------
    array of respondents

    Raises
    ------
    ValueError
        If a class is missing or no whole number.

    Examples
    --------
    >>> check_numbers(["1", "2"], 2, name="labels")
    array([1, 2])
    """
    names, classes = read_classes(aligned_to(labels, rows, name=name, of=of), name=name)
    _check_length(classes, rows, name)
    numbers = pd.to_numeric(pd.Series(names, dtype=object), errors="coerce").to_numpy(dtype=float)
    wrong = [repr(each) for each in names[~(numbers == np.rint(numbers))].tolist()]
    if wrong:
        raise ValueError(f"{name} must be whole numbers; these are not: {', '.join(wrong)}.")
    return np.asarray(numbers, dtype=np.int64)[classes]


def _one_column(labels: npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
    if labels.ndim == 0 or (labels.ndim > 1 and labels.shape != (len(labels), 1)):
        raise ValueError(f"{name} has shape {labels.shape}; expected one class a respondent.")
    return labels.ravel()


def _check_length(classes: IntArray, rows: object, name: str) -> None:
    n_rows = rows if isinstance(rows, int) else len(rows)  # type: ignore[arg-type]
    if len(classes) != n_rows:
        raise ValueError(
            f"{name} has {len(classes)} values; expected one class for each of {n_rows} rows."
        )
