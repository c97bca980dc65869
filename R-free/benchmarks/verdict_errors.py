"""How often the verdict is wrong: error rates on populations whose truth is known.

Usage: python verdict_errors.py [samples a case] [cores] [n ...]
Goes through n = 312, 80 and 1,500 unless told otherwise, populations without groups first; adds to
verdict_errors.csv after every case, skips those that it has with the present tests and as many
samples, and writes verdict_errors.md.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
from verdict_populations import CHOSEN_ON, JUDGED_ON, Population

from rfree.classes.chain import ChainSettings, CodedTable, code_table
from rfree.evidence.groups_shown import (
    beats,
    gaps_everywhere,
    resampled_jaccard,
    with_and_without_straight_liners,
)
from rfree.reality.findings import findings
from rfree.reality.null_populations import fit_nulls
from rfree.reality.nulls import straight_liners
from rfree.reality.ordered_answers import counted_once, ordinal_answers
from rfree.reality.splits import split_groups
from rfree.reality.verdict import ORDERED, RECOVERED_IN_RESAMPLES, RUNGS

HERE = Path(__file__).parent
SIZES = (312, 80, 1500)
N_AXES = 5
# The splits are tested at smaller levels further down, and need more.
N_SPLIT_REPLICATES = 99
SEED = 20261129
# Number of the present tests: raise it when they change, and rows of earlier ones are drawn again.
TESTS = 4
TRUTHS = {
    "none": ("no structure",),
    "one": ("slices",),
    "several": ("regions",),
    "either": ("slices", "regions"),
    "others": ("other groups",),
    "ordered": ("ordered groups", "groups"),
    "groups": ("ordered groups", "groups"),
}

INTRODUCTION = """# How often the verdict is wrong

Made by `verdict_errors.py` (numbers: `verdict_errors.csv`; populations:
`verdict_populations.py`). Simulated samples of populations whose truth is known; 24 items of 5
answers unless said, half of them worded against the attitude; 5 axes, 4 classes unless said; level
5 %. Every sample goes through the run's own chain, and so does every one of its null
replicates: 19 of each null here, which makes each test exact at 5 % (beaten when no replicate
goes as far as the sample); a run draws 499, and power is a little higher then. A question
is no longer asked once its answer is known. Types come back when their mean Jaccard
similarity in 30 resamples is at least .6.

