"""Whether respondents can be told apart by what is known of them: k-anonymity and l-diversity."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import aligned_to


@dataclass(frozen=True)
class Anonymity:
    """How well respondents are hidden among one another.

    Attributes
    ----------
    k : int
        Respondents of the rarest combination of answers.
    diversity : int
        l: the fewest different sensitive values among the respondents of one combination.
    unique : int
        Respondents who alone have their combination.
    """

    k: int
    diversity: int
    unique: int


def anonymity(questions: pd.DataFrame, sensitive: npt.ArrayLike) -> Anonymity:
    """Return how well the answers to some questions hide respondents among one another.

    Parameters
    ----------
    questions : DataFrame of respondents x questions
        What others may know of a respondent; a missing answer is an answer like the others.
    sensitive : array of respondents
        What they are not to learn from it; a Series by its labels, else in their order.

    Returns
    -------
    Anonymity

    Raises
    ------
    ValueError
        If there is no respondent or no question, or ``sensitive`` is labelled differently.

    Notes
    -----
    k-anonymity: Sweeney 2002; distinct l-diversity: Machanavajjhala, Kifer, Gehrke &
    Venkitasubramaniam 2007 (ACM Transactions on Knowledge Discovery from Data 1, 3).

    Examples
    --------
    >>> known = pd.DataFrame({"sex": ["f", "f", "m"], "age": ["old", "old", "old"]})
    >>> anonymity(known, ["a", "b", "a"])
    Anonymity(k=1, diversity=1, unique=1)
    """
    if questions.empty:
        raise ValueError("questions has no respondent or no column.")
    own = aligned_to(sensitive, questions, name="sensitive", of="questions")
    groups = _combinations(questions)
    sizes = np.bincount(groups)
    values = pd.Series(np.asarray(own)).groupby(groups).nunique()
    return Anonymity(int(sizes.min()), int(values.min()), int((sizes == 1).sum()))


def riskiest_questions(
    questions: pd.DataFrame,
    *,
    orders: Mapping[str, Sequence[Hashable]] = MappingProxyType({}),
    top: int = 3,
) -> pd.DataFrame:
    """Return the questions by which most respondents are alone with their answers.

    Parameters
    ----------
    questions : DataFrame of respondents x questions
    orders : mapping of str to sequence, optional
        All answers of the questions whose answers have an order, in it: ages, years, degrees.
    top : int

    Returns
    -------
    DataFrame
        ``question``, ``unique_without`` (respondents who are alone without it), ``merged`` (its two
        rarest answers, a tuple; of answers in an order, the two neighbours that are rarest
        together; None where it has two at most, or no two of them touch) and ``unique_merged``
        (respondents who are alone when these two are one answer); the riskiest first.

    Examples
    --------
    >>> known = pd.DataFrame({"sex": ["f", "f", "m", "m"], "town": ["a", "b", "c", "a"]})
    >>> riskiest_questions(known, top=1)[["question", "unique_without"]].to_numpy().tolist()
    [['town', 0]]
    >>> years = pd.DataFrame({"year": [1990, 1990, 1990, 2001, 2020, 2021, 2021]})
    >>> riskiest_questions(years, orders={"year": range(1990, 2022)})["merged"].tolist()
    [(2020, 2021)]
    """
    rows = []
    for name in questions.columns:
        others = questions.drop(columns=name)
        without = _unique(others) if others.shape[1] else 0
        counts = questions[name].astype("object").value_counts().sort_values(kind="stable")
        merged: tuple[Hashable, ...] | None = None
        unique_merged = _unique(questions)
        if len(counts) > 2:
            rarest = tuple(counts.index[:2])
            given = dict(zip(counts.index, counts.tolist(), strict=True))
            merged = _neighbours(given, orders[name]) if name in orders else rarest
        if merged is not None:
            column = questions[name].astype("object")
            as_one = column.where(~column.isin(merged), merged[0])
            unique_merged = _unique(questions.assign(**{str(name): as_one}))
        rows.append((name, without, merged, unique_merged))
    columns = ["question", "unique_without", "merged", "unique_merged"]
    table = pd.DataFrame(rows, columns=columns)
    ordered = table.sort_values("unique_without", kind="stable", ignore_index=True)
    return ordered.head(top)


def _neighbours(
    counts: Mapping[Hashable, int], order: Sequence[Hashable]
) -> tuple[Hashable, Hashable] | None:
    """Return the two answers next to each other that fewest gave together, None without two."""
    pairs = [
        (counts[one] + counts[other], place)
        for place, (one, other) in enumerate(pairwise(order))
        if one in counts and other in counts
    ]
    if not pairs:
        return None
    place = min(pairs)[1]
    return order[place], order[place + 1]


def _combinations(questions: pd.DataFrame) -> npt.NDArray[np.int64]:
    codes = pd.DataFrame(
        {place: pd.factorize(questions[name])[0] for place, name in enumerate(questions.columns)}
    )
    combinations = codes.groupby(list(codes.columns)).ngroup()
    return np.asarray(combinations, dtype=np.int64)


def _unique(questions: pd.DataFrame) -> int:
    return int((np.bincount(_combinations(questions)) == 1).sum())
