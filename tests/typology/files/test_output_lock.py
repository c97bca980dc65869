"""One writer at a time for each output, and no lock left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from typology.files.output_lock import only_writer
from typology.problems.problem import InputError


def test_the_second_writer_is_told_which_output_is_being_written(tmp_path: Path) -> None:
    output = tmp_path / "a.csv"
    with only_writer(output):
        assert os.listdir(tmp_path) == [".a.csv.typology-lock"]
        with pytest.raises(InputError) as caught, only_writer(output):
            raise AssertionError("The block was entered.")
        (problem,) = caught.value.problems
        assert (problem.row, problem.column, problem.where) == ("", "", str(output))
        assert (problem.value, problem.expected) == (
            "a run that is writing it now", "one run at a time"
        )  # fmt: skip
        with only_writer(tmp_path / "b.csv"):
            pass
    assert os.listdir(tmp_path) == []
    with only_writer(output):
        pass


def test_the_lock_goes_with_a_block_that_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), only_writer(tmp_path / "a.csv"):
        raise KeyboardInterrupt
    assert os.listdir(tmp_path) == []


def test_what_is_refused_to_the_lock_is_told_of_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def acquire(_: FileLock, *, timeout: float) -> None:
        assert timeout == 0
        raise PermissionError(13, "refused", "lock")

    monkeypatch.setattr(FileLock, "acquire", acquire)
    with pytest.raises(PermissionError) as caught, only_writer(tmp_path / "a.csv"):
        raise AssertionError("The block was entered.")
    assert caught.value.filename == str(tmp_path / "a.csv")
