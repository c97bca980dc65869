"""How many axes missing answers are best rebuilt from: cross-validation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree.base.inputs import BoolArray, FloatArray, IntArray
from rfree.missing.iterative_mca import fill_gaps
from rfree.missing.missing import GappedAnswers, as_degrees, code_answers


@dataclass(frozen=True)
class ImputationAxes:
    """Error of imputation by number of axes.

    Attributes
    ----------
    table : DataFrame
        A row for each number of axes from 0: ``components``; ``error``, mean over the answers
        hidden of the squared distance between the answer's indicator and its degrees (0 to 2);
        ``standard_error`` over the folds; ``hit_share``, percent of the hidden answers whose
        category has the highest degree.
    chosen : int
        Number of axes of lowest error; 0 says that no axis predicts better than the shares.
    """

    table: pd.DataFrame
    chosen: int


def choose_imputation_axes(
    X: pd.DataFrame,
    *,
    max_components: int = 5,
    folds: int = 5,
    seed: int | np.random.Generator,
    regularised: bool = True,
    max_iterations: int = 200,
    tolerance: float = 1e-4,
) -> ImputationAxes:
    """Hide answers, impute them, and compare: which number of axes predicts best.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; may miss answers.
    max_components : int
        Largest number of axes tried.
    folds : int, at least 2
        Every answer is hidden once, in one of this many folds.
    seed : int or Generator
        Draws the folds.
    regularised, max_iterations, tolerance
        As in `rfree.missing.missing.impute_mca`; the tolerance is looser, as answers are only
        compared.

    Returns
    -------
    ImputationAxes
        ``table`` and ``chosen``.

    Raises
    ------
    ValueError
        If ``folds`` or ``max_components`` is out of range, or nobody answered a variable.

    Notes
    -----
    Josse, Chavent, Liquet & Husson (2012). The error is Brier's score: 1 less the sum of the
    squared shares when there is nothing to learn from the other answers.

    Examples
    --------
    >>> same = ["x", "x", "x", "y", "y", "y", "z", "z", "z"] * 4
    >>> X = pd.DataFrame({name: same for name in "abcd"})
    >>> choose_imputation_axes(X, max_components=2, folds=4, seed=1).chosen
    2
    """
    if folds < 2 or max_components < 0:
        raise ValueError(
            f"folds is {folds} and max_components {max_components}; expected at least 2 and 0."
        )
    answers = code_answers(X)
    rank = min(len(X) - 1, answers.coding.n_categories - X.shape[1])
    components = np.arange(min(max_components, max(rank - 1, 0)) + 1)
    fold_of = _folds(~answers.missing, folds, np.random.default_rng(seed))
    scores = np.empty((len(components), folds, 2))
    for fold in range(folds):
        hidden = fold_of == fold
        gaps = answers.gaps(answers.missing | hidden)
        for number in components:
            filled = fill_gaps(
                gaps,
                np.ones(len(X)),
                n_components=int(number),
                regularised=regularised,
                max_iterations=max_iterations,
                tolerance=tolerance,
            )
            degrees = as_degrees(filled.table, answers.coding)
            scores[number, fold] = _errors(degrees, answers, hidden)
    table = pd.DataFrame(
        {
            "components": components,
            "error": scores[:, :, 0].mean(axis=1),
            "standard_error": scores[:, :, 0].std(axis=1, ddof=1) / np.sqrt(folds),
            "hit_share": 100 * scores[:, :, 1].mean(axis=1),
        }
    )
    return ImputationAxes(table, int(table["components"].iloc[int(table["error"].argmin())]))


def _folds(answered: BoolArray, folds: int, rng: np.random.Generator) -> IntArray:
    """Deal the answers of each variable into folds; -1 where there is none.

    Within each variable, so that no fold hides all that is known of one.
    """
    key = np.where(answered, rng.random(answered.shape), np.inf)
    rank = key.argsort(axis=0).argsort(axis=0)
    start = rng.integers(folds, size=answered.shape[1])
    return np.where(answered, (rank + start) % folds, -1).astype(np.int64)


def _errors(degrees: FloatArray, answers: GappedAnswers, hidden: BoolArray) -> tuple[float, float]:
    """Return Brier's score of the hidden answers and the share of them that are hit."""
    rows, columns = np.nonzero(hidden)
    sums = np.add.reduceat(np.square(degrees), answers.coding.offsets, axis=1)
    highest = np.maximum.reduceat(degrees, answers.coding.offsets, axis=1)
    given = degrees[rows, answers.codes[rows, columns]]
    error = sums[rows, columns] - 2 * given + 1
    return float(error.mean()), float((given == highest[rows, columns]).mean())
