"""Whatever file is named, reading ends: soon, in little memory, with answers or with words."""

from __future__ import annotations

import io
import os
import socket
import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from broken_files import SHEET, broken_files, with_part, with_rows, workbook_of
from typology.answers.platforms import read_tables
from typology.answers.platforms.limits import MOST_WRITTEN_CELLS
from typology.answers.responses import inspect_responses
from typology.files.file_bytes import FileRefusedError, read_bytes
from typology.problems import InputError, Problem
from typology.questionnaire import Questionnaire
from typology.questionnaire.file import load_questionnaire
from typology.questionnaire.header_names import KnownNames

SECONDS = 10
MEGABYTES = 500


@pytest.fixture(scope="module")
def questionnaire(project: Path) -> Questionnaire:
    return load_questionnaire(project / "data" / "questionnaire.yml")


@pytest.fixture(scope="module")
def good(project: Path) -> str:
    lines = (project / "data" / "simulated_responses.csv").read_text(encoding="utf-8").splitlines()
    return "\n".join(lines[:40]) + "\n"


@pytest.fixture(scope="module")
def corpus(good: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("broken")
    paths = {}
    for name, content in broken_files(good, folder):
        path = folder / (name if "." in name else f"{name}.csv")
        path.write_bytes(content)
        paths[name] = path
    return paths


def test_every_broken_file_ends_in_tables_or_in_problems(
    corpus: dict[str, Path], questionnaire: Questionnaire
) -> None:
    assert len(corpus) > 100
    recognise = KnownNames(questionnaire).find
    late = {}
    for name, path in corpus.items():
        start = time.process_time()
        problems: tuple[Problem, ...] = ()
        try:
            assert read_tables(path, recognise=recognise), name
        except InputError as error:
            problems = error.problems
        assert all(each.expected and each.remedy and each.text("fr") for each in problems), name
        if (spent := time.process_time() - start) > SECONDS:
            late[name] = spent
    assert not late


@pytest.mark.parametrize(
    "name",
    ["one_row_of_commas", "many_columns", "long_line", "book_bomb_sheet1", "book_with_many_cells"],
)
def test_hostile_files_take_little_memory(corpus: dict[str, Path], name: str) -> None:
    tracemalloc.start()
    with pytest.raises(InputError):
        read_tables(corpus[name])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEGABYTES * 1_000_000


@pytest.mark.parametrize("name", ["utf-16-le", "terminal_codes", "flipped_0", "book_flipped_0"])
def test_what_was_read_of_a_broken_file_is_checked(
    corpus: dict[str, Path], questionnaire: Questionnaire, name: str
) -> None:
    responses, problems, _ = inspect_responses(corpus[name], questionnaire)
    assert (responses is None) == bool(problems)


def read_by(corpus: dict[str, Path], name: str) -> str:
    with pytest.raises(InputError) as caught:
        read_tables(corpus[name])
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mixed_encodings", "one encoding in the whole file"),
        ("mixed_separators", "cells separated by semicolons, expected cells separated by commas"),
        ("nought", "found the character U+0000"),
        ("open_quote", "quote"),
        ("many_columns", "20000 columns"),
        ("long_line", "a line of more than 8000000 characters"),
        ("long_cell", "a cell of more than 131072 characters"),
        ("many_blank_lines", "more than 2000000 rows"),
        ("book_encrypted", "protected by a password"),
        ("book_unknown_compression", "a kind of compression that is not read"),
        ("book_bomb_sheet1", "300 MB once unzipped"),
        ("book_of_laughs", "a document type declaration"),
        ("book_of_entities", "a document type declaration"),
        ("book_of_many_files", "a damaged zip"),
        ("book_with_row_too_far", "a row numbered 2000000000"),
        ("book_with_no_such_cell", "a cell named '1A'"),
        ("book_with_number_of_words", "a number written 'abc'"),
        ("book_with_many_cells", "a cell named"),
        ("book_without_sheet1", "a workbook without its part"),
        ("huge_sav", "a damaged SPSS file"),
    ],
)
def test_what_is_wrong_is_said(corpus: dict[str, Path], name: str, words: str) -> None:
    assert words in read_by(corpus, name)


