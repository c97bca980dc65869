"""The model of a typology as it may leave the machine: no answer of it is that of a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.fit.fitted_typology import FittedTypology
from typology.results.disclosure.pattern import ALL, Pattern

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
    respondents without their weights. Where nothing is hidden, the model is returned as it is.
    """
    if pattern.smallest == 1:
        return dict(model)
    known = dict(model)
    if pattern.unplaced or pattern.classes:
        known = _without_few(model, fitted, pattern)
    return _as_told_weighted(known, fitted, pattern) if pattern.weighted else known


def _without_few(
    model: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern
) -> dict[str, Any]:
    categories = [dict(each) for each in model["categories"]]
    items = {str(each["item"]) for each in categories}
    mca, n_axes = fitted.axes.mca, len(model["axes"]["eigenvalues"])
    roots = np.sqrt(np.asarray(model["axes"]["eigenvalues"]))
    weights = dict(zip(_pairs(mca.column_weights_), map(float, mca.column_weights_), strict=True))
    of_items = {str(name): float(own) for name, own in mca.variable_weights_.items()}
    places = mca.column_coordinates_.iloc[:, :n_axes].to_numpy(dtype=float) / roots
    scores = {
        pair: of_items[pair[0]] * place
        for pair, place in zip(_pairs(mca.column_coordinates_), places, strict=True)
    }
    total = float(mca.n_respondents_) * len(items)
    centre = np.asarray(model["axes"]["centre"], dtype=float)
    for item in sorted(items & pattern.unplaced_variables):
        gathered = [pair for pair in sorted(pattern.unplaced) if pair[0] == item]
        known = [pair for pair in gathered if pair in scores]
        pooled = _mean([scores[pair] for pair in known], [weights[pair] for pair in known])
        for each in categories:
            pair = (str(each["item"]), str(each["category"]))
            if pair in known and each["role"] == "active":
                centre = centre + weights[pair] / total * (pooled - scores[pair])
                each["scores"] = pooled.tolist()
    mass = float(model["axes"]["total"])
    for each in categories:
        pair = (str(each["item"]), str(each["category"]))
        if each["role"] != "active" or (*pair, ALL) not in pattern.cells:
            continue
        alike = [own for other, own in weights.items()
                 if other[0] == pair[0] and (*other, ALL) in pattern.cells]  # fmt: skip
        told, own = float(np.mean(alike)) / total, weights[pair] / total
        each["term"] = of_items[pair[0]] * (1 / (len(items) ** 2 * told) - 2 / len(items))
        centre = centre + (told - own) * np.asarray(each["scores"])
        mass += of_items[pair[0]] * (told - own)
    classes = [
        {**each, "centre": None, "share": None} if each["class"] in pattern.classes else dict(each)
        for each in model["classes"]
    ]
    axes = {**model["axes"], "centre": centre.tolist(), "total": mass}
    return {**model, "axes": axes, "categories": categories, "classes": classes}


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
            mass = 1 / (n_items**2 * (each["term"] / weight + 2 / n_items))
            share = max(round(100 * n_items * mass, 1), _LEAST_SHARE)
            mass = share / (100 * n_items)
            own["term"] = weight * (1 / (n_items**2 * mass) - 2 / n_items)
            centre, total = centre + mass * scores, total + weight * mass
        categories.append(own)
    axes = {**model["axes"], "centre": centre.tolist(), "total": total}
    classes = [_class_as_told(each, fitted, pattern) for each in model["classes"]]
    return {**model, "axes": axes, "categories": categories, "classes": classes}


def _class_as_told(
    each: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern
) -> dict[str, Any]:
    if each["centre"] is None:
        return dict(each)
    centre, share = np.asarray(each["centre"], dtype=float), round(float(each["share"]), 1)
    if each["class"] in pattern.unweighed:
        members = (fitted.classes.labels == each["class"]).to_numpy()
        places = fitted.axes.mca.row_coordinates_.iloc[:, : len(centre)].to_numpy(dtype=float)
        return {
            **each,
            "share": None,
            "centre": np.round(places[members].mean(axis=0), _PLACE_DECIMALS).tolist(),
        }
    return {**each, "share": share, "centre": centre.round(_PLACE_DECIMALS).tolist()}


def _pairs(table: pd.Series[Any] | pd.DataFrame) -> list[tuple[str, str]]:
    """Return the item and the answer of each row."""
    named = table.index.to_frame(index=False).astype(str)
    return list(zip(named.iloc[:, 0], named.iloc[:, 1], strict=True))


def _mean(scores: Sequence[Vector], weights: Sequence[float]) -> Vector:
    return np.asarray(np.average(np.array(scores), axis=0, weights=np.array(weights)))
