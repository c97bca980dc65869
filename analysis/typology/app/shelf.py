"""The studies that the page shows: each a folder of this machine, each with its own address."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from typology import DEFAULT_STUDY
from typology.app.yaml_lines import with_value
from typology.files.file_names import name_faults
from typology.files.output_files import write_files
from typology.files.output_places import real_path
from typology.problems import InputError
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.study import Study, load_study
from typology.study.paths import project_folder
from typology.tools.new.draft import name_of

FOLDER = "typologie"
"""Where new studies are made: a folder of this name in that of whoever uses the machine."""

_UNDONE = 50


@dataclass
class OpenStudy:
    """A study on disk; ``name`` is that of its address."""

    name: str
    path: Path  # the study file
    _former: list[tuple[Path, bytes | None]] = field(default_factory=list)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def folder(self) -> Path:
        """Return the folder of the project."""
        return project_folder(self.path)

    def load(self) -> Study:
        """Return the study, files that are not there among its problems."""
        return load_study(self.path, for_checking=True)

    def questionnaire(self) -> Questionnaire | None:
        """Return the questionnaire, None where it cannot be read."""
        try:
            return load_questionnaire(self.load().questionnaire_path)
        except InputError:
            return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one tab at a time write."""
        with self._lock:
            yield

    def change(self, path: Path, values: Mapping[str, Any]) -> None:
        """Give keys of one of the files other values; nothing else in the file changes.

        A key within another is written "exclusions/respondents"; None removes one.
        """
        with self.alone():
            text = path.read_text(encoding="utf-8-sig")
            for key, value in values.items():
                text = with_value(text, key.split("/"), value)
            self.write(path, text.encode("utf-8"))

    def write(self, path: Path, content: bytes) -> None:
        """Write a file of the study whole; what it was can be had back."""
        with self.alone():
            former = path.read_bytes() if path.is_file() else None
            if former == content:
                return
            _put(path, content)
            self._former = [*self._former[1 - _UNDONE :], (path, former)]

    def undo(self) -> Path | None:
        """Take back the last change; return the file that is as it was, None without a change."""
        with self.alone():
            if not self._former:
                return None
            path, former = self._former.pop()
            if former is None:
                path.unlink(missing_ok=True)
            else:
                _put(path, former)
            return path

    @property
    def can_undo(self) -> bool:
        """Return whether there is a change to take back."""
        return bool(self._former)


def _put(path: Path, content: bytes) -> None:
    write_files({path: content}, inputs=(), force=True, endings=(path.suffix,))


class Shelf:
    """The studies of a working folder, and those that were opened from elsewhere."""

    def __init__(self, folder: Path, *, opened: Sequence[Path] = ()) -> None:
        self.folder = folder
        self._known: dict[str, OpenStudy] = {}
        for path in opened:
            self.open(path)

    def open(self, path: Path) -> OpenStudy:
        """Return the study of a study file, or of its folder; InputError where there is none."""
        found = _study_file(path)
        if found is None:
            load_study(path)  # which says what is not there
            found = path
        name = hashlib.sha256(str(real_path(found)).encode()).hexdigest()[:10]
        return self._known.setdefault(name, OpenStudy(name, found))

    def get(self, name: str) -> OpenStudy | None:
        """Return the study of an address; that of a page that a former start showed too."""
        if name not in self._known:
            self.studies()
        found = self._known.get(name)
        return found if found is not None and found.path.is_file() else None

    def studies(self) -> list[OpenStudy]:
        """Return every study there is, the last changed first."""
        if self.folder.is_dir():
            for each in self.folder.iterdir():
                if each.is_dir() and _study_file(each) is not None:
                    self.open(each)
        there = [each for each in self._known.values() if each.path.is_file()]
        return sorted(there, key=lambda each: -each.path.stat().st_mtime)

    def place(self, title: str) -> Path:
        """Return a folder that is not there yet, named after a title."""
        name = name_of(title, otherwise="etude")
        names = chain([name], (f"{name}_{number}" for number in count(2)))
        places = (self.folder / each for each in names)
        return next(each for each in places if not each.exists() and not [*name_faults(each)])


def _study_file(path: Path) -> Path | None:
    if path.is_file():
        return path
    candidates = (path / "study.yml", path / DEFAULT_STUDY)
    return next((each for each in candidates if each.is_file()), None)
