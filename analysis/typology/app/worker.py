"""What runs beside the page and can be stopped: python -m typology.app.worker STUDY STATE.

It is the command `typology run`: the same function, on the same files. How far it is stands in the
file STATE, which the page reads.
"""

from __future__ import annotations

import sys
from pathlib import Path

from typology.app.work_state import DONE, REFUSED, State
from typology.files.interruption import stops_raised
from typology.files.write_errors import write_problem
from typology.problems import InputError
from typology.study import load_study
from typology.tools.run import run_study
from typology.words.typography import LANGUAGES


def problem_sentences(error: InputError) -> dict[str, list[str]]:
    """Return what is wrong, in each language."""
    return {each: [problem.text(each) for problem in error.problems] for each in LANGUAGES}


def run_in_background(study: Path, state: State, *, replicates: int | None) -> None:
    """Run a study; say how far it is, and how it ended."""
    try:
        loaded = load_study(study, replicates=replicates, for_checking=True)
        run_study(loaded, progress=state.stage)
    except InputError as error:
        state.end(REFUSED, told=problem_sentences(error))
    except OSError as error:
        state.end(REFUSED, told=problem_sentences(InputError(write_problem(error))))
    else:
        state.end(DONE)


def main(arguments: list[str]) -> None:
    """Run the study of a file; the third argument, if any, is the number of replicates."""
    study, state, *replicates = arguments
    with stops_raised():
        run_in_background(
            Path(study), State(Path(state)), replicates=int(replicates[0]) if replicates else None
        )


if __name__ == "__main__":
    main(sys.argv[1:])
