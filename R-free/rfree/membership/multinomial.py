"""Multinomial logit: what goes with belonging to each class, against a reference class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from rfree.base.inputs import FloatArray
from rfree.membership.design_matrix import DesignMatrix
from rfree.membership.firth import maximise_firth, profiled
from rfree.membership.likelihood import maximise_likelihood
from rfree.membership.membership_model import (
    MembershipModel,
    StandardErrors,
    check_model_options,
    summarise,
)
from rfree.membership.memberships import Memberships, read_memberships
from rfree.membership.separation_checks import multinomial_separation, separation_at

Penalty = Literal["ridge", "firth"]


@dataclass(frozen=True)
class MultinomialLikelihood:
    """Likelihood of classes under a multinomial logit.

    Parameters are the coefficients of each class but the reference (the first column of
    ``memberships``), class after class, intercept first.

    Attributes
    ----------
    design : array, n x terms
        First column of ones.
    memberships : array, n x K
        Degree to which each belongs to each class; reference first.
    weights : array of n floats
    """

    design: FloatArray
    memberships: FloatArray
    weights: FloatArray

    def value(self, parameters: FloatArray) -> float:
        """Weighted log-likelihood."""
        return float(self.weights @ (self.memberships * self._log_probabilities(
            self.design, parameters)).sum(axis=1))  # fmt: skip

    def scores(self, parameters: FloatArray) -> FloatArray:
        """Weighted derivatives by respondent, n x p."""
        fitted = self.probabilities(self.design, parameters)
        total = self.memberships.sum(axis=1, keepdims=True)
        residual = self.weights[:, None] * (self.memberships - total * fitted)[:, 1:]
        return _by_class(residual, self.design)

    def class_scores(self, parameters: FloatArray) -> FloatArray:
        """Scores had every respondent been of each class, classes x n x p."""
        classes = np.eye(self.memberships.shape[1])
        everybody = (np.broadcast_to(each, self.memberships.shape) for each in classes)
        return np.stack([replace(self, memberships=all_one).scores(parameters)
                         for all_one in everybody])  # fmt: skip

    def information(self, parameters: FloatArray) -> FloatArray:
        """Minus the second derivatives, p x p."""
        fitted = self.probabilities(self.design, parameters)[:, 1:]
        size = fitted.shape[1] * self.design.shape[1]
        total = self.weights * self.memberships.sum(axis=1)
        weighted = _by_class(fitted * np.sqrt(total)[:, None], self.design)
        information = -weighted.T @ weighted
        blocks = (self.design.T * (total * fitted.T)[:, None, :]) @ self.design
        for position, block in enumerate(blocks):
            part = slice(position * self.design.shape[1], (position + 1) * self.design.shape[1])
            information[part, part] += block
        return np.asarray(information.reshape(size, size))

    def probabilities(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        """Probability of each class, rows of ``design`` x classes."""
        return np.asarray(np.exp(self._log_probabilities(design, parameters)))

    def probability_gradient(
        self, design: FloatArray, parameters: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """Take the derivatives of the weighted mean probabilities, classes x p."""
        fitted = self.probabilities(design, parameters)
        classes = fitted.shape[1]
        # dP_c / d eta_a = P_c (1[c = a] - P_a)
        slopes = fitted[:, :, None] * (np.eye(classes)[None] - fitted[:, None, :])
        mean = np.einsum("i,ica,ij->caj", weights / weights.sum(), slopes[:, :, 1:], design,
                         optimize=True)  # fmt: skip
        return np.asarray(mean.reshape(classes, -1))

    def _log_probabilities(self, design: FloatArray, parameters: FloatArray) -> FloatArray:
        slopes = parameters.reshape(-1, design.shape[1])
        predictors = np.column_stack([np.zeros(len(design)), design @ slopes.T])
        # SciPy's logsumexp takes several times as long for small tables.
        predictors -= predictors.max(axis=1, keepdims=True)
        return np.asarray(predictors - np.log(np.exp(predictors).sum(axis=1, keepdims=True)))


def multinomial_logit(
    design: DesignMatrix,
    labels: npt.ArrayLike | None = None,
    *,
    reference: object,
    sample_weight: Sequence[float] | FloatArray | None = None,
    frequencies: bool = False,
    membership: npt.ArrayLike | None = None,
    penalty: Penalty | None = None,
    ridge: float = 1.0,
    standard_errors: StandardErrors | None = None,
    level: float = 0.95,
) -> MembershipModel:
    """Model the class of the respondents by their characteristics.

    Parameters
    ----------
    design : DesignMatrix
        Of all respondents (`rfree.membership.design_matrix.design_matrix`).
    labels : array of all respondents
        Class of each; those the design leaves out are dropped here. May be omitted with a
        ``membership`` DataFrame, whose columns name the classes.
    reference : class
        The class that the others are compared with.
    sample_weight : array of all respondents, or None
        Survey weights.
    frequencies : bool
        Whether weights are numbers of respondents.
    membership : array or DataFrame, all respondents x classes, or None
        Degrees of membership, rows summing to 1; columns in ascending order of the classes (a
        DataFrame's columns name them).
    penalty : {None, "ridge", "firth"}
        Remedy for separation and sparse cells. None is maximum likelihood.
    ridge : float
        Weight lambda of the ridge penalty, above 0.
    standard_errors : {None, "model", "robust"}
        Inverse information, or sandwich with respondents as clusters. By default robust with
        weights or memberships, model otherwise.
    level : float
        Of the confidence intervals.

    Returns
    -------
    MembershipModel
        Ratios are relative risk ratios against ``reference``.

    Raises
    ------
    ValueError
        If an argument is not as described.

    Notes
    -----
    log P(class k) / P(reference) = a_k + x b_k. Newton's method; statsmodels' ``MNLogit`` has the
    same maximum, without weights, memberships or penalty.

    *Memberships* m_ik put respondent i in K rows of weights m_ik, with standard errors
    clustered by respondent: the likelihood is sum_i w_i sum_k m_ik log P_ik.

    *Ridge* takes lambda / 2 sum_k sum_t (s_t (b_kt - mean over classes of b_t))^2 off the
    likelihood, s_t the standard deviation of term t, the reference class's b being 0; intercepts
    are free. It does not depend on the reference class (it does, a little, on the reference
    category). Standard errors are the inverse of the penalised information: intervals say what the
    data and the penalty leave open, and are centred on shrunken estimates. lambda = 1 weighs as
    much as knowing beforehand that coefficients of standardised terms are about 1 or less.

    *Firth* adds half the log determinant of the information (Jeffreys's prior), which takes away
    the first-order bias and keeps estimates finite under separation (Firth 1993; Kosmidis & Firth
    2011 for this model). Its standard errors are the inverse information at the estimates.
    Intervals and tests are those of the profile penalised likelihood (Heinze & Schemper 2002;
    `rfree.membership.firth.profiled`), for under separation the likelihood is far from symmetric
    and Wald's miss; with robust standard errors they stay Wald's.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfree.membership.design_matrix import design_matrix
    >>> table = pd.DataFrame({"practice": ["solo"] * 8 + ["group"] * 8})
    >>> classes = [1, 1, 1, 1, 1, 1, 2, 2] + [1, 1, 2, 2, 2, 2, 2, 2]
    >>> design = design_matrix(table, references={"practice": "group"})
    >>> model = multinomial_logit(design, classes, reference=2)
    >>> model.coefficients[["outcome", "term", "ratio"]].round(3)
       outcome            term  ratio
    0        1     (intercept)  0.333
    1        1  practice: solo  9.000
    """
    check_model_options(penalty, ("ridge", "firth"), ridge, standard_errors, level)
    given = read_memberships(design, labels, sample_weight, membership, frequencies=frequencies)
    given = _reference_first(given, reference)
    likelihood = MultinomialLikelihood(given.design, given.memberships, given.weights)
    start = _shares_only(given)
    shrinkage = _ridge_matrix(given, ridge if penalty == "ridge" else 0.0)
    if penalty == "firth":
        maximum = maximise_firth(likelihood, start)
    else:
        maximum = maximise_likelihood(likelihood, start, shrinkage)
    plain = maximum if penalty is None else maximise_likelihood(likelihood, start, 0 * shrinkage)
    separation = separation_at(plain, likelihood, given, multinomial_separation)
    model = summarise(
        "multinomial", likelihood, maximum, given, design=design, separation=separation,
        penalty=penalty, ridge=ridge, standard_errors=standard_errors, level=level,
    )  # fmt: skip
    by_model = model.fit["standard_errors"].item() == "model"
    return profiled(model, likelihood, maximum) if penalty == "firth" and by_model else model


def _reference_first(given: Memberships, reference: object) -> Memberships:
    if reference not in given.classes:
        listed = ", ".join(map(str, given.classes))
        raise ValueError(f"reference is {reference!r}; expected one of the classes: {listed}.")
    first = given.classes.index(reference)
    order = [first, *(k for k in range(len(given.classes)) if k != first)]
    return given.reordered(order)


def _shares_only(given: Memberships) -> FloatArray:
    """Estimates of a model without terms."""
    sizes = given.weights @ given.memberships
    start = np.zeros((len(sizes) - 1, given.design.shape[1]))
    start[:, 0] = np.log(sizes[1:] / sizes[0])
    return start.ravel()


def _ridge_matrix(given: Memberships, ridge: float) -> FloatArray:
    classes = given.memberships.shape[1]
    spread = given.spreads
    spread[0] = 0.0
    between = np.eye(classes - 1) - np.full((classes - 1, classes - 1), 1 / classes)
    return np.asarray(ridge * np.kron(between, np.diag(spread**2)))


def _by_class(columns: FloatArray, design: FloatArray) -> FloatArray:
    """Products of each class's column with every term, n x (classes terms)."""
    return np.asarray((columns[:, :, None] * design[:, None, :]).reshape(len(design), -1))
