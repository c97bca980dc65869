"""What runs beside the page and can be stopped: python -m typology.app.worker STUDY STATE.

It is the command `typology run`: the same function, on the same files. How far it is stands in the
file STATE, which the page reads.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typology.files.interruption import stops_raised
from typology.files.patience import patiently
from typology.files.write_errors import write_problem
from typology.problems import InputError
from typology.study import load_study
from typology.tools.run import run_study
from typology.words.typography import LANGUAGES

DONE, REFUSED = "done", "refused"


class State:
    """The file that says how far the work is, replaced whole at each change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stages: list[tuple[str, float]] = []
        self._told = 0.0

    def stage(self, stage: str, share: float = 0.0) -> None:
        """Say which stage runs, and how much of it is done."""
        now = time.time()
        new = not self._stages or self._stages[-1][0] != stage
        if new:
            self._stages.append((stage, now))
        if new or now - self._told > 0.5:
            self._told = now
            self._write({"share": share})

    def end(self, end: str, **told: Any) -> None:
        """Say how it ended."""
        self._write({"end": end, **told})

    def _write(self, content: Mapping[str, Any]) -> None:
        written = self._path.with_suffix(".new")
        text = json.dumps({"stages": self._stages, "at": time.time(), **content})
        written.write_text(text, encoding="utf-8")
        patiently(lambda: os.replace(written, self._path))


def sentences(error: InputError) -> dict[str, list[str]]:
    """Return what is wrong, in each language."""
    return {each: [problem.text(each) for problem in error.problems] for each in LANGUAGES}


def run(study: Path, state: State, *, replicates: int | None) -> None:
    """Run a study; say how far it is, and how it ended."""
    try:
        loaded = load_study(study, replicates=replicates, for_checking=True)
        run_study(loaded, progress=state.stage)
    except InputError as error:
        state.end(REFUSED, told=sentences(error))
    except OSError as error:
        state.end(REFUSED, told=sentences(InputError(write_problem(error))))
    else:
        state.end(DONE)


def main(arguments: list[str]) -> None:
    """Run the study of a file; the third argument, if any, is the number of replicates."""
    study, state, *replicates = arguments
    with stops_raised():
        run(Path(study), State(Path(state)), replicates=int(replicates[0]) if replicates else None)


if __name__ == "__main__":
    main(sys.argv[1:])
