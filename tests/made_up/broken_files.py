"""Damaged and hostile answer files, one or a few of every kind, made from good answers."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pyreadstat
import xlsxwriter

from typology.answers.platforms.limits import LONGEST_CELL, LONGEST_LINE, MOST_UNZIPPED

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def workbook_of(rows: list[list[str]]) -> bytes:
    """A workbook, whole numbers stored as numbers."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Answers")
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text.isdecimal():
                sheet.write_number(at, column, int(text))
            elif text:
                sheet.write_string(at, column, text)
    book.close()
    return stream.getvalue()


def with_part(workbook: bytes, name: str, content: bytes | None) -> bytes:
    """A workbook with one of its parts changed, added or taken away."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        if content is not None:
            new.writestr(name, content)
    return stream.getvalue()


def with_rows(workbook: bytes, xml: str) -> bytes:
    """A workbook with more rows at the end of its sheet."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        sheet = archive.read(SHEET).decode()
    return with_part(workbook, SHEET, sheet.replace("</sheetData>", f"{xml}</sheetData>").encode())


def with_byte(workbook: bytes, mark: bytes, at: int, value: int) -> bytes:
    """An archive whose every header of a kind has another byte."""
    content = bytearray(workbook)
    start = content.find(mark)
    while start >= 0:
        content[start + at] = value
        start = content.find(mark, start + 4)
    return bytes(content)


def flipped(content: bytes, times: int, seed: int, *, first: int = 0) -> bytes:
    """A file with some bytes changed."""
    draw = random.Random(seed)
    changed = bytearray(content)
    for _ in range(times):
        changed[draw.randrange(first, len(changed))] = draw.randrange(256)
    return bytes(changed)


def texts(good: str) -> Iterator[tuple[str, bytes]]:
    """Text files: encodings, separators, quotes, sizes."""
    raw = good.encode()
    header, *rows = good.splitlines()
    for seed, times in enumerate((1, 10, 200, 3000)):
        yield f"flipped_{seed}", flipped(raw, times, seed)
        yield f"cut_{seed}", raw[: random.Random(seed).randrange(len(raw))]
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "utf-7"):
        yield encoding, good.encode(encoding)
    yield "mixed_encodings", raw + "é,1\n".encode() + "è,1\n".encode("cp1252")
    yield "nought", raw[:300] + b"\x00" + raw[300:]
    yield "noughts", bytes(5000)
    yield "half_a_character", good.encode("utf-16")[:-1]
    yield "lone_surrogate", "a,b\n1,".encode("utf-16") + b"\x00\xd8"
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        yield f"only_{mark.hex()}", mark
    mixed = [row.replace(",", ",;\t"[at % 3]) for at, row in enumerate(rows)]
    yield "mixed_separators", "\n".join([header, *mixed]).encode()
    for name, separator in {"bar": "|", "space": " ", "line": "\u2028"}.items():
        yield f"{name}_separated", good.replace(",", separator).encode()
    yield "wrong_declaration", b"sep=;\n" + raw
    yield "open_quote", good.replace("\nR00", '\n"R00', 1).encode()
    yield "text_after_quote", good.replace("\nR00", '\n"R0"0', 1).encode()
    yield "only_quotes", b'"' * 50_000
    yield "only_commas", b",,,\n" * 300
    yield "one_row_of_commas", b"," * 3_000_000
    yield "many_columns", ",".join(f"x{at}" for at in range(20_000)).encode() + b"\n1\n"
    yield "long_line", header.encode() + b"\n" + b"x" * (LONGEST_LINE + 1)
    yield "long_cell", header.encode() + b"\n" + b"x" * (LONGEST_CELL + 1) + b",1\n"
    yield "many_blank_lines", b"\n" * 2_000_001 + raw
    yield "many_short_lines", b"a\n" * 1_000_000
    yield "terminal_codes", good.replace("R00", "\x1b]0;x\x07R00").encode()
    yield "huge_number", good.replace(",4,", f",{'9' * 5000},", 1).encode()
    yield "only_header", header.encode()
    yield "no_answers", (header + "\n" + "x" + "," * header.count(",")).encode()
    yield "one_name", (",".join(["E01"] * 60) + "\n" + "\n".join(rows)).encode()
    yield "no_name", (header.replace("E01", "") + "\n" + "\n".join(rows)).encode()


def other_formats() -> Iterator[tuple[str, bytes]]:
    """Files that are no table of answers."""
    junk = random.Random(1).randbytes(3000)
    starts = {
        "pdf": b"%PDF-1.7\n", "png": b"\x89PNG\r\n", "gzip": b"\x1f\x8b", "rar": b"Rar!",
        "old_excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "zip": b"PK\x03\x04", "sav": b"$FL2",
        "zsav": b"$FL3", "stata": b"<stata_dta>", "program": b"\x7fELF\x00\x00", "noise": b"",
    }  # fmt: skip
    for name, start in starts.items():
        yield name, start + junk
    yield "web_page", b"<html><body><script>alert(1)</script></body></html>"
    yield "json", b'[{"a": 1}]'
    yield "entities", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'x'>]><x>&a;</x>"
    yield "no_member", b"PK\x05\x06" + bytes(18)
    yield "huge_sav", b"$FL2@(#) SPSS".ljust(64) + struct.pack("<5i", 2, 2**31 - 1, 1, 0, 2**31 - 1)


