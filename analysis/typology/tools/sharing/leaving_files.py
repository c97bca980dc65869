"""Which files would leave: those git has or would take, or all that are in no private folder."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from typology.files.output_places import PRIVATE_FOLDER

PLACEHOLDERS = {".gitkeep", ".gitignore"}
_SKIPPED = {".git", ".venv", "node_modules", "__pycache__"}


@dataclass(frozen=True)
class LeavingFile:
    """A file that would leave: its name below the folder, and its bytes as they would."""

    name: str
    folder: Path
    staged: bool = False  # whether git's index has it

    def content(self) -> bytes:
        """Return its bytes: those of git's index, where it is there."""
        if self.staged:
            shown = git(self.folder, "show", f":./{self.name}")
            if shown is not None:
                return shown
        path = self.folder / self.name
        return path.read_bytes() if path.is_file() else b""

    @property
    def is_private(self) -> bool:
        """Return whether it lies in a private folder, where answers and keys are."""
        path = Path(self.name)
        return PRIVATE_FOLDER in path.parts[:-1] and path.name not in PLACEHOLDERS


def leaving_files(folder: Path) -> list[LeavingFile]:
    """Return the files of a folder that would leave with it.

    In a working copy of git, those of its index and those it would take, which it does not ignore;
    elsewhere, those that are in no private folder.
    """
    staged = git(folder, "ls-files", "-z", "--cached")
    if staged is None:
        return list(_all_files(folder))
    others = git(folder, "ls-files", "-z", "--others", "--exclude-standard") or b""
    return [
        *(LeavingFile(name, folder, staged=True) for name in _names(staged)),
        *(LeavingFile(name, folder) for name in _names(others)),
    ]


def git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git answers in a folder; None without git, or where it refuses."""
    program = shutil.which("git")
    if program is None:
        return None
    done = subprocess.run(
        [program, "-C", str(folder), *arguments], capture_output=True, check=False
    )
    return done.stdout if done.returncode == 0 else None


def _names(listed: bytes) -> Iterator[str]:
    yield from (name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name)


def _all_files(folder: Path) -> Iterator[LeavingFile]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not {PRIVATE_FOLDER, *_SKIPPED} & set(name.parts[:-1]):
            yield LeavingFile(name.as_posix(), folder)
