"""YAML files that can be read, and the many that cannot."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from typology.files import yaml_limits
from typology.files.yaml_files import load_mapping, read_mapping
from typology.problems import InputError, Problem


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


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a: !!int abc\n", "the tag !!int"),
        (b"a: !!timestamp soon\n", "the tag !!timestamp"),
        (b"a: !!binary x\n", "the tag !!binary"),
        (b"a: !!set {x}\n", "the tag !!set"),
        (b"a: !!bool perhaps\n", "the tag !!bool"),
        (b"a: !own x\n", "the tag !own"),
        (b"a: !!map x\n", "the tag !!map"),
        (b"~: ~\n", "a key that is no text"),
        (b"a: {~: 1}\n", "a key that is no text"),
        (b"? {a: 1}\n: 2\n", "a key that is no text"),
        (b"a: &a [*a]\n", "a value that contains itself"),
        (b"seed: " + b"9" * 5000, "a number of 5000 digits"),
        (b"seed: 1234567890123456789\n", "a number of 19 digits"),
        (b"a: 1e999\n", "a number without end: 1e999"),
        (b"a: .nan\n", "a number without end: .nan"),
        (b'a: "\\0"\n', "the character U+0000"),
        (b'a: "\\e[2J"\n', "the character U+001B"),
        (b'a: "\\ud800"\n', "the character U+D800"),
    ],
)
def test_what_no_study_needs_is_said(path: Path, content: bytes, found: str) -> None:
    (problem,) = problems_of(path, content)
    assert problem.value == found
    assert problem.row == "1"
    assert problem.text("fr")


def test_numbers_and_keys_are_what_people_mean(path: Path) -> None:
    path.write_text(
        "1: a\ntrue: b\n012: c\nx: 012\ny: 12:30\nz: 1_000\nw: 0x1F\n", encoding="utf-8"
    )
    assert load_mapping(path) == {
        "1": "a", "true": "b", "012": "c", "x": "012", "y": "12:30", "z": "1_000", "w": "0x1F",
    }  # fmt: skip


def bomb(levels: int) -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]")
    return "\n".join(lines).encode()


def merges(levels: int) -> bytes:
    lines = ["a0: &a0 {x: 1}"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}")
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (bomb(9), "more than 50000 keys and values"),
        (merges(9), "more than 50000 keys and values"),
        (b"\n".join(b"k%d: 1" % at for at in range(60_000)), "more than 50000 keys and values"),
        (b"a: " + b"[" * 100_000, "too many levels"),
        (b"a: " + b"{x: " * 100_000, "too many levels"),
        (b"a: " + b"x" * 3_000_000, "a file of 3 MB"),
    ],
    ids=["aliases", "merges", "keys", "lists", "mappings", "text"],
)
def test_bombs_end_soon(path: Path, content: bytes, found: str) -> None:
    start = time.process_time()
    (problem,) = problems_of(path, content)
    assert time.process_time() - start < 10
    assert problem.value == found


def test_a_few_aliases_are_read(path: Path) -> None:
    path.write_text("a: &a {x: 1}\nb: *a\nc: {<<: *a, y: 2}\n", encoding="utf-8")
    assert load_mapping(path) == {"a": {"x": 1}, "b": {"x": 1}, "c": {"x": 1, "y": 2}}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files.")
def test_what_is_no_ordinary_file_is_never_opened(tmp_path: Path) -> None:
    pipe, loop = tmp_path / "pipe.yml", tmp_path / "loop.yml"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    for path in (pipe, loop, Path("/dev/zero"), tmp_path / "a\x00b", tmp_path / ("x" * 5000)):
        with pytest.raises(InputError):
            load_mapping(path)


@pytest.mark.parametrize(
    ("content", "row", "found"),
    [
        (b"a: 1\nb: c: d\n", "2", "a colon where none can stand"),
        (b"a: 1\nwords\nb: 2\n", "3", "a line without its colon, or a quote not closed"),
        (b"a:\n\t- 1\n", "2", "a tab, or a sign that cannot begin a value"),
        (b"a: [1, 2\nb: 3\n", "2", "a bracket or a brace that is not closed"),
        (b'a: "text\n', "2", "a quote that is not closed"),
        (b"a: *b\n", "1", "a value that begins with *, without quotes"),
        (b"a: 1\n  b: 2\n", "2", "a colon where none can stand"),
        (b"- a\nb: 1\n", "2", "a line that is not indented like its neighbours"),
        (b"a: \x07\n", "", "a character that text does not have"),
    ],
)
def test_each_slip_has_its_words_and_its_line(
    path: Path, content: bytes, row: str, found: str
) -> None:
    (problem,) = problems_of(path, content)
    assert (problem.value, problem.row, problem.column) == (found, row, "")
    assert problem.where == path.name
    assert problem.expected == "text that follows the rules of YAML"
    assert problem.remedy.startswith("Look at this line and the one above: indentation")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"PK\x03\x04\x00", "a zip archive or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0 x", "an old Excel or Word file"),
        (b"\xff\xfea\x00", "text in UTF-16"),
        (b"\xfe\xff\x00a", "text in UTF-16"),
        (b"a: \x00", "a binary file"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(path: Path, content: bytes, found: str) -> None:
    (problem,) = problems_of(path, content)
    assert problem == Problem(
        "", "", found, problem.expected, problem.remedy, path.name
    )  # fmt: skip
    assert (problem.expected, problem.remedy) == ("a YAML text file", "Give the YAML file.")


def test_what_is_wrong_with_a_file_is_said_of_it_alone(path: Path) -> None:
    whole = {
        b"a: 1\nb: 2\na: 3\n": ("3", "a", "each key once"),
        b"\n": ("", "", "lines 'name: value'"),
        b"- " + b"x" * 70 + b"\n": ("", f"a list: ['{'x' * 58}...", "lines 'name: value'"),
        b"x" * 60 + b"\n": ("", f"a text: {'x' * 60}", "lines 'name: value'"),
        b"a: 1\nb: \xe9\n": ("2", "the byte 0xe9", "text in UTF-8"),
        b"a: 1\nb: !own x\n": ("2", "the tag !own", "a value without a tag"),
    }
    for content, (row, value, expected) in whole.items():
        (problem,) = problems_of(path, content)
        assert (problem.row, problem.column, problem.where) == (row, "", path.name), content
        assert (problem.value, problem.expected) == (value, expected)
        assert problem.remedy


def test_numbers_and_words_are_read_as_people_mean_them(path: Path) -> None:
    path.write_text(
        "a: 010\nb: 1_000\nc: 12:30\nd: -5\ne: 1.5\nf: 1e3\ng: 123456789012345678\nh: ~\n"
        "i: .5\nj: +3\nk: False\nl: on\n", encoding="utf-8",
    )  # fmt: skip
    assert load_mapping(path) == {
        "a": "010", "b": "1_000", "c": "12:30", "d": -5, "e": 1.5, "f": 1000.0,
        "g": 123456789012345678, "h": None, "i": 0.5, "j": 3, "k": False, "l": "on",
    }  # fmt: skip


def test_a_few_levels_and_aliases_are_read(path: Path) -> None:
    path.write_bytes(b"a: " + b"[" * 49 + b"]" * 49)
    assert "a" in load_mapping(path)
    assert "too many levels" in str(problems_of(path, b"a: " + b"[" * 50 + b"]" * 50)[0])
    path.write_bytes(b"a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n")
    assert load_mapping(path) == {"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1, "e": 2}}


@pytest.mark.parametrize(
    "line",
    ["en: I am #1 in my team", "a: {fr: Le café, en: I am #1}", "fr: J'attends le projet #1",
     "a: {fr: C'est #1,\n en: x}", 'a:\n  fr: Le "meilleur" #1'],
)  # fmt: skip
def test_a_wording_that_yaml_would_cut_is_told(path: Path, line: str) -> None:
    (problem,) = problems_of(path, f"b: x\n{line}\n".encode())
    assert problem.row == str(2 + line.startswith("a:\n"))
    assert "#" in problem.value
    assert "quotes" in problem.remedy


@pytest.mark.parametrize(
    "line",
    ['en: "I am #1"', "en: 'The #1'", "en: Coffee # a remark", "a: 4 #was 5", "# en: the #1",
     "en: C#1", 'a: {en: "x", fr: "y #z"}', "en: >-\n  In French, fr: x #1", "en: Coffee #",
     "en: Coffee ## a remark", 'fr: "Le temps (en: time) du projet #1"', "en: #1\n  x"],
)  # fmt: skip
def test_remarks_and_texts_in_quotes_are_left_alone(path: Path, line: str) -> None:
    path.write_text(f"b: x\n{line}\n", encoding="utf-8")
    assert load_mapping(path)["b"] == "x"


def told(path: Path, content: str) -> list[tuple[str, str]]:
    return [(each.row, str(each.value)) for each in problems_of(path, content.encode())]


def test_every_slip_of_a_file_is_told_at_once(path: Path) -> None:
    content = 'a: "x\n# a remark\n\nb: [1\nc: 1\nd: !x 1\ne: 1\ne: 2\nf:\n\t- 1\n'
    assert told(path, content) == [
        ("2", "a quote that is not closed"),
        ("5", "a bracket or a brace that is not closed"),
        ("6", "the tag !x"),
        ("8", "e"),
        ("10", "a tab, or a sign that cannot begin a value"),
    ]


def test_what_can_be_read_beside_a_slip_is_read(path: Path) -> None:
    path.write_text("a: 1\nb: [1\nc: {d: 2}\n  e: 3\n", encoding="utf-8")
    read = read_mapping(path)
    assert read.content == {"a": 1}
    assert read.unread >= {"b", "c", "e"}


def test_names_of_yaml_that_tie_keys_together_are_not_taken_apart(path: Path) -> None:
    assert told(path, "a: &x 1\nb: *x\nc: [1\nd: *x\n") == [
        ("4", "a bracket or a brace that is not closed")
    ]


@pytest.mark.parametrize(
    "content",
    ['a: "\\q"\n', 'a: "\\x1"\n', "a: |x\n  b\n", "a: |0\n  b\n", "a: >- b\n", "a: 1\n---\nb: 2\n",
     "%YAML 3.0\n---\na: 1\n", "a: !<x 1\n", "a: *\n", "a: &\n", "a: &b &b 1\n", "a: !x!y 1\n",
     "<<: 3\na: 1\n", "a: - b\n", "a: ? b\n", "{a: 1}\nb\n", "a: ]\n", "a: @b\n", "a: `b\n",
     "%X\n", "a: 'b' c\n", '"a\n...\nb": 1\n'],
)  # fmt: skip
def test_no_complaint_of_the_reader_is_left_in_its_own_english(path: Path, content: str) -> None:
    for problem in problems_of(path, content.encode()):
        words = r"\b(?:expected|found|but|got|while|the|not|escape|token|document|node)\b"
        assert not re.search(words, problem.text("fr"), re.IGNORECASE)
        assert problem.where == path.name


def test_a_file_that_is_not_there_is_told_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        load_mapping(tmp_path / "inner" / "x.yml")
    assert caught.value.problems[0].where == str(Path("inner", "x.yml"))


@pytest.mark.parametrize(
    ("content", "expected", "remedy"),
    [
        (b"a: " + b"[" * 51 + b"]" * 51, "a few nested levels", "Write it with fewer levels."),
        (b"a: !own x", "a value without a tag",
         "Remove what begins with '!', or put the whole value in quotes."),
        (b"a: !!int abc", "a value that this tag can read", "Remove the tag."),
        (b"a: !!map x", "a value that this tag can read", "Remove the tag."),
        (b"~: 1", "lines 'name: value'",
         "Write a name before the colon, in quotes if it is '~' or 'null'."),
        (b"a: &a [*a]", "a value that ends", "Write the value instead of the name after *."),
        (b"a: 1234567890123456789", "a number of at most 18 digits",
         "Shorten it, or put it in quotes if it is meant as text."),
        (b"a: .inf", "a number", "Correct it, or put it in quotes if it is meant as text."),
        (b'a: "\\a"', "characters that can be printed", "Remove it."),
        (bomb(9), "a file that a person can edit", "Check that it is the right file."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_has_its_remedy(
    path: Path, content: bytes, expected: str, remedy: str
) -> None:
    (problem,) = problems_of(path, content)
    assert (problem.expected, problem.remedy) == (expected, remedy)
    assert (problem.column, problem.where) == ("", path.name)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"a: 1\nb: !own x\n", "2"),
        (b"a: 1\nb: !!int x\n", "2"),
        (b"a: 1\n~: 1\n", "2"),
        (b"a: 1\n\nb: &a [*a]\n", "3"),
        (b"a: 1\nb: 1e999\n", "2"),
        (b'a: 1\nb: "\\a"\n', "2"),
        (b"a: 1\nb: -1234567890123456789\n", "2"),
    ],
)
def test_what_cannot_be_used_has_its_line(path: Path, content: bytes, row: str) -> None:
    (problem,) = problems_of(path, content)
    assert problem.row == row


def test_as_many_keys_and_values_as_may_be_are_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_limits, "MOST_NODES", 20)
    # The mapping, its key and the list: 17 values are the last that fit.
    content = b"a: [" + b"1," * 17 + b"]"
    path.write_bytes(content)
    assert len(load_mapping(path)["a"]) == 17
    (problem,) = problems_of(path, content.replace(b"]", b"1]"))
    assert problem.value == "more than 20 keys and values"
    # The mapping, two keys, a list of 5 values, and the same again where it is repeated: 15 of 20.
    path.write_bytes(b"a: &x [1,1,1,1,1]\nb: *x")
    assert len(load_mapping(path)["b"]) == 5
    # With 9 values each it is 23.
    (problem,) = problems_of(path, b"a: &x [1,1,1,1,1,1,1,1,1]\nb: *x")
    assert problem.value == "more than 20 keys and values"


def test_a_file_of_too_many_values_or_levels_is_read_no_further(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after the limit is not looked at, be it no YAML at all."""
    monkeypatch.setattr(yaml_limits, "MOST_NODES", 20)
    for values, found in (
        (17, "a tab, or a sign that cannot begin a value"), (19, "more than 20 keys and values"),
    ):  # fmt: skip
        (problem,) = problems_of(path, b"a: [" + b"1, " * values + b"@\n")
        assert (problem.value, problem.where) == (found, path.name)
    monkeypatch.setattr(yaml_limits, "MOST_LEVELS", 3)
    path.write_bytes(b"a: [[1], [1], [1]]")
    assert problems_of(path, b"a: [[[1")[0].value == "too many levels"
    path.write_bytes(b"a: [1, [1]]\nb: [1]\nc: 1")
    monkeypatch.setattr(yaml_limits, "MOST_LEVELS", 4)
    assert load_mapping(path) == {"a": [1, [1]], "b": [1], "c": 1}


