"""Time MCA + clustering + class description beside R's FactoMineR and the Python peers.

Every program does the same work on the same answers: an MCA with five axes, Ward's tree with
3 to 10 classes suggested, consolidation, description of the classes by all categories. What it
found is compared with what rfree found: eigenvalues, and classes by the adjusted Rand index.
Programs take turns within a round (a, b, a, b); a ratio is the median over rounds of the ratio
within a round. Times are of the processor, on one core: what a program takes on a machine with
nothing else to do; those by the clock stand beside. Reading the files and starting R are not
counted. A program that is not installed is said to be missing.

The answers are real ones, and their distinct rows are counted: respondents who answered alike
cost hardly anything. Those on hobbies (INSEE 2003) come with FactoMineR, and are left out where it
is not installed.

Usage, from the top of the project (R with FactoMineR and the peers are optional):

    python R-free/benchmarks/benchmark.py [--rounds 5] [--answers tea bfi hobbies spi]
        [--output R-free/benchmarks/results.csv]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from pathlib import Path

import numpy as np
import pandas as pd
from machine import described
from programs import PYTHON_PROGRAMS, R_PROGRAMS, Outcome, Runs, time_python, time_r
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rfree.classes.partition_agreement import adjusted_rand, overlap_table

HERE = Path(__file__).parent
DATA = HERE.parent / "reference" / "data"
R_TARGETS = {"tea": 8, "bfi": 20, "hobbies": 50, "spi": 40}
PEER_TARGET = 5
OWN = "rfree"
ONCE = {"scientisttools"}
"""The slowest have one turn only."""
HOBBIES = "data(hobbies, package='FactoMineR'); write.csv(hobbies[, 1:18], '{}', row.names=FALSE)"


def tables(names: Iterable[str] = R_TARGETS) -> dict[str, pd.DataFrame]:
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
        if "hobbies" in names and written_by_r(path):
            found["hobbies"] = read(path)
    return {name: found[name] for name in R_TARGETS if name in found and name in names}


def written_by_r(path: Path) -> bool:
    """Have R write the answers to the hobbies; say whether it could."""
    if shutil.which("Rscript") is None:
        return False
    command = ["Rscript", "-e", HOBBIES.format(path.as_posix())]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def one_round(X: pd.DataFrame, path: Path, *, programs: Collection[str]) -> dict[str, Runs]:
    """Give programs a turn on one table."""
    repeats = 7 if len(X) < 1000 else 1
    beside = [each for each in R_PROGRAMS if each in programs]
    taken = {program: time_r(program, path, repeats) for program in beside}
    for program in [each for each in PYTHON_PROGRAMS if each in programs]:
        answers = X.astype(str) if "texts" in program else X
        time_python(program, answers.head(200), 1)  # imports and caches are no part of the work
        # rfree is short: three runs, so that the first, after another program, weighs less.
        times = max(repeats, 3) if program.startswith(OWN) else repeats
        taken[program] = time_python(program, answers, times)
    return taken


def comparison(answers: str, X: pd.DataFrame, rounds: Sequence[Mapping[str, Runs]]) -> pd.DataFrame:
    """Table of the times, and of how many times rfree's they are, by program."""
    own = rounds[0][OWN].outcome
    rows = []
    for program in rounds[0]:
        row: dict[str, object] = {
            "answers": answers,
            "respondents": len(X),
            "questions": X.shape[1],
            "distinct_rows": len(X.drop_duplicates()),
            "program": program,
            "language": "R" if program in R_PROGRAMS else "Python",
            "state": rounds[0][program].state,
            "target": _target(answers, program),
        }
        outcome = rounds[0][program].outcome
        if outcome is not None and own is not None:
            turns = [taken for taken in rounds if program in taken]
            row |= _times(program, turns) | _agreement(outcome, own)
        rows.append(row)
    return pd.DataFrame(rows)


def _target(answers: str, program: str) -> float:
    if program in R_PROGRAMS:
        return R_TARGETS[answers]
    return np.nan if program.startswith(OWN) else PEER_TARGET


def _times(program: str, rounds: Sequence[Mapping[str, Runs]]) -> dict[str, object]:
    """Median seconds, and the ratio to rfree: median, least and most over the rounds."""
    every = [each for taken in rounds for each in taken[program].timings]
    ratios = [_median(taken[program]) / _median(taken[OWN]) for taken in rounds]
    return {
        "processor_seconds": statistics.median(each.processor for each in every),
        "clock_seconds": statistics.median(each.elapsed for each in every),
        "ratio": statistics.median(ratios),
        "ratio_least": min(ratios),
        "ratio_most": max(ratios),
        "rounds": len(rounds),
    }


def _median(runs: Runs) -> float:
    return statistics.median(each.processor for each in runs.timings)


def _agreement(outcome: Outcome, own: Outcome) -> dict[str, object]:
    """How far eigenvalues are from ours, relatively; how alike classes are, and how homogeneous.

    Within-class inertia is on our axes, over that of our classes.
    """
    away = np.abs(outcome.eigenvalues / own.eigenvalues - 1).max()
    return {
        "eigenvalues_apart": away,
        "classes": len(np.unique(outcome.classes)),
        "adjusted_rand": adjusted_rand(overlap_table(outcome.classes, own.classes)),
        "within_ratio": _within(own, outcome.classes) / _within(own, own.classes),
    }


def _within(own: Outcome, classes: np.ndarray) -> float:
    points = pd.DataFrame(own.points)
    return float(((points - points.groupby(classes).transform("mean")) ** 2).to_numpy().sum())


def measured(names: Sequence[str], programs: Set[str], n_rounds: int, output: Path) -> pd.DataFrame:
    """Compare all programs on all tables; write what is known after each."""
    parts: list[pd.DataFrame] = []
    machine: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for answers, X in tables(names).items():
            path = Path(folder) / "answers.csv"
            X.to_csv(path, index=False)
            rounds = [
                one_round(X, path, programs=programs - ONCE if turn else programs)
                for turn in range(n_rounds)
            ]
            for runs in rounds[0].values():
                machine |= runs.versions
            parts.append(comparison(answers, X, rounds))
            print(parts[-1].round(4).to_string(), flush=True)
            pd.concat(parts).to_csv(output, index=False, float_format="%.6g")
            described(machine).to_csv(output.with_name("machine.csv"), index=False)
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Measure, print, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="turns of every program")
    parser.add_argument("--answers", nargs="*", default=[*R_TARGETS], choices=[*R_TARGETS])
    every = [*R_PROGRAMS, *PYTHON_PROGRAMS]
    parser.add_argument("--programs", nargs="*", default=every, choices=every)
    parser.add_argument("--output", type=Path, default=HERE / "results.csv")
    arguments = parser.parse_args()
    with threadpool_limits(limits=1):  # R's own linear algebra uses one core
        programs = {OWN, *arguments.programs}
        table = measured(arguments.answers, programs, arguments.rounds, arguments.output)
    ratios = table.pivot_table(index="program", columns="answers", values="ratio", sort=False)
    print("\nTimes as long as rfree, processor:\n" + ratios.round(1).to_string())


if __name__ == "__main__":
    main()
