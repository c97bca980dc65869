"""The verdict: along one attitude or in several directions, with gaps between the types or not."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rfree.reality.nulls import ASKED, WITHOUT_GAPS, NullResult

# A type that comes back in resamples with less than this similarity is no group to be named.
RECOVERED_IN_RESAMPLES = 0.6
# One score that gives back the type of this share of the respondents orders the types.
ORDERED = 0.9
# What must be beaten to answer each question: nulls, each with the statistic that tells.
QUESTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("structure", (("independence", "within_share"),)),
    ("directions", (("one attitude", "second_eigenvalue"),)),
    ("gaps", tuple((null, "weakest_gap") for null in WITHOUT_GAPS)),
)
# And where the second direction is a bend of the first, whose curve is only known roughly.
OF_A_BEND = ("directions", "one attitude", "one_score")
SET_APART = ("no side", "some sides", "every side")
RUNGS = ("no structure", "slices", "regions", "ordered groups", "groups", "other groups")


@dataclass(frozen=True)
class Verdict:
    """What a sample says of its types, with the numbers that say it.

    Attributes
    ----------
    rung : str
        One of ``RUNGS``: ``no structure``; ``slices`` of one attitude; ``regions`` of a space of
        several directions; ``ordered groups`` along one attitude; ``groups``; ``other groups``
        than the study's types.
    several_directions : bool
        Whether the types differ in more than one direction.
    gaps_everywhere : bool
        Whether there is a gap at every boundary, and every type comes back.
    steps : DataFrame
        ``question`` (structure, directions, gaps), ``null`` that has to be beaten for it,
        ``statistic``, ``sample``, ``null_mean``, ``null_low``, ``null_high``, ``p_value``,
        ``replicates``, ``beaten``.
    boundaries : DataFrame
        Those of `rfree.reality.nulls.NullResult`, with ``gap``: whether ``p_holm`` is at most the
        level.
    types : DataFrame
        ``class``, ``neighbours``, ``gaps`` (of its boundaries), ``set_apart`` ("every side",
        "some sides", "no side"), ``mean_jaccard`` (<NA> where unknown), ``recovered``.
    stopped_by : tuple of str
        What keeps the types from being groups: nulls, "recovery", "straight liners".
    n_groups : int or None
        Groups that the splits show, where they are not the study's.
    within_share, one_score : float
        Of the sample, at the study's number of classes.
    level : float
    n_classes, n_replicates : int
    """

    rung: str
    several_directions: bool
    gaps_everywhere: bool
    steps: pd.DataFrame
    boundaries: pd.DataFrame
    types: pd.DataFrame
    stopped_by: tuple[str, ...]
    n_groups: int | None
    within_share: float
    one_score: float
    level: float
    n_classes: int
    n_replicates: int


def reach_verdict(
    result: NullResult,
    *,
    type_jaccard: pd.Series[float] | None = None,
    n_groups: int | None = None,
    level: float = 0.05,
) -> Verdict:
    """Answer the two questions, and say on which rung the types stand.

    Parameters
    ----------
    result : NullResult
        From `rfree.reality.nulls.null_distributions`, with all the nulls.
    type_jaccard : Series, by class, optional
        Mean similarity of each type in resamples
        (`rfree.reality.stability.bootstrap_stability`); None: every type counts as recovered.
    n_groups : int, optional
        Groups that the splits of the tree show (`rfree.reality.splits.split_groups`).
    level : float
        Risk taken at each question, at least 1 / (replicates + 1).

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        If a null was left out or the replicates are too few for the level.

    Notes
    -----
    Questions are asked in this order, each at the level:

    1. *Structure*: do the types hold together better than those of independent answers
       (within-class share of inertia)? If not, *no structure*.
    2. *Gaps*: is the weakest boundary deeper than the weakest in every population without gaps,
       straight-liners left out as well, and does every type come back (mean Jaccard similarity of
       at least .6)? All must hold (intersection-union test); no correction is due. The third
       condition is what keeps one group that was cut in two from standing: the first two are
       tests of populations without any gap.
    3. *Directions*: have the answers a second direction that one attitude, its bend and answering
       styles do not explain (second eigenvalue), and does one score give the types back to fewer
       than nine respondents in ten? Both: *regions*; otherwise *slices*. Where the second
       direction is a bend of the first, the curve that is fitted is not sure enough to be held
       against the sample alone: fewer types have to come back from one score than under one
       attitude, too. Groups are *ordered* where one score gives back the types of nine in ten.
    4. Where the study's types are no groups, but the splits show at least two: *other groups*.
    """
    least = 1 / (result.n_replicates + 1)
    if not least <= level < 1:
        raise ValueError(
            f"level is {level}, but {result.n_replicates} replicates give no p-value below "
            f"{least:.4f}: ask for more replicates or a higher level."
        )
    asked = {
        (str(row["null"]), str(row["statistic"])): row for row in result.tests.to_dict("records")
    }
    needed = [(null, each) for null, several in ASKED.items() for each in several]
    absent = sorted({null for null, each in needed if (null, each) not in asked})
    if absent:
        raise ValueError(f"The verdict needs all the nulls; these are absent: {', '.join(absent)}.")
    steps = _steps(asked, level, bent=result.second.kind == "bend")
    beaten = steps.groupby("question")["beaten"].all()
    types = _types(result, type_jaccard, level)
    one_score = float(asked["one attitude", "one_score"]["sample"])
    several = bool(
        beaten["directions"]
        and one_score < ORDERED
        and _survives(result, steps, "second_eigenvalue")
    )
    stopped = list(steps.loc[(steps["question"] == "gaps") & ~steps["beaten"], "null"])
    if not types["recovered"].all():
        stopped.append("recovery")
    if not _survives(result, steps, "weakest_gap"):
        stopped.append("straight liners")
    gaps = not stopped
    if not beaten["structure"]:
        rung = "no structure"
    elif gaps:
        rung = "ordered groups" if one_score >= ORDERED else "groups"
    elif n_groups is not None and n_groups > 1:
        rung = "other groups"
    else:
        rung = "regions" if several else "slices"
    return Verdict(
        rung=rung,
        several_directions=several,
        gaps_everywhere=gaps,
        steps=steps,
        boundaries=result.boundaries.assign(gap=result.boundaries["p_holm"] <= level),
        types=types,
        stopped_by=tuple(stopped),
        n_groups=n_groups,
        within_share=float(asked["independence", "within_share"]["sample"]),
        one_score=one_score,
        level=level,
        n_classes=result.n_classes,
        n_replicates=result.n_replicates,
    )


def _steps(
    asked: dict[tuple[str, str], dict[Hashable, Any]], level: float, *, bent: bool
) -> pd.DataFrame:
    numbers = ["sample", "null_mean", "null_low", "null_high", "p_value", "replicates"]
    needed = [(question, *pair) for question, pairs in QUESTIONS for pair in pairs]
    if bent:
        needed.insert(
            needed.index(("directions", "one attitude", "second_eigenvalue")) + 1, OF_A_BEND
        )
    rows = [
        {"question": question, "null": null, "statistic": statistic}
        | {name: asked[null, statistic][name] for name in numbers}
        for question, null, statistic in needed
    ]
    steps = pd.DataFrame(rows)
    return steps.assign(beaten=steps["p_value"] <= level)


def _types(result: NullResult, type_jaccard: pd.Series[float] | None, level: float) -> pd.DataFrame:
    """Say on how many sides each type is set apart, and whether it comes back."""
    rows = []
    for number in range(1, result.n_classes + 1):
        own = result.boundaries.query("`class` == @number or neighbour == @number")
        gaps = int((own["p_holm"] <= level).sum())
        jaccard = np.nan if type_jaccard is None else float(type_jaccard.loc[number])
        rows.append(
            {
                "class": number,
                "neighbours": len(own),
                "gaps": gaps,
                "set_apart": "no side"
                if gaps == 0
                else ("every side" if gaps == len(own) else "some sides"),
                "mean_jaccard": jaccard,
                "recovered": not jaccard < RECOVERED_IN_RESAMPLES,
            }
        )
    return pd.DataFrame(rows)


def _survives(result: NullResult, steps: pd.DataFrame, statistic: str) -> bool:
    """Say whether a statistic goes as far without those who answered all alike."""
    if result.without_straight_liners is None:
        return True
    highest = steps.loc[steps["statistic"] == statistic, "null_high"].max()
    return bool(getattr(result.without_straight_liners, statistic) > highest)
