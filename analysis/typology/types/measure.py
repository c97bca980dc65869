"""Tables of the classes: who is in them, what marks them, how the tree was cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from rfree import describe_quantities
from rfree.base.inputs import FloatArray
from typology.fit.axes import Axes
from typology.fit.classes import Classes, weighted_means
from typology.questionnaire import Questionnaire
from typology.types.among_answered import categories_among_answered, variables_among_answered


def placed_respondents(axes: Axes, classes: Classes, sample_weight: FloatArray) -> pd.DataFrame:
    """Return one row a respondent: class, type, weight and coordinates.

    Columns: ``respondent``, ``class``, ``tree_class`` (before consolidation), ``type`` (id or ""),
    ``weight``, then the coordinates ``Axis 1``...
    """
    table = pd.DataFrame(
        {
            "respondent": classes.labels.index.astype("string"),
            "class": classes.labels.to_numpy(),
            "tree_class": np.asarray(classes.hcpc.tree_labels_),
            "type": classes.labels.map(classes.types).to_numpy(),
            "weight": sample_weight,
        }
    )
    coordinates = axes.mca.row_coordinates_.reset_index(drop=True)
    return pd.concat([table, coordinates], axis=1)


def classes_table(classes: Classes, sample_weight: FloatArray) -> pd.DataFrame:
    """Return one row a class: its type, size and mean agreement.

    Columns: ``class``, ``type`` (id, "" where none fits), ``n`` (respondents, whatever they weigh),
    ``share`` (weighted, percent), ``share_weighted`` (whether it is), ``mean_<block>`` for each
    active block (scale codes), then those of `typology.study.type_profiles.name_classes`.
    """
    sizes = pd.Series(sample_weight, index=classes.labels.index).groupby(classes.labels).sum()
    names = classes.names.set_index("class")
    counts = classes.labels.value_counts()
    table = pd.DataFrame({"type": names["type"], "n": counts, "share": 100 * sizes / sizes.sum()})
    table["share_weighted"] = bool(np.ptp(sample_weight) > 0)
    table = table.join(classes.means.add_prefix("mean_"))
    table = table.join(names.drop(columns="type"))
    return table.rename_axis("class").reset_index()


def profiles_table(
    items: pd.DataFrame, questionnaire: Questionnaire, classes: Classes, sample_weight: FloatArray
) -> pd.DataFrame:
    """Return the mean and the share agreeing of every item in every class.

    Columns: ``class``, ``block``, ``item``, ``n`` (respondents who answered), ``mean`` (scale
    codes), ``agree_share`` (percent of those who answered), ``overall_mean``,
    ``overall_agree_share``.
    """
    codes = items.astype("Float64").astype(float)
    agrees = pd.DataFrame(
        {item: _agreeing(codes[item], questionnaire, item) for item in codes.columns}
    )
    everyone = pd.Series(0, index=classes.labels.index)
    overall_mean = weighted_means(codes, everyone, sample_weight).iloc[0]
    overall_agree = weighted_means(agrees, everyone, sample_weight).iloc[0]
    counts = codes.notna().groupby(classes.labels.to_numpy()).sum()
    means = weighted_means(codes, classes.labels, sample_weight)
    shares = weighted_means(agrees, classes.labels, sample_weight)
    long = pd.DataFrame(
        {
            "class": np.repeat(means.index.to_numpy(), means.shape[1]),
            "item": np.tile(means.columns.to_numpy(), len(means)),
            "n": counts.to_numpy().ravel(),
            "mean": means.to_numpy().ravel(),
            "agree_share": shares.to_numpy().ravel(),
        }
    )
    long.insert(1, "block", [questionnaire.block_of(item).id for item in long["item"]])
    long["overall_mean"] = long["item"].map(overall_mean)
    long["overall_agree_share"] = long["item"].map(overall_agree)
    return long


def _agreeing(codes: pd.Series, questionnaire: Questionnaire, item: str) -> pd.Series:
    scale = questionnaire.scale_of(item)
    agreeing = [code for code in scale.codes if scale.stance(code) == "agree"]
    return (100.0 * codes.isin(agreeing)).where(codes.notna())


def class_categories_table(
    active: pd.DataFrame, supplementary: pd.DataFrame, classes: Classes, sample_weight: FloatArray
) -> pd.DataFrame:
    """Return the test of every category of every variable in every class.

    As `categories_among_answered`, with ``role`` and the p-values adjusted within each. A test on
    an active variable is circular: it made the classes.
    """
    return _by_role(
        active,
        supplementary,
        lambda X: categories_among_answered(X, classes.labels, sample_weight),
        sort=["class"],
    )


def class_variables_table(
    active: pd.DataFrame, supplementary: pd.DataFrame, classes: Classes, sample_weight: FloatArray
) -> pd.DataFrame:
    """Return the association of every variable with the classes.

    As `variables_among_answered`, with ``role``.
    """
    return _by_role(
        active, supplementary, lambda X: variables_among_answered(X, classes.labels, sample_weight)
    )


def class_quantities_tables(
    quantities: pd.DataFrame, classes: Classes, sample_weight: FloatArray
) -> dict[str, pd.DataFrame]:
    """Return the mean of each number in each class against the overall mean.

    ``class_quantities``, as `rfree.describe_quantities`, of the numbers that somebody gave; no
    table where there is none.
    """
    given = quantities.dropna(axis="columns", how="all")
    if not given.shape[1]:
        return {}
    described = describe_quantities(given, classes.labels, sample_weight=sample_weight)
    return {"class_quantities": described}


def tree_table(classes: Classes) -> pd.DataFrame:
    """Return the merges of the tree in SciPy's form: ``left``, ``right``, ``height``, ``size``."""
    return pd.DataFrame(classes.hcpc.linkage_, columns=["left", "right", "height", "size"]).astype(
        {"left": int, "right": int, "size": int}
    )


