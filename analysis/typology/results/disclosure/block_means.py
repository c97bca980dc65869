"""How coarsely the means of blocks are told, so that they give no mean of an item more closely."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from typology.exhibits.run_tables import Tables

MANY_ITEMS = 10
_HALF = 0.05
"""Of the last decimal of the mean of an item, where a number of it is hidden."""

_Cells = Collection[tuple[str, int]]


def block_decimals(
    tables: Tables, mixed: _Cells, meanless: _Cells
) -> tuple[dict[str, int], set[tuple[str, int]]]:
    """Return the decimals of the mean of each block, and which means of items are not told then.

    The mean of a block, less those of all its items but one, is that of this one: it must leave it
    wherever its own decimal does, with as many decimals as allow it in each class, two at most (one
    for fewer than ``MANY_ITEMS`` items). Where even whole numbers do not, the means of the items of
    which a number is hidden are not told. Uses ``class_profiles``.
    """
    profiles = tables["class_profiles"].dropna(subset=["mean"])
    found: dict[str, int] = {}
    untold: set[tuple[str, int]] = set()
    gone = {item for item, _ in meanless}
    for block, rows in profiles.groupby("block", sort=False):
        many = rows["item"].nunique() >= MANY_ITEMS and not gone & set(rows["item"])
        by_class = [
            (number, rows.loc[rows["class"] == number, ["item", "mean"]].astype({"item": str}))
            for number in map(int, rows["class"].unique())
        ]
        for decimals in (2, 1, 0) if many else (1, 0):
            found[str(block)] = decimals
            close = [
                (number, own)
                for number, own in by_class
                if not _leaves_open(own, number, decimals, mixed, meanless)
            ]
            if not close:
                break
        untold |= {
            (item, number)
            for number, own in close
            for item in own["item"]
            if (item, number) in mixed
        }
    return found, untold


def _leaves_open(
    rows: pd.DataFrame, number: int, decimals: int, mixed: _Cells, meanless: _Cells
) -> bool:
    """Return whether the mean of a block leaves each mean of an item as open as it is."""
    keys = [(item, number) for item in rows["item"]]
    coarse = [key for key in keys if key in mixed]
    if not coarse or any(key in meanless for key in keys):
        return True
    means = rows["mean"].to_numpy(dtype=float)
    block = means.mean()
    off = len(means) * (round(block, decimals) - block)
    room = len(means) * 0.5 * 10.0**-decimals
    told = {key: round(mean, 1) - mean for key, mean in zip(keys, means, strict=True)}
    drift = sum(told[key] for key in coarse)
    for key in coarse:
        # The mean of this item, less its true value: by its own decimal, and by the block.
        centre = off - (drift - told[key])
        reach = room + _HALF * (len(coarse) - 1)
        if centre - reach > told[key] - _HALF or centre + reach < told[key] + _HALF:
            return False
    return True
