"""The measurements that come with the project: tables of its benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from typology.documents.document import Document

BENCHMARKS = Path("R-free", "benchmarks")
"""Below the folder that holds the documents."""

_ANSWERS = ("tea", "bfi", "hobbies", "spi")
"""The answers that programs were timed on, the smallest table first."""
OWN, OWN_TEXTS = "rfree", "rfree (from texts)"
R, R_OPENBLAS = "FactoMineR", "FactoMineR (OpenBLAS)"
TIMED_STEPS = ("mca", "classes", "description")
"""What is timed on more and more respondents."""
MEASURED = {step: f"{step}_processor" for step in TIMED_STEPS} | {"memory": "peak_gigabytes"}
"""The column of what each step takes, and of what the process holds."""
TARGETS = {step: f"{step}_target" for step in TIMED_STEPS} | {"memory": "gigabytes_target"}
"""The column of what each of those should not exceed."""


@dataclass(frozen=True)
class Measured:
    """What was measured.

    ``programs`` has a row for each table of answers and program, ``sizes`` one for each number of
    respondents and questions, ``machine`` what it was measured on (``what``, ``value``).
    """

    programs: pd.DataFrame
    sizes: pd.DataFrame
    machine: pd.DataFrame

    @property
    def growing(self) -> pd.DataFrame:
        """Return the sizes that differ by their respondents alone, the smallest first."""
        usual = self.sizes["questions"].mode().iloc[0]
        usually: pd.DataFrame = self.sizes[self.sizes["questions"] == usual]
        return usually.sort_values("respondents")

    @property
    def aimed(self) -> pd.Series:
        """Return the size that has targets."""
        return self.sizes.dropna(subset=["mca_target"]).iloc[0]

    def known_of(self, what: str) -> str:
        """Return one thing that is known of the machine."""
        return str(self.machine.set_index("what").loc[what, "value"])

    def of_program(self, answers: str, program: str) -> pd.Series:
        """Return the row of a program on a table of answers."""
        rows = self.programs
        return rows[(rows["answers"] == answers) & (rows["program"] == program)].iloc[0]

    def fastest_peer(self, answers: str) -> pd.Series | None:
        """Return the row of the fastest other program in Python; None if none was there."""
        rows = self.programs[self.programs["answers"] == answers]
        peers = rows[(rows["language"] == "Python") & ~rows["program"].isin([OWN, OWN_TEXTS])]
        timed = peers.dropna(subset=["ratio"])
        return None if timed.empty else timed.sort_values("ratio").iloc[0]

    @property
    def answers(self) -> list[str]:
        """Return the tables of answers that were measured, in their order."""
        measured = set(self.programs["answers"])
        return [name for name in _ANSWERS if name in measured]


def read_measured(document: Document) -> Measured | None:
    """Return what was measured; None in a copy of the documents that does not have it."""
    folder = document.folder.parent / BENCHMARKS
    paths = [folder / f"{name}.csv" for name in ("results", "sizes", "machine")]
    if not all(path.is_file() for path in paths):
        return None
    programs, sizes = map(pd.read_csv, paths[:2])
    return Measured(programs, sizes, pd.read_csv(paths[2], dtype=str))
