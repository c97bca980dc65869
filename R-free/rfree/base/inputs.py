"""Checks at the border: tables of categories and weights as every estimator wants them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import is_complex_dtype, is_numeric_dtype

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
Values = TypeVar("Values")

# Labels that a message shows before it says "...".
LABELS_SHOWN = 3


def aligned_to(values: Values, rows: object, *, name: str, of: str = "X") -> Values:
    """Put labelled values in the order of the rows they belong to.

    Parameters
    ----------
    values : Series, DataFrame, or anything else
        Weights, classes or another table of the same respondents. What has no index (an array,
        a list, a Categorical, None) is read by position and comes back as it is.
    rows : DataFrame, Series or Index, array, or int
        The table whose order counts. An array, or a number of rows, has no labels.
    name, of : str
        What to call ``values`` and ``rows`` in messages.

    Returns
    -------
    as ``values``
        In the order of ``rows``: itself when both have the same index, else rearranged by label.

    Raises
    ------
    ValueError
        If the labels are not the same set, if one is there twice and the orders differ, or if
        ``rows`` has no labels and those of ``values`` are not 0, 1, 2, ...

    Examples
    --------
    >>> X = pd.DataFrame({"q": ["yes", "no"]}, index=["Ann", "Bob"])
    >>> aligned_to(pd.Series({"Bob": 2.0, "Ann": 1.0}), X, name="sample_weight").tolist()
    [1.0, 2.0]
    >>> aligned_to(pd.Series([1.0, 2.0]), X, name="sample_weight")
    Traceback (most recent call last):
    ...
    ValueError: sample_weight (2 rows) and X (2) are labelled differently: X has 2 labels that ...
    """
    if not isinstance(values, pd.Series | pd.DataFrame):
        return values
    call = "to_numpy()" if isinstance(values, pd.Series) else f"set_axis({of}.index)"
    way_out = f"Give {name} the labels of {of}, or pass {name}.{call} to go by position."
    if isinstance(rows, pd.Series | pd.DataFrame):
        rows = rows.index
    if not isinstance(rows, pd.Index):
        if values.index.equals(pd.RangeIndex(len(values))):
            return values
        raise ValueError(
            f"{name} is labelled ({_first_of(values.index)}) and {of} is not: which row is whose "
            f"cannot be told. Pass {name}.to_numpy() to go by position, or {of} as a DataFrame."
        )
    if values.index.equals(rows):
        return values
    differences = [
        f"{owner} has {len(only)} labels that {other} does not have ({_first_of(only)})"
        for owner, other, only in (
            (of, name, rows[~rows.isin(values.index)]),
            (name, of, values.index[~values.index.isin(rows)]),
        )
        if len(only)
    ]
    if differences:
        raise ValueError(
            f"{name} ({len(values)} rows) and {of} ({len(rows)}) are labelled differently: "
            f"{'; '.join(differences)}. {way_out}"
        )
    for owner, labels in ((of, rows), (name, values.index)):
        if not labels.is_unique:
            twice = labels[labels.duplicated()].unique()
            raise ValueError(
                f"{name} cannot be put in the order of {of}: {owner} has {len(twice)} labels more "
                f"than once ({_first_of(twice)}). {way_out}"
            )
    return values.iloc[values.index.get_indexer(rows)]  # type: ignore[return-value]


def real_numbers(values: object, *, name: str) -> FloatArray:
    """Read values as real numbers; missing ones (None, NaN, pd.NA, masked) become NaN.

    Parameters
    ----------
    values : array-like
    name : str
        What to call them in messages.

    Returns
    -------
    array of floats
        A new one, of the same shape.

    Raises
    ------
    TypeError
        If a value is no real number: a date, a duration, a complex number, a word. Texts that spell
        a number are read.

    Examples
    --------
    >>> real_numbers([1, pd.NA, "2.5"], name="sample_weight")
    array([1. , nan, 2.5])
    >>> real_numbers(["low"], name="sample_weight")
    Traceback (most recent call last):
    ...
    TypeError: sample_weight must hold numbers; it holds 'low'.
    """
    if isinstance(values, np.ma.MaskedArray):
        given: npt.NDArray[Any] = np.ma.filled(values.astype(object), np.nan)
    else:
        given = np.asarray(values)
    if given.dtype.kind == "O" and given.ndim:
        given = np.where(pd.isna(given), np.nan, given)
    if given.dtype.kind not in "mMc":
        try:
            return np.array(given, dtype=float)
        except (TypeError, ValueError):
            pass
    cells = pd.Series(given.ravel()).tolist()  # numpy's own list has nanoseconds as whole numbers
    first = next(each for each in cells if not _spells_number(each))
    raise TypeError(f"{name} must hold numbers; it holds {first!r}.")


def _spells_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def holds_numbers(column: pd.Series | pd.api.extensions.ExtensionDtype | np.dtype[Any]) -> bool:
    """Whether a column, or its type, is one of real numbers; true and false are some.

    Examples
    --------
    >>> [holds_numbers(pd.Series(each)) for each in ([1, 2], [1j, 2], ["1", "2"])]
    [True, False, False]
    """
    return is_numeric_dtype(column) and not is_complex_dtype(column)


def check_numbers_or_categories(table: pd.DataFrame, *, name: str) -> None:
    """Raise where a column could be read as numbers or as categories, and the result would differ.

    Examples
    --------
    >>> check_numbers_or_categories(pd.DataFrame({"born": [pd.Timestamp("1980")]}), name="S")
    Traceback (most recent call last):
    ...
    TypeError: S has columns that are neither numbers nor categories: 'born' (datetime64[...]). ...
    """
    neither = [
        f"{column!r} ({kind})"
        for column, kind in table.dtypes.items()
        if getattr(kind, "kind", "O") in "mMc"
    ]
    if neither:
        raise TypeError(
            f"{name} has columns that are neither numbers nor categories: {', '.join(neither)}. "
            "Turn them into numbers (such as years), or into text."
        )


def check_whole_number(value: object, *, name: str) -> None:
    """Raise unless a setting is a whole number.

    Examples
    --------
    >>> check_whole_number(2.5, name="n_classes")
    Traceback (most recent call last):
    ...
    TypeError: n_classes must be a whole number, not 2.5.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} must be a whole number, not {value!r}.")


