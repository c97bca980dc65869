"""Subgroups against all respondents, and two questions crossed, on the axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from rfree.axes.class_specific import ClassSpecificMCA, class_specific_mca
from rfree.axes.crossing import crossed_variances
from rfree.axes.typicality import typicality_test
from rfree.base.inputs import FloatArray
from typology.fit.active_table import ActiveTable
from typology.fit.axes import Axes
from typology.questionnaire.characteristics import NO_ANSWER

FEWEST = 5
"""Respondents below which a subgroup is not compared, and a crossed category not placed."""

_COMPARED = ["distance", "chi2", "df", "p_normal", "p_value", "same_size", "exact", "variance"]


def subgroup_tables(
    axes: Axes,
    active: ActiveTable,
    characteristics: pd.DataFrame,
    subgroups: Mapping[str, Sequence[str]],
    *,
    sample_weight: FloatArray,
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Return how subgroups compare with all respondents; no table where none is named.

    ``subgroups``: ``subgroup`` (1, 2, ...), ``variable`` and ``category`` that name it, ``n``,
    ``total`` (respondents), and of the typicality test on the axes kept ``distance``, ``chi2``,
    ``df``, ``p_normal``, ``p_value``, ``same_size`` (subgroups compared), ``exact``;
    ``variance`` (percent of that of all). NaN where it has fewer than 5 respondents, or all.
    ``subgroup_axes``: ``subgroup``, ``axis`` (of all), ``mean``, ``deviation``, ``z``,
    ``p_normal``, ``p_value``. Of its class-specific MCA: ``subgroup_inertia``: ``subgroup``,
    ``axis`` (its own), ``eigenvalue``, ``percent``, ``cumulative``, ``closest_axis`` (of all, among
    those kept), ``cosine``; ``subgroup_categories``: ``subgroup``, ``variable``, ``category``,
    ``n``, ``axis``, ``coordinate``, ``contribution`` (percent; NaN unless active), ``cos2``.
    """
    named = [(name, answer) for name, answers in subgroups.items() for answer in answers]
    if not named:
        return {}
    coordinates = axes.mca.row_coordinates_.iloc[:, : axes.number]
    parts: dict[str, list[pd.DataFrame]] = {}
    rows = []
    for number, (name, answer) in enumerate(named, start=1):
        members = (characteristics[name].astype(str) == answer).to_numpy()
        n, total = int(members.sum()), len(members)
        row = {"subgroup": number, "variable": name, "category": answer, "n": n, "total": total}
        if FEWEST <= n < total:
            test = typicality_test(coordinates, members, sample_weight=sample_weight, seed=seed)
            own = class_specific_mca(
                active.categories,
                members,
                n_components=axes.number,
                passive=active.passive,
                blocks=active.blocks,
                sample_weight=sample_weight,
            )
            told = [test.distance, test.chi2, test.df, test.p_normal, test.p_value,
                    test.subgroups, test.exact, 100 * own.inertia_ratio]  # fmt: skip
            row |= dict(zip(_COMPARED, told, strict=True))
            found = {
                "subgroup_axes": test.axes.assign(axis=np.arange(1, len(test.axes) + 1)),
                "subgroup_inertia": _own_axes(own),
                "subgroup_categories": _own_categories(own),
            }
            for table, part in found.items():
                part.insert(0, "subgroup", number)
                parts.setdefault(table, []).append(part)
        rows.append(row)
    columns = ["subgroup", "variable", "category", "n", "total", *_COMPARED]
    compared = pd.DataFrame(rows).reindex(columns=columns)
    compared = compared.astype({"df": "Int64", "same_size": "Int64", "exact": "boolean"})
    tables = {name: pd.concat(each, ignore_index=True) for name, each in parts.items()}
    return {"subgroups": compared, **tables}


