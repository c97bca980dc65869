"""The classes of a study: the clustering, and the types it is read as."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfree import HCPC
from rfree.base.inputs import FloatArray
from rfree.classes.suggested_number import CRITERIA, DEFAULT_CRITERION
from typology.fit.axes import Axes
from typology.problems import InputError, Problem
from typology.study.type_profiles import TypeProfile, name_classes, standardise_means
from typology.words.phrases import phrase

AUTO_RANGE = (3, 10)
"""Numbers of classes among which "auto" and the criteria choose."""

FEWEST_A_CLASS = 2
"""A class of one respondent is no group: so many at least, on average, in the classes asked for."""


@dataclass(frozen=True)
class Classes:
    """Classes of respondents and the types they match.

    ``hcpc`` is fitted on the axes kept; ``labels`` are indexed by respondent; ``means``, classes x
    active blocks, are mean agreements in scale codes; ``names`` come from
    `typology.study.type_profiles.name_classes`.
    """

    hcpc: HCPC
    labels: pd.Series
    means: pd.DataFrame
    names: pd.DataFrame

    @property
    def number(self) -> int:
        """Return how many classes there are."""
        return int(self.hcpc.n_classes_)

    @property
    def centres(self) -> FloatArray:
        """Return where their centres lie, classes x axes kept."""
        return np.asarray(self.hcpc.centers_, dtype=float)

    @property
    def types(self) -> dict[int, str]:
        """Return the type id of each class, "" where none fits."""
        return dict(zip(self.names["class"], self.names["type"], strict=True))


def make_classes(
    axes: Axes,
    scores: pd.DataFrame,
    profiles: tuple[TypeProfile, ...],
    *,
    number: int | str,
    consolidate: bool,
    sample_weight: FloatArray,
) -> Classes:
    """Cluster the respondents on the axes kept and match the classes to the declared types.

    ``scores`` is respondents x active blocks: the mean agreement of each. ``number`` is "auto", or
    a criterion, for the number the tree suggests. Raises InputError if there are fewer different
    respondents than classes, or fewer respondents than two a class asked for.
    """
    coordinates = axes.mca.row_coordinates_.iloc[:, : axes.number]
    different = len(np.unique(np.round(coordinates.to_numpy(), 12), axis=0))
    criterion = number if number in CRITERIA else DEFAULT_CRITERION
    asked = number if isinstance(number, int) else None
    wanted = AUTO_RANGE[0] if asked is None else asked
    if different < wanted:
        found = phrase("{count} respondent(s) with different answers", count=different)
        expected = phrase("at least {count}, one for each class", count=wanted)
        remedy = phrase("Ask for fewer classes in the study file, or collect more answers.")
        where = phrase("study file › {key}", key="classes")
        raise InputError(Problem("", "", found, expected, remedy, where))
    if asked is not None and len(coordinates) < FEWEST_A_CLASS * asked:
        raise InputError(
            Problem(
                row="",
                column="",
                value=phrase(
                    "{number} classes of {count} respondents", number=asked, count=len(coordinates)
                ),
                expected=phrase(
                    "at most {most}: with more, classes hold fewer than {fewest} respondents on "
                    "average, and are no groups",
                    most=len(coordinates) // FEWEST_A_CLASS,
                    fewest=FEWEST_A_CLASS,
                ),
                remedy=phrase("Ask for fewer classes in the study file, or collect more answers."),
                where=phrase("study file › {key}", key="classes"),
            )
        )
    hcpc = HCPC(
        n_classes=asked,
        min_classes=AUTO_RANGE[0],
        max_classes=max(AUTO_RANGE[0], min(AUTO_RANGE[1], different)),
        consolidate=consolidate,
        criterion=criterion,
    ).fit(coordinates, sample_weight)
    labels = pd.Series(np.asarray(hcpc.labels_), index=scores.index, name="class")
    means = weighted_means(scores, labels, sample_weight)
    positions = standardise_means(means, scores, sample_weight)
    return Classes(hcpc, labels, means, name_classes(positions, profiles))


def weighted_means(
    values: pd.DataFrame, labels: pd.Series, sample_weight: FloatArray
) -> pd.DataFrame:
    """Return the mean of each column in each class (classes x columns), over those who have it."""
    weights = values.notna().mul(sample_weight, axis=0)
    totals = weights.groupby(labels.to_numpy()).sum()
    sums = values.fillna(0).mul(sample_weight, axis=0).groupby(labels.to_numpy()).sum()
    means = sums / totals.where(totals > 0)
    return means.rename_axis("class")
