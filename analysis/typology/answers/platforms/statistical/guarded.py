"""The process in which the library reads a file: started, listened to, stopped."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any

from typology.answers.platforms.limits import MOST_COLUMNS, MOST_READ_AT_ONCE
from typology.answers.platforms.statistical import library

MOST_MEMORY = 1_000_000_000
"""Bytes that the process may take."""

READING_SECONDS = 8
"""How long it may read a small file; a larger one as much longer as its size asks for."""

BYTES_A_SECOND = 2_000_000


class StoppedReadingError(Exception):
    """The process ended before it had read the file, or was ended after ``seconds``."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@contextmanager
def library_answers(path: Path, kind: str) -> Iterator[Iterator[Any]]:
    """Yield what a file declares, then the values of each of its columns.

    Parameters
    ----------
    path : Path
        File.
    kind : str
        "sav" or "dta".

    Raises
    ------
    StoppedReadingError
        If the process ends or takes too long.
    """
    command = [
        sys.executable, "-P", library.__file__, str(path), kind,
        str(MOST_COLUMNS), str(MOST_READ_AT_ONCE), str(MOST_MEMORY),
    ]  # fmt: skip
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, map(str, sys.path))),
        # NumPy, which the library imports, sets memory aside for each thread that it could use:
        # with many cores, more than the process may take.
        "OPENBLAS_NUM_THREADS": "1",
    }
    seconds = READING_SECONDS + path.stat().st_size / BYTES_A_SECOND
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        late = threading.Event()
        timer = threading.Timer(seconds, _stop, (process, late))
        try:
            pickle.load(process.stdout)  # it has started: from now on its time counts
            timer.start()
            told = pickle.load(process.stdout)
            timer.cancel()
            yield chain([told], _answers(process.stdout))
        except (EOFError, pickle.UnpicklingError):
            raise StoppedReadingError(seconds if late.is_set() else None) from None
        finally:
            timer.cancel()
            process.kill()


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _answers(output: IO[bytes]) -> Iterator[Any]:
    while True:
        yield pickle.load(output)
