"""The state of a project on disk: where nothing of it was touched, its pages say what they said."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distributions
from itertools import islice
from pathlib import Path

from typology.files.output_places import is_link, real_path
from typology.files.provenance import sha256_of_code
from typology.study import Study

MOST_FILES = 20_000
"""Of a project: to look at more takes longer than to run its pages."""

_PROGRAMS = "pyvenv.cfg"  # in the folder of an environment of Python
_MADE = frozenset({"__pycache__", "node_modules"})


def project_state(documents: Path, study: Study) -> str | None:
    """Return a checksum of what pages may read outside the folder of the documents.

    Of each file of the project and of the study it holds the size and the moments of the last
    changes, which git goes by too; then the version of every package, and the code of ours. Hidden
    folders and installed programs are left out. None if the project has too many files, or a folder
    that is a link to another place.
    """
    folders = [documents.parent, study.path.parent, study.results_path]
    places = _outermost(map(real_path, folders))
    states = list(islice(_states(places, real_path(documents)), MOST_FILES + 1))
    if len(states) > MOST_FILES or None in states:
        return None
    versions = sorted(f"{each.name} {each.version}" for each in distributions())
    made_by = [sys.executable, sys.version, *versions, *sha256_of_code().values()]
    told = "\0".join([*made_by, *(state or "" for state in states)])
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """Return the folders that are in none of the others."""
    given = set(folders)
    return sorted(each for each in given if not given & set(each.parents))


def _states(places: Iterable[Path], left_out: Path) -> Iterator[str | None]:
    """Yield the state of each file in its turn, None of a folder that is a link."""
    for path in places:
        if path.is_dir():
            yield from (None,) if is_link(path) else _states(_inside(path, left_out), left_out)
        else:
            try:
                found = path.stat()
            except OSError:  # a link that leads nowhere
                yield str(path)
            else:
                yield f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ctime_ns}"


def _inside(folder: Path, left_out: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return []
    if any(path.name == _PROGRAMS for path in inside):
        return []
    return [
        path
        for path in inside
        if path != left_out and not path.name.startswith(".") and path.name not in _MADE
    ]
