"""Files that a command writes: all of them or none, and none over what it did not write."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from secrets import token_hex

from typology.files.interruption import undisturbed
from typology.files.output_lock import only_writer
from typology.files.output_places import ENDINGS, file_problems, folder_problems
from typology.files.patience import patiently
from typology.problems import InputError, Problem
from typology.words.phrases import phrase


@contextmanager
def made_folder(folder: Path, inputs: Iterable[Path]) -> Iterator[None]:
    """Make the folder of files to write where there is none, and unmake it if they cannot be.

    `InputError` is raised if the folder cannot be one of results, OSError if it cannot be made.
    """
    if folder.exists():
        yield
        return
    problems = folder_problems(folder, inputs)
    if problems:
        raise InputError(problems)
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


def made_beside(output: Path, above: Path) -> Path:
    """Make the folder that a folder of outputs is written in, ``above`` it, before its place.

    It has the rights of any new folder there. `tempfile.mkdtemp` would keep it to its user, and on
    Windows files and folders take such rights with them when they are moved: nobody else could
    open the outputs on a shared disk.
    """
    folder = above / f"{beside_prefix(output)}{token_hex(4)}"
    folder.mkdir()
    return folder


def refuse_places(
    outputs: Iterable[Path], *, inputs: Iterable[Path], endings: Sequence[str] = ENDINGS
) -> None:
    """Refuse files that cannot be written, before what goes into them is computed.

    `InputError` is raised with every file that is one of the ``inputs``, whatever its name, is no
    file, lies in a folder that does not exist, or has a name that ends otherwise.
    """
    read = list(inputs)
    problems = [
        problem for each in outputs for problem in file_problems(each, read, endings=endings)
    ]
    if problems:
        raise InputError(problems)


def write_files(
    contents: Mapping[Path, bytes],
    *,
    inputs: Iterable[Path],
    force: bool = False,
    endings: Sequence[str] = ENDINGS,
) -> None:
    """Write files, all or none.

    With ``force``, files that exist with other contents are replaced; one that has these very
    contents already is left as it is. `InputError` is raised as by `refuse_places`, and with every
    file that exists with other contents; OSError if one cannot be written, and the others are as
    they were then.
    """
    refuse_places(contents, inputs=inputs, endings=endings)
    with ExitStack() as locks:
        for path in sorted(contents):
            locks.enter_context(only_writer(path))
        changed = {path: new for path, new in contents.items() if not _has(path, new)}
        if not force:
            _refuse_existing(path for path in changed if os.path.lexists(path))
        with _written_beside(changed) as written, undisturbed():
            _put_in_place(written)


def _has(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _refuse_existing(paths: Iterable[Path]) -> None:
    found = phrase("a file that is there already")
    expected = phrase("the name of a new file")
    remedy = phrase("Give another name with the option --output, or add --force to replace it.")
    problems = [Problem("", "", found, expected, remedy, str(path)) for path in paths]
    if problems:
        raise InputError(problems)


@contextmanager
def _written_beside(contents: Mapping[Path, bytes]) -> Iterator[dict[Path, Path]]:
    """Write each file under a name of its own beside its place; leave none of them behind."""
    written = {path: path.with_name(f"{beside_prefix(path)}{token_hex(4)}") for path in contents}
    for path in contents:
        for leftover in _leftovers(path):
            leftover.unlink()
    try:
        for path, beside in written.items():
            with beside.open("xb") as file:
                file.write(contents[path])
        yield written
    finally:
        for beside in written.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def beside_prefix(path: Path) -> str:
    """Return what the names of files and folders written beside a place begin with."""
    return f".{path.name}.typology-"


def _leftovers(path: Path) -> list[Path]:
    """Return what killed runs left beside a file."""
    name = re.compile(re.escape(beside_prefix(path)) + "[0-9a-f]{8}")
    return [each for each in path.parent.iterdir() if name.fullmatch(each.name) and each.is_file()]


def _put_in_place(written: Mapping[Path, Path]) -> None:
    """Move files into their places; put back those of before if one place is refused."""
    former = {path: path.read_bytes() if path.is_file() else None for path in written}
    done: list[Path] = []
    try:
        for path, beside in written.items():
            patiently(partial(beside.replace, path))
            done.append(path)
    except OSError:
        for path in done:
            content = former[path]
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)
        raise
