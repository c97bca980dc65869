"""The points of the short form as they are told: made of the numbers that are told alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from rfree.base.inputs import BoolArray, FloatArray
from rfree.items.short_forms import ADDED, ScoringTable
from typology.fit.fitted_typology import FittedTypology
from typology.results.disclosure.pattern import Pattern


def told_short_form(
    form: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern
) -> dict[str, Any]:
    """Return a short form whose points do not tell how many of a type gave a rare answer.

    A point is the logarithm of a number of respondents, rounded: those of one, of two and of four
    differ. So the hidden answers of a type to an item count as if equally many had given each, and
    so do the types whose sizes are hidden, at the start: both sums are told. Where nothing is
    hidden of its items, the form is returned as it is. ``form`` is the ``short_form`` of a model.
    """
    labels = fitted.classes.labels
    classes = sorted(int(each) for each in labels.unique())
    members = np.array([(labels == number).to_numpy() for number in classes]).astype(float)
    points, touched = [], bool(pattern.classes)
    for each in form["items"]:
        codes = fitted.items[each["item"]].to_numpy(dtype=float, na_value=np.nan)
        given = (codes == np.array(each["codes"], dtype=float)[:, np.newaxis]).astype(float)
        hidden = np.array(
            [
                [(each["item"], str(code), number) in pattern.cells for number in classes]
                for code in each["codes"]
            ]
        )
        touched |= bool(hidden.any())
        counts = _evened(given @ members.T, hidden) + ADDED
        points.append(np.log(counts / counts.sum(axis=0)))
    if not touched:
        return dict(form)
    of_few = np.array([number in pattern.classes for number in classes])
    start = np.log(_evened(members.sum(axis=1)[:, np.newaxis], of_few[:, np.newaxis])[:, 0])
    longest = max(map(len, points))
    padded = np.array([np.pad(own, ((0, longest - len(own)), (0, 0))) for own in points])
    rounded = ScoringTable(np.arange(len(points)), padded, start).rounded()
    items = [
        {**each, "points": own[: len(each["codes"])].astype(int).tolist()}
        for each, own in zip(form["items"], rounded.points, strict=True)
    ]
    return {**form, "items": items, "start": rounded.start.astype(int).tolist()}


def _evened(counts: FloatArray, hidden: BoolArray) -> FloatArray:
    """Return counts with the hidden ones of each column as their mean."""
    numbers = np.maximum(hidden.sum(axis=0), 1)
    means = np.where(hidden, counts, 0.0).sum(axis=0) / numbers
    return np.where(hidden, means, counts)


def told_points_table(table: pd.DataFrame, form: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table ``short_form_points`` with the points of a form."""
    known: dict[tuple[str, str, int], int] = {
        ("", "", number): points for number, points in enumerate(form["start"], start=1)
    }
    for each in form["items"]:
        for code, own in zip(each["codes"], each["points"], strict=True):
            for number, points in enumerate(own, start=1):
                known[each["item"], str(code), number] = points
    codes = ["" if pd.isna(code) else str(int(code)) for code in table["code"]]
    keys = zip(table["item"].fillna("").astype(str), codes, map(int, table["class"]), strict=True)
    return table.assign(points=[known[key] for key in keys])
