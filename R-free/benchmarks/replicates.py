"""Times one whole-chain bootstrap replicate beside FactoMineR and fpc, on the same answers.

Usage: python replicates.py [rounds] [replicates a round]
The two sides take turns on one core each. Prints a line a round and the ratio of the medians.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rfree.classes.chain import ChainSettings, code_table, run_chain
from rfree.reality.null_populations import fit_nulls
from rfree.reality.nulls import NullPlan
from rfree.reality.ordered_answers import ordinal_answers
from rfree.reality.stability import BootstrapPlan

HERE = Path(__file__).parent
ANSWERS = HERE.parents[1] / "data" / "simulated_responses.csv"
AXES, CLASSES = 5, 4


def read_answers() -> pd.DataFrame:
    """Return the simulated sample: 312 respondents, 49 items, "no answer" a category."""
    items = pd.read_csv(ANSWERS, dtype=str).filter(regex=r"^[EF]\d+$")
    return items.fillna("no answer")


def time_r(table: Path, n_replicates: int) -> list[float]:
    """Seconds of every replicate in R."""
    command = ["Rscript", str(HERE / "replicates.R"), str(table), str(AXES), str(CLASSES)]
    done = subprocess.run([*command, str(n_replicates)], capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]


def time_ours(X: pd.DataFrame, n_replicates: int) -> tuple[list[float], list[float]]:
    """Seconds of every bootstrap replicate, and of every null replicate without resamples."""
    table, settings = code_table(X), ChainSettings(AXES, CLASSES)
    own = run_chain(table, settings, thorough=True)
    nothing = np.empty((len(X), 0))
    bootstrap = BootstrapPlan(table, settings, own.labels, own.category_coordinates, nothing)
    populations, _ = fit_nulls(table)
    population = populations["continuous attitudes"]
    null = NullPlan(population, table, ordinal_answers(table).code_of, settings, 0)
    generator = np.random.default_rng(1)
    seconds: tuple[list[float], list[float]] = ([], [])
    with threadpool_limits(limits=1):
        for _ in range(n_replicates):
            start = time.perf_counter()
            bootstrap(generator)
            between = time.perf_counter()
            null(generator)
            seconds[0].append(between - start)
            seconds[1].append(time.perf_counter() - between)
    return seconds


def main(n_rounds: int = 3, n_replicates: int = 10) -> None:
    """Take turns and print."""
    X = read_answers()
    r_times: list[float] = []
    bootstraps: list[float] = []
    nulls: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "answers.csv"
        X.to_csv(table, index=False)
        for _ in range(n_rounds):
            r_times += time_r(table, n_replicates)
            bootstrap, null = time_ours(X, n_replicates)
            bootstraps += bootstrap
            nulls += null
            print(
                f"FactoMineR + fpc {np.median(r_times):.4f} s, bootstrap replicate "
                f"{np.median(bootstraps):.4f} s, null replicate {np.median(nulls):.4f} s"
            )
    shape = f"{len(X)} x {X.shape[1]}"
    print(f"{shape}: {np.median(r_times) / np.median(bootstraps):.1f} times faster a replicate")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
