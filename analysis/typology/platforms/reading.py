"""Which reader a file needs, told from its content; plain words for files that are no table."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from typology.phrases import Phrase, phrase
from typology.platforms.delimited import read_delimited
from typology.platforms.excel import read_excel
from typology.platforms.statistical import read_spss, read_stata
from typology.platforms.table import AnswerTable
from typology.problems import InputError, Problem

EXPECTED = phrase(
    "a table of answers (CSV, Excel .xlsx, SPSS .sav or Stata .dta), one row a respondent"
)
EXPORT_AGAIN = phrase("Export the answers from the survey tool as CSV or .xlsx and name that file.")

_SIGNATURES = (
    (b"%PDF", phrase("a PDF document")),
    (b"\x89PNG", phrase("a PNG image")),
    (b"\xff\xd8\xff", phrase("a JPEG image")),
    (b"GIF8", phrase("a GIF image")),
    (b"{\\rtf", phrase("a text document (RTF)")),
    (b"\x1f\x8b", phrase("a compressed file (gzip)")),
    (b"7z\xbc\xaf", phrase("a compressed file (7-Zip)")),
    (b"Rar!", phrase("a compressed file (RAR)")),
    (b"SQLite format 3", phrase("an SQLite database")),
    (b"PAR1", phrase("a Parquet file")),
)
_MARKUP = (
    (b"<!doctype html", phrase("a web page (HTML)")),
    (b"<html", phrase("a web page (HTML)")),
    (b"<table", phrase("a web page (HTML)")),
    (b"<?xml", phrase("an XML document")),
    (b"<", phrase("a web page or XML document")),
    (b"{", phrase("a JSON document")),
    (b"[", phrase("a JSON document")),
)
_OLD_STATA = bytes(range(104, 116))  # first byte of Stata's formats before 13
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_tables(path: Path | str) -> list[AnswerTable]:
    """Return the tables of an answer file: one, or one a sheet for a workbook.

    Parameters
    ----------
    path : Path or str
        CSV (commas, semicolons or tabs; UTF-8, Windows-1252, UTF-16), Excel .xlsx, SPSS .sav or
        .zsav, Stata .dta. The content decides, not the extension.

    Returns
    -------
    list of AnswerTable
        At least one, each with at least one header and one row.

    Raises
    ------
    InputError
        If there is no such file, it is empty, has no row, or is no table.
    """
    path = Path(path)
    content = _content(path)
    name = path.name
    if content.startswith((b"$FL2", b"$FL3")):
        tables = [read_spss(path, name)]
    elif content.startswith(b"<stata_dta>") or (
        path.suffix.lower() == ".dta" and content[0] in _OLD_STATA
    ):
        tables = [read_stata(path, name)]
    elif content.startswith(b"PK"):
        tables = _read_zipped(content, name)
    else:
        _refuse_other_formats(content, name)
        tables = [read_delimited(content, name)]
    with_rows = [table for table in tables if len(table.cells)]
    if not with_rows:
        raise _refusal(
            name,
            phrase("a header without any answer"),
            phrase("Check that the export is complete."),
        )
    return with_rows


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise _refusal(str(path), phrase("a folder"), phrase("Name a file of the folder."))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        near = _near_names(path)
        remedy = (
            phrase("Did you mean {names}?", names=near)
            if near
            else phrase("Check the name and the folder.")
        )
        raise _refusal(str(path), phrase("no such file"), remedy) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        found = phrase("a refusal ({reason})", reason=reason)
        remedy = phrase("Check that the file can be opened.")
        raise _refusal(str(path), found, remedy) from None
    if not content.strip():
        raise _refusal(path.name, phrase("an empty file"), EXPORT_AGAIN)
    return content


def _near_names(path: Path) -> str:
    """Return the files of the folder that have the same stem, whatever the extension."""
    if not path.parent.is_dir():
        return ""
    stem = path.stem.casefold()
    return ", ".join(
        sorted(f.name for f in path.parent.iterdir() if f.is_file() and f.stem.casefold() == stem)
    )


def _read_zipped(content: bytes, name: str) -> list[AnswerTable]:
    """Read a workbook, or say which other kind of zipped file this is."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = set(archive.namelist())
            kind = archive.read("mimetype") if "mimetype" in members else b""
    except (zipfile.BadZipFile, RuntimeError):
        raise _refusal(name, phrase("a damaged zip or .xlsx file"), EXPORT_AGAIN) from None
    if "xl/workbook.xml" in members:
        return read_excel(content, name)
    if b"opendocument.spreadsheet" in kind:
        raise _refusal(
            name, phrase("an OpenDocument spreadsheet (.ods)"), phrase("Save it as .xlsx or CSV.")
        )
    if "xl/workbook.bin" in members:
        raise _refusal(name, phrase("a binary Excel workbook (.xlsb)"), phrase("Save it as .xlsx."))
    if "word/document.xml" in members:
        raise _refusal(name, phrase("a Word document"), EXPORT_AGAIN)
    raise _refusal(
        name, phrase("a zip archive"), phrase("Unzip it and name the file of answers inside.")
    )


def _refuse_other_formats(content: bytes, name: str) -> None:
    """Raise for the formats that are known and are no table of answers."""
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            found = phrase("a workbook protected by a password")
            remedy = phrase("Save it without a password.")
        else:
            found = phrase("a file of Excel 97-2003 (.xls) or another old Office program")
            remedy = phrase("Open it in Excel or LibreOffice and save it as .xlsx.")
        raise _refusal(name, found, remedy)
    for signature, found in _SIGNATURES:
        if content.startswith(signature):
            raise _refusal(name, found, EXPORT_AGAIN)
    beginning = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, found in _MARKUP:
        if beginning.startswith(mark):
            remedy = EXPORT_AGAIN
            if "HTML" in found:
                remedy = phrase("Open it in Excel or LibreOffice and save it as .xlsx.")
            raise _refusal(name, found, remedy)
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf_16 and b"\x00" in content:
        raise _refusal(name, phrase("a binary file"), EXPORT_AGAIN)


def _refusal(where: str, found: Phrase, remedy: Phrase) -> InputError:
    return InputError(Problem("", "", found, EXPECTED, remedy, where=where))
