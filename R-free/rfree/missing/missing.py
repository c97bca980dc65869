"""Missing answers filled in by regularised iterative multiple correspondence analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from rfree.base.coding import CategoryCoding, learn_coding
from rfree.base.inputs import BoolArray, FloatArray, IntArray, aligned_to, check_weights
from rfree.base.weighting import repeated_rows
from rfree.missing.iterative_mca import IndicatorGaps, fill_gaps


@dataclass(frozen=True)
class ImputationResult:
    """A completed table and how it was reached.

    Attributes
    ----------
    completed : DataFrame, respondents x variables
        The table with each missing answer replaced by the category of highest degree.
    fuzzy : DataFrame, respondents x (variable, category)
        Indicator table: 0 or 1 where the respondent answered, elsewhere degrees of membership in
        [0, 1]. Rows sum to 1 for each variable.
    n_missing : int
        Number of answers filled in.
    n_iterations : int
        0 when nothing was missing.
    converged : bool
        Whether the last iteration changed the filled cells by less than the tolerance.
    """

    completed: pd.DataFrame
    fuzzy: pd.DataFrame
    n_missing: int
    n_iterations: int
    converged: bool


@dataclass(frozen=True)
class GappedAnswers:
    """A table of categories as numbers, and which of its answers are missing.

    Attributes
    ----------
    coding : CategoryCoding
        The categories seen.
    codes : array, respondents x variables
        Numbers of categories; those of missing answers mean nothing.
    missing : boolean array, respondents x variables
    """

    coding: CategoryCoding
    codes: IntArray
    missing: BoolArray

    def gaps(self, missing: BoolArray) -> IndicatorGaps:
        """Make the indicator table, with gaps where asked.

        Parameters
        ----------
        missing : boolean array, respondents x variables
            At least the answers that are missing.

        Returns
        -------
        IndicatorGaps
        """
        n_rows = len(self.codes)
        indicator = np.zeros((n_rows, self.coding.n_categories))
        indicator[np.arange(n_rows)[:, np.newaxis], self.codes] = 1
        variable_of = self.coding.variable_of
        return IndicatorGaps(indicator, missing[:, variable_of], variable_of)


def code_answers(X: pd.DataFrame) -> GappedAnswers:
    """Code the categories of a table that may miss answers.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer.

    Returns
    -------
    GappedAnswers

    Raises
    ------
    ValueError
        If nobody answered a variable: all such variables are named.

    Examples
    --------
    >>> code_answers(pd.DataFrame({"q": ["b", None, "a"]})).missing.ravel()
    array([False,  True, False])
    """
    missing: BoolArray = X.isna().to_numpy(dtype=np.bool_)
    counts = missing.sum(axis=0)
    unanswered = [
        repr(name) for name, count in zip(X.columns, counts, strict=True) if count == len(X)
    ]
    if unanswered:
        raise ValueError(
            f"nobody answered column {', '.join(unanswered)}: leave them out of the table."
        )
    # Any category will do in the gaps: their codes are not read.
    held = X.copy()
    for position, name in enumerate(X.columns):
        if counts[position]:
            column = X[name].copy()
            column.iloc[np.flatnonzero(missing[:, position])] = X[name].dropna().iloc[0]
            held[name] = column
    coding, codes = learn_coding(held)
    return GappedAnswers(coding, codes, missing)


def impute_mca(
    X: pd.DataFrame,
    *,
    n_components: int,
    regularised: bool = True,
    max_iterations: int = 1000,
    tolerance: float = 1e-6,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> ImputationResult:
    """Fill in missing answers from the axes that the other answers make.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer.
    n_components : int, at least 0
        Axes from which answers are rebuilt; see `choose_imputation_axes`. 0 fills in each
        variable's shares.
    regularised : bool
        Whether axes are shrunk by the noise that the other axes show. Without it, sparse
        tables are overfitted.
    max_iterations : int
    tolerance : float
        Root mean square change of the filled cells below which the iterations stop.
    sample_weight : array of respondents, or None
        Not negative.
    frequencies : bool
        Whether weights are whole numbers of respondents: all is then as with the rows repeated,
        ``n_missing`` included, but for ``completed`` and ``fuzzy``, which keep a row for each row.

    Returns
    -------
    ImputationResult
        ``completed``, ``fuzzy``, ``n_missing``, ``n_iterations``, ``converged``. A table without
        missing answer comes back as it is.

    Raises
    ------
    ValueError
        If nobody answered a variable, or ``n_components`` is negative or too large.

    Notes
    -----
    Josse, Chavent, Liquet & Husson (2012), *Journal of Classification* 29, 91-116. Start
    from the shares of the categories; then repeat: MCA of the filled indicator table; rebuild
    the gaps from the first S axes, each shrunk by (lambda_s - sigma2) / lambda_s, where sigma2
    is the mean of the eigenvalues beyond S; margins and axes follow. The sum over the categories
    of a variable stays 1. Rebuilt values below 0 (or above 1) are kept while iterating and
    brought to [0, 1], with sum 1, in the result.

    Examples
    --------
    >>> X = pd.DataFrame({"a": list("xxyyx"), "b": list("uuvvu"), "c": list("ssttx")})
    >>> X["c"] = ["s", "s", "t", "t", None]
    >>> impute_mca(X, n_components=1).completed["c"].tolist()
    ['s', 's', 't', 't', 's']
    """
    weights = check_weights(sample_weight, X)
    if frequencies:
        return _of_counted_rows(
            X,
            weights,
            n_components=n_components,
            regularised=regularised,
            max_iterations=max_iterations,
            tolerance=tolerance,
        )
    answers = code_answers(X)
    largest = min(len(X) - 1, answers.coding.n_categories - X.shape[1]) - 1
    if not 0 <= n_components <= max(largest, 0):
        raise ValueError(
            f"n_components is {n_components}; expected 0 to {max(largest, 0)} for {len(X)} "
            f"respondents and {answers.coding.n_categories} categories of {X.shape[1]} variables."
        )
    filled = fill_gaps(
        answers.gaps(answers.missing),
        weights,
        n_components=n_components,
        regularised=regularised,
        max_iterations=max_iterations,
        tolerance=tolerance,
    )
    fuzzy = as_degrees(filled.table, answers.coding)
    return ImputationResult(
        completed=with_gaps_filled(X, answers, most_likely(fuzzy, answers.coding)),
        fuzzy=pd.DataFrame(fuzzy, index=X.index, columns=answers.coding.index),
        n_missing=int(answers.missing.sum()),
        n_iterations=filled.n_iterations,
        converged=filled.converged,
    )


def _of_counted_rows(X: pd.DataFrame, counts: FloatArray, **options: Any) -> ImputationResult:
    """Impute the rows as often as they count; rows that count for nobody are placed by weight 0."""
    rows = np.concatenate([repeated_rows(counts), np.flatnonzero(counts == 0)])
    weights = (counts[rows] > 0).astype(float)
    every = impute_mca(X.iloc[rows], sample_weight=weights, **options)
    first = np.unique(rows, return_index=True)[1]
    return replace(every, completed=every.completed.iloc[first], fuzzy=every.fuzzy.iloc[first])


def as_degrees(table: FloatArray, coding: CategoryCoding) -> FloatArray:
    """Bring rebuilt indicator values to [0, 1], with sum 1 for each variable.

    Parameters
    ----------
    table : array, respondents x categories
        Sums to 1 for each variable of a row.
    coding : CategoryCoding

    Returns
    -------
    array, respondents x categories

    Examples
    --------
    >>> coding, _ = learn_coding(pd.DataFrame({"q": ["a", "b", "c"]}))
    >>> as_degrees(np.array([[-0.25, 0.75, 0.5]]), coding)
    array([[0. , 0.6, 0.4]])
    """
    degrees = np.clip(table, 0, None)
    sums = np.add.reduceat(degrees, coding.offsets, axis=1)
    return np.asarray(degrees / sums[:, coding.variable_of])


def most_likely(degrees: FloatArray, coding: CategoryCoding) -> IntArray:
    """Give the category of highest degree of each variable, within the variable.

    Parameters
    ----------
    degrees : array, respondents x categories
    coding : CategoryCoding

    Returns
    -------
    array, respondents x variables
        Position among the variable's categories; the first of equal ones.

    Examples
    --------
    >>> coding, _ = learn_coding(pd.DataFrame({"q": ["a", "b"], "r": ["c", "d"]}))
    >>> most_likely(np.array([[0.2, 0.8, 0.5, 0.5]]), coding)
    array([[1, 0]])
    """
    blocks = np.split(degrees, coding.offsets[1:], axis=1)
    return np.stack([block.argmax(axis=1) for block in blocks], axis=1).astype(np.int64)


def draw_missing_categories(
    degrees: FloatArray, coding: CategoryCoding, rng: np.random.Generator
) -> IntArray:
    """Draw one category of each variable for each respondent.

    Parameters
    ----------
    degrees : array, respondents x categories
        Probabilities, with sum 1 for each variable.
    coding : CategoryCoding
    rng : Generator

    Returns
    -------
    array, respondents x variables
        Position among the variable's categories.

    Examples
    --------
    >>> coding, _ = learn_coding(pd.DataFrame({"q": ["a", "b"], "r": ["c", "d"]}))
    >>> draw_missing_categories(np.array([[0.0, 1.0, 1.0, 0.0]]), coding, np.random.default_rng(1))
    array([[1, 0]])
    """
    level = rng.random((len(degrees), len(coding.offsets)))
    blocks = np.split(degrees, coding.offsets[1:], axis=1)
    chosen = [
        (block.cumsum(axis=1)[:, :-1] <= level[:, [variable]]).sum(axis=1)
        for variable, block in enumerate(blocks)
    ]
    return np.stack(chosen, axis=1).astype(np.int64)


def with_gaps_filled(X: pd.DataFrame, answers: GappedAnswers, chosen: IntArray) -> pd.DataFrame:
    """Copy a table with its missing answers filled in.

    Parameters
    ----------
    X : DataFrame, respondents x variables
    answers : GappedAnswers
        Of this table.
    chosen : array, respondents x variables
        Position of the answer among the variable's categories; read where it is missing.

    Returns
    -------
    DataFrame
        Of the types of ``X``.

    Examples
    --------
    >>> X = pd.DataFrame({"q": ["a", None, "b"]})
    >>> with_gaps_filled(X, code_answers(X), np.array([[0], [1], [0]]))["q"].tolist()
    ['a', 'b', 'b']
    """
    chosen = np.asarray(aligned_to(chosen, X, name="chosen"))
    completed = X.copy()
    for position, name in enumerate(X.columns):
        rows = answers.missing[:, position]
        if rows.any():
            values = answers.coding.categories[position].to_numpy()[chosen[rows, position]]
            column = completed[name].copy()
            column.iloc[np.flatnonzero(rows)] = values.tolist()
            completed[name] = column
    return completed
