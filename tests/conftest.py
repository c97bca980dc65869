from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Before NumPy is imported: each core has a process of tests, whose threads would wait for others.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
# Nor does a run take other cores unless it is asked to: its processes would have to import it all.
os.environ.setdefault("LOKY_MAX_CPU_COUNT", "1")

TOP = Path(__file__).parent.parent
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def project() -> Path:
    """The top of the checkout."""
    return TOP


@pytest.fixture(scope="session")
def new_browser() -> Callable[[Path], Any]:
    """What opens a real browser without a window, with all that its pages say in its log."""
    if BROWSER is None or DRIVER is None:
        pytest.skip("No Chromium with its chromedriver on PATH: the page was not opened.")
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="The package selenium (extra: test) is not installed."
    )
    service = pytest.importorskip("selenium.webdriver.chrome.service").Service

    def opened(profile: Path) -> Any:
        options = webdriver.ChromeOptions()
        options.binary_location = BROWSER
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        return webdriver.Chrome(options=options, service=service(DRIVER))

    return opened


@pytest.fixture(scope="module")
def browser(
    new_browser: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A browser for the tests of a module."""
    driver = new_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


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
