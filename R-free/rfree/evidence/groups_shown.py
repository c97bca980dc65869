"""Whether one sample shows its types to be groups: the verdict with few replicates, and no more.

For plans and error rates, where thousands of samples are judged: each population without gaps is
left as soon as it is not beaten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rfree.base.inputs import FloatArray
from rfree.base.limits import LimitError
from rfree.classes.chain import ChainResult, ChainSettings, CodedTable, run_chain
from rfree.reality.findings import Findings, findings
from rfree.reality.null_populations import NullPopulation, fit_nulls
from rfree.reality.nulls import NULL_STATISTICS, WITHOUT_GAPS, findings_without, straight_liners
from rfree.reality.one_attitude import SecondDirection
from rfree.reality.ordered_answers import counted_once, ordinal_answers
from rfree.reality.stability import BootstrapPlan
from rfree.reality.verdict import ORDERED, RECOVERED_IN_RESAMPLES

# Of each population: a test at 5 % then rejects when no replicate goes as far as the sample.
REPLICATES = 19
# The hardest to beat first: the others are then seldom asked.
GAP_ORDER = tuple(
    dict.fromkeys(("ring", "open ring", "star", "flat plane", "own shape", *WITHOUT_GAPS))
)


def beats(
    own: Findings,
    population: NullPopulation,
    statistic: str,
    drawn_from: tuple[CodedTable, FloatArray, ChainSettings],
    generator: np.random.Generator,
    *,
    n_replicates: int = REPLICATES,
) -> bool:
    """Say whether a sample goes further than every replicate of a population.

    Parameters
    ----------
    own : Findings
        Of the sample.
    population : NullPopulation
    statistic : str
        One of `rfree.reality.nulls.NULL_STATISTICS`.
    drawn_from : CodedTable, codes of its categories, ChainSettings
        Whose answers are drawn anew, and the chain that every replicate goes through.
    generator : numpy Generator
    n_replicates : int
        At most; the first that goes as far ends the drawing.

    Returns
    -------
    bool

    Notes
    -----
    The test of level 1 / (n_replicates + 1): p = (b + 1) / (n_replicates + 1), b the replicates as
    far as the sample, is at the level only where b is 0. Ending at the first changes no answer.
    """
    table, code_of, settings = drawn_from
    sample = getattr(own, statistic)
    for _ in range(n_replicates):
        drawn = replace(table, codes=population.draw(generator))
        found = getattr(findings(drawn, code_of, settings, 0, generator), statistic)
        if found <= sample if NULL_STATISTICS[statistic] == "low" else found >= sample:
            return False
    return True


def with_and_without_straight_liners(
    own: Findings,
    table: CodedTable,
    code_of: FloatArray,
    settings: ChainSettings,
    second: SecondDirection,
) -> Findings:
    """Return what has to beat a population: the less of the sample with straight-liners or without.

    Parameters
    ----------
    own : Findings
        Of the whole sample.
    table : CodedTable
    code_of : array of categories
    settings : ChainSettings
    second : SecondDirection
        Of `rfree.reality.null_populations.fit_nulls`.

    Returns
    -------
    Findings
        Those of the sample, with the lower ``weakest_gap`` and ``second_eigenvalue`` of the two.
    """
    lined = straight_liners(table, ordinal_answers(table).code_of, second)
    without = findings_without(table, code_of, settings, lined) or own
    return replace(
        own,
        weakest_gap=min(own.weakest_gap, without.weakest_gap),
        second_eigenvalue=min(own.second_eigenvalue, without.second_eigenvalue),
    )


def gaps_everywhere(
    tested: Findings,
    populations: Mapping[str, NullPopulation],
    drawn_from: tuple[CodedTable, FloatArray, ChainSettings],
    generator: np.random.Generator,
    *,
    n_replicates: int = REPLICATES,
) -> bool:
    """Say whether the weakest boundary is deeper than in every population without gaps.

    Parameters
    ----------
    tested : Findings
        Of `with_and_without_straight_liners`.
    populations : mapping
        Of `rfree.reality.null_populations.fit_nulls`.
    drawn_from, generator, n_replicates
        As for `beats`.

    Returns
    -------
    bool
    """
    return all(
        beats(
            tested, populations[name], "weakest_gap", drawn_from, generator,
            n_replicates=n_replicates,
        )
        for name in GAP_ORDER
    )  # fmt: skip


def resampled_jaccard(
    table: CodedTable,
    settings: ChainSettings,
    generator: np.random.Generator,
    *,
    found: ChainResult | None = None,
    n_resamples: int = 30,
) -> FloatArray:
    """Return the mean similarity of each type in resamples.

    Parameters
    ----------
    table : CodedTable
        Without weights.
    settings : ChainSettings
    generator : numpy Generator
    found : ChainResult, optional
        What the chain finds in the table, where that is known.
    n_resamples : int

    Returns
    -------
    array of classes
        Jaccard similarities (`rfree.reality.stability.bootstrap_stability`); 0 where no resample
        had as many different respondents as there are classes.

    Examples
    --------
    >>> from rfree.classes.chain import code_table
    >>> import pandas as pd
    >>> X = pd.DataFrame({"a": list("yyyynnnn"), "b": list("yyyynnnn"), "c": list("yyynynnn")})
    >>> similar = resampled_jaccard(code_table(X), ChainSettings(1, 2), np.random.default_rng(1))
    >>> len(similar), bool((similar > 0.5).all())
    (2, True)
    """
    found = run_chain(table, settings) if found is None else found
    nothing = np.empty((len(table.codes), 0))
    plan = BootstrapPlan(table, settings, found.labels, found.category_coordinates, nothing)
    drawn = [plan(generator) for _ in range(n_resamples)]
    kept = [each.jaccard for each in drawn if each is not None]
    return np.mean(kept, axis=0) if kept else np.zeros(settings.n_classes)


def groups_shown(
    table: CodedTable,
    settings: ChainSettings,
    generator: np.random.Generator,
    *,
    least_jaccard: float,
    n_replicates: int = REPLICATES,
) -> str | None:
    """Say whether one sample shows its types to be groups.

    Parameters
    ----------
    table : CodedTable
        Categories that are numbers are ordered answers.
    settings : ChainSettings
    generator : numpy Generator
    least_jaccard : float
        Of the type that comes back least in resamples (`resampled_jaccard`).
    n_replicates : int
        Of each population, at most.

    Returns
    -------
    str or None
        "ordered groups", "groups"; None where the types are not shown to be groups.

    Notes
    -----
    The conditions are those of `rfree.reality.verdict.reach_verdict`, at the level
    1 / (n_replicates + 1): every type comes back, a gap at every boundary that no population
    without gaps has, straight-liners left out as well, and types that hold together better than
    those of independent answers. They are asked in the order in which they fail most often, and
    none is asked once the answer is known. Where answers allow no test (`LimitError`), nothing is
    shown.

    Examples
    --------
    >>> import pandas as pd
    >>> from rfree.classes.chain import code_table
    >>> drawn = np.random.default_rng(1).integers(1, 6, (60, 8)).astype(str)
    >>> table = code_table(pd.DataFrame(drawn).rename(columns=str))
    >>> groups_shown(table, ChainSettings(2, 3), np.random.default_rng(2), least_jaccard=0.9)
    """
    if least_jaccard < RECOVERED_IN_RESAMPLES:
        return None
    try:
        populations, second = fit_nulls(table)
        code_of = counted_once(ordinal_answers(table).code_of, table, second.alike)
        whole = table, code_of, settings
        own = findings(table, code_of, settings, 0, generator)
        tested = with_and_without_straight_liners(own, table, code_of, settings, second)
        shown = gaps_everywhere(
            tested, populations, whole, generator, n_replicates=n_replicates
        ) and beats(
            own, populations["independence"], "within_share", whole, generator,
            n_replicates=n_replicates,
        )  # fmt: skip
    except LimitError:
        return None
    if not shown:
        return None
    return "ordered groups" if own.one_score >= ORDERED else "groups"
