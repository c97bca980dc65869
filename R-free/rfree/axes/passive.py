"""Passive categories of a specific MCA: in the margins, not in the axes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

import numpy as np
import pandas as pd

from rfree.base.coding import CategoryCoding
from rfree.base.inputs import BoolArray, FloatArray, IntArray


def passive_categories(
    passive: Iterable[tuple[Hashable, Hashable]] | None, coding: CategoryCoding, X: pd.DataFrame
) -> BoolArray:
    """Mark the passive categories among those of a table.

    Parameters
    ----------
    passive : collection of (variable, category) pairs, or None
        Categories of the table, or unused levels of its categorical columns.
    coding : CategoryCoding
        The categories of ``X``.
    X : DataFrame, respondents x variables
        The table itself, whose categorical columns may have unused levels.

    Returns
    -------
    boolean array of categories

    Raises
    ------
    TypeError
        If ``passive`` does not hold pairs, or can be gone through only once: every fit reads it.
    ValueError
        If a pair names no category of the table: all such pairs are listed.

    Examples
    --------
    >>> from rfree.base.coding import learn_coding
    >>> X = pd.DataFrame({"q": ["yes", "no", "no answer"]})
    >>> passive_categories([("q", "no answer")], learn_coding(X)[0], X)
    array([False,  True, False])
    """
    marked = np.zeros(coding.n_categories, dtype=bool)
    if passive is None:
        return marked
    if not isinstance(passive, Iterable) or isinstance(passive, Iterator):
        raise TypeError(
            "passive must be a list of (variable, category) pairs, or another collection that can "
            f"be read again, not {type(passive).__name__}."
        )
    unknown = []
    variables = [coding.variables[number] for number in coding.variable_of]
    pairs = zip(variables, coding.names.tolist(), strict=True)
    positions = {pair: number for number, pair in enumerate(pairs)}
    for pair in passive:
        if not (isinstance(pair, tuple | list) and len(pair) == 2 and all(map(_is_name, pair))):
            raise TypeError(f"passive must hold (variable, category) pairs, not {pair!r}.")
        variable, category = pair
        if (variable, category) in positions:
            marked[positions[variable, category]] = True
        elif not _unused_level(X, variable, category):
            unknown.append(_not_found(coding, variable, category))
    if unknown:
        raise ValueError(f"passive names categories that X does not have. {'; '.join(unknown)}.")
    return marked


def _is_name(value: object) -> bool:
    return isinstance(value, Hashable)


def check_axes_exist(coding: CategoryCoding, variable_of: IntArray, active: BoolArray) -> None:
    """Check that the active categories can make an axis.

    Parameters
    ----------
    coding : CategoryCoding
        Names of the variables.
    variable_of : array of categories
        Number of the variable each belongs to; categories that nobody gave left out.
    active : boolean array of categories

    Raises
    ------
    ValueError
        If all categories of a variable are passive, or if no variable distinguishes respondents.
    """
    inactive = np.flatnonzero(np.bincount(variable_of, active) == 0)
    if len(inactive):
        names = ", ".join(repr(coding.variables[number]) for number in inactive)
        raise ValueError(
            f"All categories of column {names} are passive: leave the column out of X "
            "and place it as a supplementary variable."
        )
    if active.sum() == n_variables_without_passive(variable_of, active):
        raise ValueError(
            "X has no axis: each of its columns has one category only among the respondents who "
            "count, so that nothing tells them apart."
        )


def n_variables_without_passive(variable_of: IntArray, active: BoolArray) -> int:
    """Count the variables whose categories are all active.

    Parameters
    ----------
    variable_of : array of categories
        Number of the variable each belongs to.
    active : boolean array of categories

    Returns
    -------
    int

    Examples
    --------
    >>> n_variables_without_passive(np.array([0, 0, 1, 1]), np.array([True, True, True, False]))
    1
    """
    return int((np.bincount(variable_of, ~active) == 0).sum())


def own_inertia(
    shares: FloatArray,
    variable_of: IntArray,
    active: BoolArray,
    *,
    variable_weights: FloatArray | None = None,
) -> float:
    """Inertia that the Burt table owes to the crossing of each variable with itself.

    Parameters
    ----------
    shares : array of categories
        Share of the respondents who gave each.
    variable_of : array of categories
        Number of the variable, ascending.
    active : boolean array of categories
    variable_weights : array of variables, optional
        How many times more than 1/Q each weighs.

    Returns
    -------
    float
        (J - Q) / Q^2 when all categories are active. In general the sum over the variables of
        (J_q - 2 s_q + s_q^2) w_q^2 / Q^2, J_q the number of active categories of q, s_q their
        share, w_q the weight of q.

    Notes
    -----
    The residuals of a variable with itself are delta_jk / Q - sqrt(p_j p_k) / Q, p the shares.

    Examples
    --------
    >>> own_inertia(np.array([0.3, 0.7, 0.5, 0.5]), np.array([0, 0, 1, 1]), np.ones(4, dtype=bool))
    0.5
    """
    counts = np.bincount(variable_of, weights=active)
    covered = np.bincount(variable_of, weights=shares * active)
    squared = np.ones(len(counts)) if variable_weights is None else np.square(variable_weights)
    return float(squared @ (counts - 2 * covered + covered**2) / len(counts) ** 2)


def _unused_level(X: pd.DataFrame, variable: Hashable, category: Hashable) -> bool:
    if variable not in X.columns:
        return False
    dtype = X[variable].dtype
    return isinstance(dtype, pd.CategoricalDtype) and category in dtype.categories


def _not_found(coding: CategoryCoding, variable: Hashable, category: Hashable) -> str:
    if variable not in coding.variables:
        return f"there is no column {variable!r}"
    known = coding.categories[coding.variables.index(variable)]
    return f"column {variable!r}: {category!r} (known: {', '.join(map(repr, known))})"
