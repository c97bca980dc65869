"""The study of the project, copied with all the files that it names and without private answers."""

from __future__ import annotations

import shutil
from pathlib import Path


def copy_study(project: Path, folder: Path) -> Path:
    """Copy the study and its data into a folder; return the study file there."""
    shutil.copytree(project / "data", folder / "data", ignore=shutil.ignore_patterns("private"))
    (folder / "analysis").mkdir()
    for path in (project / "analysis").glob("*.*"):
        shutil.copy(path, folder / "analysis")
    return folder / "analysis" / "study.yml"
