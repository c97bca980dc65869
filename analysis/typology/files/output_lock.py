"""One writer at a time for each output."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from typology.files.interruption import undisturbed
from typology.problems import InputError, Problem
from typology.words.phrases import phrase


@contextmanager
def only_writer(output: Path) -> Iterator[None]:
    """Be the only one who writes an output, a file or a folder, until the block ends.

    The lock is the system's, on a file beside the output: it goes with the process that holds it,
    however that ends. The file is removed at the end of the block; the one that a killed process
    leaves is taken over by the next. `InputError` is raised if another run is writing it.
    """
    path = output.with_name(f".{output.name}.typology-lock")
    lock = FileLock(path)
    try:
        with undisturbed():
            _acquire(lock, output)
        yield
    finally:
        if lock.is_locked:
            with suppress(OSError):  # Windows: a file in use; releasing the lock removes it
                path.unlink(missing_ok=True)
            lock.release()


def _acquire(lock: BaseFileLock, output: Path) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        found = phrase("a run that is writing it now")
        expected = phrase("one run at a time")
        remedy = phrase("Wait until that run has ended, or give another folder or another file.")
        raise InputError(Problem("", "", found, expected, remedy, str(output))) from None
    except OSError as error:  # what is refused to the lock is refused to the output
        error.filename = str(output)
        raise
