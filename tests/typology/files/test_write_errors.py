from __future__ import annotations

import errno
from pathlib import Path

import pytest

from typology.files.write_errors import longest_path_problem, write_problem
from typology.words.phrases import Phrase


@pytest.mark.parametrize(
    ("number", "windows", "told"),
    [
        (errno.ENOSPC, None, "a full disk"),
        (errno.EDQUOT, None, "a full disk"),
        (errno.EACCES, 112, "a full disk"),
        (errno.ENAMETOOLONG, None, "a path that is too long"),
        (errno.ENOENT, 206, "a path that is too long"),
        (errno.ELOOP, None, "a link that leads back to itself"),
        (errno.EROFS, None, "a disk that can only be read"),
        (errno.EACCES, 32, "a file or a folder that another program has open"),
        (errno.EACCES, None, "a refusal (access denied)"),
        (errno.EPERM, None, "a refusal (access denied)"),
        (errno.ETIMEDOUT, None, "a refusal (the disk or the shared folder does not answer)"),
        (errno.EMFILE, None, "a refusal (too many files are open)"),
        (errno.EBUSY, None, "a file or a folder that another program has open"),
        (errno.EIO, None, "a refusal (the disk fails to read or to write)"),
        (errno.EDOM, None, "a refusal (reason)"),
    ],
)
def test_each_refusal_has_its_words(number: int, windows: int | None, told: str) -> None:
    error = OSError(number, "reason", "typology.xlsx")
    if windows is not None:
        error.winerror = windows  # type: ignore[attr-defined]
    problem = write_problem(error)
    assert str(problem.value) == told
    assert problem.where == "typology.xlsx"


def test_the_system_s_english_is_not_shown_to_whoever_reads_french() -> None:
    problem = write_problem(PermissionError(errno.EACCES, "Permission denied", "typology.xlsx"))
    assert isinstance(problem.value, Phrase)
    assert problem.value.in_("fr") == "un refus du système (accès refusé)"


def test_a_refusal_without_a_file_or_a_reason_is_told() -> None:
    problem = write_problem(TimeoutError())
    assert (problem.where, str(problem.value)) == ("", "a refusal (TimeoutError)")


def test_the_longest_path_fits_or_is_told(tmp_path: Path) -> None:
    assert longest_path_problem(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "expected", "remedy"),
    [
        (errno.ENOSPC, "room for the files", "Make room on the disk"),
        (errno.ENAMETOOLONG, "a path that this system can hold", "nearer the top of the disk"),
        (errno.ELOOP, "a file or a folder", "Remove the link"),
        (errno.EROFS, "a file that can be written", "on another disk"),
        (errno.EBUSY, "a file that can be written", "Close the programs"),
    ],
)
def test_each_refusal_says_what_to_do(number: int, expected: str, remedy: str) -> None:
    problem = write_problem(OSError(number, "reason", "typology.xlsx"))
    assert (problem.row, problem.column) == ("", "")
    assert problem.expected == expected
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        (33, "a file or a folder that another program has open"),
        (39, "a full disk"),
        (5, "a refusal (access denied)"),
        (53, "a refusal (the disk or the shared folder does not answer)"),
    ],
)
def test_windows_has_numbers_of_its_own(windows: int, told: str) -> None:
    error = OSError(errno.EACCES, "reason", "a")
    error.winerror = windows  # type: ignore[attr-defined]
    assert write_problem(error).value == told


def test_a_path_over_the_limit_of_windows_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_bytes(path: Path, content: bytes) -> int:
        assert content == b""
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    problem = longest_path_problem(tmp_path)
    assert problem is not None
    assert problem.value == "a path that is too long"
    assert Path(problem.where).parent == tmp_path
