"""Why a file could not be read or written, in words that say what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from typology.problems import Problem
from typology.words.phrases import Phrase, phrase

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_TOO_LONG = {errno.ENAMETOOLONG}
# Windows: a file in use by another program (sharing and lock violations), a disk that is full,
# a path over its limit.
_WINDOWS_IN_USE, _WINDOWS_FULL, _WINDOWS_TOO_LONG = {32, 33}, {39, 112}, {206}


def write_problem(error: OSError) -> Problem:
    """Return what stopped a file from being read or written.

    >>> print(write_problem(OSError(errno.ENOSPC, "No space left on device", "typology.xlsx")))
    typology.xlsx: found a full disk, expected room for the files. Make room on the disk, or
    choose a folder on another one.
    """
    where = "" if error.filename is None else str(error.filename)
    found, expected, remedy = _reason(error)
    return Problem("", "", found, expected, remedy, where)


def _reason(error: OSError) -> tuple[Phrase, Phrase, Phrase]:
    windows = getattr(error, "winerror", None)
    refusal = phrase("a refusal ({reason})", reason=error.strerror or type(error).__name__)
    if error.errno in _FULL or windows in _WINDOWS_FULL:
        return (
            phrase("a full disk"),
            phrase("room for the files"),
            phrase("Make room on the disk, or choose a folder on another one."),
        )
    if error.errno in _TOO_LONG or windows in _WINDOWS_TOO_LONG:
        return (
            phrase("a path that is too long"),
            phrase("a path that this system can hold"),
            phrase(r"Move the project to a folder nearer the top of the disk, such as C:\study."),
        )
    if error.errno == errno.ELOOP:
        return (
            phrase("a link that leads back to itself"),
            phrase("a file or a folder"),
            phrase("Remove the link, or give another name."),
        )
    if error.errno == errno.EROFS:
        return (
            phrase("a disk that can only be read"),
            phrase("a file that can be written"),
            phrase("Choose a folder on another disk."),
        )
    if windows in _WINDOWS_IN_USE or error.errno == errno.EBUSY:
        refusal = phrase("a file or a folder that another program has open")
    return (
        refusal,
        phrase("a file that can be written"),
        phrase(
            "Close the programs that have it open (Excel, the file manager, the synchronisation "
            "of the folder), and check the rights on its folder."
        ),
    )


def longest_path_problem(folder: Path) -> Problem | None:
    """Return why the longest name of a result would not fit in a folder, or None.

    A file is made in the folder, which exists, and removed.
    """
    probe = folder / _LONGEST
    try:
        probe.write_bytes(b"")
    except FileNotFoundError as error:  # what Windows says of a path over its limit
        return write_problem(OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG),
                                     error.filename))  # fmt: skip
    probe.unlink()
    return None


_LONGEST = "x" * 64
"""As long as the longest path of a result below its folder."""
