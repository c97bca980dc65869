from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from copied_study import copy_study
from typology.study import load_study
from typology.tools import run


class _PipelineReachedError(Exception):
    """The run came to its pipeline."""


def test_linear_algebra_of_a_run_has_one_thread_whatever_the_cores(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[int] = set()

    def pipeline(*_: object, **__: object) -> Never:
        threads.update(library["num_threads"] for library in threadpool_info())
        raise _PipelineReachedError

    monkeypatch.setattr(run, "run_pipeline", pipeline)
    with threadpool_limits(limits=2), pytest.raises(_PipelineReachedError):
        run.run_study(load_study(copy_study(project, tmp_path)), n_jobs=2)
    assert threads == {1}