def test_signs_and_ends_of_lines_are_no_hidden_characters(path: Path) -> None:
    path.write_text('a: "x\\ty\\nz\\r\\x85"\nb: "+12345678901234567"\nc: -123456789012345678\n')
    read = load_mapping(path)
    assert read["a"] == "x\ty\nz\r\x85"
    assert read["c"] == -123456789012345678


def test_a_wording_that_is_cut_is_told_whole_with_its_line(path: Path) -> None:
    (problem,) = problems_of(path, b"a: x\nen: I am #1 in my team  \nb: y\n")
    assert (problem.row, problem.column, problem.where) == ("2", "", path.name)
    assert problem.value == "I am #1 in my team"
    assert problem.expected == (
        "quotes around a text that has ' #': without them, the rest is left out"
    )
    assert problem.remedy == ("Put the text in quotes; before a remark, put a space after the #.")
    two = problems_of(path, b"a: {en: x}\nfr: le #1\nen: the #1\n")
    assert [(each.row, each.value) for each in two] == [("2", "le #1"), ("3", "the #1")]


def test_keys_written_twice_are_told_with_the_first_line(path: Path) -> None:
    found = problems_of(path, b"a: 1\nb: 2\na: 3\na: 4\n")
    assert [(each.row, each.value, each.column) for each in found] == [
        ("3", "a", ""), ("4", "a", ""),
    ]  # fmt: skip
    for each in found:
        assert each.expected == "each key once"
        assert each.remedy == "It is also on row 1: keep one of the two."
        assert each.where == path.name
