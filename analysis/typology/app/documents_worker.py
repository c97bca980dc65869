"""Documents made by Quarto, one after the other: python -m typology.app.documents_worker.

Arguments: the file that says how far it is, the program, the folder of the pages, their names.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typology.app.work_state import DONE, State
from typology.files.interruption import stops_raised

FORMATS = ("docx", "typst")


def main(arguments: list[str]) -> None:
    """Render each page in each format; leave with the exit code of the first that fails."""
    state_path, quarto, folder, *names = arguments
    state = State(Path(state_path))
    environment = {**os.environ, "QUARTO_PYTHON": sys.executable, "NO_COLOR": "1"}
    work = [(name, kind) for name in names for kind in FORMATS]
    with stops_raised():
        for at, (name, kind) in enumerate(work):
            state.stage(f"{name}.{kind}", at / len(work))
            command = [quarto, "render", f"{folder}/{name}.qmd", "--to", kind]
            left = subprocess.run(command, env=environment, check=False).returncode
            if left:
                sys.exit(left)
    state.end(DONE)


if __name__ == "__main__":
    main(sys.argv[1:])
