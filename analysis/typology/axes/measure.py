"""Tables of the axes: rates of inertia, categories, what makes each axis, the Guttman effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from rfree import describe_axes, guttman_r2
from rfree.base.inputs import FloatArray
from typology.fit.axes import MAPPED_AXES, Axes


def axis_rates(axes: Axes) -> pd.DataFrame:
    """Return the inertia of every axis, and whether it is kept.

    Columns: ``axis``, ``eigenvalue``, ``percent``, ``cumulative``, ``benzecri``, ``greenacre``
    (percent; NaN where the eigenvalue does not exceed 1/Q), ``kept``.
    """
    table = axes.mca.inertia_.reset_index(drop=True)
    table.insert(0, "axis", np.arange(1, len(table) + 1))
    return table.assign(kept=table["axis"] <= axes.number)


def categories_table(axes: Axes, supplementary: pd.DataFrame) -> pd.DataFrame:
    """Return every category on every axis computed; supplementary ones take no part in the axes.

    Columns: ``variable``, ``category``, ``role`` (active, passive, supplementary), ``n``
    (respondents, whatever they weigh), ``share`` (weighted percent of all), ``axis``,
    ``coordinate``, ``contribution`` (percent; NaN unless active), ``cos2``, ``v_test``.
    """
    mca = axes.mca
    own = _long(
        mca.column_roles_,
        mca.column_counts_,
        mca.column_weights_,
        coordinate=mca.column_coordinates_,
        contribution=mca.column_contributions_,
        cos2=mca.column_cos2_,
        v_test=mca.column_v_tests_,
    )
    if not supplementary.shape[1]:
        return own
    placed = mca.supplementary(supplementary)
    others = _long(
        pd.Series("supplementary", index=placed.coordinates.index),
        placed.counts,
        placed.weights,
        coordinate=placed.coordinates,
        contribution=placed.coordinates * np.nan,
        cos2=placed.cos2,
        v_test=placed.v_tests,
    )
    return pd.concat([own, others], ignore_index=True)


def _long(
    roles: pd.Series, counts: pd.Series, weights: pd.Series, **columns: pd.DataFrame
) -> pd.DataFrame:
    """Return one row a category and axis."""
    first = next(iter(columns.values()))
    variable = weights.index.get_level_values(0)
    shares = 100 * weights / weights.groupby(variable, sort=False).transform("sum")
    n_axes = first.shape[1]
    repeated = np.repeat(np.arange(len(first)), n_axes)
    keys = first.index.to_frame(index=False).iloc[repeated]
    return pd.DataFrame(
        {
            "variable": keys.iloc[:, 0].astype(str).to_numpy(),
            "category": keys.iloc[:, 1].astype(str).to_numpy(),
            "role": roles.to_numpy()[repeated],
            "n": counts.to_numpy().round().astype(np.int64)[repeated],
            "share": shares.to_numpy()[repeated],
            "axis": np.tile(np.arange(1, n_axes + 1), len(first)),
            **{name: table.to_numpy().ravel() for name, table in columns.items()},
        }
    )


def axis_block_inertia(axes: Axes, blocks: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return how much of each axis computed each active block makes.

    Columns: ``block``, ``items``, ``weight`` of each of its items (1 where all weigh the same),
    ``axis``, ``contribution`` (percent), ``eigenvalue`` (the part of it that the block makes: at
    most 1 where blocks weigh the same).
    """
    mca = axes.mca
    made = mca.column_contributions_.groupby(level=0, sort=False).sum()
    rows = []
    for block, items in blocks.items():
        shares = made.loc[list(items)].sum().to_numpy(dtype=float)
        weight = float(mca.variable_weights_.loc[items[0]])
        for axis, (share, value) in enumerate(zip(shares, mca.eigenvalues_, strict=False), start=1):
            rows.append((block, len(items), weight, axis, share, value * share / 100))
    names = ["block", "items", "weight", "axis", "contribution", "eigenvalue"]
    return pd.DataFrame(rows, columns=names)


def guttman_table(axes: Axes, sample_weight: FloatArray) -> pd.DataFrame:
    """Return how far each axis is a quadratic function of an earlier one.

    Columns: ``axis_x``, ``axis_y``, ``r2``; every pair of the axes kept (at least the mapped ones).
    """
    coordinates = axes.mca.row_coordinates_.to_numpy()
    number = min(max(axes.number, MAPPED_AXES), coordinates.shape[1])
    rows = [
        (x + 1, y + 1, guttman_r2(
            coordinates[:, x], coordinates[:, y], weights=sample_weight))
        for x, y in combinations(range(number), 2)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["axis_x", "axis_y", "r2"])


def axis_description_tables(axes: Axes, supplementary: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return which variables and categories make each axis, every test kept.

    ``axis_variables`` and ``axis_categories``, as `rfree.describe_axes` gives them, with ``axis``
    as a number.
    """
    described = describe_axes(
        axes.mca, supplementary=supplementary if supplementary.shape[1] else None, proba=1
    )
    tables = {"axis_variables": described.variables, "axis_categories": described.categories}
    return {
        name: table.assign(axis=table["axis"].str.removeprefix("Axis ").astype(int))
        for name, table in tables.items()
    }
