"""Models of the true class, when respondents were assigned to classes with known errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import logit, xlogy

from rfree.base.inputs import FloatArray, IntArray
from rfree.membership.design_matrix import DesignMatrix
from rfree.membership.likelihood import Likelihood, Maximum, maximise_likelihood
from rfree.membership.membership_model import MembershipModel, check_model_options, summarise
from rfree.membership.memberships import Memberships, read_memberships
from rfree.membership.multinomial import MultinomialLikelihood
from rfree.membership.ordered import OrderedLikelihood
from rfree.membership.separation_checks import CLEARLY_POSITIVE, Separation, sparse_cells
from rfree.membership.three_step.misclassified import MisclassifiedLikelihood

_Correction = Literal["bch", "ml"]

MOST_ERRORS = 1e6
"""Condition number of a matrix of errors beyond which its inverse means nothing."""

RISING = 1e-6
"""Slope, as a share of the respondents, above which a maximum was not reached."""


def corrected_multinomial(
    design: DesignMatrix,
    labels: npt.ArrayLike,
    *,
    errors: pd.DataFrame,
    reference: object,
    correction: _Correction = "bch",
    sample_weight: Sequence[float] | FloatArray | None = None,
    penalty: Literal["ridge"] | None = None,
    ridge: float = 1.0,
    level: float = 0.95,
) -> MembershipModel:
    """Model the true class of respondents assigned with error, by their characteristics.

    Parameters
    ----------
    design : DesignMatrix
        Of all respondents (`rfree.membership.design_matrix.design_matrix`).
    labels : array of all respondents
        Class that each was assigned to.
    errors : DataFrame, true class x assigned class
        Rows sum to 1: see `rfree.membership.three_step.classification_errors`.
    reference : class
        The class that the others are compared with.
    correction : {"bch", "ml"}
        That of Bolck, Croon and Hagenaars, or maximum likelihood.
    sample_weight : array of all respondents, or None
        Survey weights.
    penalty : {None, "ridge"}
        Remedy where the estimates diverge, as in `rfree.membership.multinomial.multinomial_logit`.
    ridge, level : float
        As there.

    Returns
    -------
    MembershipModel
        Ratios are relative risk ratios against ``reference``, of the true classes; ``fit`` has
        ``converged`` False where the estimates diverge. Standard errors are robust.

    Raises
    ------
    ValueError
        If an argument is not as described, the errors cannot be undone, or they leave a class
        without members.

    Notes
    -----
    *Three steps*: classes are found; respondents are assigned to them; the classes assigned are
    modelled. As some are assigned to another class than theirs, the last step shrinks differences.
    With D_ts the probability that a member of t is assigned to s, whatever the characteristics:

    - *BCH* (Bolck, Croon & Hagenaars 2004; Vermunt 2010): a respondent assigned to s counts in each
      class t for (D^-1)_st, a weight that may be negative. The expectation of these weights is
      the true membership. The weighted likelihood is maximised as if it were known.
    - *ML* (Vermunt 2010): sum_i w_i log sum_t P(t | x_i) D_(t, s_i) is maximised, D being fixed, by
      scoring steps. It is more precise, and relies more on D and on the model. Where fewer of an
      answer are assigned to a class than errors alone would be, BCH's estimate is infinite, and a
      ridge leaves it huge; that of ML with a ridge is not.

    Without error (D the identity) both are the plain model. Standard errors are the sandwich's, a
    respondent a cluster (Vermunt 2010; Bakk, Tekle & Vermunt 2013): the weights of BCH are not the
    numbers of anything. They do not hold the uncertainty of D itself.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> table = pd.DataFrame({"practice": ["solo"] * 10 + ["group"] * 10})
    >>> assigned = [1] * 7 + [2] * 3 + [1] * 3 + [2] * 7  # odds ratio of 49 / 9
    >>> errors = pd.DataFrame([[0.9, 0.1], [0.1, 0.9]], index=[1, 2], columns=[1, 2])
    >>> design = design_matrix(table, references={"practice": "group"})
    >>> model = corrected_multinomial(design, assigned, errors=errors, reference=2)
    >>> model.coefficients["ratio"].round(3).tolist()  # (0.7 - 0.1) / 0.8 of 1, and 0.25: 1/3, 9
    [0.333, 9.0]
    """
    check_model_options(penalty, ("ridge",), ridge, None, level)
    given = _read(design, labels, errors, sample_weight, correction)
    if reference not in given.classes:
        listed = ", ".join(map(str, given.classes))
        raise ValueError(f"reference is {reference!r}; expected one of the classes: {listed}.")
    first = given.classes.index(reference)
    given = given.reordered([first, *(k for k in range(len(given.classes)) if k != first)])
    plain = MultinomialLikelihood(given.design, given.counted.memberships, given.weights)
    sizes = given.counted.sizes
    start: FloatArray = np.zeros((len(sizes) - 1, given.design.shape[1]))
    start[:, 0] = np.log(sizes[1:] / sizes[0])
    between = np.eye(len(sizes) - 1) - 1 / len(sizes)
    spread = given.counted.spreads
    spread[0] = 0.0
    shrinkage: FloatArray = np.kron(between, np.diag(spread**2)).astype(np.float64)
    return _fitted("multinomial", plain, given, start.ravel(), shrinkage, design=design,
                   correction=correction, penalty=penalty, ridge=ridge, level=level)  # fmt: skip


def corrected_ordered(
    design: DesignMatrix,
    labels: npt.ArrayLike,
    *,
    errors: pd.DataFrame,
    order: Sequence[object] | None = None,
    correction: _Correction = "bch",
    sample_weight: Sequence[float] | FloatArray | None = None,
    penalty: Literal["ridge"] | None = None,
    ridge: float = 1.0,
    level: float = 0.95,
) -> MembershipModel:
    """Model how high the true class of respondents assigned with error is.

    Parameters
    ----------
    design, labels, errors, correction, sample_weight, ridge, level
        As in `corrected_multinomial`.
    order : sequence of classes, optional
        All of them, from low to high. By default ascending.
    penalty : {None, "ridge"}
        Remedy where the estimates diverge.

    Returns
    -------
    MembershipModel
        Ratios are odds ratios of a higher true class, as in
        `rfree.membership.ordered.ordered_logit`. ``fit`` has ``converged`` False where the
        estimates diverge. Standard errors are robust.

    Raises
    ------
    ValueError
        If an argument is not as described, the errors cannot be undone, or they leave a class
        without members.

    Notes
    -----
    See `corrected_multinomial`. With the negative weights of BCH the likelihood of an ordered logit
    need not be concave; with many errors its maximum may not exist where that of ML does.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> table = pd.DataFrame({"practice": ["solo"] * 10 + ["group"] * 10})
    >>> assigned = [1] * 7 + [2] * 3 + [1] * 3 + [2] * 7
    >>> errors = pd.DataFrame([[0.9, 0.1], [0.1, 0.9]], index=[1, 2], columns=[1, 2])
    >>> design = design_matrix(table, references={"practice": "solo"})
    >>> model = corrected_ordered(design, assigned, errors=errors, correction="ml")
    >>> model.coefficients["ratio"].round(3).tolist()
    [9.0, 3.0]
    """
    check_model_options(penalty, ("ridge",), ridge, None, level)
    given = _read(design, labels, errors, sample_weight, correction)
    if order is not None:
        if len(order) != len(given.classes) or set(order) != set(given.classes):
            raise ValueError(
                f"order names {', '.join(map(str, order))}; expected every class once: "
                f"{', '.join(map(str, given.classes))}."
            )
        given = given.reordered([given.classes.index(name) for name in order])
    plain = OrderedLikelihood(given.design, given.counted.memberships, given.weights)
    n_slopes = given.design.shape[1] - 1
    sizes = given.counted.sizes
    start = np.concatenate([np.zeros(n_slopes), logit(sizes.cumsum()[:-1] / sizes.sum())])
    shrinkage = np.zeros((len(start), len(start)))
    np.fill_diagonal(shrinkage[:n_slopes, :n_slopes], given.counted.spreads[1:] ** 2)
    return _fitted("ordered", plain, given, start, shrinkage, design=design,
                   correction=correction, penalty=penalty, ridge=ridge, level=level)  # fmt: skip


@dataclass(frozen=True)
class _Assigned:
    """Respondents assigned with error, and how they count in the true classes."""

    counted: Memberships
    labelled: Memberships
    errors: FloatArray

    @property
    def classes(self) -> tuple[object, ...]:
        return self.counted.classes

    @property
    def design(self) -> FloatArray:
        return self.counted.design

    @property
    def weights(self) -> FloatArray:
        return self.counted.weights

    @property
    def codes(self) -> IntArray:
        return np.asarray(self.labelled.memberships.argmax(axis=1), dtype=np.int64)

    def reordered(self, order: Sequence[int]) -> _Assigned:
        return _Assigned(
            self.counted.reordered(order),
            self.labelled.reordered(order),
            self.errors[np.ix_(order, order)],
        )


def _read(
    design: DesignMatrix,
    labels: npt.ArrayLike,
    errors: pd.DataFrame,
    sample_weight: Sequence[float] | FloatArray | None,
    correction: str,
) -> _Assigned:
    if correction not in ("bch", "ml"):
        raise ValueError(f"correction is {correction!r}; expected 'bch' or 'ml'.")
    labelled = read_memberships(design, labels, sample_weight, None)
    matrix = _error_matrix(errors, labelled.classes)
    weights = labelled.memberships @ np.linalg.inv(matrix)
    counted = replace(labelled, memberships=weights, uncertain=True)
    without = [
        str(name) for name, size in zip(counted.classes, counted.sizes, strict=True) if size <= 0
    ]
    if without:
        raise ValueError(
            f"Once errors are undone, nobody is left in class {', '.join(without)}: it has fewer "
            "respondents than are assigned to it by error alone."
        )
    return _Assigned(counted, labelled, matrix)


def _error_matrix(errors: pd.DataFrame, classes: tuple[object, ...]) -> FloatArray:
    if set(errors.index) != set(classes) or set(errors.columns) != set(classes):
        raise ValueError(
            f"errors has rows {', '.join(map(str, errors.index))} and columns "
            f"{', '.join(map(str, errors.columns))}; expected the classes on both sides: "
            f"{', '.join(map(str, classes))}."
        )
    matrix = errors.loc[list(classes), list(classes)].to_numpy(dtype=float, na_value=np.nan)
    shares = np.isfinite(matrix).all() and (matrix >= 0).all()
    if not (shares and np.allclose(matrix.sum(axis=1), 1, atol=1e-6)):
        raise ValueError("errors must hold shares of at least 0 whose rows sum to 1.")
    if np.linalg.cond(matrix) > MOST_ERRORS:
        raise ValueError("errors cannot be undone: two classes are assigned alike.")
    return np.asarray(matrix / matrix.sum(axis=1, keepdims=True))


def _fitted(
    kind: Literal["multinomial", "ordered"],
    plain: MultinomialLikelihood | OrderedLikelihood,
    given: _Assigned,
    start: FloatArray,
    shrinkage: FloatArray,
    *,
    design: DesignMatrix,
    correction: str,
    penalty: str | None,
    ridge: float,
    level: float,
) -> MembershipModel:
    likelihood: Likelihood = plain
    if correction == "ml":
        likelihood = MisclassifiedLikelihood(
            plain, given.design, given.weights, given.errors, given.codes
        )
    penalised = shrinkage * (ridge if penalty == "ridge" else 0.0)
    maximum = _checked(
        maximise_likelihood(likelihood, start, penalised), likelihood, penalised, given
    )
    none = pd.DataFrame({"outcome": [], "term": [], "direction": []})
    model = summarise(
        kind, likelihood, maximum, given.counted, design=design,
        separation=Separation("none", none, sparse_cells(given.labelled)),
        penalty=penalty, ridge=ridge, standard_errors="robust", level=level,
    )  # fmt: skip
    return model if correction == "bch" else replace(model, fit=_of_assigned(model, given))


def _checked(
    maximum: Maximum, likelihood: Likelihood, penalty: FloatArray, given: _Assigned
) -> Maximum:
    """Tell a summit from where the climb ended: not all these likelihoods are concave or bounded.

    It rises for ever where some probability falls to nothing, unless a penalty holds it.
    """
    slope = likelihood.scores(maximum.parameters).sum(axis=0) - penalty @ maximum.parameters
    curved = np.linalg.eigvalsh(maximum.information).min() > 0
    level_enough = np.abs(slope).max() < RISING * len(given.design)
    fitted = likelihood.probabilities(given.design, maximum.parameters)
    held = bool(penalty.any()) or fitted.min() > CLEARLY_POSITIVE
    return replace(maximum, converged=bool(maximum.converged and curved and level_enough and held))


def _of_assigned(model: MembershipModel, given: _Assigned) -> pd.DataFrame:
    """Measure the fit of ML against the shares of the classes assigned, which no term explains."""
    sizes = given.labelled.sizes
    null = float(xlogy(sizes, sizes / sizes.sum()).sum())
    height = model.fit["log_likelihood"].item()
    return model.fit.assign(log_likelihood_null=null, mcfadden=1 - height / null)
