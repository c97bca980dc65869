"""Linear algebra on one thread."""

from __future__ import annotations

import os
import subprocess
import sys

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