def _own_axes(own: ClassSpecificMCA) -> pd.DataFrame:
    """Return the axes of a subgroup that are placed, each with the axis of all nearest to it."""
    number = len(own.cosines)
    cosines = own.cosines.to_numpy(dtype=float)
    closest = np.abs(cosines).argmax(axis=1)
    table = own.inertia.head(number).reset_index(drop=True)
    table.insert(0, "axis", np.arange(1, number + 1))
    return table.assign(
        closest_axis=closest + 1, cosine=np.abs(cosines[np.arange(number), closest])
    )


def _own_categories(own: ClassSpecificMCA) -> pd.DataFrame:
    keys = own.column_coordinates.index.to_frame(index=False).astype(str)
    return pd.concat(
        [
            keys.assign(
                n=own.column_counts.to_numpy().astype(np.int64),
                axis=number,
                coordinate=own.column_coordinates[axis].to_numpy(),
                contribution=own.column_contributions[axis].to_numpy(),
                cos2=own.column_cos2[axis].to_numpy(),
            )
            for number, axis in enumerate(own.column_coordinates, start=1)
        ]
        or [keys.assign(n=0, axis=0, coordinate=0.0, contribution=0.0, cos2=0.0).head(0)],
        ignore_index=True,
    )


def crossed_tables(
    axes: Axes,
    characteristics: pd.DataFrame,
    crossed: tuple[str, str] | None,
    *,
    sample_weight: FloatArray,
) -> dict[str, pd.DataFrame]:
    """Return the crossed categories of two questions on the axes; no table where none are named.

    ``crossed_categories``: ``variable``, ``category``, ``other_variable``, ``other_category``,
    ``n``, ``share`` (weighted percent of all), ``axis``, ``coordinate``, ``cos2``, ``v_test``: NaN
    with fewer than 5 respondents. ``crossed_effects``, of those who answered both: ``axis``,
    ``first_alone``, ``second_alone``, ``additive``, ``crossed``, ``interaction``, as
    `rfree.axes.crossing.crossed_variances`, in percent.
    """
    if crossed is None:
        return {}
    answers = characteristics[list(crossed)]
    known = (answers.astype(str) != NO_ANSWER).all(axis=1).to_numpy()
    if not known.any():
        return {}
    pairs = answers[known].drop_duplicates().sort_values(list(crossed))
    number = pd.MultiIndex.from_frame(pairs.astype(str))
    codes = number.get_indexer(pd.MultiIndex.from_frame(answers.astype(str)))
    name = "crossed"
    placed = axes.mca.supplementary(pd.DataFrame({name: codes.astype(str)}, index=answers.index))
    own: pd.Series[float] = placed.weights.xs(name)
    weights = own / float(own.sum())
    parts = []
    for place, (first, second) in enumerate(number):
        key = str(place)
        n = int((codes == place).sum())
        rows = (name, key)
        table = pd.DataFrame(
            {
                "axis": np.arange(1, placed.coordinates.shape[1] + 1),
                "coordinate": _row(placed.coordinates, rows),
                "cos2": _row(placed.cos2, rows),
                "v_test": _row(placed.v_tests, rows),
            }
        )
        if n < FEWEST:
            table[["coordinate", "cos2", "v_test"]] = np.nan
        told = {"variable": crossed[0], "category": first, "other_variable": crossed[1],
                "other_category": second, "n": n, "share": 100 * weights[key]}  # fmt: skip
        parts.append(table.assign(**told)[[*told, *table.columns]])
    coordinates = axes.mca.row_coordinates_
    effects = crossed_variances(
        coordinates[known], answers[known].astype(str), sample_weight=sample_weight[known]
    )
    shares = 100 * effects.drop(columns="axis")
    shares = shares.rename(columns={"first": "first_alone", "second": "second_alone"})
    shares.insert(0, "axis", np.arange(1, len(shares) + 1))
    return {
        "crossed_categories": pd.concat(parts, ignore_index=True),
        "crossed_effects": shares,
    }


def _row(table: pd.DataFrame, place: tuple[str, str]) -> FloatArray:
    """Return a row of a table of categories as numbers."""
    row: FloatArray = table.loc[[place]].to_numpy(dtype=float)[0]
    return row
