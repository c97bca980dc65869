"""Time the statistics on planted answers of more and more respondents, each in a fresh process.

A thousand respondents go first, uncounted: what Python imports is not the cost of the answers. Of
up to a hundred thousand, times are the median of three.

Answers to 49 questions with 5 categories, from four classes of respondents that differ in several
directions. Up to a million respondents they are one categorical DataFrame; ten million are read
from a folder of Parquet files, one part at a time. Seconds are by the clock and of the processor,
on one core; the memory is the most that the process ever held, its answers included.

Usage, from the top of the project:

    python R-free/benchmarks/sizes.py [--sizes 1000 10000 100000 1000000] [--parquet 10000000]
        [--output R-free/benchmarks/sizes.csv]
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rfree import HCPC, MCA, describe_categories, describe_variables
from rfree.classes.partition_agreement import adjusted_rand, overlap_table

HERE = Path(__file__).parent
QUESTIONS = 49
SHARES = np.array([0.19, 0.37, 0.35, 0.09])
ANSWERS = pd.CategoricalDtype(list("12345"), ordered=True)
AT_ONCE = 500_000
FEW = 100_000
"""Up to so many respondents, times are the median of several."""
REPEATS = 3
TARGETS = {
    "respondents": 1_000_000, "questions": QUESTIONS, "mca_target": 10.0, "classes_target": 20.0,
    "description_target": 5.0, "gigabytes_target": 3.0, "rand_target": 0.9,
}  # fmt: skip
"""What a million respondents should take: seconds, GB; how well planted classes are found."""


def planted(n_rows: int, n_questions: int = QUESTIONS, *, seed: int = 0) -> tuple[Any, Any]:
    """Draw answers, and the class that each respondent was drawn from."""
    generator = np.random.default_rng(seed)
    levels = np.random.default_rng(99).normal(0, 0.8, (len(SHARES), n_questions))
    classes = generator.choice(len(SHARES), n_rows, p=SHARES)
    columns = {}
    for question in range(n_questions):
        agreement = levels[classes, question] + generator.normal(size=n_rows)
        codes = np.clip(np.floor(agreement / 0.8 + 2.5), 0, 4).astype(np.int8)
        columns[f"I{question + 1:02d}"] = pd.Categorical.from_codes(codes, dtype=ANSWERS)
    return pd.DataFrame(columns), classes


def written(n_rows: int, folder: Path) -> Iterator[Any]:
    """Write the answers in parts; give the classes of each."""
    for number, start in enumerate(range(0, n_rows, AT_ONCE)):
        X, classes = planted(min(AT_ONCE, n_rows - start), seed=number)
        X.to_parquet(folder / f"part-{number:03d}.parquet")
        yield classes


def timed(work: Callable[[], Any], name: str, row: dict[str, Any]) -> Any:
    """Do something, and note how long it took."""
    elapsed, processors = [], []
    for _ in range(REPEATS if row["respondents"] <= FEW else 1):
        start, processor = time.perf_counter(), time.process_time()
        result = work()
        elapsed.append(time.perf_counter() - start)
        processors.append(time.process_time() - processor)
    row[f"{name}_seconds"] = statistics.median(elapsed)
    row[f"{name}_processor"] = statistics.median(processors)
    return result


def describe(answers: Any, labels: Any, row: dict[str, Any]) -> None:
    """Describe classes by categories; by variables too where the answers are held."""
    describe_categories(answers, labels)
    if row["source"] == "DataFrame":
        describe_variables(answers, labels)


def measured(answers: Any, classes: Any, row: dict[str, Any]) -> dict[str, Any]:
    """Go from answers to described classes."""
    with threadpool_limits(limits=1):
        mca = timed(lambda: MCA(n_components=5).fit(answers), "mca", row)
        hcpc = timed(lambda: HCPC().fit(mca.row_coordinates_), "classes", row)
        timed(lambda: describe(answers, hcpc.labels_, row), "description", row)
    row["n_classes"] = hcpc.n_classes_
    row["micro_clusters"] = hcpc.n_micro_clusters_ or 0
    row["adjusted_rand"] = adjusted_rand(overlap_table(classes, hcpc.labels_))
    row["peak_gigabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return row


def one_size(n_rows: int, n_questions: int, source: str) -> dict[str, Any]:
    """Measure one size, in this process."""
    measured(*planted(1_000), {"respondents": 1_000, "source": "DataFrame"})
    row: dict[str, Any] = {"respondents": n_rows, "questions": n_questions, "source": source}
    if source == "DataFrame":
        X, classes = planted(n_rows, n_questions)
        row["answers_gigabytes"] = float(X.memory_usage().sum() / 1e9)
        return measured(X, classes, row)
    with tempfile.TemporaryDirectory() as folder:
        classes = np.concatenate(list(written(n_rows, Path(folder))))
        return measured(folder, classes, row)


def main() -> None:
    """Measure every size in a process of its own, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--parquet", type=int, nargs="*", default=[10_000_000])
    parser.add_argument("--output", type=Path, default=HERE / "sizes.csv")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        n_rows, n_questions, source = arguments.one
        print(json.dumps(one_size(int(n_rows), int(n_questions), source)))
        return
    wanted = [(size, QUESTIONS, "DataFrame") for size in arguments.sizes]
    wanted += [(10_000, 500, "DataFrame")]
    wanted += [(size, QUESTIONS, "Parquet") for size in arguments.parquet]
    rows = []
    for each in wanted:
        command = [sys.executable, __file__, "--one", *map(str, each)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
        table = pd.DataFrame(rows).merge(pd.DataFrame([TARGETS]), how="left")
        print(table.tail(1).round(3).to_string(), flush=True)
        table.to_csv(arguments.output, index=False, float_format="%.4g")


if __name__ == "__main__":
    main()
