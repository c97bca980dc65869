"""How many groups the answers show by themselves: a test at each split, from the top."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.inputs import IntArray, aligned_to
from rfree.base.limits import LimitError
from rfree.base.replicates import child_seed, run_until_decided
from rfree.classes.chain import ChainSettings, CodedTable, run_chain
from rfree.reality.answer_scores import answer_scores
from rfree.reality.findings import Findings, boundaries_of
from rfree.reality.null_populations import fit_nulls
from rfree.reality.nulls import NullPlan, some_rows
from rfree.reality.ordered_answers import ordinal_answers

# The populations without gaps that are hardest to beat.
HARDEST = ("ring", "flat plane", "own shape", "open ring")
# A smaller group is not split: nothing could be shown of its halves.
SMALLEST_SPLIT = 30
_ENOUGH = 10
_SPLIT_KEY = 3
_COLUMNS = ["split", "n", "smaller", "depth", "p_value", "null", "level", "gap"]


@dataclass(frozen=True)
class Splits:
    """The groups that remain when no split shows a gap any more.

    Attributes
    ----------
    table : DataFrame
        ``split``, ``n`` (respondents split), ``smaller`` (those of its smaller half), ``depth`` of
        the gap, ``p_value`` (against the population without gaps that comes nearest), ``null``
        (that one), ``level`` (that of the split), ``gap``.
    labels : array of respondents
        Groups 1.. ``n_groups``; 0 for those left out.
    n_groups : int
    """

    table: pd.DataFrame
    labels: IntArray
    n_groups: int

    @classmethod
    def untried(cls, n_respondents: int) -> Splits:
        """Return what there is where no split was tried: nobody in a group."""
        nobody = np.zeros(n_respondents, dtype=np.int64)
        return cls(pd.DataFrame(columns=_COLUMNS), nobody, 0)


@dataclass(frozen=True)
class _Drawing:
    """How the replicates of one split are drawn."""

    n_replicates: int
    seed: np.random.SeedSequence
    n_jobs: int | None


def split_groups(
    table: CodedTable,
    settings: ChainSettings,
    *,
    left_out: npt.NDArray[np.bool_] | None = None,
    level: float = 0.05,
    n_replicates: int = 499,
    seed: int | np.random.SeedSequence = 0,
    n_jobs: int | None = 1,
) -> Splits:
    """Split the respondents in two, and their halves again, as long as there is a gap.

    Parameters
    ----------
    table : CodedTable
    settings : ChainSettings
        Axes and consolidation; the number of classes is not used.
    left_out : boolean array of respondents, optional
        Straight-liners, who would make a group of their own. Rows of weight 0 are left out too.
    level : float
        Of the first split. That of a later one is smaller in proportion to its respondents.
    n_replicates : int
        Of each population, at most.
    seed : int or SeedSequence
    n_jobs : int or None

    Returns
    -------
    Splits

    Notes
    -----
    After Kimes, Liu, Hayes & Marron (2017), *Statistical significance for hierarchical
    clustering*: from the root down, each split is tested against populations without a split, at
    level * (n - 1) / (N - 1), which holds the risk of any false split at the level; below a
    split that shows no gap none is looked at. Here a split is the chain itself (axes, Ward's tree,
    consolidation) with two classes, on the respondents of the branch alone; the statistic is the
    depth of the gap between them, and the populations are those of the verdict, fitted to the
    branch. Drawing ends with the first population that is not beaten.
    """
    halves = replace(settings, n_classes=2)
    labels = np.zeros(len(table.codes), dtype=np.int64)
    rows = np.arange(len(labels))
    if left_out is not None:
        left_out = aligned_to(left_out, table.index, name="left_out", of="table")
        rows = np.flatnonzero(~np.asarray(left_out))
    if table.weights is not None:
        rows = rows[table.weights[rows] > 0]
    waiting, n_groups, n_whole = ([rows] if len(rows) else []), 0, len(rows)
    tests: list[dict[str, object]] = []
    while waiting:
        rows = waiting.pop()
        own_level = level * ((len(rows) - 1) / max(n_whole - 1, 1))
        split = None
        if len(rows) >= SMALLEST_SPLIT and own_level * (n_replicates + 1) >= 1:
            drawing = _Drawing(n_replicates, child_seed(seed, _SPLIT_KEY, len(tests)), n_jobs)
            split = _test(some_rows(table, rows), halves, own_level, drawing)
        if split is None:
            n_groups += 1
            labels[rows] = n_groups
            continue
        test, first = split
        tests.append({"split": len(tests) + 1, **test})
        if test["gap"]:
            waiting += [rows[~first], rows[first]]
        else:
            n_groups += 1
            labels[rows] = n_groups
    return Splits(pd.DataFrame(tests, columns=_COLUMNS), labels, n_groups)


def _test(
    table: CodedTable,
    settings: ChainSettings,
    level: float,
    drawing: _Drawing,
) -> tuple[dict[str, object], npt.NDArray[np.bool_]] | None:
    """Test the split of a branch; None where it cannot be split or drawn anew."""
    code_of = ordinal_answers(table).code_of
    try:
        found = run_chain(table, settings)
        populations, _ = fit_nulls(table)
    except LimitError:
        return None
    scores = answer_scores(code_of[table.codes], table.weights)
    (boundary,) = boundaries_of(found, scores, table.weights)
    depth, highest, nearest = boundary.gap.depth, 0.0, ""

    def as_deep(one: Findings) -> bool:
        return one.weakest_gap >= depth

    for number, name in enumerate(HARDEST):
        drawn = run_until_decided(
            NullPlan(populations[name], table, code_of, settings, 0),
            as_deep,
            drawing.n_replicates,
            enough=_ENOUGH,
            seed=child_seed(drawing.seed, number),
            n_jobs=drawing.n_jobs,
        )
        p_value = (sum(as_deep(one) for one in drawn) + 1) / (len(drawn) + 1)
        if p_value > highest:
            highest, nearest = p_value, name
        if p_value > level:
            break
    first = found.labels == 1
    test = {
        "n": len(first),
        "smaller": int(min(first.sum(), (~first).sum())),
        "depth": depth,
        "p_value": highest,
        "null": nearest,
        "level": level,
        "gap": highest <= level,
    }
    return test, first
