"""Partitioning around medoids, on Gower's distance between respondents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, check_weights, in_one_order
from rfree.base.limits import LimitError
from rfree.missing.missing import GappedAnswers, code_answers

# A swap must lower the total distance by this part of it: less is rounding.
_LEAST_GAIN = 1e-12


@dataclass(frozen=True)
class MedoidPartition:
    """Classes around medoids.

    Attributes
    ----------
    labels : array of respondents
        Classes 1..k, from the largest.
    medoids : array of k ints
        Row of the respondent in the middle of each class.
    mean_distance : float
        Of the respondents to their medoid.
    """

    labels: IntArray
    medoids: IntArray
    mean_distance: float


@dataclass(frozen=True)
class GowerAnswers:
    """Answers ready to be compared, those of any respondents with those of any others.

    Attributes
    ----------
    respondents : Index
    answered : array, respondents x variables
        1 where there is an answer, 0 where there is none.
    values : array
        Places on the scales, respondents x variables; or, of answers that have no order,
        indicators, respondents x categories.
    ranges : array of variables, or None
        What the places of each variable span; None of answers that have no order.
    """

    respondents: pd.Index
    answered: FloatArray
    values: FloatArray
    ranges: FloatArray | None

    def between(self, rows: IntArray, others: IntArray) -> FloatArray:
        """Measure how far some respondents are from others.

        Parameters
        ----------
        rows, others : arrays of ints
            Numbers of respondents.

        Returns
        -------
        array, rows x others
        """
        here, there = self.answered[rows], self.answered[others]
        shared = here @ there.T
        if (shared == 0).any():
            row, other = np.argwhere(shared == 0)[0]
            names = str(self.respondents[rows[row]]), str(self.respondents[others[other]])
            raise LimitError(
                "nothing_in_common",
                f"respondents {names[0]!r} and {names[1]!r} answered no question in common: "
                "leave out those who answered almost nothing, or impute.",
                respondent=names[0],
                other=names[1],
            )
        if self.ranges is None:
            return np.asarray(1 - (self.values[rows] @ self.values[others].T) / shared)
        total = np.zeros(shared.shape)
        for variable in np.flatnonzero(self.ranges > 0):
            places, other_places = self.values[rows, variable], self.values[others, variable]
            both = np.outer(here[:, variable], there[:, variable])
            gaps = np.abs(places[:, np.newaxis] - other_places) / self.ranges[variable]
            total += gaps * both
        return np.asarray(total / shared)


def gower_answers(X: pd.DataFrame, *, ordered: bool) -> GowerAnswers:
    """Code answers once, for distances between any respondents.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer.
    ordered : bool
        True: answers are codes of a scale (numbers, texts that spell one, or an ordered
        categorical), and count by their distance on it. False: they are the same or not.

    Returns
    -------
    GowerAnswers

    Raises
    ------
    ValueError
        If answers are to be ordered and some are no numbers, or nobody answered a variable.

    Notes
    -----
    Gower (1971), *Biometrics* 27, 857-871: mean, over the variables that both answered, of
    |x - y| / range (ordered), or of 0 for the same category and 1 for another.

    Examples
    --------
    >>> X = pd.DataFrame({"q": ["1", "3", "5"], "r": ["1", "1", None]})
    >>> gower_answers(X, ordered=True).between(np.array([0]), np.array([1, 2]))
    array([[0.25, 1.  ]])
    """
    answers = code_answers(X)
    answered = (~answers.missing).astype(float)
    if not ordered:
        gaps = answers.gaps(answers.missing)
        return GowerAnswers(X.index, answered, np.where(gaps.gap, 0.0, gaps.indicator), None)
    values = _scale_values(X, answers)
    known = np.where(answered > 0, values, np.nan)
    ranges = np.nanmax(known, axis=0) - np.nanmin(known, axis=0)
    return GowerAnswers(X.index, answered, values, ranges)


def k_medoids(
    distances: npt.ArrayLike,
    n_classes: int,
    *,
    sample_weight: Sequence[float] | FloatArray | None = None,
    max_swaps: int = 1000,
) -> MedoidPartition:
    """Partition respondents around medoids (PAM).

    Parameters
    ----------
    distances : array, respondents x respondents
        Symmetric, not negative, 0 on the diagonal.
    n_classes : int
        From 1 to n.
    sample_weight : array of respondents, or None
        Not negative. Any respondent may be a medoid. Survey weights and numbers of respondents give
        the same: only their proportions count.
    max_swaps : int

    Returns
    -------
    MedoidPartition
        ``labels``, ``medoids``, ``mean_distance``.

    Raises
    ------
    ValueError
        If ``distances`` is not such a matrix or ``n_classes`` out of range.

    Notes
    -----
    Kaufman & Rousseeuw (1990), *Finding Groups in Data*, ch. 2: medoids are added greedily, then
    the swap of a medoid and another respondent that lowers the total distance most is made,
    until none does. A respondent as near to two medoids joins the first of the table. All swaps
    are evaluated together by what each respondent would gain (Schubert & Rousseeuw 2019).
    Nothing is random; of equal swaps the first is made.

    Examples
    --------
    >>> points = np.array([0.0, 1.0, 2.0, 10.0, 11.0])
    >>> k_medoids(abs(points[:, None] - points), 2).labels
    array([1, 1, 1, 2, 2])
    """
    matrix = np.asarray(distances, dtype=float)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not np.isfinite(matrix).all():
        raise ValueError(f"distances must be a complete square table; its shape is {matrix.shape}.")
    if not np.allclose(matrix, matrix.T) or (matrix < 0).any() or np.diag(matrix).any():
        raise ValueError("distances must be symmetric, not negative, and 0 on the diagonal.")
    if not 1 <= n_classes <= len(matrix):
        raise ValueError(f"{len(matrix)} respondents cannot be put into {n_classes} classes.")
    weights = check_weights(sample_weight, distances, of="distances")
    medoids = _build(matrix, weights, n_classes)
    for _ in range(max_swaps):
        swap = _best_swap(matrix, weights, medoids)
        if swap is None:
            break
        medoids[swap[0]] = swap[1]
    medoids = np.sort(medoids)
    return around_medoids(matrix[:, medoids], medoids, weights)


def around_medoids(
    to_medoids: FloatArray, medoids: IntArray, weights: FloatArray
) -> MedoidPartition:
    """Put everyone with the nearest medoid.

    Parameters
    ----------
    to_medoids : array, respondents x classes
        Distances to the medoids.
    medoids : array of ints
        Their rows, ascending.
    weights : array of respondents

    Returns
    -------
    MedoidPartition

    Examples
    --------
    >>> around_medoids(np.array([[0.0, 2], [2, 0], [3, 1]]), np.array([0, 1]), np.ones(3)).labels
    array([2, 1, 1])
    """
    to_medoids, weights = in_one_order(to_medoids=to_medoids, weights=weights)
    n_classes = len(medoids)
    nearest = to_medoids.argmin(axis=1)
    # A medoid is of its own class, even beside its double.
    nearest[medoids] = np.arange(n_classes)
    order = np.argsort(-np.bincount(nearest, weights, n_classes), kind="stable")
    labels = np.argsort(order)[nearest] + 1
    own = to_medoids[np.arange(len(to_medoids)), nearest]
    return MedoidPartition(labels, medoids[order], float(np.average(own, weights=weights)))


def _scale_values(X: pd.DataFrame, answers: GappedAnswers) -> FloatArray:
    """Place of each answer on its scale, respondents x variables."""
    columns, wrong = [], []
    for position, name in enumerate(X.columns):
        categories = answers.coding.categories[position]
        dtype = X.iloc[:, position].dtype
        if isinstance(dtype, pd.CategoricalDtype) and dtype.ordered:
            values = dtype.categories.get_indexer(categories).astype(float)
        else:
            values = pd.to_numeric(pd.Series(categories), errors="coerce").to_numpy(dtype=float)
        if np.isnan(values).any():
            listed = ", ".join(repr(each) for each in categories[np.isnan(values)])
            wrong.append(f"column {name!r}: {listed}")
        codes = answers.codes[:, position] - answers.coding.offsets[position]
        columns.append(values[codes])
    if wrong:
        raise ValueError(
            f"answers that are no place on a scale: {'; '.join(wrong)}. Make them missing, or use "
            "ordered=False."
        )
    return np.stack(columns, axis=1)


def _build(matrix: FloatArray, weights: FloatArray, n_classes: int) -> IntArray:
    """Add the medoid that lowers the total distance most, one at a time."""
    totals = weights @ matrix
    equal = _LEAST_GAIN * float(totals.max())
    medoids = [_first_lowest(totals, equal)]
    nearest = matrix[:, medoids[0]].copy()
    while len(medoids) < n_classes:
        gain = weights @ np.maximum(nearest[:, np.newaxis] - matrix, 0)
        gain[medoids] = -1
        medoids.append(_first_lowest(-gain, equal))
        nearest = np.minimum(nearest, matrix[:, medoids[-1]])
    return np.array(medoids, dtype=np.int64)


def _best_swap(
    matrix: FloatArray, weights: FloatArray, medoids: IntArray
) -> tuple[int, int] | None:
    """Find the class whose medoid is to be replaced, and by whom; None if no swap gains."""
    here = np.arange(len(matrix))
    to_medoids = matrix[:, medoids]
    nearest = to_medoids.argmin(axis=1)
    first = to_medoids[here, nearest]
    to_medoids[here, nearest] = np.inf
    second = to_medoids.min(axis=1)
    # Change for each respondent if the candidate (column) came in addition...
    added = np.minimum(matrix - first[:, np.newaxis], 0)
    # ...and what more it is if the respondent's own medoid went.
    replaced = np.minimum(matrix, second[:, np.newaxis]) - first[:, np.newaxis] - added
    own = (nearest[:, np.newaxis] == np.arange(len(medoids))) * weights[:, np.newaxis]
    change = own.T @ replaced + weights @ added
    change[:, medoids] = np.inf
    equal = _LEAST_GAIN * float(weights @ first)
    leaving, entering = np.unravel_index(_first_lowest(change, equal), change.shape)
    if change[leaving, entering] >= -equal:
        return None
    return int(leaving), int(entering)


def _first_lowest(values: FloatArray, equal: float) -> int:
    """Find the first value that is no more than rounding above the lowest."""
    return int((values <= values.min() + equal).argmax())
