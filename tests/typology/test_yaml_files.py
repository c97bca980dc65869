"""YAML files that can be read, and the many that cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from typology.problems import InputError, Problem
from typology.yaml_files import load_mapping


def problems_of(path: Path, content: bytes) -> tuple[Problem, ...]:
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_mapping(path)
    return caught.value.problems


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study.yml"


def test_mapping_is_read(path: Path) -> None:
    path.write_text("a: 1\nb: {c: [x, y]}\n", encoding="utf-8")
    assert load_mapping(path) == {"a": 1, "b": {"c": ["x", "y"]}}


def test_byte_order_mark_is_no_part_of_the_first_key(path: Path) -> None:
    path.write_bytes("titre: été\n".encode("utf-8-sig"))
    assert load_mapping(path) == {"titre": "été"}


def test_yes_no_and_dates_stay_words(path: Path) -> None:
    path.write_text("a: no\nb: yes\nc: 2019-11-28\nd: true\nno: x\n", encoding="utf-8")
    assert load_mapping(path) == {"a": "no", "b": "yes", "c": "2019-11-28", "d": True, "no": "x"}


def test_missing_file_is_named(path: Path) -> None:
    with pytest.raises(InputError, match=r"study\.yml: found nothing, expected a file"):
        load_mapping(path)


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        load_mapping(tmp_path)


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"# only a comment\n", b"---\n"])
def test_empty_file_is_said_to_be_empty(path: Path, content: bytes) -> None:
    (problem,) = problems_of(path, content)
    assert "empty" in problem.remedy


@pytest.mark.parametrize(("content", "kind"), [(b"- a\n- b\n", "a list"), (b"words\n", "a text")])
def test_what_is_no_mapping_is_shown(path: Path, content: bytes, kind: str) -> None:
    (problem,) = problems_of(path, content)
    assert problem.value.startswith(kind)
    assert problem.expected == "lines 'name: value'"


def test_syntax_error_names_its_line(path: Path) -> None:
    (problem,) = problems_of(path, b"a: 1\nb: [1, 2\nc: 3\n")
    assert problem.row == "3"


def test_every_repeated_key_is_named_with_both_lines(path: Path) -> None:
    found = problems_of(path, b"a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert {(each.value, each.row) for each in found} == {("c", "4"), ("a", "5")}
    assert any("row 1" in each.remedy for each in found)


def test_pdf_is_recognised(path: Path) -> None:
    (problem,) = problems_of(path, b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n")
    assert problem.value == "a PDF document"


def test_workbook_is_recognised(path: Path) -> None:
    (problem,) = problems_of(path, b"PK\x03\x04\x00\x00")
    assert "Excel" in problem.value


def test_other_encoding_names_the_line(path: Path) -> None:
    (problem,) = problems_of(path, "a: 1\ntitre: été\n".encode("latin-1"))
    assert (problem.row, problem.expected) == ("2", "text in UTF-8")


@pytest.mark.parametrize(
    "content", [b"a: \x07\n", b"a: !!python/object:os.system x\n", b"? [a]\n: 1\n", b"a: *b\n"]
)
def test_anything_else_is_an_input_error(path: Path, content: bytes) -> None:
    assert problems_of(path, content)


def test_deep_nesting_is_an_input_error(path: Path) -> None:
    assert problems_of(path, b"a: " + b"[" * 5000)
