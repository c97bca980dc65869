"""Which types a questionnaire can show to be groups: how far apart, and with how many respondents.

Usage: python separation.py [samples a case] [cores]
Draws groups of the same size in a row, in a triangle and in a square, nearer and farther apart,
takes samples of each through the verdict (`verdict_errors.py`), and adds to separation.csv after
every case; skips those that are in it for the present tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.stats import norm
from verdict_errors import TESTS, TRUTHS, simulate
from verdict_populations import Population, along, halves, line, of_groups, square, triangle

HERE = Path(__file__).parent
SIZES = (80, 312, 1500)
DISTANCES = (0.7, 1.0, 1.4, 2.0)
"""Between neighbouring groups, in standard deviations of an answer within them."""
COLUMNS = ["arrangement", "groups", "apart", "higher_of_ten", "n", "samples", "tests", "shown"]


def arranged(arrangement: str, distance: float) -> Population:
    """Return the population of an arrangement of groups."""
    name = f"{arrangement}, {distance:g} apart"
    if arrangement == "row":
        return Population(name, "ordered", of_groups(line(4, distance), along))
    if arrangement == "triangle":
        return Population(name, "groups", of_groups(triangle(distance), halves), 3)
    return Population(name, "groups", of_groups(square(distance), halves))


def shown_of_hundred(population: Population, n: int, n_samples: int, parallel: Parallel) -> float:
    """Return the percent of samples in which the groups are called groups."""
    found = parallel(delayed(simulate)(population, n, number) for number in range(n_samples))
    return 100 * float(np.isin(found, TRUTHS[population.truth]).mean())


def main(n_samples: int = 20, n_jobs: int = 2) -> None:
    """Run every case that is not in the table yet."""
    path = HERE / "separation.csv"
    rows = pd.read_csv(path) if path.exists() else pd.DataFrame(columns=COLUMNS)
    with Parallel(n_jobs=n_jobs) as parallel:
        for n in SIZES:
            for arrangement in ("row", "triangle", "square"):
                for distance in DISTANCES:
                    own = (rows[["arrangement", "apart", "n"]] == [arrangement, distance, n]).all(
                        axis=1
                    )
                    if (rows.loc[own, "tests"] == TESTS).any():
                        continue
                    population = arranged(arrangement, distance)
                    row = {
                        "arrangement": arrangement,
                        "groups": population.n_classes,
                        "apart": distance,
                        # Of ten pairs of neighbours, those whose one answers the higher.
                        "higher_of_ten": 10 * norm.cdf(distance / np.sqrt(2)),
                        "n": n,
                        "samples": n_samples,
                        "tests": TESTS,
                        "shown": shown_of_hundred(population, n, n_samples, parallel),
                    }
                    rows = pd.DataFrame([*rows[~own].to_dict("records"), row], columns=COLUMNS)
                    rows.to_csv(path, index=False, lineterminator="\n", float_format="%.6g")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
