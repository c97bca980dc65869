"""Names that Windows does not take, refused everywhere: results go from one computer to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from typology.words.phrases import Phrase, phrase

_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def name_faults(path: Path) -> Iterator[Phrase]:
    """Yield what is wrong with the name of a file or folder to write, and of folders to make.

    >>> [list(name_faults(Path(name))) for name in ("a.csv", "CON.csv", "a:b.csv")]
    [[], ["a name that Windows keeps for itself, 'CON.csv'"], ["'a:b.csv', with the sign ':'"]]
    """
    if path.drive and not path.root:  # Windows takes "a:b.csv" for a file of the disk "a:"
        yield phrase("'{name}', with the sign '{sign}'", name=path, sign=":")
    for each in (path, *path.parents):
        if each != path and (each.exists() or not each.name):
            break
        yield from _faults_of(each.name)


def _faults_of(name: str) -> Iterator[Phrase]:
    if name in ("", "..", "."):
        return
    sign = _FORBIDDEN.search(name)
    if sign is not None:
        yield phrase("'{name}', with the sign '{sign}'", name=name, sign=sign[0])
    elif _RESERVED.fullmatch(name.partition(".")[0].strip()):
        yield phrase("a name that Windows keeps for itself, '{name}'", name=name)
    elif name != name.rstrip(" ."):
        yield phrase("a name that ends in a dot or a space, '{name}'", name=name)
