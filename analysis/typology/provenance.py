"""What results were made from: checksums, versions, seed."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from typology.csv_tables import RULE

PACKAGES = (
    "fastcluster",
    "matplotlib",
    "numpy",
    "pandas",
    "prince",
    "scikit-learn",
    "scipy",
    "seaborn",
    "statsmodels",
)
"""Packages whose version can change a number or a figure."""


def sha256_of_file(path: Path) -> str:
    """Return the SHA-256 checksum of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sha256_of_code() -> dict[str, str]:
    """Return one checksum for the source of each of the two packages.

    Returns
    -------
    dict
        Package name to the SHA-256 of the names and contents of its files, in name order.
    """
    folders = {"rfree": _source_of("rfree"), "typology": Path(__file__).parent}
    return {name: _sha256_of_folder(folder) for name, folder in folders.items()}


def package_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages behind the numbers."""
    versions = {"python": platform.python_version()}
    return versions | {name: importlib.metadata.version(name) for name in PACKAGES}


def make_manifest(
    *, inputs: Mapping[str, Path], settings: Mapping[str, Any], outputs: Iterable[Path], root: Path
) -> dict[str, Any]:
    """Return the manifest of a run: what went in, what made it, what came out.

    Parameters
    ----------
    inputs : mapping of role to file
        The study file, the questionnaire, the answers.
    settings : mapping
        Every choice of the study as it was run.
    outputs : iterable of files below ``root``
    root : folder of the results

    Returns
    -------
    dict
        ``inputs`` (role: name and sha256), ``settings``, ``code``, ``versions``, ``csv`` (how
        texts stand in the tables, see `typology.csv_tables`), ``outputs`` (path below ``root``:
        sha256). It holds no date and no absolute path, so that two runs on the same inputs give
        the same bytes.
    """
    return {
        "inputs": {
            role: {"name": path.name, "sha256": sha256_of_file(path)}
            for role, path in sorted(inputs.items())
        },
        "settings": dict(settings),
        "code": sha256_of_code(),
        "versions": package_versions(),
        "csv": dict(RULE),
        "outputs": {
            path.relative_to(root).as_posix(): sha256_of_file(path) for path in sorted(outputs)
        },
    }


def _source_of(package: str) -> Path:
    """Return the folder of a package without importing it."""
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def _sha256_of_folder(folder: Path) -> str:
    digest = hashlib.sha256()
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in {".py", ".yml", ".json", ".html", ".js", ".css"}
    )
    for path in sorted(files):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()
