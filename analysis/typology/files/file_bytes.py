"""The bytes of a file that someone names: a regular file, of a size that can be read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from typology.files.write_errors import refusal_said
from typology.words.phrases import Phrase, phrase


class FileRefusedError(Exception):
    """A file that is not read: what was found in its place, and what to do."""

    def __init__(self, found: Phrase, remedy: Phrase) -> None:
        super().__init__(found, remedy)
        self.found = found
        self.remedy = remedy


class NoSuchFileError(FileRefusedError):
    """There is nothing at this place."""


def read_bytes(path: Path, *, most: int) -> bytes:
    """Return the content of a regular file of at most so many bytes.

    `FileRefusedError` is raised if it is no regular file (a folder, a device, a pipe are never
    opened), cannot be opened or is too large.
    """
    _refuse_irregular(path)
    try:
        with path.open("rb") as file:
            # Room for what there is, not for the most that could be.
            content = file.read(min(most, os.fstat(file.fileno()).st_size) + 1)
            if len(content) <= most:
                content += file.read(most + 1 - len(content)) if file.peek(1) else b""
    except OSError as error:
        raise _refused(error) from None
    if len(content) > most:
        raise too_large(path.stat().st_size, most)
    return content


def too_large(found: int, most: int) -> FileRefusedError:
    """Return the refusal of a file that has more bytes than are read."""
    return FileRefusedError(
        phrase("a file of {size} MB", size=max(found, most + 1) // 1_000_000),
        phrase(
            "At most {most} MB are read: check that it is the right file.",
            most=most // 1_000_000,
        ),
    )


def _refuse_irregular(path: Path) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise _refused(error) from None
    except ValueError:  # NUL, or half a character: no file system has such a name
        found = phrase("a name with a character that no file name has")
        raise FileRefusedError(found, phrase("Correct the name.")) from None
    if stat.S_ISDIR(status.st_mode):
        raise FileRefusedError(phrase("a folder"), phrase("Give the file inside the folder."))
    if not stat.S_ISREG(status.st_mode):
        found = phrase("a device, a pipe or a socket")
        raise FileRefusedError(found, phrase("Give the name of an ordinary file."))


def _refused(error: OSError) -> FileRefusedError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NoSuchFileError(phrase("no such file"), phrase("Check the name and the folder."))
    if error.errno == errno.ELOOP:
        found = phrase("a link that leads back to itself")
        return FileRefusedError(found, phrase("Give the file itself, not a link to it."))
    return FileRefusedError(refusal_said(error), phrase("Check that the file can be opened."))
