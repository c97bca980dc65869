"""Time MCA + clustering + class description beside R's FactoMineR and the Python peers.

Every program does the same work on the same answers: an MCA with five axes, Ward's tree with
3 to 10 classes suggested, consolidation, description of the classes by all categories.
Programs take turns within a round, so that a busy machine slows them all; the median of
the rounds is kept. Reading the files and starting R are not counted. One core for all.

Usage, from the top of the project (R with FactoMineR and the peers are optional):

    python R-free/benchmarks/benchmark.py [--rounds 5] [--output R-free/benchmarks/results.csv]
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import shutil
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rfree import HCPC, MCA, describe_categories, describe_variables

HERE = Path(__file__).parent
DATA = HERE.parent / "reference" / "data"
N_AXES = 5
TARGETS = {"300 x 18": 5, "2,436 x 25": 10, "8,400 x 18": 50, "4,000 x 135": 30}

Seconds = float | None


def tables() -> dict[str, pd.DataFrame]:
    """Read the four tables of answers, real ones; the third is the first, 28 times resampled."""

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(DATA / f"{name}.csv.gz", dtype=str, keep_default_na=False)

    tea = read("tea").iloc[:, :18]
    rows = np.random.default_rng(1).integers(0, len(tea), 28 * len(tea))
    return {
        "300 x 18": tea,
        "2,436 x 25": read("bfi"),
        "8,400 x 18": tea.iloc[rows].reset_index(drop=True),
        "4,000 x 135": read("spi"),
    }


def run_rfree(X: pd.DataFrame) -> None:
    """Do the work with rfree."""
    mca = MCA(n_components=N_AXES).fit(X)
    hcpc = HCPC().fit(mca.row_coordinates_)
    describe_categories(X, hcpc.labels_)
    describe_variables(X, hcpc.labels_)


def run_prince(X: pd.DataFrame) -> None:
    """Do the MCA only: prince has no clustering."""
    prince = importlib.import_module("prince")
    prince.MCA(n_components=N_AXES, engine="scipy").fit(X).row_coordinates(X)


def run_factominer_python(X: pd.DataFrame) -> None:
    """Do the work with the Python package factominer."""
    factominer = importlib.import_module("factominer")
    factominer.HCPC(factominer.MCA(X, ncp=N_AXES), nb_clust=-1)


def run_scientisttools(X: pd.DataFrame) -> None:
    """Do the work with scientisttools."""
    scientisttools = importlib.import_module("scientisttools")
    mca = scientisttools.MCA(ncp=N_AXES).fit(X)
    scientisttools.HCPC(ncl=None, mincl=3, maxcl=10).fit(mca)


PYTHON_PROGRAMS: dict[str, Callable[[pd.DataFrame], None]] = {
    "rfree": run_rfree,
    "prince (MCA only)": run_prince,
    "factominer (Python)": run_factominer_python,
    "scientisttools": run_scientisttools,
}


def time_python(program: Callable[[pd.DataFrame], None], X: pd.DataFrame, runs: int) -> Seconds:
    """Median seconds of a few runs in a row; None when the program fails on the table."""
    seconds = []
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        for _ in range(runs):
            start = time.perf_counter()
            try:
                program(X)
            except Exception:  # a peer's failure is a result: shown as a missing time
                return None
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def time_r(path: Path, runs: int) -> Seconds:
    """Median seconds that R reports for MCA and HCPC, of a few runs in one process."""
    if shutil.which("Rscript") is None:
        return None
    command = ["Rscript", str(HERE / "factominer.R"), str(path), str(N_AXES), str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None
    seconds = [line.split() for line in done.stdout.strip().splitlines()]
    return statistics.median(float(mca) + float(hcpc) for mca, hcpc, _ in seconds)


def installed_programs() -> dict[str, Callable[[pd.DataFrame], None]]:
    """Python programs that can be imported here."""
    packages = {name: name.split()[0] for name in PYTHON_PROGRAMS}
    return {
        name: run
        for name, run in PYTHON_PROGRAMS.items()
        if importlib.util.find_spec(packages[name]) is not None
    }


def measure(X: pd.DataFrame, path: Path, rounds: int) -> dict[str, Seconds]:
    """Median seconds of every program on one table."""
    programs = installed_programs()
    runs = 7 if len(X) < 1000 else 1
    for run in programs.values():  # imports and caches are no part of the work
        time_python(run, X.head(200), 1)
    seconds: dict[str, list[Seconds]] = {}
    for _ in range(rounds):
        seconds.setdefault("FactoMineR (R)", []).append(time_r(path, runs))
        for name, run in programs.items():
            # rfree is short: three runs, so that the first, after another program, weighs less.
            times = max(runs, 3) if name == "rfree" else runs
            seconds.setdefault(name, []).append(time_python(run, X, times))
    return {
        name: statistics.median([each for each in values if each is not None])
        if any(each is not None for each in values)
        else None
        for name, values in seconds.items()
    }


def results(rounds: int) -> pd.DataFrame:
    """Table of seconds, and of the times rfree is faster, by table and program."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size, X in tables().items():
            path = Path(folder) / "answers.csv"
            X.to_csv(path, index=False)
            seconds = measure(X, path, rounds)
            ours = seconds["rfree"]
            for name, value in seconds.items():
                rows.append(
                    {
                        "respondents x questions": size,
                        "program": name,
                        "seconds": value,
                        "ratio": value / ours if value is not None and ours else None,
                        "target": TARGETS[size] if name == "FactoMineR (R)" else None,
                    }
                )
            print(pd.DataFrame(rows[-len(seconds) :]).round(4).to_string(), flush=True)
    return pd.DataFrame(rows)


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="runs of every program")
    parser.add_argument("--output", type=Path, default=HERE / "results.csv")
    arguments = parser.parse_args()
    with threadpool_limits(limits=1):  # R's own linear algebra uses one core
        table = results(arguments.rounds)
    ratios = table.pivot_table(
        index="program", columns="respondents x questions", values="ratio", sort=False
    )
    print("\nTimes as long as rfree:\n" + ratios.round(1).to_string())
    table.to_csv(arguments.output, index=False, float_format="%.6g")


if __name__ == "__main__":
    main()
