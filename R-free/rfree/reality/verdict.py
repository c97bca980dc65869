"""The verdict: how much of a typology there is in the answers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from rfree.reality.nulls import NullResult

# What must be beaten to stand on each rung: nulls, each with the statistic that tells best.
LADDER: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("slices", (("independence", "within_share"),)),
    ("regions", (("independence", "within_share"), ("one continuum", "second_direction"))),
    (
        "groups",
        (
            ("independence", "separation"),
            ("one continuum", "separation"),
            ("continuous attitudes", "separation"),
            ("flat attitudes", "separation"),
        ),
    ),
)
LOWEST = "no_structure"


@dataclass(frozen=True)
class Verdict:
    """Where a sample stands on the ladder, with the numbers that put it there.

    Attributes
    ----------
    rung : str
        ``no_structure``, ``slices`` (of one attitude), ``regions`` (of a continuous space) or
        ``groups``.
    steps : DataFrame
        ``rung``, ``null`` that has to be beaten for it, ``statistic``, ``sample``, ``null_mean``,
        ``null_low``, ``null_high``, ``p_value``, ``beaten``.
    stopped_by : tuple of str
        Nulls that the sample does not beat on the next rung; empty on the last.
    within_share : float
        Of the sample, at the study's number of classes.
    level : float
        p-values up to it beat a null.
    n_classes, n_replicates : int
    """

    rung: str
    steps: pd.DataFrame
    stopped_by: tuple[str, ...]
    within_share: float
    level: float
    n_classes: int
    n_replicates: int


def reach_verdict(result: NullResult, *, level: float = 0.05) -> Verdict:
    """Climb the ladder until the sample no longer beats a null.

    Parameters
    ----------
    result : NullResult
        From `rfree.reality.nulls.null_distributions`, with all the nulls.
    level : float
        Risk taken at each rung, at least 1 / (replicates + 1).

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        If a null was left out or the replicates are too few for the level.

    Notes
    -----
    - *slices*: the classes hold together better than those of independent answers
      (within-class share of inertia).
    - *regions*: their answers have more in common than one continuum gives (second eigenvalue
      of their correlations).
    - *groups*: mixtures of groups are better separated (``separation``) than in any of the
      populations without groups, flat attitudes included.

    A rung asks that every null listed be beaten at the same level: the risk of standing on it
    wrongly is at most that of the nearest null (intersection-union test), and no correction for
    their number is due. *Groups* asks nothing of the within-class share, which tells groups from
    a continuous space poorly (see the benchmark of error rates); the separation has to beat all
    nulls, those of the lower rungs included.
    """
    least = 1 / (result.n_replicates + 1)
    if not least <= level < 1:
        raise ValueError(
            f"level is {level}, but {result.n_replicates} replicates give no p-value below "
            f"{least:.4f}: ask for more replicates or a higher level."
        )
    tested = set(zip(result.tests["null"], result.tests["statistic"], strict=True))
    needed = {pair for _, pairs in LADDER for pair in pairs}
    absent = sorted({null for null, statistic in needed if (null, statistic) not in tested})
    if absent:
        raise ValueError(f"The verdict needs all the nulls; these are absent: {', '.join(absent)}.")
    steps = pd.DataFrame(
        [
            {"rung": rung, "null": null, "statistic": statistic}
            for rung, pairs in LADDER
            for null, statistic in pairs
        ]
    )
    numbers = ["sample", "null_mean", "null_low", "null_high", "p_value"]
    steps = steps.merge(
        result.tests[["null", "statistic", *numbers]], how="left", on=["null", "statistic"]
    )
    steps["beaten"] = steps["p_value"] <= level
    reached = steps.groupby("rung")["beaten"].all()
    rungs = [LOWEST, *(rung for rung, _ in LADDER)]
    standing = max((n for n, rung in enumerate(rungs) if n and reached[rung]), default=0)
    following = rungs[standing + 1] if standing + 1 < len(rungs) else None
    stopped = steps.loc[(steps["rung"] == following) & ~steps["beaten"], "null"]
    return Verdict(
        rung=rungs[standing],
        steps=steps,
        stopped_by=tuple(stopped),
        within_share=float(steps.loc[steps["statistic"] == "within_share", "sample"].iloc[0]),
        level=level,
        n_classes=result.n_classes,
        n_replicates=result.n_replicates,
    )
