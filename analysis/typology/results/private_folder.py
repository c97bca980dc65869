"""What of results is about single respondents: in a folder of its own, which never leaves.

``private/`` has its own manifest, so that the results without it are whole; a ``.gitignore`` keeps
it out of git wherever the results are. Nothing that is shown or published reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from typology.files.output_places import PRIVATE_FOLDER
from typology.files.provenance import sha256_of_file
from typology.results.run_results import MANIFEST, MODEL, write_json, write_tables

_IGNORED = "*\n"


def write_private(
    folder: Path, tables: Mapping[str, pd.DataFrame], model: Mapping[str, Any] | None = None
) -> None:
    """Write tables of single respondents below a folder of results, with a manifest of their own.

    ``model`` is the whole one, where what leaves tells less.
    """
    private = folder / PRIVATE_FOLDER
    private.mkdir()
    ignored = private / ".gitignore"
    ignored.write_bytes(_IGNORED.encode())
    written = [ignored, *write_tables(private, tables)]
    if model is not None:
        write_json(private / MODEL, model)
        written.append(private / MODEL)
    _write_manifest(private, written)


def _write_manifest(private: Path, written: Iterable[Path]) -> None:
    names = sorted(path.relative_to(private).as_posix() for path in written)
    write_json(
        private / MANIFEST, {"outputs": {name: sha256_of_file(private / name) for name in names}}
    )