def in_one_order(**columns: Any) -> tuple[Any, ...]:
    """Turn columns of the same respondents into arrays in the order of the first.

    Parameters
    ----------
    **columns : array, Series or DataFrame, or None
        By their names in messages. The first gives the order (see `aligned_to`).

    Returns
    -------
    tuple of arrays
        None stays None.

    Examples
    --------
    >>> in_one_order(x=pd.Series([1, 2], index=["a", "b"]), y=pd.Series([4, 3], index=["b", "a"]))
    (array([1, 2]), array([3, 4]))
    """
    (first, rows), *others = columns.items()
    aligned = [aligned_to(values, rows, name=name, of=first) for name, values in others]
    return tuple(None if values is None else np.asarray(values) for values in (rows, *aligned))


def _first_of(labels: pd.Index) -> str:
    shown = ", ".join(repr(label) for label in labels[:LABELS_SHOWN].tolist())
    return f"first {shown}, ..." if len(labels) > LABELS_SHOWN else shown


def with_near_names(unknown: Iterable[object], known: Iterable[object]) -> str:
    """List names that are not known, each with the known one that it may be meant for.

    Parameters
    ----------
    unknown, known : iterables of names

    Returns
    -------
    str

    Examples
    --------
    >>> with_near_names(["hope_l", "age"], ["hope_1", "fear_1"])
    "'hope_l' (did you mean 'hope_1'?), 'age'"
    """
    written = {str(name): name for name in known}
    listed = []
    for name in unknown:
        near = get_close_matches(str(name), list(written), n=1)
        hint = f" (did you mean {written[near[0]]!r}?)" if near else ""
        listed.append(f"{name!r}{hint}")
    return ", ".join(listed)


def check_columns(first: pd.DataFrame, second: pd.DataFrame) -> None:
    """Raise unless two tables have the same columns, in any order.

    Examples
    --------
    >>> check_columns(pd.DataFrame({"q1": [1]}), pd.DataFrame({"q2": [1]}))
    Traceback (most recent call last):
    ...
    ValueError: first and second must have the same columns; only one of them has: 'q1', 'q2'.
    """
    apart = first.columns.symmetric_difference(second.columns, sort=False)
    if len(apart):
        listed = ", ".join(repr(name) for name in apart.tolist())
        raise ValueError(
            f"first and second must have the same columns; only one of them has: {listed}."
        )


