"""The library that reads files of statistics programs, run as a script in its own process.

It is written in C: a damaged file can end the process in which it reads, or keep it for ever.
The script imports nothing of ours, so that it starts in a third of a second. It writes to its
standard output, pickled: that it has started, what the file declares or why it is not read, then
each column.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

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
        of them may be read), "names", "descriptions" and "value_labels"; for one that is not
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
    _, declared = reader(path, metadataonly=True, output_format="dict", **options)
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
    }
    return told, values


def _hold_memory(most: int) -> None:
    """Let this process take no more memory, where the system can be told so."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


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
