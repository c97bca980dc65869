"""k-modes: k-means for categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, check_weights
from rfree.base.limits import LimitError
from rfree.missing.missing import code_answers, most_likely

# What is as close as this is equal but for rounding, and the first of it is taken.
_EQUAL = 1e-12


@dataclass(frozen=True)
class ModePartition:
    """Classes around modes.

    Attributes
    ----------
    labels : array of respondents
        Classes 1..k, from the largest.
    modes : DataFrame, class x variable
        The answer that stands for each class.
    mean_mismatches : float
        Answers that differ from the mode of the class, a respondent.
    starts_agreeing : int
        Starts that ended as low.
    """

    labels: IntArray
    modes: pd.DataFrame
    mean_mismatches: float
    starts_agreeing: int


def k_modes(
    X: pd.DataFrame,
    n_classes: int,
    *,
    seed: int | np.random.SeedSequence,
    starts: int = 50,
    max_iterations: int = 100,
    sample_weight: Sequence[float] | FloatArray | None = None,
) -> ModePartition:
    """Partition respondents around modes.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer, and differs from nothing.
    n_classes : int
        From 1 to the number of different rows.
    seed : int or SeedSequence
        Draws the starts.
    starts : int
        Random starts, each from respondents who differ.
    max_iterations : int
    sample_weight : array of respondents, or None
        Not negative. Survey weights and numbers of respondents give the same: only their
        proportions count, and a row is drawn as a start once.

    Returns
    -------
    ModePartition
        ``labels``, ``modes``, ``mean_mismatches``, ``starts_agreeing``.

    Raises
    ------
    ValueError
        If there are fewer different rows than classes, or nobody answered a variable.

    Notes
    -----
    Huang (1998), *Data Mining and Knowledge Discovery* 2, 283-304: each respondent goes to the
    mode with which fewest answers differ, each mode takes the most frequent answers of its
    class, until nothing changes; the start with fewest mismatches is kept. A class that loses
    all its members keeps its mode.

    Examples
    --------
    >>> X = pd.DataFrame({"a": list("xxxyy"), "b": list("uuvww"), "c": list("sssts")})
    >>> k_modes(X, 2, seed=1).labels
    array([1, 1, 1, 2, 2])
    """
    answers = code_answers(X)
    weights = check_weights(sample_weight, X)
    gaps = answers.gaps(answers.missing)
    indicator = np.where(gaps.gap, 0.0, gaps.indicator)
    _, different = np.unique(indicator[weights > 0], axis=0, return_index=True)
    if not 1 <= n_classes <= len(different):
        raise LimitError(
            "too_few_positions",
            f"{len(different)} different respondents cannot be put into {n_classes} classes.",
            classes=n_classes,
            positions=len(different),
        )
    rows = np.flatnonzero(weights > 0)[np.sort(different)]
    rng = np.random.default_rng(seed)
    drawn = rows[rng.random((starts, len(rows))).argsort(axis=1)[:, :n_classes]]
    # A start's own missing answers match nothing.
    modes = np.ascontiguousarray(indicator[drawn].transpose(2, 0, 1))
    answered = (~answers.missing).sum(axis=1)[:, np.newaxis, np.newaxis]
    labels = np.full((len(X), starts), -1)
    for _ in range(max_iterations):
        mismatches = answered - _product(indicator, modes)
        nearest = mismatches.argmin(axis=2)
        if (nearest == labels).all():
            break
        labels = nearest
        inside = (labels[:, :, np.newaxis] == np.arange(n_classes)) * weights[:, None, None]
        counts = _product(indicator.T, inside)
        modes = np.where(inside.sum(axis=0) > 0, _highest(counts, answers.coding.offsets), modes)
    lowest = (answered - _product(indicator, modes)).min(axis=2)
    totals = weights @ lowest
    agreeing = totals <= totals.min() * (1 + _EQUAL)
    best = int(agreeing.argmax())
    order = np.argsort(-np.bincount(labels[:, best], weights, n_classes), kind="stable")
    chosen = most_likely(np.ascontiguousarray(modes[:, best, order].T), answers.coding)
    table = {
        name: answers.coding.categories[position].to_numpy()[chosen[:, position]]
        for position, name in enumerate(X.columns)
    }
    classes = pd.RangeIndex(1, n_classes + 1, name="class")
    return ModePartition(
        labels=np.argsort(order)[labels[:, best]] + 1,
        modes=pd.DataFrame(table, index=classes),
        mean_mismatches=float(totals[best] / weights.sum()),
        starts_agreeing=int(agreeing.sum()),
    )


def _product(table: FloatArray, others: FloatArray) -> FloatArray:
    """Multiply a matrix with several."""
    product = table @ others.reshape(len(others), -1)
    return np.asarray(product.reshape(len(table), *others.shape[1:]))


def _highest(counts: FloatArray, offsets: IntArray) -> FloatArray:
    """Mark the first of the most frequent categories of each variable."""
    marks = np.zeros(counts.shape)
    for block in np.split(np.arange(len(counts)), offsets[1:]):
        top = (counts[block] >= counts[block].max(axis=0) * (1 - _EQUAL)).argmax(axis=0)
        np.put_along_axis(marks, (top + block[0])[np.newaxis], 1.0, axis=0)
    return marks
