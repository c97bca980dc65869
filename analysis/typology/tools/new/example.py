"""The shipped example, copied: its study file, and every file that it names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typology import DEFAULT_STUDY
from typology.files.yaml_files import load_mapping
from typology.problems import InputError, Problem
from typology.study.keys.schemas import schema_line
from typology.tools.new.pages import example_folder
from typology.tools.new.study_texts import STUDY, schema_path
from typology.words.phrases import phrase
from typology.words.spelling import did_you_mean

EXAMPLES = ("cpts",)
_SCHEMA = re.compile(r"\A# yaml-language-server: .*")


def example_files(name: str) -> dict[str, bytes]:
    """Return the files of an example, by path in the folder of the new study.

    `InputError` is raised for an example that there is not.
    """
    if name not in EXAMPLES:
        expected = phrase("an example ({names})", names=", ".join(EXAMPLES))
        remedy = did_you_mean(name, EXAMPLES) or phrase("Choose one of these.")
        raise InputError(Problem("", "", name, expected, remedy, "--from"))
    study = example_folder() / DEFAULT_STUDY
    content = load_mapping(study)
    questionnaire = study.parent / content["questionnaire"]
    named = {Path(os.path.normpath(study.parent / each)) for each in _texts(content)}
    beside = {path for path in questionnaire.resolve().parent.iterdir() if path.suffix != ".md"}
    files = {STUDY: study.read_bytes()}
    for path in sorted(named | beside):
        if path.is_file():
            files[_place(path)] = path.read_bytes()
    files[STUDY] = _moved(files[STUDY], "study")
    files[questionnaire.name] = _moved(files[questionnaire.name], "questionnaire")
    return files


def _place(path: Path) -> str:
    """Return where a file of the example goes: beside the study file, in the folder it has."""
    inner = path.resolve().relative_to(example_folder().resolve())
    return Path(*inner.parts[1:]).as_posix()


def _moved(content: bytes, file: str) -> bytes:
    """Return a file of the example as it reads beside the others."""
    text = content.decode("utf-8")
    text = _SCHEMA.sub(schema_line(schema_path(file)), text)
    return text.replace("../data/", "").replace("../results", "results").encode("utf-8")


def _texts(content: Any) -> Iterator[str]:
    """Yield every text of a file that may name another: those that look like a path."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from _texts(each)
    elif isinstance(content, str) and re.fullmatch(r"[\w./-]+\.\w+", content):
        yield content
