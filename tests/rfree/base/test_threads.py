"""Linear algebra on one thread."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType

import pytest

from rfree.base import threads

LOADED_LATER = """
from rfree.base.threads import single_thread

with single_thread():
    pass
import scipy.linalg
import sklearn.cluster
from threadpoolctl import threadpool_info

with single_thread():
    print({library["num_threads"] for library in threadpool_info()})
"""


def test_libraries_loaded_later_are_held_to_one_thread_too() -> None:
    command = [sys.executable, "-c", LOADED_LATER]
    several = {f"{library}_NUM_THREADS": "2" for library in ("OMP", "OPENBLAS", "MKL")}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | several
    )
    assert done.stdout.split() == ["{1}"]


def test_libraries_are_looked_for_again_after_an_import_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[object] = []

    class Controller:
        def __init__(self) -> None:
            made.append(self)

        def limit(self, *, limits: int) -> int:
            return limits

    monkeypatch.setattr(threads, "ThreadpoolController", Controller)
    threads._controller.cache_clear()
    try:
        assert [threads.single_thread() for _ in range(3)] == [1, 1, 1]
        assert len(made) == 1
        monkeypatch.setitem(sys.modules, "loaded_later", ModuleType("loaded_later"))
        threads.single_thread()
        assert len(made) == 2
    finally:
        threads._controller.cache_clear()
