"""Priorities of a panel: points given to ideas, added up, ranked with ties, pooled over panels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray


def points_of_ranks(ranks: pd.DataFrame, *, most: int) -> pd.DataFrame:
    """Return the points that ranks give: ``most`` to the first, one less to each of the next.

    Parameters
    ----------
    ranks : DataFrame, judges x ideas
        1 is the best; only the order counts. Equal ranks share their places; NaN is not ranked.
    most : int
        Points of a first place: how many ideas a judge ranks at most.

    Returns
    -------
    DataFrame
        Of the same shape; NaN where there is no rank.

    Raises
    ------
    ValueError
        If a judge ranked more ideas than ``most``.

    Examples
    --------
    >>> ranks = pd.DataFrame([[1, 2, 2, None]], columns=list("abcd"))
    >>> points_of_ranks(ranks, most=3)
         a    b    c   d
    0  3.0  1.5  1.5 NaN
    """
    longest = int(ranks.notna().sum(axis=1).max())
    if longest > most:
        raise ValueError(f"A judge ranked {longest} ideas; expected at most {most}.")
    return most + 1 - ranks.astype("float64").rank(axis=1, method="average")


def tally(points: pd.DataFrame, *, most: float) -> pd.DataFrame:
    """Return the points of each idea, the highest total first.

    Parameters
    ----------
    points : DataFrame, judges x ideas
        What each judge gave, 0 or more; NaN where a judge did not choose the idea.
    most : float
        The most that a judge can give an idea.

    Returns
    -------
    DataFrame
        One row an idea: idea, rank (1 the highest total; equal totals share the best of their
        places), tied (whether another idea has that rank), total, importance (percent of the
        points the idea would have, had every judge given it the most), share (percent of all
        points given), judges, voters (judges who gave it points), firsts (judges who gave no
        other idea more), mean and sd (of the points of its voters; sd divides by their number
        less one, NaN for one voter; both NaN for none). Ideas that are equal keep their order.

    Raises
    ------
    ValueError
        If points are negative or above ``most``, or nobody gave any.

    Notes
    -----
    ``importance`` is what reports of nominal groups call relative importance (McMillan et al.
    2014, International Journal of Clinical Pharmacy 36): it compares ideas of panels of other
    sizes.

    Examples
    --------
    >>> points = pd.DataFrame({"meet": [3, 3, None], "share": [2, None, 3], "pay": [1, 2, 2]})
    >>> tally(points, most=3)[["idea", "rank", "tied", "total", "voters", "firsts"]]
        idea  rank   tied  total  voters  firsts
    0   meet     1  False    6.0       2       2
    1  share     2   True    5.0       2       1
    2    pay     2   True    5.0       3       0
    """
    given = points.astype("float64")
    values = given.to_numpy()
    if (values < 0).any() or (values > most + 1e-9).any():
        raise ValueError(f"Points go from {np.nanmin(values):g} to {np.nanmax(values):g}; "
                         f"expected 0 to {most:g}.")  # fmt: skip
    voted = given.where(given > 0)
    total = voted.sum(axis=0).to_numpy(dtype=np.float64)
    if not total.any():
        raise ValueError("Nobody gave any points.")
    best = voted.max(axis=1)
    table = pd.DataFrame(
        {
            "idea": points.columns.to_numpy(),
            "total": total,
            "importance": 100 * total / (most * len(points)),
            "share": 100 * total / total.sum(),
            "judges": len(points),
            "voters": voted.notna().sum(axis=0).to_numpy(),
            "firsts": voted.eq(best, axis=0).sum(axis=0).to_numpy(),
            "mean": voted.mean(axis=0).to_numpy(),
            "sd": voted.std(axis=0, ddof=1).to_numpy(),
        }
    )
    return _ranked(table, total)


def pool_panels(panels: Mapping[str, pd.DataFrame], *, most: float) -> pd.DataFrame:
    """Return the points of the ideas of several panels together, the highest total first.

    Parameters
    ----------
    panels : mapping of a name to a DataFrame, judges x ideas
        As `tally` takes them; an idea that two panels had has one name in both.
    most : float
        The most that a judge can give an idea.

    Returns
    -------
    DataFrame
        One row an idea: idea, rank, tied, total, importance (percent of what it would have, had
        every judge of every panel given it the most: a panel without the idea gave it none),
        importance_where_raised (the same among the judges of the panels that had it), share,
        panels (how many had it), judges (of the panels that had it), voters, firsts.

    Raises
    ------
    ValueError
        As `tally`; or without a panel.

    Examples
    --------
    >>> panels = {"north": pd.DataFrame({"meet": [2, 2], "pay": [1, 1]}),
    ...           "south": pd.DataFrame({"meet": [1, 1], "share": [2, 2]})}
    >>> pool_panels(panels, most=2)[["idea", "rank", "total", "importance", "panels"]]
        idea  rank  total  importance  panels
    0   meet     1    6.0        75.0       2
    1  share     2    4.0        50.0       1
    2    pay     3    2.0        25.0       1
    """
    if not panels:
        raise ValueError("There is no panel to pool.")
    each = pd.concat([tally(points, most=most) for points in panels.values()], ignore_index=True)
    everyone = sum(len(points) for points in panels.values())
    summed = ["total", "judges", "voters", "firsts"]
    table = each.groupby("idea", sort=False)[summed].sum().reset_index()
    total = table["total"].to_numpy(dtype=np.float64)
    table = table.assign(
        importance=100 * total / (most * everyone),
        importance_where_raised=100 * total / (most * table["judges"]),
        share=100 * total / total.sum(),
        panels=table["idea"].map(each["idea"].value_counts()),
    )
    order = ["idea", "total", "importance", "importance_where_raised", "share", "panels",
             "judges", "voters", "firsts"]  # fmt: skip
    return _ranked(table[order], total)


def _ranked(table: pd.DataFrame, total: FloatArray) -> pd.DataFrame:
    # Rounded: sums in another order must not tell equal totals apart.
    key = pd.Series(np.round(total, 9), index=table.index)
    table.insert(1, "rank", key.rank(method="min", ascending=False).astype("int64"))
    table.insert(2, "tied", key.duplicated(keep=False))
    return table.sort_values("rank", kind="stable", ignore_index=True)