def workbooks(good: bytes) -> Iterator[tuple[str, bytes]]:
    """Workbooks: damaged archives, damaged parts, bombs."""
    for seed, times in enumerate((1, 5, 50, 5, 50)):
        yield f"book_flipped_{seed}", flipped(good, times, seed, first=4)
        yield f"book_cut_{seed}", good[: random.Random(seed).randrange(4, len(good))]
    encrypted = with_byte(good, b"PK\x03\x04", 6, 1)
    yield "book_encrypted", with_byte(encrypted, b"PK\x01\x02", 8, 1)
    yield "book_unknown_compression", with_byte(good, b"PK\x01\x02", 10, 97)
    for part in (SHEET, STRINGS, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"):
        yield f"book_without_{Path(part).stem}", with_part(good, part, None)
        yield f"book_with_empty_{Path(part).stem}", with_part(good, part, b"")
        yield f"book_with_other_{Path(part).stem}", with_part(good, part, b"<x><y></x>")
        yield f"book_with_plain_{Path(part).stem}", with_part(good, part, b"<x/>")
    yield "book_without_strings", with_part(good, STRINGS, f"<sst xmlns='{MAIN}'/>".encode())
    laughs = "".join(
        f"<!ENTITY {name} '{f'&{last};' * 10}'>" for last, name in pairwise("abcdefghi")
    )
    doctype = f"<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'>{laughs}]>"
    text = f"<?xml version='1.0'?>{doctype}<sst xmlns='{MAIN}'><si><t>&i;</t></si></sst>"
    yield "book_of_laughs", with_part(good, STRINGS, text.encode())
    outside = text.replace(doctype, "<!DOCTYPE l [<!ENTITY i SYSTEM 'file:///etc/passwd'>]>")
    yield "book_of_entities", with_part(good, STRINGS, outside.encode())
    for name, xml in {
        "negative_row": "<row r='-5'><c r='A1'><v>1</v></c></row>",
        "row_of_words": "<row r='x'/>",
        "row_too_far": "<row r='2000000000'><c r='A2000000000'><v>1</v></c></row>",
        "rows_backwards": "<row r='2'><c r='A2'><v>1</v></c></row>",
        "no_such_column": "<row r='5000'><c r='ZZZZ5000'><v>1</v></c></row>",
        "no_such_cell": "<row r='5000'><c r='1A'><v>1</v></c></row>",
        "number_of_words": "<row r='5000'><c r='A5000'><v>abc</v></c></row>",
        "string_too_far": "<row r='5000'><c r='A5000' t='s'><v>99999999</v></c></row>",
        "many_cells": "<row r='5000'>" + "<c><v>1</v></c>" * 17_000 + "</row>",
    }.items():
        yield f"book_with_{name}", with_rows(good, xml)
    for part in (SHEET, STRINGS, "xl/styles.xml", "xl/workbook.xml"):
        yield f"book_bomb_{Path(part).stem}", declared_larger(good, part)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for at in range(10_001):
            archive.writestr(f"{at}", b"")
    yield "book_of_many_files", stream.getvalue()


def declared_larger(workbook: bytes, part: str) -> bytes:
    """A workbook that says one of its parts is huge, as a zip bomb must."""
    content = bytearray(workbook)
    at = content.find(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(part)] != part.encode():
        at = content.index(b"PK\x01\x02", at + 4)
    content[at + 24 : at + 28] = struct.pack("<I", MOST_UNZIPPED + 1)
    return bytes(content)


def statistics_files(frame: pd.DataFrame, folder: Path) -> Iterator[tuple[str, bytes]]:
    """SPSS and Stata files, cut and damaged."""
    for extension, write in (("sav", pyreadstat.write_sav), ("dta", pyreadstat.write_dta)):
        path = folder / f"good.{extension}"
        write(frame, str(path))
        good = path.read_bytes()
        path.unlink()
        for seed, times in enumerate((1, 5, 50)):
            damaged = flipped(good, times, seed, first=4)
            yield f"{extension}_flipped_{seed}.{extension}", damaged
            cut = random.Random(seed).randrange(12, len(good))
            yield f"{extension}_cut_{seed}.{extension}", good[:cut]
            yield (
                f"{extension}_head_{seed}.{extension}",
                flipped(good[:600], 3, seed, first=4) + good[600:],
            )
    yield "old_stata.dta", bytes([114]) + bytes(range(256)) * 8


def broken_files(good: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every kind of broken file, by name, made of a good CSV of answers.

    Parameters
    ----------
    good : str
        Comma-separated answers, the respondents R001, R002, ... in the first column.
    folder : Path
        Where the writers of statistics files may write.
    """
    rows = [line.split(",") for line in good.splitlines()]
    workbook = workbook_of(rows)
    frame = pd.read_csv(io.StringIO(good))
    makers: list[Callable[[], Iterator[tuple[str, bytes]]]] = [
        lambda: texts(good),
        other_formats,
        lambda: workbooks(workbook),
        lambda: statistics_files(frame, folder),
    ]
    for make in makers:
        yield from make()
