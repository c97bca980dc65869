from __future__ import annotations

import errno
from pathlib import Path

import pytest

from typology.write_errors import longest_path_problem, write_problem


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
        (errno.EACCES, None, "a refusal (reason)"),
        (errno.EBUSY, None, "a file or a folder that another program has open"),
        (errno.EIO, None, "a refusal (reason)"),
    ],
)
def test_each_refusal_has_its_words(number: int, windows: int | None, told: str) -> None:
    error = OSError(number, "reason", "typology.xlsx")
    if windows is not None:
        error.winerror = windows  # type: ignore[attr-defined]
    problem = write_problem(error)
    assert str(problem.value) == told
    assert problem.where == "typology.xlsx"


def test_a_refusal_without_a_file_or_a_reason_is_told() -> None:
    problem = write_problem(TimeoutError())
    assert (problem.where, str(problem.value)) == ("", "a refusal (TimeoutError)")


def test_the_longest_path_fits_or_is_told(tmp_path: Path) -> None:
    assert longest_path_problem(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
