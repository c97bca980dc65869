"""Files are read whole up to a size, or refused with the reason."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from typology.files.file_bytes import FileRefusedError, NoSuchFileError, read_bytes, too_large


def refusal(path: Path, most: int = 10) -> tuple[str, str]:
    with pytest.raises(FileRefusedError) as caught:
        read_bytes(path, most=most)
    assert isinstance(caught.value, NoSuchFileError) is (caught.value.found == "no such file")
    return str(caught.value.found), str(caught.value.remedy)


def test_a_file_is_read_up_to_the_size_that_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    assert read_bytes(path, most=10) == b"0123456789"
    assert refusal(path, 9) == (
        "a file of 0 MB",
        "At most 0 MB are read: check that it is the right file.",
    )


@pytest.mark.parametrize(
    ("found", "most", "told"),
    [(5_999_999, 3_000_000, 5), (1, 2_999_999, 3), (7_000_000, 6_500_000, 7)],
)
def test_the_size_that_is_told_is_more_than_what_may_be(found: int, most: int, told: int) -> None:
    error = too_large(found, most)
    assert str(error.found) == f"a file of {told} MB"
    assert f"At most {most // 1_000_000} MB are read" in error.remedy


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_bytes(b"1")
    nowhere = ("no such file", "Check the name and the folder.")
    assert refusal(tmp_path) == ("a folder", "Give the file inside the folder.")
    assert refusal(tmp_path / "none") == nowhere
    assert refusal(tmp_path / "file" / "none") == nowhere
    assert refusal(tmp_path / "loop") == (
        "a link that leads back to itself",
        "Give the file itself, not a link to it.",
    )
    assert refusal(tmp_path / "a\0b") == (
        "a name with a character that no file name has",
        "Correct the name.",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes.")
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == (
        "a device, a pipe or a socket",
        "Give the name of an ordinary file.",
    )


def test_a_file_that_cannot_be_opened_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    for error, reason in (
        (PermissionError(13, "not yours"), "access denied"),
        (OSError(errno.EIO, "not today"), "the disk fails to read or to write"),
        (OSError(1234, "a rare cause"), "a rare cause"),
        (OSError(), "OSError"),
    ):

        def refuse(*_: object, error: OSError = error) -> None:
            raise error

        monkeypatch.setattr(Path, "open", refuse)
        assert refusal(tmp_path / "a") == (
            f"a refusal ({reason})",
            "Check that the file can be opened.",
        )


@pytest.mark.parametrize(("told", "length"), [(0, 12), (4, 12), (4, 10), (0, 0), (30, 12)])
def test_no_more_is_read_of_a_file_that_grows_than_shows_it_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: int, length: int
) -> None:
    """A file may hold more, or less, than the system said when it was opened."""
    path = tmp_path / "a"
    path.write_bytes(b"x" * length)
    asked: list[int] = []
    opened = Path.open

    class Growing:
        def __init__(self, file: io.BufferedReader) -> None:
            self.file = file

        def __enter__(self) -> Growing:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def fileno(self) -> int:
            return self.file.fileno()

        def peek(self, size: int) -> bytes:
            return self.file.peek(size)

        def read(self, size: int) -> bytes:
            asked.append(size)
            return self.file.read(size)

    monkeypatch.setattr(Path, "open", lambda self, mode: Growing(opened(self, mode)))
    monkeypatch.setattr(os, "fstat", lambda _: SimpleNamespace(st_size=told))
    if length > 10:
        with pytest.raises(FileRefusedError):
            read_bytes(path, most=10)
    else:
        assert read_bytes(path, most=10) == b"x" * length
    assert sum(asked) <= max(11, 2 * (told + 1))
    assert asked[0] == min(10, told) + 1
