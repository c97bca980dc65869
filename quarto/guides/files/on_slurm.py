"""Run a study on the nodes of a SLURM cluster.

    python on_slurm.py --jobs 4 -- analysis/study.yml --replicates 999

What follows ``--`` is for `typology run`. With ``--here``, two processes of this machine take the
place of the nodes: to try it before there are any.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from contextlib import AbstractContextManager
from typing import Any


def workers(jobs: int, *, here: bool) -> AbstractContextManager[Any]:
    """Ask for the workers; adapt cores, memory and time to what your cluster gives."""
    if here:
        from distributed import LocalCluster  # noqa: PLC0415 - one of two

        local: AbstractContextManager[Any] = LocalCluster(
            n_workers=2, threads_per_worker=1, memory_limit="2GB", dashboard_address=None
        )
        return local
    from dask_jobqueue import SLURMCluster  # noqa: PLC0415 - one of two

    nodes: Any = SLURMCluster(cores=8, processes=8, memory="16GB", walltime="01:00:00")
    nodes.scale(jobs=jobs)
    return nodes  # type: ignore[no-any-return]


def main() -> int:
    """Start the workers, run the study, let the workers go."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=2, help="jobs asked of SLURM")
    parser.add_argument("--here", action="store_true", help="two processes of this machine")
    parser.add_argument("run", nargs="*", help="what `typology run` is given")
    arguments = parser.parse_args()
    with workers(arguments.jobs, here=arguments.here) as made:
        address: str = made.scheduler_address  # type: ignore[attr-defined]
        command = [sys.executable, "-m", "typology", "run", "--scheduler", address]
        return subprocess.run([*command, *arguments.run], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
