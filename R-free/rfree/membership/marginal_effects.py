"""Average marginal effects: what a characteristic changes in the probability of each class."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from rfree.base.inputs import FloatArray
from rfree.membership.membership_model import MembershipModel

# Step of the slope by a number, in standard deviations: its error is of the order of its square.
STEP = 1e-4


def average_marginal_effects(model: MembershipModel) -> pd.DataFrame:
    """Average, over the respondents, the effect of every term on every class.

    Parameters
    ----------
    model : MembershipModel
        Multinomial or ordered, every estimate finite.

    Returns
    -------
    DataFrame
        A row for every term and class: ``term``, ``variable``, ``category``, ``reference``
        (category compared with), ``kind`` ("difference" for a category, "slope" for a number),
        ``class``, ``effect`` (percentage points; a slope's are for one unit of its term, such as
        ten years), ``std_error``, ``z``, ``p_value``, ``low``, ``high`` (interval of the model's
        level). Effects of a term add up to 0 over the classes.

    Raises
    ------
    ValueError
        If an estimate is infinite.

    Notes
    -----
    Difference: mean probability if everyone had the category less if everyone had the
    reference, all else as it is. Slope: mean derivative, by central differences. Means are
    weighted like the model. Standard errors by the delta method, with analytic derivatives and the
    covariance of the model; the characteristics of the respondents are taken as they are.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> from rfree.membership.multinomial import multinomial_logit
    >>> table = pd.DataFrame({"practice": ["solo"] * 8 + ["group"] * 8})
    >>> classes = [1, 1, 1, 1, 1, 1, 2, 2] + [1, 1, 2, 2, 2, 2, 2, 2]
    >>> design = design_matrix(table, references={"practice": "group"})
    >>> effects = average_marginal_effects(multinomial_logit(design, classes, reference=2))
    >>> effects[["term", "class", "effect"]].round(6)  # 6 of 8 are of class 1, instead of 2 of 8
                 term  class  effect
    0  practice: solo      1    50.0
    1  practice: solo      2   -50.0
    """
    if not model.finite:
        raise ValueError(
            "Some estimates are infinite (separation): their marginal effects have no standard "
            "error. Fit the model with a penalty."
        )
    parameters = model.coefficients["estimate"].to_numpy(dtype=float)
    covariance = model.covariance.to_numpy(dtype=float)
    margin = norm.isf((1 - model.level) / 2)
    classes = model.given.classes
    # An ordered model has its classes in the order that was asked for.
    shown = classes if model.kind == "ordered" else model.given.ascending
    order = [classes.index(name) for name in shown]
    parts = []
    for position, term in enumerate(model.given.terms.itertuples(index=False)):
        low, high, distance = _compared_designs(model, position)
        effect, gradient = _difference(model, low, high, parameters)
        effect, gradient = 100 * effect / distance, 100 * gradient / distance
        error = np.sqrt(np.einsum("cp,pq,cq->c", gradient, covariance, gradient))
        part = pd.DataFrame(
            {
                "term": term.term,
                "variable": term.variable,
                "category": term.category,
                "reference": term.reference,
                "kind": "slope" if term.category == "" else "difference",
                "class": pd.Series(classes),
                "effect": effect,
                "std_error": error,
                "z": effect / error,
                "p_value": 2 * norm.sf(np.abs(effect / error)),
                "low": effect - margin * error,
                "high": effect + margin * error,
            }
        )
        parts.append(part.iloc[order])
    return pd.concat(parts, ignore_index=True)


def _compared_designs(
    model: MembershipModel, position: int
) -> tuple[FloatArray, FloatArray, float]:
    """Designs with the term low and high, and how far apart they are."""
    design, terms = model.given.design, model.given.terms
    low, high = design.copy(), design.copy()
    column = 1 + position
    if terms["category"].iloc[position] == "":
        step = STEP * float(model.given.spreads[column])
        low[:, column] -= step
        high[:, column] += step
        return low, high, 2 * step
    same = 1 + np.flatnonzero(terms["variable"] == terms["variable"].iloc[position])
    low[:, same] = 0.0
    high[:, same] = 0.0
    high[:, column] = 1.0
    return low, high, 1.0


def _difference(
    model: MembershipModel, low: FloatArray, high: FloatArray, parameters: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Difference of mean probabilities by class, and its derivatives by the parameters."""
    likelihood, weights = model.likelihood, model.given.weights
    share = weights / weights.sum()
    change = likelihood.probabilities(high, parameters) - likelihood.probabilities(low, parameters)
    gradient = likelihood.probability_gradient(high, parameters, weights)
    gradient = gradient - likelihood.probability_gradient(low, parameters, weights)
    return share @ change, gradient
