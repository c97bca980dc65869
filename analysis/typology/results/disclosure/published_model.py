"""The model of a typology as it may leave the machine: no answer of it is that of a few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from typology.fit.fitted_typology import FittedTypology
from typology.results.disclosure.pattern import ALL, Pattern
from typology.results.disclosure.statistics.told_scores import (
    told_masses,
    told_scores,
)

_PLACE_DECIMALS = 3
_LEAST_SHARE = 0.05  # percent: what is told as nought is not nothing
Vector = npt.NDArray[np.float64]


def published_model(
    model: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern
) -> dict[str, Any]:
    """Return a model without the place of a few respondents.

    The active answers that have no coordinate in the tables share one score: that of all the
    respondents who gave one of the answers without a coordinate, those who gave none included. So
    no sum over the answers of an item gives back the score of one of them. Where numbers of
    respondents are hidden, all that is made of them (the terms of the distance, the centre, the
    total) is made as if those of an item were equal, which tells no more than their sum. A class
    whose size is hidden has no centre. Where respondents weigh differently, nothing is told more
    exactly than in the tables: whoever knows the weights finds who gave an answer from all decimals
    of its share. The centre of a class of which no weighted number is told is that of its
    respondents without their weights. All places are told in steps, as in the tables
    (`typology.results.disclosure.statistics.told_places`). Where the rule is lifted, the model is
    returned as it is.
    """
    if pattern.smallest == 1:
        return dict(model)
    known = _as_told(model, fitted, pattern)
    return _as_told_weighted(known, fitted, pattern) if pattern.weighted else known


def _as_told(model: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern) -> dict[str, Any]:
    """Return a model made of the places and of the numbers that are told."""
    n_axes = len(model["axes"]["eigenvalues"])
    scores, masses = told_scores(fitted, pattern), told_masses(fitted, pattern)
    of_items = {str(name): float(own) for name, own in fitted.axes.mca.variable_weights_.items()}
    categories, centre, total = [], np.zeros(n_axes), 0.0
    for each in model["categories"]:
        own = dict(each)
        if each["role"] == "active":
            item = str(each["item"])
            pair = (item, str(each["category"]))
            mass = masses[pair]
            own["scores"] = scores[pair][:n_axes].tolist()
            if (*pair, ALL) in pattern.cells:
                own["term"] = _term(mass, of_items, item)
            centre = centre + mass * scores[pair][:n_axes]
            total += of_items[item] * mass
        categories.append(own)
    classes = [
        {**each, "centre": None, "share": None}
        if each["class"] in pattern.classes or each["class"] not in pattern.centres
        else {**each, "centre": pattern.centres[each["class"]][:n_axes].tolist()}
        for each in model["classes"]
    ]
    axes = {**model["axes"], "centre": centre.tolist(), "total": total}
    spread = round(float(model["spread"]), _PLACE_DECIMALS)
    return {
        **model, "axes": axes, "categories": categories, "classes": classes, "spread": spread,
    }  # fmt: skip


def _term(mass: float, of_items: Mapping[str, float], item: str) -> float:
    """Return the term of the distance of an answer of this mass."""
    return of_items[item] * (1 / (len(of_items) ** 2 * mass) - 2 / len(of_items))


def _mass(each: Mapping[str, Any], of_items: Mapping[str, float]) -> float:
    """Return the mass of an active answer from its term of the distance."""
    n_items = len(of_items)
    return float(1 / (n_items**2 * (each["term"] / of_items[str(each["item"])] + 2 / n_items)))


def _as_told_weighted(
    model: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern
) -> dict[str, Any]:
    """Return a weighted model made of numbers as coarse as the tables tell them."""
    n_items = len({str(each["item"]) for each in model["categories"]})
    of_items = {str(name): float(own) for name, own in fitted.axes.mca.variable_weights_.items()}
    categories, centre, total = [], np.zeros(len(model["axes"]["centre"])), 0.0
    for each in model["categories"]:
        scores = np.round(np.asarray(each["scores"], dtype=float), _PLACE_DECIMALS)
        own = dict(each) | {"scores": scores.tolist()}
        if each["role"] == "active":
            weight = of_items[str(each["item"])]
            share = max(round(100 * n_items * _mass(each, of_items), 1), _LEAST_SHARE)
            mass = share / (100 * n_items)
            own["term"] = _term(mass, of_items, str(each["item"]))
            centre, total = centre + mass * scores, total + weight * mass
        categories.append(own)
    axes = {**model["axes"], "centre": centre.tolist(), "total": total}
    classes = [_class_as_told(each, pattern) for each in model["classes"]]
    return {**model, "axes": axes, "categories": categories, "classes": classes}


def _class_as_told(each: Mapping[str, Any], pattern: Pattern) -> dict[str, Any]:
    if each["centre"] is None:
        return dict(each)
    untold = each["class"] in pattern.unweighed
    return {
        **each,
        "share": None if untold else round(float(each["share"]), 1),
        "centre": np.round(each["centre"], _PLACE_DECIMALS).tolist(),
    }
