"""Respondents as what leaves the machine shows them: in groups, none alone, in no order of theirs.

The tables of single respondents stay in the private folder of the results; what is drawn of the
respondents is drawn from these.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.disclosure.groups import coarse_tree, group_points
from typology.fit.classes import Classes

PLACE_STEP = 0.05
_MOST_POINTS = 150
"""Of a question on a map: larger samples are gathered in larger groups."""


def map_points_table(placed: pd.DataFrame, *, smallest: int) -> pd.DataFrame:
    """Return the points of the maps: the mean place of ``smallest`` respondents or more, by class.

    ``placed`` is that of `typology.types.measure.placed_respondents`. Columns: ``class``, ``n``
    (respondents gathered), then the coordinates ``Axis 1``... A class of fewer respondents has no
    point. Groups are made on all axes at once, hence are the same on every map.
    """
    axes = [name for name in map(str, placed.columns) if name.startswith("Axis ")]
    parts = []
    for number, members in placed.groupby("class", sort=True):
        if len(members) < smallest:
            continue
        points = members[axes].to_numpy(dtype=float)
        own = members[axes].groupby(group_points(points, size=smallest))
        means = _coarse(own.mean(), smallest).sort_values(axes, ignore_index=False)
        means.insert(0, "n", own.size())
        means.insert(0, "class", number)
        parts.append(means)
    columns = ["class", "n", *axes]
    if not parts:
        return pd.DataFrame(columns=columns)
    return pd.concat(parts, ignore_index=True)[columns]


def _coarse(means: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Return mean places to a twentieth: the difference of two groups tells no one's place."""
    return ((means / PLACE_STEP).round() * PLACE_STEP).round(2) if smallest > 1 else means


def question_points_table(
    placed: pd.DataFrame, answers: pd.DataFrame, *, smallest: int
) -> pd.DataFrame:
    """Return the points of the maps of each question: the mean place of those of one answer.

    ``answers`` are the categories of the same respondents, missing where there is none. Columns:
    ``variable``, ``category``, ``n`` (respondents gathered: ``smallest`` or more, more yet where a
    question would have over ``_MOST_POINTS`` points), then the coordinates ``Axis 1``... An answer
    of fewer than ``smallest`` respondents has no point; where fewer than that are left out of those
    who answered, the smallest answer that has some is left out with them, so that nobody works out
    how many they are. Points of any region of a map can so be added up, whatever the question.
    """
    axes = [name for name in map(str, placed.columns) if name.startswith("Axis ")]
    coordinates = placed[axes].to_numpy(dtype=float)
    size = max(smallest, math.ceil(len(placed) / _MOST_POINTS))
    parts = []
    for variable in map(str, answers.columns):
        given = answers[variable].astype(str).where(answers[variable].notna()).to_numpy()
        for category in _told_answers(answers[variable], smallest=smallest):
            own = coordinates[given == category]
            means = pd.DataFrame(own, columns=axes).groupby(group_points(own, size=size))
            points = _coarse(means.mean(), smallest)
            points.insert(0, "n", means.size())
            points.insert(0, "category", category)
            points.insert(0, "variable", variable)
            parts.append(points.sort_values(axes))
    columns = ["variable", "category", "n", *axes]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _told_answers(answers: pd.Series, *, smallest: int) -> list[str]:
    """Return the answers of a question that have points, in their order."""
    counts = answers.value_counts(sort=False)
    counts = counts[counts > 0].sort_index()
    told = counts[counts >= smallest]
    left_out = int(counts.sum() - told.sum())
    if 0 < left_out < smallest and len(told):
        told = told.drop(told.index[int(np.argmin(told.to_numpy(dtype=float)))])
    return [str(category) for category in told.index]


def coarse_tree_tables(classes: Classes, *, smallest: int) -> dict[str, pd.DataFrame]:
    """Return the tree of branches of ``smallest`` respondents or more.

    ``tree``: the merges, in SciPy's form. ``tree_branches``: one row a leaf of it, with
    ``tree_class`` (its class at the cut), ``class`` (the final one of most of the branch) and ``n``
    (respondents).
    """
    cut = np.asarray(classes.hcpc.tree_labels_, dtype=np.int64)
    linkage = np.asarray(classes.hcpc.linkage_, dtype=float)
    made = coarse_tree(linkage, cut, size=smallest, leaf_of=classes.hcpc.leaf_of_)
    members = pd.DataFrame({"tree_class": cut, "class": classes.labels.to_numpy(dtype=int)})
    by_branch = members.groupby(made.branch)
    branches = pd.DataFrame(
        {
            "tree_class": by_branch["tree_class"].first(),
            "class": by_branch["class"].agg(lambda own: int(own.mode().iloc[0])),
            "n": by_branch.size(),
        }
    )
    return {"tree": made.merges, "tree_branches": branches.reset_index(drop=True)}


def class_sizes_table(labels: pd.Series, sample_weight: FloatArray) -> pd.DataFrame:
    """Return how many respondents count in each class, and whether they weigh differently.

    Columns: ``class`` (0: all), ``n`` (respondents of some weight), ``weighted`` (bool).
    """
    counting = labels[np.asarray(sample_weight) > 0]
    sizes = counting.value_counts().sort_index()
    weights = np.asarray(sample_weight)[np.asarray(sample_weight) > 0]
    return pd.DataFrame(
        {
            "class": [0, *map(int, sizes.index)],
            "n": [len(counting), *map(int, sizes)],
            "weighted": len(np.unique(weights)) > 1,
        }
    )


def branch_continuations(moves: pd.DataFrame) -> pd.DataFrame:
    """Return how many respondents changed class at consolidation: ``n`` (all) and ``moved``.

    ``moves`` is that of `typology.types.measure.moves_table`.
    """
    total = int(moves["n"].sum())
    own = int(moves.loc[moves["continues"], "n"].sum())
    return pd.DataFrame({"n": [total], "moved": [total - own]})
