"""How many latent classes: information criteria and the bootstrap likelihood-ratio test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from rfree.base.coding import CategoryCoding
from rfree.base.inputs import FloatArray, check_weights
from rfree.base.replicates import child_seed
from rfree.base.weighting import repeated_rows
from rfree.missing.missing import code_answers, draw_missing_categories
from rfree.other_clusterings.latent_class_em import ClassData, ClassFit
from rfree.other_clusterings.latent_classes import (
    LatentClassModel,
    best_fit,
    class_data,
    fit_latent_classes,
)


@dataclass(frozen=True)
class LatentClassStudy:
    """Latent class models from one class up.

    Attributes
    ----------
    table : DataFrame
        A row for each number of classes: ``classes``, ``log_likelihood``, ``parameters``, ``aic``,
        ``bic``, ``abic`` (sample-size adjusted BIC), ``entropy`` (relative, 0 to 1, higher is
        clearer; NaN for one class), ``smallest_share`` (percent, of the classes' sizes),
        ``starts``, ``starts_agreeing`` and ``replicated`` (see
        `rfree.other_clusterings.latent_classes.LatentClassModel`), ``converged``, ``lr`` (twice the
        log-likelihood gained on one class fewer, as the test computes it) and ``p_value`` of the
        bootstrap test of one class fewer (NaN where it was not run), ``replicates`` of each test.
    models : tuple of LatentClassModel
        In the order of the table.
    bic_classes : int
        Number of classes of lowest BIC.
    lr_classes : int or None
        Number of classes before the first test that is not significant at .05; None when
        every test run is significant.
    """

    table: pd.DataFrame
    models: tuple[LatentClassModel, ...]
    bic_classes: int
    lr_classes: int | None


@dataclass(frozen=True)
class LikelihoodRatioTest:
    """Bootstrap likelihood-ratio test of k classes against k - 1.

    Attributes
    ----------
    statistic : float
        Twice the difference of the log-likelihoods.
    p_value : float
        (b + 1) / (B + 1), b the replicates at least as high as the sample.
    replicates : array
        The statistic of each sample simulated from k - 1 classes.
    """

    statistic: float
    p_value: float
    replicates: FloatArray


def choose_latent_classes(
    X: pd.DataFrame,
    *,
    seed: int | np.random.SeedSequence,
    max_classes: int = 7,
    starts: int = 50,
    thorough: bool = True,
    replicates: int = 39,
    test_starts: int = 10,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    n_jobs: int = 1,
) -> LatentClassStudy:
    """Fit latent class models of 1, 2, ... classes and compare them.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer.
    seed : int or SeedSequence
        One child generator a model and a replicate: the same numbers on any number of cores.
    max_classes : int, at least 1
        Fewer when there are not as many different respondents.
    starts : int
        Random starts of each search for a model.
    thorough : bool
        As in `rfree.other_clusterings.latent_classes.fit_latent_classes`.
    replicates : int
        Samples simulated for each test; 0 leaves the tests out.
    test_starts : int
        Random starts of each model of the tests, for the sample and the replicates alike.
    sample_weight : array of respondents, or None
        Positive.
    frequencies : bool
        Whether weights are whole numbers of respondents.
    n_jobs : int
        Cores, through joblib.

    Returns
    -------
    LatentClassStudy
        ``table``, ``models``, ``bic_classes``, ``lr_classes``.

    Notes
    -----
    With log-likelihood L, p parameters and n respondents: AIC = 2 p - 2 L, BIC = p log n - 2 L,
    adjusted BIC = p log((n + 2) / 24) - 2 L (Sclove 1987). With survey weights that differ, L is a
    pseudo-likelihood: with d the design effect, n counts for n / d and each parameter for d, as in
    the dAIC and dBIC of Lumley & Scott (2015), *Journal of Survey Statistics and Methodology* 3,
    1-18. Their generalised design effects need fewer parameters than respondents; Kish's, which
    they are when weights have nothing to do with the answers, stands for all of them.

    Relative entropy is 1 - sum of -posterior log posterior / (n log k) (Ramaswamy et al. 1993).
    Tests are run from 2 classes to one more than the lowest BIC has: beyond, they cost much and
    change no choice. See `bootstrap_likelihood_ratio`.

    Examples
    --------
    >>> groups = np.repeat(["y", "n"], [30, 20])
    >>> X = pd.DataFrame({name: groups for name in "abc"})
    >>> study = choose_latent_classes(X, seed=1, max_classes=3, replicates=0)
    >>> study.bic_classes
    2
    """
    # Seeds first: those of a model do not depend on how many there are.
    children = child_seed(seed).spawn(2 * max_classes)
    test_seeds = children[max_classes:]
    max_classes = min(max_classes, len(X.drop_duplicates()))
    models = tuple(
        Parallel(n_jobs=n_jobs)(
            delayed(fit_latent_classes)(
                X,
                number,
                seed=children[number - 1],
                starts=starts,
                thorough=thorough,
                sample_weight=sample_weight,
                frequencies=frequencies,
            )
            for number in range(1, max_classes + 1)
        )
    )
    table = pd.DataFrame([_criteria(model) for model in models])
    best = int(table["classes"].iloc[int(table["bic"].to_numpy().argmin())])
    table["lr"], table["p_value"], table["replicates"] = np.nan, np.nan, replicates
    tested = range(2, min(best + 1, max_classes) + 1) if replicates else range(0)
    for number in tested:
        test = bootstrap_likelihood_ratio(
            X,
            number,
            seed=test_seeds[number - 1],
            replicates=replicates,
            starts=test_starts,
            sample_weight=sample_weight,
            frequencies=frequencies,
            n_jobs=n_jobs,
        )
        table.loc[number - 1, ["lr", "p_value"]] = test.statistic, test.p_value
    refused = table.loc[table["p_value"] > 0.05, "classes"]
    return LatentClassStudy(table, models, best, int(refused.iloc[0]) - 1 if len(refused) else None)


def bootstrap_likelihood_ratio(
    X: pd.DataFrame,
    n_classes: int,
    *,
    seed: int | np.random.SeedSequence,
    replicates: int = 39,
    starts: int = 10,
    max_iterations: int = 500,
    tolerance: float = 1e-3,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    n_jobs: int = 1,
) -> LikelihoodRatioTest:
    """Test k latent classes against one fewer.

    Parameters
    ----------
    X : DataFrame, respondents x variables
        One categorical column a question; None, NaN or NA is no answer.
    n_classes : int, at least 2
        The larger number k of classes.
    seed : int or SeedSequence
        One child generator a replicate.
    replicates : int
        Samples simulated from the model of k - 1 classes.
    starts, max_iterations, tolerance
        As in `rfree.other_clusterings.latent_classes.fit_latent_classes`; the same for the sample
        and every replicate, so that a poor search makes no difference between them.
    sample_weight : array of respondents, or None
        Positive. Simulated respondents keep the weights of the rows.
    frequencies : bool
        Whether weights are whole numbers of respondents, who are then simulated one by one.
    n_jobs : int
        Cores, through joblib.

    Returns
    -------
    LikelihoodRatioTest

    Raises
    ------
    ValueError
        If ``n_classes`` is below 2 or ``replicates`` below 1.

    Notes
    -----
    McLachlan (1987), *Applied Statistics* 36, 318-324; Nylund, Asparouhov & Muthén (2007),
    *Structural Equation Modeling* 14, 535-569. Simulated samples have the missing answers of
    the sample where it has them.

    Examples
    --------
    >>> X = pd.DataFrame({name: np.repeat(["y", "n"], [30, 20]) for name in "abc"})
    >>> bootstrap_likelihood_ratio(X, 2, seed=1, replicates=19).p_value
    0.05
    """
    if n_classes < 2 or replicates < 1:
        raise ValueError(
            f"n_classes is {n_classes} and replicates {replicates}; expected at least 2 and 1."
        )
    if frequencies:
        X = X.iloc[repeated_rows(check_weights(sample_weight, X))]
        sample_weight = None
    answers = code_answers(X)
    data = class_data(answers, check_weights(sample_weight, X))
    first, *others = child_seed(seed).spawn(replicates + 1)
    search = {"starts": starts, "max_iterations": max_iterations, "tolerance": tolerance}
    statistic, smaller = _likelihood_ratio(data, n_classes, np.random.default_rng(first), search)
    null = np.array(
        Parallel(n_jobs=n_jobs)(
            delayed(_simulated_ratio)(data, smaller, answers.coding, search, child)
            for child in others
        )
    )
    p_value = (int((null >= statistic).sum()) + 1) / (replicates + 1)
    return LikelihoodRatioTest(statistic, p_value, null)


def _likelihood_ratio(
    data: ClassData, n_classes: int, rng: np.random.Generator, search: dict[str, float]
) -> tuple[float, ClassFit]:
    """Return the statistic, and the model with one class fewer."""
    smaller = best_fit(data, n_classes - 1, rng, **search)  # type: ignore[arg-type]
    larger = best_fit(data, n_classes, rng, **search)  # type: ignore[arg-type]
    return 2 * float(larger.log_likelihoods[0] - smaller.log_likelihoods[0]), smaller


def _simulated_ratio(
    data: ClassData,
    smaller: ClassFit,
    coding: CategoryCoding,
    search: dict[str, float],
    child: np.random.SeedSequence,
) -> float:
    """Compute the statistic on a sample drawn from the smaller model."""
    rng = np.random.default_rng(child)
    sizes = smaller.parameters.sizes[0]
    n_rows = len(data.indicator)
    classes = rng.choice(len(sizes), size=n_rows, p=sizes / sizes.sum())
    given = smaller.parameters.probabilities[:, 0, classes].T
    drawn = draw_missing_categories(given, coding, rng) + coding.offsets
    indicator = np.zeros(data.indicator.shape)
    indicator[np.arange(n_rows)[:, np.newaxis], drawn] = 1
    answered = np.add.reduceat(data.indicator, data.offsets, axis=1)[:, data.variable_of]
    simulated = ClassData(indicator * answered, data.offsets, data.variable_of, data.weights)
    return _likelihood_ratio(simulated, len(sizes) + 1, rng, search)[0]


def information_criteria(
    log_likelihood: float, n_parameters: int, n_respondents: float, design_effect: float = 1.0
) -> dict[str, float]:
    """Penalise a log-likelihood for its parameters.

    Parameters
    ----------
    log_likelihood : float
    n_parameters : int
    n_respondents : float
    design_effect : float
        What survey weights that differ cost; 1 without. See `choose_latent_classes`.

    Returns
    -------
    dict
        ``aic``, ``bic``, ``abic``.

    Examples
    --------
    >>> information_criteria(-10.0, 2, 100.0)["aic"]
    24.0
    """
    size, parameters = n_respondents / design_effect, n_parameters * design_effect
    return {
        "aic": -2 * log_likelihood + 2 * parameters,
        "bic": -2 * log_likelihood + parameters * float(np.log(size)),
        "abic": -2 * log_likelihood + parameters * float(np.log((size + 2) / 24)),
    }


def _criteria(model: LatentClassModel) -> dict[str, float | int | bool]:
    return {
        "classes": model.n_classes,
        "log_likelihood": model.log_likelihood,
        "parameters": model.n_parameters,
        **information_criteria(
            model.log_likelihood, model.n_parameters, model.n_respondents, model.design_effect
        ),
        "entropy": model.relative_entropy,
        "smallest_share": 100 * float(model.sizes.min()),
        "starts": model.starts,
        "starts_agreeing": model.starts_agreeing,
        "replicated": model.replicated,
        "converged": model.converged,
    }
