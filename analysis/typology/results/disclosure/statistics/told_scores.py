"""Where the answers lie, and how heavy they are, as it is told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.disclosure.places import in_steps, place_steps
from typology.fit.fitted_typology import FittedTypology
from typology.results.disclosure.pattern import ALL, Pattern

Scores = dict[tuple[str, str], FloatArray]


def told_scores(fitted: FittedTypology, pattern: Pattern) -> Scores:
    """Return the score of each active answer on every axis computed, as its place is told.

    The answers to an item that have no coordinate in the tables share one: that of all the
    respondents who gave one of them.
    """
    mca = fitted.axes.mca
    counts, weights = (
        dict(zip(answers_of(own), map(float, own), strict=True))
        for own in (mca.column_counts_, mca.column_weights_)
    )
    roles = dict(zip(answers_of(mca.column_roles_), map(str, mca.column_roles_), strict=True))
    places = dict(
        zip(answers_of(mca.column_coordinates_), mca.column_coordinates_.to_numpy(), strict=True)
    )
    roots = np.sqrt(mca.eigenvalues_[: mca.column_coordinates_.shape[1]])
    scores: Scores = {}
    for pair in places:
        if roles[pair] != "active":
            continue
        alike = [pair]
        if pair in pattern.unplaced:
            alike = [each for each in places if each[0] == pair[0] and each in pattern.unplaced]
        known = [each for each in alike if roles[each] == "active"]
        mean = np.average(
            [places[each] for each in known], axis=0, weights=[weights[each] for each in known]
        )
        steps = place_steps(sum(counts[each] for each in alike), pattern.places)
        weight = float(mca.variable_weights_.loc[pair[0]])
        scores[pair] = weight * in_steps(mean, float(steps)) / roots
    return scores


def told_masses(fitted: FittedTypology, pattern: Pattern) -> dict[tuple[str, str], float]:
    """Return the mass of each active answer: of an item, equal where numbers are hidden."""
    mca = fitted.axes.mca
    total = float(mca.n_respondents_) * len(mca.variable_weights_)
    own = {
        pair: float(weight) / total
        for pair, weight, role in zip(
            answers_of(mca.column_weights_), mca.column_weights_, mca.column_roles_, strict=True
        )
        if role == "active" or (*pair, ALL) in pattern.cells
    }
    masses = dict(own)
    for pair in own:
        if (*pair, ALL) in pattern.cells:
            alike = [
                mass for other, mass in own.items()
                if other[0] == pair[0] and (*other, ALL) in pattern.cells
            ]  # fmt: skip
            masses[pair] = float(np.mean(alike))
    return masses


def answers_of(table: pd.Series[Any] | pd.DataFrame) -> list[tuple[str, str]]:
    """Return the item and the answer of each row of a table of categories."""
    named = table.index.to_frame(index=False).astype(str)
    return list(zip(named.iloc[:, 0], named.iloc[:, 1], strict=True))
