"""The programs that are timed: each goes from answers to described classes."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import os
import re
import shutil
import subprocess
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.cluster.hierarchy import cut_tree, ward
from sklearn.cluster import KMeans

from rfree import HCPC, MCA, describe_categories, describe_variables
from rfree.base.coded_answers import coded_answers

HERE = Path(__file__).parent
N_AXES = 5
FEWEST, MOST = 3, 10
OPENBLAS = "TYPOLOGY_R_OPENBLAS"
"""Environment variable: the file of an OpenBLAS (libopenblas.so.0) that R is to take instead."""


@dataclass(frozen=True)
class Timing:
    """Seconds of one run: by the clock, and of the processor."""

    elapsed: float
    processor: float


@dataclass(frozen=True)
class Outcome:
    """What a program found: the first eigenvalues, the class of each respondent.

    ``points`` are the coordinates, where others' classes are to be compared on them.
    """

    eigenvalues: npt.NDArray[np.float64]
    classes: npt.NDArray[np.int64]
    points: npt.NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Runs:
    """The times of a program on one table, and what it found; why there are none, otherwise.

    ``versions`` are those of what it uses, where it tells them itself.
    """

    timings: tuple[Timing, ...] = ()
    outcome: Outcome | None = None
    state: Literal["done", "not installed", "failed"] = "done"
    versions: dict[str, str] = field(default_factory=dict)


Work = Callable[[pd.DataFrame], Outcome]


def run_rfree(X: pd.DataFrame) -> Outcome:
    """Do the work with rfree; as in R, the categories of the answers are found once."""
    answers = coded_answers(X)
    mca = MCA(n_components=N_AXES).fit(answers)
    hcpc = HCPC(min_classes=FEWEST, max_classes=MOST).fit(mca.row_coordinates_)
    describe_categories(answers, hcpc.labels_)
    describe_variables(answers, hcpc.labels_)
    return Outcome(mca.eigenvalues_[:N_AXES], hcpc.labels_, mca.row_coordinates_.to_numpy())


def run_prince(X: pd.DataFrame) -> Outcome:
    """Do the MCA with prince, the rest with SciPy and scikit-learn, as one would by hand."""
    prince = importlib.import_module("prince")
    mca = prince.MCA(n_components=N_AXES, engine="scipy").fit(X)
    classes = _classes_by_hand(mca.row_coordinates(X).to_numpy())
    _describe_by_hand(X, classes)
    return Outcome(np.asarray(mca.eigenvalues_)[:N_AXES], classes)


def _classes_by_hand(points: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Cut Ward's tree where the within-class inertia falls most, and end with k-means."""
    tree = ward(points)
    gains = tree[::-1, 2] ** 2
    within = gains.sum() - np.concatenate([[0.0], np.cumsum(gains)])  # of 1, 2, ... classes
    sizes = np.arange(FEWEST, MOST + 1)
    n_classes = int(sizes[np.argmin(within[sizes - 1] / within[sizes - 2])])
    classes = cut_tree(tree, n_classes).ravel()
    centres = np.array([points[classes == each].mean(axis=0) for each in range(n_classes)])
    labels = KMeans(n_classes, init=centres, n_init=1).fit(points).labels_
    return np.asarray(labels, dtype=np.int64)


def _describe_by_hand(X: pd.DataFrame, classes: npt.NDArray[np.int64]) -> list[Any]:
    """Test every variable, and every category in every class."""
    described = []
    for _, answers in X.items():
        table = pd.crosstab(classes, answers.to_numpy()).to_numpy()
        described.append(stats.chi2_contingency(table, correction=False))
        law = stats.hypergeom(len(X), table.sum(axis=0), table.sum(axis=1)[:, np.newaxis])
        below, here = law.cdf(table - 1), law.pmf(table)
        p = np.minimum(2 * np.minimum(below, 1 - below - here) + here, 1)
        described.append(stats.norm.isf(np.clip(p, 0, 1) / 2))
    return described


