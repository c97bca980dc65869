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
# Windows: drives and shared folders that are gone or do not answer, a drive that can only be read.
_WINDOWS_AWAY, _WINDOWS_READ_ONLY = {15, 21, 51, 53, 55, 59, 64, 67, 121, 1231}, {19}
# Not every system has each of these.
_IN_USE, _AWAY = (
    {getattr(errno, name) for name in names if hasattr(errno, name)}
    for names in (
        ("EBUSY", "ETXTBSY"),
        ("ENODEV", "ENXIO", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETUNREACH", "ESTALE"),
    )
)


def write_problem(error: OSError) -> Problem:
    """Return what stopped a file from being read or written.

    >>> print(write_problem(OSError(errno.ENOSPC, "No space left on device", "typology.xlsx")))
    typology.xlsx: found a full disk, expected room for the files. Make room on the disk, or
    choose a folder on another one.
    """
    where = "" if error.filename is None else str(error.filename)
    found, expected, remedy = _reason(error)
    return Problem("", "", found, expected, remedy, where)


def refusal_said(error: OSError) -> Phrase:
    """Return a refusal of the system in words of ours; in its own where the cause is a rare one.

    >>> print(refusal_said(PermissionError(errno.EACCES, "Permission denied")))
    a refusal (access denied)
    """
    said = _cause(error.errno, getattr(error, "winerror", None))
    return phrase("a refusal ({reason})", reason=said or error.strerror or type(error).__name__)


def _cause(number: int | None, windows: int | None) -> Phrase | None:
    causes: tuple[tuple[set[int], set[int], Phrase], ...] = (
        (_TOO_LONG, _WINDOWS_TOO_LONG, phrase("the name is too long")),
        ({errno.EROFS}, _WINDOWS_READ_ONLY, phrase("the disk can only be read")),
        (_FULL, _WINDOWS_FULL, phrase("the disk is full")),
        (_IN_USE, _WINDOWS_IN_USE, phrase("another program has it open")),
        (_AWAY, _WINDOWS_AWAY, phrase("the disk or the shared folder does not answer")),
        ({errno.ENOENT, errno.ENOTDIR}, set(), phrase("no such file or folder")),
        ({errno.EIO}, set(), phrase("the disk fails to read or to write")),
        ({errno.EMFILE, errno.ENFILE}, set(), phrase("too many files are open")),
        # Last: Windows gives this number to most of its refusals.
        ({errno.EACCES, errno.EPERM}, set(), phrase("access denied")),
    )
    return next((told for ours, its, told in causes if number in ours or windows in its), None)


def _reason(error: OSError) -> tuple[Phrase, Phrase, Phrase]:
    windows = getattr(error, "winerror", None)
    refusal = refusal_said(error)
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
