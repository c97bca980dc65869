"""The library that reads files of statistics programs, run as a script in its own process.

It is written in C: a damaged file can end the process in which it reads, or keep it for ever.
The script imports nothing of ours, so that it starts in a third of a second. It writes to its
standard output, pickled: that it has started, what the file declares or why it is not read, then
each column.
"""

from __future__ import annotations

import ctypes
import math
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

BYTES_OF_VALUE = 32
ENCODINGS = (None, "WINDOWS-1252")  # None: the one the file declares
_Told = dict[str, Any]


def read_with_library(
    path: str, kind: str, *, most_columns: int, most_bytes: int
) -> tuple[_Told, _Told]:
    """Return what a file holds, its columns by their names, or its failure.

    Parameters
    ----------
    path : str
        File.
    kind : str
        "sav" or "dta".
    most_columns, most_bytes : int
        How many columns, and bytes of all values, may be read. How many rows there are is not
        believed: a damaged or compressed file may say anything.

    Returns
    -------
    told : dict
        "columns", the number that the file declares; for one that is read "rows", "most" (how many
        of them may be read), "names", "descriptions", "value_labels" and
        "declared_missing"; for one that is not
        "failure", the kind of the error and its text.
    values : dict
        The values of each column, empty for a file that is not read.
    """
    import pyreadstat  # noqa: PLC0415 - the process says that it has started once this is done

    reader = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}[kind]
    failures = []
    for encoding in ENCODINGS:
        options = {} if encoding is None else {"encoding": encoding}
        try:
            return _read(reader, path, most_columns, most_bytes, options)
        except Exception as error:  # a damaged byte leads the library to any of them
            failures.append((type(error).__name__, str(error)))
    return {"columns": 0, "failure": failures[0]}, {}


def _read(
    reader: Callable[..., Any],
    path: str,
    most_columns: int,
    most_bytes: int,
    options: dict[str, str],
) -> tuple[_Told, _Told]:
    _, declared = reader(
        path, metadataonly=True, output_format="dict", user_missing=True, **options
    )
    columns = len(declared.column_names)
    if columns > most_columns:
        return {"columns": columns}, {}
    widths = declared.variable_storage_width.values()
    row = sum(BYTES_OF_VALUE + max(int(width or 0), 0) for width in widths)
    most = max(most_bytes // max(row, 1), 1)
    values, meta = reader(
        path, apply_value_formats=False, output_format="dict", row_limit=most + 1, **options
    )
    told = {
        "columns": columns,
        "rows": max(map(len, values.values()), default=0),
        "most": most,
        "names": list(values),
        "descriptions": meta.column_names_to_labels,
        "value_labels": meta.variable_value_labels,
        "declared_missing": _declared_missing(reader, path, values, declared, options),
    }
    return told, values


def _declared_missing(
    reader: Callable[..., Any],
    path: str,
    values: dict[str, Any],
    declared: Any,
    options: dict[str, Any],
) -> dict[str, dict[str, int]]:
    """Return, by column, how often each label stands of a value that the file declares missing."""
    labels = declared.variable_value_labels
    names = [
        name
        for name in values
        if name in labels
        and (name in declared.missing_ranges or any(isinstance(each, str) for each in labels[name]))
        and any(map(_is_missing, values[name]))
    ]
    if not names:
        return {}
    whole, _ = reader(
        path, apply_value_formats=False, output_format="dict", usecols=names, user_missing=True,
        row_limit=max(len(values[name]) for name in names), **options,
    )  # fmt: skip
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    for name, of in found.items():
        for value, read in zip(whole[name], values[name], strict=True):
            if _is_missing(read) and not _is_missing(value) and value in labels[name]:
                of[str(labels[name][value])] = of.get(str(labels[name][value]), 0) + 1
    return found


def _is_missing(value: Any) -> bool:
    return value is None or value in ("", b"") or (isinstance(value, float) and math.isnan(value))


def _hold_memory(most: int) -> None:
    """Let this process take no more memory, where the system can be told so."""
    with suppress(OSError, ValueError):
        if sys.platform == "win32":
            _hold_in_job(most, ctypes.WinDLL("kernel32"))
        else:
            import resource  # noqa: PLC0415 - Windows has none

            resource.setrlimit(resource.RLIMIT_AS, (most, most))


class _JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of Windows."""

    _fields_: ClassVar = [
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
        ("transfers", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("process_peak", ctypes.c_size_t),
        ("job_peak", ctypes.c_size_t),
    ]


_EXTENDED_LIMITS = 9  # of the kinds of limits of a job
_HOLDS_PROCESS_MEMORY = 0x100
_ENDS_WITHOUT_A_DIALOG = 0x400  # where the library crashes


def _hold_in_job(most: int, kernel32: Any) -> None:
    """Put this process into a job of Windows, which gives it no more memory and shows no dialog."""
    handle = ctypes.c_void_p
    kernel32.CreateJobObjectW.restype = kernel32.GetCurrentProcess.restype = handle
    kernel32.CreateJobObjectW.argtypes = [handle, ctypes.c_wchar_p]
    kernel32.SetInformationJobObject.argtypes = [handle, ctypes.c_int, handle, ctypes.c_uint32]
    kernel32.AssignProcessToJobObject.argtypes = [handle, handle]
    limits = _JobLimits(flags=_HOLDS_PROCESS_MEMORY | _ENDS_WITHOUT_A_DIALOG, process_memory=most)
    job = kernel32.CreateJobObjectW(None, None)
    told = (job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    if job and kernel32.SetInformationJobObject(*told):
        kernel32.AssignProcessToJobObject(job, kernel32.GetCurrentProcess())


def main() -> None:
    """Read the file that the arguments name."""
    path, kind, *limits = sys.argv[1:]
    most_columns, most_bytes, most_memory = map(int, limits)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the library prints is no answer
    import pyreadstat  # noqa: F401, PLC0415

    pickle.dump("started", output)
    output.flush()
    _hold_memory(most_memory)
    told, values = read_with_library(path, kind, most_columns=most_columns, most_bytes=most_bytes)
    pickle.dump(told, output)
    for name in told.get("names", ()):
        pickle.dump(values.pop(name), output)
    output.close()


if __name__ == "__main__":
    main()
