"""The command, run in the process of the tests."""

from __future__ import annotations

import pytest

from typology.cli import command


def call(*arguments: object) -> int:
    """Run the command; return its exit code."""
    with pytest.raises(SystemExit) as left:
        command.main([str(argument) for argument in arguments])
    return int(left.value.code or 0)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, each run of spaces and line ends as one space."""
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())
