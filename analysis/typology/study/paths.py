"""Where the files that a study names are: within its project, so that a copy runs elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from typology.files.output_places import real_path
from typology.problems import Problem
from typology.words.phrases import phrase


def resolved(study_file: Path, name: str) -> Path:
    """Return the path that a study file names, from its own folder."""
    return real_path(real_path(study_file).parent / name)


def project_folder(path: Path) -> Path:
    """Return the folder of the project that a study file belongs to."""
    folder = real_path(path).parent
    return folder.parent if folder.name == "analysis" else folder


def within_project(study_file: Path, key: str, name: str, problems: list[Problem]) -> Path:
    """Return the file or folder that a key names, and tell if it lies outside the project.

    What is wrong is added to ``problems``.
    """
    where = f"{study_file.name} › {key}"
    target = resolved(study_file, name)
    project = project_folder(study_file)
    if not target.is_relative_to(project) or target == project:
        remedy = phrase(
            "Move the file into the project folder, so that a copy of the folder runs elsewhere; "
            "for answers kept elsewhere, use the option --responses."
        )
        expected = phrase("a place inside the project folder ({folder})", folder=project.name)
        problems.append(Problem("", "", name, expected, remedy, where))
    return target


def absent_file(study_file: Path, key: str, name: str) -> Problem:
    """Return that a file that a key names is not there, or how to name it from where it is read."""
    remedy = phrase("Correct the path: it is read from the folder of the study file.")
    meant = project_folder(study_file) / name
    if name and meant.is_file():
        path = Path(os.path.relpath(meant, real_path(study_file).parent)).as_posix()
        remedy = phrase(
            "Write {path}: the path is read from the folder of the study file.", path=path
        )
    where = f"{study_file.name} › {key}"
    return Problem("", "", name, phrase("a file that exists"), remedy, where)


def usual_questionnaire(folder: Path = Path()) -> Path:
    """Return the questionnaire of the study in a folder, where no other is named.

    It is beside the study file, or in ``data`` where the study file is in ``analysis``.
    """
    beside = folder / "questionnaire.yml"
    return beside if beside.is_file() else folder / "data" / "questionnaire.yml"
