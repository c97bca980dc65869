"""Where outputs may go: never on, in or around what is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from typology.files.file_names import name_faults
from typology.problems.problem import Problem
from typology.words.phrases import Phrase, phrase

ENDINGS = (".csv", ".tsv", ".xlsx")
"""Of the tables that are written where the caller says."""
PRIVATE_FOLDER = "private"
"""Name of the folders, of answers and of results, with what is about single respondents."""


def real_path(path: Path) -> Path:
    """Return where a path leads, links followed; one that leads nowhere is returned as it is.

    `Path.resolve` fails on a link that leads back to itself; this does not.
    """
    return Path(os.path.realpath(path))


def is_link(path: Path) -> bool:
    """Return whether a path is a link to another place: a symbolic one, or a Windows junction."""
    try:
        found = path.lstat()
    except OSError:
        return False
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return stat.S_ISLNK(found.st_mode) or (
        junction is not None and getattr(found, "st_reparse_tag", 0) == junction
    )


def is_same(first: Path, second: Path) -> bool:
    """Return whether two paths are one file or folder.

    Asked of the system where both exist: links of both kinds, and names that differ by their case
    where the disk ignores it, are seen through.
    """
    try:
        return os.path.samefile(first, second)
    except OSError:
        return real_path(first) == real_path(second)


def lies_in(folder: Path, path: Path) -> bool:
    """Return whether a folder is a path, or one of the folders it lies in."""
    places = {Path(os.path.abspath(path)), real_path(path)}
    return any(is_same(folder, each) for place in places for each in (place, *place.parents))


def folder_problems(folder: Path, inputs: Iterable[Path]) -> list[Problem]:
    """Return why a folder, which may exist or not, is no place for results, whatever is in it."""
    return [
        Problem("", "", found, phrase("a folder for results alone"), remedy, str(folder))
        for found, remedy in _wrong_places(folder, inputs)
    ][:1]


def _wrong_places(folder: Path, inputs: Iterable[Path]) -> Iterator[tuple[str, Phrase]]:
    in_it = phrase("Give the name of another folder, such as 'results'.")
    for fault in name_faults(folder):
        yield fault, in_it
    if is_link(folder):
        target = real_path(folder)
        yield (
            phrase("a link to {target}", target=target),
            phrase("Give the folder that it leads to, or remove the link."),
        )
    for parent in (folder, *folder.parents):
        if parent.exists() and not parent.is_dir():
            found = phrase("a file") if parent == folder else phrase("a place in a file")
            yield found, phrase("Give the name of a folder.")
    if not folder.exists():
        return
    if os.path.ismount(folder):
        yield (
            phrase("the top of a disk or of a shared folder"),
            phrase("Give the name of a folder in it."),
        )
    if lies_in(folder, Path.cwd()):
        yield phrase("the folder you are in, or one above it"), in_it
    for path in inputs:
        if lies_in(folder, path):
            yield phrase("a folder that holds {file}, which is read", file=path.name), in_it


def file_problems(
    output: Path, inputs: Iterable[Path], *, endings: Sequence[str] = ENDINGS
) -> list[Problem]:
    """Return why a file is no place for an output, whether or not it may be replaced."""
    if any(is_same(output, each) for each in inputs):
        expected = phrase("another file than those that are read")
        remedy = phrase("Give another name to the option --output.")
        return [Problem("", "", output.name, expected, remedy, "--output")]
    faults = list(name_faults(output))
    if faults:
        expected = phrase("a name that every system takes")
        remedy = phrase("Give another name to the option --output.")
        return [Problem("", "", faults[0], expected, remedy, "--output")]
    if not output.name or not output.parent.is_dir() or (output.exists() and not output.is_file()):
        found = phrase("no file: a folder or a device") if output.exists() else ""
        remedy = phrase("Give the name of a file in a folder that exists.")
        return [Problem("", "", found, phrase("a file to write"), remedy, str(output))]
    if output.suffix and output.suffix.casefold() not in endings:
        expected = phrase("a name that ends in {endings}", endings=", ".join(endings))
        remedy = phrase("Give another name to the option --output.")
        return [Problem("", "", output.name, expected, remedy, "--output")]
    return []
