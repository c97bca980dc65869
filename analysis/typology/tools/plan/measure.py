"""What a plan measures: samples of each size through the chain, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.stats import t as student

from rfree.base.inputs import FloatArray
from rfree.samples.two_samples import wilson_interval
from typology.tools.plan.planted import Planted
from typology.tools.plan.samples import SAMPLE_COLUMNS, SampleFound, find_in_sample

PLANNED_SIZES = (100, 150, 200, 300, 500, 700, 1000)
SAMPLES, JUDGED = 40, 20
"""Samples a size; and those of them that the verdict is asked of, which takes longest."""
FEWEST_RESPONDENTS, MOST_PLANNED = 20, 5000
"""Respondents of a sample: fewer make no typology, more take minutes each."""
_LEVEL = 0.95

MEANS = {"right_share": "right", "adjusted_rand": "rand", "least_jaccard": "stability"}
"""What is averaged over the samples, by measure."""
_SHARES = {"number": "right_number", "groups": "groups"}
"""What a share of the samples has, by measure."""
MEASURES = ("right", "rand", "number", "stability", "groups")


@dataclass(frozen=True)
class PlanGrid:
    """The samples to draw: ``sizes``, ``samples`` of each, of which ``judged`` get a verdict."""

    sizes: tuple[int, ...] = PLANNED_SIZES
    samples: int = SAMPLES
    judged: int = JUDGED
    seed: int = 2019

    def tasks(self) -> list[tuple[int, int, bool]]:
        """Return the size and the number of each sample, and whether it is judged.

        The longest first, so that no core waits for another at the end.
        """
        every = [(n, i, i < self.judged) for n in self.sizes for i in range(self.samples)]
        return sorted(every, key=lambda task: (-_work(task), task[1]))

    @property
    def work(self) -> float:
        """Return how much work all samples are."""
        return sum(map(_work, self.tasks()))


def _work(task: tuple[int, int, bool]) -> float:
    """Return about how long a sample takes, in an arbitrary unit."""
    n, _, judged = task
    return (400 + n) * (3 if judged else 1)


def draw_planted_samples(
    planted: Planted,
    grid: PlanGrid,
    *,
    n_jobs: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:
    """Take every sample of a grid through the chain.

    One row a sample, with the columns of `typology.tools.plan.samples.SampleFound`, by size and
    number; the numbers do not depend on ``n_jobs``. ``progress`` is told the work done.
    """
    tasks = grid.tasks()
    calls = (
        delayed(find_in_sample)(planted, n, number, seed=grid.seed, judged=judged)
        for n, number, judged in tasks
    )
    drawn: Iterator[SampleFound] = Parallel(n_jobs=n_jobs, return_as="generator", batch_size=1)(
        calls
    )
    rows, done = [], 0.0
    for task, found in zip(tasks, drawn, strict=True):
        rows.append(asdict(found))
        done += _work(task)
        if progress is not None:
            progress(done)
    table = pd.DataFrame(rows, columns=list(SAMPLE_COLUMNS))
    return table.sort_values(["respondents", "sample"], ignore_index=True)


def plan_table(samples: pd.DataFrame) -> pd.DataFrame:
    """Return each measure at each size, with its 95 % interval.

    Columns: ``respondents``, ``measure`` (see below), ``value``, ``low``, ``high``, ``tenth`` (what
    nine samples in ten reach; of means only), ``samples``.

    - ``right``: percent of the respondents of a sample who are in the class of their planted type,
      mean of the samples; ``rand``: adjusted Rand index of planted and found types; ``stability``:
      Jaccard similarity in resamples of the type that comes back least. Intervals are Student's, of
      the mean of the samples.
    - ``number``: percent of samples where the tree suggests as many classes as there are types;
      ``groups``: percent whose types the verdict calls groups; ``ordered``: of these, those along
      one attitude; ``made``: percent of which a typology could be made. Intervals are Wilson's.

    A sample of which no typology could be made counts as one that found nothing.
    """
    rows = []
    for n, some in samples.groupby("respondents", sort=True):
        size = {"respondents": int(str(n))}
        for column, measure in MEANS.items():
            rows.append(size | {"measure": measure} | _mean(some[column].to_numpy(dtype=float)))
        for measure, column in {**_SHARES, "made": "made"}.items():
            values = some[column].dropna()
            if len(values):
                rows.append(size | {"measure": measure} | _share(values.astype(bool)))
        judged = some["groups"].dropna()
        if len(judged):
            ordered = judged == "ordered groups"
            rows.append(size | {"measure": "ordered"} | _share(ordered))
    columns = ["respondents", "measure", "value", "low", "high", "tenth", "samples"]
    return pd.DataFrame(rows, columns=columns)


def _mean(values: FloatArray) -> dict[str, float | int]:
    n = len(values)
    half = np.nan
    if n > 1:
        half = student.ppf((1 + _LEVEL) / 2, n - 1) * values.std(ddof=1) / np.sqrt(n)
    return {
        "value": float(values.mean()),
        "low": float(values.mean() - half),
        "high": float(values.mean() + half),
        "tenth": float(np.quantile(values, 0.1)),
        "samples": n,
    }


def _share(values: pd.Series[bool]) -> dict[str, float | int]:
    share, n = float(values.mean()), len(values)
    low, high = wilson_interval(np.array([share]), np.array([float(n)]))
    return {
        "value": 100 * share,
        "low": 100 * float(low[0]),
        "high": 100 * float(high[0]),
        "tenth": np.nan,
        "samples": n,
    }


def sizes_of(plan: pd.DataFrame) -> Sequence[int]:
    """Return the sizes of a plan, ascending."""
    return sorted(int(each) for each in plan["respondents"].unique())
