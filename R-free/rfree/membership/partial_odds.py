"""Partial proportional odds: slopes that differ from limit to limit, for some characteristics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit

from rfree.base.inputs import FloatArray, with_near_names
from rfree.membership.design_matrix import DesignMatrix
from rfree.membership.likelihood import Maximum, maximise_likelihood
from rfree.membership.membership_model import (
    MembershipModel,
    StandardErrors,
    check_model_options,
    summarise,
)
from rfree.membership.memberships import Memberships, memberships_in_order, read_memberships
from rfree.membership.separation_checks import CLEARLY_POSITIVE, Separation, sparse_cells


@dataclass(frozen=True)
class PartialOddsLikelihood:
    """Likelihood of ascending classes, some slopes being those of each limit.

    Parameters are the slopes alike at all limits, those of the first limit, of the second and so
    on, then the limits.

    Attributes
    ----------
    design : array, n x (1 + terms)
        First column of ones, not used: the limits stand for it.
    memberships : array, n x K
        Degree to which each belongs to each class, ascending.
    weights : array of n floats
    own : array of terms, bool
        Which terms have a slope of their own at each limit.
    """

    design: FloatArray
    memberships: FloatArray
    weights: FloatArray
    own: npt.NDArray[np.bool_]

    def value(self, parameters: FloatArray) -> float:
        """Weighted log-likelihood; -inf where a class that somebody has is impossible."""
        fitted = self.probabilities(self.design, parameters)
        seen = self.memberships > 0
        if (fitted <= 0).any():
            return -np.inf
        logs = np.log(fitted, where=seen, out=np.zeros_like(fitted))
        return float(self.weights @ (self.memberships * logs).sum(axis=1))

    def scores(self, parameters: FloatArray) -> FloatArray:
        """Weighted derivatives by respondent, n x p."""
        per_class = self.weights[:, None] * self.memberships
        per_class /= self.probabilities(self.design, parameters)
        per_limit = (per_class[:, :-1] - per_class[:, 1:]) * self._densities(parameters)
        found = np.zeros((len(self.design), len(parameters)))
        for limit, columns in enumerate(self._columns):
            found[:, columns] += per_limit[:, limit, None] * self._moved
        return found

    def class_scores(self, parameters: FloatArray) -> FloatArray:
        """Scores had every respondent been of each class, classes x n x p."""
        fitted = self.probabilities(self.design, parameters)
        slopes = self._probability_slopes(self.design, parameters)
        return np.asarray(slopes * (self.weights[:, None] / fitted).T[:, :, None])

    def information(self, parameters: FloatArray) -> FloatArray:
        """Minus the second derivatives as expected, p x p."""
        fitted = self.probabilities(self.design, parameters)
        per_class = (self.weights * self.memberships.sum(axis=1))[:, None] / fitted
        density = self._densities(parameters)
        # A class lies between two limits: only limits that are neighbours have something in common.
        alone = (per_class[:, :-1] + per_class[:, 1:]) * density**2
        shared = -per_class[:, 1:-1] * density[:, :-1] * density[:, 1:]
        found = np.zeros((len(parameters), len(parameters)))
        columns = self._columns
        for limit, own in enumerate(columns):
            found[np.ix_(own, own)] += self._moved.T @ (alone[:, limit, None] * self._moved)
        for limit, (lower, upper) in enumerate(pairwise(columns)):
            between = self._moved.T @ (shared[:, limit, None] * self._moved)
            found[np.ix_(lower, upper)] += between
            found[np.ix_(upper, lower)] += between
        return found

    def probabilities(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Probability of each class, rows of ``design`` x classes; may be negative elsewhere."""
        below = expit(self._edges(design, parameters))
        ends = np.ones((len(design), 1))
        return np.diff(np.hstack([0 * ends, below, ends]), axis=1)

    def probability_gradient(
        self, design: FloatArray, parameters: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """Take the derivatives of the weighted mean probabilities, classes x p."""
        slopes = self._probability_slopes(design, parameters)
        return np.asarray(np.einsum("i,kip->kp", weights / weights.sum(), slopes))

    @property
    def _n_limits(self) -> int:
        return int(self.memberships.shape[1] - 1)

    @cached_property
    def _moved(self) -> FloatArray:
        """What each parameter of a limit moves its log odds by, n x (terms + 1)."""
        terms = self.design[:, 1:]
        ones = np.ones((len(terms), 1))
        return np.hstack([-terms[:, ~self.own], -terms[:, self.own], ones])

    @cached_property
    def _columns(self) -> list[npt.NDArray[np.intp]]:
        """Return the parameters of each limit, in the order of `_moved`."""
        alike, own = int((~self.own).sum()), int(self.own.sum())
        limits = alike + own * self._n_limits
        return [
            np.r_[0:alike, alike + limit * own : alike + (limit + 1) * own, limits + limit]
            for limit in range(self._n_limits)
        ]

    def _densities(self, parameters: FloatArray) -> FloatArray:
        """Take the derivatives of the probabilities of being up to each limit, n x (K - 1)."""
        edges = self._edges(self.design, parameters)
        return np.asarray(expit(edges) * expit(-edges))

    def _edges(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Log odds of being up to each limit, n x (K - 1)."""
        alike, own = int((~self.own).sum()), int(self.own.sum())
        terms = design[:, 1:]
        slopes = parameters[alike : alike + own * self._n_limits].reshape(self._n_limits, own)
        common = terms[:, ~self.own] @ parameters[:alike]
        limits = parameters[alike + own * self._n_limits :]
        return np.asarray(limits - common[:, None] - terms[:, self.own] @ slopes.T)

    def _probability_slopes(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Take the derivatives of the probability of each class, classes x n x p."""
        edges = self._edges(design, parameters)
        density = expit(edges) * expit(-edges)
        alike, own = int((~self.own).sum()), int(self.own.sum())
        terms, n_limits = design[:, 1:], self._n_limits
        by_limit = np.zeros((n_limits, len(design), len(parameters)))
        for limit in range(n_limits):
            first = alike + limit * own
            by_limit[limit, :, :alike] = -terms[:, ~self.own]
            by_limit[limit, :, first : first + own] = -terms[:, self.own]
            by_limit[limit, :, alike + own * n_limits + limit] = 1.0
        by_limit *= density.T[:, :, None]
        none = np.zeros((1, *by_limit.shape[1:]))
        return np.diff(np.concatenate([none, by_limit, none]), axis=0)


def partial_ordered_logit(
    design: DesignMatrix,
    labels: npt.ArrayLike,
    *,
    own_slopes: Sequence[str],
    order: Sequence[object] | None = None,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    standard_errors: StandardErrors | None = None,
    level: float = 0.95,
) -> MembershipModel:
    """Model how high the class is, some characteristics counting differently at each limit.

    Parameters
    ----------
    design : DesignMatrix
        Of all respondents (`rfree.membership.design_matrix.design_matrix`).
    labels, sample_weight, frequencies, standard_errors, level
        As in `rfree.membership.multinomial.multinomial_logit`.
    own_slopes : sequence of variables
        Those whose odds ratios are not the same at every limit, such as those that
        `rfree.membership.proportional_odds.brant_test` rejects; all of their terms.
    order : sequence of classes, optional
        All of them, from low to high. By default ascending.

    Returns
    -------
    MembershipModel
        Of ``kind`` "partial". ``outcome`` is the limit of a slope of its own, such as "1|2", and ""
        of one that holds at all limits. ``fit`` has ``converged`` False where estimates diverge, or
        where the best fit makes some class impossible for somebody.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    logit P(class <= j) = a_j - x b - z g_j (Peterson & Harrell 1990; Williams 2006). The lines may
    cross outside the characteristics that occur: probabilities hold within them only. Scoring
    steps; standard errors come from the expected information, as in R's ``VGAM::vglm``.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> table = pd.DataFrame({"practice": ["solo"] * 12 + ["group"] * 12})
    >>> classes = [1] * 6 + [2] * 4 + [3] * 2 + [1] * 2 + [2] * 2 + [3] * 8
    >>> design = design_matrix(table, references={"practice": "solo"})
    >>> model = partial_ordered_logit(design, classes, own_slopes=["practice"])
    >>> model.coefficients[["outcome", "term", "ratio"]].round(3)  # 10/2 over 1, 8/4 over 2/10
      outcome             term  ratio
    0     1|2  practice: group    5.0
    1     2|3  practice: group   10.0
    2                      1|2    1.0
    3                      2|3    5.0
    """
    check_model_options(None, (), 1.0, standard_errors, level)
    given = read_memberships(design, labels, sample_weight, None, frequencies=frequencies)
    if order is not None:
        given = memberships_in_order(given, order)
    variables = list(dict.fromkeys(given.terms["variable"]))
    if wrong := [name for name in own_slopes if name not in variables]:
        raise ValueError(f"own_slopes: no characteristic {with_near_names(wrong, variables)}.")
    if len(given.classes) < 3:
        raise ValueError("Two classes have one limit only: all slopes are its own.")
    own = given.terms["variable"].isin(own_slopes).to_numpy(dtype=bool)
    likelihood = PartialOddsLikelihood(given.design, given.memberships, given.weights, own)
    below = given.sizes.cumsum()[:-1] / given.sizes.sum()
    n_slopes = int((~own).sum() + own.sum() * len(below))
    start = np.concatenate([np.zeros(n_slopes), logit(below)])
    maximum = maximise_likelihood(likelihood, start, np.zeros((len(start), len(start))))
    held = _held(maximum, likelihood, given)
    if not held.converged:  # at the border, the information is singular
        standard_errors = "model"
    none = pd.DataFrame({"outcome": [], "term": [], "direction": []})
    return summarise(
        "partial", likelihood, held, given, design=design,
        separation=Separation("none", none, sparse_cells(given)), heading=_heading(given, own),
        penalty=None, ridge=1.0, standard_errors=standard_errors, level=level,
    )  # fmt: skip


def _held(maximum: Maximum, likelihood: PartialOddsLikelihood, given: Memberships) -> Maximum:
    """Tell a summit from the border, where some probability falls to nothing."""
    fitted = likelihood.probabilities(given.design, maximum.parameters)
    inside = bool(fitted.min() > CLEARLY_POSITIVE)
    return replace(maximum, converged=maximum.converged and inside)


def _heading(given: Memberships, own: npt.NDArray[np.bool_]) -> pd.DataFrame:
    limits = [f"{lower}|{upper}" for lower, upper in
              zip(given.classes[:-1], given.classes[1:], strict=True)]  # fmt: skip
    names = ["term", "variable", "category"]
    slopes = [given.terms.loc[~own, names].assign(outcome="")]
    slopes += [given.terms.loc[own, names].assign(outcome=limit) for limit in limits]
    heading = pd.concat(slopes, ignore_index=True).assign(kind="slope")
    thresholds = pd.DataFrame({"outcome": "", "term": limits, "variable": "", "category": "",
                               "kind": "threshold"})  # fmt: skip
    return pd.concat([heading, thresholds], ignore_index=True)[["outcome", *names, "kind"]]
