"""A study run again, and its outputs held against those of a manifest."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from typology.files.provenance import RUN_COMMAND, sha256_of_file
from typology.problems import InputError, Problem
from typology.results.run_results import (
    EXPLORER,
    FIGURES,
    MANIFEST,
    MODEL,
    TABLES,
    WORKBOOK,
    maker,
    read_manifest,
)
from typology.study import Study, load_study
from typology.study.sections import Validity
from typology.tools.run import run_study
from typology.tools.verify.compared_files import IDENTICAL, MOVED, Difference, compare_files
from typology.words.phrases import phrase
from typology.words.progress import Progress, silent

VERIFY_TOLERANCE = 1e-8
MISSING, NEW, CHANGED, EDITED = "missing", "new", "changed", "edited"
STATUSES = (IDENTICAL, "within", MOVED, MISSING, NEW, CHANGED, EDITED)
OUTPUT_KINDS = (TABLES, "model", "workbook", FIGURES, "explorer", "other")

_OUTPUTS = ("output", "kind", "status", "largest", "place", "before", "after")
_CAUSES = ("part", "what", "before", "after")
_KIND_OF = {MODEL: "model", WORKBOOK: "workbook", EXPLORER: "explorer"}


@dataclass(frozen=True)
class Verification:
    """A run held against its manifest.

    ``causes``: what the two runs were made from and is not the same, by ``part`` ("inputs",
    "settings", "code", "versions"), ``what``, ``before`` and ``after``. ``outputs``: a row a file,
    ``output``, ``kind`` (of ``OUTPUT_KINDS``), ``status`` (of ``STATUSES``: "missing" files are no
    longer made, "new" ones are made now only, "changed" ones were changed since, or are not there
    to be compared: only their checksums are known; "edited" ones are made again as the manifest has
    them, and were changed in the folder since), ``largest``, ``place``, ``before``, ``after``
    as of `typology.tools.verify.compared_files.Difference`.
    """

    causes: pd.DataFrame
    outputs: pd.DataFrame
    tolerance: float
    language: str

    @property
    def holds(self) -> bool:
        """Whether every output is the same, to the byte or within the tolerance."""
        return bool(self.outputs["status"].isin(STATUSES[:2]).all())


def verify_run(
    path: Path,
    *,
    manifest: Path | None = None,
    responses: Path | None = None,
    tolerance: float = VERIFY_TOLERANCE,
    language: str | None = None,
    progress: Progress = silent,
    n_jobs: int | None = None,
) -> Verification:
    """Run a study again and hold what it gives against a manifest.

    Parameters
    ----------
    path : Path
        The study file, or its folder.
    manifest : Path or None
        The manifest of the run to verify, or the folder of its results; None: the results of the
        study. Where the files of the manifest do not lie beside it, checksums alone are compared.
    responses : Path or None
        Answers to use instead of those of the study file.
    tolerance : float
        See `compare_files`.
    language : {"fr", "en"} or None
        Of the messages; None: that of the study.
    progress, n_jobs
        As of `typology.tools.run.run_study`.

    Returns
    -------
    Verification

    Raises
    ------
    InputError
        If there is no manifest of a run, or the study cannot be run. Nothing is written beside the
        study: the run is made in a temporary folder.

    Notes
    -----
    The numbers of replicates are those of the manifest, and so is the language of its figures: the
    command line may have given them. All else is what the study file says now.
    """
    with tempfile.TemporaryDirectory(prefix="typology-verify-") as temporary:
        again = Path(temporary) / "results"
        study = load_study(path, responses=responses, for_checking=True)
        folder, told = _manifest_of(manifest or study.results_path)
        study = replace(_as_told(study, told["settings"]), results_path=again)
        run_study(study, progress=progress, n_jobs=n_jobs)
        made = read_manifest(again)
        outputs = pd.DataFrame(
            _compared(
                _Outputs(folder, told["outputs"]),
                _Outputs(again, made["outputs"]),
                tolerance=tolerance,
            ),
            columns=list(_OUTPUTS),
        )
    causes = pd.DataFrame(_causes(told, made), columns=list(_CAUSES))
    return Verification(causes, outputs, tolerance, language or study.choices.language)


def _manifest_of(path: Path) -> tuple[Path, dict[str, Any]]:
    """Return the folder of a manifest and what it says."""
    folder = path if path.is_dir() or path.name != MANIFEST else path.parent
    content = read_manifest(folder)
    made_by = maker(content)
    if made_by != RUN_COMMAND:
        found = phrase("results of `{command}`", command=str(made_by))
        expected = phrase("results of `{command}`", command=RUN_COMMAND)
        remedy = phrase("Give the folder of a run, or its manifest.")
        raise InputError(Problem("", "", found, expected, remedy, str(folder / MANIFEST)))
    return folder, content


def _as_told(study: Study, settings: Mapping[str, Any]) -> Study:
    """Return a study with what the command line may have said of the run to verify."""
    choices = study.choices
    update: dict[str, Any] = {}
    if "validity" in settings:
        update["validity"] = Validity.model_validate(settings["validity"])
    if settings.get("language") in ("fr", "en"):
        update["language"] = settings["language"]
    return replace(study, choices=choices.model_copy(update=update))


def _causes(told: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for part in ("inputs", "settings", "code", "versions"):
        before, after = told[part], made[part]
        for what in sorted({*before, *after}):
            pair = tuple(_shown(part, side.get(what)) for side in (before, after))
            if pair[0] != pair[1]:
                yield (part, what, *pair)


def _shown(part: str, value: Any) -> str:
    if value is None:
        return ""
    return f"{value['name']} {value['sha256'][:16]}" if part == "inputs" else str(value)


@dataclass(frozen=True)
class _Outputs:
    """The outputs of a run: where they lie, and their checksums."""

    folder: Path
    checksums: Mapping[str, str]


def _compared(before: _Outputs, after: _Outputs, *, tolerance: float) -> Iterator[tuple[Any, ...]]:
    for output in sorted({*before.checksums, *after.checksums}):
        found = _difference(before, after, output, tolerance=tolerance)
        numbers = (found.status, found.largest, found.place, found.before, found.after)
        yield (output, _kind(output), *numbers)


def _difference(before: _Outputs, after: _Outputs, output: str, *, tolerance: float) -> Difference:
    if output not in after.checksums:
        return Difference(MISSING, math.nan)
    if output not in before.checksums:
        return Difference(NEW, math.nan)
    checksum = before.checksums[output]
    kept = before.folder / output
    changed = kept.is_file() and sha256_of_file(kept) != checksum
    if checksum == after.checksums[output]:
        if not changed:
            return Difference(IDENTICAL)
        # The run is the same: what was changed in the file since is known, number by number.
        return replace(
            compare_files(kept, after.folder / output, tolerance=tolerance), status=EDITED
        )
    if changed or not kept.is_file():
        return Difference(CHANGED, math.nan)
    return compare_files(kept, after.folder / output, tolerance=tolerance)


def _kind(output: str) -> str:
    path = PurePosixPath(output)
    top = path.parts[0]
    return top if top in (TABLES, FIGURES) else _KIND_OF.get(output, "other")
