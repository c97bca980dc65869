"""Replicates sent to the workers of a dask scheduler."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import joblib
import pytest

from typology.problems import InputError
from typology.tools import cluster
from typology.tools.cluster import replicates_on

PROJECT = Path(__file__).parents[3]


def test_without_a_scheduler_nothing_changes() -> None:
    with replicates_on(None):
        assert type(joblib.parallel.get_active_backend()[0]).__name__ != "DaskDistributedBackend"


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"distributed is not installed.*extra 'scale'"):  # noqa: SIM117
        with replicates_on("tcp://127.0.0.1:8786"):
            pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://nowhere"])
def test_an_address_where_nobody_answers_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    with pytest.raises(InputError, match="no dask scheduler answers") as refused:  # noqa: SIM117
        with replicates_on(address):
            pass
    assert refused.value.problems[0].where == "--scheduler"


@pytest.mark.filterwarnings("ignore")
def test_the_example_for_slurm_runs_on_two_processes() -> None:
    pytest.importorskip("distributed")
    script = PROJECT / "quarto" / "guides" / "files" / "on_slurm.py"
    done = subprocess.run(
        [sys.executable, script, "--here", "--", "--help"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--scheduler" in done.stdout
