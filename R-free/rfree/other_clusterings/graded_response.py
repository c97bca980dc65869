"""Graded response models: answers that differ along one attitude, or two, without classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import logit

from rfree.base.inputs import FloatArray, aligned_to, check_weights
from rfree.items.ordinal import answer_codes
from rfree.missing.missing import code_answers
from rfree.other_clusterings.graded_em import STEEPEST, GradedParameters, fit_graded
from rfree.other_clusterings.latent_class_em import ClassData
from rfree.other_clusterings.latent_classes import class_data, design_effect

# Points a dimension and how far out they go, by number of factors.
POINTS = {1: (121, 6.0), 2: (31, 4.0)}
# The logistic distribution function is that of a normal variable of this spread, nearly.
LOGISTIC_SPREAD = 1.702
# Largest share of an item's variance that a start lays to the factors.
_MOST_COMMON = 0.8


@dataclass(frozen=True)
class GradedResponseModel:
    """A graded response model: every respondent somewhere on one or two continuous attitudes.

    Attributes
    ----------
    n_factors : int
    slopes : DataFrame, item x factor
        On the logit scale, of factors of mean 0 and variance 1 that are not correlated ("Factor 1",
        "Factor 2"). Two factors are turned to their principal directions; the sum of each factor's
        slopes is not negative.
    intercepts : Series ``intercept`` by (variable, category)
        d_c of P(answer >= c) = logistic(a't + d_c); infinite for an item's lowest category.
    scores : DataFrame, respondent x factor
        Mean of the posterior distribution (expected a posteriori).
    log_likelihood : float
        Marginal.
    n_parameters : int
        J - Q intercepts, Q slopes a factor, less one that turning two factors leaves free.
    n_respondents, design_effect : float
        As in `rfree.other_clusterings.latent_classes.LatentClassModel`.
    bounded : tuple
        Items whose slope stopped at 12: copies of the factor. Read with caution.
    n_iterations : int
    converged : bool
    """

    n_factors: int
    slopes: pd.DataFrame
    intercepts: pd.Series[float]
    scores: pd.DataFrame
    log_likelihood: float
    n_parameters: int
    n_respondents: float
    design_effect: float
    bounded: tuple[str, ...]
    n_iterations: int
    converged: bool


def fit_graded_response(
    items: pd.DataFrame,
    n_factors: int = 1,
    *,
    max_iterations: int = 500,
    tolerance: float = 1e-3,
    n_points: int | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
) -> GradedResponseModel:
    """Fit Samejima's graded response model by marginal maximum likelihood.

    Parameters
    ----------
    items : DataFrame, respondents x items
        Numeric codes; NaN or ``<NA>`` is no answer, which leaves the likelihood to the others.
        An item's categories are the codes that somebody gave it.
    n_factors : int, 1 or 2
        Two factors are exploratory: every item may go with both.
    max_iterations : int
    tolerance : float
        Rise of the log-likelihood in one iteration below which the fit has settled.
    n_points : int, optional
        Points a dimension of the integration; by default 121 from -6 to 6 for one factor, 31 x 31
        from -4 to 4 for two.
    sample_weight : array of respondents, or None
        Positive. Survey weights make the likelihood a pseudo-likelihood.
    frequencies : bool
        Whether weights are numbers of respondents.

    Returns
    -------
    GradedResponseModel

    Raises
    ------
    ValueError
        If there are neither 1 nor 2 factors, a weight is 0, or nobody answered an item.

    Notes
    -----
    Samejima (1969), *Psychometrika Monograph* 17; Bock & Aitkin (1981), *Psychometrika* 46,
    443-459. The integral over the factors, standard normal, is a sum over equally spaced points:
    with the many items of an attitude survey each respondent's posterior is narrow, and
    there an even grid is exact with far fewer points than Gauss-Hermite's, whose spacing is
    widest where respondents are. R's mirt does the same.

    Examples
    --------
    >>> generator = np.random.default_rng(1)
    >>> attitude = generator.standard_normal((300, 1))
    >>> latent = 2 * attitude + generator.logistic(size=(300, 6))
    >>> items = pd.DataFrame((latent > 0).astype(int) + (latent > 1), columns=list("abcdef"))
    >>> model = fit_graded_response(items)
    >>> model.n_parameters, bool(model.slopes["Factor 1"].between(1.3, 3).all())
    (18, True)
    """
    if n_factors not in POINTS:
        raise ValueError(f"n_factors is {n_factors}; expected 1 or 2.")
    codes = answer_codes(items)
    answers = code_answers(items)
    weights = check_weights(sample_weight, items, of="items")
    data = class_data(answers, weights, frequencies=frequencies)
    slopes, intercepts = starting_values(codes, data, n_factors)
    points, masses = normal_grid(n_factors, n_points)
    fit = fit_graded(
        data,
        GradedParameters(slopes, intercepts, points, masses),
        free_points=False,
        max_iterations=max_iterations,
        tolerance=tolerance,
    )
    turned, turn = _principal(fit.parameters.slopes)
    names = pd.Index([f"Factor {number + 1}" for number in range(n_factors)])
    coding = answers.coding
    return GradedResponseModel(
        n_factors=n_factors,
        slopes=pd.DataFrame(turned, index=items.columns, columns=names),
        intercepts=pd.Series(fit.parameters.intercepts, index=coding.index, name="intercept"),
        scores=pd.DataFrame(fit.posterior @ points @ turn, index=items.index, columns=names),
        log_likelihood=fit.log_likelihood,
        n_parameters=count_graded_parameters(coding.n_categories, len(coding.variables), n_factors),
        n_respondents=float(data.weights.sum()),
        design_effect=1.0 if frequencies else design_effect(data.weights),
        bounded=steepest_items(fit.parameters, items.columns),
        n_iterations=fit.n_iterations,
        converged=fit.converged,
    )


def starting_values(
    codes: FloatArray, data: ClassData, n_factors: int
) -> tuple[FloatArray, FloatArray]:
    """Give slopes and intercepts to start from.

    Parameters
    ----------
    codes : array, respondents x items
        NaN for no answer.
    data : ClassData
        The same answers.
    n_factors : int

    Returns
    -------
    slopes : array, items x factors
        From the principal components of the answers' correlations.
    intercepts : array of categories
        Those that give the item's own shares.
    """
    codes = np.asarray(aligned_to(codes, len(data.weights), name="codes", of="data"))
    known = ~np.isnan(codes)
    counts = np.maximum(data.weights @ known, 1e-12)
    centred = np.where(known, codes - data.weights @ np.where(known, codes, 0.0) / counts, 0.0)
    spread = np.sqrt(data.weights @ np.square(centred))
    centred /= np.where(spread > 0, spread, 1.0)
    values, vectors = np.linalg.eigh(centred.T @ (centred * data.weights[:, np.newaxis]))
    loadings = np.zeros((codes.shape[1], n_factors))
    few = min(n_factors, codes.shape[1])
    loadings[:, :few] = (vectors * np.sqrt(np.maximum(values, 0.0)))[:, ::-1][:, :few]
    common = np.square(loadings).sum(axis=1)
    loadings *= np.sqrt(np.minimum(1.0, _MOST_COMMON / np.maximum(common, 1e-12)))[:, np.newaxis]
    steeper = 1 / np.sqrt(1 - np.square(loadings).sum(axis=1))
    shares = data.weights @ data.indicator
    shares /= np.add.reduceat(shares, data.offsets)[data.variable_of]
    below = shares.cumsum() - shares - data.variable_of
    below[data.offsets] = 0.0
    intercepts = logit(1 - below) * steeper[data.variable_of]
    return LOGISTIC_SPREAD * loadings * steeper[:, np.newaxis], intercepts


def normal_grid(n_factors: int, n_points: int | None = None) -> tuple[FloatArray, FloatArray]:
    """Give equally spaced points of standard normal factors, and their masses.

    Parameters
    ----------
    n_factors : int
        1 or 2.
    n_points : int, optional
        A factor; by default as in ``POINTS``.

    Returns
    -------
    points : array, points x factors
    masses : array of points
        Proportional to the density; they sum to 1.

    Examples
    --------
    >>> points, masses = normal_grid(2)
    >>> points.shape, round(float(masses @ points[:, 0] ** 2), 3)
    ((961, 2), 0.999)
    """
    usual, farthest = POINTS[n_factors]
    line = np.linspace(-farthest, farthest, n_points or usual)
    points = np.stack(np.meshgrid(*[line] * n_factors, indexing="ij"), axis=-1)
    points = points.reshape(-1, n_factors)
    density = np.exp(-np.square(points).sum(axis=1) / 2)
    return points, density / density.sum()


def steepest_items(parameters: GradedParameters, items: pd.Index) -> tuple[str, ...]:
    """Name the items whose slope stopped at the bound.

    Parameters
    ----------
    parameters : GradedParameters
    items : Index
        Their names.

    Returns
    -------
    tuple of str
    """
    steep = np.flatnonzero((np.abs(parameters.slopes) >= STEEPEST).any(axis=1))
    return tuple(str(name) for name in items[steep])


def count_graded_parameters(n_categories: int, n_items: int, n_factors: int) -> int:
    """Count the free parameters of a graded response model.

    Parameters
    ----------
    n_categories, n_items, n_factors : int
        J, Q and m.

    Returns
    -------
    int
        J - Q + Q m - m (m - 1) / 2.

    Examples
    --------
    >>> count_graded_parameters(20, 4, 2)
    23
    """
    return n_categories - n_items + n_items * n_factors - n_factors * (n_factors - 1) // 2


def _principal(slopes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Turn the factors so that the first goes with as much of the slopes as one can."""
    _, _, directions = np.linalg.svd(slopes, full_matrices=False)
    turn = directions.T
    turned = slopes @ turn
    signs = np.where(turned.sum(axis=0) < 0, -1.0, 1.0)
    return turned * signs, turn * signs
