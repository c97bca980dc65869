"""Which reader a file needs, by its first bytes; what is no table is called by its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from typology.answers.platforms import reading as module
from typology.answers.platforms.reading import read_tables
from typology.answers.platforms.table import AnswerTable
from typology.problems import InputError, Problem

EXPECTED = (
    "a table of answers (CSV, Excel .xlsx, SPSS .sav, Stata .dta or Parquet), one row a respondent"
)
AGAIN = "Export the answers from the survey tool as CSV or .xlsx and name that file."
SAVE = "Open it in Excel or LibreOffice and save it as .xlsx."


def refused(path: Path, content: bytes | None = None) -> Problem:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_tables(path)
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == ("", "")
    assert problem.expected == EXPECTED
    return problem


def zipped(*names: str, content: bytes = b"x") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name in names:
            opened.writestr(name, content)
    return archive.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "found", "remedy"),
    [
        (b"%PDF-1.7", "a PDF document", AGAIN), (b"\x89PNG\r\n", "a PNG image", AGAIN),
        (b"\xff\xd8\xff\xe0", "a JPEG image", AGAIN), (b"GIF89a", "a GIF image", AGAIN),
        (b"{\\rtf1", "a text document (RTF)", AGAIN),
        (b"\x1f\x8b\x08", "a compressed file (gzip)", AGAIN),
        (b"7z\xbc\xaf\x27", "a compressed file (7-Zip)", AGAIN),
        (b"Rar!\x1a", "a compressed file (RAR)", AGAIN),
        (b"SQLite format 3\x00", "an SQLite database", AGAIN),
        (b"<!DOCTYPE html><p>", "a web page (HTML)", SAVE), (b"<HTML>", "a web page (HTML)", SAVE),
        (b"  <table><tr>", "a web page (HTML)", SAVE), (b"<?xml version", "an XML document", AGAIN),
        (b"<answers>", "a web page or XML document", AGAIN),
        (b'\xef\xbb\xbf{"a": 1}', "a JSON document", AGAIN), (b"[1, 2]", "a JSON document", AGAIN),
        (OLD + b"x" * 9, "a file of Excel 97-2003 (.xls) or another old Office program", SAVE),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a workbook protected by a password",
         "Save it without a password."),
        (b"id;a\n" + b"\x00" * 3 + b"x" * 2000, "a binary file", AGAIN),
        (b" \n\t", "an empty file", AGAIN), (b"", "an empty file", AGAIN),
        (b"id;a\n", "a header without any answer", "Check that the export is complete."),
        (b"PK\x03\x04 and nothing", "a damaged zip or .xlsx file", AGAIN),
        (zipped("content.xml"), "an OpenDocument spreadsheet (.ods)", "Save it as .xlsx or CSV."),
        (zipped("mimetype", content=b"application/vnd.oasis.opendocument.spreadsheet"),
         "an OpenDocument spreadsheet (.ods)", "Save it as .xlsx or CSV."),
        (zipped("xl\\workbook.bin"), "a binary Excel workbook (.xlsb)", "Save it as .xlsx."),
        (zipped("Word/document.xml"), "a Word document", AGAIN),
        (zipped("answers.csv"), "a zip archive",
         "Unzip it and name the file of answers inside."),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told_with_what_to_do(
    tmp_path: Path, content: bytes, found: str, remedy: str
) -> None:
    problem = refused(tmp_path / "a.csv", content)
    assert (problem.value, problem.remedy, problem.where) == (found, remedy, "a.csv")


def test_a_few_noughts_in_a_long_text_are_no_binary_file(tmp_path: Path) -> None:
    # One in a thousand is not more than that; what is said then is said of the text.
    text = b"id;a\n" + b"R;1\n" * 400
    (tmp_path / "a.csv").write_bytes(text)
    assert len(read_tables(tmp_path / "a.csv")[0].cells) == 400
    with pytest.raises(InputError) as caught:
        module._refuse_other_formats(b"\x00" * 3 + b"a" * 1997, "a.csv")
    assert caught.value.problems[0].value == "a binary file"
    module._refuse_other_formats(b"\x00" * 2 + b"a" * 1998, "a.csv")
    module._refuse_other_formats("a;b\n".encode("utf-16"), "a.csv")
    module._refuse_other_formats("a;b\nc".encode("utf-16-le"), "a.csv")


def test_a_file_that_is_not_there_is_told_with_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    problem = refused(path)
    assert (problem.value, problem.where) == ("no such file", str(path))
    assert problem.remedy == "Check the name and the folder."
    for name in ("Answers.xlsx", "answers.sav", "other.csv"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "answers").mkdir()
    assert refused(path).remedy == "Did you mean Answers.xlsx, answers.sav?"
    assert refused(tmp_path / "none" / "a.csv").remedy == "Check the name and the folder."
    folder = refused(tmp_path / "answers")
    assert (folder.value, folder.where) == ("a folder", str(tmp_path / "answers"))


@pytest.mark.parametrize("first", [104, 110, 115])
def test_old_files_of_stata_are_known_by_their_name_and_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    read: list[str] = []
    table = AnswerTable("x", ("a", "b"), pd.DataFrame({0: ["1"], 1: ["2"]}))

    def stata(_: Path, name: str) -> AnswerTable:
        read.append(name)
        return table

    monkeypatch.setattr("typology.answers.platforms.statistical.read_stata", stata)
    content = bytes([first]) + b"d;b\n1;2\n"
    for name in ("a.DTA", "a.dta"):
        (tmp_path / name).write_bytes(content)
        assert read_tables(tmp_path / name) == [table]
    (tmp_path / "b.csv").write_bytes(content)
    assert read_tables(tmp_path / "b.csv")[0].headers == (chr(first) + "d", "b")
    (tmp_path / "c.csv").write_bytes(b"<stata_dta>")
    assert read_tables(tmp_path / "c.csv") == [table]
    assert read == ["a.DTA", "a.dta", "c.csv"]
    for outside in (103, 116):
        (tmp_path / "d.dta").write_bytes(bytes([outside]) + b"d;b\n1;2\n")
        assert read_tables(tmp_path / "d.dta")[0].headers[1] == "b"


@pytest.mark.parametrize("start", [b"$FL2@(#)", b"$FL3@(#)"])
def test_files_of_spss_are_known_by_their_first_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes
) -> None:
    table = AnswerTable("x", ("a", "b"), pd.DataFrame({0: ["1"], 1: ["2"]}))
    monkeypatch.setattr("typology.answers.platforms.statistical.read_spss", lambda _, __: table)
    (tmp_path / "a.csv").write_bytes(start)
    assert read_tables(tmp_path / "a.csv") == [table]


def sheet(name: str, *, hidden: bool = False, title: str = "id", told: str = "") -> AnswerTable:
    return AnswerTable(
        name, (title, ""), pd.DataFrame({0: ["1"], 1: ["2"]}), hidden=hidden,
        descriptions=("", told), notices=("before",),
    )  # fmt: skip


def test_hidden_sheets_are_read_where_no_visible_one_holds_answers() -> None:
    one, two, three = sheet("One"), sheet("Two", hidden=True), sheet("Three", hidden=True)

    def known(text: str) -> set[str]:
        return {"x"} if text == "E01" else set()

    assert module._shown_first([one], None) == [one]
    (shown,) = module._shown_first([one, two, three], None)
    assert shown.name == "One"
    assert shown.notices == ("before", "Hidden sheets are not read: Two, Three.")
    found = module._shown_first([two, one, three], known)
    assert [table.name for table in found] == ["One", "Two", "Three"]
    assert found[0].notices == ("before",)
    assert {table.notices for table in found[1:]} == {
        ("before", "The sheet is hidden; it is read because no visible one holds answers.")
    }
    for other in (sheet("One", title="E01"), sheet("One", told="E01")):
        assert [table.name for table in module._shown_first([other, two], known)] == ["One"]
