"""Single files: never over what is read, never over what is there unless told so, all or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from typology.files.output_files import refuse_places, write_files
from typology.problems import InputError


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "questionnaire.yml"
    path.write_text("title: kept\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typology.files.patience.time.sleep", lambda _: None)


def test_files_are_written_and_nothing_else(tmp_path: Path, source: Path) -> None:
    write_files({tmp_path / "été 1.csv": b"a\n", tmp_path / "b.csv": b"b\n"}, inputs=[source])
    assert (tmp_path / "été 1.csv").read_bytes() == b"a\n"
    assert sorted(os.listdir(tmp_path)) == ["b.csv", "questionnaire.yml", "été 1.csv"]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", ["itself", "around", "hard link", "link", "link to the input"])
def test_what_is_read_is_never_written_over(
    tmp_path: Path, source: Path, kind: str, force: bool
) -> None:
    before, output, inputs = source.read_bytes(), source, [source]
    if kind == "around":
        (tmp_path / "data").mkdir()
        output = tmp_path / "data" / ".." / source.name
    elif kind == "hard link":
        output = tmp_path / "other.csv"
        os.link(source, output)
    elif kind == "link":
        output = tmp_path / "other.csv"
        output.symlink_to(source)
    elif kind == "link to the input":
        link = tmp_path / "link.yml"
        link.symlink_to(source)
        inputs = [link]
    with pytest.raises(InputError, match="another file than those that are read"):
        write_files({output: b"new"}, inputs=inputs, force=force)
    with pytest.raises(InputError, match="another file than those that are read"):
        refuse_places([output], inputs=inputs)
    assert source.read_bytes() == before


def test_names_that_differ_by_their_case_are_one_file_where_the_disk_says_so(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def samefile(first: Path, second: Path) -> bool:
        return str(first).casefold() == str(second).casefold()

    monkeypatch.setattr(os.path, "samefile", samefile)
    with pytest.raises(InputError, match="another file than those that are read"):
        write_files({tmp_path / "Questionnaire.YML": b"new"}, inputs=[source], force=True)


def test_a_file_that_exists_is_replaced_only_when_told_so(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(b"answers of patients\n")
    outputs = {tmp_path / "types.csv": b"types\n", real: b"simulated\n"}
    with pytest.raises(InputError, match=r"real\.csv: found a file that is there already.*--force"):
        write_files(outputs, inputs=[])
    assert real.read_bytes() == b"answers of patients\n"
    assert os.listdir(tmp_path) == ["real.csv"]
    write_files(outputs, inputs=[], force=True)
    assert real.read_bytes() == b"simulated\n"


def test_a_link_is_replaced_only_when_told_so_and_never_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"answers\n")
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="there already"):
        write_files({link: b"new"}, inputs=[])
    link.unlink()
    link.symlink_to(real)
    write_files({link: b"new"}, inputs=[], force=True)
    assert real.read_bytes() == b"answers\n"


def test_a_file_with_these_very_contents_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_files({path: b"a\n"}, inputs=[])
    before = path.stat().st_mtime_ns
    write_files({path: b"a\n"}, inputs=[])
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "output", ["", ".", "..", "folder", "nowhere/a.csv", "a.csv/b.csv", "loop"]
)
def test_what_is_no_place_for_a_file_is_told(
    tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.csv").write_bytes(b"kept")
    (tmp_path / "loop").symlink_to("loop")
    expected = "there already" if output == "loop" else "a file to write"
    with pytest.raises(InputError, match=expected):
        write_files({Path(output): b"new"}, inputs=[tmp_path / "questionnaire.yml"])
    assert (tmp_path / "a.csv").read_bytes() == b"kept"
    assert sorted(os.listdir(tmp_path)) == ["a.csv", "folder", "loop"]


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="A device of Unix.")
def test_a_device_is_no_file() -> None:
    with pytest.raises(InputError, match="a folder or a device"):
        refuse_places([Path("/dev/null")], inputs=[])


def test_none_is_written_where_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second file is open in Excel: the first is put back."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(b"former a")
    second.write_bytes(b"former b")
    real = os.replace

    def replace(source: object, target: object) -> None:
        if Path(str(target)) == second:
            raise PermissionError(errno.EACCES, "in use", str(second))
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(PermissionError):
        write_files({first: b"new a", second: b"new b"}, inputs=[], force=True)
    assert (first.read_bytes(), second.read_bytes()) == (b"former a", b"former b")
    first.unlink()
    with pytest.raises(PermissionError):
        write_files({first: b"new a", second: b"new b"}, inputs=[], force=True)
    assert os.listdir(tmp_path) == ["b.csv"]


def test_a_disk_that_fills_leaves_no_part_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            return

        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    real = Path.open

    def opened(path: Path, mode: str = "r") -> object:
        real(path, mode).close()
        return Full()

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(OSError, match="No space"):
        write_files({tmp_path / "a.csv": b"a"}, inputs=[])
    assert os.listdir(tmp_path) == []


def test_what_a_killed_command_left_goes_and_what_is_like_it_stays(tmp_path: Path) -> None:
    left, kept = tmp_path / ".a.csv.typology-0123abcd", tmp_path / ".a.csv.typology-mine"
    left.write_bytes(b"half")
    kept.write_bytes(b"mine")
    write_files({tmp_path / "a.csv": b"a"}, inputs=[])
    assert not left.exists()
    assert kept.read_bytes() == b"mine"


def test_names_end_as_the_caller_says(tmp_path: Path) -> None:
    output = tmp_path / "a.html"
    with pytest.raises(InputError, match=r"ends in \.csv, \.tsv, \.xlsx"):
        refuse_places([output], inputs=[])
    with pytest.raises(InputError, match=r"ends in \.csv, \.tsv, \.xlsx"):
        write_files({output: b"1"}, inputs=[])
    refuse_places([output], inputs=[], endings=(".html",))
    write_files({output: b"1"}, inputs=[], endings=(".html",))
    assert output.read_bytes() == b"1"
    with pytest.raises(InputError, match=r"ends in \.html"):
        refuse_places([tmp_path / "a.csv"], inputs=[], endings=(".html",))


def test_every_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    outputs = [tmp_path / "a.doc", tmp_path / "b.csv", tmp_path / "none" / "c.csv"]
    with pytest.raises(InputError) as caught:
        refuse_places(iter(outputs), inputs=iter([tmp_path / "b.csv"]))
    assert [str(each.value) for each in caught.value.problems] == ["a.doc", "b.csv", ""]


def test_what_has_these_contents_already_is_left_as_it_is(tmp_path: Path) -> None:
    same, other = tmp_path / "same.csv", tmp_path / "other.csv"
    same.write_bytes(b"1")
    before = same.stat()
    write_files({same: b"1", other: b"2"}, inputs=[])
    assert (same.stat().st_ino, same.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert other.read_bytes() == b"2"
    with pytest.raises(InputError) as caught:
        write_files({same: b"2", other: b"3"}, inputs=[])
    assert [each.where for each in caught.value.problems] == [str(same), str(other)]
    (problem, _) = caught.value.problems
    assert (problem.row, problem.column) == ("", "")
    assert (problem.value, problem.expected) == (
        "a file that is there already", "the name of a new file"
    )  # fmt: skip
    assert problem.remedy == (
        "Give another name with the option --output, or add --force to replace it."
    )
