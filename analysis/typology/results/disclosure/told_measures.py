"""What means, deviations and quartiles tell of how many gave each of a few values: ranks, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from rfree.base.inputs import FloatArray
from rfree.disclosure.count_forms import small_counts
from rfree.disclosure.given_back import KnownSums, sums_given_back
from typology.fit.fitted_typology import FittedTypology
from typology.results.disclosure.blanks import small

MOST_VALUES = 10
"""Different values up to which a mean with its deviation may be numbers of respondents."""
MANY_MEASURED = 4
"""Times the smallest number shown, from which a spread and quartiles tell of no one."""
MEASURED_KINDS = ("rank", "quantity")
"""Kinds of questions of which means, deviations and quartiles are told."""
_QUARTILES, _SHARES = ("q1", "median", "q3"), (0.25, 0.5, 0.75)


def telling_measures(
    fitted: FittedTypology, tables: Mapping[str, pd.DataFrame], smallest: int
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ranks and numbers whose spreads, then whose means too, give small numbers back.

    Of a value out of few, how many of a class gave it is the solution of two or three equations:
    the mean, the deviation and the number of respondents, beside the quartiles. Of the choices of a
    ranking, those who gave one the first place did not give it to another. Respondents count as if
    all weighed the same. Uses ``characteristics``.
    """
    spreads: set[str] = set()
    means: set[str] = set()
    if "characteristics" not in tables:
        return frozenset(), frozenset()
    table = tables["characteristics"]
    counting = np.asarray(fitted.sample_weight) > 0
    labels = fitted.classes.labels.to_numpy()[counting]
    for names in _questions(table):
        values = fitted.respondent[names].to_numpy(dtype=float, na_value=np.nan)[counting]
        given = np.unique(values[~np.isnan(values)])
        if not 1 < len(given) <= MOST_VALUES:
            continue
        members = labels == np.unique(labels)[:, np.newaxis]
        chosen = values.T[:, np.newaxis] == given[:, np.newaxis]
        counts = np.einsum("vak,ck->vca", chosen.astype(float), members.astype(float))
        told = [
            _quartiles(table[(table["variable"] == name) & table["kind"].isin(MEASURED_KINDS)])
            for name in names
        ]
        if _give_back(counts, given, told, smallest, spread=True):
            spreads |= set(names)
            if _give_back(counts, given, told, smallest, spread=False):
                means |= set(names)
    return frozenset(spreads), frozenset(means)


def _questions(table: pd.DataFrame) -> Iterator[list[str]]:
    """Yield what is measured: the choices of a ranking together, each number alone."""
    measured = table[table["kind"].isin(MEASURED_KINDS)].drop_duplicates("variable")
    names = measured["variable"].astype(str)
    ranked = measured["kind"].eq("rank").to_numpy()
    question = names.where(~ranked, names.str.split(":").str[0])
    for _, own in names.groupby(question, sort=False):
        yield own.tolist()


def _give_back(
    counts: FloatArray, values: FloatArray, quartiles: Sequence[FloatArray], smallest: int,
    *, spread: bool,
) -> bool:  # fmt: skip
    """Return whether what is told of variables gives a number of variables x classes x values back.

    With ``spread``, deviations and quartiles are told as well.
    """
    n_variables, n_classes, n_values = counts.shape
    own, places = counts.ravel(), np.eye(n_values)
    rows: list[FloatArray] = []
    high: list[float] = []
    low: list[float] = []

    def tell(variables: Sequence[int], classes: Sequence[int], by_value: FloatArray,
             most: float | None = None) -> None:  # fmt: skip
        row = np.zeros(counts.shape)
        row[np.ix_(variables, classes)] = by_value
        at = float(row.ravel() @ own)
        rows.append(row.ravel())
        low.append(at if most is None else -np.inf)
        high.append(at if most is None else most)

    every = [*range(n_classes)]
    for at in range(n_variables):
        for number, members in enumerate([every, *([each] for each in every)]):
            n = float(counts[at, members].sum())
            tell([at], members, np.ones(n_values))
            tell([at], members, values)
            if not spread or (number and small([n], MANY_MEASURED * smallest)[0]):
                continue
            tell([at], members, values**2)
            for share, quartile in zip(_SHARES, quartiles[at][number], strict=True):
                tell([at], members, (values < quartile) * 1.0, share * n)
                tell([at], members, (values > quartile) * 1.0, (1 - share) * n)
    for place in places if n_variables > 1 else ():
        for each in every:
            tell(range(n_variables), [each], place)
    of_all = np.kron(np.eye(n_variables), np.tile(places, n_classes))
    aims = np.vstack([np.eye(len(own)), of_all])
    known = KnownSums(np.array(rows), np.array(low), np.array(high))
    aims = aims[small_counts(aims @ own, smallest)]
    return bool(sums_given_back(own, known, aims, smallest=smallest).any())


def _quartiles(table: pd.DataFrame) -> FloatArray:
    """Return the quartiles that are told of a variable: of all, then of each class."""
    rows = table.sort_values("class", kind="stable")
    return rows[[*_QUARTILES]].to_numpy(dtype=np.float64)