def run_factominer_python(X: pd.DataFrame) -> Outcome:
    """Do the work with the Python package factominer, whose HCPC describes the classes."""
    factominer = importlib.import_module("factominer")
    mca = factominer.MCA(X, ncp=N_AXES)
    hcpc = factominer.HCPC(mca, nb_clust=-1, min=FEWEST, max=MOST)
    return Outcome(
        mca.eig["eigenvalue"].to_numpy()[:N_AXES],
        _codes(hcpc.data_clust["clust"]),
    )


def run_scientisttools(X: pd.DataFrame) -> Outcome:
    """Do the work with scientisttools, whose HCPC describes the classes."""
    scientisttools = importlib.import_module("scientisttools")
    mca = scientisttools.MCA(ncp=N_AXES).fit(X)
    hcpc = scientisttools.HCPC(ncl=None, mincl=FEWEST, maxcl=MOST).fit(mca)
    return Outcome(
        mca.eig_["Eigenvalue"].to_numpy()[:N_AXES],
        _codes(hcpc.call_.data_clust["cluster"]),
    )


def _codes(labels: pd.Series) -> npt.NDArray[np.int64]:
    return pd.factorize(labels.astype(str))[0].astype(np.int64)


PYTHON_PROGRAMS: dict[str, tuple[str, Work]] = {
    "rfree": ("rfree", run_rfree),
    "rfree (from texts)": ("rfree", run_rfree),
    "factominer": ("factominer", run_factominer_python),
    "prince + SciPy": ("prince", run_prince),
    "scientisttools": ("scientisttools", run_scientisttools),
}
"""The package that each needs, and what it does."""
R_PROGRAMS = ("FactoMineR", "FactoMineR (OpenBLAS)")


def time_python(program: str, X: pd.DataFrame, repeats: int) -> Runs:
    """Time a few runs in a row."""
    package, work = PYTHON_PROGRAMS[program]
    if importlib.util.find_spec(package) is None:
        return Runs(state="not installed")
    timings, outcome = [], None
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        for _ in range(repeats):
            start, processor = time.perf_counter(), time.process_time()
            try:
                outcome = work(X)
            except Exception:  # a peer's failure is a result: shown as such
                return Runs(state="failed")
            timings.append(Timing(time.perf_counter() - start, time.process_time() - processor))
    return Runs(tuple(timings), outcome)


def time_r(program: str, path: Path, repeats: int) -> Runs:
    """Read the times that R reports, of a few runs in one process of one thread."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    if "OpenBLAS" in program:
        if not Path(os.environ.get(OPENBLAS, "")).is_file():
            return Runs(state="not installed")
        environment["LD_PRELOAD"] = os.environ[OPENBLAS]  # R sets the path of libraries anew
    if shutil.which("Rscript") is None:
        return Runs(state="not installed")
    command = ["Rscript", str(HERE / "factominer.R"), str(path), str(N_AXES), str(repeats)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        absent = "there is no package" in done.stderr
        return Runs(state="not installed" if absent else "failed")
    runs = _told_by_r(done.stdout)
    return (
        runs if ("OpenBLAS" in program) is ("OpenBLAS" in runs.versions) else Runs(state="failed")
    )


def _told_by_r(text: str) -> Runs:
    told = [line.split() for line in text.splitlines() if line.strip()]
    known = {line[0]: line[1:] for line in told}
    r, factominer = known["versions"]
    # Its folder tells what it is, where Debian calls OpenBLAS "libblas.so.3".
    algebra = Path(" ".join(known["algebra"]))
    library = "OpenBLAS" if "openblas" in str(algebra) else "reference BLAS"
    found = re.search(r"\d+(\.\d+)+", algebra.name)
    return Runs(
        tuple(Timing(float(line[1]), float(line[2])) for line in told if line[0] == "time"),
        Outcome(np.array(known["eigenvalues"], float), np.array(known["classes"], np.int64)),
        versions={"R": r, "FactoMineR": factominer, library: found[0] if found else "?"},
    )
