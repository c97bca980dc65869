"""Short forms: a few items whose points give the classes back, chosen and judged honestly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.class_labels import read_classes
from rfree.base.inputs import FloatArray, IntArray, in_one_order
from rfree.items.selection_scores import own_class_probabilities

# Half an answer of each kind is added to those counted, so that no answer excludes a class.
ADDED = 0.5


@dataclass(frozen=True)
class AnswerCodes:
    """Answers to items as positions on their scales.

    Attributes
    ----------
    positions : array, respondents x items
        From 0; -1 where there is no answer.
    lengths : array of items
        Number of points of the scale of each.
    """

    positions: IntArray
    lengths: IntArray

    def of(self, rows: IntArray) -> AnswerCodes:
        """Return the answers of some respondents."""
        return AnswerCodes(self.positions[rows], self.lengths)


@dataclass(frozen=True)
class ScoringTable:
    """Points that each answer gives to each class; the class with most points is chosen.

    Attributes
    ----------
    items : array of ints
        Columns of the items, in the order in which they were chosen.
    points : array, items x answers x classes
        0 for answers that the item does not offer.
    start : array of classes
        Points before the first answer.
    """

    items: IntArray
    points: FloatArray
    start: FloatArray

    def totals(self, answers: AnswerCodes) -> FloatArray:
        """Return the points of each respondent for each class; no answer gives none."""
        positions = answers.positions[:, self.items]
        given = self.points[np.arange(len(self.items)), np.maximum(positions, 0)]
        return np.asarray(self.start + (given * (positions >= 0)[:, :, None]).sum(axis=1))

    def assign(self, answers: AnswerCodes) -> IntArray:
        """Return the class (from 1) with most points; of several, that of most points at the start.

        Those that also start with as many points follow their numbers.
        """
        totals = self.totals(answers)
        order = np.argsort(-self.start, kind="stable")
        return np.asarray(order[totals[:, order].argmax(axis=1)] + 1, dtype=np.int64)

    def first(self, size: int) -> ScoringTable:
        """Return the table of the first items chosen."""
        return ScoringTable(self.items[:size], self.points[:size], self.start)

    def rounded(self, most: int = 9) -> ScoringTable:
        """Return whole points from 0 to ``most``, for paper.

        Notes
        -----
        For each answer the least favoured class gets 0: only differences between classes count.
        """
        points = self.points - self.points.min(axis=2, keepdims=True)
        start = self.start - self.start.min()
        unit = max(float(points.max()), np.finfo(float).tiny) / most
        return ScoringTable(self.items, np.rint(points / unit), np.rint(start / unit))


def fit_scoring(
    answers: AnswerCodes, labels: IntArray, *, size: int, n_classes: int
) -> ScoringTable:
    """Choose items one by one, and give points to their answers.

    Parameters
    ----------
    answers : AnswerCodes
    labels : array of respondents
        Classes 1..n_classes; each has at least one respondent.
    size : int
        Number of items to choose.
    n_classes : int

    Returns
    -------
    ScoringTable
        Unrounded: logarithms of probabilities.

    Notes
    -----
    The points of an answer for a class are log p(answer | class), half an answer being added to
    each count; the start is the log of the share of the class (naive Bayes). At each step the
    item is added that makes the mean probability of the respondents' own classes greatest: it
    is smoother than the share classified rightly, and chooses better.

    Examples
    --------
    >>> answers = AnswerCodes(np.array([[0, 1], [0, 0], [1, 1], [1, 0]]), np.array([2, 2]))
    >>> table = fit_scoring(answers, np.array([1, 1, 2, 2]), size=1, n_classes=2)
    >>> table.items, table.assign(answers)
    (array([0]), array([1, 1, 2, 2]))
    """
    _, labels = in_one_order(answers=answers.positions, labels=labels)
    n_items = answers.positions.shape[1]
    if not 1 <= size <= n_items:
        raise ValueError(f"size is {size}; expected 1 to {n_items}, the number of items.")
    points = _log_probabilities(answers, labels, n_classes)
    start = np.log(np.bincount(labels - 1, minlength=n_classes) / len(labels))
    given = points[np.arange(n_items), np.maximum(answers.positions, 0)]
    given = given * (answers.positions >= 0)[:, :, None]
    totals = np.tile(start, (len(labels), 1))
    chosen: list[int] = []
    left = np.ones(n_items, dtype=bool)
    for _ in range(size):
        candidates = np.flatnonzero(left)
        fit = own_class_probabilities(totals, given, labels - 1, candidates)
        best = int(candidates[fit.argmax()])
        chosen.append(best)
        left[best] = False
        totals = totals + given[:, best]
    return ScoringTable(np.array(chosen), points[chosen], start)


@dataclass(frozen=True)
class ShortFormValidation:
    """What cross-validation says of short forms.

    Attributes
    ----------
    predicted, predicted_unrounded : dict of size to array of respondents
        Class given to each respondent by points learnt from others, rounded as on paper, or not.
    chosen : dict of size to array of items
        Share of the folds (0-1) in which each item was chosen.
    """

    predicted: dict[int, IntArray]
    predicted_unrounded: dict[int, IntArray]
    chosen: dict[int, FloatArray]


def cross_validate_short_forms(
    answers: AnswerCodes,
    labels: IntArray,
    *,
    sizes: Sequence[int],
    random: int,
    n_folds: int = 10,
) -> ShortFormValidation:
    """Classify every respondent by short forms made without them.

    Parameters
    ----------
    answers : AnswerCodes
    labels : array of respondents
        Classes 1..k.
    sizes : sequence of int
        Numbers of items.
    random : int
        Seed of the folds.
    n_folds : int
        Fewer when the smallest class has fewer respondents; at least 2.

    Returns
    -------
    ShortFormValidation

    Raises
    ------
    ValueError
        If a class has fewer than 2 respondents.

    Notes
    -----
    Items are chosen, points given and rounded anew in each fold, stratified by class.
    """
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415 - slow to import

    _, labels = in_one_order(answers=answers.positions, labels=labels)
    n_classes = int(labels.max())
    smallest = int(np.bincount(labels - 1, minlength=n_classes).min())
    if smallest < 2:
        raise ValueError("A class has fewer than 2 respondents: nothing can be cross-validated.")
    folds = StratifiedKFold(min(n_folds, smallest), shuffle=True, random_state=random)
    rounded = {size: np.zeros(len(labels), dtype=np.int64) for size in sizes}
    unrounded = {size: np.zeros(len(labels), dtype=np.int64) for size in sizes}
    chosen = {size: np.zeros(answers.positions.shape[1]) for size in sizes}
    for kept, held in folds.split(answers.positions, labels):
        longest = fit_scoring(answers.of(kept), labels[kept], size=max(sizes), n_classes=n_classes)
        for size in sizes:
            table = longest.first(size)
            rounded[size][held] = table.rounded().assign(answers.of(held))
            unrounded[size][held] = table.assign(answers.of(held))
            chosen[size][table.items] += 1 / folds.get_n_splits()
    return ShortFormValidation(rounded, unrounded, chosen)


def cohen_kappa(first: IntArray, second: IntArray) -> float:
    """Cohen's kappa of two classifications: agreement corrected for chance.

    Parameters
    ----------
    first, second : arrays of n ints
        Classes.

    Returns
    -------
    float
        1 for the same classes, 0 for what chance gives; 1 when both are one same class.

    Examples
    --------
    >>> cohen_kappa(np.array([1, 1, 2, 2]), np.array([1, 1, 2, 1]))
    0.5
    """
    first, second = in_one_order(first=first, second=second)
    names, codes = read_classes(np.concatenate([first, second]))
    shares = np.zeros((len(names), len(names)))
    np.add.at(shares, (codes[: len(first)], codes[len(first) :]), 1 / len(first))
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return 1.0 if np.isclose(expected, 1) else float((np.trace(shares) - expected) / (1 - expected))


def smallest_good_size(accuracy: pd.Series, n: float) -> int:
    """Choose the smallest size whose accuracy is within a standard error of the best.

    Parameters
    ----------
    accuracy : Series, by size
        Shares (0-1), cross-validated.
    n : float
        Respondents behind them.

    Returns
    -------
    int

    Notes
    -----
    The one-standard-error rule of Breiman, Friedman, Olshen & Stone (1984), with the standard
    error sqrt(p (1 - p) / n) of the best.

    Examples
    --------
    >>> smallest_good_size(pd.Series([0.70, 0.84, 0.86], index=[5, 8, 12]), 300)
    8
    """
    best = float(accuracy.max())
    good = accuracy.index[accuracy >= best - np.sqrt(best * (1 - best) / n) - 1e-12]
    return int(good.min())


def _log_probabilities(answers: AnswerCodes, labels: IntArray, n_classes: int) -> FloatArray:
    """Log p(answer | class), items x answers x classes; 0 for answers that are not offered."""
    n_answers, n_items = int(answers.lengths.max()), answers.positions.shape[1]
    offered = np.arange(n_answers) < answers.lengths[:, None]
    answered = answers.positions >= 0
    cells = np.arange(n_items) * n_answers + answers.positions
    cells = cells * n_classes + (labels - 1)[:, None]
    counts = np.bincount(cells[answered], minlength=n_items * n_answers * n_classes)
    counted = counts.reshape(n_items, n_answers, n_classes) + ADDED * offered[:, :, None]
    shares = counted / counted.sum(axis=1, keepdims=True)
    return np.asarray(np.log(shares, out=np.zeros_like(shares), where=shares > 0))
