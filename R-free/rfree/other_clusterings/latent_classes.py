"""Latent class analysis: the other tradition of making types from answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import entr

from rfree.base.inputs import FloatArray, IntArray, check_weights, in_one_order
from rfree.base.threads import single_thread
from rfree.base.weighting import scaled_weights
from rfree.classes.partition_agreement import relabelled
from rfree.missing.missing import GappedAnswers, code_answers
from rfree.other_clusterings.latent_class_em import (
    ClassData,
    ClassFit,
    maximise_by_em,
    random_starts,
)
from rfree.other_clusterings.latent_class_search import SearchResult, search
from rfree.samples.calibration import kish_effective_n

# Of the starts, the share that is followed after short runs.
FOLLOWED_SHARE = 0.25


@dataclass(frozen=True)
class LatentClassModel:
    """A latent class model and what it says of each respondent.

    Attributes
    ----------
    n_classes : int
        Classes are numbered from the largest.
    sizes : Series
        Share of each class (0-1), by class.
    probabilities : DataFrame, (variable, category) x class
        Probability of each answer in each class.
    posterior : DataFrame, respondent x class
        Probability of each class given the respondent's answers.
    labels : Series
        Class of highest probability of each respondent.
    log_likelihood : float
    n_parameters : int
        k - 1 + k (J - Q): those free, whether or not estimated at 0 or 1.
    n_respondents : float
        Respondents, or sum of the frequencies.
    design_effect : float
        What survey weights that differ cost: respondents over Kish's effective number. 1 without.
    relative_entropy : float
        1 - sum of -posterior log posterior / (n log k), weighted: 1 when every respondent's
        class is certain. NaN for one class.
    starts, starts_agreeing : int
        Random starts, and those whose lines ended at this log-likelihood (to .01).
    replicated : bool
        Whether two independent searches ended at this log-likelihood: if not, there may be a
        better one, and another seed may find another model.
    n_iterations : int
    converged : bool
    """

    n_classes: int
    sizes: pd.Series[float]
    probabilities: pd.DataFrame
    posterior: pd.DataFrame
    labels: pd.Series[int]
    log_likelihood: float
    n_parameters: int
    n_respondents: float
    design_effect: float
    relative_entropy: float
    starts: int
    starts_agreeing: int
    replicated: bool
    n_iterations: int
    converged: bool


def fit_latent_classes(
    X: pd.DataFrame,
    n_classes: int,
    *,
    seed: int | np.random.SeedSequence,
    starts: int = 50,
    max_searches: int = 3,
    thorough: bool = True,
    max_iterations: int = 2000,
    tolerance: float = 1e-6,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> LatentClassModel:
    """Fit a latent class model by maximum likelihood.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer, which leaves the
        likelihood to the respondent's other answers.
    n_classes : int, at least 1
    seed : int or SeedSequence
        Draws the starts.
    starts : int
        Random starts of each search (`rfree.other_clusterings.latent_class_search.search`).
    max_searches : int
        Searches go on until two have found the best solution, at most so many.
    thorough : bool
        Whether the starts of a search also take over each other's classes: False for many
        respondents, where it costs much and the likelihood has fewer maxima.
    max_iterations : int
    tolerance : float
        Rise of the log-likelihood in one iteration below which a start has settled.
    sample_weight : array of respondents, or None
        Positive.
    frequencies : bool
        Whether weights are numbers of respondents.

    Returns
    -------
    LatentClassModel

    Raises
    ------
    ValueError
        If there are more classes than respondents, a weight is 0, or nobody answered a variable.

    Notes
    -----
    Within a class answers are independent (Lazarsfeld & Henry 1968; Goodman 1974, *Biometrika*
    61, 215-231). The likelihood has several maxima, more the more classes there are: read
    ``replicated``. The expectation-maximisation takes all starts as one product of matrices, some
    fifty times as fast as one start at a time.

    Examples
    --------
    >>> X = pd.DataFrame({name: list("yyyyynnn") for name in "abc"})
    >>> model = fit_latent_classes(X, 2, seed=1)
    >>> model.sizes.round(3).tolist(), round(model.log_likelihood, 4)
    ([0.625, 0.375], -5.2925)
    """
    if not 1 <= n_classes <= len(X) or starts < 1 or max_searches < 1:
        raise ValueError(
            f"n_classes is {n_classes}, starts {starts} and max_searches {max_searches}; expected "
            f"1 to {len(X)} classes and at least 1 start and search."
        )
    answers = code_answers(X)
    weights = check_weights(sample_weight, X)
    data = class_data(answers, weights, frequencies=frequencies)
    with single_thread():  # the last digits do not depend on the number of cores
        found = search(
            data,
            n_classes,
            np.random.default_rng(seed),
            starts=starts,
            max_searches=max_searches,
            thorough=thorough,
            max_iterations=max_iterations,
            tolerance=tolerance,
        )
    return _model(found, data, answers, X.index, frequencies=frequencies)


def class_data(
    answers: GappedAnswers,
    sample_weight: Sequence[float] | FloatArray | None = None,
    *,
    frequencies: bool = False,
) -> ClassData:
    """Turn coded answers into what the expectation-maximisation reads.

    Parameters
    ----------
    answers : GappedAnswers
        From `rfree.missing.missing.code_answers`.
    sample_weight : array of respondents, or None
        Positive.
    frequencies : bool
        Whether weights are numbers of respondents.

    Returns
    -------
    ClassData
    """
    weights = check_weights(sample_weight, answers.codes, of="answers")
    weighting = scaled_weights(weights, frequencies=frequencies)
    if (weights == 0).any():
        raise ValueError(f"{(weights == 0).sum()} respondents have weight zero: leave them out.")
    gaps = answers.gaps(answers.missing)
    indicator = np.where(gaps.gap, 0.0, gaps.indicator)
    return ClassData(
        indicator, answers.coding.offsets, answers.coding.variable_of, weighting.weights
    )


def best_fit(
    data: ClassData,
    n_classes: int,
    rng: np.random.Generator,
    *,
    starts: int,
    max_iterations: int,
    tolerance: float,
) -> ClassFit:
    """Fit from random starts and keep the best: the short way, for samples simulated in a test.

    Parameters
    ----------
    data : ClassData
    n_classes : int
    rng : Generator
    starts, max_iterations, tolerance
        As in `fit_latent_classes`.

    Returns
    -------
    ClassFit
    """
    drawn = random_starts(data, n_classes, 1 if n_classes == 1 else starts, rng)
    with single_thread():  # the last digits do not depend on the number of cores
        return maximise_by_em(
            data,
            drawn,
            followed=max(1, round(starts * FOLLOWED_SHARE)),
            max_iterations=max_iterations,
            tolerance=tolerance,
        )


def _model(
    found: SearchResult,
    data: ClassData,
    answers: GappedAnswers,
    respondents: pd.Index,
    *,
    frequencies: bool,
) -> LatentClassModel:
    """Order the classes from the largest and name everything."""
    fit = found.fit
    n_classes = fit.parameters.sizes.shape[1]
    order = np.argsort(-fit.parameters.sizes[0], kind="stable")
    classes = pd.RangeIndex(1, n_classes + 1, name="class")
    labels: IntArray = relabelled(fit.posterior.argmax(axis=1), np.argsort(order))
    coding = answers.coding
    return LatentClassModel(
        n_classes=n_classes,
        sizes=pd.Series(fit.parameters.sizes[0, order], index=classes, name="size"),
        probabilities=pd.DataFrame(
            fit.parameters.probabilities[:, 0, order], index=coding.index, columns=classes
        ),
        posterior=pd.DataFrame(fit.posterior[:, order], index=respondents, columns=classes),
        labels=pd.Series(labels, index=respondents, name="class"),
        log_likelihood=float(fit.log_likelihoods[0]),
        n_parameters=count_parameters(coding.n_categories, len(coding.variables), n_classes),
        n_respondents=float(data.weights.sum()),
        design_effect=1.0 if frequencies else design_effect(data.weights),
        relative_entropy=relative_entropy(fit.posterior, data.weights),
        starts=found.starts,
        starts_agreeing=found.starts_agreeing,
        replicated=found.replicated,
        n_iterations=fit.n_iterations,
        converged=fit.converged,
    )


def count_parameters(n_categories: int, n_variables: int, n_classes: int) -> int:
    """Count the free parameters of a latent class model.

    Parameters
    ----------
    n_categories, n_variables, n_classes : int
        J, Q and k.

    Returns
    -------
    int
        k - 1 + k (J - Q).

    Examples
    --------
    >>> count_parameters(20, 4, 2)
    33
    """
    return n_classes - 1 + n_classes * (n_categories - n_variables)


def design_effect(weights: FloatArray) -> float:
    """Say what survey weights that differ cost.

    Parameters
    ----------
    weights : array of respondents
        Positive.

    Returns
    -------
    float
        Respondents over Kish's effective number.

    Examples
    --------
    >>> design_effect(np.array([1.0, 1.0, 4.0]))
    1.5
    """
    # Of weights that are all alike exactly 1, whatever rounding says.
    return 1.0 if np.ptp(weights) == 0 else len(weights) / kish_effective_n(weights)


def relative_entropy(posterior: FloatArray, weights: FloatArray) -> float:
    """Say how certain the classes of the respondents are.

    Parameters
    ----------
    posterior : array, respondents x classes
        Probabilities.
    weights : array of respondents

    Returns
    -------
    float
        1 when every respondent's class is certain, 0 when all are alike; NaN for one class.

    Examples
    --------
    >>> relative_entropy(np.array([[1.0, 0.0], [0.5, 0.5]]), np.ones(2))
    0.5
    """
    posterior, weights = in_one_order(posterior=posterior, weights=weights)
    n_classes = posterior.shape[1]
    if n_classes == 1:
        return float("nan")
    disorder = float(weights @ entr(posterior).sum(axis=1))
    return 1 - disorder / (float(weights.sum()) * float(np.log(n_classes)))