def moves_table(classes: Classes) -> pd.DataFrame:
    """Return who changed class at consolidation.

    Columns: ``tree_class``, ``class``, ``n`` (respondents), ``continues``: whether the class is the
    branch's own. Classes are numbered along axis 1 before and after, so a number can change without
    anybody moving: each branch is matched to the class that keeps the most of its respondents (one
    to one, greatest total).
    """
    counts = pd.crosstab(
        pd.Series(np.asarray(classes.hcpc.tree_labels_), name="tree_class"),
        pd.Series(classes.labels.to_numpy(), name="class"),
    )
    kept = np.zeros(counts.shape, dtype=bool)
    kept[linear_sum_assignment(counts.to_numpy(), maximize=True)] = True
    moves = counts.reset_index().melt(id_vars="tree_class", value_name="n")
    return moves.assign(continues=kept.ravel(order="F"))


def examples_table(classes: Classes) -> pd.DataFrame:
    """Return the respondents nearest to their centre and farthest from the others.

    Columns: ``kind`` ("paragon", "specific"), ``class``, ``rank``, ``respondent``, ``distance``.
    """
    tables = {"paragon": classes.hcpc.paragons_, "specific": classes.hcpc.specifics_}
    joined = pd.concat([each.assign(kind=kind) for kind, each in tables.items()], ignore_index=True)
    return joined[["kind", "class", "rank", "respondent", "distance"]]


def _by_role(
    active: pd.DataFrame,
    supplementary: pd.DataFrame,
    describe: Callable[[pd.DataFrame], pd.DataFrame],
    *,
    sort: Sequence[str] = (),
) -> pd.DataFrame:
    parts = []
    for role, table in (("active", active), ("supplementary", supplementary)):
        if table.shape[1]:
            part = describe(table)
            part.insert(list(part.columns).index("variable") + 1, "role", role)
            parts.append(part)
    joined = pd.concat(parts, ignore_index=True)
    return joined.sort_values(list(sort), kind="stable", ignore_index=True) if sort else joined
