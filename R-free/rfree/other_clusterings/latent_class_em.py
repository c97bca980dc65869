"""Latent class model by expectation-maximisation, many starts at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rfree.base.inputs import BoolArray, FloatArray, IntArray

# Zero as a probability, so that its logarithm times zero is zero.
LEAST_PROBABILITY, LEAST_IN_SINGLE = 1e-300, 1e-26
# Iterations after which only the most promising starts go on.
FIRST_ITERATIONS = 15
# A start is this part one respondent's own answers, the rest everybody's.
_OWN_PART = 0.5


@dataclass(frozen=True)
class ClassData:
    """Answers as an indicator table without those missing.

    Attributes
    ----------
    indicator : array, respondents x categories
        Zeros throughout a missing answer: it says nothing of the class.
    offsets : array of variables
        Number of the first category of each.
    variable_of : array of categories
    weights : array of respondents
        Positive; their sum is the sample size.
    """

    indicator: FloatArray
    offsets: IntArray
    variable_of: IntArray
    weights: FloatArray

    def in_single(self) -> ClassData:
        """Return the answers in single precision: a search needs no more, and is thrice as fast."""
        return replace(self, indicator=self.indicator.astype("float32"))


@dataclass(frozen=True)
class ClassParameters:
    """Parameters of one model, or of several that are followed together.

    Attributes
    ----------
    sizes : array, models x classes
        Shares of the classes.
    probabilities : array, categories x models x classes
        Probability of each category in each class; sums to 1 for each variable.
    """

    sizes: FloatArray
    probabilities: FloatArray

    def only(self, models: IntArray | BoolArray) -> ClassParameters:
        """Keep some of the models.

        Parameters
        ----------
        models : array
            Their numbers, or a mask.

        Returns
        -------
        ClassParameters
        """
        return ClassParameters(self.sizes[models], self.probabilities[:, models])

    def in_precision_of(self, data: ClassData) -> ClassParameters:
        """Return the parameters as numbers of the same size as the answers."""
        precision = data.indicator.dtype
        return ClassParameters(self.sizes.astype(precision), self.probabilities.astype(precision))


@dataclass(frozen=True)
class ClassFit:
    """Where expectation-maximisation ended.

    Attributes
    ----------
    parameters : ClassParameters
        Of the best start only.
    posterior : array, respondents x classes
        Probability of each class given the answers.
    log_likelihoods : array
        Of the starts followed to the end, descending.
    n_iterations : int
    converged : bool
    """

    parameters: ClassParameters
    posterior: FloatArray
    log_likelihoods: FloatArray
    n_iterations: int
    converged: bool


def random_starts(
    data: ClassData, n_classes: int, n_starts: int, rng: np.random.Generator
) -> ClassParameters:
    """Start each class from the answers of a respondent drawn at random.

    Parameters
    ----------
    data : ClassData
    n_classes, n_starts : int
        Not more classes than respondents.
    rng : Generator

    Returns
    -------
    ClassParameters
        ``n_starts`` models with classes of equal size.
    """
    n_rows = len(data.indicator)
    drawn = rng.random((n_starts, n_rows)).argsort(axis=1)[:, :n_classes]
    overall = data.weights @ data.indicator
    overall = overall / np.add.reduceat(overall, data.offsets)[data.variable_of]
    own = data.indicator[drawn]
    answered = np.add.reduceat(own, data.offsets, axis=2)[:, :, data.variable_of]
    own_part = _OWN_PART * answered
    probabilities = own_part * own + (1 - own_part) * overall
    sizes = np.full((n_starts, n_classes), 1 / n_classes)
    return ClassParameters(sizes, np.ascontiguousarray(probabilities.transpose(2, 0, 1)))


def maximise_by_em(
    data: ClassData,
    starts: ClassParameters,
    *,
    followed: int,
    max_iterations: int,
    tolerance: float,
) -> ClassFit:
    """Raise the likelihood of every start, then of the best ones until they settle.

    Parameters
    ----------
    data : ClassData
    starts : ClassParameters
    followed : int
        Number of starts that go on after the first iterations.
    max_iterations : int
    tolerance : float
        Rise of the log-likelihood in one iteration below which a start has settled.

    Returns
    -------
    ClassFit

    Notes
    -----
    Dempster, Laird & Rubin (1977); starts are thinned after short runs, in single precision
    (Biernacki, Celeux & Govaert 2003, *Computational Statistics & Data Analysis* 41, 561-575). A
    missing answer
    leaves the likelihood of its respondent to the other answers (full information).
    """
    begun, heights, _ = settled(
        data.in_single(), starts, tolerance=tolerance, max_iterations=FIRST_ITERATIONS
    )
    best = np.argsort(-heights, kind="stable")[:followed]
    return followed_to_the_end(
        data, begun.only(best), tolerance=tolerance, max_iterations=max_iterations
    )


def followed_to_the_end(
    data: ClassData, models: ClassParameters, *, max_iterations: int, tolerance: float
) -> ClassFit:
    """Raise the likelihood of models until they settle, and keep the best.

    Parameters
    ----------
    data : ClassData
    models : ClassParameters
    max_iterations, tolerance
        As in `maximise_by_em`.

    Returns
    -------
    ClassFit
    """
    ends, heights, iterations = settled(
        data, models, tolerance=tolerance, max_iterations=max_iterations
    )
    best = ends.only(np.array([int(heights.argmax())]))
    return ClassFit(
        parameters=best,
        posterior=expectation(data, best)[1][:, 0],
        log_likelihoods=np.sort(heights)[::-1],
        n_iterations=iterations,
        converged=iterations < max_iterations,
    )


def settled(
    data: ClassData, models: ClassParameters, *, tolerance: float, max_iterations: int
) -> tuple[ClassParameters, FloatArray, int]:
    """Raise the likelihood of each model until it rises no more.

    Parameters
    ----------
    data : ClassData
        Its precision is that of the work.
    models : ClassParameters
    tolerance, max_iterations
        As in `maximise_by_em`.

    Returns
    -------
    ClassParameters
    array of models
        Log-likelihoods.
    int
        Iterations.
    """
    begun = models.in_precision_of(data)
    sizes, probabilities = begun.sizes, begun.probabilities
    heights = np.full(len(sizes), -np.inf)
    going: IntArray = np.arange(len(sizes))
    for iteration in range(1, max_iterations + 1):
        current = ClassParameters(sizes[going], np.ascontiguousarray(probabilities[:, going]))
        raised, posterior = expectation(data, current)
        rising: BoolArray = raised - heights[going] >= tolerance
        heights[going] = raised
        if not rising.any():
            return ClassParameters(sizes, probabilities), heights, iteration
        going = going[rising]
        after = maximisation(data, posterior[:, rising], current.only(rising))
        sizes[going], probabilities[:, going] = after.sizes, after.probabilities
    heights[going] = expectation(data, ClassParameters(sizes[going], probabilities[:, going]))[0]
    return ClassParameters(sizes, probabilities), heights, max_iterations


def expectation(data: ClassData, parameters: ClassParameters) -> tuple[FloatArray, FloatArray]:
    """Give the log-likelihood of each model, and the posterior probabilities of the classes.

    Parameters
    ----------
    data : ClassData
    parameters : ClassParameters

    Returns
    -------
    array of models
    array, respondents x models x classes
    """
    n_models, n_classes = parameters.sizes.shape
    single = data.indicator.dtype == np.float32
    least = LEAST_IN_SINGLE if single else LEAST_PROBABILITY
    logs = np.log(np.maximum(parameters.probabilities, least))
    joint = (data.indicator @ logs.reshape(len(logs), -1)).reshape(-1, n_models, n_classes)
    joint += np.log(np.maximum(parameters.sizes, least))
    highest = _over_classes(np.maximum, joint, -np.inf)
    joint -= highest
    if single:
        # What is smaller has few digits, and processors are slow at it.
        np.maximum(joint, np.log(LEAST_IN_SINGLE, dtype=np.float32), out=joint)
    np.exp(joint, out=joint)
    sums = _over_classes(np.add, joint, 0.0)
    joint /= sums
    return data.weights @ (highest + np.log(sums))[:, :, 0].astype(float), joint


def _over_classes(operation: np.ufunc, joint: FloatArray, start: float) -> FloatArray:
    """Reduce the last axis, class by class: far quicker than NumPy where it is short."""
    found = np.full(joint.shape[:2], start, dtype=joint.dtype)
    for place in range(joint.shape[2]):
        operation(found, joint[:, :, place], out=found)
    return found[:, :, np.newaxis]


def maximisation(
    data: ClassData, posterior: FloatArray, previous: ClassParameters
) -> ClassParameters:
    """Estimate the parameters of models from the posterior probabilities of the classes.

    Parameters
    ----------
    data : ClassData
    posterior : array, respondents x models x classes
    previous : ClassParameters
        What a class keeps where nobody of it answered.

    Returns
    -------
    ClassParameters
    """
    n_rows, n_models, n_classes = posterior.shape
    weights = data.weights.astype(posterior.dtype)
    weighted = (posterior * weights[:, np.newaxis, np.newaxis]).reshape(n_rows, -1)
    sizes = weighted.sum(axis=0).reshape(n_models, n_classes) / weights.sum()
    counts = (data.indicator.T @ weighted).reshape(-1, n_models, n_classes)
    totals = np.add.reduceat(counts, data.offsets, axis=0)[data.variable_of]
    # A class in which nobody answered a variable has no say on it: keep what it had.
    kept = previous.probabilities.copy()
    probabilities = np.divide(counts, totals, out=kept, where=totals > 0)
    return ClassParameters(sizes, probabilities)
