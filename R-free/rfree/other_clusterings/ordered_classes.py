"""Ordered latent classes: respondents at a few points of one attitude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtri

from rfree.base.inputs import FloatArray, check_weights
from rfree.items.ordinal import answer_codes
from rfree.missing.missing import code_answers
from rfree.other_clusterings.graded_em import GradedFit, GradedParameters, fit_graded
from rfree.other_clusterings.graded_response import starting_values, steepest_items
from rfree.other_clusterings.latent_class_em import ClassData
from rfree.other_clusterings.latent_classes import class_data, design_effect, relative_entropy

# Starts are followed this far before the best goes on to the end.
_ROUGH, _BRIEF = 1.0, 50
# Spread of the sizes that a start draws: 1 takes any sizes as likely.
EVENNESS = 2.0


@dataclass(frozen=True)
class OrderedClassModel:
    """A latent class model whose classes are points of one graded-response dimension.

    Attributes
    ----------
    n_classes : int
        Classes are numbered along the dimension.
    sizes, locations : Series by class
        Share of the respondents (0-1); place, of mean 0 and variance 1 over the respondents.
    slopes : Series by item
        On the logit scale; their sum is not negative.
    intercepts : Series ``intercept`` by (variable, category)
        d_c of P(answer >= c) = logistic(a t + d_c); infinite for an item's lowest category.
    posterior : DataFrame, respondent x class
    labels : Series
        Class of highest probability of each respondent.
    log_likelihood : float
    n_parameters : int
        J - Q intercepts, Q slopes, k - 2 locations, k - 1 sizes.
    n_respondents, design_effect, relative_entropy : float
        As in `rfree.other_clusterings.latent_classes.LatentClassModel`.
    bounded : tuple
        Items whose slope stopped at its bound.
    n_iterations : int
    converged : bool
    """

    n_classes: int
    sizes: pd.Series[float]
    locations: pd.Series[float]
    slopes: pd.Series[float]
    intercepts: pd.Series[float]
    posterior: pd.DataFrame
    labels: pd.Series[int]
    log_likelihood: float
    n_parameters: int
    n_respondents: float
    design_effect: float
    relative_entropy: float
    bounded: tuple[str, ...]
    n_iterations: int
    converged: bool


def fit_ordered_classes(
    items: pd.DataFrame,
    n_classes: int,
    *,
    seed: int | np.random.SeedSequence,
    starts: int = 20,
    max_iterations: int = 1000,
    tolerance: float = 1e-3,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> OrderedClassModel:
    """Fit ordered (located) latent classes by maximum likelihood.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes; NaN or ``<NA>`` is no answer.
    n_classes : int, at least 2
    seed : int or SeedSequence
        Draws the starts but the first, whose classes are of one size.
    starts : int, at least 1
    max_iterations, tolerance, sample_weight, frequencies
        As in `rfree.other_clusterings.graded_response.fit_graded_response`.

    Returns
    -------
    OrderedClassModel

    Raises
    ------
    ValueError
        If there are fewer than two classes or more than respondents, a weight is 0, or nobody
        answered an item.

    Notes
    -----
    The located latent classes of Lindsay, Clogg & Grego (1991, *JASA* 86, 96-107), with a graded
    response model (Samejima 1969): the groups differ in how much of one thing they have, and in
    nothing else. With answers of two categories and two classes it is the latent class model. With
    many classes it nears the one-factor model, of any distribution of the attitude.

    Examples
    --------
    >>> items = pd.DataFrame({name: [1, 1, 1, 1, 2, 3, 3, 2] for name in "abc"})
    >>> model = fit_ordered_classes(items, 2, seed=1)
    >>> model.labels.tolist(), model.n_parameters
    ([1, 1, 1, 1, 2, 2, 2, 2], 10)
    """
    if not 2 <= n_classes <= len(items) or starts < 1:
        raise ValueError(
            f"n_classes is {n_classes} and starts {starts}; expected 2 to {len(items)} classes and "
            "at least 1 start."
        )
    codes = answer_codes(items)
    answers = code_answers(items)
    weights = check_weights(sample_weight, items, of="items")
    data = class_data(answers, weights, frequencies=frequencies)
    rng = np.random.default_rng(seed)
    begun = [
        _followed(data, start, max_iterations=_BRIEF, tolerance=_ROUGH)
        for start in _starts(codes, data, n_classes, starts, rng)
    ]
    best = max(begun, key=lambda fit: fit.log_likelihood)
    fit = _followed(data, best.parameters, max_iterations=max_iterations, tolerance=tolerance)
    found = _standardised(fit.parameters, data)
    order = np.argsort(found.points[:, 0], kind="stable")
    classes = pd.RangeIndex(1, n_classes + 1, name="class")
    posterior = pd.DataFrame(fit.posterior[:, order], index=items.index, columns=classes)
    coding = answers.coding
    return OrderedClassModel(
        n_classes=n_classes,
        sizes=pd.Series(found.masses[order], index=classes, name="size"),
        locations=pd.Series(found.points[order, 0], index=classes, name="location"),
        slopes=pd.Series(found.slopes[:, 0], index=items.columns, name="slope"),
        intercepts=pd.Series(found.intercepts, index=coding.index, name="intercept"),
        posterior=posterior,
        labels=posterior.idxmax(axis=1).rename("class"),
        log_likelihood=fit.log_likelihood,
        n_parameters=coding.n_categories + 2 * n_classes - 3,
        n_respondents=float(data.weights.sum()),
        design_effect=1.0 if frequencies else design_effect(data.weights),
        relative_entropy=relative_entropy(fit.posterior, data.weights),
        bounded=steepest_items(fit.parameters, items.columns),
        n_iterations=fit.n_iterations,
        converged=fit.converged,
    )


def _starts(
    codes: FloatArray, data: ClassData, n_classes: int, starts: int, rng: np.random.Generator
) -> list[GradedParameters]:
    """Cut a normal attitude into classes: of one size, then of sizes drawn at random."""
    slopes, intercepts = starting_values(codes, data, 1)
    drawn = rng.dirichlet(np.full(n_classes, EVENNESS), starts - 1)
    sizes = np.vstack([np.full((1, n_classes), 1 / n_classes), drawn])
    middles = sizes.cumsum(axis=1) - sizes / 2
    return [
        GradedParameters(slopes, intercepts, ndtri(middle)[:, np.newaxis], size)
        for middle, size in zip(middles, sizes, strict=True)
    ]


def _followed(
    data: ClassData, start: GradedParameters, *, max_iterations: int, tolerance: float
) -> GradedFit:
    return fit_graded(
        data, start, free_points=True, max_iterations=max_iterations, tolerance=tolerance
    )


def _standardised(found: GradedParameters, data: ClassData) -> GradedParameters:
    """Bring the locations to mean 0 and variance 1, with slopes of a positive sum."""
    mean = found.masses @ found.points
    spread = np.sqrt(found.masses @ np.square(found.points - mean))
    spread = np.where(spread > 0, spread, 1.0) * (-1.0 if found.slopes.sum() < 0 else 1.0)
    shift = (found.slopes @ mean)[data.variable_of]
    return replace(
        found,
        slopes=found.slopes * spread,
        intercepts=found.intercepts + shift,
        points=(found.points - mean) / spread,
    )
