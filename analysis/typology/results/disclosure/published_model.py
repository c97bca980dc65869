"""The model of a typology as it may leave the machine: no answer of it is that of a few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from typology.fit.fitted_typology import FittedTypology
from typology.results.disclosure.pattern import ALL, Pattern

Vector = npt.NDArray[np.float64]


def published_model(
    model: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern
) -> dict[str, Any]:
    """Return a model without the place of a few respondents.

    The active answers that have no coordinate in the tables share one score: that of all the
    respondents who gave one of the answers without a coordinate, those who gave none included. So
    no sum over the answers of an item gives back the score of one of them. Where numbers of
    respondents are hidden, the terms that hold them are those of their mean. A class whose size is
    hidden has no centre. Where nothing is hidden, the model is returned as it is.
    """
    if not pattern.unplaced and not pattern.classes:
        return dict(model)
    categories = [dict(each) for each in model["categories"]]
    items = {str(each["item"]) for each in categories}
    mca, n_axes = fitted.axes.mca, len(model["axes"]["eigenvalues"])
    roots = np.sqrt(np.asarray(model["axes"]["eigenvalues"]))
    weights = dict(zip(_pairs(mca.column_weights_), map(float, mca.column_weights_), strict=True))
    counted = mca.variable_weights_.loc[mca.column_coordinates_.index.get_level_values(0)]
    places = mca.column_coordinates_.iloc[:, :n_axes].to_numpy(dtype=float) / roots
    places *= counted.to_numpy(dtype=float)[:, np.newaxis]
    scores = dict(zip(_pairs(mca.column_coordinates_), places, strict=True))
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
    _average_terms(categories, pattern)
    classes = [
        {**each, "centre": None, "share": None} if each["class"] in pattern.classes else dict(each)
        for each in model["classes"]
    ]
    axes = {**model["axes"], "centre": centre.tolist()}
    return {**model, "axes": axes, "categories": categories, "classes": classes}


def _pairs(table: pd.Series[Any] | pd.DataFrame) -> list[tuple[str, str]]:
    """Return the item and the answer of each row."""
    named = table.index.to_frame(index=False).astype(str)
    return list(zip(named.iloc[:, 0], named.iloc[:, 1], strict=True))


def _mean(scores: Sequence[Vector], weights: Sequence[float]) -> Vector:
    return np.asarray(np.average(np.array(scores), axis=0, weights=np.array(weights)))


def _average_terms(categories: list[dict[str, Any]], pattern: Pattern) -> None:
    """Give answers whose numbers are hidden one term, item by item: it tells their number."""
    by_item: dict[str, list[dict[str, Any]]] = {}
    for each in categories:
        key = (str(each["item"]), str(each["category"]), ALL)
        if each["role"] == "active" and key in pattern.cells:
            by_item.setdefault(str(each["item"]), []).append(each)
    for own in by_item.values():
        mean = float(np.mean([each["term"] for each in own]))
        for each in own:
            each["term"] = mean
