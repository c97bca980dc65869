"""Statements that were sorted by hand into fields: counted by field, by group, by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class StatementCounts:
    """Counts of coded statements.

    ``by_group`` : field, group, n (statements), share (percent of those of the group).
    ``by_field`` : field, n, share (percent of all), different (statements that say something
    else), groups (that have one at least).
    ``statements`` : field, statement, n (how often it was said), groups (by how many), rank
    within its field (1 the statement of most groups, then the most often said; equal ones share
    it), in the order of the fields, of the ranks, then as they came.
    """

    by_group: pd.DataFrame
    by_field: pd.DataFrame
    statements: pd.DataFrame


def count_statements(
    statements: pd.DataFrame, *, fields: Sequence[str], groups: Sequence[str] = ()
) -> StatementCounts:
    """Return how many statements there are in each field, from which groups, saying what.

    Parameters
    ----------
    statements : DataFrame
        One row a statement that a group made: field, group, statement (what it says: equal where
        two groups said the same, or the code that it was given).
    fields : sequence of str
        All the fields, in their order; those without a statement are counted too.
    groups : sequence of str, optional
        All the groups, in their order; by default those of the statements, as they come.

    Returns
    -------
    StatementCounts

    Raises
    ------
    ValueError
        If there is no statement, or one of another field or group.

    Notes
    -----
    No test goes with the counts: the statements of a group are made together, and are no
    independent draws.

    Examples
    --------
    >>> said = pd.DataFrame({"field": ["strengths", "strengths", "threats"],
    ...                      "group": ["A", "B", "B"], "statement": ["peers", "peers", "rules"]})
    >>> counts = count_statements(said, fields=["strengths", "threats"])
    >>> counts.statements[["field", "statement", "n", "groups"]]
           field statement  n  groups
    0  strengths     peers  2       2
    1    threats     rules  1       1
    >>> counts.by_group["n"].tolist()
    [1, 1, 0, 1]
    """
    groups = list(groups) or list(dict.fromkeys(statements["group"]))
    _refuse_others(statements, fields, groups)
    cells = pd.MultiIndex.from_product([fields, groups], names=["field", "group"])
    n = statements.groupby(["field", "group"]).size().reindex(cells, fill_value=0)
    by_group = n.rename("n").reset_index()
    of_group = by_group.groupby("group")["n"].transform("sum")
    by_group["share"] = 100 * by_group["n"] / of_group.where(of_group > 0)
    of_field = statements.groupby("field")
    by_field = pd.DataFrame(
        {
            "n": of_field.size(),
            "share": 100 * of_field.size() / len(statements),
            "different": of_field["statement"].nunique(),
            "groups": of_field["group"].nunique(),
        }
    )
    by_field = by_field.reindex(pd.Index(fields, name="field"), fill_value=0).reset_index()
    return StatementCounts(by_group, by_field, _each_once(statements, fields))


def _refuse_others(statements: pd.DataFrame, fields: Sequence[str], groups: list[str]) -> None:
    if statements.empty:
        raise ValueError("There is no statement to count.")
    for column, known in (("field", list(fields)), ("group", groups)):
        others = sorted(set(statements[column]) - set(known))
        if others:
            raise ValueError(f"{column} {others[0]!r} is none of {', '.join(known)}.")


def _each_once(statements: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    each = statements.groupby(["field", "statement"], sort=False)["group"]
    table = each.agg(n="size", groups="nunique").reset_index()
    table["field"] = pd.Categorical(table["field"], list(fields))
    keys = ["field", "groups", "n"]
    table = table.sort_values(
        keys, ascending=[True, False, False], kind="stable", ignore_index=True
    )
    first = ~table.duplicated(keys)
    place = table.groupby("field", observed=True).cumcount() + 1
    table["rank"] = place.where(first).ffill().astype("int64")
    return table.astype({"field": "object"})
