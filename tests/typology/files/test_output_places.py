"""Where outputs may go: links, junctions, what is read and the folders around it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from typology.files.output_places import (
    file_problems,
    folder_problems,
    is_link,
    is_same,
    lies_in,
    real_path,
)


def test_a_path_leads_where_its_links_do(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert real_path(tmp_path / "link" / "a.csv") == real_path(tmp_path) / "real" / "a.csv"
    assert is_link(tmp_path / "link")
    assert not is_link(tmp_path / "real")
    assert not is_link(tmp_path / "nowhere")


@pytest.mark.parametrize(("tag", "link"), [(0xA0000003, True), (0, False), (0xA000000C, False)])
def test_a_junction_of_windows_is_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: int, link: bool
) -> None:
    found = SimpleNamespace(st_mode=stat.S_IFDIR | 0o755, st_reparse_tag=tag)
    monkeypatch.setattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003, raising=False)
    monkeypatch.setattr(Path, "lstat", lambda _: found)
    assert is_link(tmp_path) is link


def test_a_system_without_junctions_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", raising=False)
    assert not is_link(tmp_path)


def test_files_that_do_not_exist_are_the_same_by_their_place(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert is_same(tmp_path / "new", tmp_path / "link" / "new")
    assert not is_same(tmp_path / "new", tmp_path / "newer")


def test_a_folder_holds_what_lies_in_it_or_leads_into_it(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in" / "deep" / "a.csv", tmp_path / "out"
    inside.parent.mkdir(parents=True)
    inside.write_bytes(b"1")
    outside.mkdir()
    (outside / "link.csv").symlink_to(inside)
    assert lies_in(tmp_path / "in", inside)
    assert lies_in(tmp_path / "in", outside / "link.csv")
    assert lies_in(outside, outside / "link.csv")
    assert lies_in(inside, inside)
    assert not lies_in(outside, inside)
    assert not lies_in(inside.parent, tmp_path / "in")


def test_a_place_for_a_folder_has_one_problem_at_most(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"1")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "b.csv").write_bytes(b"1")
    assert folder_problems(tmp_path / "new", [file]) == []
    assert folder_problems(folder, [file]) == []
    for place, inputs in (
        (file, []),
        (file / "below", []),
        (folder, [folder / "b.csv"]),
        (tmp_path, [folder / "b.csv", file]),
    ):
        (problem,) = folder_problems(place, inputs)
        assert (problem.row, problem.column, problem.where) == ("", "", str(place))
        assert problem.expected == "a folder for results alone"
        assert problem.value
        assert problem.remedy


def test_what_is_wrong_with_a_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"1")
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    found = {
        place: str(folder_problems(tmp_path / place, [file])[0].value)
        for place in ("a.csv", "a.csv/x", "link", ".")
    }
    assert found == {
        "a.csv": "a file",
        "a.csv/x": "a place in a file",
        "link": f"a link to {real_path(tmp_path / 'data')}",
        ".": "a folder that holds a.csv, which is read",
    }


def test_what_is_wrong_with_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"1")
    assert file_problems(file, []) == []
    assert file_problems(tmp_path / "b.csv", [file]) == []
    (read,) = file_problems(file, [tmp_path / "b.csv", file])
    assert (read.row, read.column, read.value, read.where) == ("", "", "a.csv", "--output")
    (folder,) = file_problems(tmp_path, [file])
    assert (folder.row, folder.column, folder.where) == ("", "", str(tmp_path))
    assert folder.value == "no file: a folder or a device"
    (nowhere,) = file_problems(tmp_path / "none" / "a.csv", [file])
    assert (nowhere.value, nowhere.where) == ("", os.fspath(tmp_path / "none" / "a.csv"))
    assert nowhere.expected == folder.expected == "a file to write"


def test_every_problem_of_an_output_says_what_where_and_what_to_do(tmp_path: Path) -> None:
    read = tmp_path / "answers.csv"
    read.write_bytes(b"1")
    name, place = "Give another name to the option --output.", str(tmp_path)
    told = {
        read: ("answers.csv", "another file than those that are read", name, "--output"),
        tmp_path / "con.csv": (
            "a name that Windows keeps for itself, 'con.csv'", "a name that every system takes",
            name, "--output",
        ),
        tmp_path / "types.docx": (
            "types.docx", "a name that ends in .csv, .tsv, .xlsx", name, "--output",
        ),
        tmp_path: (
            "no file: a folder or a device", "a file to write",
            "Give the name of a file in a folder that exists.", place,
        ),
    }  # fmt: skip
    for path, (value, expected, remedy, where) in told.items():
        (problem,) = file_problems(path, [read])
        assert (problem.row, problem.column) == ("", "")
        assert (problem.value, problem.expected) == (value, expected)
        assert (problem.remedy, problem.where) == (remedy, where)
    assert file_problems(tmp_path / "types.XLSX", [read]) == []
    assert file_problems(tmp_path / "types", [read]) == []