Percent of samples that got each verdict. The first tables hold populations that were looked at
while the tests were chosen, the others those that were not. Rows with a degree sign (°) are older
than the present tests: those of 20 samples were drawn when gaps were looked for on the straight or
bent line alone, and no open ring was among the populations; those of 100 when a type in the
middle of others was placed by its direction too, no star was among the populations, and, for some,
nobody in the population of one attitude answered at random."""


def simulate(population: Population, n: int, number: int) -> str:
    """Draw one sample of a population and give its verdict."""
    key = zlib.crc32(population.name.encode())
    generator = np.random.default_rng([SEED, key, n, number])
    with threadpool_limits(limits=1):
        drawn = population.draw(n, generator)
        names = [f"Q{number:02d}" for number in range(1, drawn.shape[1] + 1)]
        table = code_table(pd.DataFrame(drawn.astype(str), columns=names))
        return verdict(table, population.n_classes, generator)


def verdict(table: CodedTable, n_classes: int, generator: np.random.Generator) -> str:
    """Give the rung that `rfree.reality.verdict.reach_verdict` gives, with few replicates."""
    settings = ChainSettings(N_AXES, n_classes)
    nulls, second = fit_nulls(table)
    all_codes = ordinal_answers(table).code_of
    code_of = counted_once(all_codes, table, second.alike)
    own = findings(table, code_of, settings, 0, generator)
    whole = table, code_of, settings
    if not beats(own, nulls["independence"], "within_share", whole, generator):
        return "no structure"
    tested = with_and_without_straight_liners(own, table, code_of, settings, second)
    if (
        gaps_everywhere(tested, nulls, whole, generator)
        and resampled_jaccard(table, settings, generator).min() >= RECOVERED_IN_RESAMPLES
    ):
        return "ordered groups" if own.one_score >= ORDERED else "groups"
    splits = split_groups(
        table,
        settings,
        left_out=straight_liners(table, all_codes, second),
        n_replicates=N_SPLIT_REPLICATES,
        seed=int(generator.integers(2**31)),
    )
    if splits.n_groups > 1:
        return "other groups"
    if own.one_score >= ORDERED:
        return "slices"
    asked = ("second_eigenvalue", "one_score") if second.kind == "bend" else ("second_eigenvalue",)
    several = all(beats(tested, nulls["one attitude"], each, whole, generator) for each in asked)
    return "regions" if several else "slices"


def write_tables(rows: pd.DataFrame) -> None:
    """Write the tables for readers."""
    lines = [INTRODUCTION, "", *_worst(rows)]
    sets = {"looked at while choosing": CHOSEN_ON, "not looked at": JUDGED_ON}
    for title, populations in sets.items():
        for n in SIZES:
            names = [each.name for each in populations]
            chosen = rows[(rows["n"] == n) & rows["population"].isin(names)]
            older = chosen["tests"] < TESTS
            chosen = chosen.assign(
                population=chosen["population"].where(~older, chosen["population"] + " °")
            )
            if chosen.empty:
                continue
            columns = ["population", "truth", "classes", "samples", *RUNGS, "right"]
            lines += ["", f"## n = {n:,}; populations {title}", ""]
            lines += ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
            for row in chosen[columns].itertuples(index=False):
                cells = [f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in row]
                lines.append("| " + " | ".join(cells) + " |")
    (HERE / "verdict_errors.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _worst(rows: pd.DataFrame) -> list[str]:
    """Rates over the cases without groups, and the worst of them, by n and set.

    Of the present tests alone.
    """
    rows = rows[rows["tests"] == TESTS]
    lines = [
        "| n | populations | false groups, all | worst | false regions of one attitude | worst |",
        "|---|---|---|---|---|---|",
    ]  # fmt: skip
    any_group = rows[["ordered groups", "groups", "other groups"]].sum(axis=1)
    study_types = rows[["ordered groups", "groups"]].sum(axis=1)
    false = any_group.where(rows["truth"] != "others", study_types)
    for n in SIZES:
        for title, populations in (("chosen on", CHOSEN_ON), ("judged on", JUDGED_ON)):
            names = [each.name for each in populations]
            here = (rows["n"] == n) & rows["population"].isin(names)
            without = here & ~rows["truth"].isin(["groups", "ordered"])
            one = here & (rows["truth"] == "one")
            if without.any():
                regions = rows.loc[one, "regions"]
                told = f"{regions.mean():.1f} % | {regions.max():.0f} %" if one.any() else "– | –"
                lines.append(
                    f"| {n:,} | {title} | {false[without].mean():.1f} % | "
                    f"{false[without].max():.0f} % | {told} |"
                )
    return lines


def rates(population: Population, n: int, n_samples: int, parallel: Parallel) -> dict[str, Any]:
    """Return a row of the table: how many samples of a population get each verdict."""
    found = pd.Series(parallel(delayed(simulate)(population, n, i) for i in range(n_samples)))
    shares = {rung: 100 * float((found == rung).mean()) for rung in RUNGS}
    return {
        "n": n,
        "population": population.name,
        "truth": population.truth,
        "classes": population.n_classes,
        "samples": n_samples,
        "tests": TESTS,
        **shares,
        "right": sum(shares[rung] for rung in TRUTHS[population.truth]),
    }


def _cases(sizes: Iterable[int]) -> list[tuple[int, Population]]:
    """Return sizes and populations: false alarms first, as they take a tenth of the time."""
    populations = (*JUDGED_ON, *CHOSEN_ON)
    grouped = [each.truth in ("groups", "ordered", "others") for each in populations]
    return [
        (n, population)
        for later in (False, True)
        for n in sizes
        for population, groups in zip(populations, grouped, strict=True)
        if groups == later
    ]


def main(n_samples: int = 100, n_jobs: int = 2, *sizes: int) -> None:
    """Run every case that is not in the table yet, and write the tables."""
    path = HERE / "verdict_errors.csv"
    rows = (
        pd.read_csv(path) if path.exists() else pd.DataFrame(columns=["population", "n", "tests"])
    )
    with Parallel(n_jobs=n_jobs) as parallel:
        for n, population in _cases(sizes or SIZES):
            own = (rows["population"] == population.name) & (rows["n"] == n)
            known = own & (rows["tests"] == TESTS) & (rows["samples"] >= n_samples)
            if known.any():
                continue
            row = rates(population, n, n_samples, parallel)
            rows = pd.DataFrame([*rows[~own].to_dict("records"), row])
            rows.to_csv(path, index=False, lineterminator="\n")
            given = {rung: row[rung] for rung in RUNGS if row[rung]}
            print(n, population.name, given, flush=True)
    write_tables(rows)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
