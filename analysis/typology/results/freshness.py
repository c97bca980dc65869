"""Whether results on disk are those of the inputs, settings, seed, code and versions of now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typology import DEFAULT_STUDY
from typology.files.output_places import real_path
from typology.files.provenance import make_manifest
from typology.problems import InputError
from typology.results.run_results import check_results
from typology.study import Study

MADE_FROM = ("inputs", "settings", "code", "versions")
"""What of a manifest says what the results were made from."""


def find_study(start: Path) -> Path:
    """Return the study file of the project that a folder lies in.

    That is ``analysis/study.yml`` or ``study.yml`` in ``start`` or in the nearest folder above it;
    raises FileNotFoundError if there is none.
    """
    start = real_path(start)
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

    Empty when the manifest proves that the results are those of the study. Otherwise what differs:
    "results" (none, incomplete or changed by hand), "inputs", "settings" (the seed is one), "code",
    "versions".
    """
    try:
        manifest = check_results(study.results_path)
    except InputError:
        return ("results",)
    return made_from_others(study, manifest)


def made_from_others(study: Study, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what of a study is not what the results of a manifest were made from.

    Of "inputs", "settings" (the seed is one), "code", "versions".
    """
    current = make_manifest(
        inputs=study.inputs, settings=study.settings(), outputs=[], root=study.results_path
    )
    return tuple(part for part in MADE_FROM if manifest[part] != current[part])
