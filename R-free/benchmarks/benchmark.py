"""Time MCA + clustering + class description beside R's FactoMineR and the Python peers.

Every program does the same work on the same answers: an MCA with five axes, Ward's tree with
3 to 10 classes suggested, consolidation, description of the classes by all categories.
Programs take turns within a round, so that a busy machine slows them all; the median and the
least of all runs are kept: waiting for a busy machine adds to the first, hardly to the second.
Reading the files and starting R are not counted. One core for all, so that the processor time of
a program is what it would take on a machine with nothing else to do.

The answers are real ones, and their distinct rows are counted: respondents who answered alike
cost hardly anything. Those on hobbies (INSEE 2003) come with FactoMineR, and are left out where it
is not installed.

Usage, from the top of the project (R with FactoMineR and the peers are optional):

    python R-free/benchmarks/benchmark.py [--rounds 5] [--output R-free/benchmarks/results.csv]
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.util
import io
import os
import shutil
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rfree import HCPC, MCA, describe_categories, describe_variables

HERE = Path(__file__).parent
DATA = HERE.parent / "reference" / "data"
N_AXES = 5
TARGETS = {"tea": 8, "bfi": 20, "hobbies": 50, "spi": 40}
HOBBIES = "data(hobbies, package='FactoMineR'); write.csv(hobbies[, 1:18], '{}', row.names=FALSE)"


@dataclass(frozen=True)
class Timing:
    """Seconds of one run: by the clock, and of the processor."""

    elapsed: float
    processor: float


def summary(timings: Sequence[Timing], statistic: Callable[[list[float]], float]) -> Timing:
    """Median or minimum, say, of each of the two times."""
    return Timing(
        statistic([each.elapsed for each in timings]),
        statistic([each.processor for each in timings]),
    )


def tables() -> dict[str, pd.DataFrame]:
    """Read the tables of answers, all real ones.

    Columns are categorical, as R is given factors.
    """

    def read(path: Path) -> pd.DataFrame:
        texts = pd.read_csv(path, dtype=str, keep_default_na=False)
        return texts.astype("category")

    found = {name: read(DATA / f"{name}.csv.gz") for name in ("tea", "bfi", "spi")}
    found["tea"] = found["tea"].iloc[:, :18]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hobbies.csv"
        if written_by_r(path):
            found["hobbies"] = read(path)
    return {name: found[name] for name in TARGETS if name in found}


def written_by_r(path: Path) -> bool:
    """Have R write the answers to the hobbies; say whether it could."""
    if shutil.which("Rscript") is None:
        return False
    command = ["Rscript", "-e", HOBBIES.format(path.as_posix())]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


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
    "rfree (from texts)": run_rfree,
    "prince (MCA only)": run_prince,
    "factominer (Python)": run_factominer_python,
    "scientisttools": run_scientisttools,
}


def time_python(
    program: Callable[[pd.DataFrame], None], X: pd.DataFrame, runs: int
) -> list[Timing]:
    """Time a few runs in a row; no time when the program fails on the table."""
    timings = []
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        for _ in range(runs):
            start, processor = time.perf_counter(), time.process_time()
            try:
                program(X)
            except Exception:  # a peer's failure is a result: shown as a missing time
                return []
            timings.append(Timing(time.perf_counter() - start, time.process_time() - processor))
    return timings


def time_r(path: Path, runs: int) -> list[Timing]:
    """Read the times that R reports for MCA and HCPC, of a few runs in one process."""
    if shutil.which("Rscript") is None:
        return []
    command = ["Rscript", str(HERE / "factominer.R"), str(path), str(N_AXES), str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return []
    lines = [line.split() for line in done.stdout.strip().splitlines()]
    return [Timing(float(elapsed), float(processor)) for elapsed, processor, _ in lines]


def installed_programs() -> dict[str, Callable[[pd.DataFrame], None]]:
    """Python programs that can be imported here."""
    packages = {name: name.split()[0] for name in PYTHON_PROGRAMS}
    return {
        name: run
        for name, run in PYTHON_PROGRAMS.items()
        if importlib.util.find_spec(packages[name]) is not None
    }


def measure(X: pd.DataFrame, path: Path, rounds: int) -> dict[str, list[Timing]]:
    """Time every program on one table, all runs of all rounds."""
    programs = installed_programs()
    runs = 7 if len(X) < 1000 else 1
    texts = X.astype(str)
    inputs = {name: texts if "texts" in name else X for name in programs}
    for name, run in programs.items():  # imports and caches are no part of the work
        time_python(run, inputs[name].head(200), 1)
    timings: dict[str, list[Timing]] = {}
    for _ in range(rounds):
        timings.setdefault("FactoMineR (R)", []).extend(time_r(path, runs))
        for name, run in programs.items():
            # rfree is short: three runs, so that the first, after another program, weighs less.
            times = max(runs, 3) if name.startswith("rfree") else runs
            timings.setdefault(name, []).extend(time_python(run, inputs[name], times))
    return timings


def comparison(answers: str, X: pd.DataFrame, timings: dict[str, list[Timing]]) -> pd.DataFrame:
    """Table of the times, and of how many times rfree's they are, by program."""
    usual = {name: summary(runs, statistics.median) for name, runs in timings.items() if runs}
    least = {name: summary(runs, min) for name, runs in timings.items() if runs}
    rows = []
    for name in timings:
        row: dict[str, object] = {
            "answers": answers,
            "respondents x questions": f"{len(X):,} x {X.shape[1]}",
            "distinct_rows": len(X.drop_duplicates()),
            "program": name,
        }
        if name in usual:
            row |= {
                "seconds": usual[name].elapsed,
                "processor_seconds": usual[name].processor,
                "least_seconds": least[name].elapsed,
                "ratio": usual[name].elapsed / usual["rfree"].elapsed,
                "processor_ratio": usual[name].processor / usual["rfree"].processor,
                "least_ratio": least[name].elapsed / least["rfree"].elapsed,
            }
        rows.append(row)
    table = pd.DataFrame(rows)
    table["target"] = np.where(table["program"] == "FactoMineR (R)", TARGETS[answers], np.nan)
    table["load"] = os.getloadavg()[0]
    return table


def results(rounds: int) -> pd.DataFrame:
    """Compare all programs on all tables."""
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        for answers, X in tables().items():
            path = Path(folder) / "answers.csv"
            X.to_csv(path, index=False)
            parts.append(comparison(answers, X, measure(X, path, rounds)))
            print(parts[-1].round(4).to_string(), flush=True)
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="runs of every program")
    parser.add_argument("--output", type=Path, default=HERE / "results.csv")
    arguments = parser.parse_args()
    with threadpool_limits(limits=1):  # R's own linear algebra uses one core
        table = results(arguments.rounds)
    for title, column in {
        "By the clock": "ratio",
        "Processor": "processor_ratio",
        "Least by the clock": "least_ratio",
    }.items():
        ratios = table.pivot_table(
            index="program", columns="respondents x questions", values=column, sort=False
        )
        print(f"\n{title}, times as long as rfree:\n" + ratios.round(1).to_string())
    table.to_csv(arguments.output, index=False, float_format="%.6g")


if __name__ == "__main__":
    main()
