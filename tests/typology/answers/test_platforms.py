"""Answer files of every kind become the same table of text; what is no table is said to be none."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from typology.answers.platforms import AnswerTable, read_tables
from typology.answers.platforms.delimited import sniff_delimiter
from typology.problems import InputError

HEADER = ["id", "Êtes-vous d’accord ?", "remarque"]
ROWS = [["A", "Tout à fait", "oui, mais ; peut-être"], ["B", "Plutôt", 'dit "non"']]


def written(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def delimited(delimiter: str, line_end: str = "\n") -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    return line_end.join(delimiter.join(map(quoted, row)) for row in [HEADER, *ROWS]) + line_end


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_tables(path)
    assert all(problem.remedy for problem in caught.value.problems)
    return str(caught.value)


def cells(table: AnswerTable) -> list[list[str]]:
    return table.cells.to_numpy().tolist()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_text_is_read_whatever_its_delimiter_and_encoding(tmp_path, delimiter, encoding, line_end):
    path = written(tmp_path / "answers.csv", delimited(delimiter, line_end), encoding)
    (table,) = read_tables(path)
    assert list(table.headers) == HEADER
    assert cells(table) == ROWS
    assert list(table.cells.index) == [2, 3]


def test_latin_1_is_read_and_said(tmp_path):
    (table,) = read_tables(written(tmp_path / "a.csv", "id;été\nA;forêt\n", "latin-1"))
    assert table.headers == ("id", "été")
    assert table.notices == (
        "The file is not UTF-8; it was read as Windows-1252. Check the accents.",
    )


def test_mac_text_is_read(tmp_path):
    text = "id;problème\nA;après\n"  # the Mac's letter è has no meaning in Windows-1252
    (table,) = read_tables(written(tmp_path / "a.csv", text, "mac_roman"))
    assert table.headers == ("id", "problème")


def test_two_encodings_in_one_file_are_refused_with_the_line(tmp_path):
    content = "id;mot\nA;forêt à côté\n".encode() + "B;été\n".encode("cp1252")
    assert "row 3" in refusal(written(tmp_path / "a.csv", content))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("id;size\nA;1,5\nB;1,7\n", ";"),
        ("id,levers\nA,time;money\nB,team;time\n", ","),
        ('id;"one, two, three, four";b\nA;1;2\nB;3;4\n', ";"),
        ("id\tone, two\tb\nA\t1,5\t2\nB\t2,5\t3\n", "\t"),
        ("id;Temps, argent;b\nA;1,5;2\nB;2,5;3\n", ";"),
        ("a,b,c\n", ","),
        ("a;b\n", ";"),
        # Below a title, cells of several lines with commas: five rows of two for ";" (one of
        # one), eight lines of two of fourteen for ",".
        ("Survey of May\nid;note\n" + 'A;"x,\ny,\nz"\n' * 4, ";"),
    ],
)
def test_the_delimiter_is_the_one_that_cuts_rows_as_the_header(text, delimiter):
    assert sniff_delimiter(text) == delimiter


def test_the_separator_line_of_excel_is_obeyed(tmp_path):
    (table,) = read_tables(written(tmp_path / "a.csv", "sep=;\nid;E01\nA;1\n"))
    assert table.headers == ("id", "E01")
    assert list(table.cells.index) == [3]


def test_blank_rows_and_columns_are_left_out_and_rows_keep_their_number(tmp_path):
    text = "\nid;E01;;\n\nA;1;;\n;;;\nB;2;;\n"
    (table,) = read_tables(written(tmp_path / "a.csv", text))
    assert table.headers == ("id", "E01")
    assert list(table.cells.index) == [4, 6]


def test_nothing_is_guessed_missing_or_numeric(tmp_path):
    (table,) = read_tables(written(tmp_path / "a.csv", "id,a,b\n001,NA,null\n002,1.0,\n"))
    assert cells(table) == [["001", "NA", "null"], ["002", "1.0", ""]]


def test_rows_longer_than_the_header_are_all_named(tmp_path):
    message = refusal(written(tmp_path / "a.csv", "id,E01\nA,1,2\nB,1\nC,1,3\n"))
    assert "row 2, 4: found 3 cells" in message


def test_rows_cut_short_are_read_and_said(tmp_path):
    (table,) = read_tables(written(tmp_path / "a.csv", "id,a,b\nA,1,2\nB,1\n"))
    assert cells(table)[1] == ["B", "1", ""]
    assert "(3)" in table.notices[0]


def test_a_quote_never_closed_is_refused(tmp_path):
    assert "quotes" in refusal(written(tmp_path / "a.csv", 'id,a\nA,"one\nB,2\n'))


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_gives_the_text_of_every_sheet(tmp_path):
    day = datetime.datetime(2020, 3, 1)
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "About": [["written by"], ["me"]],
            "Blank": [],
            "Réponses": [[None, None], ["id", "E01", "day"], ["A", 4.0, day], ["B", 1.5, None]],
        },
    )
    about, answers = read_tables(path)
    assert about.name == "a.xlsx [About]"
    assert answers.headers == ("id", "E01", "day")
    assert cells(answers) == [["A", "4", "2020-03-01"], ["B", "1.5", ""]]
    assert list(answers.cells.index) == [3, 4]


def test_the_content_decides_not_the_extension(tmp_path):
    renamed = workbook(tmp_path / "a.xlsx", {"S": [["id", "E01"], ["A", 1]]}).rename(
        tmp_path / "a.csv"
    )
    assert read_tables(renamed)[0].headers == ("id", "E01")
    text = written(tmp_path / "b.xls", "id\tE01\nA\t1\n")
    assert read_tables(text)[0].headers == ("id", "E01")


@pytest.mark.parametrize("extension", ["sav", "zsav", "dta"])
def test_statistics_files_keep_codes_labels_and_descriptions(tmp_path, extension):
    path = tmp_path / f"a.{extension}"
    frame = pd.DataFrame({"ID": ["A", "B"], "E01": [1.0, float("nan")]})
    labels = {"E01": {1: "Pas du tout d’accord", 5: "Tout à fait d’accord"}}
    described = ["Identifiant", "Améliorer l’accès"]
    if extension == "dta":
        pyreadstat.write_dta(
            frame, str(path), column_labels=described, variable_value_labels=labels
        )
    else:
        pyreadstat.write_sav(
            frame,
            str(path),
            column_labels=described,
            variable_value_labels=labels,
            row_compress=extension == "zsav",
        )
    (table,) = read_tables(path)
    assert table.headers == ("ID", "E01")
    assert table.descriptions == ("Identifiant", "Améliorer l’accès")
    assert cells(table) == [["A", "1"], ["B", ""]]
    assert table.value_labels == {1: {"1": "Pas du tout d’accord", "5": "Tout à fait d’accord"}}
    assert list(table.cells.index) == [1, 2]


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return content.getvalue()


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b" \r\n\n", "an empty file"),
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(10), "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(10), "a JPEG image"),
        (b"\x1f\x8b\x08" + bytes(10), "gzip"),
        (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table>", "a web page"),
        (b"\xef\xbb\xbf<html><body>", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML document"),
        (b'[{"id": 1, "E01": 2}]', "a JSON document"),
        (OLD_OFFICE, "save it as .xlsx"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 and nothing more", "a damaged zip"),
        (zipped(notes=b"x"), "a zip archive"),
        (zipped(word__document_xml=b"x"), "a Word document"),
        (zipped(xl__workbook_xml=b"x"), "a damaged workbook"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        (b"$FL2 and nothing more", "a damaged SPSS file"),
        (b"<stata_dta> and nothing more", "a damaged Stata file"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"\x01\x02\x03,\x04\x05\n\x06,\x07\n", "no text"),
        (b"\xff\xfei\x00d\x00,", "cut in the middle"),
        (b"Dear colleague\nhere are the answers\n", "a single column"),
        (b"id,E01,E02\n", "a header without any answer"),
        (b"id;E01;E02\r\n;;\r\n", "a header without any answer"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path, content, words):
    message = refusal(written(tmp_path / "answers.csv", content))
    assert words in message
    assert message.startswith("answers.csv: ")


def test_a_missing_file_names_its_neighbour(tmp_path):
    written(tmp_path / "answers.xlsx", b"x")
    assert "answers.xlsx" in refusal(tmp_path / "answers.csv")
    assert "no such file" in refusal(tmp_path / "nowhere" / "answers.csv")


def test_a_folder_is_refused(tmp_path):
    assert "a folder" in refusal(tmp_path)


def test_blank_workbooks_are_refused(tmp_path):
    assert "only blank sheets" in refusal(workbook(tmp_path / "a.xlsx", {"S": [], "T": [[None]]}))


def test_rows_cut_by_another_separator_are_told_with_both(tmp_path):
    rows = ["id,a,b", "A,1,2", "B;1;2", "C;1;2;3", "D,one; two; three; four"]
    assert refusal(written(tmp_path / "a.csv", "\n".join(rows) + "\n")) == (
        "a.csv: row 3, 4: found cells separated by semicolons, expected cells separated by commas, "
        "as in the header. Export the answers again with one separator, or as .xlsx."
    )


@pytest.mark.parametrize("member", ["xl/workbook.bin", "XL\\WORKBOOK.BIN"])
def test_a_binary_workbook_is_called_so(tmp_path, member):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(member, b"x")
    message = refusal(written(tmp_path / "a.xlsb", content.getvalue()))
    assert message.startswith("a.xlsb: found a binary Excel workbook (.xlsb), expected")
    assert message.endswith("Save it as .xlsx.")


def test_a_file_of_one_column_is_told_with_its_title_cut(tmp_path):
    title = "0123456789" * 7
    message = refusal(written(tmp_path / "a.csv", f"{title}\n1\n2\n"))
    assert f"a single column, '{title[:57]}...'" in message
    assert f"'{title[:60]}'" in refusal(written(tmp_path / "b.csv", f"{title[:60]}\n1\n2\n"))


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        ('id,a\nA,"one" two\n', "2", "text right after a closing quote"),
        ('id,a\nA,1\nB,"one\n', "3", "a quote that is not closed"),
    ],
)
def test_a_cell_that_is_broken_is_told_with_its_row(tmp_path, text, row, found):
    assert refusal(written(tmp_path / "a.csv", text)) == (
        f"a.csv: row {row}: found {found}, expected cells whose quotes are closed, quotes inside "
        'doubled (""). Correct the quotes of this row, or export the answers again as .xlsx.'
    )


def test_a_line_or_a_cell_may_be_long_but_not_endless(tmp_path, monkeypatch):
    monkeypatch.setattr("typology.answers.platforms.delimited.LONGEST_LINE", 20)
    path = written(tmp_path / "a.csv", "id,a\nA,12345678901234567\n")
    assert read_tables(path)[0].cells.shape == (1, 2)  # 19 characters and the line end
    message = refusal(written(tmp_path / "b.csv", "id,a\nA,123456789012345678\n"))
    assert message.startswith("b.csv: found a line of more than 20 characters, expected one line")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_is_read_without_its_mark(tmp_path, encoding):
    path = written(tmp_path / "a.csv", "id;été\nA;forêt\nB;1\n", encoding)
    (table,) = read_tables(path)
    assert table.headers == ("id", "été")
    assert cells(table) == [["A", "forêt"], ["B", "1"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_character_that_is_none_is_told_with_its_row(tmp_path, encoding):
    rows = "".join(f"{number};{'some words ' * 100}\n" for number in range(20))
    message = refusal(written(tmp_path / "a.csv", f"id;a\n{rows}X;\0\n", encoding))
    assert message == (
        "a.csv: row 22: found the character U+0000, expected text. "
        "Export the answers again as UTF-8, or as .xlsx."
    )


def test_letters_lost_before_are_counted(tmp_path):
    (table,) = read_tables(written(tmp_path / "a.csv", "id;a\nA;\ufffdt\ufffd\n"))
    assert "Letters lost in an earlier conversion (shown as \ufffd): 2." in table.notices[0]


@pytest.mark.parametrize(
    ("end", "title"), [("\n", "sep=;"), ("\r\n", '"sep=;"'), ("\r", "sep=;"), ("\n", "sep=\t")]
)
def test_the_line_that_declares_the_separator_is_no_header(tmp_path, end, title):
    separator = "\t" if "\t" in title else ";"
    text = end.join([title, separator.join(["id", "a, b"]), separator.join(["A", "1,5"]), ""])
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode())
    (table,) = read_tables(path)
    assert table.headers == ("id", "a, b")
    assert cells(table) == [["A", "1,5"]]
    assert list(table.cells.index) == [3]
