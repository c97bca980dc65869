"""The parts of an Excel workbook: a zip archive of XML, opened with mistrust."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from typology.answers.platforms.limits import MOST_SMALL_PART, MOST_UNZIPPED
from typology.words.phrases import Phrase, phrase

_PIECE = 1 << 18
_MOST_MEMBERS = 10_000
WORKBOOK_PART = re.compile(r"xl/workbook\d*\.xml")
"""The part that lists the sheets of a workbook."""

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    expat.ExpatError,
    ElementTree.ParseError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
)
"""What Python's readers of zip and XML raise at damaged or hostile files."""


class DamagedWorkbookError(Exception):
    """A workbook that cannot be read: what is wrong with it."""

    def __init__(self, found: Phrase) -> None:
        super().__init__(found)
        self.found = found


@dataclass(frozen=True)
class SheetPart:
    """A worksheet of a workbook."""

    title: str
    hidden: bool
    member: str  # its name in the archive


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn whatever the readers of zip and XML raise into :class:`DamagedWorkbookError`."""
    try:
        yield
    except NotImplementedError:
        raise DamagedWorkbookError(phrase("a kind of compression that is not read")) from None
    except _UNREADABLE as error:
        if "password" in str(error):
            raise DamagedWorkbookError(phrase("a workbook protected by a password")) from None
        reason = type(error).__name__
        raise DamagedWorkbookError(phrase("a damaged workbook ({reason})", reason=reason)) from None


class Workbook:
    """An open workbook; one that cannot be read raises `DamagedWorkbookError`."""

    def __init__(self, content: bytes) -> None:
        self._archive = open_archive(content)
        self._members = {
            info.filename.replace("\\", "/").lower(): info for info in self._archive.infolist()
        }
        book = next(filter(WORKBOOK_PART.fullmatch, self._members), "")
        root = self._tree(book)
        folder, file = posixpath.split(book)
        self._targets = {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
            )
            for each in self._tree(f"{folder}/_rels/{file}.rels")
        }
        self.sheets = [
            SheetPart(each.get("name", ""), each.get("state", "visible") != "visible", member)
            for each in _named(root, "sheet")
            for kind, member in [self._targets.get(_relation(each), ("", ""))]
            if kind == "worksheet"
        ]
        self.starts_in_1904 = any(
            each.get("date1904") in ("1", "true") for each in _named(root, "workbookPr")
        )
        self.computed_when_opened = any(
            each.get("fullCalcOnLoad") in ("1", "true") for each in _named(root, "calcPr")
        )

    def part(self, kind: str) -> str:
        """Return the member that is the "sharedStrings" or the "styles", "" without one."""
        found = (member for name, member in self._targets.values() if name == kind)
        return next((member for member in found if member.lower() in self._members), "")

    def feed(self, member: str, parser: expat.XMLParserType) -> None:
        """Give a member to an XML parser, piece by piece.

        Document types, which may define entities, are refused; so is a member that is missing, too
        large or damaged.
        """
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.buffer_text = True
        with damage_told(), self._archive.open(self._member(member, MOST_UNZIPPED)) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)

    def _tree(self, member: str) -> ElementTree.Element:
        with damage_told():
            content = self._archive.read(self._member(member, MOST_SMALL_PART))
            if b"<!DOCTYPE" in content:
                _refuse_document_type()
            return ElementTree.fromstring(content)

    def _member(self, name: str, most: int) -> zipfile.ZipInfo:
        info = self._members.get(name.lower())
        if info is None:
            raise DamagedWorkbookError(phrase("a workbook without its part '{name}'", name=name))
        if info.file_size > most:
            raise DamagedWorkbookError(
                phrase(
                    "a part of {size} MB once unzipped ('{name}'; at most {most} MB are read)",
                    size=info.file_size // 1_000_000,
                    name=name,
                    most=most // 1_000_000,
                )
            )
        return info


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Return a zip archive whose list of members is no bomb itself."""
    if content.count(b"PK\x01\x02") > _MOST_MEMBERS:
        found = phrase("an archive of more than {count} files", count=_MOST_MEMBERS)
        raise DamagedWorkbookError(found)
    with damage_told():
        return zipfile.ZipFile(io.BytesIO(content))


def local_name(name: str) -> str:
    """Return the name of an XML element without its namespace, "x:row" or "{...}row" as "row"."""
    return name.rpartition("}")[2].rpartition(":")[2]


def _named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in root.iter() if local_name(each.tag) == name)


def _relation(sheet: ElementTree.Element) -> str:
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")


def _refuse_document_type(*_: object) -> None:
    found = phrase("a workbook with a document type declaration, which Excel never writes")
    raise DamagedWorkbookError(found)
