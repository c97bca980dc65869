"""What results were made from: checksums, versions, seed."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from typology.files.csv_tables import RULE

PACKAGES = (
    "fastcluster",
    "matplotlib",
    "numba",
    "numpy",
    "openpyxl",
    "pandas",
    "prince",
    "pyreadstat",
    "pyyaml",
    "scikit-learn",
    "scipy",
    "seaborn",
    "statsmodels",
    "xlsxwriter",
)
"""Packages whose version can change a number, a figure or a byte of the workbook."""

RUN_COMMAND, COMPARISON = "typology run", "typology compare"
PLAN, CODEBOOK = "typology plan", "typology codebook"
NOMINAL_GROUP, SWOT = "typology nominal-group", "typology swot"
MAKERS = (RUN_COMMAND, COMPARISON, PLAN, CODEBOOK, NOMINAL_GROUP, SWOT)
"""The commands that make a folder with a manifest."""
MANIFEST_VERSION = 1
"""Changed whenever the contents of the manifest mean something else."""

_CACHES = {"__pycache__"}
_COMPILED = {".pyc", ".pyo"}


def sha256_of_file(path: Path) -> str:
    """Return the SHA-256 checksum of a file, in hexadecimal; a long file is read by parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_input(path: Path) -> str:
    """Return the checksum of a file, or of the names and contents of the files of a folder."""
    return sha256_of_source(path) if path.is_dir() else sha256_of_file(path)


def sha256_of_code() -> dict[str, str]:
    """Return one checksum for the source of each of the two packages."""
    folders = {"rfree": _source_of("rfree"), "typology": Path(__file__).parents[1]}
    return {name: sha256_of_source(folder) for name, folder in folders.items()}


def sha256_of_source(folder: Path) -> str:
    """Return one checksum for the source files of a package.

    SHA-256 of the names and contents of all its files, in name order: code, words, pages, whatever
    their kind, for any of them can change a number, a figure or a sentence. Left out are compiled
    files (``__pycache__``, ``.pyc``) and hidden ones, which systems and editors leave behind.
    """
    digest = hashlib.sha256()
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(files, key=Path.as_posix):
        hidden = any(part.startswith(".") for part in name.parts)
        if hidden or _CACHES & set(name.parts) or name.suffix in _COMPILED:
            continue
        digest.update(f"{name.as_posix()}\0{sha256_of_file(files[name])}\n".encode())
    return digest.hexdigest()


def package_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages behind the numbers."""
    versions = {"python": platform.python_version()}
    return versions | {name: importlib.metadata.version(name) for name in PACKAGES}


def make_manifest(
    *,
    inputs: Mapping[str, Path],
    settings: Mapping[str, Any],
    outputs: Iterable[Path],
    root: Path,
    made_by: str = RUN_COMMAND,
) -> dict[str, Any]:
    """Return the manifest of a run: what went in, what made it, what came out.

    ``made_by``, ``manifest_version``, ``inputs`` (role: name and sha256), ``settings``, ``code``,
    ``versions``, ``csv`` (how texts stand in the tables, see `typology.files.csv_tables`),
    ``outputs`` (path below ``root``: sha256). It holds no date and no absolute path, so that two
    runs on the same inputs give the same bytes.
    """
    return {
        "made_by": made_by,
        "manifest_version": MANIFEST_VERSION,
        "inputs": input_checksums(inputs),
        "settings": dict(settings),
        "code": sha256_of_code(),
        "versions": package_versions(),
        "csv": dict(RULE),
        "outputs": {
            name: sha256_of_file(root / name)
            for name in sorted(path.relative_to(root).as_posix() for path in outputs)
        },
    }


def input_checksums(inputs: Mapping[str, Path]) -> dict[str, dict[str, str]]:
    """Return the name and the checksum of each file that results are made from, by role."""
    return {
        role: {"name": path.name, "sha256": sha256_of_input(path)}
        for role, path in sorted(inputs.items())
    }


def _source_of(package: str) -> Path:
    """Return the folder of a package without importing it."""
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent
