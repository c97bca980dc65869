"""The verdict of a run: boundaries between the types, populations without groups, other choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from rfree.base.limits import LimitError
from rfree.classes.chain import ChainSettings, code_table
from rfree.reality.nulls import NullResult, null_distributions, straight_liners
from rfree.reality.ordered_answers import ordinal_answers
from rfree.reality.splits import Splits, split_groups
from rfree.reality.verdict import ORDERED, Verdict, reach_verdict
from typology.exhibits.run_tables import MadeTables
from typology.fit.active_table import ActiveTable
from typology.study.sections import MISSING_RULES
from typology.validity.alternatives import RuledTables

CHOICES_REPLICATES = 99
"""Of each population, for the verdict under another choice: enough for 5 %."""


_COLUMNS = {
    "depth": "gap_depth", "ratio": "gap_ratio", "place": "gap_place", "gap": "has_gap",
    "left": "from_place", "right": "to_place", "class_share": "class_percent",
    "neighbour_share": "neighbour_percent", "continuum_share": "continuum_percent",
    "recovered": "comes_back", "kind": "second_kind", "first": "first_loading",
    "second": "second_loading",
}  # fmt: skip
"""Names of columns of `rfree` that mean something else in other tables of a run."""


@dataclass(frozen=True)
class Case:
    """What a verdict is asked about."""

    active: ActiveTable
    n_axes: int
    n_classes: int
    sample_weight: npt.NDArray[np.float64]
    passive_below: int
    consolidate: bool
    seed: int
    n_jobs: int


def verdict_tables(
    case: Case,
    type_jaccard: pd.Series | None,
    *,
    n_replicates: int,
    progress: Callable[[int], None],
) -> MadeTables:
    """Return the verdict and all that it rests on.

    ``verdict`` (one row: ``rung``, ``several_directions``, ``gaps_everywhere``, ``stopped_by``,
    ``one_score``, ``ordered``, ``within_share``, ``n_groups``, ``straight_liners``, ``level``,
    ``classes``, ``replicates``); ``verdict_steps``, ``boundaries``, ``boundary_profiles``,
    ``set_apart``, ``splits``, ``second_direction``, ``second_loadings``, ``null_tests``,
    ``null_descriptions``, ``null_by_classes``, ``null_replicates``: as `rfree.reality` gives them,
    but for the names in ``_COLUMNS``, ``both_percent`` of ``boundary_profiles``: the respondents of
    both types; and ``counts_with`` of ``second_loadings``: for an item without loadings, the one
    that asks nearly the same.
    """
    found = _against_nulls(case, n_replicates, progress)
    verdict, splits = _reached(case, found, type_jaccard, n_replicates)
    told = {
        "boundaries": verdict.boundaries,
        "boundary_profiles": found.profiles.assign(
            both_percent=found.profiles["class_share"] + found.profiles["neighbour_share"]
        ),
        "set_apart": verdict.types,
        "splits": splits.table,
        "second_direction": _second_table(found),
        "second_loadings": _loadings(case, found),
    }
    return {
        "verdict": _verdict_table(verdict, found),
        "verdict_steps": verdict.steps,
        **{name: table.rename(columns=_COLUMNS) for name, table in told.items()},
        "null_tests": found.tests,
        "null_descriptions": found.descriptions,
        "null_by_classes": found.by_classes,
        "null_replicates": found.replicates,
    }


def choices_table(
    case: Case,
    tables: RuledTables,
    missing_rule: str,
    type_jaccard: pd.Series | None,
    *,
    n_replicates: int,
) -> pd.DataFrame:
    """Return the verdict under each other missing rule, and with one axis fewer and more.

    ``missing``, ``axes``, ``rung``, ``one_score`` (0-1), ``weakest_gap``; the study's own is not in
    it. At most ``CHOICES_REPLICATES`` of the ``n_replicates`` of the study are drawn. The types of
    a choice are its own; that they come back is asked of the study's.
    """
    replicates = min(n_replicates, CHOICES_REPLICATES)
    rows = []
    for rule in MISSING_RULES:
        same = rule == missing_rule
        ruled = case if same else _with_rule(case, tables, rule)
        if ruled is None:
            continue
        for n_axes in (case.n_axes - 1, case.n_axes + 1) if same else (case.n_axes,):
            if n_axes < 1:
                continue
            tried = replace(ruled, n_axes=n_axes)
            try:
                found = _against_nulls(tried, replicates, _silent, thorough=False)
                verdict, _ = _reached(tried, found, type_jaccard, replicates)
            except LimitError:
                continue
            tests = found.tests.set_index("statistic")["sample"]
            rows.append(
                {
                    "missing": rule,
                    "axes": n_axes,
                    "rung": verdict.rung,
                    "one_score": verdict.one_score,
                    "weakest_gap": float(tests.loc[["weakest_gap"]].iloc[0]),
                }
            )
    return pd.DataFrame(rows, columns=["missing", "axes", "rung", "one_score", "weakest_gap"])


def _silent(done: int) -> None:
    """Show nothing."""


def _against_nulls(
    case: Case, n_replicates: int, progress: Callable[[int], None], *, thorough: bool = True
) -> NullResult:
    return null_distributions(
        case.active.numbered,
        n_axes=case.n_axes,
        n_classes=case.n_classes,
        passive=case.active.numbered_passive,
        passive_below=case.passive_below,
        blocks=case.active.blocks,
        sample_weight=case.sample_weight,
        consolidate=case.consolidate,
        n_replicates=n_replicates,
        n_resamples=1 if thorough else 0,
        at_least=99 if thorough else 0,
        seed=case.seed,
        n_jobs=case.n_jobs,
        progress=progress,
    )


def _reached(
    case: Case, found: NullResult, type_jaccard: pd.Series | None, n_replicates: int
) -> tuple[Verdict, Splits]:
    """Reach the verdict; where the types are no groups, look for others from the top down."""
    verdict = reach_verdict(found, type_jaccard=type_jaccard)
    table = code_table(
        case.active.numbered,
        passive=case.active.numbered_passive,
        passive_below=case.passive_below,
        blocks=case.active.blocks,
        sample_weight=case.sample_weight,
    )
    if verdict.rung not in ("slices", "regions"):
        return verdict, Splits.untried(len(table.codes))
    lined = straight_liners(table, ordinal_answers(table).code_of, found.second)
    splits = split_groups(
        table,
        ChainSettings(case.n_axes, case.n_classes, case.consolidate),
        left_out=lined,
        n_replicates=n_replicates,
        seed=case.seed,
        n_jobs=case.n_jobs,
    )
    return reach_verdict(found, type_jaccard=type_jaccard, n_groups=splits.n_groups), splits


def _verdict_table(verdict: Verdict, found: NullResult) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rung": [verdict.rung],
            "several_directions": [verdict.several_directions],
            "gaps_everywhere": [verdict.gaps_everywhere],
            "stopped_by": [", ".join(verdict.stopped_by)],
            "one_score": [verdict.one_score],
            "ordered": [verdict.one_score >= ORDERED],
            "within_share": [verdict.within_share],
            "n_groups": pd.array([verdict.n_groups], dtype="Int64"),
            "straight_liners": [found.n_straight_liners],
            "level": [verdict.level],
            "classes": [verdict.n_classes],
            "replicates": [verdict.n_replicates],
        }
    )


def _second_table(found: NullResult) -> pd.DataFrame:
    second = found.second
    names = ("kind", "eigenvalue", "chance", "bend", "one_sign", "strength", "extremity")
    told = {name: [getattr(second, name)] for name in names}
    return pd.DataFrame({**told, "at_random": [second.at_random]})


def _loadings(case: Case, found: NullResult) -> pd.DataFrame:
    names = case.active.categories.columns
    counts_with = {
        names[item]: names[first] for first, *others in found.second.alike for item in others
    }
    loadings = found.second.loadings
    told = loadings.set_axis(names[loadings.index], axis=0)
    told = told.reindex([item for item in names if item in told.index or item in counts_with])
    told["counts_with"] = told.index.map(counts_with)
    return told.rename_axis("item").reset_index()


def _with_rule(case: Case, tables: RuledTables, rule: str) -> Case | None:
    """Return the case under another missing rule; None where the answers do not allow it."""
    active = tables.table(rule)
    if active is None:
        return None
    kept = tables.items.index.get_indexer(active.categories.index)
    return replace(case, active=active, sample_weight=case.sample_weight[kept])