def check_categories(X: pd.DataFrame, *, name: str = "X") -> pd.DataFrame:
    """Return ``X`` after checking that it is a complete table of categories.

    Parameters
    ----------
    X : DataFrame, respondents x questions
        One categorical column a question.
    name : str
        What to call the table in messages.

    Returns
    -------
    DataFrame
        The table itself, unchanged.

    Raises
    ------
    TypeError
        If ``X`` is not a DataFrame.
    ValueError
        If it is empty, has two columns of one name, or misses answers; every
        column that does is named with its count.

    Examples
    --------
    >>> check_categories(pd.DataFrame({"q": ["a", None]}))
    Traceback (most recent call last):
    ...
    ValueError: X has missing values: column 'q' (1). Declare what to do with them first: ...
    """
    check_table(X, name=name)
    missing = X.isna().sum()
    missing = missing[missing > 0]
    if len(missing):
        raise missing_error(missing, name=name)
    return X


def missing_error(counts: pd.Series[int], *, name: str) -> ValueError:
    """Return the error that says where answers are missing.

    Parameters
    ----------
    counts : Series by column
        How many are; columns of none are not named.
    name : str
        What to call the table.

    Returns
    -------
    ValueError
    """
    some = counts[counts > 0]
    listed = ", ".join(f"column {column!r} ({count})" for column, count in some.items())
    return ValueError(
        f"{name} has missing values: {listed}. Declare what to do with them first: a category "
        "of their own, a passive category, complete cases, or imputation."
    )


def check_table(X: pd.DataFrame, *, name: str = "X") -> pd.DataFrame:
    """Return ``X`` after checking that it is a table, without looking at its answers.

    Parameters
    ----------
    X : DataFrame, respondents x questions
        One column a question.
    name : str
        What to call the table in messages.

    Returns
    -------
    DataFrame
        The table itself, unchanged.

    Raises
    ------
    TypeError
        If ``X`` is not a DataFrame.
    ValueError
        If it is empty or has two columns of one name.

    Examples
    --------
    >>> check_table(pd.DataFrame({"q": []}))
    Traceback (most recent call last):
    ...
    ValueError: X is empty: 0 rows and 1 columns.
    """
    if not isinstance(X, pd.DataFrame):
        raise TypeError(f"{name} must be a pandas DataFrame, not {type(X).__name__}.")
    if X.shape[0] == 0 or X.shape[1] == 0:
        raise ValueError(f"{name} is empty: {X.shape[0]} rows and {X.shape[1]} columns.")
    if not X.columns.is_unique:
        repeated = sorted({str(column) for column in X.columns[X.columns.duplicated()]})
        raise ValueError(f"{name} has several columns of one name: {', '.join(repeated)}.")
    return X


def check_weights(
    sample_weight: Sequence[float] | FloatArray | pd.Series[float] | None,
    rows: object,
    *,
    of: str = "X",
) -> FloatArray:
    """Return the weights as a float array, all ones when none are given.

    Parameters
    ----------
    sample_weight : array or Series of weights, or None
        Not negative, not all zero, finite. A Series is put in the order of ``rows``.
    rows : DataFrame, Series, Index, array, or int
        The respondents, or their number when they have no labels (see `aligned_to`).
    of : str
        What to call ``rows`` in messages.

    Returns
    -------
    array of one float a row

    Raises
    ------
    TypeError
        If a weight is no number.
    ValueError
        If the length or the labels are wrong, a weight is negative, missing or infinite, or all
        are zero.

    Examples
    --------
    >>> check_weights(None, 3)
    array([1., 1., 1.])
    """
    n_rows = rows if isinstance(rows, int) else len(rows)  # type: ignore[arg-type]
    if sample_weight is None:
        return np.ones(n_rows)
    aligned = aligned_to(sample_weight, rows, name="sample_weight", of=of)
    weights = real_numbers(aligned, name="sample_weight")
    if weights.shape != (n_rows,):
        raise ValueError(
            f"sample_weight has shape {weights.shape}; expected one weight a row ({n_rows})."
        )
    if not np.isfinite(weights).all():
        rows = np.flatnonzero(~np.isfinite(weights))
        raise ValueError(
            f"sample_weight has {len(rows)} missing or infinite values, first at row {rows[0]}."
        )
    if (weights < 0).any():
        rows = np.flatnonzero(weights < 0)
        raise ValueError(f"sample_weight has {len(rows)} negative values, first at row {rows[0]}.")
    if weights.sum() == 0:
        raise ValueError("sample_weight sums to zero: at least one respondent must count.")
    return weights
