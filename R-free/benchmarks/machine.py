"""What a benchmark ran on: the processor, the versions; no name of a machine, no path."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

LIBRARIES = (
    "numpy", "scipy", "pandas", "scikit-learn", "fastcluster", "numba", "pyarrow",
    "prince", "factominer", "scientisttools",
)  # fmt: skip
CPU = Path("/proc/cpuinfo")


def processor() -> dict[str, str]:
    """Return the maker of the processor and its family, where the system tells them."""
    known: dict[str, str] = {}
    if CPU.is_file():
        lines = (line.partition(":") for line in CPU.read_text(encoding="utf-8").splitlines())
        known = {name.strip(): value.strip() for name, _, value in lines}
    if "vendor_id" not in known:
        return {"processor": platform.machine()}
    maker = known["vendor_id"].removeprefix("Authentic").removeprefix("Genuine")
    return {"processor": f"{maker} {platform.machine()}", "family": known["cpu family"]}


def described(told: Mapping[str, str]) -> pd.DataFrame:
    """Return the table of what is known of the machine: ``what``, ``value``."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    known = {
        **processor(),
        "cores": str(os.cpu_count()),
        "memory_gigabytes": f"{memory:.0f}",
        "load": f"{os.getloadavg()[2]:.0f}",
        "system": platform.system(),
        "Python": platform.python_version(),
    }
    for library in LIBRARIES:
        try:
            known[library] = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            continue
    known |= told
    return pd.DataFrame({"what": known.keys(), "value": known.values()})
