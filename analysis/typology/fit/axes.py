"""The axes of a study: how many are kept, and the analysis that gives them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rfree import MCA
from typology.fit.active_table import ActiveTable
from typology.problems import InputError, Problem
from typology.study.axis_rules import AxisRule
from typology.words.phrases import phrase

MAPPED_AXES = 2
"""A map needs two axes, whatever number the classes are made on."""


@dataclass(frozen=True)
class Axes:
    """The multiple correspondence analysis, and on how many of its axes respondents are clustered.

    The analysis is fitted, with at least two axes where the table has them.
    """

    mca: MCA
    number: int


def fit_axes(
    active: ActiveTable, rule: AxisRule, *, sample_weight: npt.NDArray[np.float64] | None = None
) -> Axes:
    """Return the axes of the active table, as many as the rule says.

    Raises InputError if the table has fewer than two axes, the rule asks for more than it has, or
    for a rate it never reaches.
    """
    passive = list(active.passive) or None
    number = rule.number
    if rule.rate is not None:
        first = MCA(n_components=1, passive=passive, blocks=active.blocks)
        first.fit(active.categories, sample_weight)
        number = _axes_reaching(first.inertia_[rule.rate].to_numpy(dtype=float), rule)
    assert number is not None
    mca = MCA(n_components=max(number, MAPPED_AXES), passive=passive, blocks=active.blocks)
    mca.fit(active.categories, sample_weight)
    available = int(np.count_nonzero(mca.eigenvalues_ > 0))
    if mca.n_components_ < MAPPED_AXES:
        raise InputError(_one_axis(active))
    if number > mca.row_coordinates_.shape[1]:
        expected = phrase("at most {count} axes, all that these answers have", count=available)
        remedy = phrase("Lower the number of axes in the study file.")
        where = phrase("study file › {key}", key="axes")
        raise InputError(Problem("", "", str(number), expected, remedy, where))
    return Axes(mca=mca, number=number)


def _one_axis(active: ActiveTable) -> Problem:
    different = len(active.categories.drop_duplicates())
    return Problem(
        "", "",
        phrase("{count} respondent(s) with different answers, who hold on one axis",
               count=different),
        phrase("answers that differ in two ways at least: a map needs two axes"),
        phrase("Add items, collect more answers, or lower 'passive_below' in the study file."),
        phrase("answers"),
    )  # fmt: skip


def _axes_reaching(rates: npt.NDArray[np.float64], rule: AxisRule) -> int:
    cumulated = np.cumsum(np.nan_to_num(rates))
    reached = np.flatnonzero(cumulated >= rule.threshold - 1e-9)
    if not reached.size:
        expected = phrase(
            "a rate that is reached: all axes make {percent} %",
            percent=float(round(cumulated[-1], 1)) if cumulated.size else 0,
        )
        remedy = phrase("Lower the rate, or give a number of axes.")
        where = phrase("study file › {key}", key="axes")
        raise InputError(Problem("", "", str(rule), expected, remedy, where))
    return int(reached[0]) + 1
