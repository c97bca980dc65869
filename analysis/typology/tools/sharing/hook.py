"""The hook by which git refuses to commit answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from typology.problems import InputError, Problem
from typology.study import Study
from typology.study.paths import project_folder
from typology.tools.sharing.leaving_files import git
from typology.words.phrases import phrase

MARK = "typology check --before-sharing"


def install_hook(study: Study) -> Path:
    """Write the hook ``pre-commit`` of the working copy that a study lies in; return its path.

    It is a script of two lines, which Git for Windows runs too. Raises InputError where there is no
    working copy, or a hook of another making, which is left as it is.
    """
    folder = project_folder(study.path)
    found = git(folder, "rev-parse", "--git-path", "hooks")
    top = git(folder, "rev-parse", "--show-toplevel")
    if found is None or top is None:
        expected = phrase("a folder that git keeps")
        remedy = phrase("Run `git init` there first.")
        raise InputError(Problem("", "", "", expected, remedy, str(folder)))
    hooks = folder / found.decode("utf-8").strip()
    hook = hooks / "pre-commit"
    script = hook_script(study.path, Path(top.decode("utf-8").strip()))
    if hook.is_file() and MARK not in hook.read_text(encoding="utf-8", errors="replace"):
        told = phrase("a hook of another making")
        expected = phrase("none yet")
        remedy = phrase("Add this line to it: {line}", line=script.splitlines()[-1])
        raise InputError(Problem("", "", told, expected, remedy, str(hook)))
    hooks.mkdir(parents=True, exist_ok=True)
    hook.write_bytes(script.encode())
    hook.chmod(0o755)
    return hook


def hook_script(study_file: Path, top: Path) -> str:
    """Return the hook: the check, by the Python that installed it, from the top of the copy."""
    python = Path(sys.executable).as_posix()
    relative = Path(os.path.relpath(study_file.resolve(), top.resolve())).as_posix()
    return f'#!/bin/sh\n# {MARK}\nexec "{python}" -m typology check "{relative}" --before-sharing\n'
