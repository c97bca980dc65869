"""The model of a run read back, without what is needed to fit or to use one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typology.phrases import phrase
from typology.problems import InputError, Problem
from typology.words import word

MODEL_VERSION = 2
"""Changed whenever the contents of the file mean something else."""


def read_model(path: Path) -> dict[str, Any]:
    """Read the model of a run.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict
        As `typology.model_file.model_content` makes it.

    Raises
    ------
    InputError
        If there is none, it is no model, or that of another version.
    """
    expected = phrase("a model of this version of typology (model.json in the results of a run)")
    remedy = phrase("Run `typology run`, or give the file with the option --model.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise InputError(Problem("", "", "", expected, remedy, str(path))) from None
    except ValueError:
        found = phrase("another file")
        raise InputError(Problem("", "", found, expected, remedy, str(path))) from None
    if not isinstance(content, dict) or content.get("version") != MODEL_VERSION:
        found = phrase("another file")
        if isinstance(content, dict) and "version" in content:
            found = phrase("version {version}", version=content["version"])
        raise InputError(Problem("", "", found, expected, remedy, str(path)))
    return content


def class_names(model: Mapping[str, Any], language: str) -> dict[int, str]:
    """Return the name of each class of a model, or "Class 3" where it has none."""
    return {
        each["class"]: each["names"].get(language)
        or next(filter(None, each["names"].values()), "")
        or word("class_number", language, number=each["class"])
        for each in model["classes"]
    }
