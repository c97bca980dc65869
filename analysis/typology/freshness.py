"""Whether results on disk are those of the inputs, settings, seed, code and versions of now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typology.problems import InputError
from typology.provenance import make_manifest
from typology.results import read_manifest, read_results
from typology.study import DEFAULT_STUDY, Study

MADE_FROM = ("inputs", "settings", "code", "versions")
"""What of a manifest says what the results were made from."""


def find_study(start: Path) -> Path:
    """Return the study file of the project that a folder lies in.

    Parameters
    ----------
    start : Path
        A folder of the project, for instance that of its documents.

    Returns
    -------
    Path
        ``analysis/study.yml`` or ``study.yml`` in ``start`` or in the nearest folder above it.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        for candidate in (folder / DEFAULT_STUDY, folder / DEFAULT_STUDY.name):
            if candidate.is_file():
                return candidate
    raise FileNotFoundError(
        f"No study found from {start.name} upwards: expected {DEFAULT_STUDY.as_posix()} or "
        f"{DEFAULT_STUDY.name}. Put the documents in a folder of the project."
    )


def outdated(study: Study) -> tuple[str, ...]:
    """Return what of the results on disk is not that of the study.

    Parameters
    ----------
    study : Study

    Returns
    -------
    tuple of str
        Empty when the manifest proves that the results are those of the study. Otherwise what
        differs: "results" (none, incomplete or changed by hand), "inputs", "settings" (the seed
        is one), "code", "versions".
    """
    try:
        read_results(study.results_path)
    except InputError:
        return ("results",)
    written = read_manifest(study.results_path)
    current = _made_from(study)
    return tuple(part for part in MADE_FROM if written[part] != current[part])


def _made_from(study: Study) -> Mapping[str, Any]:
    return make_manifest(
        inputs=study.inputs,
        settings=study.settings(),
        outputs=[],
        root=study.results_path,
    )
