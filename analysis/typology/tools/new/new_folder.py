"""A folder made whole, or not at all; never over what lies there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from typology.files.file_names import name_faults
from typology.files.interruption import undisturbed
from typology.files.output_files import made_beside
from typology.files.output_places import is_link
from typology.files.patience import patiently
from typology.problems import InputError, Problem
from typology.words.phrases import few, phrase

# What file managers put into a folder that its owner takes for empty.
_CLUTTER = {".ds_store", "desktop.ini", "thumbs.db", ".directory"}


def refuse_place(folder: Path) -> None:
    """Refuse a place where no study can be made: a file, a link, a folder with something in it."""
    remedy = phrase("Give the name of a new folder.")
    expected = phrase("a new folder, or an empty one")
    for fault in name_faults(folder):
        raise InputError(Problem("", "", fault, expected, remedy, str(folder)))
    found = phrase("")
    if is_link(folder):
        found = phrase("a link to another place")
    elif folder.is_dir():
        lying = sorted(each.name for each in folder.iterdir() if not _is_clutter(each))
        if lying:
            found = phrase("a folder that holds {names}", names=few(lying))
    elif any(each.exists() and not each.is_dir() for each in (folder, *folder.parents)):
        found = phrase("a file, or a place in a file")
    if found:
        raise InputError(Problem("", "", found, expected, remedy, str(folder)))


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into; it becomes ``folder`` when the block ends.

    Nothing of it is left if the block raises. `InputError` is raised as by `refuse_place`.
    """
    folder = Path(os.path.abspath(folder))
    refuse_place(folder)
    above = next(each for each in folder.parents if each.exists())
    work = made_beside(folder, above)
    try:
        new = work / "new"
        new.mkdir()
        yield new
        with undisturbed():
            _put(new, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_contents(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder, each at its path with slashes."""
    for name, content in contents.items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _put(new: Path, folder: Path) -> None:
    """Move what was written into its place: all of it, or none."""
    refuse_place(folder)
    if not folder.exists():
        made = [each for each in folder.parents if not each.exists()]
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            patiently(lambda: new.rename(folder))
        except OSError:
            with suppress(OSError):
                for each in made:
                    each.rmdir()
            raise
        return
    # An empty folder may be the one the terminal is in: it stays, and is filled.
    moved: list[Path] = []
    try:
        for each in sorted(new.iterdir()):
            patiently(partial(each.rename, folder / each.name))
            moved.append(folder / each.name)
    except OSError:
        for each in moved:
            each.rename(new / each.name)
        raise


def _is_clutter(path: Path) -> bool:
    return path.name.casefold() in _CLUTTER and path.is_file()
