"""Which reader a file needs, told from its content; plain words for files that are no table."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from typology.answers.platforms.delimited import read_delimited
from typology.answers.platforms.excel.parts import WORKBOOK_PART, DamagedWorkbookError, open_archive
from typology.answers.platforms.garbled_letters import mended_letters, with_mended_letters
from typology.answers.platforms.header_rows import Recognise
from typology.answers.platforms.limits import MOST_ANSWER_BYTES
from typology.answers.platforms.table import AnswerTable
from typology.answers.platforms.text_encoding import utf_16_without_mark
from typology.files.file_bytes import FileRefusedError, NoSuchFileError, read_bytes
from typology.problems import InputError, Problem
from typology.words.phrases import Phrase, phrase

_EXPECTED = phrase(
    "a table of answers (CSV, Excel .xlsx, SPSS .sav, Stata .dta or Parquet), one row a respondent"
)
_EXPORT_AGAIN = phrase(
    "Export the answers from the survey tool as CSV or .xlsx and name that file."
)

_SIGNATURES = (
    (b"%PDF", phrase("a PDF document")),
    (b"\x89PNG", phrase("a PNG image")),
    (b"\xff\xd8\xff", phrase("a JPEG image")),
    (b"GIF8", phrase("a GIF image")),
    (b"{\\rtf", phrase("a text document (RTF)")),
    (b"\x1f\x8b", phrase("a compressed file (gzip)")),
    (b"BZh", phrase("a compressed file (bzip2)")),
    (b"ARROW1", phrase("a Feather or Arrow file: save it as Parquet or CSV")),
    (b"FEA1", phrase("a Feather or Arrow file: save it as Parquet or CSV")),
    (b"7z\xbc\xaf", phrase("a compressed file (7-Zip)")),
    (b"Rar!", phrase("a compressed file (RAR)")),
    (b"SQLite format 3", phrase("an SQLite database")),
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


def read_tables(path: Path | str, *, recognise: Recognise | None = None) -> list[AnswerTable]:
    """Return the tables of an answer file: one, or one a sheet for a workbook.

    Parameters
    ----------
    path : Path or str
        CSV (commas, semicolons or tabs; UTF-8, UTF-16, Windows-1252, Mac Roman, MS-DOS), Excel
        .xlsx, SPSS .sav or .zsav, Stata .dta, Parquet. The content decides, not the extension. Or
        a folder of Parquet files, the parts of one table.
    recognise : callable, optional
        Returns what a text names (:meth:`typology.questionnaire.header_names.KnownNames.find`):
        with it the header is found under title lines and over two rows, and a sheet that names
        nothing does not keep a hidden one from being read.

    Returns
    -------
    list of AnswerTable
        At least one, each with at least one header and one row. Hidden sheets are among them
        only when no visible sheet holds a table of answers.

    Raises
    ------
    InputError
        If there is no such file, it is no regular file, it is empty, has no row, is no table, or
        is larger than :mod:`typology.answers.platforms.limits` says.
    """
    path = Path(path)
    name = path.name
    tables = _read_parts(path, name)
    if tables is None:
        tables = _read_content(path, name, recognise and _whatever_letters(recognise))
    tables = [with_mended_letters(table) for table in tables]
    with_rows = [table for table in tables if len(table.cells) and table.headers]
    if not with_rows:
        raise _refusal(
            name,
            phrase("a header without any answer"),
            phrase("Check that the export is complete."),
        )
    return _shown_first(with_rows, recognise)


def _whatever_letters(recognise: Recognise) -> Recognise:
    """Return the same, for texts the letters of which may be garbled."""
    return lambda text: recognise(mended_letters(text))


def _read_parts(folder: Path, name: str) -> list[AnswerTable] | None:
    """Read a folder of Parquet files as one table; None where it is none."""
    if not os.path.isdir(folder):  # which no odd name makes fail
        return None
    from typology.answers.platforms.parquet import parquet_parts, read_parquet  # noqa: PLC0415

    parts = parquet_parts(folder)
    return [read_parquet(parts, name)] if parts else None


def _read_content(path: Path, name: str, recognise: Recognise | None) -> list[AnswerTable]:
    """Read a file with the reader that its first bytes ask for."""
    content = _content(path)
    if content.startswith((b"$FL2", b"$FL3")):
        from typology.answers.platforms.statistical import read_spss  # noqa: PLC0415 - slow

        return [read_spss(path, name)]
    if content.startswith(b"<stata_dta>") or (
        path.suffix.lower() == ".dta" and content[0] in _OLD_STATA
    ):
        from typology.answers.platforms.statistical import read_stata  # noqa: PLC0415 - slow

        return [read_stata(path, name)]
    if content.startswith(b"PAR1"):
        from typology.answers.platforms.parquet import read_parquet  # noqa: PLC0415 - slow

        return [read_parquet([path], name)]
    if content.startswith(b"PK"):
        return _read_zipped(content, name, recognise)
    _refuse_other_formats(content, name)
    return [read_delimited(content, name, recognise)]


def _shown_first(tables: list[AnswerTable], recognise: Recognise | None) -> list[AnswerTable]:
    """Return the visible sheets if one is a table of answers, else the hidden ones as well."""

    def names_something(table: AnswerTable) -> bool:
        texts = (*table.headers, *table.descriptions)
        return recognise is None or any(recognise(text) for text in texts if text)

    visible = [table for table in tables if not table.hidden]
    hidden = [table for table in tables if table.hidden]
    if hidden and any(map(names_something, visible)):
        names = ", ".join(table.name for table in hidden)
        told = phrase("Hidden sheets are not read: {names}.", names=names)
        return [replace(table, notices=(*table.notices, told)) for table in visible]
    told = phrase("The sheet is hidden; it is read because no visible one holds answers.")
    return visible + [replace(table, notices=(*table.notices, told)) for table in hidden]


def _content(path: Path) -> bytes:
    try:
        content = read_bytes(path, most=MOST_ANSWER_BYTES)
    except NoSuchFileError as refusal:
        near = _near_names(path)
        remedy = phrase("Did you mean {names}?", names=near) if near else refusal.remedy
        raise _refusal(str(path), refusal.found, remedy) from None
    except FileRefusedError as refusal:
        raise _refusal(str(path), refusal.found, refusal.remedy) from None
    if not content.strip():
        raise _refusal(path.name, phrase("an empty file"), _EXPORT_AGAIN)
    return content


def _near_names(path: Path) -> str:
    """Return the files of the folder that have the same stem, whatever the extension."""
    if not os.path.isdir(path.parent):
        return ""
    stem = path.stem.casefold()
    return ", ".join(
        sorted(f.name for f in path.parent.iterdir() if f.is_file() and f.stem.casefold() == stem)
    )


def _read_zipped(content: bytes, name: str, recognise: Recognise | None) -> list[AnswerTable]:
    """Read a workbook, or say which other kind of zipped file this is."""
    try:
        archive = open_archive(content)
    except DamagedWorkbookError:
        raise _refusal(name, phrase("a damaged zip or .xlsx file"), _EXPORT_AGAIN) from None
    members = {member.replace("\\", "/").lower() for member in archive.namelist()}
    if any(map(WORKBOOK_PART.fullmatch, members)):
        from typology.answers.platforms.excel.workbook import read_excel  # noqa: PLC0415 - slow

        return read_excel(content, name, recognise)
    if "content.xml" in members or b"opendocument.spreadsheet" in content:
        raise _refusal(
            name, phrase("an OpenDocument spreadsheet (.ods)"), phrase("Save it as .xlsx or CSV.")
        )
    if "xl/workbook.bin" in members:
        raise _refusal(name, phrase("a binary Excel workbook (.xlsb)"), phrase("Save it as .xlsx."))
    if "word/document.xml" in members:
        raise _refusal(name, phrase("a Word document"), _EXPORT_AGAIN)
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
            raise _refusal(name, found, _EXPORT_AGAIN)
    beginning = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, found in _MARKUP:
        if beginning.startswith(mark):
            remedy = _EXPORT_AGAIN
            if "HTML" in found:
                remedy = phrase("Open it in Excel or LibreOffice and save it as .xlsx.")
            raise _refusal(name, found, remedy)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_without_mark(content)
    if not wide and content.count(b"\x00") > len(content) // 1000:
        raise _refusal(name, phrase("a binary file"), _EXPORT_AGAIN)


def _refusal(where: str, found: Phrase, remedy: Phrase) -> InputError:
    return InputError(Problem("", "", found, _EXPECTED, remedy, where=where))
