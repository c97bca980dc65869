"""A folder of results replaced whole, or not at all; what is not ours in it stays in it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from typology.files.interruption import undisturbed
from typology.files.output_files import beside_prefix, made_beside
from typology.files.output_lock import only_writer
from typology.files.output_places import folder_problems, is_link
from typology.files.patience import patiently
from typology.files.write_errors import longest_path_problem, write_problem
from typology.problems import InputError, Problem
from typology.results.foreign_files import move_foreign_files
from typology.results.run_results import MANIFEST, maker_of
from typology.words.phrases import Phrase, phrase

_LEAST_ROOM = 16_000_000


@dataclass(frozen=True)
class Replacement:
    """An empty folder to write into, which takes the place of another.

    ``notices`` are filled in when the other folder was replaced: what of it was kept.
    """

    folder: Path
    notices: list[Phrase] = field(default_factory=list)


@contextmanager
def replaced_folder(
    folder: Path, *, made_by: str, inputs: Iterable[Path] = ()
) -> Iterator[Replacement]:
    """Give an empty folder to write into; it takes the place of ``folder`` when all went well.

    ``folder`` is none yet, an empty one, or results of the same command (``made_by``); it is left
    untouched if the block raises or is interrupted. None of the ``inputs``, files that are read,
    may lie in it. Raises InputError before the block if the place cannot be used, another run
    writes it, or a program has it open.

    The new folder is written in a work folder beside the former one, which is moved into the work
    folder before the new one takes its place. A work folder says what it is for, so that the next
    run finishes what a killed one began: see `_settle`. Of the former folder only the files that
    its manifest lists, with their checksums, are removed: others are moved back to their places,
    and those of ours that were changed by hand stay under another name.
    """
    folder = Path(os.path.abspath(folder))
    inputs = list(inputs)
    _refuse(folder_problems(folder, inputs))
    with _parents_made(folder), only_writer(folder):
        for leftover in _work_folders(folder):
            _settle(leftover, folder)
        _refuse(place_problems(folder, made_by=made_by, inputs=inputs))
        work = None
        try:
            with undisturbed():
                work = _begun(folder)
            _refuse(_obstacles(folder, work))
            replacement = Replacement(work / "new")
            yield replacement
            with undisturbed():
                _swap(folder, work)
                replacement.notices.extend(_finished(work, folder))
        except BaseException:
            if work is not None:
                with undisturbed(), suppress(OSError):  # what remains, the next run undoes
                    _settle(work, folder)
            raise


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise InputError(found)


@contextmanager
def _parents_made(folder: Path) -> Iterator[None]:
    """Make the folders above one; take them away again if the block fails."""
    made = [parent for parent in folder.parents if not parent.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        with suppress(OSError):
            for parent in made:
                parent.rmdir()
        raise


def place_problems(folder: Path, *, made_by: str, inputs: Iterable[Path]) -> list[Problem]:
    """Return why the results of a command cannot go into a folder.

    Nothing where there is no folder yet, an empty one, or results of the same command.
    """
    problems = folder_problems(folder, inputs)
    if problems or not folder.exists() or not any(folder.iterdir()):
        return problems
    maker = maker_of(folder)
    if maker == made_by:
        return []
    found = (
        phrase("a folder with other files")
        if maker is None
        else phrase("results of `{command}`", command=maker)
    )
    expected = phrase("a folder of results of `{command}`, or none yet", command=made_by)
    remedy = phrase("Give a new or an empty folder.")
    return [Problem("", "", found, expected, remedy, where=str(folder))]


def _obstacles(folder: Path, work: Path) -> Iterator[Problem]:
    """Return what would stop the swap at the end: better known before the computation."""
    too_long = longest_path_problem(work / "new")
    if too_long:
        yield too_long
    former = sum(path.stat().st_size for path in _files(folder))
    if shutil.disk_usage(work).free < max(former, _LEAST_ROOM):
        found, expected = phrase("a full disk"), phrase("room for the files")
        remedy = phrase("Make room on the disk, or choose a folder on another one.")
        yield Problem("", "", found, expected, remedy, str(folder))
    if folder.exists():
        try:
            with undisturbed():
                patiently(lambda: folder.rename(work / "old"))
                patiently(lambda: (work / "old").rename(folder))
        except OSError as error:
            yield from _in_use(folder, error)


def _in_use(folder: Path, error: OSError) -> list[Problem]:
    """Return which files another program has open, or else that the folder cannot be moved."""
    remedy = phrase(
        "Close it in the program that has it open (Excel, for instance), and run again."
    )
    open_files = []
    for path in _files(folder):
        try:
            path.rename(path)  # changes nothing; Windows refuses it where a program has the file
        except OSError:
            found = phrase("a file that another program has open")
            expected = phrase("a file that is closed")
            open_files.append(Problem("", "", found, expected, remedy, str(path)))
    if open_files:
        return open_files
    problem = write_problem(error)
    remedy = phrase(
        "Close the files of this folder, the windows of the file manager and the terminals that "
        "show it; pause its synchronisation (OneDrive); check your rights on it; then run again."
    )
    expected = phrase("a folder that can be replaced")
    return [Problem("", "", problem.value, expected, remedy, str(folder))]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _swap(folder: Path, work: Path) -> None:
    """Put the new folder in the place of the former one."""
    if folder.exists():
        try:
            patiently(lambda: folder.rename(work / "old"))
        except OSError as error:
            raise InputError(_in_use(folder, error)) from error
    patiently(lambda: (work / "new").rename(folder))


def _finished(work: Path, folder: Path) -> list[Phrase]:
    try:
        return _settle(work, folder)
    except OSError:
        told = phrase(
            "The former results could not be removed yet, a program has them open: they are in "
            "{folder}, and the next run removes them.",
            folder=work.name,
        )
        return [told]


def _settle(work: Path, folder: Path) -> list[Phrase]:
    """Finish or undo a swap, whatever it was doing when it stopped; remove its work folder.

    ``new`` in the work folder is what was being written, ``old`` the former folder once it is moved
    aside. Returns what of the former folder was kept.
    """
    former, told = work / "old", []
    if former.exists():
        if folder.exists() and not any(folder.iterdir()):
            folder.rmdir()
        if not folder.exists():  # stopped before the new folder took the place
            patiently(lambda: former.rename(folder))
        elif maker_of(folder) is None:  # somebody's folder is there by now: both are left
            return []
        else:
            told = move_foreign_files(former, folder)
            patiently(lambda: _remove(former))
    patiently(lambda: _remove(work))
    return told


def _remove(folder: Path) -> None:
    """Remove a folder, its manifest last: a removal cut short can be taken up again."""
    for path in folder.iterdir():
        if path.is_dir() and not is_link(path):
            shutil.rmtree(path)
        elif path.name != MANIFEST:
            path.unlink()
    shutil.rmtree(folder)


def _begun(folder: Path) -> Path:
    """Make a work folder for a folder: its name says for which."""
    work = made_beside(folder, folder.parent)
    (work / "new").mkdir()
    return work


def _work_folders(folder: Path) -> list[Path]:
    """Return the work folders that killed runs left beside a folder."""
    name = re.compile(re.escape(beside_prefix(folder)) + "[a-z0-9_]{8}")
    return [
        path
        for path in sorted(folder.parent.iterdir())
        if name.fullmatch(path.name)
        and path.is_dir()
        and not is_link(path)
        and {each.name for each in path.iterdir()} <= {"new", "old"}
    ]
