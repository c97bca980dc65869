"""Results on disk: tables and manifest, written and read back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from typology.files.csv_tables import csv_bytes, read_csv
from typology.files.output_places import PRIVATE_FOLDER
from typology.files.provenance import (
    COMPARISON,
    MAKERS,
    MANIFEST_VERSION,
    NOMINAL_GROUP,
    RUN_COMMAND,
    SWOT,
    sha256_of_file,
)
from typology.problems import InputError, Problem
from typology.words.phrases import phrase

TABLES = "tables"
FIGURES = "figures"
MANIFEST = "manifest.json"
MODEL = "model.json"
WORKBOOK = "typology.xlsx"
EXPLORER = "explorer.html"

_PARTS = {"inputs", "settings", "code", "versions", "outputs"}
_ONLY_IN = {
    RUN_COMMAND: MODEL,
    COMPARISON: f"{TABLES}/comparison_test.csv",
    NOMINAL_GROUP: f"{TABLES}/nominal_group_ideas.csv",
    SWOT: f"{TABLES}/swot_statements.csv",
}
_VERSIONS = range(1, MANIFEST_VERSION + 1)
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Results:
    """Results read from disk: the folder, its tables by name, its manifest."""

    folder: Path
    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]


class _TablesOnDisk(Mapping[str, pd.DataFrame]):
    """Tables by name, each read when it is first asked for: a page shows a few of many."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = read_csv(self._paths[name], texts=_TEXT_COLUMNS)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> tuple[Path, ...]:
    """Write every table as CSV with unrounded numbers into ``tables`` of a folder.

    See `typology.files.csv_tables`. Returns the files written.
    """
    (folder / TABLES).mkdir()
    paths = {name: folder / TABLES / f"{name}.csv" for name in tables}
    for name, path in paths.items():
        path.write_bytes(csv_bytes(tables[name]))
    return tuple(paths.values())


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a mapping as readable JSON with full-precision numbers."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=False, allow_nan=False)
    path.write_bytes((text + "\n").encode())


def read_results(folder: Path) -> Results:
    """Read results, after proving that they are those of their manifest.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Results

    Raises
    ------
    InputError
        If there is no manifest, or a file of it is missing or was changed: every one is named.
    """
    manifest = check_results(folder)
    listed = (PurePosixPath(name) for name in sorted(manifest["outputs"]))
    paths = {
        name.stem: folder / name
        for name in listed
        if name.parent == PurePosixPath(TABLES) and name.suffix == ".csv"
    }
    return Results(folder=folder, tables=_TablesOnDisk(paths), manifest=manifest)


def check_results(folder: Path) -> dict[str, Any]:
    """Return the manifest of results, after proving that they are those it tells of.

    Raises as :func:`read_results`.
    """
    manifest = read_manifest(folder)
    problems = list(_differences(folder, manifest))
    if problems:
        raise InputError(problems)
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a results folder.

    Raises InputError if there is none, or it is that of another program.
    """
    content = _json_of(folder / MANIFEST)
    if not isinstance(content, dict) or maker(content) is None:
        expected, remedy = phrase("results with their manifest"), phrase("Run `typology run`.")
        raise InputError(Problem("", "", "", expected, remedy, str(folder / MANIFEST)))
    return content


def own_outputs(folder: Path) -> dict[str, str]:
    """Return every file that a run wrote into a folder, private ones too, with its checksum."""
    private = _json_of(folder / PRIVATE_FOLDER / MANIFEST)
    inner = private.get("outputs") if isinstance(private, dict) else None
    found = {
        f"{PRIVATE_FOLDER}/{name}": str(checksum)
        for name, checksum in (inner if isinstance(inner, dict) else {}).items()
    }
    return {**read_manifest(folder)["outputs"], **found}


def maker_of(folder: Path) -> str | None:
    """Return which command made a folder, as its manifest says: "typology run", "typology compare".

    None where there is no manifest of theirs, whatever else is named ``manifest.json``.
    """
    return maker(_json_of(folder / MANIFEST))


def maker(content: object) -> str | None:
    """Return which command made a manifest, read from JSON; None if it is none of this project.

    Manifests of before they said what made them are known by all their keys and by one output that
    only one of the two commands has.
    """
    if not isinstance(content, dict) or not content.keys() >= _PARTS:
        return None
    if not all(isinstance(content[part], dict) for part in _PARTS):
        return None
    outputs = content["outputs"]
    if not all(_SHA256.fullmatch(str(checksum)) for checksum in outputs.values()):
        return None
    if content.keys() == _PARTS:
        return next((made_by for made_by, name in _ONLY_IN.items() if name in outputs), None)
    if content.get("manifest_version") not in _VERSIONS:
        return None
    return next((made_by for made_by in MAKERS if made_by == content.get("made_by")), None)


def _json_of(path: Path) -> object:
    """Return what a JSON file says, None where there is no such file or no JSON in it."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None


def _differences(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    remedy = phrase("Run `typology run` again.")
    for name, checksum in manifest["outputs"].items():
        path = folder / name
        if not path.is_file():
            yield Problem("", "", "", phrase("this file"), remedy, str(path))
        elif sha256_of_file(path) != checksum:
            found, expected = phrase("other contents"), phrase("the file of the manifest")
            yield Problem("", "", found, expected, remedy, str(path))


_TEXT_COLUMNS = dict.fromkeys(
    (
        "respondent", "type", "variable", "category", "item", "block", "role", "candidate",
        "margin", "nearest", "unnamed_reason", "off_blocks",
    ),
    "string",
)  # fmt: skip
