"""Ordered logit: what goes with belonging to a higher class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from rfree.base.inputs import FloatArray
from rfree.membership.design_matrix import DesignMatrix
from rfree.membership.likelihood import maximise_likelihood
from rfree.membership.membership_model import (
    MembershipModel,
    StandardErrors,
    check_model_options,
    summarise,
)
from rfree.membership.memberships import memberships_in_order, read_memberships
from rfree.membership.separation_checks import ordered_separation, separation_at


@dataclass(frozen=True)
class OrderedLikelihood:
    """Likelihood of ascending classes under proportional odds.

    Parameters are the slopes, then the limits between classes.

    Attributes
    ----------
    design : array, n x (1 + terms)
        First column of ones, not used: the limits stand for it.
    memberships : array, n x K
        Degree to which each belongs to each class, ascending.
    weights : array of n floats
    """

    design: FloatArray
    memberships: FloatArray
    weights: FloatArray

    def value(self, parameters: FloatArray) -> float:
        """Weighted log-likelihood; -inf when the limits do not ascend."""
        if (np.diff(parameters[self._n_slopes :]) <= 0).any():
            return -np.inf
        fitted = self.probabilities(self.design, parameters)
        # Not below 0 either: degrees that undo errors of assignment may be.
        seen = self.memberships != 0
        if (fitted[seen] <= 0).any():
            return -np.inf
        logs = np.log(fitted, where=seen, out=np.zeros_like(fitted))
        return float(self.weights @ (self.memberships * logs).sum(axis=1))

    def scores(self, parameters: FloatArray) -> FloatArray:
        """Weighted derivatives by respondent, n x p."""
        upper, lower = self._limit_slopes(parameters)[:2]
        return self._by_parameter(upper, lower)

    def class_scores(self, parameters: FloatArray) -> FloatArray:
        """Scores had every respondent been of each class, classes x n x p."""
        classes = np.eye(self.memberships.shape[1])
        everybody = (np.broadcast_to(each, self.memberships.shape) for each in classes)
        return np.stack([replace(self, memberships=all_one).scores(parameters)
                         for all_one in everybody])  # fmt: skip

    def information(self, parameters: FloatArray) -> FloatArray:
        """Minus the second derivatives, p x p."""
        upper, lower, upper2, lower2, crossed = self._limit_slopes(parameters)
        predictors, n_slopes = self.design[:, 1:], self._n_slopes
        degree = self.memberships * self.weights[:, None]
        # Second derivatives by the upper and the lower limit of each class, and by both.
        by_upper = degree * (upper2 - upper**2)
        by_lower = degree * (lower2 - lower**2)
        by_both = degree * crossed
        limits = _at_limits(by_upper, by_lower)
        bends = np.diag(limits.sum(axis=0))
        beside = by_both[:, 1:-1].sum(axis=0)
        bends += np.diag(beside, 1) + np.diag(beside, -1)
        # A slope moves both limits of a class together.
        mixed = limits + by_both[:, :-1] + by_both[:, 1:]
        own = mixed.sum(axis=1)
        hessian = np.empty((len(parameters), len(parameters)))
        hessian[:n_slopes, :n_slopes] = predictors.T @ (predictors * own[:, None])
        hessian[:n_slopes, n_slopes:] = -predictors.T @ mixed
        hessian[n_slopes:, :n_slopes] = hessian[:n_slopes, n_slopes:].T
        hessian[n_slopes:, n_slopes:] = bends
        return np.asarray(-hessian)

    def probabilities(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Probability of each class, rows of ``design`` x classes."""
        edges = self._edges(design, parameters)
        # On the side of the tail where differences keep their digits.
        right = edges[:, :-1] > 0
        below = expit(edges[:, 1:]) - expit(edges[:, :-1])
        above = expit(-edges[:, :-1]) - expit(-edges[:, 1:])
        return np.asarray(np.where(right, above, below))

    def probability_gradient(
        self, design: FloatArray, parameters: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """Take the derivatives of the weighted mean probabilities, classes x p."""
        edges = self._edges(design, parameters)
        density = expit(edges) * expit(-edges) * (weights / weights.sum())[:, None]
        slopes = -np.diff(density, axis=1).T @ design[:, 1:]
        at_limit = density[:, 1:-1].sum(axis=0)
        classes = len(at_limit) + 1
        limits = np.zeros((classes, classes - 1))
        limits[np.arange(classes - 1), np.arange(classes - 1)] = at_limit
        limits[np.arange(1, classes), np.arange(classes - 1)] = -at_limit
        return np.hstack([slopes, limits])

    @property
    def _n_slopes(self) -> int:
        return int(self.design.shape[1] - 1)

    def _edges(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Limits of every class less the predictor, n x (K + 1), infinite at the ends."""
        n_slopes = design.shape[1] - 1
        predictor = design[:, 1:] @ parameters[:n_slopes]
        inner = parameters[n_slopes:] - predictor[:, None]
        ends = np.full((len(design), 1), np.inf)
        return np.hstack([-ends, inner, ends])

    def _limit_slopes(self, parameters: FloatArray) -> tuple[FloatArray, ...]:
        """Take derivatives of each class's probability by its limits, over it (n x K each)."""
        edges = self._edges(self.design, parameters)
        density = expit(edges) * expit(-edges)
        change = density * (expit(-edges) - expit(edges))
        # A class without membership may have a probability of 0: it counts for nothing.
        size = self.probabilities(self.design, parameters)
        share = np.divide(self.memberships != 0, size, out=np.zeros_like(size), where=size > 0)
        upper, lower = density[:, 1:] * share, -density[:, :-1] * share
        return upper, lower, change[:, 1:] * share, -change[:, :-1] * share, -upper * lower

    def _by_parameter(self, upper: FloatArray, lower: FloatArray) -> FloatArray:
        degree = self.memberships * self.weights[:, None]
        at_limits = _at_limits(degree * upper, degree * lower)
        slopes = -self.design[:, 1:] * at_limits.sum(axis=1, keepdims=True)
        return np.hstack([slopes, at_limits])


def ordered_logit(
    design: DesignMatrix,
    labels: npt.ArrayLike | None = None,
    *,
    order: Sequence[object] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    membership: npt.ArrayLike | None = None,
    penalty: Literal["ridge"] | None = None,
    ridge: float = 1.0,
    standard_errors: StandardErrors | None = None,
    level: float = 0.95,
) -> MembershipModel:
    """Model how high the class of the respondents is by their characteristics.

    Parameters
    ----------
    design : DesignMatrix
        Of all respondents (`rfree.membership.design_matrix.design_matrix`).
    labels, sample_weight, frequencies, membership, ridge, standard_errors, level
        As in `rfree.membership.multinomial.multinomial_logit`.
    order : sequence of classes, optional
        All of them, from low to high. By default ascending.
    penalty : {None, "ridge"}
        Remedy for separation and sparse cells.

    Returns
    -------
    MembershipModel
        Ratios are odds ratios of a higher class, whatever the limit between low and high
        (proportional odds: see `rfree.membership.proportional_odds.brant_test`).

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    logit P(class <= j) = a_j - x b (McCullagh 1980), the sign of b as in R's ``MASS::polr``.
    Newton's method, with observed information; statsmodels' ``OrderedModel`` has the same maximum,
    without weights, memberships or penalty. Ridge takes lambda / 2 sum_t (s_t b_t)^2 off the
    likelihood, s_t the standard deviation of term t.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfree.membership.design_matrix import design_matrix
    >>> table = pd.DataFrame({"practice": ["solo"] * 8 + ["group"] * 8})
    >>> classes = [1, 1, 1, 1, 1, 1, 2, 2] + [1, 1, 2, 2, 2, 2, 2, 2]
    >>> design = design_matrix(table, references={"practice": "solo"})
    >>> ordered_logit(design, classes).coefficients[["term", "kind", "ratio"]].round(3)
                  term       kind  ratio
    0  practice: group      slope    9.0
    1              1|2  threshold    3.0
    """
    check_model_options(penalty, ("ridge",), ridge, standard_errors, level)
    given = read_memberships(design, labels, sample_weight, membership, frequencies=frequencies)
    if order is not None:
        given = memberships_in_order(given, order)
    likelihood = OrderedLikelihood(given.design, given.memberships, given.weights)
    n_slopes = given.design.shape[1] - 1
    below = given.sizes.cumsum()[:-1] / given.sizes.sum()
    start = np.concatenate([np.zeros(n_slopes), logit(below)])
    shrinkage = np.zeros((len(start), len(start)))
    if penalty == "ridge":
        np.fill_diagonal(shrinkage[:n_slopes, :n_slopes], ridge * given.spreads[1:] ** 2)
    maximum = maximise_likelihood(likelihood, start, shrinkage)
    plain = maximum if penalty is None else maximise_likelihood(likelihood, start, 0 * shrinkage)
    separation = separation_at(plain, likelihood, given, ordered_separation)
    return summarise(
        "ordered", likelihood, maximum, given, design=design, separation=separation,
        penalty=penalty, ridge=ridge, standard_errors=standard_errors, level=level,
    )  # fmt: skip


def _at_limits(by_upper: FloatArray, by_lower: FloatArray) -> FloatArray:
    """Add up what the classes on both sides of each limit say, n x (K - 1)."""
    return by_upper[:, :-1] + by_lower[:, 1:]
