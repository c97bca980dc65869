"""What a characteristic makes of the probability of each class: predictions and effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import norm

from rfree.base.inputs import FloatArray, IntArray
from rfree.membership.membership_model import MembershipModel

# Step of the slope by a number, in standard deviations: its error is of the order of its square.
STEP = 1e-4


_QUARTILES = (0.25, 0.5, 0.75)


def predicted_probabilities(
    model: MembershipModel, *, values: Mapping[str, Sequence[float]] | None = None
) -> pd.DataFrame:
    """Predict the probability of every class, had all respondents given one answer.

    Parameters
    ----------
    model : MembershipModel
        Multinomial or ordered, every estimate finite.
    values : mapping of variable to numbers, optional
        At which numbers the probabilities are predicted, in their own unit. By default at the
        weighted quartiles of the respondents (the least observed value that a quarter, half, three
        quarters of the weight do not exceed), equal ones once.

    Returns
    -------
    DataFrame
        A row for every answer, or value of a number, and class: ``variable``, ``category`` ("" for
        a number), ``value`` (NaN for a category), ``reference`` (whether it is the category that
        the model compares with), ``class``, ``probability`` (percent), ``std_error``, ``low``,
        ``high`` (interval of the model's level). Probabilities of an answer add up to 100.

    Raises
    ------
    ValueError
        If an estimate is infinite, or ``values`` names what is no number of the model.

    Notes
    -----
    Mean over the respondents of the probability that each would have with this answer, the other
    characteristics as they are (average adjusted predictions, or predictive margins: Graubard &
    Korn 1999), weighted like the model. Standard errors by the delta method, with analytic
    derivatives; the characteristics of the respondents are taken as they are. The interval is that
    of the log odds of the probability, brought back: it stays between 0 and 100, and stands askew
    where the probability is near one of them.

    Examples
    --------
    >>> from rfree.membership.design_matrix import design_matrix
    >>> from rfree.membership.multinomial import multinomial_logit
    >>> table = pd.DataFrame({"practice": ["solo"] * 8 + ["group"] * 8})
    >>> classes = [1, 1, 1, 1, 1, 1, 2, 2] + [1, 1, 2, 2, 2, 2, 2, 2]
    >>> design = design_matrix(table, references={"practice": "group"})
    >>> found = predicted_probabilities(multinomial_logit(design, classes, reference=2))
    >>> found.loc[found["class"] == 1, ["category", "probability", "low", "high"]].round(1)
      category  probability   low  high
    0    group         25.0   6.3  62.3
    2     solo         75.0  37.7  93.7
    """
    _check_finite(model)
    terms, wanted = model.given.terms, dict(values or {})
    numbers = set(terms.loc[terms["category"] == "", "variable"])
    if wrong := [name for name in wanted if name not in numbers]:
        raise ValueError(
            f"values: {', '.join(map(repr, wrong))} are no numbers of the model; expected among: "
            f"{', '.join(sorted(numbers)) or 'none'}."
        )
    parts = [
        _prediction(model, 1 + own.index.to_numpy(), setting).assign(
            variable=variable, **cast(dict[str, Any], names)
        )
        for variable, own in terms.groupby("variable", sort=False)
        for names, setting in _settings(model, own, wanted.get(str(variable)))
    ]
    columns = ["variable", "category", "value", "reference", "class", "probability", "std_error",
               "low", "high"]  # fmt: skip
    return pd.concat(parts, ignore_index=True)[columns]


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
    _check_finite(model)
    parameters = model.coefficients["estimate"].to_numpy(dtype=float)
    covariance = model.covariance.to_numpy(dtype=float)
    margin = norm.isf((1 - model.level) / 2)
    classes, order = model.given.classes, _order_shown(model)
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


def _check_finite(model: MembershipModel) -> None:
    if not model.finite:
        raise ValueError(
            "Some estimates are infinite (separation): what they make of probabilities has no "
            "standard error. Fit the model with a penalty."
        )


def _order_shown(model: MembershipModel) -> list[int]:
    """Positions of the classes as they are shown: an ordered model has its own order."""
    classes = model.given.classes
    shown = model.given.ascending if model.kind == "multinomial" else classes
    return [classes.index(name) for name in shown]


def _settings(
    model: MembershipModel, own: pd.DataFrame, values: Sequence[float] | None
) -> Iterator[tuple[dict[str, object], FloatArray]]:
    """Yield each answer of a characteristic, and what its terms are then."""
    if own["category"].iloc[0] == "":
        unit = float(own["unit"].iloc[0])
        observed = model.given.design[:, 1 + int(own.index[0])] * unit
        chosen = _quartiles(observed, model.given.weights) if values is None else values
        for value in chosen:
            named = {"category": "", "value": float(value), "reference": False}
            yield named, np.array([value / unit])
        return
    reference = str(own["reference"].iloc[0])
    for position, category in enumerate([reference, *map(str, own["category"])]):
        named = {"category": category, "value": np.nan, "reference": position == 0}
        yield named, np.eye(len(own) + 1)[position, 1:]


def _quartiles(observed: FloatArray, weights: FloatArray) -> list[float]:
    order = np.argsort(observed, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    # Rounding in the sums would pass over a value that reaches a quarter exactly.
    places = np.searchsorted(reached, np.array(_QUARTILES) - 1e-12)
    # A step's unit and back leaves rounding in the last digits.
    return list(dict.fromkeys(float(f"{observed[order][place]:.12g}") for place in places))


def _prediction(model: MembershipModel, columns: IntArray, setting: FloatArray) -> pd.DataFrame:
    parameters = model.coefficients["estimate"].to_numpy(dtype=float)
    covariance = model.covariance.to_numpy(dtype=float)
    weights, likelihood = model.given.weights, model.likelihood
    design = model.given.design.copy()
    design[:, columns] = setting
    share = weights / weights.sum() @ likelihood.probabilities(design, parameters)
    gradient = likelihood.probability_gradient(design, parameters, weights)
    error = np.sqrt(np.einsum("cp,pq,cq->c", gradient, covariance, gradient))
    margin = norm.isf((1 - model.level) / 2) * error / (share * (1 - share))
    log_odds = logit(share)
    part = pd.DataFrame(
        {
            "class": pd.Series(model.given.classes),
            "probability": 100 * share,
            "std_error": 100 * error,
            "low": 100 * expit(log_odds - margin),
            "high": 100 * expit(log_odds + margin),
        }
    )
    return part.iloc[_order_shown(model)]


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