def test_rows_cut_by_another_separator_are_named_once_for_each_separator(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,E01,E02\nA,1,2\nB\t1\t2\nC;1;2\nD\t1\t2\nE;1,2\nF;;2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_tables(path)
    found = {str(problem.value): problem.row for problem in caught.value.problems}
    assert found == {"cells separated by tabs": "3, 5", "cells separated by semicolons": "4, 7"}


def test_semicolons_inside_whole_rows_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,tools,E01\nA,mail;chat,2\nB,mail;chat\n", encoding="utf-8")
    (table,) = read_tables(path)
    assert table.cells.to_numpy().tolist() == [["A", "mail;chat", "2"], ["B", "mail;chat", ""]]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files.")
def test_what_is_no_ordinary_file_is_never_opened(tmp_path: Path) -> None:
    pipe, loop, plug = tmp_path / "pipe.csv", tmp_path / "loop.csv", tmp_path / "plug.csv"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    with socket.socket(socket.AF_UNIX) as bound:
        os.chdir(tmp_path)  # the names of sockets are short
        bound.bind(plug.name)
        os.chdir("/")
        for path, words in {
            pipe: "a device, a pipe or a socket",
            plug: "a device, a pipe or a socket",
            Path("/dev/zero"): "a device, a pipe or a socket",
            loop: "a link that leads back to itself",
            tmp_path: "a folder",
            tmp_path / ("x" * 5000): "a refusal",
            tmp_path / "a\x00b": "a name with a character that no file name has",
            tmp_path / "\ud800": "a name with a character that no file name has",
            tmp_path / "none" / "a.csv": "no such file",
        }.items():
            with pytest.raises(InputError) as caught:
                read_tables(path)
            assert words in str(caught.value)


def test_a_file_larger_than_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(3_000_000))
    with pytest.raises(FileRefusedError, match="a file of 3 MB"):
        read_bytes(path, most=1_000_000)


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD3", "BH900"])
def test_a_stray_cell_is_told_and_the_table_is_read(tmp_path: Path, cell: str) -> None:
    rows = [["id", "E01", "E02"], ["A", "1", "2"], ["B", "3", "4"]]
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of(rows))
    book = openpyxl.load_workbook(path)
    book.active[cell] = 7
    book.save(path)
    start = time.process_time()
    (table,) = read_tables(path)
    assert time.process_time() - start < 2
    assert table.headers == ("id", "E01", "E02")
    assert table.cells.to_numpy().tolist() == [["A", "1", "2"], ["B", "3", "4"]]
    assert [str(notice) for notice in table.notices] == [
        f"Cells outside the table are not read: {cell} ('7')."
    ]


def test_far_cells_in_many_rows_cost_what_they_fill(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    far = "".join(
        f"<row r='{row}'><c r='XFD{row}'><v>1</v></c></row>" for row in range(10, 100_000, 10)
    )
    path.write_bytes(with_rows(workbook_of([["id", "E01", "E02"], ["A", "1", "2"]]), far))
    (table,) = read_tables(path)
    assert table.cells.shape == (1, 3)
    assert "and 9994 more" in table.notices[0]


def test_more_cells_than_the_limit_stop_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typology.answers.platforms.excel.sheet_cells.MOST_WRITTEN_CELLS", 100)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of([["id", *map(str, range(20))]] * 20))
    with pytest.raises(InputError, match="more than 100 cells"):
        read_tables(path)
    assert MOST_WRITTEN_CELLS > 1_000_000


def test_a_sheet_is_read_whatever_prefix_its_elements_have(tmp_path: Path) -> None:
    good = workbook_of([["id", "E01"], ["A", "1"]])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        sheet = archive.read(SHEET).decode()
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        sheet = sheet.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        sheet = sheet.replace(f"</{name}>", f"</x:{name}>")
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_part(good, SHEET, sheet.replace("xmlns=", "xmlns:x=", 1).encode()))
    assert read_tables(path)[0].cells.to_numpy().tolist() == [["A", "1"]]
