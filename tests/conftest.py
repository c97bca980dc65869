from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The top of the checkout."""
    return TOP


class Stages:
    """Says which part of the house the tests are in, a line a folder, instead of dots."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.seen: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        folder = report.nodeid.partition("::")[0].rpartition("/")[0]
        if folder not in self.seen:
            self.seen.add(folder)
            print(f"\n{time.monotonic() - self.began:5.0f} s  {folder}  ", end="", flush=True)


def pytest_configure(config: pytest.Config) -> None:
    # What runs in the background may ignore these; tests and their processes do not.
    for name in ("SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            default = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
            signal.signal(number, default)
    if not hasattr(config, "workerinput"):  # one process tells, not each
        config.pluginmanager.register(Stages())
