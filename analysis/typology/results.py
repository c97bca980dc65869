"""Results on disk: written beside the former ones, then swapped in, and read back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from typology.csv_tables import csv_bytes, read_csv
from typology.phrases import phrase
from typology.problems import InputError, Problem
from typology.provenance import sha256_of_file

TABLES = "tables"
FIGURES = "figures"
MANIFEST = "manifest.json"
MODEL = "model.json"
WORKBOOK = "typology.xlsx"
EXPLORER = "explorer.html"


@dataclass(frozen=True)
class Results:
    """Results read from disk.

    Parameters
    ----------
    folder : Path
    tables : mapping of table name to DataFrame
    manifest : dict
        As `typology.provenance.make_manifest` makes it.
    """

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


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into; it takes the place of ``folder`` when all went well.

    Parameters
    ----------
    folder : Path
        Left untouched if the block raises or is interrupted.

    Yields
    ------
    Path
        A folder beside it, removed on failure.
    """
    beside = folder.with_name(f".{folder.name}.new")
    former = folder.with_name(f".{folder.name}.old")
    for leftover in (beside, former):
        shutil.rmtree(leftover, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        yield beside
        if folder.exists():
            folder.rename(former)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        if former.exists() and not folder.exists():
            former.rename(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def require_results_folder(folder: Path) -> None:
    """Refuse to replace a folder that holds something other than former results.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    InputError
        If ``folder`` is a file, or a folder with files but without a manifest.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        found, remedy = phrase("a file"), phrase("Give the name of a folder.")
    elif any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        found = phrase("a folder with other files")
        remedy = phrase("Give a new or an empty folder.")
    else:
        return
    expected = phrase("a folder of results, or none yet")
    raise InputError(Problem("", "", found, expected, remedy, where=str(folder)))


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write every table as CSV with unrounded numbers, as `typology.csv_tables.csv_bytes` does.

    Parameters
    ----------
    folder : Path
        The results folder; the files go to its ``tables``.
    tables : mapping of table name to DataFrame
    """
    (folder / TABLES).mkdir()
    for name, table in tables.items():
        (folder / TABLES / f"{name}.csv").write_bytes(csv_bytes(table))


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a mapping as readable JSON with full-precision numbers."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


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
    paths = {path.stem: path for path in sorted((folder / TABLES).glob("*.csv"))}
    return Results(folder=folder, tables=_TablesOnDisk(paths), manifest=manifest)


def check_results(folder: Path) -> dict[str, Any]:
    """Prove that results are those of their manifest.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict
        The manifest.

    Raises
    ------
    InputError
        If there is no manifest, or a file of it is missing or was changed: every one is named.
    """
    manifest = read_manifest(folder)
    problems = list(_differences(folder, manifest))
    if problems:
        raise InputError(problems)
    return manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a results folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict

    Raises
    ------
    InputError
        If there is none or it is not JSON.
    """
    path = folder / MANIFEST
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError) as error:
        expected, remedy = phrase("results with their manifest"), phrase("Run `typology run`.")
        raise InputError(Problem("", "", "", expected, remedy, str(path))) from error
    return content


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
