"""The points of the short form as they are told: made of the numbers that are told alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import BoolArray, FloatArray
from rfree.items.short_forms import ADDED, ScoringTable
from typology.fit.fitted_typology import FittedTypology
from typology.fit.scores import answer_positions
from typology.results.disclosure.pattern import ALL, Pattern

_LEAST, _STEEPEST = 0.5, 8.0
"""Of what is left of an answer, where the numbers that are told leave nothing; of a tilt."""


def told_short_form(
    form: Mapping[str, Any], fitted: FittedTypology, pattern: Pattern
) -> dict[str, Any]:
    """Return a short form whose points do not tell how many of a type gave a rare answer.

    A point is the logarithm of a number of respondents, rounded: those of one, of two and of four
    differ. So the hidden answers of a type to an item, of which the sum is told, count in
    proportion to what is told of all others, and so that they have the mean that is told of the
    type: of the item or else of its block. The types whose sizes are hidden count the same at the
    start. Where nothing is hidden of its items, the form is returned as it is; otherwise it has
    ``agreeing`` too, the percents of the sample whose type its points give, those validated and
    those told. ``form`` is the ``short_form`` of a model.
    """
    labels = fitted.classes.labels
    classes = sorted(int(each) for each in labels.unique())
    members = np.array([(labels == number).to_numpy() for number in classes]).astype(float)
    points, touched = [], bool(pattern.classes)
    for each in form["items"]:
        codes = fitted.items[each["item"]].to_numpy(dtype=float, na_value=np.nan)
        given = (codes == np.array(each["codes"], dtype=float)[:, np.newaxis]).astype(float)
        names = [(each["item"], str(code)) for code in each["codes"]]
        hidden = np.array(
            [[(*name, number) in pattern.cells for number in classes] for name in names]
        )
        touched |= bool(hidden.any())
        gone = np.array([(*name, ALL) in pattern.cells for name in names], dtype=bool)
        means = _told_means(fitted, each["item"], classes, pattern)
        numbers = _filled(
            np.array(each["codes"], dtype=float), given @ members.T, hidden, gone, means
        )
        counts = numbers + ADDED
        points.append(np.log(counts / counts.sum(axis=0)))
    if not touched:
        return dict(form)
    of_few = np.array([number in pattern.classes for number in classes])
    start = np.log(_evened(members.sum(axis=1)[:, np.newaxis], of_few[:, np.newaxis])[:, 0])
    rounded = _scoring(points, start).rounded()
    items = [
        {**each, "points": own[: len(each["codes"])].astype(int).tolist()}
        for each, own in zip(form["items"], rounded.points, strict=True)
    ]
    told = {**form, "items": items, "start": rounded.start.astype(int).tolist()}
    return {**told, "agreeing": [_agreeing(each, fitted, classes) for each in (form, told)]}


def _scoring(points: Sequence[npt.ArrayLike], start: npt.ArrayLike) -> ScoringTable:
    """Return the table of the points of items, codes x classes each, of scales of any length."""
    own = [np.asarray(each, dtype=np.float64) for each in points]
    longest = max(map(len, own))
    padded = np.array([np.pad(each, ((0, longest - len(each)), (0, 0))) for each in own])
    return ScoringTable(np.arange(len(own)), padded, np.asarray(start, dtype=np.float64))


def _agreeing(form: Mapping[str, Any], fitted: FittedTypology, classes: list[int]) -> int:
    """Return the percent of the respondents to whom the points of a form give their type."""
    items = fitted.items[[each["item"] for each in form["items"]]]
    table = _scoring([each["points"] for each in form["items"]], form["start"])
    given = np.array(classes)[table.assign(answer_positions(items, fitted.questionnaire)) - 1]
    return round(100 * float((fitted.classes.labels.to_numpy() == given).mean()))


def _filled(
    codes: FloatArray, counts: FloatArray, hidden: BoolArray, gone: BoolArray, means: FloatArray
) -> FloatArray:
    """Return counts with the sum of the hidden ones of each class shared out among them.

    In proportion to what is left of each answer, of which ``gone`` have no number told, tilted so
    that the mean of the class is the one that is told (the least departure that gives it; Csiszár
    1975). ``means`` are of classes, NaN where none is told.
    """
    rows = counts.sum(axis=1)
    if gone.any():
        rows = np.where(gone, rows[gone].mean(), rows)
    left = np.maximum(rows - np.where(hidden, 0.0, counts).sum(axis=1), _LEAST)
    filled = counts.copy()
    for at, mean in enumerate(means.tolist()):
        own = hidden[:, at]
        total = float(counts[own, at].sum())
        if not total:
            continue
        shares = left[own] / left[own].sum()
        if not np.isnan(mean):
            told = mean * counts[:, at].sum() - codes[~own] @ counts[~own, at]
            shares = _tilted(shares, codes[own], told / total)
        filled[own, at] = shares * total
    return filled


def _tilted(shares: FloatArray, codes: FloatArray, mean: float) -> FloatArray:
    """Return shares of codes in proportion to given ones times a power, so that they have a mean.

    As near to it as powers up to ``_STEEPEST`` allow.
    """
    low, high = -_STEEPEST, _STEEPEST
    tilted = shares
    for _halving in range(50):
        slope = (low + high) / 2
        tilted = shares * np.exp(slope * (codes - codes.mean()))
        tilted = tilted / tilted.sum()
        low, high = (slope, high) if float(tilted @ codes) < mean else (low, slope)
    return tilted


def _told_means(
    fitted: FittedTypology, item: str, classes: list[int], pattern: Pattern
) -> FloatArray:
    """Return the mean of an item in each class, else of its block, as it is told."""
    codes = fitted.items[item].to_numpy(dtype=float, na_value=np.nan)
    block = fitted.questionnaire.block_of(item).id
    of_blocks = fitted.classes.means
    means = []
    for number in classes:
        if number in pattern.classes | pattern.unweighed:
            means.append(np.nan)
        elif pattern.weighted or (item, number) in pattern.meanless:
            known = block in of_blocks
            told = of_blocks[block].to_dict()[number] if known else np.nan
            means.append(round(told, pattern.decimals.get(block, 1)))
        else:
            own = codes[(fitted.classes.labels == number).to_numpy()]
            means.append(round(float(np.nanmean(own)), 1))
    return np.array(means)


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
