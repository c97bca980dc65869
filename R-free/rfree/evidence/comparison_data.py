"""Comparison data: the items' own distributions and correlations, with groups or without."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray, IntArray, in_one_order

# A correction that brings nothing is halved, so many times in a row at most.
FAILURES = 5
# Rounds of the principal axes, and the largest share of an item that factors explain.
AXIS_ROUNDS, _MOST_COMMON = 10, 0.995


def comparison_population(
    values: FloatArray, size: int, *, n_factors: int, generator: np.random.Generator
) -> FloatArray:
    """Draw respondents who differ along continuous factors alone.

    Parameters
    ----------
    values : array, respondents x items
        The answers to reproduce; NaN for none.
    size : int
        Respondents to draw.
    n_factors : int
    generator : numpy Generator

    Returns
    -------
    array, size x items
        Every item has the distribution of its answers, and the correlations are those of the
        answers as nearly as so many factors allow.

    Notes
    -----
    Ruscio & Kaczetow (2008), *Multivariate Behavioral Research* 43, 355-381. Normal data of the
    factors are replaced, rank for rank, by answers drawn from each item's own. That lowers the
    correlations, so those aimed at are raised by what is missing, and so on; the nearest
    reproduction is kept.

    Examples
    --------
    >>> answers = np.array([[1.0, 2.0], [1.0, 1.0], [5.0, 4.0], [5.0, 5.0]])
    >>> drawn = comparison_population(
    ...     answers, 400, n_factors=1, generator=np.random.default_rng(1))
    >>> sorted(set(drawn[:, 0].tolist())), bool(np.corrcoef(drawn.T)[0, 1] > 0.8)
    ([1.0, 5.0], True)
    """
    n_items = values.shape[1]
    target = correlations(values)
    own = [column[~np.isnan(column)] for column in values.T]
    answers = np.column_stack([np.sort(generator.choice(each, size)) for each in own])
    factors = generator.standard_normal((size, n_factors))
    unique = generator.standard_normal((size, n_items))
    aim, best, least, failures = target, np.zeros((size, n_items)), np.inf, 0
    nearest_aim, missing = target, np.zeros_like(target)
    while failures < FAILURES:
        loadings = factor_loadings(aim, n_factors)
        spread = np.sqrt(1 - np.square(loadings).sum(axis=1))
        order = (factors @ loadings.T + unique * spread).argsort(axis=0)
        drawn = np.empty_like(answers)
        np.put_along_axis(drawn, order, answers, axis=0)
        short = target - correlations(drawn)
        distance = float(np.sqrt(np.square(short).mean()))
        if distance < least:
            best, least, nearest_aim, missing, failures = drawn, distance, aim, short, 0
        else:
            failures += 1
        aim = np.clip(nearest_aim + missing * 0.5**failures, -1, 1)
        np.fill_diagonal(aim, 1)
    return best


def grouped_population(
    values: FloatArray,
    groups: IntArray,
    size: int,
    *,
    n_factors: int,
    generator: np.random.Generator,
) -> FloatArray:
    """Draw respondents of several groups, each with its own distributions and correlations.

    Parameters
    ----------
    values : array, respondents x items
    groups : array of respondents
        From 0, none empty.
    size, n_factors, generator
        As for `comparison_population`.

    Returns
    -------
    array, about size x items
        An item that nobody of a group answered has the distribution of all.
    """
    values, groups = in_one_order(values=values, groups=groups)
    parts = []
    for number in range(int(groups.max()) + 1):
        here = values[groups == number]
        unknown = np.isnan(here).all(axis=0)
        if unknown.any():
            here = np.vstack([here, np.where(unknown, values, np.nan)])
        share = float((groups == number).mean())
        parts.append(
            comparison_population(
                here, max(2, round(size * share)), n_factors=n_factors, generator=generator
            )
        )
    return np.vstack(parts)


def correlations(values: FloatArray) -> FloatArray:
    """Pearson correlations of the respondents who answered both items; 0 where there is none.

    Parameters
    ----------
    values : array, respondents x items
        NaN for no answer.

    Returns
    -------
    array, items x items
        1 on the diagonal.

    Examples
    --------
    >>> correlations(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, np.nan]]))
    array([[1., 1.],
           [1., 1.]])
    """
    if np.isnan(values).any():
        found = pd.DataFrame(values).corr().to_numpy(copy=True)
    else:
        centred = values - values.mean(axis=0)
        norms = np.sqrt(np.square(centred).sum(axis=0))
        centred /= np.where(norms > 0, norms, 1.0)
        found = centred.T @ centred
    found[np.isnan(found)] = 0.0
    np.fill_diagonal(found, 1.0)
    return np.asarray(found, dtype=float)


def factor_loadings(matrix: FloatArray, n_factors: int) -> FloatArray:
    """Extract principal axes.

    Parameters
    ----------
    matrix : array, items x items
        Correlations; need not be positive definite.
    n_factors : int

    Returns
    -------
    array, items x factors

    Examples
    --------
    >>> true = np.array([0.9, 0.8, 0.7, 0.6])
    >>> factor_loadings(np.outer(true, true), 1).round(1).ravel().__abs__().tolist()
    [0.9, 0.8, 0.7, 0.6]
    """
    reduced = matrix.copy()
    np.fill_diagonal(reduced, 0.0)
    common = np.abs(reduced).max(axis=0)
    loadings = np.zeros((len(matrix), n_factors))
    for _ in range(AXIS_ROUNDS):
        np.fill_diagonal(reduced, common)
        values, vectors = np.linalg.eigh(reduced)
        found = vectors[:, ::-1][:, :n_factors] * np.sqrt(np.maximum(values[::-1][:n_factors], 0))
        loadings[:, : found.shape[1]] = found
        explained = np.square(loadings).sum(axis=1)
        common = np.minimum(explained, _MOST_COMMON)
        loadings *= np.sqrt(common / np.maximum(explained, 1e-12))[:, np.newaxis]
    return loadings
